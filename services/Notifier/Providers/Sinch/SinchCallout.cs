using System.Text.Json.Nodes;
using Ums.Notifier.Speech;
using Ums.Notifier.Texts;

namespace Ums.Notifier.Providers.Sinch;

/// <summary>A call as Sinch is asked for it: a text that is spoken, or a menu of one key where an acknowledgement is wanted.</summary>
internal static class SinchCallout
{
    /// <summary>What the menu's key returns.</summary>
    public const string Acknowledged = "acknowledged";

    public static JsonObject Of(OutboundMessage message, string from) => message.Acknowledge ? Asking(message, from) : Telling(message, from);

    private static JsonObject Telling(OutboundMessage message, string from) => new()
    {
        ["method"] = "ttsCallout",
        ["ttsCallout"] = new JsonObject
        {
            ["cli"] = from,
            ["destination"] = Number(message.To),
            ["text"] = message.Text,
            ["locale"] = Locale(message.Language),
            ["enableDice"] = true,
        },
    };

    private static JsonObject Asking(OutboundMessage message, string from)
    {
        var menu = new JsonObject
        {
            ["id"] = "main",
            ["mainPrompt"] = Prompt(Acknowledgement.Words(message.Language)),
            ["timeoutMills"] = 10_000,
            ["options"] = new JsonArray(new JsonObject { ["dtmf"] = Acknowledgement.Key, ["action"] = $"return({Acknowledged})" }),
        };
        var answered = new JsonObject
        {
            ["instructions"] = new JsonArray(new JsonObject { ["name"] = "say", ["text"] = message.Text, ["locale"] = Locale(message.Language) }),
            ["action"] = new JsonObject { ["name"] = "runMenu", ["locale"] = Locale(message.Language), ["menus"] = new JsonArray(menu) },
        };
        return new JsonObject
        {
            ["method"] = "customCallout",
            ["customCallout"] = new JsonObject
            {
                // Sinch takes these as texts of JSON.
                ["ice"] = new JsonObject { ["action"] = new JsonObject { ["name"] = "connectPstn", ["number"] = message.To, ["cli"] = from } }.ToJsonString(),
                ["ace"] = answered.ToJsonString(),
                ["enableDice"] = true,
            },
        };
    }

    private static JsonObject Number(string number) => new() { ["type"] = "number", ["endpoint"] = number };

    private static string Prompt(string text) => $"#tts[{text}]";

    private static string Locale(string language) => Language.Of(language) switch
    {
        "en" => "en-GB",
        "nb" => "nb-NO",
        _ => "sv-SE",
    };
}
