using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Ums.Gateway.Clients;
using Ums.Gateway.OperatorSessions;

namespace Ums.Gateway.Pages.Admin;

/// <summary>What the operators' pages share: a session that has ended leads to the sign-in, and what matters asks again who one is.</summary>
internal abstract class OperatorPage : PortalPage
{
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var done = default(PageHandlerExecutedContext);
        await base.OnPageHandlerExecutionAsync(context, async () => done = await next());
        if (done?.Exception is SessionEndedException)
        {
            done.ExceptionHandled = true;
            done.Result = LocalRedirect(UnsentForm.Keep(HttpContext) ? OperatorPath.SignIn(Request.Path) : "/admin/logga-in");
        }
        else if (done?.Result is PageResult && HttpMethods.IsGet(Request.Method) && UnsentForm.Take(HttpContext) is { Count: > 0 } fields)
        {
            TypedFields.PutBack(this, fields);
            ViewData[Notice] = Language.Texts.Key("Du har bekräftat att det är du. Det du skrev finns kvar: tryck en gång till, så blir det gjort.");
        }
    }

    /// <summary>Where a refusal means that the sign-in has grown old, the page that asks again; it leads back here.</summary>
    protected IActionResult Refused(Problem problem, string field = "")
    {
        if (problem.Slug == "sign-in-again")
        {
            UnsentForm.Keep(HttpContext);
            return LocalRedirect($"/admin/bekrafta?tillbaka={Uri.EscapeDataString(Request.Path)}");
        }
        Fail(field, Words.For(problem, T));
        if (problem.RetryAfter is { } wait)
        {
            Response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        return Again(problem.Status == 429 ? 429 : 422);
    }

    /// <summary>A page that says that one's role does not reach so far.</summary>
    protected StatusCodeResult NotYours()
    {
        HttpContext.Items[ErrorModel.Role] = true;
        return StatusCode(StatusCodes.Status403Forbidden);
    }

    /// <summary>What a service refused to show: it is not there, it is not for this role, or the session is over.</summary>
    protected IActionResult NotThere(Problem problem) => problem.Status switch
    {
        StatusCodes.Status401Unauthorized => throw new SessionEndedException(),
        StatusCodes.Status403Forbidden => NotYours(),
        _ => NotFound(),
    };

    public static string RoleName(string role, Language.Texts t) => role switch
    {
        "reader" => t["läser"],
        "editor" => t["redigerar"],
        "sender" => t["skickar varningar"],
        "approver" => t["godkänner varningar"],
        "administrator" => t["administrerar"],
        _ => role,
    };
}
