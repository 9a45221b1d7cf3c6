using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.OperatorSessions;

namespace Ums.Gateway.Pages.Admin.Contacts;

/// <summary>A person's card. Each small change is a form that carries the version that was looked at; what came between is said and nothing is lost.</summary>
[Authorize(OperatorSession.Policy)]
internal sealed class CardModel(RecordsClient records, OrganisationClient identity) : RecordPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>That the operator has seen.</summary>
    [BindProperty]
    public long Version { get; set; }

    /// <summary>To be added.</summary>
    [BindProperty(Name = "number")]
    public string? Number { get; set; }

    public PersonCard Card { get; private set; } = null!;

    public Colleagues Colleagues { get; private set; } = Colleagues.None;

    public bool MayChange => MayWrite && Card.Restriction is null;

    public string Title => RecordTerms.Name(Card.CompanyName, Card.GivenName, Card.FamilyName, Card.Masked, T);

    // The small forms hold nothing that would be lost.
    protected override bool KeepsTyped => false;

    public async Task<IActionResult> OnGetAsync()
    {
        var answer = await records.FindAsync(Id, HttpContext.RequestAborted);
        if (answer.Value is not { } card)
        {
            return NotThere(answer.Problem!);
        }
        (Card, Colleagues) = (card, await Colleagues.ReadAsync(identity, User, HttpContext.RequestAborted));
        return Page();
    }

    public async Task<IActionResult> OnPostPhoneAsync() =>
        ToCard(Id, (await records.AddPhoneAsync(Id, Version, Clean(Number), HttpContext.RequestAborted)).Problem, Texts.Key("Numret är tillagt."));

    public async Task<IActionResult> OnPostRemovePhoneAsync(Guid phone) =>
        ToCard(Id, (await records.RemovePhoneAsync(Id, Version, phone, HttpContext.RequestAborted)).Problem, Texts.Key("Numret är borttaget."));

    public async Task<IActionResult> OnPostRemoveAddressAsync(Guid address) =>
        ToCard(Id, (await records.RemoveAddressAsync(Id, Version, address, HttpContext.RequestAborted)).Problem, Texts.Key("Adressen är borttagen."));

    public async Task<IActionResult> OnPostMainAsync(Guid address) =>
        ToCard(Id, (await records.MakeMainAsync(Id, Version, address, HttpContext.RequestAborted)).Problem, Texts.Key("Huvudadressen är ändrad."));

    public async Task<IActionResult> OnPostAlertsAsync(Guid address, string? enabled) =>
        ToCard(Id, (await records.SwitchAlertsAsync(Id, Version, address, enabled == "true", HttpContext.RequestAborted)).Problem,
            enabled == "true" ? Texts.Key("Varningar är på för adressen.") : Texts.Key("Varningar är av för adressen."));
}
