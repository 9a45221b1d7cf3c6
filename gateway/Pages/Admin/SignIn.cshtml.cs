using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.OperatorSessions;

namespace Ums.Gateway.Pages.Admin;

/// <summary>An operator proves who they are; what then opens the session is the authorization code flow.</summary>
[AllowAnonymous, SignsIn]
internal sealed class SignInModel(OperatorSignInClient identity, CodeFlow flow) : OperatorPage
{
    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    /// <summary>The page that was asked for.</summary>
    [BindProperty(Name = "tillbaka", SupportsGet = true)]
    public string? Then { get; set; }

    protected override bool KeepsTyped => true;

    public IActionResult OnGet(string? igen, string? utloggad, string? egen)
    {
        Then = OperatorPath.OrStart(Then);
        if (egen is not null)
        {
            Fail("", egen switch
            {
                "ingen" => T["Organisationen har ingen egen inloggning. Logga in med lösenord."],
                "borta" => T["Organisationens egen inloggning svarar inte just nu."],
                "okand" => T["Du är inte inbjuden. Be organisationens administratör om en inbjudan till den adress som du loggar in med."],
                _ => T["Inloggningen hann inte bli klar. Försök igen."],
            });
        }
        ViewData[Notice] = UnsentForm.Waits(HttpContext, Then) ? Texts.Key("Du har blivit utloggad. Det du skrev finns kvar och står där igen när du har loggat in.")
            : utloggad is not null ? Texts.Key("Du är utloggad.") : igen is not null ? Texts.Key("Inloggningen hann inte bli klar. Försök igen.") : null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Then = OperatorPath.OrStart(Then);
        Email = Clean(Email);
        if (Email.Length is 0 or > 254 || !Email.Contains('@', StringComparison.Ordinal))
        {
            Fail(nameof(Email), T["Skriv din e-postadress."]);
        }
        if (Password is not { Length: > 0 and <= 200 })
        {
            Fail(nameof(Password), T["Skriv ditt lösenord."]);
        }
        if (Clean(Code).Length is 0 or > 40)
        {
            Fail(nameof(Code), T["Skriv koden från din autentiseringsapp."]);
        }
        if (!ModelState.IsValid)
        {
            return Again();
        }
        var answer = await identity.SignInAsync(Email, Password!, Clean(Code), HttpContext.RequestAborted);
        return answer.Value is { } ticket ? LocalRedirect(flow.Begin(HttpContext, ticket.Value, Then)) : Refused(answer.Problem!);
    }

    /// <summary>Asked by the script.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync() =>
        new JsonResult(PasskeyCookie.Keep(HttpContext, (await identity.AskPasskeyAsync(HttpContext.RequestAborted)).Value ?? throw new ServiceAwayException("Identity")));

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential)
    {
        Then = OperatorPath.OrStart(Then);
        var (answered, challenge) = (PasskeyCookie.Read(credential), PasskeyCookie.Take(HttpContext));
        if (answered.ValueKind != System.Text.Json.JsonValueKind.Object)
        {
            Fail("", T["Det gick inte att logga in med nyckeln. Försök igen, eller använd lösenord."]);
            return Again();
        }
        var answer = await identity.SignInAsync(answered, challenge, HttpContext.RequestAborted);
        if (answer.Value is { } ticket)
        {
            return LocalRedirect(flow.Begin(HttpContext, ticket.Value, Then));
        }
        if (answer.Problem!.Status == 429)
        {
            return Refused(answer.Problem);
        }
        Fail("", T["Det gick inte att logga in med nyckeln. Försök igen, eller använd lösenord."]);
        return Again();
    }
}
