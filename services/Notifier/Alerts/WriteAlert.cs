using Microsoft.AspNetCore.Http.HttpResults;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Alerts;

/// <summary>Begins an alert as a draft.</summary>
internal static class WriteAlert
{
    public static async Task<Results<Created<AlertView>, ProblemHttpResult>> Handle(
        AlertDraft draft, AlertCaller caller, NotifierDb db, PersonalData personal, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (draft.Errors(now) is { Count: > 0 } errors)
        {
            return Problems.Invalid(errors);
        }
        var alert = New(caller, now);
        draft.Fill(alert, personal);
        await SaveAsync(db, caller, alert, "written", cancellationToken);
        return TypedResults.Created($"/api/alerts/{alert.Id}", AlertView.Of(alert, AlertCounts.None));
    }

    public static Alert New(AlertCaller caller, DateTimeOffset now, bool test = false, Guid? corrects = null, string? code = null) => new()
    {
        Id = Guid.CreateVersion7(now),
        OrganisationId = caller.Organisation,
        Test = test,
        Corrects = corrects,
        Code = code ?? AlertCode.New(),
        Title = "",
        Category = "",
        Options = new AlertOptions(default, false, null, false, TimeSpan.Zero),
        WrittenBy = caller.Subject,
        CreatedAt = now,
        ChangedAt = now,
    };

    public static Task SaveAsync(NotifierDb db, AlertCaller caller, Alert alert, string action, CancellationToken cancellationToken) =>
        db.InOrganisationAsync(caller.Organisation, async token =>
        {
            db.Add(alert);
            await db.SaveChangesAsync(token);
            db.Add(new AlertHistory { OrganisationId = caller.Organisation, AlertId = alert.Id, Version = alert.Version, At = alert.ChangedAt, Actor = caller.Subject, Action = action });
        }, cancellationToken);
}
