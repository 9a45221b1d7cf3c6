using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Messages.Commands;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Alerts;

/// <summary>
/// Sends an alert as it stands to a few given phones, as an alert of its own that says in its first words that it is a test. It needs nobody's approval and
/// reaches nobody else: its recipients are those phones and not the audience.
/// </summary>
internal static class TestAlert
{
    private const int Most = 10;

    /// <param name="Phones">1 to 10, as people write them.</param>
    public sealed record Request(IReadOnlyList<string>? Phones);

    public static async Task<Results<Created<AlertView>, ProblemHttpResult>> Handle(
        Guid id, Request request, AlertCaller caller, StartAlert start, OrganisationClient organisations, CodeLines codes, PersonalData personal, NotifierDb db, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (request.Phones is not { Count: >= 1 and <= Most })
        {
            return Problems.Invalid("phones", request.Phones is { Count: > Most } ? "too-many" : "required");
        }
        var phones = new List<string>();
        foreach (var (written, line) in request.Phones.Select((phone, i) => (phone, i)))
        {
            if (!PhoneNumber.TryParse(written, norwegian: true, out var phone, out _))
            {
                return Problems.Invalid($"phones[{line}]", "invalid-phone");
            }
            phones.Add(phone!.E164);
        }
        if (await organisations.FindAsync(caller.Organisation, cancellationToken) is not { } sender)
        {
            return Problems.Problem(StatusCodes.Status503ServiceUnavailable, "identity-away", "The organisation's settings cannot be read just now. Try again in a moment.");
        }
        var code = AlertCode.New();
        sender = sender with { CodeLine = await codes.OfAsync(db, caller.Organisation, code, cancellationToken) };
        var view = await db.InOrganisationAsync(caller.Organisation, async token =>
        {
            if (await db.Alerts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.Content != null, token) is not { } alert)
            {
                return null;
            }
            var now = await DatabaseClock.NowAsync(db, token);
            var test = WriteAlert.New(caller, now, test: true, code: code);
            (test.Title, test.Category, test.Content, test.Options) = (alert.Title, alert.Category, alert.Content, alert.Options with { RepeatAfter = null, DangerToLife = false });
            test.Audience = personal.Seal(caller.Organisation, JsonSerializer.Serialize(new Audience { Phones = [.. phones.Distinct()] }, JsonSerializerOptions.Web));
            (test.State, test.Sender, test.Expected, test.ApprovedAt) = (AlertState.Approved, sender, phones.Distinct().Count(), now);
            db.Add(test);
            await db.SaveChangesAsync(token);
            db.Add(new AlertHistory { OrganisationId = caller.Organisation, AlertId = id, Version = alert.Version, At = now, Actor = caller.Subject, Action = "tested" });
            await start.RunAsync(db, test, now, token);
            await db.SaveChangesAsync(token);
            var sent = AlertView.Of(test, await AlertCounts.OfAsync(db, test.Id, token));
            await caller.TellAsync(db, "alert-tested", id, $"as {test.Id} to {test.Expected} phones", token);
            return sent;
        }, cancellationToken);
        return view is null ? AlertCaller.NotFound() : TypedResults.Created($"/api/alerts/{view.Id}", view);
    }
}
