using System.Text.Json;
using System.Text.Json.Nodes;
using Ums.Notifier.Speech;

namespace Ums.Notifier.Providers.FortySixElks;

/// <summary>What a call does, as 46elks is told: each action holds the one that follows it.</summary>
internal static class FortySixElksCall
{
    /// <summary>Each clip is one level.</summary>
    private static readonly JsonSerializerOptions Deep = new() { MaxDepth = 1000 };

    /// <summary>What it plays, in order.</summary>
    public static IEnumerable<Clip> Clips(OutboundMessage message) => message.Content.SelectMany(phrase => Clip.Of(phrase.Language ?? message.Language, phrase.Text, phrase.PauseAfter));

    public static string Script(OutboundMessage message, SpeechAddresses addresses)
    {
        JsonObject? next = message.Acknowledge ? Ask(message, addresses) : null;
        foreach (var clip in Clips(message).Reverse())
        {
            var play = new JsonObject { ["play"] = addresses.For(clip).AbsoluteUri };
            if (next is not null)
            {
                play["next"] = next;
            }
            next = play;
        }
        return next!.ToJsonString(Deep);
    }

    /// <summary>The key comes to the receipt address, whose empty answer ends the call.</summary>
    private static JsonObject Ask(OutboundMessage message, SpeechAddresses addresses) => new()
    {
        ["ivr"] = addresses.For(Acknowledgement.Clip(message.Language)).AbsoluteUri,
        ["digits"] = 1,
        ["timeout"] = 10,
        ["repeat"] = 2,
        ["next"] = message.ReceiptAddress.AbsoluteUri,
    };
}
