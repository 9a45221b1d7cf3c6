using System.Globalization;

namespace Ums.Gateway.Clients;

/// <summary>The organisation's alerts at Notifier, on behalf of the operator who is signed in.</summary>
internal sealed class AlertsClient(HttpClient http) : ServiceClient(http, "Notifier")
{
    /// <param name="state">Only those in this state; null for all.</param>
    public Task<Answer<AlertPage>> ListAsync(string? state, int limit, CancellationToken cancellationToken) => CallAsync<AlertPage>(
        HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"/api/alerts?limit={limit}{(state is null ? "" : "&state=" + state)}"), cancellationToken: cancellationToken);

    public Task<Answer<AlertDetail>> FindAsync(Guid id, CancellationToken cancellationToken) =>
        CallAsync<AlertDetail>(HttpMethod.Get, $"/api/alerts/{id}", cancellationToken: cancellationToken);

    public Task<Answer<AlertChange[]>> HistoryAsync(Guid id, CancellationToken cancellationToken) =>
        CallAsync<AlertChange[]>(HttpMethod.Get, $"/api/alerts/{id}/history", cancellationToken: cancellationToken);

    public Task<Answer<AlertEstimate>> EstimateAsync(Guid id, CancellationToken cancellationToken) =>
        CallAsync<AlertEstimate>(HttpMethod.Post, $"/api/alerts/{id}/estimate", prepare: BePatient, cancellationToken: cancellationToken);

    public Task<Answer<AlertReport>> ReportAsync(Guid id, CancellationToken cancellationToken) =>
        CallAsync<AlertReport>(HttpMethod.Get, $"/api/alerts/{id}/report", cancellationToken: cancellationToken);

    public Task<Answer<AlertPlaces>> MapAsync(Guid id, CancellationToken cancellationToken) =>
        CallAsync<AlertPlaces>(HttpMethod.Get, $"/api/alerts/{id}/map", cancellationToken: cancellationToken);

    public Task<Answer<AlertRecipients>> RecipientsAsync(Guid id, string? state, string? after, int limit, CancellationToken cancellationToken) => CallAsync<AlertRecipients>(
        HttpMethod.Get,
        string.Create(CultureInfo.InvariantCulture, $"/api/alerts/{id}/recipients?limit={limit}") + Query("state", state) + Query("after", after),
        cancellationToken: cancellationToken);

    public Task<Answer<Alert>> WriteAsync(AlertDraft draft, CancellationToken cancellationToken) => ChangeAsync(HttpMethod.Post, "", draft, null, cancellationToken);

    /// <param name="version">That the writer has seen.</param>
    public Task<Answer<Alert>> EditAsync(Guid id, int version, AlertDraft draft, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Put, $"/{id}", draft, version, cancellationToken);

    public Task<Answer<Alert>> SubmitAsync(Guid id, int version, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Post, $"/{id}/submit", null, version, cancellationToken);

    /// <param name="recipients">As the approver typed it.</param>
    public Task<Answer<Alert>> ApproveAsync(Guid id, int version, int recipients, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Post, $"/{id}/approve", new { recipients }, version, cancellationToken);

    public Task<Answer<Alert>> CancelAsync(Guid id, CancellationToken cancellationToken) => ChangeAsync(HttpMethod.Post, $"/{id}/cancel", null, null, cancellationToken);

    public Task<Answer<Alert>> TestAsync(Guid id, string[] phones, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Post, $"/{id}/test", new { phones }, null, cancellationToken);

    public Task<Answer<Alert>> CorrectAsync(Guid id, AlertTexts texts, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Post, $"/{id}/correction", texts, null, cancellationToken);

    /// <param name="alert">Whose texts they are; null where it is not saved yet.</param>
    public Task<Answer<AlertPreview>> PreviewAsync(AlertTexts texts, Guid? alert, CancellationToken cancellationToken) =>
        CallAsync<AlertPreview>(HttpMethod.Post, "/api/alerts/preview", new { texts, alert }, cancellationToken: cancellationToken);

    /// <returns>What a call would say, as a WAV file.</returns>
    public Task<Answer<byte[]>> SoundAsync(AlertTexts texts, bool acknowledge, CancellationToken cancellationToken) => CallAsync<byte[]>(
        HttpMethod.Post, "/api/alerts/sound", new { texts, acknowledge }, prepare: BePatient,
        read: async (response, token) => await response.Content.ReadAsByteArrayAsync(token), cancellationToken: cancellationToken);

    public Task<Answer<AlertSettings>> SettingsAsync(CancellationToken cancellationToken) =>
        CallAsync<AlertSettings>(HttpMethod.Get, "/api/alerts/settings", cancellationToken: cancellationToken);

    /// <param name="settings">With the version that the writer has seen.</param>
    public Task<Answer<AlertSettings>> ChangeSettingsAsync(AlertSettings settings, CancellationToken cancellationToken) =>
        CallAsync<AlertSettings>(HttpMethod.Put, "/api/alerts/settings", settings, cancellationToken: cancellationToken);

    private Task<Answer<Alert>> ChangeAsync(HttpMethod verb, string path, object? body, int? version, CancellationToken cancellationToken) => CallAsync<Alert>(
        verb, $"/api/alerts{path}", body, null,
        request =>
        {
            BePatient(request);
            if (version is { } seen)
            {
                request.Headers.TryAddWithoutValidation("If-Match", string.Create(CultureInfo.InvariantCulture, $"\"{seen}\""));
            }
        }, null, cancellationToken);

    private static string Query(string name, string? value) => string.IsNullOrEmpty(value) ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}
