using System.Security.Cryptography;
using System.Text.Json;

namespace Ums.ServiceDefaults.Secrets;

/// <summary>
/// What Identity tells Notifier, and nobody else, about a PIN: the sealed body of <c>PinRequested</c>. Both hold <c>Keys:PinDelivery</c>.
/// </summary>
/// <param name="Phone">Where the PIN goes, in E.164.</param>
/// <param name="Language">The organisation's language, such as <c>sv</c>.</param>
/// <param name="SenderName">Shown as the sender of an SMS; at most eleven letters and digits.</param>
/// <param name="CallerId">The number that a call shows, in E.164; null where the provider's own will do.</param>
public sealed record PinDelivery(string Phone, string Pin, string Language, string SenderName, string? CallerId, string OrganisationName)
{
    /// <param name="key">32 bytes.</param>
    public byte[] Seal(ReadOnlySpan<byte> key, Guid pinRequestId, Guid deliveryId)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);
        try
        {
            return SealedBox.Seal(key, plain, Context(pinRequestId, deliveryId));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <exception cref="CryptographicException">Not sealed by this key for this delivery, altered since, or not a delivery.</exception>
    public static PinDelivery Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> box, Guid pinRequestId, Guid deliveryId)
    {
        var plain = SealedBox.Open(key, box, Context(pinRequestId, deliveryId));
        try
        {
            return JsonSerializer.Deserialize<PinDelivery>(plain, JsonSerializerOptions.Web) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            // The parser's message may quote what it read.
            throw new CryptographicException("The sealed body is not a delivery.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Tells nothing: a record's own text form would put the PIN into a log.</summary>
    public override string ToString() => nameof(PinDelivery);

    private static byte[] Context(Guid pinRequestId, Guid deliveryId) => [.. pinRequestId.ToByteArray(), .. deliveryId.ToByteArray()];
}
