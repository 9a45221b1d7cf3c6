using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ums.ProviderDoubles.Ledger;

namespace Ums.ProviderDoubles.Wires;

/// <summary>Sinch: batches of SMS with a bearer token, and calls with Basic credentials, whose events are signed and go to one address.</summary>
public sealed partial class SinchWire : Wire
{
    public const string ServicePlanId = "plan0123456789";
    public const string ApiToken = "s-canary-of-a-token";
    public const string ApplicationKey = "669E367E-6BBA-48AB-AF15-266871C28135";
    public const string ApplicationSecret = "cy1jYW5hcnktb2YtYS1zZWNyZXQ=";

    private static readonly string Basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ApplicationKey}:{ApplicationSecret}"));

    private readonly string run = Guid.NewGuid().ToString("n")[..16];

    public override string Name => "sinch";

    public override string Root => "/";

    public override string ContentType => "application/json";

    public override int AcceptedStatus => 201;

    /// <summary>What the application has set as the address of its calls' events.</summary>
    public string EventsAddress { get; set; } = "";

    public override Refusal? Read(string path, string authorisation, ReadOnlySpan<byte> body, out Handed handed)
    {
        handed = default;
        var calls = path == "calling/v1/callouts";
        if (!calls && path != $"xms/v1/{ServicePlanId}/batches")
        {
            return Refuse(404, "not_found");
        }
        if (authorisation != (calls ? Basic : $"Bearer {ApiToken}"))
        {
            return Refuse(401, "unauthorized");
        }
        try
        {
            return calls ? ReadCallout(body, out handed) : ReadBatch(body, out handed);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            return Refuse(400, "syntax_invalid_json");
        }
    }

    public override string NewId(string channel, long number) => run + number.ToString("x10", CultureInfo.InvariantCulture);

    public override byte[] Accepted(string id, in Handed handed) => handed.Channel == "sms"
        ? JsonSerializer.SerializeToUtf8Bytes(new { id, to = new[] { handed.To }, from = handed.From, canceled = false, type = "mt_text" })
        : JsonSerializer.SerializeToUtf8Bytes(new { callId = id });

    public override string Error(int status) => """{"code": "unknown", "text": "No"}""";

    public override HttpContent? Report(LedgerEntry entry, string state)
    {
        if (entry.Channel == "sms")
        {
            var status = state switch { "delivered" => "Delivered", "failed" => "Failed", _ => "Dispatched" };
            return Json(new { type = "recipient_delivery_report_sms", batch_id = entry.Id, recipient = entry.To.TrimStart('+'), code = 0, status, at = "2026-05-04T13:37:45.000Z" });
        }
        return state == "sent"
            ? Json(new { @event = "ace", callid = entry.Id, version = 1 })
            : Json(new { @event = "dice", callid = entry.Id, reason = state == "failed" ? "NOANSWER" : "HANGUP", result = state == "failed" ? "NOANSWER" : "ANSWERED", version = 1, duration = 17 });
    }

    public override async Task<bool> CallAsync(LedgerEntry entry, ICall call)
    {
        if (!entry.Text.StartsWith('{') || call.Presses is null)
        {
            return true;
        }
        var options = JsonNode.Parse(entry.Text)!["action"]!["menus"]![0]!["options"]!.AsArray();
        var chosen = (string?)options.FirstOrDefault(option => (string?)option!["dtmf"] == call.Presses)?["action"];
        var result = chosen is null ? new { type = "timeout", value = "" } : new { type = "return", value = chosen["return(".Length..^1] };
        return await call.PostAsync(entry.Callback, Json(new { @event = "pie", callid = entry.Id, menuResult = result, version = 1 })) is not null;
    }

    public override void Sign(HttpRequestMessage report)
    {
        if (report.Content!.Headers.ContentType!.MediaType != "application/json" || report.RequestUri!.AbsolutePath is var path && !path.EndsWith("/sinch/calls", StringComparison.Ordinal))
        {
            return;
        }
        var timestamp = DateTimeOffset.UtcNow.ToString("o", CultureInfo.InvariantCulture);
        var body = report.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
        report.Headers.Add("x-timestamp", timestamp);
        report.Headers.TryAddWithoutValidation("Authorization", $"Application {ApplicationKey}:{Signature(report.Content.Headers.ContentType.ToString(), timestamp, path, body)}");
    }

#pragma warning disable CA5351 // Sinch's choice.
    public static string Signature(string type, string timestamp, string path, byte[] body) => Convert.ToBase64String(HMACSHA256.HashData(
        Convert.FromBase64String(ApplicationSecret),
        Encoding.UTF8.GetBytes(string.Join('\n', "POST", Convert.ToBase64String(MD5.HashData(body)), type, "x-timestamp:" + timestamp, path))));
#pragma warning restore CA5351

    private static Refusal? ReadBatch(ReadOnlySpan<byte> body, out Handed handed)
    {
        var batch = JsonNode.Parse(body)!;
        var text = (string)batch["body"]!;
        // Parameters in the text take their values.
        text = ParameterPattern().Replace(text, match => (string?)batch["parameters"]?[match.Groups[1].Value]?["default"] ?? "");
        handed = new Handed("sms", (string)batch["to"]!.AsArray().Single()!, (string)batch["from"]!, text, (string?)batch["callback_url"] ?? "");
        return !SenderPattern().IsMatch(handed.From) || !PhonePattern().IsMatch(handed.To) || text.Length is 0 or > 2000 ? Refuse(400, "syntax_invalid_parameter_format")
            : (string?)batch["delivery_report"] != "per_recipient" ? Refuse(400, "syntax_constraint_violation")
            : null;
    }

    private Refusal? ReadCallout(ReadOnlySpan<byte> body, out Handed handed)
    {
        var callout = JsonNode.Parse(body)!;
        if ((string)callout["method"]! == "ttsCallout")
        {
            var tts = callout["ttsCallout"]!;
            handed = new Handed("voice", (string)tts["destination"]!["endpoint"]!, (string)tts["cli"]!, (string)tts["text"]!, EventsAddress);
        }
        else
        {
            var custom = callout["customCallout"]!;
            var connect = JsonNode.Parse((string)custom["ice"]!)!["action"]!;
            handed = new Handed("voice", (string)connect["number"]!, (string)connect["cli"]!, (string)custom["ace"]!, EventsAddress);
        }
        return !PhonePattern().IsMatch(handed.From) || !PhonePattern().IsMatch(handed.To) || handed.Text.Length == 0 ? Refuse(400, "40001") : null;
    }

    private static ByteArrayContent Json(object value)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private static Refusal Refuse(int status, string code) => new(status, JsonSerializer.Serialize(new { code, text = "No" }));

    [GeneratedRegex(@"\$\{([a-z]+)\}")]
    private static partial Regex ParameterPattern();

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9]{0,10}|\+[1-9][0-9]{6,14})$")]
    private static partial Regex SenderPattern();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$")]
    private static partial Regex PhonePattern();
}
