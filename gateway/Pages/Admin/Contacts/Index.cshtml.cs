using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.OperatorSessions;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin.Contacts;

/// <summary>
/// Searches for people. What is searched for travels in the address, so that one comes back to the hits, but sealed for this operator and for an hour: no
/// name or number stands in a history or a log.
/// </summary>
[Authorize(OperatorSession.Policy)]
internal sealed class IndexModel(RecordsClient records, IDataProtectionProvider protection, TimeProvider clock) : RecordPage
{
    private const int OnPage = 20;
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Phone { get; set; }

    [BindProperty]
    public string? Address { get; set; }

    [BindProperty(Name = "sok", SupportsGet = true)]
    public string? Sought { get; set; }

    [BindProperty(Name = "efter", SupportsGet = true)]
    public Guid? After { get; set; }

    public PersonHits? Hits { get; private set; }

    public bool TooOld { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!User.HasScope(Scopes.ContactRead))
        {
            return NotYours();
        }
        if (string.IsNullOrEmpty(Sought))
        {
            return Page();
        }
        if (Open(Sought) is not { } search)
        {
            TooOld = true;
            return Page();
        }
        (Name, Phone, Address) = (search.Name, search.Phone, search.Address);
        var answer = await records.SearchAsync(search, After, OnPage, HttpContext.RequestAborted);
        Hits = answer.Value;
        if (answer.Problem is not { } problem)
        {
            return Page();
        }
        if (Elsewhere(problem) is { } elsewhere)
        {
            return elsewhere;
        }
        Explain(problem);
        return Again();
    }

    public IActionResult OnPost()
    {
        var search = new PersonSearch(Typed(Name), Typed(Phone), Typed(Address));
        if (search is (null, null, null))
        {
            Fail(nameof(Name), T["Skriv ett namn, ett nummer eller en adress."]);
        }
        foreach (var (field, value) in new[] { (nameof(Name), search.Name), (nameof(Phone), search.Phone), (nameof(Address), search.Address) })
        {
            if (value?.Length > 200)
            {
                Fail(field, T["Texten är för lång."]);
            }
        }
        return ModelState.IsValid ? LocalRedirect($"/admin/kontakter?sok={Protector().Protect(JsonSerializer.Serialize(search), clock.GetUtcNow() + Lasts)}") : Again();
    }

    private PersonSearch? Open(string box)
    {
        try
        {
            return JsonSerializer.Deserialize<PersonSearch>(Protector().Unprotect(box));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector Protector() =>
        protection.CreateProtector("Ums.Gateway.PersonSearch", User.FindFirstValue(ServiceDefaults.Tokens.Claims.Session) ?? "").ToTimeLimitedDataProtector();
}
