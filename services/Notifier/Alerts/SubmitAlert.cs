using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Http;

namespace Ums.Notifier.Alerts;

/// <summary>Hands a draft over to another person's approval, with whom it reaches, what it costs and who it is from written down.</summary>
internal static class SubmitAlert
{
    public static async Task<Results<Ok<AlertView>, ProblemHttpResult>> Handle(
        Guid id, AlertCaller caller, Estimate estimate, OrganisationClient organisations, CodeLines codes, NotifierDb db, TimeProvider clock, CancellationToken cancellationToken)
    {
        // Other services are asked before the alert's row is taken; a change meanwhile shows in the version.
        var draft = await db.InOrganisationAsync(caller.Organisation, token => db.Alerts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, token), cancellationToken);
        if (draft is null)
        {
            return AlertCaller.NotFound();
        }
        var (reach, problem) = await estimate.OfAsync(db, draft, cancellationToken);
        if (problem is not null)
        {
            return problem;
        }
        if (reach!.Recipients == 0)
        {
            return Problems.Problem(StatusCodes.Status422UnprocessableEntity, "nobody", "Nobody would be reached: there is no phone in the audience that the alert's mode can use.");
        }
        if (await organisations.FindAsync(caller.Organisation, cancellationToken) is not { } sender)
        {
            return Problems.Problem(StatusCodes.Status503ServiceUnavailable, "identity-away", "The organisation's settings cannot be read just now. The alert is kept; try again in a moment.");
        }
        sender = sender with { CodeLine = await codes.OfAsync(db, caller.Organisation, draft.Code, cancellationToken) };
        return await (caller with { Seen = caller.Seen ?? draft.Version }).ChangeAsync(db, id, clock, "submitted", (alert, _) =>
        {
            if (!alert.State.MayBecome(AlertState.Submitted))
            {
                return Task.FromResult<ProblemHttpResult?>(AlertCaller.Unfit(alert, "Only a draft can be submitted."));
            }
            var now = clock.GetUtcNow();
            (alert.State, alert.SubmittedBy, alert.SubmittedAt) = (AlertState.Submitted, caller.Subject, now);
            (alert.Expected, alert.Cost, alert.Sender) = (reach.Recipients, reach.Cost, sender);
            db.Publish(new AlertSubmitted(id, alert.OrganisationId, alert.Category, alert.Expected, now));
            return Task.FromResult<ProblemHttpResult?>(null);
        }, cancellationToken);
    }
}
