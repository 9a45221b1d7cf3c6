using Ums.Geocoding.Import;

namespace Ums.Geocoding.Demo;

/// <summary>
/// The two streets of Stockholm that the portal's instructions use, where they truly run, with the addresses and keys that the instructions
/// show: Sankt Eriksgatan 117, and Birger Jarlsgatan 131 with its two entrances.
/// </summary>
internal static class KnownStreets
{
    private const string Municipality = "0180", Place = "Stockholm";

    public static readonly IReadOnlyList<Position> SanktEriksgatan =
        [new(59.32790, 18.02990), new(59.33250, 18.02960), new(59.33480, 18.03120), new(59.33970, 18.03690), new(59.34300, 18.03560), new(59.34660, 18.03310)];

    public static readonly IReadOnlyList<Position> BirgerJarlsgatan =
        [new(59.33300, 18.07600), new(59.33580, 18.07300), new(59.34000, 18.06760), new(59.34500, 18.06220), new(59.35010, 18.05930)];

    public static readonly IReadOnlyList<(string Street, int Number, string? Letter, string Postcode, int Fnr)> Addresses =
    [
        ("Sankt Eriksgatan", 117, null, "11343", 10088920),
        ("Birger Jarlsgatan", 131, "a", "11356", 10116804),
        ("Birger Jarlsgatan", 131, "b", "11356", 10116805),
    ];

    public static IEnumerable<StreetRow> Rows(Func<Position, string> postcode, AddressKeys keys, Dice dice) =>
    [
        Row("Sankt Eriksgatan", SanktEriksgatan, 120, postcode, keys, dice),
        Row("Birger Jarlsgatan", BirgerJarlsgatan, 130, postcode, keys, dice),
    ];

    private static StreetRow Row(string name, IReadOnlyList<Position> path, int last, Func<Position, string> postcode, AddressKeys keys, Dice dice)
    {
        var length = path.Zip(path.Skip(1)).Sum(piece => Ground.Metres(piece.First, piece.Second));
        var addresses = new List<AddressRow>();
        for (var number = 1; number <= last; number++)
        {
            if (!Addresses.Any(known => known.Street == name && known.Number == number))
            {
                var house = new House(number, null, At(path, length, number, last, dice.Between(-2.0, 2.0)));
                addresses.Add(keys.Make(Municipality, Place, name, house, postcode(house.Position)));
            }
        }

        foreach (var known in Addresses.Where(known => known.Street == name))
        {
            var house = new House(known.Number, known.Letter, At(path, length, known.Number, last, known.Letter == "b" ? -9 : -1));
            addresses.Add(keys.Make(Municipality, Place, name, house, known.Postcode) with { Fnr = known.Fnr });
        }

        return new StreetRow(name, Municipality, Place, "main", path, addresses);
    }

    private static Position At(IReadOnlyList<Position> path, double length, int number, int last, double shift) =>
        Houses.Beside(path, (length * Math.Min(number, last) / (last + 2)) + shift, number % 2 == 1 ? 16 : -16);
}
