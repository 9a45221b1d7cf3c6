using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.OperatorSessions;

namespace Ums.Gateway.Pages.Admin;

/// <summary>The operator's own keys: password and recovery codes. Each change asks again who one is, where the sign-in has grown old.</summary>
[Authorize(OperatorSession.Policy), SignsIn]
internal sealed class AccountModel(OperatorClient identity) : OperatorPage
{
    private const int Shortest = 12;

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? Repeat { get; set; }

    [BindProperty]
    public string? PasskeyName { get; set; }

    public OperatorAccount Account { get; private set; } = null!;

    public string[]? RecoveryCodes { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        await ReadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostCodesAsync()
    {
        await ReadAsync();
        var answer = await identity.RenewRecoveryCodesAsync(HttpContext.RequestAborted);
        RecoveryCodes = answer.Value?.RecoveryCodes;
        return answer.Problem is { } problem ? Refused(problem) : Page();
    }

    /// <summary>Asked by the script; where the sign-in has grown old it is told so, and sends the form, which leads on.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync()
    {
        var answer = await identity.AskPasskeyAsync(HttpContext.RequestAborted);
        return answer.Value is { } question ? new JsonResult(PasskeyCookie.Keep(HttpContext, question)) : StatusCode(StatusCodes.Status409Conflict);
    }

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential)
    {
        await ReadAsync();
        PasskeyName = Clean(PasskeyName);
        if (PasskeyName.Length is 0 or > 60)
        {
            Fail(nameof(PasskeyName), T["Ge nyckeln ett namn."]);
            return Again();
        }
        var answer = await identity.AddPasskeyAsync(PasskeyName, PasskeyCookie.Read(credential), PasskeyCookie.Take(HttpContext), HttpContext.RequestAborted);
        if (answer.Problem is { Slug: "validation" })
        {
            Fail("", T["Nyckeln gick inte att lägga till. Försök igen."]);
            return Again();
        }
        return answer.Problem is { } problem ? Refused(problem) : Go("/admin/konto", Texts.Key("Nyckeln är tillagd."));
    }

    public async Task<IActionResult> OnPostRemovePasskeyAsync(string? id)
    {
        await ReadAsync();
        var answer = await identity.RemovePasskeyAsync(Clean(id) is { Length: > 0 and <= 1400 } known ? known : "-", HttpContext.RequestAborted);
        return answer.Problem is { } problem ? Refused(problem) : Go("/admin/konto", Texts.Key("Nyckeln är borttagen."));
    }

    public async Task<IActionResult> OnPostPasswordAsync()
    {
        await ReadAsync();
        if (Password is not { Length: >= Shortest and <= 200 })
        {
            Fail(nameof(Password), T["Lösenordet behöver ha minst tolv tecken."]);
        }
        else if (Password != Repeat)
        {
            Fail(nameof(Repeat), T["Lösenorden är inte lika."]);
        }
        if (!ModelState.IsValid)
        {
            return Again();
        }
        var answer = await identity.ChangePasswordAsync(Password!, HttpContext.RequestAborted);
        if (answer.Problem is { Slug: "validation" })
        {
            Fail(nameof(Password), T["Lösenordet är för enkelt. Välj ett längre eller mer varierat."]);
            return Again();
        }
        return answer.Problem is { } problem ? Refused(problem) : Go("/admin/konto", Texts.Key("Lösenordet är bytt. Du är utloggad överallt utom här."));
    }

    private async Task ReadAsync() => Account = (await identity.FindAsync(null, HttpContext.RequestAborted)).Value ?? throw new SessionEndedException();
}
