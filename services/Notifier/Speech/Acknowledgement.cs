using Ums.Notifier.Texts;

namespace Ums.Notifier.Speech;

/// <summary>The words that ask for a keypress at the end of a call.</summary>
internal static class Acknowledgement
{
    public const string Key = "1";

    public static string Words(string language) => Language.Of(language) switch
    {
        "en" => "Press 1 to confirm that you have heard the message.",
        "nb" => "Trykk 1 for å bekrefte at du har hørt meldingen.",
        _ => "Tryck 1 för att bekräfta att du har hört meddelandet.",
    };

    public static Clip Clip(string language) => new(Language.Of(language), Words(language), 0);
}
