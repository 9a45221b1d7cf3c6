using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ums.Notifier.Alerts;
using Ums.ServiceDefaults.Http;

namespace Ums.Notifier.Templates;

/// <summary>Rewrites a template, or removes it. Alerts that have begun with it are what they are.</summary>
internal static class ChangeTemplate
{
    public static async Task<Results<Ok<TemplateView>, ProblemHttpResult>> Write(
        Guid id, TemplateDraft draft, AlertCaller caller, NotifierDb db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (draft.Errors(now) is { Count: > 0 } errors)
        {
            return Problems.Invalid(errors);
        }
        try
        {
            return await OnAsync<Ok<TemplateView>>(id, caller, db, template =>
            {
                draft.Fill(template, caller.Subject, now);
                template.Version++;
                return TypedResults.Ok(TemplateView.Of(template));
            }, cancellationToken);
        }
        catch (DbUpdateException e) when (IsTaken(e))
        {
            return Problems.Invalid("name", "taken");
        }
    }

    public static Task<Results<NoContent, ProblemHttpResult>> Remove(Guid id, AlertCaller caller, NotifierDb db, CancellationToken cancellationToken) =>
        OnAsync<NoContent>(id, caller, db, template =>
        {
            db.Remove(template);
            return TypedResults.NoContent();
        }, cancellationToken);

    public static ProblemHttpResult NotFound() => Problems.Problem(StatusCodes.Status404NotFound, "unknown-template", "There is no such template here.");

    /// <summary>Another template has the name.</summary>
    internal static bool IsTaken(DbUpdateException e) => e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "templates_name" };

    /// <summary>On the organisation's template, locked, in the version that the caller has seen.</summary>
    private static async Task<Results<T, ProblemHttpResult>> OnAsync<T>(
        Guid id, AlertCaller caller, NotifierDb db, Func<Template, Results<T, ProblemHttpResult>> act, CancellationToken cancellationToken) where T : IResult =>
        caller.Seen is not { } seen
            ? Problems.Problem(StatusCodes.Status428PreconditionRequired, "version-required", "Say in If-Match which version of the template you have read.")
            : await db.InOrganisationAsync<Results<T, ProblemHttpResult>>(caller.Organisation, async token =>
                await db.Templates.FromSql($"select * from templates where id = {id} for update").SingleOrDefaultAsync(token) switch
                {
                    null => NotFound(),
                    var template when template.Version != seen => Problems.Problem(
                        StatusCodes.Status412PreconditionFailed, "template-changed", "Somebody else has changed the template meanwhile. Look at it again before you go on.",
                        extensions: new Dictionary<string, object?> { ["version"] = template.Version }),
                    var template => act(template),
                }, cancellationToken);
}
