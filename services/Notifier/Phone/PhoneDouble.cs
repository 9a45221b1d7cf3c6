using System.Text.Json;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Phone;

/// <summary>
/// The development telephones: a provider like any other, except that what it carries stands on a page instead of going out. It is not even registered outside
/// Development.
/// </summary>
internal sealed class PhoneDouble(PhoneMemory memory, PhoneReceipts receipts) : IMessageProvider
{
    public const string ProviderName = "phone";

    public string Name => ProviderName;

    public bool Carries(Channel channel) => true;

    public async Task<ProviderAnswer> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        await memory.AddAsync(message, cancellationToken);
        receipts.Later(message.ReceiptAddress);
        return new ProviderAnswer.Accepted(message.AttemptId.ToString("n"));
    }

    public async Task<Receipt?> ReadReceiptAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var body = request.HasJsonContentType() ? await request.ReadFromJsonAsync<Body>(cancellationToken) : null;
            return body?.Status switch
            {
                "sent" => new Receipt(ReceiptKind.Sent),
                "delivered" => new Receipt(ReceiptKind.Delivered),
                "failed" => new Receipt(ReceiptKind.Failed, "not-delivered"),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal sealed record Body(string? Status);
}
