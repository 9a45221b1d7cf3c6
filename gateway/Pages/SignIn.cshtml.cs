using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.Portals;
using Ums.Gateway.Security;
using Ums.Gateway.Sessions;

namespace Ums.Gateway.Pages;

/// <summary>An organisation's own first page: ask for a PIN. This is the address that it prints on its bills.</summary>
[AllowAnonymous, SignsIn]
internal sealed class SignInModel(Organisations organisations, IdentityClient identity, PendingPins pins, Portal portal, Captchas captchas) : PortalPage
{
    [BindProperty]
    public string? Phone { get; set; }

    [BindProperty]
    public string? Role { get; set; }

    [BindProperty(Name = "altcha")]
    public string? Captcha { get; set; }

    [BindProperty(Name = "g-recaptcha-response")]
    public string? GoogleCaptcha { get; set; }

    /// <summary>Google's public key, where its captcha stands in the place of our own.</summary>
    public string? RecaptchaKey { get; private set; }

    public Organisation Organisation { get; private set; } = null!;

    /// <summary>The personal-data text lies open for who has not been here before.</summary>
    public bool FirstVisit { get; private set; }

    protected override bool KeepsTyped => true;

    public async Task<IActionResult> OnGetAsync(string slug, string? utloggad, string? borttagen)
    {
        if (!await OpenAsync(slug))
        {
            return LocalRedirect("/?okand=1");
        }
        if (await Session.OrganisationAsync(HttpContext) == Organisation.Slug)
        {
            return LocalRedirect("/min-sida");
        }
        Phone = pins.Read(HttpContext, PendingPin.SignIn) is { } pending && pending.Slug == Organisation.Slug ? pending.Phone : null;
        ViewData[Notice] = borttagen is not null ? Texts.Key("Din uppgift är borttagen och du är utloggad.") : utloggad is not null ? Texts.Key("Du är utloggad.") : null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string slug)
    {
        if (!await OpenAsync(slug))
        {
            return LocalRedirect("/?okand=1");
        }
        Phone = Clean(Phone);
        if (Phone.Length is 0 or > 40)
        {
            Fail(nameof(Phone), Phone.Length == 0 ? T["Skriv ditt telefonnummer."] : T["Numret går inte att läsa. Skriv det som 070-123 45 67 eller 08-123 456 78."]);
        }
        if (Role is not ("private" or "company"))
        {
            Fail(nameof(Role), T["Välj om du loggar in som privatperson eller för ett företag."]);
        }
        if (!ModelState.IsValid)
        {
            return Again();
        }
        var captcha = (RecaptchaKey is null ? Captcha : GoogleCaptcha) is { Length: > 0 and <= 8000 } solved ? solved : IdentityClient.NoScript;
        var answer = await identity.RequestPinAsync(Organisation.Slug, Phone, Role!, captcha, HttpContext.RequestAborted);
        if (answer.Problem is { } problem)
        {
            Fail(problem.Slug is "captcha-failed" or "too-many-pins" or "too-many-failures" or "too-many-requests" ? "" : nameof(Phone), Words.For(problem, T));
            if (problem.RetryAfter is { } wait)
            {
                Response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
            return Again(problem.Status == 429 ? 429 : 422);
        }
        var sent = answer.Value!;
        pins.Write(HttpContext, new PendingPin(
            sent.PinRequestId, Organisation.Slug, Phone, Role!, sent.Channel, sent.ExpiresAt, sent.ResendAfter, PendingPin.SignIn, Digits: sent.Digits));
        return LocalRedirect("/pin");
    }

    private async Task<bool> OpenAsync(string slug)
    {
        var organisation = await organisations.FindAsync(Clean(slug).ToLowerInvariant(), HttpContext.RequestAborted);
        if (organisation is null)
        {
            return false;
        }
        FirstVisit = PortalCookie.Read(HttpContext) != organisation.Slug;
        Organisation = organisation;
        portal.Open(organisation);
        RecaptchaKey = await captchas.RecaptchaKeyAsync(HttpContext.RequestAborted);
        if (RecaptchaKey is not null)
        {
            SecurityHeaders.AllowRecaptcha(HttpContext);
        }
        return true;
    }
}
