using CsCheck;
using Ums.Geocoding.Demo;
using Ums.Geocoding.Indexing;
using Ums.Geocoding.Search;
using Ums.Geocoding.Tests.Indexing;
using Xunit;

namespace Ums.Geocoding.Tests.Search;

/// <summary>Whatever is typed: an A says that it was this very address, folded but not corrected, and no other.</summary>
public sealed class NeverAWrongATests
{
    private static readonly AddressIndex Towns = SmallIndex.Of(DemoTowns.Lay(2024).Streets.SelectMany(street => street.Addresses.Select(address => new AddressRecord(
        address.Id, street.Name, address.Number, address.Letter, address.Postcode, address.Place, street.MunicipalityCode,
        address.Position.Latitude, address.Position.Longitude, null, null, null, null))));

    private static readonly Gen<(int House, int Field, int Change, int At, char Letter, int Other)> Typed =
        Gen.Select(Gen.Int[0, Towns.Houses.Count - 1], Gen.Int[0, 3], Gen.Int[0, 4], Gen.Int[0, 30], Gen.Char["abdegiklnorstvåäö 0123456789-"], Gen.Int[0, Towns.Houses.Count - 1]);

    [Fact]
    public void One_field_changed_by_a_letter_or_taken_from_another_address() => Typed.Sample(draw =>
    {
        var (meant, other) = (Fields(Towns.AddressOf(draw.House)), Fields(Towns.AddressOf(draw.Other)));
        meant[draw.Field] = draw.Change switch
        {
            0 => meant[draw.Field],
            1 => meant[draw.Field].Insert(Math.Min(draw.At, meant[draw.Field].Length), draw.Letter.ToString()),
            2 => meant[draw.Field].Length == 0 ? "" : meant[draw.Field].Remove(Math.Min(draw.At, meant[draw.Field].Length - 1), 1),
            3 => other[draw.Field],
            _ => "",
        };
        if (meant[0].Length == 0)
        {
            return;
        }

        var answer = MatchAddress.Find(Towns, new AddressFields { Street = meant[0], Number = meant[1], Postcode = meant[2], Place = meant[3] }, new HashSet<string>(), 5);
        if (answer.Category == Category.A)
        {
            var found = Assert.Single(answer.Matches).Address;
            var text = string.Join(" | ", meant);
            Assert.True(NameKey.Of(found.Street + found.Number + found.Letter) == NameKey.Of(meant[0] + meant[1].TrimStart('0')), text);
            Assert.True(found.Postcode == NameKey.Of(meant[2]).TrimStart('s', 'e'), text);
            Assert.True(meant[3].Length == 0 || NameKey.PlainOf(found.Place) == NameKey.PlainOf(meant[3]), text);
        }
    }, iter: 20_000);

    private static string[] Fields(IndexedAddress address) => [address.Street, $"{address.Number}{address.Letter}", address.Postcode, address.Place];
}
