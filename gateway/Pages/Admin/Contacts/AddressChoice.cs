using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Portals;

namespace Ums.Gateway.Pages.Admin.Contacts;

/// <summary>A page on which an operator searches for an address and chooses one of the matches.</summary>
internal abstract class AddressChoice(RecordAddressesClient addresses, Organisations organisations) : RecordPage
{
    [BindProperty]
    public string? Street { get; set; }

    [BindProperty]
    public string? Number { get; set; }

    [BindProperty]
    public string? Postcode { get; set; }

    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public string? AddressId { get; set; }

    /// <summary>Null until something has been searched for.</summary>
    public IReadOnlyList<Match>? Matches { get; private set; }

    /// <summary>Looks for what was typed among the organisation's own addresses.</summary>
    protected async Task SearchAsync()
    {
        var typed = new AddressTyped(Clean(Street), Clean(Number), Clean(Postcode), Clean(Place));
        if (typed.Street.Length is 0 or > 100)
        {
            Fail(nameof(Street), T["Skriv gatans eller gårdens namn."]);
        }
        foreach (var (field, value) in new[] { (nameof(Number), typed.Number), (nameof(Postcode), typed.Postcode) })
        {
            if (value.Length > 10)
            {
                Fail(field, T["Högst {0} tecken.", 10]);
            }
        }
        if (typed.Place.Length > 100)
        {
            Fail(nameof(Place), T["Högst {0} tecken.", 100]);
        }
        if (ModelState[nameof(Street)]?.Errors.Count > 0 || ModelState[nameof(Number)]?.Errors.Count > 0 || ModelState[nameof(Postcode)]?.Errors.Count > 0
            || ModelState[nameof(Place)]?.Errors.Count > 0)
        {
            return;
        }
        var organisation = await organisations.FindAsync(User.FindFirstValue(ServiceDefaults.Tokens.Claims.OrganisationSlug) ?? "", HttpContext.RequestAborted);
        var codes = organisation?.MunicipalityCodes ?? [];
        var answer = await addresses.MatchAsync(typed, codes, HttpContext.RequestAborted);
        if (answer.Problem is { } problem)
        {
            Fail(nameof(Street), problem.Status == 400 ? T["Adressen går inte att läsa. Kontrollera stavningen."] : Words.For(problem, T));
            return;
        }
        Matches = [.. answer.Value!.Matches.Where(match => codes.Length == 0 || codes.Contains(match.MunicipalityCode))];
    }
}
