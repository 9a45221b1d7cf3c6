namespace Ums.Notifier.Providers.Smpp;

/// <summary>The default alphabet of 3GPP TS 23.038 as message centres take it: a septet to the octet, and an escape before the extension's.</summary>
internal static class GsmOctets
{
    private const byte Escape = 0x1B;

    /// <summary>In the order of their codes; the escape's own place is taken by what no text holds.</summary>
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\uFFFFÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private static readonly Dictionary<char, byte> Codes = Basic.Select((letter, code) => (letter, code)).ToDictionary(pair => pair.letter, pair => (byte)pair.code);

    private static readonly Dictionary<char, byte> Extended = new()
    {
        ['\f'] = 0x0A, ['^'] = 0x14, ['{'] = 0x28, ['}'] = 0x29, ['\\'] = 0x2F, ['['] = 0x3C, ['~'] = 0x3D, [']'] = 0x3E, ['|'] = 0x40, ['€'] = 0x65,
    };

    /// <param name="text">In the alphabet.</param>
    public static byte[] Of(string text)
    {
        var octets = new List<byte>(text.Length + 8);
        foreach (var letter in text)
        {
            if (Extended.TryGetValue(letter, out var extended))
            {
                octets.Add(Escape);
                octets.Add(extended);
            }
            else
            {
                octets.Add(Codes[letter]);
            }
        }
        return [.. octets];
    }
}
