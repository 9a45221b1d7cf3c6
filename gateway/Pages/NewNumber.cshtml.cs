using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Sessions;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages;

/// <summary>A further number, or one in the place of another. A code to the new number proves that it is the resident's.</summary>
[Authorize(Session.Policy), SignsIn]
internal sealed class NewNumberModel(IdentityClient identity, PendingPins pins) : PortalPage
{
    [BindProperty]
    public string? Phone { get; set; }

    /// <summary>The number to replace, if any.</summary>
    [BindProperty(Name = "byt", SupportsGet = true)]
    public string? Replaces { get; set; }

    protected override bool KeepsTyped => true;

    public async Task<IActionResult> OnPostAsync()
    {
        Phone = Clean(Phone);
        if (Phone.Length is 0 or > 40)
        {
            Fail(nameof(Phone), Phone.Length == 0 ? T["Skriv telefonnumret."] : T["Numret går inte att läsa. Skriv det som 070-123 45 67 eller 08-123 456 78."]);
            return Again();
        }
        var slug = User.Required(Claims.OrganisationSlug);
        var bearer = (await HttpContext.GetTokenAsync(Session.Scheme, Session.AccessToken))!;
        var answer = await identity.RequestProofAsync(slug, Phone, User.FindFirstValue(Claims.Kind) ?? "private", bearer, HttpContext.RequestAborted);
        if (answer.Problem is { } problem)
        {
            Fail(nameof(Phone), Words.For(problem, T));
            return Again(problem.Status == 429 ? 429 : 422);
        }
        var sent = answer.Value!;
        pins.Write(HttpContext, new PendingPin(
            sent.PinRequestId, slug, Phone, "", sent.Channel, sent.ExpiresAt, sent.ResendAfter, PendingPin.AddPhone,
            Guid.TryParse(Replaces, out var replaces) ? replaces : null, sent.Digits));
        return LocalRedirect("/nummer/kod");
    }
}
