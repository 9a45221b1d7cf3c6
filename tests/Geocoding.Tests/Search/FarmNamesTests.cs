using Ums.Geocoding.Indexing;
using Ums.Geocoding.Search;
using Ums.Geocoding.Tests.Indexing;
using Xunit;

namespace Ums.Geocoding.Tests.Search;

/// <summary>A farm's address has two names, and no number that anybody remembers.</summary>
public sealed class FarmNamesTests
{
    private static readonly AddressIndex Index = SmallIndex.Of(
    [
        Farm("1", "Prästström Näsrud", "44185", "Alingsås", "1489"), Farm("2", "Gamla Nävertorp Klevvad", "46195", "Trollhättan", "1488"),
        Farm("3", "Kristinelund Bergro", "76371", "Herräng", "0188"), Farm("4", "Bergro", "17676", "Järfälla", "0123"), Farm("5", "Norra gränd", "76371", "Herräng", "0188"),
    ]);

    [Theory]
    [InlineData("Näsrud Prästström", "44185", "Alingsås", "1")]
    [InlineData("Näsrud Prätström", "", "Alingsås", "1")]
    [InlineData("Prästström Näsrud", "44185", "Alingsås", "1")]
    [InlineData("Klevvad, Gamla Nävertorp", "", "Trollhättan", "2")]
    [InlineData("Nävertorp Klevvad", "", "Trollhättan", "2")]
    [InlineData("Vergro", "", "Herräng", "3")]
    [InlineData("Bergro", "", "Järfälla", "4")]
    public void Either_name_finds_it_in_either_order(string street, string postcode, string place, string id) =>
        Assert.Equal(id, Find(street, postcode, place).Matches[0].Address.Id);

    [Fact]
    public void Half_a_name_is_never_certain() => Assert.Equal(Category.C, Find("Bergro", "76371", "Herräng").Category);

    [Fact]
    public void An_ending_is_no_name() => Assert.Empty(Find("brkpåsagränd", "76371", "Herräng").Matches);

    private static MatchAddress.Result Find(string street, string postcode, string place) =>
        MatchAddress.Find(Index, new AddressFields { Street = street, Postcode = postcode, Place = place }, new HashSet<string>(), 5);

    private static AddressRecord Farm(string id, string name, string postcode, string place, string municipality) =>
        new(id, name, null, null, postcode, place, municipality, 58, 12, null, null, null, null);
}
