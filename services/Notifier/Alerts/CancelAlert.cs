using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Messages.Events;

namespace Ums.Notifier.Alerts;

/// <summary>Stops an alert: from this commit on nobody is claimed any more, and dispatchers drop what they have not called within a glance. The answer says how many had gone.</summary>
internal static class CancelAlert
{
    public static Task<Results<Ok<AlertView>, ProblemHttpResult>> Handle(
        Guid id, AlertCaller caller, NotifierDb db, TimeProvider clock, CancellationToken cancellationToken) =>
        // Whoever stops an alert need not have seen its latest version.
        (caller with { Seen = null }).ChangeAsync(db, id, clock, "cancelled", async (alert, token) =>
        {
            if (!alert.State.MayBecome(AlertState.Cancelled))
            {
                return AlertCaller.Unfit(alert, alert.State == AlertState.Draft ? "A draft sends nothing; there is nothing to cancel." : "The alert is over already.");
            }
            var now = clock.GetUtcNow();
            (alert.State, alert.CancelledBy, alert.EndedAt, alert.Held) = (AlertState.Cancelled, caller.Subject, now, false);
            await db.SaveChangesAsync(token);
            await StopWaiting.RunAsync(db, alert, cancelled: true, token);
            db.Publish(new AlertCancelled(id, alert.OrganisationId, (await AlertCounts.OfAsync(db, id, token)).HandedOver, now));
            return null;
        }, cancellationToken);
}
