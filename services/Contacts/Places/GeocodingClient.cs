using System.Net;
using Polly;

namespace Ums.Contacts.Places;

/// <summary>What Contacts asks of Geocoding, with this service's own token. Call it before opening a transaction.</summary>
internal sealed class GeocodingClient(HttpClient http)
{
    /// <summary>A resident waits for the answer; longer than this and they are told to try again.</summary>
    private static readonly TimeSpan ResidentsPatience = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan ImportsPatience = TimeSpan.FromMinutes(1);

    /// <returns>Null where there is no such address.</returns>
    /// <exception cref="GeocodingAwayException">Geocoding, or Identity on the way there, does not answer.</exception>
    public Task<AddressFacts?> FindAsync(string addressId, CancellationToken cancellationToken) => AskAsync(ResidentsPatience, async token =>
    {
        using var answer = await http.GetAsync(new Uri($"api/addresses/{Uri.EscapeDataString(addressId)}", UriKind.Relative), token);
        return answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest
            ? null
            : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<AddressFacts>(token);
    }, cancellationToken);

    /// <returns>For each query the one certain address (categories A and B), or null.</returns>
    /// <exception cref="GeocodingAwayException"/>
    public Task<IReadOnlyList<AddressFacts?>> MatchAsync(
        IReadOnlyList<AddressQuery> queries, IReadOnlyList<string> municipalityCodes, CancellationToken cancellationToken) => AskAsync(ImportsPatience, async token =>
    {
        using var answer = await http.PostAsJsonAsync(new Uri("api/addresses/matches/batch", UriKind.Relative), new { items = queries, municipalityCodes }, token);
        var batch = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Batch>(token);
        return (IReadOnlyList<AddressFacts?>)[.. batch!.Results.Select(result => result.Category is "A" or "B" && result.Matches.Count > 0 ? result.Matches[0] : null)];
    }, cancellationToken);

    /// <summary>Addresses of a municipality, the same for the same seed; the demo register's people live there.</summary>
    /// <exception cref="GeocodingAwayException"/>
    public Task<IReadOnlyList<AddressFacts>> SampleAsync(string municipalityCode, int count, int seed, CancellationToken cancellationToken) =>
        AskAsync(ImportsPatience, async token => (IReadOnlyList<AddressFacts>)(await http.GetFromJsonAsync<AddressFacts[]>(
            new Uri($"internal/addresses/sample?municipality={municipalityCode}&count={count}&seed={seed}", UriKind.Relative), token) ?? []), cancellationToken);

    private static async Task<T> AskAsync<T>(TimeSpan atMost, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(atMost);
        try
        {
            return await ask(patience.Token);
        }
        catch (Exception e) when (e is HttpRequestException or ExecutionRejectedException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new GeocodingAwayException(e);
        }
    }

    private sealed record Batch(IReadOnlyList<Result> Results);

    private sealed record Result(string Category, IReadOnlyList<AddressFacts> Matches);
}

/// <summary>An address as text, to be matched.</summary>
internal sealed record AddressQuery(string Street, string? Number, string? Postcode, string? Place);

/// <summary>Geocoding cannot be reached just now.</summary>
internal sealed class GeocodingAwayException(Exception cause) : Exception("Geocoding does not answer.", cause);
