using System.Buffers;

namespace Ums.Notifier.Messages;

internal enum SmsEncoding
{
    Gsm7,
    Ucs2,
}

/// <param name="Units">Septets, or UTF-16 units.</param>
/// <param name="Parts">What the provider sends and charges.</param>
internal readonly record struct SmsSize(SmsEncoding Encoding, int Units, int Parts);

/// <summary>
/// Counts an SMS exactly as the network does (3GPP TS 23.038): one character outside the GSM alphabet turns the whole text into UCS-2, and neither an escape
/// sequence nor a surrogate pair is cut by the border between two parts.
/// </summary>
internal static class SmsText
{
    private static readonly SearchValues<char> Basic = SearchValues.Create(
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");

    /// <summary>Written with an escape before them: two septets each.</summary>
    private static readonly SearchValues<char> Extended = SearchValues.Create("\f^{}\\[~]|€");

    public static SmsSize Count(string text) => text.All(c => Basic.Contains(c) || Extended.Contains(c))
        ? Count(SmsEncoding.Gsm7, text.Select(c => Extended.Contains(c) ? 2 : 1), single: 160, many: 153)
        : Count(SmsEncoding.Ucs2, text.EnumerateRunes().Select(rune => rune.Utf16SequenceLength), single: 70, many: 67);

    private static SmsSize Count(SmsEncoding encoding, IEnumerable<int> widths, int single, int many)
    {
        var (units, parts, filled) = (0, 1, 0);
        foreach (var width in widths)
        {
            units += width;
            if (filled + width > many)
            {
                (parts, filled) = (parts + 1, 0);
            }
            filled += width;
        }
        return new SmsSize(encoding, units, units <= single ? 1 : parts);
    }
}
