using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.OperatorSessions;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin.Register;

/// <summary>The register's imports, and the form that sends another. What was wrong with one that was not taken is said here.</summary>
[Authorize(OperatorSession.Policy)]
internal sealed class IndexModel(RegisterClient contacts) : OrganisationPage
{
    public IReadOnlyList<RegisterImport> Imports { get; private set; } = [];

    /// <summary>The one that has to be decided on before the next is taken.</summary>
    public RegisterImport? Open => Imports.FirstOrDefault(import => import.IsOpen);

    protected override string Scope => Scopes.RegisterImport;

    public async Task<IActionResult> OnGetAsync(string? fel)
    {
        var answer = await contacts.ListAsync(HttpContext.RequestAborted);
        Imports = answer.Value ?? [];
        if (answer.Problem is { } problem)
        {
            return NotThere(problem);
        }
        // Where another was quicker but has been decided on since, nothing is in the way any more.
        if (fel is { Length: > 0 } && (fel != "pagar" || Open is not null))
        {
            Fail(fel switch { "omfattning" => "complete", "ingen-fil" or "sort" or "for-stor" or "tom" => "file", _ => "" }, RegisterTerms.Refusal(fel, T));
        }
        return Page();
    }
}
