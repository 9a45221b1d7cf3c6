using System.Collections.Concurrent;
using System.Net;
using Polly;

namespace Ums.Contacts.Places;

/// <summary>What Identity says of an organisation.</summary>
internal sealed record Organisation(Guid Id, string Slug, string Name, IReadOnlyList<string> MunicipalityCodes);

/// <summary>An organisation whose portal a resident may visit instead.</summary>
public sealed record OrganisationLink(string Slug, string Name);

/// <summary>Asks Identity about organisations and remembers. Where Identity is away the last answer stands, however old.</summary>
internal sealed partial class Organisations(IHttpClientFactory clients, TimeProvider clock, ILogger<Organisations> log)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, (object Answer, DateTimeOffset At)> known = new();

    /// <returns>Null where there is none, or where Identity has never answered.</returns>
    public Task<Organisation?> FindAsync(string slug, CancellationToken cancellationToken) =>
        AskAsync<Organisation>($"api/organisations/{Uri.EscapeDataString(slug)}", cancellationToken);

    /// <returns>Those that cover the municipality; none where Identity has never answered.</returns>
    public async Task<IReadOnlyList<OrganisationLink>> CoveringAsync(string municipalityCode, CancellationToken cancellationToken) =>
        await AskAsync<OrganisationLink[]>($"api/organisations/covering/{Uri.EscapeDataString(municipalityCode)}", cancellationToken) ?? [];

    private async Task<T?> AskAsync<T>(string path, CancellationToken cancellationToken) where T : class
    {
        if (known.TryGetValue(path, out var last) && last.At + Fresh > clock.GetUtcNow())
        {
            return (T)last.Answer;
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var answer = await clients.CreateClient(nameof(Organisations)).GetAsync(new Uri(path, UriKind.Relative), patience.Token);
            var found = answer.StatusCode == HttpStatusCode.NotFound
                ? null
                : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<T>(patience.Token);
            if (found is not null)
            {
                known[path] = (found, clock.GetUtcNow());
            }
            return found;
        }
        catch (Exception e) when (e is HttpRequestException or ExecutionRejectedException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            IdentityAway(log, e.GetType().Name);
            return (T?)last.Answer;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Identity does not answer about organisations ({Reason}); its last answer stands")]
    private static partial void IdentityAway(ILogger logger, string reason);
}
