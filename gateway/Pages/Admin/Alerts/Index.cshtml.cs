using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.OperatorSessions;

namespace Ums.Gateway.Pages.Admin.Alerts;

/// <summary>The organisation's alerts, newest first.</summary>
[Authorize(OperatorSession.Policy)]
internal sealed class IndexModel(AlertsClient alerts) : OperatorPage
{
    private const int Most = 100;

    public IReadOnlyList<Alert> Alerts { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        var answer = await alerts.ListAsync(null, Most, HttpContext.RequestAborted);
        Alerts = answer.Value?.Alerts ?? [];
        return answer.Problem is { } problem ? NotThere(problem) : Page();
    }
}
