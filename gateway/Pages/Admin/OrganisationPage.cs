using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Ums.Gateway.Clients;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin;

/// <summary>A page of the organisation in which the operator works, for those whose role reaches so far.</summary>
internal abstract class OrganisationPage : OperatorPage
{
    /// <summary>The organisation whose page was open when the form was filled in.</summary>
    [BindProperty]
    public string? Writing { get; set; }

    /// <summary>Of the operator's token that opens the page.</summary>
    protected abstract string Scope { get; }

    protected override bool KeepsTyped => true;

    protected string Slug => User.FindFirstValue(Claims.OrganisationSlug)!;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (User.FindFirstValue(Claims.OrganisationSlug) is null)
        {
            context.Result = LocalRedirect("/admin/org");
        }
        else if (!User.HasScope(Scope))
        {
            context.Result = NotYours();
        }
        else
        {
            Writing ??= Slug;
            await base.OnPageHandlerExecutionAsync(context, next);
        }
    }

    /// <summary>Another window has changed to another organisation since: what was meant for the one must not be done in the other.</summary>
    protected bool IsElsewhere()
    {
        if (Writing == Slug)
        {
            return false;
        }
        Fail("", T["Du har bytt organisation i ett annat fönster. Byt tillbaka innan du sparar."]);
        return true;
    }

    /// <summary>A refusal of the whole, or of fields in words of the service's.</summary>
    /// <param name="say">A field of the service and its word to a field of the page and a sentence.</param>
    protected IActionResult Explain(Problem problem, Func<string, string, (string Field, string Text)> say)
    {
        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            throw new OperatorSessions.SessionEndedException();
        }
        if (problem.Slug != "validation")
        {
            return problem is { Status: StatusCodes.Status403Forbidden, Slug: not "sign-in-again" } ? NotYours() : Refused(problem);
        }
        foreach (var (field, faults) in problem.Extension<Dictionary<string, string[]>>("errors") ?? [])
        {
            var (name, text) = say(field, faults.FirstOrDefault() ?? "");
            Fail(name, text);
        }
        return Again();
    }
}
