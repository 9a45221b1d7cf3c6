using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Ums.Gateway.Clients;
using Ums.Gateway.OperatorSessions;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin.Alerts;

/// <summary>
/// A page on which somebody may write for half an hour. A form that comes after the session has ended, or with an antiforgery token of an earlier one, is shown
/// again as it was and nothing else is done with it: both are checked here, before any handler runs.
/// </summary>
internal abstract class WritingPage(IAntiforgery antiforgery) : OperatorPage
{
    /// <summary>The organisation in which the writing began: another window may have changed to another since.</summary>
    [BindProperty]
    public string? Writing { get; set; }

    /// <summary>The session has ended; the form waits for the next one.</summary>
    public bool SignedOut { get; protected set; }

    protected override bool KeepsTyped => true;

    /// <summary>Of the operator's token that opens the page.</summary>
    protected virtual string Scope => Scopes.AlertWrite;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (User.Identity is not { IsAuthenticated: true, AuthenticationType: OperatorSession.Scheme })
        {
            SignedOut = true;
            context.Result = Again(StatusCodes.Status401Unauthorized);
        }
        else if (!User.HasScope(Scope) || User.FindFirstValue(Claims.OrganisationSlug) is null)
        {
            context.Result = NotYours();
        }
        else if (HttpMethods.IsPost(Request.Method) && !await antiforgery.IsRequestValidAsync(HttpContext))
        {
            Fail("", T["Du har loggat in igen sedan formuläret öppnades. Allt du har skrivit finns kvar: tryck en gång till."]);
            context.Result = Again();
        }
        else if (HttpMethods.IsPost(Request.Method) && Writing is { Length: > 0 } began && began != User.FindFirstValue(Claims.OrganisationSlug))
        {
            Fail("", T["Du har bytt organisation i ett annat fönster. Byt tillbaka innan du sparar."]);
            context.Result = Again(StatusCodes.Status409Conflict);
        }
        if (context.Result is null)
        {
            await base.OnPageHandlerExecutionAsync(context, next);
        }
    }

    /// <summary>Nobody is kept from writing by what does not come just now.</summary>
    protected static async Task<T?> KeepWritingAsync<T>(Func<Task<T?>> read) where T : class
    {
        try
        {
            return await read();
        }
        catch (ServiceAwayException)
        {
            return null;
        }
    }
}
