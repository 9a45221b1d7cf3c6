using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Http;

namespace Ums.Notifier.Alerts;

/// <summary>
/// Lets an alert out that somebody else wrote and submitted. Who approves types how many it reaches, and names the version that they have read. It begins at its
/// time; where that is now, in this very transaction.
/// </summary>
internal static class ApproveAlert
{
    /// <param name="Recipients">The number that the alert says it reaches.</param>
    public sealed record Request(int? Recipients);

    public static Task<Results<Ok<AlertView>, ProblemHttpResult>> Handle(
        Guid id, Request request, AlertCaller caller, StartAlert start, IOptions<AlertDefaults> defaults, NotifierDb db, TimeProvider clock, CancellationToken cancellationToken) =>
        caller.ChangeAsync(db, id, clock, "approved", async (alert, token) =>
        {
            if (caller.Seen is null)
            {
                return Problems.Problem(StatusCodes.Status428PreconditionRequired, "version-required", "Say in If-Match which version of the alert you have read.");
            }
            if (!alert.State.MayBecome(AlertState.Approved))
            {
                return AlertCaller.Unfit(alert, "Only a submitted alert can be approved.");
            }
            if (caller.Subject == alert.SubmittedBy || caller.Subject == alert.WrittenBy)
            {
                return Problems.Problem(StatusCodes.Status403Forbidden, "own-alert", "An alert is approved by another person than who wrote or submitted it.");
            }
            if (request.Recipients != alert.Expected)
            {
                return Problems.Invalid("recipients", "not-the-number");
            }
            var now = await DatabaseClock.NowAsync(db, token);
            (alert.State, alert.ApprovedBy, alert.ApprovedAt) = (AlertState.Approved, caller.Subject, now);
            db.Publish(new AlertApproved(id, alert.OrganisationId, alert.SendAt, now));
            if (alert.SendAt is null || alert.SendAt <= now)
            {
                // Quiet hours hold it at its start; whoever keeps the alerts lets it go.
                alert.Held = !alert.Options.DangerToLife && await QuietHours.AreNowAsync(db, alert.OrganisationId, now, defaults.Value, token);
                if (!alert.Held)
                {
                    await start.RunAsync(db, alert, now, token);
                }
            }
            return null;
        }, cancellationToken);
}
