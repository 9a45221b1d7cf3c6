using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.OperatorSessions;
using Ums.Gateway.Portals;

namespace Ums.Gateway.Pages.Admin.Contacts;

/// <summary>Enters somebody who asked to be warned and cannot do it themselves: at the counter, or by telephone.</summary>
[Authorize(OperatorSession.Policy)]
internal sealed class AddModel(RecordsClient records, RecordAddressesClient addresses, Organisations organisations) : AddressChoice(addresses, organisations)
{
    [BindProperty]
    public string? Kind { get; set; }

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
    public string? Phone { get; set; }

    [BindProperty]
    public bool NameHidden { get; set; }

    [BindProperty]
    public bool Protected { get; set; }

    public bool IsCompany => Kind == "company";

    public IActionResult OnGet() => MayWrite ? Page() : NotYours();

    public async Task<IActionResult> OnPostSearchAsync()
    {
        if (!MayWrite)
        {
            return NotYours();
        }
        await SearchAsync();
        return ModelState.IsValid ? Page() : Again();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!MayWrite)
        {
            return NotYours();
        }
        if (Clean(AddressId).Length == 0)
        {
            await SearchAsync();
            if (ModelState.IsValid)
            {
                Fail(Matches is { Count: > 0 } ? nameof(AddressId) : nameof(Street), T["Sök och välj en adress."]);
            }
            return Again();
        }
        var person = new NewPerson(IsCompany ? "company" : "private", Typed(GivenName), Typed(FamilyName), IsCompany ? null : Typed(BirthDate)?.Replace("-", "", StringComparison.Ordinal),
            IsCompany ? Typed(CompanyName) : null, IsCompany ? Typed(OrganisationNumber) : null, Typed(Phone), Typed(AddressId), NameHidden, Protected, null);
        var answer = await records.AddAsync(person, HttpContext.RequestAborted);
        if (answer.Value is { } card)
        {
            return Go($"/admin/kontakter/{card.Id}", Texts.Key("Personen är upplagd."));
        }
        if (Elsewhere(answer.Problem) is { } elsewhere)
        {
            return elsewhere;
        }
        await SearchAsync();
        Explain(answer.Problem!);
        return Again();
    }
}
