namespace Ums.Geocoding.Addresses;

/// <summary>An address that exists, from the table that imports fill. Its id is whatever its source calls it.</summary>
internal sealed class Address
{
    public const int LongestId = 64;

    public required string Id { get; init; }
    public required string Street { get; init; }
    public int? Number { get; init; }
    public string? Letter { get; init; }
    public required string Postcode { get; init; }
    public required string Place { get; init; }
    public required string MunicipalityCode { get; init; }
    public double Latitude { get; init; }
    public double Longitude { get; init; }
    public int? Gnr { get; init; }
    public int? Bnr { get; init; }
    public int? Fnr { get; init; }
    public int? Snr { get; init; }

    /// <summary>False for what cannot be anybody's id, such as text that PostgreSQL would refuse.</summary>
    public static bool CanBeId(string? id) => id is { Length: > 0 and <= LongestId } && !id.Any(char.IsControl);
}
