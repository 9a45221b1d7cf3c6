namespace Ums.Gateway.Clients;

/// <summary>What an organisation has decided about its alerts, at Notifier.</summary>
internal sealed class AlertRulesClient(HttpClient http) : ServiceClient(http, "Notifier")
{
    public Task<Answer<AlertRules>> ReadAsync(CancellationToken cancellationToken) =>
        CallAsync<AlertRules>(HttpMethod.Get, "/api/alerts/settings", cancellationToken: cancellationToken);

    /// <param name="rules">With the version that the writer has seen.</param>
    public Task<Answer<AlertRules>> ChangeAsync(AlertRules rules, CancellationToken cancellationToken) =>
        CallAsync<AlertRules>(HttpMethod.Put, "/api/alerts/settings", rules, cancellationToken: cancellationToken);
}

/// <param name="QuietFrom">By the clock in Sweden; equal to <paramref name="QuietTo"/> where no hours are quiet.</param>
/// <param name="TextDays">After an alert's end.</param>
internal sealed record AlertRules(TimeOnly QuietFrom, TimeOnly QuietTo, int TextDays, int RecipientDays, int Version)
{
    public bool AreQuiet => QuietFrom != QuietTo;
}
