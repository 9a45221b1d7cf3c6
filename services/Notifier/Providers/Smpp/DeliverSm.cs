using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Ums.Notifier.Providers.Smpp;

/// <summary>
/// A receipt as a message centre brings it. The state and the id stand in optional fields, in the text, or in both; the text is customary rather than specified,
/// and carriers differ in its letter case, its spaces, its words and in how they write the id.
/// </summary>
internal static partial class DeliverSm
{
    private const byte TypeMask = 0x3C;
    private const byte IsReceipt = 0x04;
    private const byte HasHeader = 0x40;
    private const ushort StateTag = 0x0427;
    private const ushort IdTag = 0x001E;
    private const ushort PayloadTag = 0x0424;

    /// <returns>Null where it is no receipt, or one that says nothing.</returns>
    public static (string Reference, Receipt Receipt)? Read(byte[] body, ReceiptId written)
    {
        var fields = new PduFields(body);
        fields.Text();
        fields.Octets(2);
        fields.Text();
        fields.Octets(2);
        fields.Text();
        var type = fields.Octet();
        fields.Octets(2);
        fields.Text();
        fields.Text();
        fields.Octets(4);
        var message = fields.Octets(fields.Octet());
        if ((type & HasHeader) != 0 && message.Length > 0)
        {
            message = message[Math.Min(message[0] + 1, message.Length)..];
        }
        var text = Encoding.Latin1.GetString(message);
        var optional = fields.Optional();
        if (text.Length == 0 && optional.TryGetValue(PayloadTag, out var payload))
        {
            text = Encoding.Latin1.GetString(payload);
        }
        if ((type & TypeMask) != IsReceipt)
        {
            return null;
        }
        var id = optional.TryGetValue(IdTag, out var told) ? Encoding.Latin1.GetString(told).TrimEnd('\0') : IdPattern().Match(text).Groups[1].Value;
        var receipt = (optional.TryGetValue(StateTag, out var state) && state.Length == 1 ? OfState(state[0]) : null) ?? OfWord(StatePattern().Match(text).Groups[1].Value);
        return Reference(id, written) is { } reference && receipt is not null ? (reference, receipt) : null;
    }

    /// <summary>An id as we keep it: without the zeros and the letter case that carriers add or lose on the way.</summary>
    /// <returns>Null where it is none.</returns>
    public static string? Reference(string id, ReceiptId written = ReceiptId.Same)
    {
        var plain = id.Trim().ToLowerInvariant();
        if (plain.Length is 0 or > 65 || plain.Any(c => c is <= ' ' or > '~'))
        {
            return null;
        }
        return written switch
        {
            ReceiptId.Decimal when ulong.TryParse(plain, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number.ToString("x", CultureInfo.InvariantCulture),
            ReceiptId.Hexadecimal when ulong.TryParse(plain, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) => number.ToString(CultureInfo.InvariantCulture),
            _ => plain.TrimStart('0') is { Length: > 0 } significant ? significant : "0",
        };
    }

    private static Receipt? OfState(byte state) => state switch
    {
        1 or 6 => new Receipt(ReceiptKind.Sent),
        2 => new Receipt(ReceiptKind.Delivered),
        3 => new Receipt(ReceiptKind.Failed, "expired"),
        4 or 5 => new Receipt(ReceiptKind.Failed, "not-delivered"),
        8 => new Receipt(ReceiptKind.Failed, "refused"),
        _ => null,
    };

    private static Receipt? OfWord(string word) => word.ToUpperInvariant() switch
    {
        "ENROUTE" or "ACCEPTD" or "ACCEPTED" => new Receipt(ReceiptKind.Sent),
        "DELIVRD" or "DELIVERED" => new Receipt(ReceiptKind.Delivered),
        "EXPIRED" => new Receipt(ReceiptKind.Failed, "expired"),
        "UNDELIV" or "UNDELIVERABLE" or "DELETED" or "FAILED" => new Receipt(ReceiptKind.Failed, "not-delivered"),
        "REJECTD" or "REJECTED" => new Receipt(ReceiptKind.Failed, "refused"),
        _ => null,
    };

    [GeneratedRegex(@"\bid\s*[:=]\s*([0-9A-Za-z._-]{1,65})(?![0-9A-Za-z._-]*\s*[:=])", RegexOptions.IgnoreCase)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"\bstat(?:us)?\s*[:=]\s*([A-Za-z]{1,20})", RegexOptions.IgnoreCase)]
    private static partial Regex StatePattern();
}
