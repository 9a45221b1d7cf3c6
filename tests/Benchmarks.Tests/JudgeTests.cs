using Ums.Benchmarks.Geocoding;
using Ums.Benchmarks.Geocoding.Engines;
using Ums.Benchmarks.Geocoding.Judging;
using Ums.Geocoding.Search;

namespace Ums.Benchmarks.Tests;

public sealed class JudgeTests
{
    private static readonly Row[] Rows =
    [
        Row("s1", "Storgatan", 1, null), Row("s2", "Storgatan", 2, null), Row("s12a", "Storgatan", 12, "A"), Row("s12b", "Storgatan", 12, "B"),
        Row("k1", "Kungsgatan", 1, null), Row("other", "Storgatan", 1, null, place: "Lund", municipality: "1281"), Row("farm", "Nygården", null, null),
    ];

    [Fact]
    public void a_house_that_was_typed_must_be_that_very_house()
    {
        Assert.True(IsRight("Storgatan", "1", "s1", answer: "s1"));
        Assert.False(IsRight("Storgatan", "1", "s1", answer: "s2"));
        Assert.False(IsRight("Storgatan", "1", "s1", answer: "other"));
        Assert.False(IsRight("Storgatan", "12 b", "s12b", answer: "s12a"));
        Assert.False(IsRight("storgatan12b,11356stockholm", "", "s12b", answer: "s12a"));
        Assert.True(IsRight("storgatan12b,11356stockholm", "", "s12b", answer: "s12b"));
    }

    [Theory]
    [InlineData("Storgatan", "")] // none
    [InlineData("Storgatan", "77")] // nobody's
    [InlineData("Storgatan 113 56 Stockholm", "")] // a postcode is no number
    public void without_a_house_of_its_own_the_street_counts(string street, string number)
    {
        Assert.True(IsRight(street, number, "s1", answer: "s12b"));
        Assert.False(IsRight(street, number, "s1", answer: "k1"));
        Assert.False(IsRight(street, number, "s1", answer: "other"));
    }

    [Fact]
    public void without_its_letter_every_door_of_the_number_counts()
    {
        Assert.True(IsRight("Storgatan", "12", "s12a", answer: "s12b"));
        Assert.True(IsRight("Storgatan", "12 lgh 1203", "s12a", answer: "s12b"));
        Assert.False(IsRight("Storgatan", "12", "s12a", answer: "s1"));
    }

    [Fact]
    public void a_farm_has_no_number_and_is_found_all_the_same() => Assert.True(IsRight("Nygarden", "", "farm", answer: "farm"));

    [Fact]
    public void the_place_in_the_list_counts()
    {
        var query = new Query("Storgatan", "1", "", "", "s1", "clean");
        var judge = Judge.Of([query], () => Rows);
        var third = new Answer(null, ["k1", "s2", "s1"]);
        Assert.False(judge.IsRight(query, third, within: 1));
        Assert.True(judge.IsRight(query, third, within: 5));
        Assert.False(judge.IsRight(query, new Answer(null, ["k1", "s2", "other", "s12a", "s12b", "s1"]), within: 5));
    }

    [Fact]
    public void where_nothing_is_meant_nothing_may_be_claimed()
    {
        var query = new Query("Obeliskgatan", "1", "", "", "", "no_match");
        var judge = Judge.Of([query], () => Rows);
        Assert.True(judge.IsRight(query, new Answer(Category.C, ["s1"]), 1));
        Assert.True(judge.IsRight(query, new Answer(null, []), 1));
        Assert.False(judge.IsRight(query, new Answer(null, ["s1"]), 1));
        Assert.False(judge.IsRight(query, new Answer(Category.B, ["s1"]), 1));
        Assert.False(judge.IsRight(query, new Answer(Category.A, ["s1"]), 1));
    }

    [Fact]
    public void a_wrong_a_is_counted_by_the_address_itself()
    {
        Query[] queries = [new("Storgatan", "1", "", "", "s1", "x"), new("Storgatan", "12", "", "", "s12a", "x"), new("Obeliskgatan", "1", "", "", "", "y"), new("Kungsgatan", "1", "", "", "k1", "y")];
        Answer[] answers = [new(Category.A, ["s1"]), new(Category.A, ["s12b"]), new(Category.A, ["s1"]), new(Category.B, ["k1"])];
        var score = Score.Of(Judge.Of(queries, () => Rows), queries, answers);
        Assert.Equal(2, score.WrongA);
        Assert.Equal(1 / 3.0, score.PrecisionA);
        Assert.Equal(1, score.PrecisionB);
        Assert.Equal(0.75, score.RecallAt1); // the door without its letter is right as a candidate
        Assert.Equal((2, 0.5), score.ByKind["y"]);
    }

    [Fact]
    public void an_expected_address_that_is_not_there_is_a_fault_of_the_file() =>
        Assert.Throws<FormatException>(() => Judge.Of([new Query("Storgatan", "1", "", "", "gone", "clean")], () => Rows));

    private static bool IsRight(string street, string number, string expected, string answer)
    {
        var query = new Query(street, number, "11356", "Stockholm", expected, "any");
        return Judge.Of([query], () => Rows).IsRight(query, new Answer(Category.C, [answer]), within: 1);
    }

    private static Row Row(string id, string street, int? number, string? letter, string place = "Stockholm", string municipality = "0180") =>
        new(id, street, number, letter, "11356", place, municipality, 59, 18);
}
