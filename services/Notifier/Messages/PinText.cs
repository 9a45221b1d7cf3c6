using Ums.Notifier.Providers;
using Ums.Notifier.Texts;

namespace Ums.Notifier.Messages;

/// <summary>The words around a PIN, in the organisation's language: Swedish, English or Norwegian.</summary>
internal static class PinText
{
    private static readonly TimeSpan BetweenSentences = TimeSpan.FromMilliseconds(800);

    /// <summary>Long enough to write a digit down.</summary>
    private static readonly TimeSpan BetweenDigits = TimeSpan.FromMilliseconds(1200);

    /// <summary>One part, whatever the organisation is called: a long name is cut, and one in other letters written in those of GSM-7.</summary>
    /// <param name="host">The portal's host. The last line binds the code to it, so that telephones offer the code there and nowhere else.</param>
    public static Phrase[] Sms(string language, string organisation, string pin, TimeSpan left, string host)
    {
        var room = SmsText.OnePart - SmsText.Count(Sms(language, "", pin, Minutes(left), host)).Units;
        return [new Phrase(Sms(language, GsmName.Fit(organisation, room), pin, Minutes(left), host))];
    }

    private static string Sms(string language, string organisation, string pin, int minutes, string host)
    {
        var text = Language.Of(language) switch
        {
            "en" => $"Your PIN code for {organisation} is {pin}. The code is valid for {minutes} {(minutes == 1 ? "minute" : "minutes")}. Never give the code to anyone.",
            "nb" => $"Din PIN-kode til {organisation} er {pin}. Koden gjelder i {minutes} {(minutes == 1 ? "minutt" : "minutter")}. Gi aldri koden til noen.",
            _ => $"Din PIN-kod till {organisation} är {pin}. Koden gäller i {minutes} {(minutes == 1 ? "minut" : "minuter")}. Lämna aldrig ut koden.",
        };
        return $"{text}\n\n@{host} #{pin}";
    }

    /// <summary>What a call says: the digits one by one, twice, each with time to write it down.</summary>
    public static Phrase[] Call(string language, string organisation, string pin, TimeSpan left)
    {
        var minutes = Minutes(left);
        var (greeting, code, again, end) = Language.Of(language) switch
        {
            "en" => ($"Hello. This is a call from {organisation}.", "Your PIN code is:", "I repeat. Your PIN code is:",
                $"The code is valid for {minutes} {(minutes == 1 ? "minute" : "minutes")}. Never give the code to anyone. Goodbye."),
            "nb" => ($"Hei. Dette er en samtale fra {organisation}.", "Din PIN-kode er:", "Jeg gjentar. Din PIN-kode er:",
                $"Koden gjelder i {minutes} {(minutes == 1 ? "minutt" : "minutter")}. Gi aldri koden til noen. Ha det."),
            _ => ($"Hej. Det här är ett samtal från {organisation}.", "Din PIN-kod är:", "Jag upprepar. Din PIN-kod är:",
                $"Koden gäller i {minutes} {(minutes == 1 ? "minut" : "minuter")}. Lämna aldrig ut koden. Hej då."),
        };
        return
        [
            new Phrase(greeting, BetweenSentences), new Phrase(code, BetweenSentences), .. Digits(pin),
            new Phrase(again, BetweenSentences), .. Digits(pin), new Phrase(end),
        ];
    }

    private static IEnumerable<Phrase> Digits(string pin) =>
        pin.Select((digit, i) => i < pin.Length - 1 ? new Phrase($"{digit},", BetweenDigits) : new Phrase($"{digit}.", BetweenSentences));

    /// <summary>A code that was delayed on the way says the time that it still has.</summary>
    private static int Minutes(TimeSpan left) => Math.Max(1, (int)Math.Round(left.TotalMinutes));
}
