using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.Sessions;
using Ums.ServiceDefaults.Phones;

namespace Ums.Gateway.Pages;

/// <summary>A page on which a code from a phone is typed: to sign in, or to prove a further number.</summary>
internal abstract class CodePage(IdentityClient identity, PendingPins pins) : PortalPage
{
    [BindProperty]
    public string? Code { get; set; }

    public PendingPin Pending { get; private set; } = null!;

    public bool ByVoice => Pending.Channel == "voice";

    /// <summary>A landline gets calls only.</summary>
    public bool Landline => PhoneNumber.TryParse(Pending.Phone, norwegian: true, out var number, out _) && number!.Kind == PhoneKind.Landline;

    protected IdentityClient Identity { get; } = identity;

    protected override bool KeepsTyped => true;

    protected abstract string Purpose { get; }

    protected bool ReadPending()
    {
        Pending = pins.Read(HttpContext, Purpose)!;
        return Pending is not null;
    }

    /// <summary>The digits that were sent, six or eight, however they were grouped when they were copied or typed.</summary>
    protected bool CodeIsReadable()
    {
        Code = new string([.. Clean(Code).Where(letter => !char.IsWhiteSpace(letter) && letter is not ('-' or '.'))]);
        if (Code.Length == Pending.Digits && Code.All(char.IsAsciiDigit))
        {
            return true;
        }
        Fail(nameof(Code), Code.Length == 0 ? T["Skriv koden som du har fått."] : Pending.Digits == 8 ? T["Koden är åtta siffror."] : T["Koden är sex siffror."]);
        Code = Code.Length > 12 ? "" : Code;
        return false;
    }

    protected IActionResult Refused(Problem problem)
    {
        Fail(nameof(Code), Words.For(problem, T));
        Code = "";
        ModelState.SetModelValue(nameof(Code), "", "");
        return Again(problem.Status == 429 ? 429 : 422);
    }

    protected async Task<IActionResult> ResendAsync(string? channel, string back)
    {
        var answer = await Identity.ResendAsync(Pending.Id, channel == "voice" ? "voice" : "sms", HttpContext.RequestAborted);
        if (answer.Problem is { } problem)
        {
            Fail("", Words.For(problem, T));
            return Again(problem.Status == 429 ? 429 : 422);
        }
        var sent = answer.Value!;
        pins.Write(HttpContext, Pending with { Id = sent.PinRequestId, Channel = sent.Channel, ExpiresAt = sent.ExpiresAt, ResendAfter = sent.ResendAfter, Digits = sent.Digits });
        return Go(back, sent.Channel == "voice" ? Texts.Key("Vi ringer dig nu och läser upp en ny kod.") : Texts.Key("En ny kod är på väg. Den förra gäller inte längre."));
    }
}
