using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ums.ProviderDoubles.Http;
using Ums.ProviderDoubles.Ledger;

namespace Ums.ProviderDoubles.Wires;

/// <summary>Twilio, API of 2010: forms in, JSON out, Basic credentials, and a signed form per report.</summary>
public sealed partial class TwilioWire : Wire
{
    public const string AccountSid = "AC0123456789abcdef0123456789abcdef";
    public const string AuthToken = "t-canary-of-a-token";

    private const int LongestBody = 1600;
    private const int LongestScript = 4000;

    private static readonly string Basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{AccountSid}:{AuthToken}"));

    private readonly string run = Guid.NewGuid().ToString("n")[..16];

    public override string Name => "twilio";

    public override string Root => "/";

    public override string ContentType => "application/json";

    public override int AcceptedStatus => 201;

    public override Refusal? Read(string path, string authorisation, ReadOnlySpan<byte> body, out Handed handed)
    {
        handed = default;
        var calls = path == $"2010-04-01/Accounts/{AccountSid}/Calls.json";
        if (!calls && path != $"2010-04-01/Accounts/{AccountSid}/Messages.json")
        {
            return Refuse(404, 20404, "The requested resource was not found");
        }
        if (authorisation != Basic)
        {
            return Refuse(401, 20003, "Authenticate");
        }
        var form = FormBody.Parse(body);
        handed = new Handed(calls ? "voice" : "sms", form.GetValueOrDefault("To", ""), form.GetValueOrDefault("From", ""), form.GetValueOrDefault(calls ? "Twiml" : "Body", ""),
            form.GetValueOrDefault("StatusCallback", ""));
        return !PhonePattern().IsMatch(handed.To) ? Refuse(400, 21211, "The 'To' number is not a valid phone number")
            : !(calls ? PhonePattern() : SenderPattern()).IsMatch(handed.From) ? Refuse(400, 21212, "The 'From' number is not valid")
            : calls ? (IsScript(handed.Text) ? null : Refuse(400, 21205, "Twiml is not valid"))
            : handed.Text.Length is 0 or > LongestBody ? Refuse(400, 21617, "The concatenated message body exceeds the 1600 character limit")
            : form.TryGetValue("ValidityPeriod", out var period) && !(int.TryParse(period, out var seconds) && seconds is >= 1 and <= 36_000) ? Refuse(400, 21626, "Invalid ValidityPeriod")
            : null;
    }

    public override string NewId(string channel, long number) => $"{(channel == "sms" ? "SM" : "CA")}{run}{number:x16}";

    public override byte[] Accepted(string id, in Handed handed) => JsonSerializer.SerializeToUtf8Bytes(handed.Channel == "sms"
        ? new { sid = id, status = "queued", num_segments = "1", error_code = (int?)null, to = handed.To, from = handed.From }
        : new { sid = id, status = "queued", num_segments = "", error_code = (int?)null, to = handed.To, from = handed.From });

    public override string Error(int status) => $$"""{"code": 20{{status}}, "message": "No", "status": {{status}}}""";

    public override HttpContent Report(LedgerEntry entry, string state) => new FormUrlEncodedContent(entry.Channel == "sms"
        ? new Dictionary<string, string>
        {
            ["MessageSid"] = entry.Id, ["MessageStatus"] = state == "failed" ? "undelivered" : state, ["AccountSid"] = AccountSid, ["To"] = entry.To, ["From"] = entry.From,
        }
        : new Dictionary<string, string>
        {
            ["CallSid"] = entry.Id, ["CallStatus"] = state switch { "delivered" => "completed", "failed" => "no-answer", _ => "ringing" }, ["AccountSid"] = AccountSid, ["To"] = entry.To,
        });

    public override async Task<bool> CallAsync(LedgerEntry entry, ICall call)
    {
        var action = XDocument.Parse(entry.Text).Descendants("Gather").Attributes("action").FirstOrDefault()?.Value;
        if (action is null || call.Presses is null)
        {
            return true;
        }
        using var pressed = new FormUrlEncodedContent(new Dictionary<string, string> { ["CallSid"] = entry.Id, ["CallStatus"] = "in-progress", ["Digits"] = call.Presses });
        return await call.PostAsync(action, pressed) is not null;
    }

    public override void Sign(HttpRequestMessage report)
    {
        var body = report.Content!.ReadAsStringAsync().GetAwaiter().GetResult();
        report.Headers.Add("X-Twilio-Signature", Signature(report.RequestUri!.AbsoluteUri, FormBody.Parse(Encoding.UTF8.GetBytes(body))));
    }

#pragma warning disable CA5350 // Twilio's choice.
    public static string Signature(string address, IReadOnlyDictionary<string, string> form) => Convert.ToBase64String(HMACSHA1.HashData(
        Encoding.UTF8.GetBytes(AuthToken),
        Encoding.UTF8.GetBytes(address + string.Concat(form.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => field.Key + field.Value)))));
#pragma warning restore CA5350

    private static bool IsScript(string text)
    {
        try
        {
            return text.Length <= LongestScript && XDocument.Parse(text).Root is { Name.LocalName: "Response" } root
                && root.Descendants().All(verb => verb.Name.LocalName is "Say" or "Pause" or "Gather");
        }
        catch (System.Xml.XmlException)
        {
            return false;
        }
    }

    private static Refusal Refuse(int status, int code, string says) => new(status, JsonSerializer.Serialize(new { code, message = says, status }));

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9]{0,10}|\+[1-9][0-9]{6,14})$")]
    private static partial Regex SenderPattern();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$")]
    private static partial Regex PhonePattern();
}
