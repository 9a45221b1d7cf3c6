using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.Sessions;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages;

/// <summary>Min sida: where one is warned, and everything that can be changed about that. Every change is a form of its own.</summary>
[Authorize(Session.Policy)]
internal sealed class MyModel(ContactsClient contacts, TimeProvider clock) : PortalPage
{
    /// <summary>Whoever comes by themselves is asked sooner than by a message.</summary>
    private const int AskAfterMonths = 12;

    public Contact Contact { get; private set; } = null!;

    public IEnumerable<ContactAddress> Addresses => Contact.Addresses.OrderByDescending(address => address.Main).ThenBy(address => address.Id);

    public IEnumerable<ContactPhone> Phones => Contact.Phones.OrderByDescending(phone => phone.SignedIn).ThenBy(phone => phone.Id);

    public int On => Contact.IsPassive ? 0 : Contact.Addresses.Count(address => address.Alerts);

    /// <summary>It is time to ask whether the entry is still right.</summary>
    public bool Asks => Contact is { IsPassive: false, Confirmation: { } word } && (word.RemindedAt is not null || word.ConfirmedAt.AddMonths(AskAfterMonths) <= clock.GetUtcNow());

    /// <summary>Null where the name is masked, as it is for entries that come from the public register.</summary>
    public string? FirstName => Contact.GivenName is { Length: > 0 } name && name.All(letter => char.IsLetter(letter) || letter is ' ' or '-' or '\'') ? name : null;

    public async Task<IActionResult> OnGetAsync()
    {
        var answer = await contacts.FindAsync(HttpContext.RequestAborted);
        if (answer.Problem is { Status: 404 })
        {
            return LocalRedirect("/registrera");
        }
        Contact = answer.Value ?? throw new ServiceAwayException("Contacts");
        return Page();
    }

    public async Task<IActionResult> OnGetExportAsync()
    {
        var answer = await contacts.ExportAsync(HttpContext.RequestAborted);
        return answer.Ok ? File(answer.Value!, "application/json", "mina-uppgifter.json") : LocalRedirect("/min-sida");
    }

    public async Task<IActionResult> OnPostAlertsAsync(Guid id, string? enabled) =>
        Done(await contacts.SwitchAlertsAsync(id, enabled == "true", HttpContext.RequestAborted), null);

    public async Task<IActionResult> OnPostMainAsync(Guid id) => Done(await contacts.MakeMainAsync(id, HttpContext.RequestAborted), Texts.Key("Huvudadressen är ändrad."));

    public async Task<IActionResult> OnPostRemoveAddressAsync(Guid id) => Done(await contacts.RemoveAddressAsync(id, HttpContext.RequestAborted), Texts.Key("Adressen är borttagen."));

    public async Task<IActionResult> OnPostRemovePhoneAsync(Guid id) => Done(await contacts.RemovePhoneAsync(id, HttpContext.RequestAborted), Texts.Key("Numret är borttaget."));

    public async Task<IActionResult> OnPostConfirmAsync() =>
        Done(await contacts.ConfirmAsync(HttpContext.RequestAborted), Texts.Key("Tack. Vi fortsätter att nå dig så här."));

    public async Task<IActionResult> OnPostNameAsync(string? hidden) =>
        Done(await contacts.HideNameAsync(hidden == "true", HttpContext.RequestAborted), hidden == "true" ? Texts.Key("Ditt namn är dolt.") : Texts.Key("Ditt namn visas igen."));

    /// <summary>What can be sent as a warning: texts to mobiles, calls to landlines where a text does not arrive.</summary>
    public string HowReached()
    {
        var mobiles = Listed(Contact.Phones.Where(phone => phone.IsMobile));
        var landlines = Listed(Contact.Phones.Where(phone => !phone.IsMobile));
        return (mobiles, landlines) switch
        {
            ("", "") => T["Inget nummer är registrerat."],
            (_, "") => T["Sms till {0}.", mobiles],
            ("", _) => T["Samtal till {0}.", landlines],
            _ => T["Sms till {0}. Samtal till {1} om sms inte når fram.", mobiles, landlines],
        };
    }

    public string WhereWarned() => Contact.IsPassive ? T["Du blir inte varnad: din uppgift är vilande"] : (On, Contact.Addresses.Length) switch
    {
        (_, 0) => T["Du har ingen adress att bli varnad på"],
        (0, 1) => T["Du blir inte varnad på din adress"],
        (0, _) => T["Du blir inte varnad på någon adress"],
        (1, 1) => T["Du blir varnad på din adress"],
        var (on, all) when on == all => T["Du blir varnad på alla dina {0} adresser", all],
        var (on, all) => T["Du blir varnad på {0} av {1} adresser", on, all],
    };

    public string WhatIAm => Contact.IsCompany ? T["Företag"] : T["Privatperson"];

    public string Source => (Contact.Source, Contact.IsNew) switch
    {
        ("publicRegister", _) => T["Källa: Offentligt register"],
        (_, true) => T["Källa: Tilläggsregistret (ny)"],
        _ => T["Källa: Tilläggsregistret"],
    };

    /// <summary>A landline that nobody signed in with may stand beside the number that somebody did.</summary>
    public bool IsCurrent(ContactPhone phone) => phone.SignedIn || phone.Number == User.FindFirstValue(Claims.PhoneNumber);

    private LocalRedirectResult Done(Answer<object> answer, string? notice) => answer.Problem switch
    {
        null => Go("/min-sida", notice),
        { Slug: "not-registered" } => LocalRedirect("/registrera"),
        var problem => Refuse(problem),
    };

    private LocalRedirectResult Refuse(Problem problem)
    {
        TempData["refusal"] = Words.For(problem, T);
        return LocalRedirect("/min-sida");
    }

    private static string Listed(IEnumerable<ContactPhone> phones) => string.Join(", ", phones.Select(phone => Words.Phone(phone.Number)));
}
