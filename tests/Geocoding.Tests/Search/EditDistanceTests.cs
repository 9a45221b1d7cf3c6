using CsCheck;
using Ums.Geocoding.Search;
using Xunit;

namespace Ums.Geocoding.Tests.Search;

public sealed class EditDistanceTests
{
    private static readonly Gen<string> Word = Gen.String[Gen.Char["abcå"], 0, 9];

    [Theory]
    [InlineData("storgatan", "storgatan", 0)]
    [InlineData("storgatan", "stogatan", 1)]
    [InlineData("storgatan", "stoorgatan", 1)]
    [InlineData("storgatan", "sturgatan", 1)]
    [InlineData("storgatan", "strogatan", 1)]
    [InlineData("", "abc", 3)]
    public void Letters_added_lost_changed_or_swapped_count_one(string left, string right, int edits) => Assert.Equal(edits, EditDistance.Between(left, right));

    [Fact]
    public void It_is_the_same_both_ways() => Gen.Select(Word, Word).Sample((left, right) => EditDistance.Between(left, right) == EditDistance.Between(right, left));

    [Fact]
    public void It_is_no_more_than_the_longer_word() =>
        Gen.Select(Word, Word).Sample((left, right) => EditDistance.Between(left, right) <= Math.Max(left.Length, right.Length));

    [Fact]
    public void Only_equal_words_are_at_no_distance() => Gen.Select(Word, Word).Sample((left, right) => EditDistance.Between(left, right) == 0 == (left == right));
}
