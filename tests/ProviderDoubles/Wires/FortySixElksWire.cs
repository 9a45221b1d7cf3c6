using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ums.ProviderDoubles.Http;
using Ums.ProviderDoubles.Ledger;

namespace Ums.ProviderDoubles.Wires;

/// <summary>46elks, API <c>a1</c>: forms in, JSON out, Basic credentials, and a form per report.</summary>
public sealed partial class FortySixElksWire : Wire
{
    public const string Username = "u0123456789abcdef";
    public const string Password = "p-canary-of-a-password";

    private static readonly string Basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Username}:{Password}"));

    private readonly string run = Guid.NewGuid().ToString("n")[..16];

    public override string Name => "46elks";

    public override string Root => "/a1/";

    public override string ContentType => "application/json";

    public override Refusal? Read(string path, string authorisation, ReadOnlySpan<byte> body, out Handed handed)
    {
        handed = default;
        if (path is not ("sms" or "calls"))
        {
            return new Refusal(404, "Not found");
        }
        if (authorisation != Basic)
        {
            return new Refusal(401, "API access requires Basic HTTP authentication");
        }
        var form = FormBody.Parse(body);
        if (path == "calls")
        {
            return ReadCall(form, out handed);
        }
        handed = new Handed("sms", form.GetValueOrDefault("to", ""), form.GetValueOrDefault("from", ""), form.GetValueOrDefault("message", ""),
            form.GetValueOrDefault("whendelivered", ""));
        return !SenderPattern().IsMatch(handed.From) ? new Refusal(400, "Missing or invalid key from")
            : !PhonePattern().IsMatch(handed.To) ? new Refusal(400, "Missing or invalid key to")
            : handed.Text.Length == 0 ? new Refusal(400, "Missing key message")
            : null;
    }

    public override string NewId(string channel, long number) => $"{(channel == "sms" ? 's' : 'c')}{run}{number:x16}";

    /// <summary>The text is left out, as dontlog=message asks.</summary>
    public override byte[] Accepted(string id, in Handed handed) => handed.Channel == "sms"
        ? JsonSerializer.SerializeToUtf8Bytes(new Sms(id, handed.To, handed.From), Web)
        : JsonSerializer.SerializeToUtf8Bytes(new Call(id, handed.To, handed.From), Web);

    public override string Error(int status) => status switch
    {
        429 => "Too many requests",
        503 => "Try later",
        500 => "Internal error",
        _ => "No",
    };

    public override HttpContent Report(LedgerEntry entry, string state)
    {
        if (entry.Channel == "voice")
        {
            return new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["id"] = entry.Id, ["direction"] = "outgoing", ["to"] = entry.To, ["from"] = entry.From,
                ["state"] = state switch { "delivered" => "success", "failed" => "failed", _ => "ongoing" },
            });
        }
        var form = new Dictionary<string, string> { ["id"] = entry.Id, ["status"] = state };
        if (state == "delivered")
        {
            form["delivered"] = "2026-05-04T13:37:45.000000";
        }
        return new FormUrlEncodedContent(form);
    }

    /// <summary>From action to action, as the script has them within each other.</summary>
    public override async Task<bool> CallAsync(LedgerEntry entry, ICall call)
    {
        using var script = JsonDocument.Parse(entry.Text, new JsonDocumentOptions { MaxDepth = 256 });
        for (JsonElement? action = script.RootElement; action is { } now; action = now.TryGetProperty("next", out var next) ? next : null)
        {
            if (now.ValueKind == JsonValueKind.String)
            {
                using var result = new FormUrlEncodedContent(new Dictionary<string, string> { ["callid"] = entry.Id, ["result"] = call.Presses ?? "failed" });
                return await call.PostAsync(now.GetString()!, result) is not null;
            }
            if (!await call.PlayAsync((now.TryGetProperty("play", out var sound) ? sound : now.GetProperty("ivr")).GetString()!))
            {
                return false;
            }
        }
        return true;
    }

    private static Refusal? ReadCall(Dictionary<string, string> form, out Handed handed)
    {
        handed = new Handed("voice", form.GetValueOrDefault("to", ""), form.GetValueOrDefault("from", ""), form.GetValueOrDefault("voice_start", ""),
            form.GetValueOrDefault("whenhangup", ""));
        return !PhonePattern().IsMatch(handed.From) ? new Refusal(400, "Missing or invalid key from")
            : !PhonePattern().IsMatch(handed.To) ? new Refusal(400, "Missing or invalid key to")
            : !IsScript(handed.Text) ? new Refusal(400, "Missing or invalid key voice_start")
            : null;
    }

    private static bool IsScript(string text)
    {
        try
        {
            using var script = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 256 });
            return script.RootElement.ValueKind == JsonValueKind.Object && (script.RootElement.TryGetProperty("play", out _) || script.RootElement.TryGetProperty("ivr", out _));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private sealed record Sms(
        string Id, string To, string From, string Status = "created", string Direction = "outgoing", string Created = "2026-05-04T13:37:42.314100", int Parts = 1, int Cost = 5000);

    private sealed record Call(string Id, string To, string From, string State = "ongoing", string Direction = "outgoing", int Timeout = 45);

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9]{0,10}|\+[1-9][0-9]{6,14})$")]
    private static partial Regex SenderPattern();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$")]
    private static partial Regex PhonePattern();
}
