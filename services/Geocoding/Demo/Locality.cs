using Ums.Geocoding.Import;

namespace Ums.Geocoding.Demo;

/// <summary>A town, a part of a city, or a village of the demo set, at its true place.</summary>
/// <param name="Addresses">About how many to lay out.</param>
/// <param name="Farms">How many farms around it, whose addresses have no number.</param>
/// <param name="Postcodes">First three digits of its postcodes, then the last two of each.</param>
internal sealed record Locality(
    string MunicipalityCode, string Place, string Name, double Latitude, double Longitude, int Addresses, int Farms, string Postcodes)
{
    public Position Centre => new(Latitude, Longitude);

    /// <summary>Inner cities have blocks of houses with entrances, villages a handful of lanes.</summary>
    public bool IsCity => Addresses >= 2500;

    public IReadOnlyList<string> PostcodeList => [.. Postcodes.Split(' ') is [var start, .. var ends] ? ends.Select(end => start + end) : []];

    public static readonly IReadOnlyList<Locality> All =
    [
        new("0180", "Stockholm", "Vasastan", 59.3455, 18.0470, 4200, 0, "113 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 52 53 54 55 56 57 58 59 60 61"),
        new("0180", "Stockholm", "Norrmalm", 59.3348, 18.0640, 1400, 0, "111 20 21 22 24 37 38 39 43 44 45 56 57 60 61"),
        new("0180", "Stockholm", "Kungsholmen", 59.3318, 18.0270, 2600, 0, "112 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36"),
        new("0180", "Stockholm", "Östermalm", 59.3390, 18.0880, 2600, 0, "114 31 32 33 34 35 36 37 38 39 40 41 42 46 47 48 49 50 51"),
        new("0180", "Stockholm", "Södermalm", 59.3140, 18.0700, 3600, 0, "118 20 21 22 23 24 25 26 27 28 29 30 42 46 47 48 49 50 51 52 53"),
        new("0180", "Bromma", "Bromma", 59.3390, 17.9410, 1900, 0, "168 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46"),
        new("0180", "Hägersten", "Hägersten", 59.2990, 17.9790, 1500, 0, "126 31 32 33 34 35 36 37 38 39 40 41 42"),
        new("0180", "Enskede", "Enskede", 59.2830, 18.0670, 1500, 0, "122 31 32 33 34 37 38 39 40 41 42 43 44"),
        new("0180", "Spånga", "Spånga", 59.3830, 17.8990, 1100, 0, "163 40 41 42 43 44 45 46 47 50 51 52"),
        new("1480", "Göteborg", "Centrum", 57.7010, 11.9680, 3600, 0, "411 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31"),
        new("1480", "Göteborg", "Majorna", 57.6920, 11.9220, 1800, 0, "414 51 52 53 54 55 56 57 58 59 60 61 62 63 64"),
        new("1480", "Göteborg", "Lundby", 57.7220, 11.9350, 1500, 0, "417 15 16 17 18 19 20 21 22 23 24 25 26"),
        new("1480", "Västra Frölunda", "Frölunda", 57.6520, 11.9110, 1400, 0, "421 30 31 32 33 34 35 36 37 38 39 40 41 42"),
        new("1480", "Torslanda", "Torslanda", 57.7240, 11.7700, 700, 25, "423 32 33 34 35 36 37 38"),
        new("1280", "Malmö", "Centrum", 55.6030, 13.0010, 3400, 0, "211 18 19 20 21 22 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47"),
        new("1280", "Limhamn", "Limhamn", 55.5810, 12.9270, 1300, 0, "216 11 12 13 14 15 16 17 18 19 20 21"),
        new("1280", "Oxie", "Oxie", 55.5430, 13.0940, 700, 30, "238 30 31 32 33 34 35 36"),
        new("1880", "Örebro", "Centrum", 59.2740, 15.2070, 3400, 0, "702 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26"),
        new("1880", "Örebro", "Vivalla", 59.3010, 15.1830, 900, 0, "703 71 72 73 74 75 76"),
        new("1880", "Vintrosa", "Vintrosa", 59.2520, 14.9490, 260, 40, "719 30 31 91 92"),
        new("1880", "Glanshammar", "Glanshammar", 59.3170, 15.4000, 180, 35, "703 85 86"),
        new("1880", "Odensbacken", "Odensbacken", 59.1650, 15.5300, 240, 35, "715 31 32 91 93"),
        new("2581", "Piteå", "Piteå", 65.3172, 21.4794, 2600, 40, "941 31 32 33 34 35 36 37 38 39 40 41 42 43 46 47 48 50 51 52 53 61 62 63 64"),
        new("2581", "Öjebyn", "Öjebyn", 65.3480, 21.4060, 800, 25, "943 31 32 33 35 36"),
        new("2581", "Hortlax", "Hortlax", 65.2830, 21.4000, 420, 25, "944 31 32 91"),
        new("2581", "Norrfjärden", "Norrfjärden", 65.4180, 21.4560, 340, 30, "945 31 32 91"),
        new("2581", "Rosvik", "Rosvik", 65.4330, 21.7000, 260, 15, "945 33 34"),
        new("2581", "Roknäs", "Roknäs", 65.3500, 21.2000, 260, 25, "946 31 91"),
        new("2581", "Arnemark", "Arnemark", 65.4833, 21.2000, 60, 30, "941 92"),
        new("2584", "Kiruna", "Kiruna", 67.8480, 20.3040, 1900, 10, "981 30 31 32 33 34 35 36 37 38 39 40 41 42"),
        new("2584", "Jukkasjärvi", "Jukkasjärvi", 67.8500, 20.6167, 160, 15, "981 91"),
        new("2584", "Vittangi", "Vittangi", 67.6780, 21.6370, 220, 20, "980 10"),
        new("2584", "Karesuando", "Karesuando", 68.4396, 22.4705, 120, 12, "980 16"),
        new("0488", "Trosa", "Trosa", 58.8962, 17.5481, 1100, 25, "619 30 31 32 33 34 35 36"),
        new("0488", "Vagnhärad", "Vagnhärad", 58.9500, 17.5000, 500, 30, "619 71 72 73"),
        new("0885", "Borgholm", "Borgholm", 56.8793, 16.6563, 800, 30, "387 30 31 32 33 34 35 36"),
        new("0885", "Löttorp", "Löttorp", 57.1667, 16.9833, 180, 40, "387 71 73 74"),
        new("2321", "Åre", "Åre", 63.3984, 13.0802, 500, 20, "837 51 52"),
        new("2321", "Järpen", "Järpen", 63.3500, 13.4600, 320, 30, "837 31 32 93"),
        new("2506", "Arjeplog", "Arjeplog", 66.0517, 17.8861, 480, 25, "938 31 32"),
        new("1884", "Nora", "Nora", 59.5193, 15.0398, 900, 35, "713 30 31 32 33 34"),
    ];
}
