namespace Ums.Gateway.Clients;

/// <summary>How Notifier's providers do.</summary>
internal sealed class ProvidersClient(HttpClient http) : ServiceClient(http, "Notifier")
{
    public Task<Answer<ProviderLane[]>> ReadAsync(CancellationToken cancellationToken) =>
        CallAsync<ProviderLane[]>(HttpMethod.Get, "/api/providers", cancellationToken: cancellationToken);
}

/// <param name="Channel"><c>sms</c> or <c>voice</c>.</param>
internal sealed record ProviderLane(string Channel, ProviderHealth[] Providers);

/// <param name="Share">Of a hundred messages, how many go by it.</param>
/// <param name="State"><c>well</c>, <c>poor</c> or <c>paused</c>.</param>
internal sealed record ProviderHealth(string Name, int Share, string State);
