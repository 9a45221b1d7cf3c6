using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.Sessions;

namespace Ums.Gateway.Pages;

/// <summary>The code that went to a new number.</summary>
[Authorize(Session.Policy), SignsIn]
internal sealed class NumberCodeModel(IdentityClient identity, ContactsClient contacts, PendingPins pins) : CodePage(identity, pins)
{
    protected override string Purpose => PendingPin.AddPhone;

    public IActionResult OnGet() => ReadPending() ? Page() : LocalRedirect("/min-sida");

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ReadPending())
        {
            return LocalRedirect("/min-sida");
        }
        if (!CodeIsReadable())
        {
            return Again();
        }
        var proof = await Identity.ExchangeAsync(Pending.Id, Code!, HttpContext.RequestAborted);
        if (proof.Problem is { } refused)
        {
            return Refused(refused);
        }
        var added = await contacts.AddPhoneAsync(proof.Value!.AccessToken, Pending.Replaces, HttpContext.RequestAborted);
        PendingPins.Forget(HttpContext);
        return added.Ok
            ? Go("/min-sida", Pending.Replaces is null ? Texts.Key("Numret är tillagt.") : Texts.Key("Numret är bytt."))
            : Go("/min-sida", added.Problem!.Slug == "phone-taken" ? Texts.Key("Numret var redan registrerat.") : Texts.Key("Numret kunde inte läggas till. Försök igen."));
    }

    public async Task<IActionResult> OnPostResendAsync(string? channel) => ReadPending() ? await ResendAsync(channel, "/nummer/kod") : LocalRedirect("/min-sida");
}
