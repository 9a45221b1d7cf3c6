using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.OperatorSessions;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin.Alerts;

/// <summary>Whether and how the code by which residents check an alert stands in its SMS: decided by those who approve alerts.</summary>
[Authorize(OperatorSession.Policy)]
internal sealed class CodeModel(AlertsClient alerts) : OperatorPage
{
    public static readonly string[] Styles = ["place", "link", "none"];

    [BindProperty]
    public string? Style { get; set; }

    [BindProperty]
    public string? Place { get; set; }

    /// <summary>That the writer has seen.</summary>
    [BindProperty]
    public int Version { get; set; }

    protected override bool KeepsTyped => true;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!User.HasScope(Scopes.AlertApprove))
        {
            return NotYours();
        }
        var answer = await alerts.SettingsAsync(HttpContext.RequestAborted);
        if (answer.Value is not { } settings)
        {
            return NotThere(answer.Problem!);
        }
        (Style, Place, Version) = (settings.CodeStyle, settings.CodePlace, settings.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!User.HasScope(Scopes.AlertApprove))
        {
            return NotYours();
        }
        if (!Styles.Contains(Style))
        {
            Fail(nameof(Style), T["Välj hur koden ska stå."]);
            return Again();
        }
        var read = await alerts.SettingsAsync(HttpContext.RequestAborted);
        if (read.Value is not { } settings)
        {
            return NotThere(read.Problem!);
        }
        var answer = await alerts.ChangeSettingsAsync(
            settings with { CodeStyle = Style!, CodePlace = Clean(Place) is { Length: > 0 } place ? place : null, Version = Version }, HttpContext.RequestAborted);
        switch (answer.Problem)
        {
            case null:
                return Go("/admin/varningar/kod", Texts.Key("Inställningen är sparad."));
            case { Slug: "settings-changed" }:
                Version = settings.Version;
                Fail("", T["Någon annan har sparat varningarnas inställningar medan du skrev. Sparar du igen gäller det du har valt här."]);
                return Again(StatusCodes.Status409Conflict);
            case { Slug: "validation" }:
                Fail(nameof(Place), T["Högst 60 tecken, och bara sådana som finns i sms."]);
                return Again();
            case var problem:
                return NotThere(problem);
        }
    }

    public string Words(string style) => style switch
    {
        "place" => T["Koden och var den skrivs, utan länk. Så här: Äkta? Skriv BCD2345 i vår portal."],
        "link" => T["Som en länk till sidan som visar varningen. Tänk på att bedrägerier ofta har länkar."],
        _ => T["Inte alls. Mottagarna kan då inte kontrollera meddelandet."],
    };
}
