namespace Ums.Geocoding.Indexing;

/// <summary>
/// The letters of a plain key as small numbers: a table by letter, or by three letters, is then an array. Everything that is neither a digit
/// nor a to z is one and the same letter.
/// </summary>
internal static class LetterCodes
{
    /// <summary>No key holds it: it stands before the first letter and after the last.</summary>
    public const byte Edge = 0;

    public const int Count = 38;

    /// <summary>Longer names are cut: 64 letters are one machine word in <c>EditDistance</c>.</summary>
    public const int Longest = 64;

    private const byte FirstDigit = 1, FirstLetter = 11, Other = 37, WithRing = 38, WithDots = 39, RoundWithDots = 40;

    public static byte Of(char letter) => letter switch
    {
        >= 'a' and <= 'z' => (byte)(FirstLetter + letter - 'a'),
        >= '0' and <= '9' => (byte)(FirstDigit + letter - '0'),
        _ => Other,
    };

    public static char LetterOf(byte code) => code switch
    {
        >= FirstLetter and < Other => (char)('a' + code - FirstLetter),
        >= FirstDigit and < FirstLetter => (char)('0' + code - FirstDigit),
        _ => '?',
    };

    /// <returns>How many codes were written, at most <see cref="Longest"/>.</returns>
    public static int Write(ReadOnlySpan<char> plain, Span<byte> codes)
    {
        var length = Math.Min(plain.Length, Longest);
        for (var i = 0; i < length; i++)
        {
            codes[i] = Of(plain[i]);
        }

        return length;
    }

    public static byte[] Of(ReadOnlySpan<char> plain)
    {
        var codes = new byte[Math.Min(plain.Length, Longest)];
        Write(plain, codes);
        return codes;
    }

    /// <summary>The codes of a whole key, in which å, ä and ö are letters of their own: for telling Häggatan from Haggatan, not for tables.</summary>
    public static byte[] OfKey(ReadOnlySpan<char> key)
    {
        var codes = new byte[Math.Min(key.Length, Longest)];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = key[i] switch { 'å' => WithRing, 'ä' => WithDots, 'ö' => RoundWithDots, _ => Of(key[i]) };
        }

        return codes;
    }

    /// <summary>Which letters occur; two names that differ in n edits differ in at most 2n of these bits.</summary>
    public static uint MaskOf(ReadOnlySpan<byte> codes)
    {
        var mask = 0u;
        foreach (var code in codes)
        {
            mask |= 1u << (code % 32);
        }

        return mask;
    }
}
