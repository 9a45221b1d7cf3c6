using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Portals;
using Ums.Gateway.Security;

namespace Ums.Gateway.Pages;

/// <summary>"Why did I get this?": whoever got a message types its code and sees who sent it, when, why and what it said, and how to be left in peace.</summary>
[AllowAnonymous]
internal sealed class VerifyModel(DisturbancesClient disturbances, Organisations organisations, Portal portal, CodeGuesses guesses) : PortalPage
{
    [BindProperty(Name = "kod", SupportsGet = true)]
    public string? Code { get; set; }

    public ExplainedAlert? Found { get; private set; }

    /// <summary>Null where it has none any more, or Identity is away.</summary>
    public Organisation? Organisation { get; private set; }

    /// <summary>No alert has the code.</summary>
    public bool Unknown { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? code)
    {
        Code = Clean(code ?? Code);
        Code = Code.Length > 40 ? Code[..40] : Code;
        if (Code.Length == 0)
        {
            return Page();
        }
        var client = Limits.Client(HttpContext);
        if (!guesses.TryBegin(client))
        {
            Response.Headers.RetryAfter = TimeSpan.FromMinutes(1).TotalSeconds.ToString(CultureInfo.InvariantCulture);
            Fail("kod", T["Det har kommit många fel koder på kort tid. Vänta en minut och försök sedan igen."]);
            return Again(StatusCodes.Status429TooManyRequests);
        }
        var answer = await disturbances.FindAsync(Code, HttpContext.RequestAborted);
        if (answer.Value is not { } found)
        {
            Unknown = true;
            return Again(StatusCodes.Status404NotFound);
        }
        guesses.TakeBack(client);
        Found = found;
        await OpenPortalAsync(found.OrganisationId);
        return Page();
    }

    /// <summary>The page is the sender's own; without Identity it stands there all the same.</summary>
    private async Task OpenPortalAsync(Guid id)
    {
        try
        {
            Organisation = await organisations.FindAsync(id.ToString(), HttpContext.RequestAborted);
        }
        catch (ServiceAwayException)
        {
            return;
        }
        if (Organisation is not null && User.Identity?.IsAuthenticated != true)
        {
            portal.Open(Organisation);
        }
    }
}
