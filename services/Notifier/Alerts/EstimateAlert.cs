using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Ums.Messages.Commands;
using Ums.Notifier.Texts;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Alerts;

/// <summary>Whom an alert would reach just now and what that would cost, before anybody decides.</summary>
internal static class EstimateAlert
{
    /// <param name="Recipients">Phones that the alert's mode reaches.</param>
    /// <param name="LeftOut">Landlines where only SMS are sent.</param>
    /// <param name="Parts">Of each SMS.</param>
    /// <param name="Cost">In kronor without tax.</param>
    public sealed record Response(int Recipients, int Mobiles, int Landlines, int LeftOut, int Parts, decimal Cost, string Currency);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id, AlertCaller caller, Estimate estimate, NotifierDb db, CancellationToken cancellationToken)
    {
        var alert = await db.InOrganisationAsync(caller.Organisation, token => db.Alerts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, token), cancellationToken);
        if (alert is null)
        {
            return AlertCaller.NotFound();
        }
        var (found, problem) = await estimate.OfAsync(db, alert, cancellationToken);
        return problem is not null ? problem : TypedResults.Ok(found!);
    }
}

internal sealed class Estimate(AudienceClient audiences, PersonalData personal, CodeLines codes, IOptions<PriceOptions> prices)
{
    public async Task<(EstimateAlert.Response?, ProblemHttpResult?)> OfAsync(NotifierDb db, Alert alert, CancellationToken cancellationToken)
    {
        if (alert.Content is null || alert.Audience is null)
        {
            return (null, AlertCaller.Unfit(alert, "The alert's text has been removed."));
        }
        var parts = AlertWords.Size(alert.Content, alert.Test, await codes.OfAsync(db, alert.OrganisationId, alert.Code, cancellationToken)).Parts;
        if (alert.Corrects is { } corrected)
        {
            var reached = await db.InOrganisationAsync(alert.OrganisationId, token => ReachedAsync(db, corrected, token), cancellationToken);
            return (Of(alert, parts, reached.Mobiles, reached.Landlines), null);
        }
        var audience = JsonSerializer.Deserialize<Audience>(personal.Open(alert.OrganisationId, alert.Audience), JsonSerializerOptions.Web)!;
        var (count, problem) = await audiences.CountAsync(alert.OrganisationId, audience, cancellationToken);
        return problem is not null ? (null, problem) : (Of(alert, parts, count!.Mobiles, count.Landlines), null);
    }

    private EstimateAlert.Response Of(Alert alert, int parts, int mobiles, int landlines)
    {
        var (texted, called) = alert.Options.Mode switch
        {
            AlertMode.Sms => (mobiles, 0),
            AlertMode.Voice => (0, mobiles + landlines),
            _ => (mobiles, landlines),
        };
        return new EstimateAlert.Response(
            texted + called, mobiles, landlines, mobiles + landlines - texted - called, parts, prices.Value.Alert(alert.OrganisationId, texted * parts, called), PriceOptions.Currency);
    }

    private static async Task<Reached> ReachedAsync(NotifierDb db, Guid corrected, CancellationToken cancellationToken) => (await db.Database.SqlQuery<Reached>($"""
        select count(*) filter (where mobile)::int as mobiles, count(*) filter (where not mobile)::int as landlines
        from alert_reached where slice_id in (select id from alert_slices where alert_id = {corrected})
        """).ToListAsync(cancellationToken)).Single();

    private sealed record Reached(int Mobiles, int Landlines);
}
