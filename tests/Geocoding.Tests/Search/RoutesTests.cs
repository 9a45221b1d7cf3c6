using System.Collections;
using Ums.Geocoding.Indexing;
using Ums.Geocoding.Search;
using Ums.Geocoding.Tests.Indexing;
using Xunit;

namespace Ums.Geocoding.Tests.Search;

/// <summary>Each way to a street by itself: what it finds, and what it leaves to the others.</summary>
public sealed class RoutesTests
{
    private static readonly AddressIndex Index = SmallIndex.Of(
    [
        Street("Storgatan", "94132", "Piteå", "2581"), Street("Storgatan", "94331", "Öjebyn", "2581"), Street("Karlbergsvägen", "11327", "Stockholm", "0180"),
        Street("Lillgatan", "94132", "Piteå", "2581"), Street("Sankt Eriksgatan", "11343", "Stockholm", "0180"), Street("Norrgårdsstigen", "41115", "Göteborg", "1480"),
    ]);

    [Theory]
    [InlineData("Storgatan", "Storgatan|Storgatan")]
    [InlineData("storg.", "Storgatan|Storgatan")]
    [InlineData("Eriksgatan", "Sankt Eriksgatan")]
    [InlineData("Storgaten", "")]
    public void By_name(string street, string found) => Assert.Equal(found, Run(ByName.Run, street));

    [Theory]
    [InlineData("Carlbergswägen", "Karlbergsvägen")]
    [InlineData("Karlbärgsvägen", "")]
    public void By_sound(string street, string found) => Assert.Equal(found, Run(BySound.Run, street));

    [Theory]
    [InlineData("Stoorgtan", "94132", "Storgatan")]
    [InlineData("Stoorgtan", "94199", "")]
    [InlineData("Xyzxyzxyz", "94132", "")]
    public void By_postcode(string street, string postcode, string found) => Assert.Equal(found, Run(ByPostcode.Run, street, postcode));

    [Theory]
    [InlineData("Stoorgtan", "Piteå", "Storgatan|Storgatan")]
    [InlineData("Stoorgtan", "Pite", "Storgatan|Storgatan")]
    [InlineData("Stoorgtan", "Göteborg", "")]
    [InlineData("Stoorgtan", "", "")]
    public void By_area(string street, string place, string found) => Assert.Equal(found, Run(ByArea.Run, street, place: place));

    [Fact]
    public void By_the_preferred_municipality_where_no_place_is_said() =>
        Assert.Equal("Karlbergsvägen", Run(ByArea.Run, "Karlbregsvgen", preferred: "0180"));

    [Theory]
    [InlineData("Norgardstigen", "Norrgårdsstigen")]
    [InlineData("Nrogradsstgien", "Norrgårdsstigen")]
    [InlineData("Björkallén", "")]
    public void By_letters(string street, string found) => Assert.Equal(found, Run(ByLetters.Run, street));

    [Theory]
    [InlineData("Norrg", "Norrgårdsstigen")]
    [InlineData("Erik", "Sankt Eriksgatan")]
    [InlineData("No", "")]
    public void By_beginning(string street, string found) => Assert.Equal(found, Run(ByBeginning.Run, street));

    [Theory]
    // Nothing else can come near what was typed exactly, so that nothing else is looked at.
    [InlineData("Lillgatan", "94132", "Piteå", "Lillgatan")]
    // Without an area every street of the name is as good, and the misspelt one is found from afar.
    [InlineData("Norrgårdsstgen", "", "", "Norrgårdsstigen")]
    public void Together(string street, string postcode, string place, string found) => Assert.Equal(found, Run(FindStreets.Run, street, postcode, place));

    private static string Run(Action<StreetSearch> route, string street, string postcode = "", string place = "", string? preferred = null)
    {
        var search = new StreetSearch(Index);
        var municipalities = preferred is null ? null
            : new BitArray([.. Enumerable.Range(0, Index.Areas.MunicipalityCount).Select(of => Index.Areas.MunicipalityOf(of).Code == preferred)]);
        search.Begin(new AddressQuery(street, null, null, postcode.Length == 0 ? null : postcode, place.Length == 0 ? null : place), municipalities);
        route(search);
        return string.Join('|', search.Streets.ToArray().Select(found => Index.Names[Index.Streets.NameOf(found.Street)]));
    }

    private static AddressRecord Street(string name, string postcode, string place, string municipality) =>
        new($"{name} {place}", name, 1, null, postcode, place, municipality, 60, 18, null, null, null, null);
}
