using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.OperatorSessions;
using Ums.Gateway.Pages.Admin.Alerts;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin.Settings;

/// <summary>
/// The organisation as residents meet it, for all of its operators to see and its administrators to change. Nothing that was typed is lost: not where another has
/// saved meanwhile, a service is away, or the session has ended.
/// </summary>
[Authorize(OperatorSession.WritingPolicy), IgnoreAntiforgeryToken]
internal sealed class IndexModel(OrganisationClient identity, AlertRulesClient notifier, GeocodingClient geocoding, HtmlEncoder html, IAntiforgery antiforgery)
    : WritingPage(antiforgery)
{
    [BindProperty]
    public SettingsForm Typed { get; set; } = new();

    /// <summary>That the writer has seen.</summary>
    [BindProperty]
    public long Version { get; set; }

    /// <summary>Null where a form is shown again to somebody who is signed out.</summary>
    public OrganisationSettings? Saved { get; private set; }

    /// <summary>Null where Notifier is away.</summary>
    public AlertRules? Rules { get; private set; }

    public IReadOnlyList<Municipality> Coverage { get; private set; } = [];

    /// <summary>Somebody else's settings lie under those on the page.</summary>
    public bool Overtaken { get; private set; }

    public bool MayChange => User.HasScope(Scopes.OrganisationWrite);

    public bool IsStaff => User.HasClaim(Claims.Staff, "true");

    public string LinkText => T["Välj hur {0} når dig vid störningar", Saved!.Name];

    public string Snippet => $"<a href=\"{Saved!.DirectLink}\">{html.Encode(LinkText)}</a>";

    protected override string Scope => HttpMethods.IsPost(Request.Method) ? Scopes.OrganisationWrite : Scopes.OrganisationRead;

    public async Task<IActionResult> OnGetAsync()
    {
        if (await ReadAsync() is { } refusal)
        {
            return refusal;
        }
        (Typed, Version, Writing) = (SettingsForm.Of(Saved!), Saved!.Version, Slug);
        return Page();
    }

    /// <summary>The QR code for a printer.</summary>
    public async Task<IActionResult> OnGetQrAsync() => await ReadAsync() is { } refusal
        ? refusal
        : File(System.Text.Encoding.UTF8.GetBytes(QrCode.Svg(Saved!.DirectLink)), "image/svg+xml", $"qr-{Slug}.svg");

    public async Task<IActionResult> OnPostAsync()
    {
        if (await ReadAsync() is { } refusal)
        {
            return refusal;
        }
        var answer = await identity.ChangeSettingsAsync(Typed.Over(Saved!, Version, IsStaff), HttpContext.RequestAborted);
        switch (answer.Problem)
        {
            case null:
                return Go("/admin/organisation", Texts.Key("Inställningarna är sparade."));
            case { Slug: "validation" } problem:
                foreach (var (field, faults) in problem.Extension<Dictionary<string, string[]>>("errors") ?? [])
                {
                    var name = SettingsForm.Field(field);
                    Fail(name.Length > 0 ? $"{nameof(Typed)}.{name}" : "", SettingsForm.Fault(name, faults.FirstOrDefault() ?? "", T));
                }
                return Again();
            case { Slug: "changed-meanwhile" }:
                (Version, Overtaken) = (Saved!.Version, true);
                Fail("", T["Någon annan har sparat inställningarna medan du skrev. Det du har skrivit finns kvar här; sparar du igen ersätter det den andras."]);
                return Again(StatusCodes.Status409Conflict);
            case { } problem:
                return problem is { Status: 401 or 404 } or { Status: 403, Slug: not "sign-in-again" } ? NotThere(problem) : Refused(problem);
        }
    }

    private string Slug => User.FindFirstValue(Claims.OrganisationSlug)!;

    /// <returns>Null where all is well.</returns>
    private async Task<IActionResult?> ReadAsync()
    {
        var answer = await identity.SettingsAsync(Slug, HttpContext.RequestAborted);
        if (answer.Value is not { } saved)
        {
            return NotThere(answer.Problem!);
        }
        Saved = saved;
        var (rules, coverage) = (ReadRulesAsync(), geocoding.MunicipalitiesAsync(saved.MunicipalityCodes, HttpContext.RequestAborted));
        (Rules, Coverage) = (await rules, await coverage);
        return null;
    }

    private async Task<AlertRules?> ReadRulesAsync()
    {
        try
        {
            return (await notifier.ReadAsync(HttpContext.RequestAborted)).Value;
        }
        catch (ServiceAwayException)
        {
            return null;
        }
    }
}
