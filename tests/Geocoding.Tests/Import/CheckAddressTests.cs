using System.Globalization;
using Ums.Geocoding.Import;
using Ums.Geocoding.Import.Formats;
using Xunit;

namespace Ums.Geocoding.Tests.Import;

public sealed class CheckAddressTests
{
    [Fact]
    public void a_good_row_is_taken_as_it_stands()
    {
        var (address, refusal) = Check(_ => { });
        Assert.Null(refusal);
        Assert.Equal(("a1", "Åsögatan", 12, "B", "11829", "Stockholm", "0180", 59.31, 18.07),
            (address!.Id, address.Street, address.Number, address.Letter, address.Postcode, address.Place, address.Municipality, address.Latitude, address.Longitude));
    }

    public static TheoryData<string, string, string, string?> Refused => new()
    {
        { "address_id", "too-long", "Id", new string('x', 65) },
        { "address_id", "control-character", "Id", "a\u00011" },
        { "street", "missing", "Street", null },
        { "street", "missing", "Street", " \u00A0" },
        { "street", "too-long", "Street", new string('å', 101) },
        { "street", "control-character", "Street", "Stor\u0000gatan" },
        { "street", "control-character", "Street", "Stor\tgatan" },
        { "street", "unexpected-character", "Street", "Storgatan 😀" },
        { "street", "unexpected-character", "Street", "Stor\u202Egatan" },
        { "street", "encoding", "Street", "Stor\uD800gatan" },
        { "street", "unexpected-character", "Street", "<b>Storgatan</b>" },
        { "street", "unexpected-character", "Street", "=1+1" },
        { "street", "encoding", "Street", "H\uFFFDggatan" },
        { "street", "no-letter", "Street", "- ." },
        { "number", "not-a-number", "Number", "12B" },
        { "number", "not-a-number", "Number", "-1" },
        { "number", "not-a-number", "Number", "١٢" },
        { "number", "out-of-range", "Number", "100000" },
        { "number", "out-of-range", "Number", "99999999999999999999" },
        { "letter", "no-letter", "Letter", "-" },
        { "letter", "no-letter", "Letter", "ABCDE" },
        { "postcode", "missing", "Postcode", "" },
        { "postcode", "no-postcode", "Postcode", "0" },
        { "postcode", "no-postcode", "Postcode", "00000" },
        { "postcode", "not-a-code", "Postcode", "113" },
        { "postcode", "not-a-code", "Postcode", "SE-11356" },
        { "place", "missing", "Place", null },
        { "municipality_code", "missing", "Municipality", null },
        { "municipality_code", "not-a-code", "Municipality", "180" },
        { "latitude", "not-a-number", "Position", "NaN 18.07" },
        { "latitude", "not-a-number", "Position", "59.31 Infinity" },
        { "latitude", "out-of-range", "Position", "95 18.07" },
        { "latitude", "out-of-range", "Position", "0 0" },
        { "latitude", "out-of-range", "Position", "48.85 2.35" },
        { "latitude", "swapped-axes", "Position", "18.07 59.31" },
        { "latitude", "swapped-axes", "Position", "15.6 78.2" },
        { "gnr", "not-a-number", "Gnr", "x" },
        { "snr", "out-of-range", "Snr", "4294967296" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void each_fault_has_its_reason(string field, string reason, string property, string? value)
    {
        var (address, refusal) = Check(raw => Spoil(raw, property, value));
        Assert.Null(address);
        Assert.Equal((field, reason), (refusal!.Value.Field, refusal.Value.Reason));
    }

    [Theory]
    [InlineData("0150")]
    [InlineData("113 56")]
    [InlineData("9170")]
    public void both_countries_postcodes_are_taken(string postcode) =>
        Assert.Equal(postcode.Replace(" ", "", StringComparison.Ordinal), Check(raw => raw.Postcode = postcode).Address!.Postcode);

    [Fact]
    public void a_municipality_number_that_both_countries_have_gives_two_streets()
    {
        var swedish = Check(raw => (raw.Municipality, raw.Postcode) = ("1860", "69530")).Address!;
        var norwegian = Check(raw => (raw.Municipality, raw.Postcode) = ("1860", "8370")).Address!;
        Assert.NotEqual(swedish.StreetId, norwegian.StreetId);
    }

    [Theory]
    [InlineData("  Stora\u00A0  gatan ", "Stora gatan")]
    [InlineData("A\u030Asögatan", "Åsögatan")]
    [InlineData("Kyrko\u00ADgatan", "Kyrkogatan")]
    [InlineData("S:t Eriksg. 5/7 (gamla)", "S:t Eriksg. 5/7 (gamla)")]
    [InlineData("Čáhputgeaidnu", "Čáhputgeaidnu")]
    public void names_are_tidied_and_never_more(string written, string expected) => Assert.Equal(expected, Check(raw => raw.Street = written).Address!.Street);

    [Fact]
    public void what_has_no_id_is_called_by_what_it_is()
    {
        var (one, same, other) = (Check(raw => raw.Id = null), Check(raw => raw.Id = ""), Check(raw => (raw.Id, raw.Number) = (null, "14")));
        Assert.Equal(one.Address!.Id, same.Address!.Id);
        Assert.NotEqual(one.Address.Id, other.Address!.Id);
    }

    private static void Spoil(RawAddress raw, string property, string? value)
    {
        if (property != "Position")
        {
            typeof(RawAddress).GetProperty(property)!.SetValue(raw, value);
            return;
        }
        var axes = value!.Split(' ').Select(axis => double.Parse(axis, CultureInfo.InvariantCulture)).ToArray();
        (raw.Latitude, raw.Longitude) = (axes[0], axes[1]);
    }

    private static (CheckedAddress? Address, Refusal? Refusal) Check(Action<RawAddress> spoil)
    {
        var raw = new RawAddress
        {
            Id = "a1", Street = "Åsögatan", Number = "12", Letter = "B", Postcode = "11829", Place = "Stockholm", Municipality = "0180", Latitude = 59.31, Longitude = 18.07,
        };
        spoil(raw);
        return new CheckAddress("tests").Check(raw);
    }
}
