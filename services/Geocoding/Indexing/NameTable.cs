using System.IO.Hashing;

namespace Ums.Geocoding.Indexing;

/// <summary>
/// The distinct street names. A country has some 200,000 of them for its millions of addresses, which is why names are looked for first.
/// Names with one plain key ("Häggatan" and "Haggatan") stand together.
/// </summary>
internal sealed class NameTable(
    KeySet plains, TextTable names, byte[] keyCodes, int[] keyStarts, int[] firstNames, uint[] masks, uint[] sounds, int[] soundPlains, Lists trigrams)
{
    /// <summary>The names as a keyboard without å, ä and ö writes them; see <c>NameKey.Plain</c>.</summary>
    public KeySet Plains => plains;

    /// <summary>Three letters to the plain keys in which they stand.</summary>
    public Lists Trigrams => trigrams;

    /// <summary>By plain key which letters occur in it.</summary>
    public ReadOnlySpan<uint> Masks => masks;

    /// <summary>The name as it is shown.</summary>
    public string this[int name] => names[name];

    /// <summary>The name's key with å, ä and ö; see <see cref="LetterCodes.OfKey"/>.</summary>
    public ReadOnlySpan<byte> KeyOf(int name) => keyCodes.AsSpan(keyStarts[name], keyStarts[name + 1] - keyStarts[name]);

    public int PlainOf(int name)
    {
        var found = Array.BinarySearch(firstNames, name);
        return found < 0 ? ~found - 1 : found;
    }

    public Stretch NamesOf(int plain) => new(firstNames[plain], firstNames[plain + 1]);

    /// <summary>The plain keys that may sound so; some may not, for only a hash is compared.</summary>
    public ReadOnlySpan<int> SoundingLike(ReadOnlySpan<byte> heard)
    {
        var sound = SoundOf(heard);
        var first = Array.BinarySearch(sounds, sound);
        if (first < 0)
        {
            return [];
        }

        var after = first + 1;
        while (first > 0 && sounds[first - 1] == sound)
        {
            first--;
        }

        while (after < sounds.Length && sounds[after] == sound)
        {
            after++;
        }

        return soundPlains.AsSpan(first..after);
    }

    /// <param name="names">With their plain keys, sorted by these and then by name.</param>
    public static NameTable Of(IReadOnlyList<(byte[] Plain, string Name)> names)
    {
        var plains = new List<byte[]>();
        var firstNames = new List<int>();
        for (var name = 0; name < names.Count; name++)
        {
            if (name == 0 || !names[name].Plain.AsSpan().SequenceEqual(names[name - 1].Plain))
            {
                plains.Add(names[name].Plain);
                firstNames.Add(name);
            }
        }

        firstNames.Add(names.Count);
        var (keyCodes, keyStarts) = Joined(names.Select(name => LetterCodes.OfKey(NameKey.Of(name.Name))));
        var (sounds, soundPlains) = Sounds(plains);
        return new NameTable(
            KeySet.Of(plains), TextTable.Of(names.Select(name => name.Name)), keyCodes, keyStarts, [.. firstNames],
            [.. plains.Select(plain => LetterCodes.MaskOf(plain))], sounds, soundPlains, TrigramsOf(plains));
    }

    public void Write(SnapshotWriter snapshot)
    {
        plains.Write(snapshot);
        names.Write(snapshot);
        snapshot.Write(keyCodes);
        snapshot.Write(keyStarts);
        snapshot.Write(firstNames);
        snapshot.Write(masks);
        snapshot.Write(sounds);
        snapshot.Write(soundPlains);
        trigrams.Write(snapshot);
    }

    public static NameTable Read(SnapshotReader snapshot) => new(
        KeySet.Read(snapshot), TextTable.Read(snapshot), snapshot.Read<byte>(), snapshot.Read<int>(), snapshot.Read<int>(), snapshot.Read<uint>(),
        snapshot.Read<uint>(), snapshot.Read<int>(), Lists.Read(snapshot));

    private static (byte[] Codes, int[] Starts) Joined(IEnumerable<byte[]> keys)
    {
        var (codes, starts) = (new List<byte>(), new List<int> { 0 });
        foreach (var key in keys)
        {
            codes.AddRange(key);
            starts.Add(codes.Count);
        }

        return ([.. codes], [.. starts]);
    }

    private static (uint[] Sounds, int[] Plains) Sounds(List<byte[]> plains)
    {
        var (sounds, numbers) = (new uint[plains.Count], new int[plains.Count]);
        Span<byte> heard = stackalloc byte[SoundKey.Longest];
        for (var plain = 0; plain < plains.Count; plain++)
        {
            (sounds[plain], numbers[plain]) = (SoundOf(heard[..SoundKey.Write(plains[plain], heard)]), plain);
        }

        Array.Sort(sounds, numbers);
        return (sounds, numbers);
    }

    private static Lists TrigramsOf(List<byte[]> plains)
    {
        var pairs = new List<ulong>(plains.Count * 12);
        Span<int> trigrams = stackalloc int[LetterCodes.Longest];
        for (var plain = 0; plain < plains.Count; plain++)
        {
            foreach (var trigram in trigrams[..Trigram.Write(plains[plain], trigrams)])
            {
                pairs.Add(Lists.Pair(trigram, plain));
            }
        }

        return Lists.Of(Trigram.Count, pairs);
    }

    private static uint SoundOf(ReadOnlySpan<byte> heard) => (uint)XxHash3.HashToUInt64(heard);
}
