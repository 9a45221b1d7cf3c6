using Ums.Geocoding.Demo;
using Ums.Geocoding.Import;
using Xunit;

namespace Ums.Geocoding.Tests.Demo;

public sealed class DemoTownsTests
{
    private static readonly Lazy<(IReadOnlyList<StreetRow> Streets, IReadOnlyList<AreaRow> Areas)> Towns = new(() => DemoTowns.Lay(2024));

    private static IReadOnlyList<StreetRow> Streets => Towns.Value.Streets;

    private static IEnumerable<AddressRow> Addresses => Streets.SelectMany(street => street.Addresses);

    [Fact]
    public void There_are_some_fifty_thousand_addresses_in_eleven_municipalities()
    {
        Assert.InRange(Addresses.Count(), 44_000, 56_000);
        Assert.Equal(11, Streets.Select(street => street.MunicipalityCode).Distinct().Count());
    }

    [Theory]
    [InlineData("Sankt Eriksgatan", 117, "", "11343", 10088920)]
    [InlineData("Birger Jarlsgatan", 131, "a", "11356", 10116804)]
    [InlineData("Birger Jarlsgatan", 131, "b", "11356", 10116805)]
    public void The_addresses_of_the_instructions_stand_where_they_truly_stand(string street, int number, string letter, string postcode, int fnr)
    {
        var found = Assert.Single(Streets.Where(row => row.Name == street && row.Place == "Stockholm").SelectMany(row => row.Addresses),
            address => address.Number == number && (address.Letter ?? "") == letter);
        Assert.Equal((postcode, (int?)fnr, (int?)0, (int?)0, (int?)0), (found.Postcode, found.Fnr, found.Gnr, found.Bnr, found.Snr));
        Assert.InRange(found.Position.Latitude, 59.340, 59.352);
        Assert.InRange(found.Position.Longitude, 18.030, 18.065);
    }

    [Fact]
    public void No_other_entrance_or_door_has_those_numbers()
    {
        var birger = Streets.Single(street => street.Name == "Birger Jarlsgatan");
        Assert.Equal(["a", "b"], birger.Addresses.Where(address => address.Number == 131).Select(address => address.Letter));
        Assert.Single(Streets.Single(street => street.Name == "Sankt Eriksgatan").Addresses, address => address.Number == 117);
    }

    [Fact]
    public void The_same_seed_lays_the_same_towns() => Assert.Equal(Addresses, DemoTowns.Lay(2024).Streets.SelectMany(street => street.Addresses));

    [Fact]
    public void Another_seed_lays_others() =>
        Assert.NotEqual(Streets.Select(street => street.Name), DemoTowns.Lay(1).Streets.Select(street => street.Name));

    [Fact]
    public void Ids_are_unique() => Assert.Equal(Addresses.Count(), Addresses.Select(address => address.Id).Distinct().Count());

    [Fact]
    public void A_street_name_stands_once_in_a_place()
    {
        var twice = Streets.GroupBy(street => (street.Place, street.Name)).Where(streets => streets.Count() > 1);
        Assert.Empty(twice.Select(streets => streets.Key));
    }

    [Fact]
    public void Every_house_stands_by_its_street()
    {
        foreach (var street in Streets.Where(street => street.Path.Count > 20 || street.Class is "lane" or "street"))
            Assert.All(street.Addresses, address => Assert.InRange(street.Path.Min(point => Ground.Metres(point, address.Position)), 5, 60));
    }

    [Fact]
    public void The_countryside_has_farms_without_number() => Assert.InRange(Addresses.Count(address => address.Number is null), 400, 1000);

    [Fact]
    public void Postcodes_are_those_of_the_place() =>
        Assert.All(Locality.All, locality => Assert.All(locality.PostcodeList, postcode => Assert.Matches("^[1-9][0-9]{4}$", postcode)));
}
