namespace Ums.Gateway.Clients;

/// <summary>What Notifier tells anybody of alerts that have been sent; nobody's token goes along.</summary>
internal sealed class DisturbancesClient(HttpClient http) : ServiceClient(http, "Notifier")
{
    public Task<Answer<ExplainedAlert>> FindAsync(string code, CancellationToken cancellationToken) =>
        CallAsync<ExplainedAlert>(HttpMethod.Get, $"/api/alert-codes/{Uri.EscapeDataString(code)}", cancellationToken: cancellationToken);

    public Task<Answer<DisturbanceList>> ListAsync(Guid organisation, CancellationToken cancellationToken) =>
        CallAsync<DisturbanceList>(HttpMethod.Get, $"/api/disturbances/{organisation}", cancellationToken: cancellationToken);
}

/// <param name="SmsName">What a phone showed as the sender.</param>
internal sealed record ExplainedAlert(Guid OrganisationId, string Organisation, string SmsName, string CallerId, Disturbance Alert);

internal sealed record DisturbanceList(Disturbance[] Disturbances);

/// <param name="State">current, cancelled, corrected, over or forgotten.</param>
/// <param name="Text">As phones got it; null once retention has removed it.</param>
/// <param name="Spoken">What a call said, where that was something else.</param>
internal sealed record Disturbance(
    string? Code, string State, bool Test, bool Correction, string? Category, string? Text, string? Spoken, DisturbanceArea? Area,
    DateTimeOffset SentAt, DateTimeOffset? Until, DisturbanceCorrection? CorrectedBy);

internal sealed record DisturbanceArea(bool Everywhere, string[] Streets, string[] Postcodes, int OnMap, int Properties, bool Listed);

internal sealed record DisturbanceCorrection(string? Text, DateTimeOffset SentAt);
