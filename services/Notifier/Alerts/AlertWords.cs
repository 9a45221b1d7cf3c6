using Ums.Notifier.Providers;
using Ums.Notifier.Texts;

namespace Ums.Notifier.Alerts;

/// <summary>What an alert says, as a message and as a call. A test says first of all that it is one, in a way that no live alert can.</summary>
internal static class AlertWords
{
    public const string TestSms = "TEST, ingen verklig varning:\n";

    /// <summary>Leaves room for one in a text that has none yet.</summary>
    public const string UsualCodeLine = $"Äkta? Skriv {AlertCode.Unknown} i vår portal.";

    private const string TestCall = "Detta är ett test. Det är ingen verklig varning.";
    private const string TestCallEnd = "Detta var ett test.";

    private static readonly TimeSpan BetweenSentences = TimeSpan.FromMilliseconds(800);

    /// <param name="codeLine">Stands last.</param>
    public static string Sms(AlertTexts texts, bool test, string? codeLine)
    {
        var text = texts.SmsEnglish is { Length: > 0 } english ? $"{texts.Sms}\n\n{english}" : texts.Sms;
        return (test ? TestSms : "") + Signed(text, codeLine);
    }

    public static string Signed(string text, string? codeLine) => codeLine is null ? text : $"{text}\n{codeLine}";

    /// <summary>The message twice, because who answers seldom hears the first words.</summary>
    public static IReadOnlyList<Phrase> Call(AlertTexts texts, string organisation, bool test, bool acknowledge)
    {
        var message = Message(texts).ToList();
        return
        [
            .. test ? [new Phrase(TestCall, BetweenSentences)] : Array.Empty<Phrase>(),
            new Phrase($"Hej. Det här är ett meddelande från {organisation}.", BetweenSentences),
            .. message,
            new Phrase("Jag upprepar.", BetweenSentences),
            .. message,
            .. test ? [new Phrase(TestCallEnd, BetweenSentences)] : Array.Empty<Phrase>(),
            new Phrase(acknowledge ? "Tryck 1 för att bekräfta att du har hört meddelandet." : "Hej då."),
        ];
    }

    public static SmsSize Size(AlertTexts texts, bool test, string? codeLine) => SmsText.Count(Sms(texts, test, codeLine));

    private static IEnumerable<Phrase> Message(AlertTexts texts)
    {
        yield return new Phrase(texts.Voice ?? texts.Sms, BetweenSentences);
        if ((texts.VoiceEnglish ?? texts.SmsEnglish) is { Length: > 0 } english)
        {
            yield return new Phrase(english, BetweenSentences, "en");
        }
    }
}
