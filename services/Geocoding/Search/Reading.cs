using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

/// <summary>One way to read the typed street name, ready for comparing. Kept and used again from search to search.</summary>
internal sealed class Reading
{
    private byte[] key = [];

    /// <summary>As a keyboard without å, ä and ö writes it.</summary>
    public LetterPattern Plain { get; } = new();

    /// <summary>As it is heard.</summary>
    public LetterPattern Heard { get; } = new();

    /// <summary>With å, ä and ö.</summary>
    public ReadOnlySpan<byte> Key => key;

    /// <summary>An abbreviation that may mean several things was written out.</summary>
    public bool Assumed { get; private set; }

    /// <summary>Whether a name with these letters may be near, or has this at its beginning or end: what a look at every name asks first.</summary>
    public bool MayMean(ulong mask, int edits) => Plain.MayBeWithin(Math.Min(edits, Allowed), mask) || ((Plain.Mask & ~mask) == 0 && Plain.Length >= 3);

    /// <summary>The same of the name itself.</summary>
    public bool Means(ReadOnlySpan<byte> plain, int edits)
    {
        var allowed = Math.Min(edits, Allowed);
        return (Math.Abs(plain.Length - Plain.Length) <= allowed && Plain.DistanceTo(plain) <= allowed)
            || (plain.Length > Plain.Length && (plain.StartsWith(Plain.Codes) || plain.EndsWith(Plain.Codes)));
    }

    public int HeardDistanceTo(ReadOnlySpan<byte> plain)
    {
        Span<byte> heard = stackalloc byte[SoundKey.Longest];
        return Heard.DistanceTo(heard[..SoundKey.Write(plain, heard)]);
    }

    /// <summary>How many edits a name may be away and still be worth a closer look.</summary>
    public int Allowed => Plain.Length switch { < 5 => 1, < 8 => 2, < 14 => 3, _ => 4 };

    public void Set(NameVariant variant)
    {
        key = LetterCodes.OfKey(variant.Key);
        Assumed = variant.Assumed;
        Span<byte> codes = stackalloc byte[LetterCodes.Longest];
        var plain = codes[..LetterCodes.Write(variant.Plain, codes)];
        Plain.Set(plain);
        Span<byte> heard = stackalloc byte[SoundKey.Longest];
        Heard.Set(heard[..SoundKey.Write(plain, heard)]);
    }
}
