namespace Ums.Gateway.Clients;

/// <summary>Matching of what a resident typed with addresses that exist.</summary>
internal sealed class GeocodingClient(HttpClient http) : ServiceClient(http, "Geocoding")
{
    /// <param name="municipalityCodes">Whose addresses stand first; those of other municipalities follow.</param>
    public Task<Answer<Found>> MatchAsync(AddressTyped typed, IReadOnlyCollection<string> municipalityCodes, CancellationToken cancellationToken) =>
        CallAsync<Found>(
            HttpMethod.Post, "/api/addresses/matches",
            new { typed.Street, typed.Number, typed.Postcode, typed.Place, municipalityCodes, limit = 20 }, cancellationToken: cancellationToken);
}

internal sealed record AddressTyped(string Street, string Number, string Postcode, string Place);

internal sealed record Found(string Category, Match[] Matches);

internal sealed record Match(
    string AddressId, string Street, int? Number, string? Letter, string? Postcode, string? Place, string? MunicipalityCode);
