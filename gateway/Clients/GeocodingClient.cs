namespace Ums.Gateway.Clients;

/// <summary>Matching of what a resident typed with addresses that exist.</summary>
internal sealed class GeocodingClient(HttpClient http) : ServiceClient(http, "Geocoding")
{
    private const int MostNamed = 40;

    /// <param name="municipalityCodes">Whose addresses stand first; those of other municipalities follow.</param>
    public Task<Answer<Found>> MatchAsync(AddressTyped typed, IReadOnlyCollection<string> municipalityCodes, CancellationToken cancellationToken) =>
        CallAsync<Found>(
            HttpMethod.Post, "/api/addresses/matches",
            new { typed.Street, typed.Number, typed.Postcode, typed.Place, municipalityCodes, limit = 20 }, cancellationToken: cancellationToken);

    /// <summary>What the codes are called. One that Geocoding does not know, or cannot say now, stands by its code alone.</summary>
    public Task<Municipality[]> MunicipalitiesAsync(IEnumerable<string> codes, CancellationToken cancellationToken) =>
        Task.WhenAll(codes.Take(MostNamed).Select(code => NameAsync(code, cancellationToken)));

    private async Task<Municipality> NameAsync(string code, CancellationToken cancellationToken)
    {
        try
        {
            return (await CallAsync<Municipality>(HttpMethod.Get, $"/api/map/municipalities/{Uri.EscapeDataString(code)}", cancellationToken: cancellationToken)).Value ?? new(code, null, null);
        }
        catch (ServiceAwayException)
        {
            return new(code, null, null);
        }
    }
}

internal sealed record AddressTyped(string Street, string Number, string Postcode, string Place);

internal sealed record Found(string Category, Match[] Matches);

internal sealed record Match(
    string AddressId, string Street, int? Number, string? Letter, string? Postcode, string? Place, string? MunicipalityCode);

/// <param name="Addresses">How many Geocoding has there; null where it has not said.</param>
internal sealed record Municipality(string Code, string? Name, int? Addresses);
