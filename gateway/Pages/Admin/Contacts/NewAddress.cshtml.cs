using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.OperatorSessions;
using Ums.Gateway.Portals;

namespace Ums.Gateway.Pages.Admin.Contacts;

/// <summary>One more address for a person.</summary>
[Authorize(OperatorSession.Policy)]
internal sealed class NewAddressModel(RecordsClient records, RecordAddressesClient addresses, Organisations organisations) : AddressChoice(addresses, organisations)
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public long Version { get; set; }

    [BindProperty]
    public bool Main { get; set; }

    public PersonCard? Card { get; private set; }

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
        Version = Card!.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostSearchAsync()
    {
        if (await ReadAsync() is { } refusal)
        {
            return refusal;
        }
        await SearchAsync();
        return ModelState.IsValid ? Page() : Again();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await ReadAsync() is { } refusal)
        {
            return refusal;
        }
        if (Clean(AddressId).Length == 0)
        {
            await SearchAsync();
            Fail(Matches is { Count: > 0 } ? nameof(AddressId) : nameof(Street), T["Sök och välj en adress."]);
            return Again();
        }
        var answer = await records.AddAddressAsync(Id, Version, Clean(AddressId), Main, HttpContext.RequestAborted);
        if (answer.Problem is not { } problem || problem.Slug == "record-changed")
        {
            return ToCard(Id, answer.Problem, Texts.Key("Adressen är tillagd."));
        }
        if (Elsewhere(problem) is { } elsewhere)
        {
            return elsewhere;
        }
        await SearchAsync();
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
