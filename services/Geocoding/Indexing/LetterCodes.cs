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

    public static readonly IComparer<byte[]> Order = Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right));

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

    /// <summary>Which letters occur, in the lower half, and which occur twice, in the upper: an edit adds one of these bits at most, and takes one away.</summary>
    public static ulong MaskOf(ReadOnlySpan<byte> codes)
    {
        var (once, twice) = (0u, 0u);
        foreach (var code in codes)
        {
            var bit = 1u << (code % 32);
            twice |= once & bit;
            once |= bit;
        }

        return ((ulong)twice << 32) | once;
    }
}
