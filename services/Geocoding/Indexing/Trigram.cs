namespace Ums.Geocoding.Indexing;

/// <summary>Three neighbouring letters, the edges of the name counted as letters.</summary>
internal static class Trigram
{
    public const int Count = LetterCodes.Count * LetterCodes.Count * LetterCodes.Count;

    public static int Of(byte first, byte second, byte third) => (((first * LetterCodes.Count) + second) * LetterCodes.Count) + third;

    /// <param name="trigrams">At least as long as the name.</param>
    /// <returns>How many were written.</returns>
    public static int Write(ReadOnlySpan<byte> codes, Span<int> trigrams)
    {
        if (codes.Length == 0)
        {
            return 0;
        }

        var (before, at) = (LetterCodes.Edge, codes[0]);
        for (var i = 0; i < codes.Length; i++)
        {
            var next = i + 1 < codes.Length ? codes[i + 1] : LetterCodes.Edge;
            trigrams[i] = Of(before, at, next);
            (before, at) = (at, next);
        }

        return codes.Length;
    }
}
