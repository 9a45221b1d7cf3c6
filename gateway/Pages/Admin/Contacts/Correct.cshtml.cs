using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.OperatorSessions;

namespace Ums.Gateway.Pages.Admin.Contacts;

/// <summary>Puts right what stands about a person. A field left empty stays as it is, so a hidden name need not be seen to be kept.</summary>
[Authorize(OperatorSession.Policy)]
internal sealed class CorrectModel(RecordsClient records) : RecordPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public long Version { get; set; }

    [BindProperty]
    public string? GivenName { get; set; }

    [BindProperty]
    public string? FamilyName { get; set; }

    [BindProperty]
    public string? BirthDate { get; set; }

    [BindProperty]
    public string? CompanyName { get; set; }

    [BindProperty]
    public string? OrganisationNumber { get; set; }

    [BindProperty]
    public bool NameHidden { get; set; }

    [BindProperty]
    public bool Protected { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>As it is now; null where it could not be read.</summary>
    public PersonCard? Card { get; private set; }

    /// <summary>Somebody else was quicker, and what was typed is still here.</summary>
    public bool Overtaken { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!MayWrite)
        {
            return NotYours();
        }
        if (await ReadAsync() is { } refusal)
        {
            return refusal;
        }
        (Version, NameHidden, Protected) = (Card!.Version, Card.NameHidden, Card.Protected);
        (GivenName, FamilyName, CompanyName, OrganisationNumber) = (Card.GivenName, Card.FamilyName, Card.CompanyName, Card.OrganisationNumber);
        BirthDate = Card.BirthDate;
        return Card.Restriction is null ? Page() : LocalRedirect($"/admin/kontakter/{Id}");
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var correction = new PersonCorrection(Typed(GivenName), Typed(FamilyName), Typed(BirthDate)?.Replace("-", "", StringComparison.Ordinal), Typed(CompanyName),
            Typed(OrganisationNumber), NameHidden, Protected, Typed(Reason));
        var answer = await records.CorrectAsync(Id, Version, correction, HttpContext.RequestAborted);
        if (answer.Problem is not { } problem)
        {
            return Go($"/admin/kontakter/{Id}", Texts.Key("Uppgifterna är rättade."));
        }
        if (Elsewhere(problem) is { } elsewhere)
        {
            return elsewhere;
        }
        if (await ReadAsync() is { } refusal)
        {
            return refusal;
        }
        if (problem.Slug == "record-changed")
        {
            // Saving once more is then a decision about what stands there now.
            (Overtaken, Version) = (true, Card!.Version);
            ModelState.Remove(nameof(Version));
            Fail("", T["Någon annan har ändrat uppgifterna medan du skrev. Det du skrev finns kvar här; spara igen om det ska gälla."]);
            return Again(StatusCodes.Status409Conflict);
        }
        Explain(problem);
        return Again();
    }

    private async Task<IActionResult?> ReadAsync()
    {
        var answer = await records.FindAsync(Id, HttpContext.RequestAborted);
        Card = answer.Value;
        return answer.Problem is { } problem ? NotThere(problem) : null;
    }
}
