namespace Ums.Geocoding.Search;

/// <summary>A street worth looking at. Two streets of one name in one municipality are two rows.</summary>
internal sealed record StreetCandidate(
    long Id, string Name, string Key, string Plain, string MunicipalityCode, string MunicipalityPlain, string PlacePlain, string[] Postcodes);

/// <summary>A street with how well it agrees before its houses are looked at.</summary>
internal sealed record LikelyStreet(StreetCandidate Street, StreetFit Fit, double Score);

/// <summary>An address on such a street, as the table has it.</summary>
internal sealed record AddressCandidate(
    string Id, StreetCandidate Street, int? Number, string? Letter, string Postcode, string Place,
    double Latitude, double Longitude, int? Gnr, int? Bnr, int? Fnr, int? Snr)
{
    public string PlacePlain { get; } = NameKey.PlainOf(Place);
}

/// <summary>A candidate with what was found out about it.</summary>
internal sealed record ScoredAddress(AddressCandidate Address, StreetFit Street, NumberFit Number, double Postcode, double Place, double Score)
{
    public bool SameHouseAs(ScoredAddress other) =>
        Address.Street.Id == other.Address.Street.Id && Address.Number == other.Address.Number && Address.Postcode == other.Address.Postcode;
}
