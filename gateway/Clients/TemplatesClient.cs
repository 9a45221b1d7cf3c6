using System.Globalization;

namespace Ums.Gateway.Clients;

/// <summary>The organisation's templates for alerts at Notifier, on behalf of the operator who is signed in.</summary>
internal sealed class TemplatesClient(HttpClient http) : ServiceClient(http, "Notifier")
{
    public Task<Answer<AlertTemplates>> ListAsync(CancellationToken cancellationToken) =>
        CallAsync<AlertTemplates>(HttpMethod.Get, "/api/templates", cancellationToken: cancellationToken);

    public Task<Answer<AlertTemplate>> FindAsync(Guid id, CancellationToken cancellationToken) =>
        CallAsync<AlertTemplate>(HttpMethod.Get, $"/api/templates/{id}", cancellationToken: cancellationToken);

    public Task<Answer<AlertTemplate>> AddAsync(AlertTemplateDraft draft, CancellationToken cancellationToken) =>
        CallAsync<AlertTemplate>(HttpMethod.Post, "/api/templates", draft, cancellationToken: cancellationToken);

    /// <param name="version">That the writer has seen.</param>
    public Task<Answer<AlertTemplate>> ChangeAsync(Guid id, int version, AlertTemplateDraft draft, CancellationToken cancellationToken) =>
        CallAsync<AlertTemplate>(HttpMethod.Put, $"/api/templates/{id}", draft, null, Seen(version), cancellationToken: cancellationToken);

    public Task<Answer<object>> RemoveAsync(Guid id, int version, CancellationToken cancellationToken) => CallAsync<object>(
        HttpMethod.Delete, $"/api/templates/{id}", null, null, Seen(version), (_, _) => Task.FromResult<object?>(null), cancellationToken);

    private static Action<HttpRequestMessage> Seen(int version) =>
        request => request.Headers.TryAddWithoutValidation("If-Match", string.Create(CultureInfo.InvariantCulture, $"\"{version}\""));
}

internal sealed record AlertTemplates(AlertTemplate[] Templates);

/// <param name="ChangedBy">The operator's id.</param>
internal sealed record AlertTemplate(
    Guid Id, int Version, string Name, string Category, AlertTexts Texts, string Mode, bool Acknowledge, int? RepeatAfterMinutes, bool DangerToLife, int ValidForMinutes,
    string ChangedBy, DateTimeOffset ChangedAt);

internal sealed record AlertTemplateDraft(
    string Name, string Category, AlertTexts Texts, string Mode, bool Acknowledge, int? RepeatAfterMinutes, bool DangerToLife, int? ValidForMinutes);
