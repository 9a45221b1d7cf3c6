namespace Ums.Gateway.Clients;

/// <summary>Counts whom an alert would reach, and shows where they are, without naming anybody.</summary>
internal sealed class AudiencesClient(HttpClient http) : ServiceClient(http, "Contacts")
{
    public Task<Answer<AudienceCount>> CountAsync(AlertAudience audience, CancellationToken cancellationToken) =>
        CallAsync<AudienceCount>(HttpMethod.Post, "/api/audiences/count", new { audience }, prepare: BePatient, cancellationToken: cancellationToken);

    public Task<Answer<AudiencePoints>> PointsAsync(AlertAudience audience, CancellationToken cancellationToken) =>
        CallAsync<AudiencePoints>(HttpMethod.Post, "/api/audiences/points", new { audience }, prepare: BePatient, cancellationToken: cancellationToken);
}
