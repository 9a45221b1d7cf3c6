using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Notifier.Speech;
using Ums.ServiceDefaults.Http;

namespace Ums.Notifier.Alerts;

/// <summary>What a call would say, as sound, before anybody is called. It is made as providers that play our sound get it; one that speaks itself has a voice of its own.</summary>
internal static class SpeakAlert
{
    private const int Longest = 2000;

    /// <param name="Texts">As they stand: what is said is the text for calls, else the SMS.</param>
    /// <param name="Acknowledge">Whether the call asks for a key.</param>
    public sealed record Request(AlertTexts? Texts, bool Acknowledge);

    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Handle(
        Request request, AlertCaller caller, OrganisationClient organisations, Clips clips, CancellationToken cancellationToken)
    {
        var texts = request.Texts;
        var fields = new (string Field, string? Text)[] { ("texts.sms", texts?.Sms), ("texts.smsEnglish", texts?.SmsEnglish), ("texts.voice", texts?.Voice), ("texts.voiceEnglish", texts?.VoiceEnglish) };
        if (texts is null || string.IsNullOrWhiteSpace(texts.Voice ?? texts.Sms))
        {
            return Problems.Invalid("texts.sms", "required");
        }
        if (Array.Find(fields, field => field.Text?.Length > Longest) is { Field: { } tooLong })
        {
            return Problems.Invalid(tooLong, "too-long");
        }
        if (await organisations.FindAsync(caller.Organisation, cancellationToken) is not { } sender)
        {
            return Problems.Problem(StatusCodes.Status503ServiceUnavailable, "identity-away", "The organisation's settings cannot be read just now. Try again in a moment.");
        }
        try
        {
            var phrases = AlertWords.Call(texts, sender.Name, test: false, request.Acknowledge);
            var sound = await clips.WholeAsync(phrases.SelectMany(phrase => Clip.Of(phrase.Language ?? sender.Language, phrase.Text, phrase.PauseAfter)), cancellationToken);
            return TypedResults.File(sound, "audio/wav");
        }
        catch (SpeechException)
        {
            return Problems.Problem(StatusCodes.Status503ServiceUnavailable, "no-speech", "Nothing can be said at the moment.");
        }
    }
}
