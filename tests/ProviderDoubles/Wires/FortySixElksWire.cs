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
        if (path != "sms")
        {
            return new Refusal(404, "Not found");
        }
        if (authorisation != Basic)
        {
            return new Refusal(401, "API access requires Basic HTTP authentication");
        }
        var form = FormBody.Parse(body);
        handed = new Handed("sms", form.GetValueOrDefault("to", ""), form.GetValueOrDefault("from", ""), form.GetValueOrDefault("message", ""),
            form.GetValueOrDefault("whendelivered", ""));
        return !SenderPattern().IsMatch(handed.From) ? new Refusal(400, "Missing or invalid key from")
            : !PhonePattern().IsMatch(handed.To) ? new Refusal(400, "Missing or invalid key to")
            : handed.Text.Length == 0 ? new Refusal(400, "Missing key message")
            : null;
    }

    public override string NewId(string channel, long number) => $"{(channel == "sms" ? 's' : 'c')}{run}{number:x16}";

    /// <summary>The text is left out, as dontlog=message asks.</summary>
    public override byte[] Accepted(string id, in Handed handed) => JsonSerializer.SerializeToUtf8Bytes(new Sms(id, handed.To, handed.From), Web);

    public override string Error(int status) => status switch
    {
        429 => "Too many requests",
        503 => "Try later",
        500 => "Internal error",
        _ => "No",
    };

    public override HttpContent Report(LedgerEntry entry, string state)
    {
        var form = new Dictionary<string, string> { ["id"] = entry.Id, ["status"] = state };
        if (state == "delivered")
        {
            form["delivered"] = "2026-05-04T13:37:45.000000";
        }
        return new FormUrlEncodedContent(form);
    }

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private sealed record Sms(
        string Id, string To, string From, string Status = "created", string Direction = "outgoing", string Created = "2026-05-04T13:37:42.314100", int Parts = 1, int Cost = 5000);

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9]{0,10}|\+[1-9][0-9]{6,14})$")]
    private static partial Regex SenderPattern();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$")]
    private static partial Regex PhonePattern();
}
