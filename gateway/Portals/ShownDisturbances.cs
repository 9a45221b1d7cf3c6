using System.Collections.Concurrent;
using Ums.Gateway.Clients;

namespace Ums.Gateway.Portals;

/// <summary>
/// Organisations' current disturbances as Notifier tells them, kept for a few seconds, for after an alert everybody looks. While Notifier is away the last known
/// serve on for a while, with the time that they are of.
/// </summary>
internal sealed class ShownDisturbances(IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int Most = 2000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OldEnough = TimeSpan.FromMinutes(30);
    private readonly ConcurrentDictionary<Guid, (Disturbance[] List, DateTimeOffset At)> known = [];

    /// <param name="List">Null where nothing is known.</param>
    /// <param name="Away">Notifier does not answer; the list is as it was at the time.</param>
    public sealed record Shown(IReadOnlyList<Disturbance>? List, DateTimeOffset At, bool Away);

    public async Task<Shown> OfAsync(Guid organisation, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = known.TryGetValue(organisation, out var kept);
        if (found && now - kept.At < Fresh)
        {
            return new Shown(kept.List, kept.At, Away: false);
        }
        try
        {
            using var scope = scopes.CreateScope();
            var answer = await scope.ServiceProvider.GetRequiredService<DisturbancesClient>().ListAsync(organisation, cancellationToken);
            var list = answer.Value?.Disturbances ?? throw new ServiceAwayException("Notifier");
            if (known.Count < Most || found)
            {
                known[organisation] = (list, now);
            }
            return new Shown(list, now, Away: false);
        }
        catch (ServiceAwayException)
        {
            return found && now - kept.At < OldEnough ? new Shown(kept.List, kept.At, Away: true) : new Shown(null, now, Away: true);
        }
    }
}
