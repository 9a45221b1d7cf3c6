using CsCheck;
using Ums.Geocoding.Indexing;
using Ums.Geocoding.Search;
using Xunit;

namespace Ums.Geocoding.Tests.Search;

public sealed class LetterPatternTests
{
    private static readonly Gen<string> Word = Gen.String[Gen.Char["abc1"], 0, 12];

    [Theory]
    [InlineData("storgatan", "storgatan", 0)]
    [InlineData("storgatan", "stogatan", 1)]
    [InlineData("storgatan", "stoorgatan", 1)]
    [InlineData("storgatan", "sturgatan", 1)]
    [InlineData("storgatan", "strogatan", 1)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    public void Letters_added_lost_changed_or_swapped_count_one(string left, string right, int edits) => Assert.Equal(edits, Distance(left, right));

    [Fact]
    public void It_is_what_the_table_says() =>
        Gen.Select(Word, Word).Sample((left, right) => Distance(left, right) == EditDistance.Between(left, right), iter: 20_000);

    [Fact]
    public void Names_as_long_as_a_machine_word_are_compared_to_the_last_letter()
    {
        var name = new string('a', LetterCodes.Longest - 1);
        Assert.Equal(1, Distance(name + "b", name + "c"));
        Assert.Equal(1, Distance(name + "b", name));
    }

    [Fact]
    public void The_distance_to_a_beginning_is_the_least_of_all_beginnings() =>
        Gen.Select(Word, Word).Sample((typed, name) =>
            Pattern(typed).DistanceToBeginningOf(LetterCodes.Of(name))
                == Enumerable.Range(0, name.Length + 1).Min(length => EditDistance.Between(typed, name[..length])));

    [Fact]
    public void A_pattern_can_be_used_again() => Gen.Select(Word, Word, Word).Sample((before, left, right) =>
    {
        var pattern = Pattern(before);
        pattern.Set(LetterCodes.Of(left));
        return pattern.DistanceTo(LetterCodes.Of(right)) == Distance(left, right);
    });

    private static int Distance(string left, string right) => Pattern(left).DistanceTo(LetterCodes.Of(right));

    private static LetterPattern Pattern(string word)
    {
        var pattern = new LetterPattern();
        pattern.Set(LetterCodes.Of(word));
        return pattern;
    }
}
