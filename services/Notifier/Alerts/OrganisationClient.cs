using System.Text.Json;
using Polly;

namespace Ums.Notifier.Alerts;

/// <summary>Asks Identity how an organisation is called and what phones show as the sender.</summary>
internal sealed class OrganisationClient(HttpClient http)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private sealed record Answer(string Name, string SmsSenderName, string VoiceCallerId, string Language);

    /// <returns>Null where Identity does not answer, or knows no such organisation.</returns>
    public async Task<AlertSender?> FindAsync(Guid organisation, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var found = await http.GetFromJsonAsync<Answer>(new Uri($"api/organisations/{organisation}", UriKind.Relative), patience.Token);
            return found is null ? null : new AlertSender(found.Name, found.SmsSenderName, found.VoiceCallerId, found.Language);
        }
        catch (Exception e) when (e is HttpRequestException or ExecutionRejectedException or JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
