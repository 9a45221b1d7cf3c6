using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;

namespace Ums.Gateway.Pages;

/// <summary>What the portal's pages share: words, errors beside their fields, and staying calm when a service is away.</summary>
internal abstract class PortalPage : PageModel
{
    protected Texts T => HttpContext.RequestServices.GetRequiredService<Texts>();

    /// <summary>A page with a form shows it again with all that was typed; another page is replaced by the one that says what is wrong.</summary>
    protected virtual bool KeepsTyped => false;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var done = await next();
        if (done.Exception is ServiceAwayException away && KeepsTyped && HttpMethods.IsPost(Request.Method))
        {
            done.ExceptionHandled = true;
            Fail("", Words.Away(away.Service, T));
            done.Result = Again(StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <param name="field">The field's name, or nothing for what concerns the whole form.</param>
    protected void Fail(string field, string text) => ModelState.AddModelError(field, text);

    protected PageResult Again(int status = StatusCodes.Status422UnprocessableEntity)
    {
        Response.StatusCode = status;
        return Page();
    }

    /// <summary>Leads on with a sentence that the next page shows once. The sentence is the Swedish key, so that a change of language in between is heeded.</summary>
    protected LocalRedirectResult Go(string path, string? notice = null)
    {
        if (notice is not null)
        {
            TempData[Notice] = notice;
        }
        return LocalRedirect(path);
    }

    public const string Notice = "notice";

    /// <summary>As typed, without the spaces around and with letters composed: å typed as a and a ring is å.</summary>
    protected static string Clean(string? typed) => typed?.Trim().Normalize() ?? "";
}
