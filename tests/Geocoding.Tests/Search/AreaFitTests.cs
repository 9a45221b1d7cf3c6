using CsCheck;
using Ums.Geocoding.Indexing;
using Ums.Geocoding.Search;
using Ums.Geocoding.Tests.Indexing;
using Xunit;

namespace Ums.Geocoding.Tests.Search;

public sealed class AreaFitTests
{
    private static readonly AddressIndex Index = SmallIndex.Of(
    [
        Address("1", "Stockholm", "0180"), Address("2", "Bromma", "0180"), Address("3", "Saltsjö-Boo", "0182"), Address("4", "Nacka", "0182"), Address("5", "Piteå", "2581"),
    ]);

    [Theory]
    [InlineData("11356", "11356", 0)]
    [InlineData("11357", "11356", AreaFit.NearestPostcode)]
    [InlineData("13156", "11356", AreaFit.NearestPostcode)]
    [InlineData("1135", "11356", AreaFit.NearestPostcode)]
    [InlineData("113566", "11356", AreaFit.NearestPostcode)]
    [InlineData("11379", "11356", 1.2f)]
    [InlineData("18756", "11356", 1.45f)]
    [InlineData("98765", "11356", AreaFit.AnotherPostcode)]
    public void A_postcode_costs_the_more_the_less_it_has_of_the_right_one(string typed, string postcode, float cost) =>
        Assert.Equal(cost, AreaFit.OfPostcode(LetterCodes.Of(typed), LetterCodes.Of(postcode)));

    [Fact]
    public void Any_two_postcodes_can_be_compared() =>
        Gen.Select(Gen.String[Gen.Char['0', '9'], 0, 8], Gen.String[Gen.Char['0', '9'], 4, 5]).Sample((typed, postcode) =>
            AreaFit.OfPostcode(LetterCodes.Of(typed), LetterCodes.Of(postcode)) is >= 0 and <= AreaFit.AnotherPostcode);

    [Theory]
    [InlineData("Bromma", "Bromma", 0)]
    [InlineData("Bromma kommun", "Bromma", 0.1f)]
    [InlineData("Nacka", "Saltsjö-Boo", AreaFit.MunicipalityForPlace)]
    [InlineData("Stockholms kommun", "Bromma", 0.4f)]
    [InlineData("Bromma", "Stockholm", AreaFit.NeighbouringPlace)]
    [InlineData("Piteå", "Stockholm", AreaFit.AnotherPlace)]
    [InlineData("Brommma", "Bromma", 1)]
    [InlineData("Södermalm", "Stockholm", AreaFit.UnknownPlace)]
    [InlineData("", "Stockholm", 0)]
    public void A_place_costs_the_more_the_farther_it_is_from_what_people_mean_by_it(string typed, string place, float cost)
    {
        var pattern = new LetterPattern();
        pattern.Set(LetterCodes.Of(NameKey.PlainOf(typed)));
        Span<LikelyPlace> found = stackalloc LikelyPlace[FindPlaces.Most];
        found = found[..FindPlaces.Run(Index.Areas, pattern, found)];
        var street = Enumerable.Range(0, Index.Streets.Count).Single(street => Index.Areas.PlaceOf(Index.Streets.PlaceOf(street)) == place);
        Assert.Equal(cost, AreaFit.OfPlace(Index.Areas, found, typed.Length > 0, Index.Streets.PlaceOf(street), Index.Streets.MunicipalityOf(street)), 2);
    }

    private static AddressRecord Address(string id, string place, string municipality) =>
        new(id, "Storgatan", 1, null, "11343", place, municipality, 59, 18, null, null, null, null);
}
