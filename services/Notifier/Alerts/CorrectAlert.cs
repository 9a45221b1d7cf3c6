using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Messages.Commands;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Alerts;

/// <summary>Begins a correction ("false alarm") as a draft: it goes to exactly those whom the alert has reached, or may have, and is submitted and approved like any other.</summary>
internal static class CorrectAlert
{
    public static async Task<Results<Created<AlertView>, ProblemHttpResult>> Handle(
        Guid id, AlertTexts texts, AlertCaller caller, PersonalData personal, NotifierDb db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var wrong = await db.InOrganisationAsync(caller.Organisation, token => db.Alerts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && !a.Test, token), cancellationToken);
        if (wrong is null)
        {
            return AlertCaller.NotFound();
        }
        if (wrong.StartedAt is null || wrong.Audience is null)
        {
            return AlertCaller.Unfit(wrong, wrong.StartedAt is null ? "The alert has reached nobody yet: change or cancel it." : "The alert's recipients have been removed.");
        }
        var options = wrong.Options;
        var draft = new AlertDraft(wrong.Title, wrong.Category, texts, new Audience(), options.Mode, options.Acknowledge, null, options.DangerToLife, (int)options.ValidFor.TotalMinutes, null);
        if (draft.Errors(now) is { Count: > 0 } errors)
        {
            return Problems.Invalid(errors);
        }
        var correction = WriteAlert.New(caller, now, corrects: id);
        draft.Fill(correction, personal);
        await WriteAlert.SaveAsync(db, caller, correction, "written", cancellationToken);
        return TypedResults.Created($"/api/alerts/{correction.Id}", AlertView.Of(correction, AlertCounts.None));
    }
}
