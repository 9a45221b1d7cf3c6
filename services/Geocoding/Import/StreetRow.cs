namespace Ums.Geocoding.Import;

/// <summary>WGS84 degrees.</summary>
internal readonly record struct Position(double Latitude, double Longitude);

/// <summary>A street with everything on it, as any source of addresses delivers it.</summary>
/// <param name="Class">road, main, street or lane as the map draws them; none where there is no line.</param>
/// <param name="Path">Its line; empty where only the points are known.</param>
internal sealed record StreetRow(
    string Name, string MunicipalityCode, string Place, string Class, IReadOnlyList<Position> Path, IReadOnlyList<AddressRow> Addresses);

/// <summary>One address. GNR, BNR, FNR and SNR are the property's keys where the country has them.</summary>
internal sealed record AddressRow(
    string Id, int? Number, string? Letter, string Postcode, string Place, Position Position, int? Gnr, int? Bnr, int? Fnr, int? Snr);

/// <param name="Kind">town or park.</param>
/// <param name="Name">Of a town, or of a part of a city.</param>
internal sealed record AreaRow(string Kind, string? Name, IReadOnlyList<Position> Ring);
