namespace Ums.Geocoding.Indexing;

/// <summary>One address as the index takes it in: what the table's row says.</summary>
/// <param name="Postcode">Five digits in Sweden, four in Norway; the country is told by it.</param>
/// <param name="Latitude">WGS84 degrees.</param>
/// <param name="Longitude">WGS84 degrees.</param>
internal readonly record struct AddressRecord(
    string Id, string Street, int? Number, string? Letter, string Postcode, string Place, string MunicipalityCode,
    double Latitude, double Longitude, int? Gnr, int? Bnr, int? Fnr, int? Snr);
