using Ums.Notifier.Texts;

namespace Ums.Notifier.Tests.Texts;

/// <summary>3GPP TS 23.038 and 23.040 done by the letter: the text is coded into septets or UTF-16 units, then cut as a telephone network cuts.</summary>
internal static class Specification
{
    /// <summary>Section 6.2.1, by code; the escape stands at 0x1B.</summary>
    private const string Default =
        "@£$¥èéùìòÇ\nØø\rÅå" + "Δ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ" + " !\"#¤%&'()*+,-./" + "0123456789:;<=>?" +
        "¡ABCDEFGHIJKLMNO" + "PQRSTUVWXYZÄÖÑÜ§" + "¿abcdefghijklmno" + "pqrstuvwxyzäöñüà";

    /// <summary>Section 6.2.1.1.</summary>
    private static readonly Dictionary<char, int> Extension = new()
    {
        ['\f'] = 0x0A, ['^'] = 0x14, ['{'] = 0x28, ['}'] = 0x29, ['\\'] = 0x2F, ['['] = 0x3C, ['~'] = 0x3D, [']'] = 0x3E, ['|'] = 0x40, ['€'] = 0x65,
    };

    public static bool Gsm7Has(char c) => (c != '\u001b' && Default.Contains(c)) || Extension.ContainsKey(c);

    public static SmsSize Count(string text)
    {
        var gsm = text.All(Gsm7Has);
        var codes = gsm ? text.SelectMany(Septets).ToList() : [.. text.Select(c => (int)c)];
        return new SmsSize(gsm ? SmsEncoding.Gsm7 : SmsEncoding.Ucs2, codes.Count, gsm ? Cuts(codes, 160, 153, (before, _) => before == 0x1B) : Cuts(codes, 70, 67, (before, after) => char.IsSurrogatePair((char)before, (char)after)));
    }

    private static IEnumerable<int> Septets(char c) => Extension.TryGetValue(c, out var code) ? [0x1B, code] : [Default.IndexOf(c)];

    private static int Cuts(List<int> codes, int single, int many, Func<int, int, bool> splits)
    {
        if (codes.Count <= single)
        {
            return 1;
        }
        var parts = 0;
        for (var start = 0; start < codes.Count; parts++)
        {
            var end = Math.Min(start + many, codes.Count);
            start = end < codes.Count && splits(codes[end - 1], codes[end]) ? end - 1 : end;
        }
        return parts;
    }
}
