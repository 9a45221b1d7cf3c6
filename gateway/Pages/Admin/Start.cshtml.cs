using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.OperatorSessions;

namespace Ums.Gateway.Pages.Admin;

/// <summary>The operators' first page.</summary>
[Authorize(OperatorSession.Policy)]
internal sealed class StartModel : OperatorPage
{
    public IActionResult OnGet() => User.FindFirstValue(OperatorSession.OrganisationName) is null ? LocalRedirect("/admin/org") : Page();
}
