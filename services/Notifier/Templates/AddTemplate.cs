using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Notifier.Alerts;
using Ums.ServiceDefaults.Http;

namespace Ums.Notifier.Templates;

internal static class AddTemplate
{
    /// <summary>More than anybody finds their way in.</summary>
    private const int Most = 200;

    public static async Task<Results<Created<TemplateView>, ProblemHttpResult>> Handle(
        TemplateDraft draft, AlertCaller caller, NotifierDb db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (draft.Errors(now) is { Count: > 0 } errors)
        {
            return Problems.Invalid(errors);
        }
        var template = new Template { Id = Guid.CreateVersion7(now), OrganisationId = caller.Organisation, Name = "", Category = "", Content = draft.Texts!, Options = new(default, false, null, false, default), ChangedBy = "" };
        draft.Fill(template, caller.Subject, now);
        try
        {
            return await db.InOrganisationAsync<Results<Created<TemplateView>, ProblemHttpResult>>(caller.Organisation, async token =>
            {
                if (await db.Templates.CountAsync(token) >= Most)
                {
                    return Problems.Problem(StatusCodes.Status409Conflict, "too-many-templates", "There are so many templates already. Remove one first.");
                }
                db.Add(template);
                return TypedResults.Created($"/api/templates/{template.Id}", TemplateView.Of(template));
            }, cancellationToken);
        }
        catch (DbUpdateException e) when (ChangeTemplate.IsTaken(e))
        {
            return Problems.Invalid("name", "taken");
        }
    }
}
