using System.Globalization;
using System.Text;
using Ums.Notifier.Texts;

namespace Ums.Notifier.Providers.Smpp;

/// <summary>An SMS as requests to a message centre: one for each part as <see cref="SmsText"/> divides it, or one with the whole text as its payload.</summary>
internal static class SubmitSm
{
    private const byte HasHeader = 0x40;
    private const byte ReceiptWanted = 1;
    private const byte Ucs2 = 8;
    private const byte International = 1;
    private const byte Alphanumeric = 5;
    private const byte Isdn = 1;
    private const ushort PayloadTag = 0x0424;

    /// <param name="number">Tells the parts of one message from those of another to the same telephone.</param>
    public static IReadOnlyList<byte[]> Of(OutboundMessage message, SmppOptions options, byte number, DateTimeOffset now)
    {
        var sms = SmsText.Of(message.Text);
        if (sms.Parts.Count == 1 || options.Payload)
        {
            return [Body(message, options, sms, now, header: [], Octets(sms, message.Text), wantsReceipt: true)];
        }
        // The parts arrive together or not at all, so the last one's receipt speaks for all.
        return [.. sms.Parts.Select((part, i) => Body(
            message, options, sms, now, [5, 0, 3, number, (byte)sms.Parts.Count, (byte)(i + 1)], Octets(sms, part.Text), wantsReceipt: i == sms.Parts.Count - 1))];
    }

    private static byte[] Body(
        OutboundMessage message, SmppOptions options, SmsText sms, DateTimeOffset now, byte[] header, byte[] text, bool wantsReceipt)
    {
        var from = SenderId.Of(message.From, options.Sender);
        var isNumber = SenderId.IsNumber(from);
        var whole = header.Length == 0 && sms.Parts.Count > 1;
        var body = new PduBody()
            .Text("")
            .Octets(isNumber ? International : Alphanumeric, isNumber ? Isdn : (byte)0).Text(from.TrimStart('+'))
            .Octets(International, Isdn).Text(message.To.TrimStart('+'))
            .Octets(header.Length > 0 ? HasHeader : (byte)0, 0, 0)
            .Text("").Text(Validity(message.ExpiresAt - now))
            .Octets(wantsReceipt ? ReceiptWanted : (byte)0, 0, sms.Encoding == SmsEncoding.Ucs2 ? Ucs2 : (byte)0, 0);
        return whole
            ? body.Octets(0).Optional(PayloadTag, text).ToBytes()
            : body.Octets((byte)(header.Length + text.Length)).Octets(header).Octets(text).ToBytes();
    }

    private static byte[] Octets(SmsText sms, string text) => sms.Encoding == SmsEncoding.Gsm7 ? GsmOctets.Of(text) : Encoding.BigEndianUnicode.GetBytes(text);

    /// <summary>From now on: years, months, days, hours, minutes, seconds, and R for relative.</summary>
    internal static string Validity(TimeSpan left)
    {
        var whole = left < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : left.TotalDays > 28 ? TimeSpan.FromDays(28) : left;
        return string.Create(CultureInfo.InvariantCulture, $"0000{whole.Days:d2}{whole.Hours:d2}{whole.Minutes:d2}{whole.Seconds:d2}000R");
    }
}
