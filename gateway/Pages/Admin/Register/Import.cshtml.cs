using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.OperatorSessions;
using Ums.Gateway.Pages.Admin.Alerts;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin.Register;

/// <summary>One import: how far it is, what it would do, the decision, and the way back. What is decided twice is decided once.</summary>
[Authorize(OperatorSession.Policy)]
internal sealed class ImportModel(RegisterClient contacts, OrganisationClient identity) : OrganisationPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>How many will go, as the operator types it.</summary>
    [BindProperty]
    public string? GoneTyped { get; set; }

    public RegisterImport Import { get; private set; } = null!;

    public RegisterSamples? Samples { get; private set; }

    public Colleagues Colleagues { get; private set; } = Colleagues.None;

    public string? Me => User.FindFirstValue(Claims.Subject);

    protected override string Scope => Scopes.RegisterImport;

    protected override bool KeepsTyped => false;

    public async Task<IActionResult> OnGetAsync() => await ReadAsync() ?? Page();

    /// <summary>Asked by the script while something is under way.</summary>
    public async Task<IActionResult> OnGetStateAsync() => await FindAsync() ?? new JsonResult(new { Import.State, Import.Percent, rows = Rows() });

    public async Task<IActionResult> OnPostApproveAsync()
    {
        if (await ReadAsync() is { } refusal)
        {
            return refusal;
        }
        int? gone = null;
        if (Import.MustConfirmGone)
        {
            // 4 218 is how the page writes it.
            var typed = string.Concat((GoneTyped ?? "").Where(letter => !char.IsWhiteSpace(letter)));
            gone = int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
            if (gone != Import.Gone)
            {
                Fail(nameof(GoneTyped), T["Skriv hur många som försvinner: {0}.", AlertNumbers.Of(Import.Gone ?? 0)]);
                return Again();
            }
        }
        return await DecidedAsync(await contacts.ApproveAsync(Id, gone, HttpContext.RequestAborted), Texts.Key("Importen är godkänd."));
    }

    public async Task<IActionResult> OnPostDiscardAsync() =>
        await DecidedAsync(await contacts.DiscardAsync(Id, HttpContext.RequestAborted), Texts.Key("Importen är kastad. Inget har ändrats."));

    public async Task<IActionResult> OnPostRollBackAsync() =>
        await DecidedAsync(await contacts.RollBackAsync(Id, HttpContext.RequestAborted), Texts.Key("Importen rullas tillbaka."));

    public string Rows() => T["{0} rader lästa", AlertNumbers.Of((int)Math.Min(Import.RowsRead, int.MaxValue))];

    private async Task<IActionResult> DecidedAsync(Answer<object> answer, string done)
    {
        if (answer.Problem is not { } problem)
        {
            return Go($"/admin/register/{Id}", done);
        }
        if (problem.Status != StatusCodes.Status409Conflict)
        {
            return NotThere(problem);
        }
        Fail("", problem.Slug switch
        {
            "many-would-go" => T["Antalet som försvinner har ändrats. Läs igen och skriv det nya."],
            "too-late" => T["Det är för sent: det som fanns innan är inte kvar längre."],
            "overtaken" => T["Ett annat register har lagts in sedan dess, eller pågår. Det senaste rullas tillbaka först."],
            _ => T["Importen har redan gått vidare. Så här är det nu."],
        });
        return await ReadAsync() ?? Again(StatusCodes.Status409Conflict);
    }

    private async Task<IActionResult?> ReadAsync()
    {
        if (await FindAsync() is { } refusal)
        {
            return refusal;
        }
        Samples = Import.State == "ready" ? (await contacts.SamplesAsync(Id, HttpContext.RequestAborted)).Value : null;
        Colleagues = await Colleagues.ReadAsync(identity, User, HttpContext.RequestAborted);
        return null;
    }

    private async Task<IActionResult?> FindAsync()
    {
        var answer = await contacts.FindAsync(Id, HttpContext.RequestAborted);
        Import = answer.Value!;
        return answer.Problem is { } problem ? NotThere(problem) : null;
    }
}
