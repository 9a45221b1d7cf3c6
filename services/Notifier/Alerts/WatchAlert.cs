using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Ums.Notifier.Alerts;

/// <summary>An alert's counts as they move, as server-sent events: at once, then whenever they have changed, until the alert is over. Each is the tables' own at one moment.</summary>
internal static class WatchAlert
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(300);

    /// <summary>A proxy on the way closes what is silent for longer.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    public sealed record Progress(AlertState State, bool Held, int Expected, AlertCounts Counts, DateTimeOffset? HandedOverAt, DateTimeOffset? EndedAt);

    public static async Task<Results<ServerSentEventsResult<Progress>, ProblemHttpResult>> Handle(
        Guid id, AlertCaller caller, IServiceScopeFactory scopes, TimeProvider clock, CancellationToken cancellationToken) =>
        await LookAsync(scopes, caller, id, cancellationToken) is null
            ? AlertCaller.NotFound()
            : TypedResults.ServerSentEvents(FollowAsync(scopes, caller, id, clock, cancellationToken));

    private static async IAsyncEnumerable<SseItem<Progress>> FollowAsync(
        IServiceScopeFactory scopes, AlertCaller caller, Guid id, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Progress? told = null;
        long toldAt = 0;
        while (await LookAsync(scopes, caller, id, cancellationToken) is { } now)
        {
            if (now != told || clock.GetElapsedTime(toldAt) > Silence)
            {
                (told, toldAt) = (now, clock.GetTimestamp());
                yield return new SseItem<Progress>(now, "progress");
            }
            if (now.State.IsFinal() && now.Counts is { Sending: 0, Accepted: 0 })
            {
                yield break;
            }
            await Task.Delay(Glance, clock, cancellationToken);
        }
    }

    /// <summary>Each look has a connection of its own and gives it back: watchers may stay for hours.</summary>
    private static async Task<Progress?> LookAsync(IServiceScopeFactory scopes, AlertCaller caller, Guid id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotifierDb>();
        return await db.InOrganisationAsync(caller.Organisation, async token => await db.Alerts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, token) is { } alert
            ? new Progress(alert.State, alert.Held, alert.Expected, await AlertCounts.OfAsync(db, id, token), alert.HandedOverAt, alert.EndedAt)
            : null, cancellationToken);
    }
}
