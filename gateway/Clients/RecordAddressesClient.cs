namespace Ums.Gateway.Clients;

/// <summary>Matching of the address that an operator types for somebody.</summary>
internal sealed class RecordAddressesClient(HttpClient http) : ServiceClient(http, "Geocoding")
{
    public Task<Answer<Found>> MatchAsync(AddressTyped typed, IReadOnlyCollection<string> municipalityCodes, CancellationToken cancellationToken) =>
        CallAsync<Found>(
            HttpMethod.Post, "/api/addresses/matches",
            new { typed.Street, typed.Number, typed.Postcode, typed.Place, municipalityCodes, limit = 20 }, cancellationToken: cancellationToken);
}
