using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Portals;
using Ums.Gateway.Sessions;

namespace Ums.Gateway.Pages;

/// <summary>The code that has been sent is entered here; it can be sent again or read out in a call.</summary>
[AllowAnonymous, SignsIn]
internal sealed class PinModel(IdentityClient identity, PendingPins pins, Portal portal, TimeProvider clock) : CodePage(identity, pins)
{
    protected override string Purpose => PendingPin.SignIn;

    public async Task<IActionResult> OnGetAsync()
    {
        await portal.FindAsync();
        return ReadPending() ? Page() : await LostAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ReadPending())
        {
            return await LostAsync();
        }
        if (!CodeIsReadable())
        {
            return Again();
        }
        var answer = await Identity.ExchangeAsync(Pending.Id, Code!, HttpContext.RequestAborted);
        if (answer.Problem is { Slug: "used-pin" } && await Session.IsOpenAsync(HttpContext))
        {
            // The form came twice; the first one has opened the door.
            return LocalRedirect("/min-sida");
        }
        if (answer.Problem is { } problem)
        {
            return Refused(problem);
        }
        await Session.StartAsync(HttpContext, answer.Value!, clock);
        PendingPins.Forget(HttpContext);
        return LocalRedirect("/min-sida");
    }

    public async Task<IActionResult> OnPostResendAsync(string? channel) => ReadPending() ? await ResendAsync(channel, "/pin") : await LostAsync();

    private async Task<IActionResult> LostAsync()
    {
        if (await Session.IsOpenAsync(HttpContext))
        {
            return LocalRedirect("/min-sida");
        }
        return LocalRedirect(PortalCookie.Read(HttpContext) is { } slug ? $"/k/{slug}" : "/");
    }
}
