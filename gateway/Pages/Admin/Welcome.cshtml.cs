using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Ums.Gateway.Clients;

namespace Ums.Gateway.Pages.Admin;

/// <summary>Behind an invitation's link: a password, an authenticator, and the recovery codes, which are shown this once.</summary>
[AllowAnonymous, SignsIn]
internal sealed class WelcomeModel(OperatorSignInClient identity) : OperatorPage
{
    private const int Shortest = 12;

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? Repeat { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    /// <summary>Null where the link is none, or none any more.</summary>
    public Invitation? Invitation { get; private set; }

    public string[]? RecoveryCodes { get; private set; }

    /// <summary>Somebody with an account has joined; there is nothing to show.</summary>
    public bool Done { get; private set; }

    /// <summary>What the app reads off the QR code.</summary>
    public string Enrolment => $"otpauth://totp/Servicevarning{(Invitation!.Email is { } email ? ":" + Uri.EscapeDataString(email) : "")}?secret={Invitation.Secret}&issuer=Servicevarning";

    public string SpacedSecret => string.Join(' ', Invitation!.Secret.Chunk(4).Select(part => new string(part)));

    protected override bool KeepsTyped => true;

    public async Task<IActionResult> OnGetAsync(string token) => await FindAsync(token) ? Page() : Again(StatusCodes.Status404NotFound);

    public async Task<IActionResult> OnPostAsync(string token)
    {
        if (!await FindAsync(token))
        {
            return Again(StatusCodes.Status404NotFound);
        }
        (Email, Name, Code) = (Invitation!.Email ?? Clean(Email), Invitation.Name ?? Clean(Name), Clean(Code));
        Check();
        if (!ModelState.IsValid)
        {
            return Again();
        }
        var answer = await identity.AcceptInvitationAsync(token, Email, Name, Password!, Code, HttpContext.RequestAborted);
        if (answer.Value is { } accepted)
        {
            (RecoveryCodes, Done) = (accepted.RecoveryCodes, true);
            return Page();
        }
        return answer.Problem is { Slug: "validation" } invalid ? Invalid(invalid) : Refused(answer.Problem!);
    }

    private async Task<bool> FindAsync(string token)
    {
        Invitation = token.Length <= 100 ? (await identity.ReadInvitationAsync(token, HttpContext.RequestAborted)).Value : null;
        return Invitation is not null;
    }

    private void Check()
    {
        if (Email!.Length is 0 or > 254)
        {
            Fail(nameof(Email), T["Skriv din e-postadress."]);
        }
        if (Name!.Length is 0 or > 100)
        {
            Fail(nameof(Name), T["Skriv ditt namn."]);
        }
        if (Password is not { Length: >= Shortest and <= 200 } && !Invitation!.Known)
        {
            Fail(nameof(Password), T["Lösenordet behöver ha minst tolv tecken."]);
        }
        else if (Password != Repeat && !Invitation!.Known)
        {
            Fail(nameof(Repeat), T["Lösenorden är inte lika."]);
        }
        if (Code!.Length is 0 or > 40)
        {
            Fail(nameof(Code), T["Skriv koden från din autentiseringsapp."]);
        }
        Password ??= "";
    }

    private PageResult Invalid(Problem problem)
    {
        foreach (var (field, faults) in problem.Extension<Dictionary<string, string[]>>("errors") ?? [])
        {
            switch (field)
            {
                case "email": Fail(nameof(Email), T["Det är ingen e-postadress."]); break;
                case "name": Fail(nameof(Name), T["Skriv ditt namn."]); break;
                case "code": Fail(nameof(Code), T["Koden stämmer inte. Kontrollera att klockan i telefonen går rätt."]); break;
                case "password":
                    Fail(nameof(Password), faults is ["contains-email"] ? T["Lösenordet får inte innehålla din e-postadress."] : T["Lösenordet är för enkelt. Välj ett längre eller mer varierat."]);
                    break;
            }
        }
        return Again();
    }
}
