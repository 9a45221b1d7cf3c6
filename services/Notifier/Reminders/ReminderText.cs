using System.Globalization;
using Ums.Notifier.Providers;
using Ums.Notifier.Texts;

namespace Ums.Notifier.Reminders;

/// <summary>"Is this still right?", in the organisation's language. No link: the resident knows the portal, and whoever imitates us would have one.</summary>
internal static class ReminderText
{
    private static readonly TimeSpan BetweenSentences = TimeSpan.FromMilliseconds(800);
    private static readonly TimeZoneInfo Sweden = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    /// <summary>One part, whatever the organisation is called.</summary>
    public static Phrase[] Sms(string language, string organisation, DateTimeOffset answerBy)
    {
        var room = SmsText.OnePart - SmsText.Count(Words(language, "", answerBy)).Units;
        return [new Phrase(Words(language, GsmName.Fit(organisation, room), answerBy))];
    }

    public static Phrase[] Call(string language, string organisation, DateTimeOffset answerBy)
    {
        var (greeting, again, end) = Language.Of(language) switch
        {
            "en" => ("Hello.", "I repeat.", "Goodbye."),
            "nb" => ("Hei.", "Jeg gjentar.", "Ha det."),
            _ => ("Hej.", "Jag upprepar.", "Hej då."),
        };
        var message = new Phrase(Words(language, organisation, answerBy), BetweenSentences);
        return [new Phrase(greeting, BetweenSentences), message, new Phrase(again, BetweenSentences), message, new Phrase(end)];
    }

    private static string Words(string language, string organisation, DateTimeOffset answerBy)
    {
        var day = TimeZoneInfo.ConvertTime(answerBy, Sweden).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Language.Of(language) switch
        {
            "en" => $"{organisation}: Is your number for service alerts still right? Sign in to our portal and say yes by {day}. Otherwise we stop sending to it.",
            "nb" => $"{organisation}: Stemmer nummeret ditt for servicevarsler fortsatt? Logg inn i portalen vår og svar ja innen {day}. Ellers slutter vi å sende.",
            _ => $"{organisation}: Stämmer ditt nummer för servicebesked än? Logga in i vår portal och svara ja senast {day}. Annars slutar vi skicka till det.",
        };
    }
}
