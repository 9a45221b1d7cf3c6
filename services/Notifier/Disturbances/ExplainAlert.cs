using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Notifier.Alerts;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Disturbances;

/// <summary>"Why did I get this?": the alert of a code that stood in a message, for anybody who types it. Only what has been sent is there.</summary>
internal static class ExplainAlert
{
    /// <param name="Organisation">As its texts and calls called it.</param>
    /// <param name="SmsName">What a phone showed as the sender.</param>
    /// <param name="CallerId">What a phone showed as calling.</param>
    public sealed record Response(Guid OrganisationId, string Organisation, string SmsName, string CallerId, Disturbance Alert);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        string code, NotifierDb db, PersonalData personal, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (AlertCode.Read(code) is not { } wanted)
        {
            return Unknown();
        }
        var (alert, original, correction) = await db.AcrossOrganisationsAsync(token => FindAsync(db, wanted, token), cancellationToken);
        if (alert?.Sender is not { } sender)
        {
            return Unknown();
        }
        var area = DisturbanceArea.Of(original ?? alert, personal);
        return TypedResults.Ok(new Response(
            alert.OrganisationId, sender.Name, sender.SmsName, sender.CallerId, Disturbance.Of(alert, area, correction, clock.GetUtcNow())));
    }

    private static async Task<(Alert? Alert, Alert? Original, Alert? Correction)> FindAsync(NotifierDb db, string code, CancellationToken cancellationToken)
    {
        var alert = await db.Alerts.AsNoTracking().SingleOrDefaultAsync(a => a.Code == code && a.StartedAt != null, cancellationToken);
        return alert is null ? default : (
            alert,
            alert.Corrects is null ? null : await db.Alerts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == alert.Corrects, cancellationToken),
            await db.Alerts.AsNoTracking().Where(a => a.Corrects == alert.Id && a.StartedAt != null).OrderByDescending(a => a.StartedAt).FirstOrDefaultAsync(cancellationToken));
    }

    private static ProblemHttpResult Unknown() => Problems.Problem(StatusCodes.Status404NotFound, "unknown-code", "No alert that has been sent has this code.");
}
