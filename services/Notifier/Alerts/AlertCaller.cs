using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Tokens;
using Claims = Ums.ServiceDefaults.Tokens.Claims;

namespace Ums.Notifier.Alerts;

/// <summary>Who acts on alerts, from the token alone, and the version that they have seen (If-Match).</summary>
internal sealed record AlertCaller(Guid Organisation, string Subject, int? Seen, ClaimsPrincipal User, AuditTrail Audit)
{
    public static ValueTask<AlertCaller?> BindAsync(HttpContext http) => ValueTask.FromResult<AlertCaller?>(new(
        http.User.OrganisationId(), http.User.Required(Claims.Subject),
        int.TryParse(http.Request.Headers.IfMatch.ToString().Trim('"'), out var seen) ? seen : null,
        http.User, http.RequestServices.GetRequiredService<AuditTrail>()));

    /// <summary>Runs <paramref name="act"/> on the organisation's alert, locked, and keeps who did what. Another organisation's is not there.</summary>
    /// <param name="action">As the history calls it.</param>
    /// <param name="act">Returns a problem, which undoes everything, or null.</param>
    /// <returns>The alert as it is then.</returns>
    public async Task<Results<Ok<AlertView>, ProblemHttpResult>> ChangeAsync(
        NotifierDb db, Guid id, TimeProvider clock, string action, Func<Alert, CancellationToken, Task<ProblemHttpResult?>> act, CancellationToken cancellationToken)
    {
        ProblemHttpResult? problem = null;
        try
        {
            var view = await db.InOrganisationAsync(Organisation, async token =>
            {
                var alert = await db.Alerts.FromSql($"select * from alerts where id = {id} for update").SingleOrDefaultAsync(token);
                problem = alert is null ? NotFound() : Seen is { } seen && seen != alert.Version ? Changed(alert) : await act(alert, token);
                if (problem is not null)
                {
                    throw new UndoException();
                }
                alert!.Version++;
                alert.ChangedAt = clock.GetUtcNow();
                db.Add(new AlertHistory { OrganisationId = Organisation, AlertId = id, Version = alert.Version, At = alert.ChangedAt, Actor = Subject, Action = action });
                await db.SaveChangesAsync(token);
                var changed = AlertView.Of(alert, await AlertCounts.OfAsync(db, id, token));
                await TellAsync(db, "alert-" + action, id, $"version {alert.Version}", token);
                return changed;
            }, cancellationToken);
            return TypedResults.Ok(view);
        }
        catch (UndoException)
        {
            return problem!;
        }
    }

    /// <summary>A line in the audit, in the open transaction and as its last statement.</summary>
    /// <param name="action">Such as <c>alert-approved</c>.</param>
    public Task TellAsync(NotifierDb db, string action, Guid? alert, string? detail, CancellationToken cancellationToken) =>
        Audit.AppendAsync(db, Organisation, AuditRecord.By(User, action) with { Target = alert?.ToString(), Detail = detail }, cancellationToken);

    public static ProblemHttpResult NotFound() => Problems.Problem(StatusCodes.Status404NotFound, "unknown-alert", "There is no such alert here.");

    public static ProblemHttpResult Unfit(Alert alert, string title) => Problems.Problem(
        StatusCodes.Status409Conflict, "alert-state", title, extensions: new Dictionary<string, object?> { ["state"] = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{alert.State}") });

    private static ProblemHttpResult Changed(Alert alert) => Problems.Problem(
        StatusCodes.Status412PreconditionFailed, "alert-changed", "Somebody else has changed the alert meanwhile. Look at it again before you go on.",
        extensions: new Dictionary<string, object?> { ["version"] = alert.Version, ["changedAt"] = alert.ChangedAt });

    private sealed class UndoException : Exception;
}
