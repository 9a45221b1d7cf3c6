using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.OperatorSessions;

namespace Ums.Gateway.Pages.Admin;

/// <summary>Ends the operator's session, at once and everywhere.</summary>
[Authorize(OperatorSession.Policy)]
internal sealed class SignOutModel : OperatorPage
{
    public IActionResult OnGet() => LocalRedirect("/admin");

    public async Task<IActionResult> OnPostAsync()
    {
        await OperatorSession.EndAsync(HttpContext);
        return LocalRedirect("/admin/logga-in?utloggad=1");
    }
}
