using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Portals;
using Ums.Gateway.Sessions;

namespace Ums.Gateway.Pages;

/// <summary>Ends the session. With one that has ended already, this leads to the sign-in page like every other page.</summary>
[Authorize(Session.Policy)]
internal sealed class SignOutModel : PortalPage
{
    public IActionResult OnGet() => LocalRedirect("/");

    public async Task<IActionResult> OnPostAsync()
    {
        await Session.EndAsync(HttpContext);
        PendingPins.Forget(HttpContext);
        return LocalRedirect(PortalCookie.Read(HttpContext) is { } slug ? $"/k/{slug}?utloggad=1" : "/?utloggad=1");
    }
}
