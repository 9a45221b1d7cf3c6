using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.OperatorSessions;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin;

/// <summary>The operators' first page: what is going on, and what waits for whom.</summary>
[Authorize(OperatorSession.Policy)]
internal sealed class StartModel(AlertsClient alerts, RegisterClient registers, ProvidersClient providers) : OperatorPage
{
    private const int Latest = 8;
    private const int Most = 50;

    public IReadOnlyList<Alert> UnderWay { get; private set; } = [];

    public IReadOnlyList<Alert> Waiting { get; private set; } = [];

    public IReadOnlyList<Alert> Newest { get; private set; } = [];

    /// <summary>The rest of the page is shown all the same.</summary>
    public bool Away { get; private set; }

    /// <summary>Of registers, under way or waiting for a decision; null where Contacts is away.</summary>
    public IReadOnlyList<RegisterImport>? Imports { get; private set; } = [];

    /// <summary>Empty where Notifier is away.</summary>
    public IReadOnlyList<ProviderLane> Delivery { get; private set; } = [];

    public bool MayImport => User.HasScope(Scopes.RegisterImport);

    public bool MayWrite => User.HasScope(Scopes.AlertWrite);

    public bool MayApprove => User.HasScope(Scopes.AlertApprove);

    /// <summary>For an approver, what somebody else has handed in; for others, all that waits.</summary>
    public IEnumerable<Alert> ForMe => Waiting.Where(alert => MayApprove && alert.WrittenBy != Me && alert.SubmittedBy != Me);

    public IEnumerable<Alert> ForOthers => Waiting.Except(ForMe);

    private string? Me => User.FindFirstValue(Claims.Subject);

    public async Task<IActionResult> OnGetAsync()
    {
        if (User.FindFirstValue(OperatorSession.OrganisationName) is null)
        {
            return LocalRedirect("/admin/org");
        }
        var (imports, delivery) = (ReadImportsAsync(), ReadDeliveryAsync());
        try
        {
            var lists = await Task.WhenAll(ReadAsync("sending", Most), ReadAsync("resolving", Most), ReadAsync("approved", Most), ReadAsync("submitted", Most), ReadAsync(null, Latest));
            (UnderWay, Waiting, Newest) = ([.. lists[0], .. lists[1], .. lists[2]], lists[3], lists[4]);
        }
        catch (ServiceAwayException)
        {
            Away = true;
        }
        (Imports, Delivery) = (await imports, await delivery);
        return Page();
    }

    public static string LaneName(string channel, Language.Texts t) => channel == "sms" ? t["Sms"] : t["Samtal"];

    public static string StateName(string state, Language.Texts t) => state switch
    {
        "paused" => t["pausad efter många fel"],
        "poor" => t["går dåligt"],
        _ => t["går bra"],
    };

    private async Task<RegisterImport[]?> ReadImportsAsync()
    {
        try
        {
            return MayImport ? [.. ((await registers.ListAsync(HttpContext.RequestAborted)).Value ?? []).Where(import => import.IsOpen)] : [];
        }
        catch (ServiceAwayException)
        {
            return null;
        }
    }

    private async Task<ProviderLane[]> ReadDeliveryAsync()
    {
        try
        {
            return (await providers.ReadAsync(HttpContext.RequestAborted)).Value ?? [];
        }
        catch (ServiceAwayException)
        {
            return [];
        }
    }

    private async Task<Alert[]> ReadAsync(string? state, int most) => (await alerts.ListAsync(state, most, HttpContext.RequestAborted)).Value?.Alerts ?? [];
}
