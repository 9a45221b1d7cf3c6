using System.Text;

namespace Ums.ProviderDoubles.Smpp;

/// <summary>What submit_sm asks for.</summary>
/// <param name="Part">Of several, from 1 on; 0 where it is the only one.</param>
public sealed record Submitted(string From, string To, string Text, int Reference, int Parts, int Part, string Validity, bool WantsReceipt, int Octets)
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001BÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private static readonly Dictionary<byte, char> Extended = new()
    {
        [10] = '\f', [20] = '^', [40] = '{', [41] = '}', [47] = '\\', [60] = '[', [61] = '~', [62] = ']', [64] = '|', [101] = '€',
    };

    public static Submitted Read(Unit unit)
    {
        var at = 0;
        unit.Text(ref at);
        var fromType = unit.Body[at];
        at += 2;
        var from = unit.Text(ref at);
        at += 2;
        var to = unit.Text(ref at);
        var header = (unit.Body[at] & 0x40) != 0;
        at += 3;
        unit.Text(ref at);
        var validity = unit.Text(ref at);
        var (receipt, coding) = (unit.Body[at], unit.Body[at + 2]);
        at += 4;
        var length = unit.Body[at++];
        var octets = unit.Body.AsSpan(at, length);
        at += length;
        if (length == 0 && at + 4 <= unit.Body.Length && unit.Body[at] == 0x04 && unit.Body[at + 1] == 0x24)
        {
            octets = unit.Body.AsSpan(at + 4, (unit.Body[at + 2] << 8) | unit.Body[at + 3]);
        }
        var (reference, parts, part) = header ? (octets[3], octets[4], octets[5]) : (0, 1, 0);
        var text = header ? octets[(octets[0] + 1)..] : octets;
        return new Submitted(fromType == 5 ? from : "+" + from, "+" + to, coding == 8 ? Encoding.BigEndianUnicode.GetString(text) : Gsm(text), reference, parts, part, validity,
            (receipt & 1) != 0, octets.Length);
    }

    private static string Gsm(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder();
        for (var i = 0; i < octets.Length; i++)
        {
            text.Append(octets[i] == 0x1B ? Extended[octets[++i]] : Basic[octets[i]]);
        }
        return text.ToString();
    }
}
