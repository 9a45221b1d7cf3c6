using System.Text.Json;
using Ums.Notifier.Providers.Http;
using Ums.Notifier.Speech;

namespace Ums.Notifier.Providers.FortySixElks;

/// <summary>46elks in Uppsala, by its API <c>a1</c>: SMS, and calls that play sound which we make, since it speaks no text.</summary>
internal sealed class FortySixElksProvider(
    IHttpClientFactory clients, FortySixElksOptions options, Clips clips, SpeechAddresses addresses, TimeProvider clock) : IMessageProvider
{
    public const string ProviderName = "46elks";

    private static readonly Uri Sms = new("sms", UriKind.Relative);
    private static readonly Uri Calls = new("calls", UriKind.Relative);

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
        if (message.Channel == Channel.Sms)
        {
            using var sms = new FormUrlEncodedContent(SmsForm(message));
            return await http.PostAsync(Sms, sms, Read, cancellationToken);
        }
        try
        {
            // Before the telephone rings: nobody is to pick up and hear nothing.
            foreach (var clip in FortySixElksCall.Clips(message))
            {
                await clips.FileOfAsync(clip, cancellationToken);
            }
        }
        catch (SpeechException)
        {
            return new ProviderAnswer.NotSent("no-speech", Again: true);
        }
        using var call = new FormUrlEncodedContent(CallForm(message));
        return await http.PostAsync(Calls, call, Read, cancellationToken);
    }

    public async Task<Receipt?> ReadReceiptAsync(HttpRequest request, CancellationToken cancellationToken) =>
        await ReceiptForm.ReadAsync(request, cancellationToken) is { } form ? OfSms(form["status"]) ?? OfCall(form["state"]) ?? OfKeypress(form["result"]) : null;

    private Dictionary<string, string> SmsForm(OutboundMessage message) => new()
    {
        ["from"] = SenderId.Of(message.From, options.Sender),
        ["to"] = message.To,
        ["message"] = message.Text,
        ["whendelivered"] = message.ReceiptAddress.AbsoluteUri,
        // A PIN has no business in the provider's log.
        ["dontlog"] = "message",
    };

    private Dictionary<string, string> CallForm(OutboundMessage message) => new()
    {
        ["from"] = SenderId.IsNumber(message.From) ? message.From : options.CallerId,
        ["to"] = message.To,
        ["voice_start"] = FortySixElksCall.Script(message, addresses),
        ["whenhangup"] = message.ReceiptAddress.AbsoluteUri,
        ["timeout"] = "45",
    };

    private static ProviderAnswer Read(byte[] body) => JsonSerializer.Deserialize<Taken>(body, JsonSerializerOptions.Web) is { } taken
        ? (taken.Status ?? taken.State) is "failed" ? ProviderAnswer.Refused : ProviderAnswer.Under(taken.Id)
        : ProviderAnswer.Garbled;

    private static Receipt? OfSms(string? status) => status switch
    {
        "created" or "sent" => new Receipt(ReceiptKind.Sent),
        "delivered" => new Receipt(ReceiptKind.Delivered),
        "failed" => new Receipt(ReceiptKind.Failed, "not-delivered"),
        _ => null,
    };

    private static Receipt? OfCall(string? state) => state switch
    {
        "ongoing" => new Receipt(ReceiptKind.Sent),
        "success" => new Receipt(ReceiptKind.Delivered),
        "busy" => new Receipt(ReceiptKind.Failed, "busy"),
        "failed" => new Receipt(ReceiptKind.Failed, "not-answered"),
        _ => null,
    };

    /// <summary>Whoever is asked for a key has heard the message.</summary>
    private static Receipt? OfKeypress(string? result) => result switch
    {
        Acknowledgement.Key => new Receipt(ReceiptKind.Delivered, Acknowledged: true),
        "failed" or [>= '0' and <= '9'] or "*" or "#" => new Receipt(ReceiptKind.Delivered),
        _ => null,
    };

    private sealed record Taken(string? Id, string? Status, string? State);
}
