using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Alerts;

/// <summary>Rewrites a draft. What was submitted or approved already becomes a draft again: nobody approves one text and sends another.</summary>
internal static class EditAlert
{
    public static async Task<Results<Ok<AlertView>, ProblemHttpResult>> Handle(
        Guid id, AlertDraft draft, AlertCaller caller, NotifierDb db, PersonalData personal, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (caller.Seen is null)
        {
            return Problems.Problem(StatusCodes.Status428PreconditionRequired, "version-required", "Say in If-Match which version of the alert this is a change of.");
        }
        if (draft.Errors(clock.GetUtcNow()) is { Count: > 0 } errors)
        {
            return Problems.Invalid(errors);
        }
        return await caller.ChangeAsync(db, id, clock, "edited", async (alert, token) =>
        {
            if (alert.Test || !alert.State.MayBecome(AlertState.Draft))
            {
                return AlertCaller.Unfit(alert, "The alert has begun and cannot be changed any more. Cancel it, or send a correction.");
            }
            var before = new AlertBefore(
                alert.Title, alert.Category, alert.Content, alert.Options, alert.SendAt, OtherAudience: JsonSerializer.Serialize(draft.Audience, JsonSerializerOptions.Web) != personal.Open(alert.OrganisationId, alert.Audience!));
            await db.Database.ExecuteSqlAsync($"""
                insert into alert_history (organisation_id, alert_id, version, at, actor, action, before)
                values ({alert.OrganisationId}, {id}, {alert.Version}, {clock.GetUtcNow()}, {caller.Subject}, 'replaced', {AlertJson.Write(before)}::jsonb)
                """, token);
            draft.Fill(alert, personal);
            (alert.State, alert.Sender, alert.Expected, alert.Cost) = (AlertState.Draft, null, 0, 0);
            (alert.SubmittedBy, alert.SubmittedAt, alert.ApprovedBy, alert.ApprovedAt) = (null, null, null, null);
            (alert.WrittenBy, alert.Held) = (caller.Subject, false);
            return null;
        }, cancellationToken);
    }
}
