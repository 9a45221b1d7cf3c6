using System.Collections.Concurrent;
using Ums.Gateway.Clients;

namespace Ums.Gateway.Portals;

/// <summary>Organisations as Identity knows them, kept for a minute; while Identity is away, the last known ones serve on.</summary>
internal sealed class Organisations(IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int Most = 2000;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>How long anybody waits for news of what is known; the same page has other calls to make.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (Organisation? Found, DateTimeOffset At)> known = new(StringComparer.Ordinal);

    /// <exception cref="ServiceAwayException">Identity is away and we have not met the organisation before.</exception>
    public async Task<Organisation?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        if (!PortalCookie.IsSlug(slug))
        {
            return null;
        }
        var now = clock.GetUtcNow();
        if (known.TryGetValue(slug, out var kept) && now - kept.At < Fresh)
        {
            return kept.Found;
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (kept.Found is not null)
        {
            patience.CancelAfter(Patience);
        }
        try
        {
            using var scope = scopes.CreateScope();
            var found = await scope.ServiceProvider.GetRequiredService<IdentityClient>().FindAsync(slug, patience.Token);
            if (found is not null && known.Count < Most)
            {
                known[slug] = (found, now);
            }
            return found;
        }
        catch (Exception e) when (kept.Found is not null && (e is ServiceAwayException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)))
        {
            return kept.Found;
        }
    }
}
