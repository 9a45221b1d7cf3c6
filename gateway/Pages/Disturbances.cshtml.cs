using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Portals;

namespace Ums.Gateway.Pages;

/// <summary>What an organisation tells its area just now, for anybody. It stands there, and says so, when Notifier is away.</summary>
[AllowAnonymous]
internal sealed class DisturbancesModel(Organisations organisations, ShownDisturbances shown, Portal portal) : PortalPage
{
    public Organisation Organisation { get; private set; } = null!;

    public ShownDisturbances.Shown Shown { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string slug)
    {
        if (await organisations.FindAsync(Clean(slug).ToLowerInvariant(), HttpContext.RequestAborted) is not { } organisation)
        {
            return LocalRedirect("/?okand=1");
        }
        Organisation = organisation;
        portal.Open(organisation);
        Shown = await shown.OfAsync(organisation.Id, HttpContext.RequestAborted);
        return Page();
    }
}
