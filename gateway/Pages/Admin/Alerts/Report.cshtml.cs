using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.OperatorSessions;

namespace Ums.Gateway.Pages.Admin.Alerts;

/// <summary>What became of an alert's recipients, page by page or as a file. Numbers are masked where they come from.</summary>
[Authorize(OperatorSession.Policy)]
internal sealed class ReportModel(AlertsClient alerts, TimeProvider clock) : OperatorPage
{
    private const int OnPage = 100;

    public static readonly string[] States = ["waiting", "sending", "unknown", "accepted", "delivered", "failed", "expired", "cancelled"];

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(Name = "lage", SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(Name = "efter", SupportsGet = true)]
    public string? After { get; set; }

    public Alert Alert { get; private set; } = null!;

    public IReadOnlyList<AlertRecipient> Recipients { get; private set; } = [];

    public string? Next { get; private set; }

    public AlertReport Report { get; private set; } = AlertReport.Empty;

    public ReportCurve? Curve { get; private set; }

    /// <summary>For the paper.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task<IActionResult> OnGetAsync()
    {
        (State, After) = (Clean(State) is { Length: > 0 } state ? state : null, Clean(After) is { Length: > 0 and <= 40 } after ? after : null);
        var (detail, page) = (alerts.FindAsync(Id, HttpContext.RequestAborted), alerts.RecipientsAsync(Id, State, After, OnPage, HttpContext.RequestAborted));
        var report = alerts.ReportAsync(Id, HttpContext.RequestAborted);
        await Task.WhenAll(detail, page, report);
        if ((await detail).Value is not { } found || (await page).Value is not { } read)
        {
            return NotThere((await detail).Problem ?? (await page).Problem!);
        }
        (Alert, Recipients, Next, Report) = (found.Alert, read.Recipients, read.After, (await report).Value ?? AlertReport.Empty);
        Curve = ReportCurve.Of(Alert, Report.Curve);
        return Page();
    }

    /// <summary>All of them; a spreadsheet opens it as it is.</summary>
    public async Task<IActionResult> OnGetCsvAsync()
    {
        var first = await alerts.RecipientsAsync(Id, null, null, RecipientsCsv.AtOnce, HttpContext.RequestAborted);
        return first.Value is { } page ? new RecipientsCsv(alerts, Id, page, T) : NotThere(first.Problem!);
    }
}
