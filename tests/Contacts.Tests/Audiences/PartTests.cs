using Ums.Contacts.Audiences;

namespace Ums.Contacts.Tests.Audiences;

public sealed class PartTests
{
    [Theory]
    [InlineData(2_000)]
    [InlineData(1_000_000)]
    public void the_first_part_is_a_handful_and_the_parts_after_it_are_two_batches(long expected)
    {
        var first = Part.At(0, expected);
        Assert.InRange(Held(first, expected), 60, 64);
        Assert.InRange(Held(Part.At(first.To, expected), expected), 1890, 1900);
    }

    [Fact]
    public void few_are_one_part()
    {
        Assert.True(Part.At(0, 1900).IsLast);
        Assert.True(Part.At(0, 0).IsLast);
    }

    /// <summary>Though a handful is few, it is as many as were expected of it.</summary>
    [Theory]
    [InlineData(64, 100_000)]
    [InlineData(10, 50_000)]
    [InlineData(200, 200_000)]
    public void a_part_is_judged_by_what_was_expected_of_it(int held, long judged) => Assert.Equal(judged, Part.At(0, 100_000).Judge(100_000, held));

    [Theory]
    [InlineData(1900, 100_000)]
    [InlineData(400, 50_000)]
    [InlineData(4000, 200_000)]
    public void so_is_a_later_one(int held, long judged) => Assert.Equal(judged, Part.At(1L << 31, 100_000).Judge(100_000, held));

    private static long Held(Part part, long expected) => expected * part.Width / Part.Whole;
}
