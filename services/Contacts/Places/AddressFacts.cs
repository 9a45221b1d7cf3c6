namespace Ums.Contacts.Places;

/// <summary>An address as Geocoding knows it.</summary>
internal sealed record AddressFacts(
    string AddressId, string Street, int? Number, string? Letter, string Postcode, string Place,
    string MunicipalityCode, int? Gnr = null, int? Bnr = null, int? Fnr = null, int? Snr = null, double? Latitude = null, double? Longitude = null);
