using System.Numerics;
using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

/// <summary>
/// A key made ready to be compared with thousands of others: for each letter the places at which it stands, as bits, so that a whole column
/// of the edit-distance table is one machine word (Myers 1999, with swapped neighbours after Hyyrö 2003).
/// </summary>
internal sealed class LetterPattern
{
    private readonly ulong[] places = new ulong[LetterCodes.Count];
    private readonly byte[] codes = new byte[LetterCodes.Longest];

    public ReadOnlySpan<byte> Codes => codes.AsSpan(0, Length);

    public int Length { get; private set; }

    /// <summary>See <see cref="LetterCodes.MaskOf"/>.</summary>
    public ulong Mask { get; private set; }

    public void Set(ReadOnlySpan<byte> key)
    {
        foreach (var code in Codes)
        {
            places[code] = 0;
        }

        Length = Math.Min(key.Length, LetterCodes.Longest);
        key[..Length].CopyTo(codes);
        for (var i = 0; i < Length; i++)
        {
            places[codes[i]] |= 1UL << i;
        }

        Mask = LetterCodes.MaskOf(Codes);
    }

    /// <summary>Whether a key with these letters may be so near; most that are not are told by it at once.</summary>
    public bool MayBeWithin(int edits, ulong mask) => BitOperations.PopCount(Mask & ~mask) <= edits && BitOperations.PopCount(mask & ~Mask) <= edits;

    /// <summary>Letters added, lost, changed or swapped with their neighbour, each one edit.</summary>
    public int DistanceTo(ReadOnlySpan<byte> key) => Compare(key, out _);

    /// <summary>The distance to the nearest beginning of the key: what may come after is not counted.</summary>
    public int DistanceToBeginningOf(ReadOnlySpan<byte> key)
    {
        Compare(key, out var least);
        return least;
    }

    private int Compare(ReadOnlySpan<byte> key, out int least)
    {
        var distance = least = Length;
        if (Length == 0)
        {
            return key.Length;
        }

        var last = 1UL << (Length - 1);
        ulong positive = ~0UL, negative = 0, diagonal = 0, before = 0;
        foreach (var code in key)
        {
            var here = places[code];
            var swapped = ((~diagonal & here) << 1) & before;
            diagonal = (((here & positive) + positive) ^ positive) | here | negative | swapped;
            var up = negative | ~(diagonal | positive);
            var down = diagonal & positive;
            distance += (up & last) != 0 ? 1 : (down & last) != 0 ? -1 : 0;
            least = Math.Min(least, distance);
            up = (up << 1) | 1;
            positive = (down << 1) | ~(diagonal | up);
            negative = diagonal & up;
            before = here;
        }

        return distance;
    }
}
