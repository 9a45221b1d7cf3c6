using CsCheck;
using Ums.Geocoding.Indexing;
using Xunit;

namespace Ums.Geocoding.Tests.Indexing;

public sealed class AddressIndexTests
{
    [Fact]
    public void What_was_added_comes_back_whole() => SmallIndex.Records.Sample(records =>
    {
        var found = SmallIndex.All(SmallIndex.Of(records)).ToDictionary(address => address.Id);
        return found.Count == records.Length && records.All(record => IsSame(record, found[record.Id]));
    });

    [Fact]
    public void Houses_stand_by_street_then_number_then_letter()
    {
        var index = SmallIndex.Of([Record("1", 12, "b"), Record("2", 2, null), Record("3", 12, null), Record("4", null, null), Record("5", 12, "A")]);
        Assert.Equal(["4", "2", "3", "5", "1"], SmallIndex.All(index).Select(address => address.Id));
    }

    [Fact]
    public void An_empty_index_can_be_searched() => Assert.Equal(0, AddressIndex.Empty.Houses.Count);

    [Theory]
    [InlineData(-1)]
    [InlineData(65_536)]
    public void A_number_that_cannot_be_is_refused(int number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SmallIndex.Of([Record("1", number, null)]));

    [Fact]
    public void A_house_on_a_street_of_ordinary_length_stands_within_some_centimetres()
    {
        var index = SmallIndex.Of([Record("1", 1, null) with { Latitude = 59.3412345, Longitude = 18.0312345 }, Record("2", 2, null) with { Latitude = 59.3451234, Longitude = 18.0371234 }]);
        var far = SmallIndex.All(index).Single(address => address.Id == "2");
        Assert.InRange(Math.Abs(far.Latitude - 59.3451234), 0, 1e-7);
        Assert.InRange(Math.Abs(far.Longitude - 18.0371234), 0, 1e-7);
    }

    private static AddressRecord Record(string id, int? number, string? letter) =>
        new(id, "Storgatan", number, letter, "11343", "Stockholm", "0180", 59.34, 18.03, null, null, 7, null);

    // Streets of the generator lie across all of Scandinavia, so that a step is some hundred metres long.
    private static bool IsSame(AddressRecord record, IndexedAddress found) =>
        (found.Street, found.Number, found.Letter, found.Postcode, found.Place, found.MunicipalityCode, found.Gnr, found.Bnr, found.Fnr, found.Snr)
            == (record.Street, record.Number, record.Letter, record.Postcode, record.Place, record.MunicipalityCode, record.Gnr, record.Bnr, record.Fnr, record.Snr)
        && Math.Abs(found.Latitude - record.Latitude) < 0.0005 && Math.Abs(found.Longitude - record.Longitude) < 0.0005;
}
