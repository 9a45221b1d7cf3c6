using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.Portals;
using Ums.Gateway.Sessions;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages;

/// <summary>For a number that nobody has registered: who you are and where you want to be warned.</summary>
[Authorize(Session.Policy)]
internal sealed class RegisterModel(ContactsClient contacts, AddressSearch search, Portal portal, TimeProvider clock) : AddressForm
{
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
    public string? NameHidden { get; set; }

    public bool IsCompany => User.FindFirstValue(Claims.Kind) == "company";

    public string Phone => Words.Phone(User.Required(Claims.PhoneNumber));

    public async Task<IActionResult> OnGetAsync() =>
        (await contacts.FindAsync(HttpContext.RequestAborted)).Ok ? LocalRedirect("/min-sida") : Page();

    public async Task<IActionResult> OnPostMatchesAsync()
    {
        await SearchAsync(search, (await portal.FindAsync())!);
        return ModelState.IsValid ? Page() : Again(Math.Max(Response.StatusCode, 422));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var organisation = (await portal.FindAsync())!;
        CheckPerson();
        if (string.IsNullOrEmpty(AddressId) || AddressId.Length > 64 || !ModelState.IsValid)
        {
            await SearchAsync(search, organisation);
            if (string.IsNullOrEmpty(AddressId) && Hits?.Inside.Count > 0)
            {
                Fail(nameof(AddressId), T["Välj din adress i listan."]);
            }
            return Again(Math.Max(Response.StatusCode, 422));
        }
        var answer = await contacts.RegisterAsync(
            new NewContact(
                Clean(GivenName), Clean(FamilyName), IsCompany ? null : Clean(BirthDate), IsCompany ? Clean(CompanyName) : null,
                IsCompany ? Clean(OrganisationNumber) : null, NameHidden == "true", AddressId),
            HttpContext.RequestAborted);
        if (answer.Ok)
        {
            return Go("/min-sida", Texts.Key("Klart! Du är registrerad."));
        }
        if (answer.Problem is { Slug: "already-registered" })
        {
            // A form that came twice is there as it was typed. Else somebody else was first, such as the register that was taken in meanwhile.
            var known = (await contacts.FindAsync(HttpContext.RequestAborted)).Value;
            return Go("/min-sida", known?.Addresses.Any(address => address.AddressId == AddressId) == true
                ? null
                : Texts.Key("Numret blev känt medan du skrev, så det du skrev är inte sparat. Här är uppgifterna som gäller: ändra det som inte stämmer."));
        }
        await ShowAsync(answer.Problem!, organisation);
        return Again();
    }

    private void CheckPerson()
    {
        CheckName(nameof(GivenName), GivenName, T["Skriv ditt förnamn."]);
        CheckName(nameof(FamilyName), FamilyName, T["Skriv ditt efternamn."]);
        if (IsCompany)
        {
            CheckName(nameof(CompanyName), CompanyName, T["Skriv företagets namn."]);
            if (Clean(OrganisationNumber).Count(char.IsAsciiDigit) != 10 || Clean(OrganisationNumber).Length > 13)
            {
                Fail(nameof(OrganisationNumber), T["Organisationsnumret är tio siffror, till exempel 556036-0793."]);
            }
            return;
        }
        BirthDate = Clean(BirthDate).Replace("-", "", StringComparison.Ordinal);
        var today = DateOnly.FromDateTime(clock.GetLocalNow().DateTime);
        if (!DateOnly.TryParseExact(BirthDate, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born) || born > today || born.Year < 1900)
        {
            Fail(nameof(BirthDate), T["Skriv födelsedatumet med åtta siffror, till exempel 19840521."]);
        }
    }

    private void CheckName(string field, string? value, string missing)
    {
        if (Clean(value).Length == 0)
        {
            Fail(field, missing);
        }
        CheckLength(field, Clean(value), 100);
    }

    private async Task ShowAsync(Problem problem, Organisation organisation)
    {
        if (problem.Slug == "under-16")
        {
            await SearchAsync(search, organisation);
            Fail(nameof(BirthDate), Words.For(problem, T));
            return;
        }
        if (problem.Slug != "validation")
        {
            await ExplainAsync(problem, search, organisation);
            return;
        }
        await SearchAsync(search, organisation);
        foreach (var field in problem.Extension<Dictionary<string, string[]>>("errors")?.Keys ?? Enumerable.Empty<string>())
        {
            Fail(field.Length > 0 ? char.ToUpperInvariant(field[0]) + field[1..] : "", T["Uppgiften går inte att läsa. Kontrollera den."]);
        }
        if (ModelState.IsValid)
        {
            Fail("", Words.For(problem, T));
        }
    }
}
