using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;

namespace Ums.Gateway.Pages;

/// <summary>A page on which an address is searched for and chosen: the registration, and one more address.</summary>
internal abstract class AddressForm : PortalPage
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
    public Hits? Hits { get; private set; }

    protected override bool KeepsTyped => true;

    /// <summary>Searches for what was typed; says beside the fields what stood in the way.</summary>
    protected async Task SearchAsync(AddressSearch search, Organisation organisation)
    {
        var typed = new AddressTyped(Clean(Street), Clean(Number), Clean(Postcode), Clean(Place));
        if (typed.Street.Length == 0)
        {
            Fail(nameof(Street), T["Skriv gatans eller gårdens namn."]);
        }
        CheckLength(nameof(Street), typed.Street, 100);
        CheckLength(nameof(Number), typed.Number, 10);
        CheckLength(nameof(Postcode), typed.Postcode, 10);
        CheckLength(nameof(Place), typed.Place, 100);
        if (ModelState[nameof(Street)]?.Errors.Count > 0 || ModelState[nameof(Number)]?.Errors.Count > 0
            || ModelState[nameof(Postcode)]?.Errors.Count > 0 || ModelState[nameof(Place)]?.Errors.Count > 0)
        {
            return;
        }
        try
        {
            var answer = await search.FindAsync(typed, organisation, HttpContext.RequestAborted);
            Hits = answer.Value;
            if (answer.Problem is { } problem)
            {
                Fail(nameof(Street), problem.Status == 400 ? T["Adressen går inte att läsa. Kontrollera stavningen."] : Words.For(problem, T));
            }
        }
        catch (ServiceAwayException away)
        {
            Fail("", Words.Away(away.Service, T));
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    /// <summary>Says why the address that was chosen could not be taken.</summary>
    protected async Task ExplainAsync(Problem problem, AddressSearch search, Organisation organisation)
    {
        await SearchAsync(search, organisation);
        Fail(nameof(AddressId), problem.Slug == "address-outside-organisation"
            ? T["Adressen ligger utanför {0}. Gå in på den kommunens eller det bolagets egen portal och lägg till den där.", organisation.Name]
            : Words.For(problem, T));
    }

    protected void CheckLength(string field, string value, int most)
    {
        if (value.Length > most)
        {
            Fail(field, T["Högst {0} tecken.", most]);
        }
    }
}
