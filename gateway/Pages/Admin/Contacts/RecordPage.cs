using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin.Contacts;

/// <summary>What the pages about people share: faults beside their fields, and refusals in words.</summary>
internal abstract class RecordPage : OperatorPage
{
    public const string Refusal = "refusal";

    protected override bool KeepsTyped => true;

    public bool MayWrite => User.HasScope(Scopes.ContactWrite);

    public string? Me => User.FindFirstValue(ServiceDefaults.Tokens.Claims.Subject);

    /// <summary>Says beside its field, or above the form, why a service did not take what was typed.</summary>
    protected void Explain(Problem problem)
    {
        foreach (var (field, faults) in problem.Slug == "validation" ? problem.Extension<Dictionary<string, string[]>>("errors") ?? [] : [])
        {
            var name = char.ToUpperInvariant(field[0]) + field[1..];
            Fail(name, RecordTerms.Fault(name, faults.FirstOrDefault() ?? "", T));
        }
        if (ModelState.IsValid)
        {
            Fail("", RecordTerms.Refusal(problem, T));
        }
    }

    /// <summary>Where only another sign-in, or another role, would help.</summary>
    protected IActionResult? Elsewhere(Problem? problem) => problem switch
    {
        { Slug: "sign-in-again" } => Refused(problem),
        { Status: 401 or 403 or 404, Slug: not "not-found" } => NotThere(problem),
        _ => null,
    };

    /// <returns>Null where nothing was typed.</returns>
    protected static string? Typed(string? text) => Clean(text) is { Length: > 0 } clean ? clean : null;

    /// <summary>Back to the card; a refusal stands there once.</summary>
    protected IActionResult ToCard(Guid id, Problem? problem, string? notice)
    {
        if (Elsewhere(problem) is { } elsewhere)
        {
            return elsewhere;
        }
        if (problem is not null)
        {
            TempData[Refusal] = problem.Slug == "validation" ? T["Numret går inte att läsa. Skriv det som 070-123 45 67 eller 08-123 456 78."].Value : RecordTerms.Refusal(problem, T);
        }
        return Go($"/admin/kontakter/{id}", problem is null ? notice : null);
    }
}
