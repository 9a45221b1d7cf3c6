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
