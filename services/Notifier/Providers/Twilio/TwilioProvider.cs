using System.Globalization;
using System.Text.Json;
using Ums.Notifier.Providers.Http;
using Ums.Notifier.Speech;

namespace Ums.Notifier.Providers.Twilio;

/// <summary>Twilio, by its API of 2010: SMS, and calls in its own Swedish voice. Its reports are signed.</summary>
internal sealed class TwilioProvider(IHttpClientFactory clients, TwilioOptions options, ReceiptAddresses addresses, TimeProvider clock) : IMessageProvider
{
    public const string ProviderName = "twilio";

    private const int LongestText = 1600;
    private const int LongestScript = 4000;

    /// <summary>The longest that Twilio tries to deliver, in seconds.</summary>
    private const int LongestValidity = 36_000;

    private readonly ProviderHttp http = new(clients, ProviderName, clock);

    public string Name => ProviderName;

    public DateTimeOffset QuietUntil => http.QuietUntil;

    public bool Carries(Channel channel) => channel == Channel.Sms || options.CallerId.Length > 0;

    public async Task<ProviderAnswer> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        if (!Carries(message.Channel))
        {
            return new ProviderAnswer.NotSent("not-supported", Again: false);
        }
        var form = message.Channel == Channel.Sms ? Sms(message) : Call(message);
        if (form.GetValueOrDefault("Body", "").Length > LongestText || form.GetValueOrDefault("Twiml", "").Length > LongestScript)
        {
            return new ProviderAnswer.NotSent("too-long", Again: false);
        }
        using var content = new FormUrlEncodedContent(form);
        var what = message.Channel == Channel.Sms ? "Messages" : "Calls";
        return await http.PostAsync(new Uri($"2010-04-01/Accounts/{options.AccountSid}/{what}.json", UriKind.Relative), content, Read, cancellationToken);
    }

    public async Task<Receipt?> ReadReceiptAsync(HttpRequest request, CancellationToken cancellationToken) =>
        await ReceiptForm.ReadAsync(request, cancellationToken) is { } form
        && TwilioSignature.IsGenuine(options.AuthToken, addresses.Public(request.Path), form, request.Headers["X-Twilio-Signature"].ToString())
            ? OfKeypress(form["Digits"]) ?? OfSms(form["MessageStatus"]) ?? OfCall(form["CallStatus"])
            : null;

    private Dictionary<string, string> Sms(OutboundMessage message)
    {
        var form = new Dictionary<string, string>
        {
            ["To"] = message.To,
            ["From"] = SenderId.Of(message.From, options.Sender),
            ["Body"] = message.Text,
            ["StatusCallback"] = message.ReceiptAddress.AbsoluteUri,
            // A stale PIN, or a warning of what is over, is better not delivered.
            ["ValidityPeriod"] = Math.Clamp((int)(message.ExpiresAt - clock.GetUtcNow()).TotalSeconds, 1, LongestValidity).ToString(CultureInfo.InvariantCulture),
        };
        if (options.Discard)
        {
            (form["ContentRetention"], form["AddressRetention"]) = ("discard", "obfuscate");
        }
        return form;
    }

    private Dictionary<string, string> Call(OutboundMessage message) => new()
    {
        ["To"] = message.To,
        ["From"] = SenderId.IsNumber(message.From) ? message.From : options.CallerId,
        ["Twiml"] = Twiml.Of(message),
        ["StatusCallback"] = message.ReceiptAddress.AbsoluteUri,
        ["Timeout"] = "45",
    };

    private static ProviderAnswer Read(byte[] body) => JsonSerializer.Deserialize<Taken>(body, JsonSerializerOptions.Web) switch
    {
        { Status: "failed" or "undelivered" or "canceled" } => ProviderAnswer.Refused,
        var taken => ProviderAnswer.Under(taken?.Sid),
    };

    private static Receipt? OfSms(string? status) => status switch
    {
        "accepted" or "scheduled" or "queued" or "sending" or "sent" => new Receipt(ReceiptKind.Sent),
        "delivered" or "read" => new Receipt(ReceiptKind.Delivered),
        "undelivered" or "failed" or "canceled" => new Receipt(ReceiptKind.Failed, "not-delivered"),
        _ => null,
    };

    private static Receipt? OfCall(string? status) => status switch
    {
        "queued" or "initiated" or "ringing" or "in-progress" => new Receipt(ReceiptKind.Sent),
        "completed" => new Receipt(ReceiptKind.Delivered),
        "busy" => new Receipt(ReceiptKind.Failed, "busy"),
        "no-answer" or "failed" or "canceled" => new Receipt(ReceiptKind.Failed, "not-answered"),
        _ => null,
    };

    private static Receipt? OfKeypress(string? digits) => digits == Acknowledgement.Key ? new Receipt(ReceiptKind.Delivered, Acknowledged: true) : null;

    private sealed record Taken(string? Sid, string? Status);
}
