using System.Text.Json;
using System.Text.Json.Serialization;
using Ums.Notifier.Providers.Http;

namespace Ums.Notifier.Providers.Sinch;

/// <summary>Sinch: SMS as batches of one, which report to an address of their own, and calls in its own voice, whose events come to one address for all.</summary>
internal sealed class SinchProvider(IHttpClientFactory clients, SinchOptions options, TimeProvider clock) : IMessageProvider
{
    public const string ProviderName = "sinch";

    /// <summary>The client of calls.</summary>
    public const string Calling = "sinch-calling";

    private static readonly Uri Callouts = new("callouts", UriKind.Relative);

    private static readonly JsonSerializerOptions Snake = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly ProviderHttp sms = new(clients, ProviderName, clock);
    private readonly ProviderHttp calls = new(clients, Calling, clock);

    public string Name => ProviderName;

    /// <summary>Of calls; of an SMS it tells at the attempt's address.</summary>
    public bool ReportsByReference => true;

    public DateTimeOffset QuietUntil => sms.QuietUntil > calls.QuietUntil ? sms.QuietUntil : calls.QuietUntil;

    public bool Carries(Channel channel) => channel == Channel.Sms || options.Calls;

    public async Task<ProviderAnswer> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        if (!Carries(message.Channel))
        {
            return new ProviderAnswer.NotSent("not-supported", Again: false);
        }
        if (message.Channel == Channel.Voice)
        {
            using var call = JsonContent.Create(SinchCallout.Of(message, SenderId.IsNumber(message.From) ? message.From : options.CallerId), options: JsonSerializerOptions.Web);
            return await calls.PostAsync(Callouts, call, body => ProviderAnswer.Under(JsonSerializer.Deserialize<Callout>(body, JsonSerializerOptions.Web)?.CallId), cancellationToken);
        }
        using var batch = JsonContent.Create(NewBatch(message), options: Snake);
        return await sms.PostAsync(new Uri($"{options.ServicePlanId}/batches", UriKind.Relative), batch,
            body => ProviderAnswer.Under(JsonSerializer.Deserialize<Taken>(body, Snake)?.Id), cancellationToken);
    }

    public async Task<Receipt?> ReadReceiptAsync(HttpRequest request, CancellationToken cancellationToken) =>
        await ReceiptForm.ReadJsonAsync<Report>(request, cancellationToken) is { Type: "recipient_delivery_report_sms" } report
            ? report.Status switch
            {
                "Queued" or "Dispatched" => new Receipt(ReceiptKind.Sent),
                "Delivered" => new Receipt(ReceiptKind.Delivered),
                "Rejected" => new Receipt(ReceiptKind.Failed, "refused"),
                "Expired" => new Receipt(ReceiptKind.Failed, "expired"),
                "Failed" or "Aborted" or "Cancelled" or "Deleted" => new Receipt(ReceiptKind.Failed, "not-delivered"),
                _ => null,
            }
            : null;

    private Batch NewBatch(OutboundMessage message)
    {
        var batch = new Batch(SenderId.Of(message.From, options.Sender), [message.To], message.Text, "per_recipient", message.ReceiptAddress, message.ExpiresAt.UtcDateTime);
        // What looks like a parameter in the text would be taken for one; as the value of a parameter it is taken for itself.
        return message.Text.Contains("${", StringComparison.Ordinal)
            ? batch with { Body = "${text}", Parameters = new() { ["text"] = new() { ["default"] = message.Text } } }
            : batch;
    }

    private sealed record Batch(
        string From, string[] To, string Body, string DeliveryReport, Uri CallbackUrl, DateTime ExpireAt, Dictionary<string, Dictionary<string, string>>? Parameters = null);

    private sealed record Taken(string? Id);

    private sealed record Callout(string? CallId);

    private sealed record Report(string? Type, string? Status);
}
