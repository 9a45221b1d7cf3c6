using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.OperatorSessions;

namespace Ums.Gateway.Pages.Admin;

/// <summary>Before something that matters, the operator proves once more who they are.</summary>
[Authorize(OperatorSession.Policy), SignsIn]
internal sealed class ConfirmModel(OperatorClient identity) : OperatorPage
{
    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty(Name = "tillbaka", SupportsGet = true)]
    public string? Then { get; set; }

    protected override bool KeepsTyped => true;

    /// <summary>The organisation whose own provider signed the operator in, and now confirms.</summary>
    public string? Provider { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        await ReadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await ReadAsync();
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
        var answer = await identity.ConfirmAsync(Password!, Clean(Code), HttpContext.RequestAborted);
        if (answer.Problem is { } problem)
        {
            return Refused(problem);
        }
        await OperatorSession.RenewAsync(HttpContext);
        return LocalRedirect(Then!);
    }

    private async Task ReadAsync()
    {
        var account = (await identity.FindAsync(null, HttpContext.RequestAborted)).Value ?? throw new SessionEndedException();
        Provider = account.Bound ? account.Organisation : null;
        Then = OperatorPath.OrStart(Then);
    }
}
