using Ums.Geocoding.Import;

namespace Ums.Geocoding.Tests;

/// <summary>A few streets with what makes Swedish addresses hard: the same name in several places, entrances, å ä ö, near-twins, farms.</summary>
internal static class SmallCountry
{
    public static readonly IReadOnlyList<StreetRow> Streets =
    [
        Street("Sankt Eriksgatan", "0180", "Stockholm", "11343", "1", "2", "3", "5", "115", "117", "119"),
        Street("Birger Jarlsgatan", "0180", "Stockholm", "11356", "127", "129", "131a", "131b", "132"),
        Street("Karlbergsvägen", "0180", "Stockholm", "11327", "4", "6", "6a", "6b", "8"),
        Street("Häggatan", "0180", "Stockholm", "11330", "1", "3"),
        Street("Haggatan", "0180", "Stockholm", "11331", "1", "5"),
        Street("Armégatan", "0180", "Stockholm", "11332", "7"),
        Street("Storgatan", "0180", "Stockholm", "11455", "5", "7", "44"),
        Street("Storgatan", "2581", "Piteå", "94132", "5", "7", "12"),
        Street("Storgatan", "2581", "Öjebyn", "94331", "5", "9"),
        Street("Storgränd", "2581", "Piteå", "94132", "5"),
        Street("Lillgatan", "2581", "Piteå", "94133", "5", "8"),
        Street("Norra Ringvägen", "2581", "Piteå", "94134", "10", "12b"),
        Street("Björkvägen", "2581", "Öjebyn", "94331", "1", "2", "3"),
        Street("Bjärkvägen", "2581", "Öjebyn", "94331", "2"),
        Street("Föräldravägen", "2581", "Öjebyn", "94332", "4"),
        Street("Sankta Klaras gränd", "2581", "Piteå", "94133", "2"),
        Street("Kyrkogatan", "1480", "Göteborg", "41115", "20", "22"),
        Street("Norrgården", "2581", "Arnemark", "94192", ""),
        Street("Nedergården", "2581", "Arnemark", "94192", ""),
        Street("Skogsvägen", "2581", "Rosvik", "94533", "3a"),
    ];

    public static readonly IReadOnlyList<AreaRow> Areas =
        [new("town", "Piteå", [new(65.31, 21.46), new(65.31, 21.50), new(65.33, 21.50), new(65.33, 21.46), new(65.31, 21.46)])];

    /// <summary>The id that an address of this country has, such as <c>Storgatan 5, Piteå</c>.</summary>
    public static string Id(string street, string place, string house) => $"{street} {house}, {place}".Replace(" ,", ",", StringComparison.Ordinal);

    private static StreetRow Street(string name, string municipality, string place, string postcode, params string[] houses)
    {
        var start = municipality switch { "0180" => new Position(59.34, 18.04), "1480" => new Position(57.70, 11.97), _ => new Position(65.32, 21.48) };
        var rows = houses.Select((house, index) => House(name, place, postcode, house, start with { Latitude = start.Latitude + (0.0002 * index) })).ToList();
        var path = rows.Select(row => row.Position).Append(start with { Longitude = start.Longitude + 0.01 }).ToList();
        return new StreetRow(name, municipality, place, "street", path, rows);
    }

    private static AddressRow House(string street, string place, string postcode, string house, Position position)
    {
        var number = string.Concat(house.Where(char.IsAsciiDigit));
        var letter = string.Concat(house.Where(char.IsLetter));
        return new AddressRow(
            Id(street, place, house), number.Length == 0 ? null : int.Parse(number, System.Globalization.CultureInfo.InvariantCulture),
            letter.Length == 0 ? null : letter, postcode, place, position, 0, 0, 10_000_000 + (house.Length * 31), 0);
    }
}
