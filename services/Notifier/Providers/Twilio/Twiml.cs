using System.Globalization;
using System.Xml.Linq;
using Ums.Notifier.Speech;
using Ums.Notifier.Texts;

namespace Ums.Notifier.Providers.Twilio;

/// <summary>What a call does, in Twilio's markup.</summary>
internal static class Twiml
{
    public static string Of(OutboundMessage message)
    {
        var response = new XElement("Response");
        foreach (var phrase in message.Content)
        {
            response.Add(Say(phrase.Language ?? message.Language, phrase.Text));
            if (phrase.PauseAfter > TimeSpan.Zero)
            {
                response.Add(new XElement("Pause", new XAttribute("length", Math.Max(1, Math.Round(phrase.PauseAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture))));
            }
        }
        if (message.Acknowledge)
        {
            // The key comes to the receipt address, whose empty answer ends the call.
            response.Add(new XElement("Gather",
                new XAttribute("numDigits", 1), new XAttribute("timeout", 10), new XAttribute("action", message.ReceiptAddress.AbsoluteUri),
                Say(message.Language, Acknowledgement.Words(message.Language))));
        }
        return response.ToString(SaveOptions.DisableFormatting);
    }

    private static XElement Say(string language, string text)
    {
        var (locale, voice) = Language.Of(language) switch
        {
            "en" => ("en-GB", "Polly.Amy-Neural"),
            "nb" => ("nb-NO", "Polly.Ida-Neural"),
            _ => ("sv-SE", "Polly.Elin-Neural"),
        };
        return new XElement("Say", new XAttribute("language", locale), new XAttribute("voice", voice), Plain(text));
    }

    /// <summary>XML has no way to write most control characters, and nobody can say them.</summary>
    private static string Plain(string text) => string.Concat(text.Where(c => !char.IsControl(c) && c is not ('\uFFFE' or '\uFFFF')));
}
