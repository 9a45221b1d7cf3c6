namespace Ums.Benchmarks.Geocoding;

/// <summary>An address as a file has it. What an address has not got is null.</summary>
internal sealed record Row(
    string Id, string Street, int? Number, string? Letter, string Postcode, string Place, string MunicipalityCode,
    double Latitude, double Longitude, int? Gnr = null, int? Bnr = null, int? Fnr = null, int? Snr = null)
{
    /// <summary>Norwegian postcodes have four digits. Municipality codes do not tell: both countries have an 1860.</summary>
    public bool Norwegian => Postcode.Length == 4;
}
