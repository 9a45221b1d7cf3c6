using System.IO.Hashing;

namespace Ums.Geocoding.Indexing;

/// <summary>
/// The distinct street names. A country has some 200,000 of them for its millions of addresses, which is why names are looked for first.
/// Names with one plain key ("Häggatan" and "Haggatan") stand together.
/// </summary>
internal sealed class NameTable(
    KeySet plains, TextTable names, byte[] keyCodes, int[] keyStarts, int[] firstNames, int[] plainsOfNames, Lists wholes, Lists parts,
    ulong[] masks, uint[] sounds, int[] soundPlains)
{
    /// <summary>The names as a keyboard without å, ä and ö writes them; see <c>NameKey.Plain</c>.</summary>
    public KeySet Plains => plains;

    /// <summary>By plain key which letters occur in it; see <see cref="LetterCodes.MaskOf"/>.</summary>
    public ReadOnlySpan<ulong> Masks => masks;

    private readonly NamesByLength byLength = new(plains, masks);

    /// <summary>The keys of so many letters.</summary>
    public NamesByLength.Names OfLength(int length) => byLength[length];

    /// <summary>The name as it is shown.</summary>
    public string this[int name] => names[name];

    /// <summary>The name's key with å, ä and ö; see <see cref="LetterCodes.OfKey"/>.</summary>
    public ReadOnlySpan<byte> KeyOf(int name) => keyCodes.AsSpan(keyStarts[name], keyStarts[name + 1] - keyStarts[name]);

    public int PlainOf(int name) => plainsOfNames[name];

    /// <summary>Of a key that is some of a name's words, or all in another order: the keys of such names.</summary>
    public ReadOnlySpan<int> WholesOf(int plain) => wholes[plain];

    /// <summary>The other way round; see <see cref="NameParts"/>.</summary>
    public ReadOnlySpan<int> PartsOf(int plain) => parts[plain];

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
        var parts = names.SelectMany(name => NameParts.Of(name.Name).Select(part => (name.Plain, Part: part))).ToList();
        var plains = new SortedSet<byte[]>(names.Select(name => name.Plain).Concat(parts.Select(part => part.Part)), LetterCodes.Order);
        var keys = KeySet.Of([.. plains]);
        int[] plainsOfNames = [.. names.Select(name => keys.Find(name.Plain))];
        var pairs = parts.ConvertAll(part => (Whole: keys.Find(part.Plain), Part: keys.Find(part.Part)));
        var (keyCodes, keyStarts) = Joined(names.Select(name => LetterCodes.OfKey(NameKey.Of(name.Name))));
        var (sounds, soundPlains) = Sounds(keys);
        return new NameTable(
            keys, TextTable.Of(names.Select(name => name.Name)), keyCodes, keyStarts, FirstNames(plainsOfNames, keys.Count), plainsOfNames,
            Lists.Of(keys.Count, pairs.ConvertAll(pair => Lists.Pair(pair.Part, pair.Whole))), Lists.Of(keys.Count, pairs.ConvertAll(pair => Lists.Pair(pair.Whole, pair.Part))),
            [.. plains.Select(plain => LetterCodes.MaskOf(plain))], sounds, soundPlains);
    }

    public void Write(SnapshotWriter snapshot)
    {
        plains.Write(snapshot);
        names.Write(snapshot);
        snapshot.Write(keyCodes);
        snapshot.Write(keyStarts);
        snapshot.Write(firstNames);
        snapshot.Write(plainsOfNames);
        wholes.Write(snapshot);
        parts.Write(snapshot);
        snapshot.Write(masks);
        snapshot.Write(sounds);
        snapshot.Write(soundPlains);
    }

    public static NameTable Read(SnapshotReader snapshot) => new(
        KeySet.Read(snapshot), TextTable.Read(snapshot), snapshot.Read<byte>(), snapshot.Read<int>(), snapshot.Read<int>(), snapshot.Read<int>(),
        Lists.Read(snapshot), Lists.Read(snapshot), snapshot.Read<ulong>(), snapshot.Read<uint>(), snapshot.Read<int>());

    private static int[] FirstNames(int[] plainsOfNames, int count)
    {
        var first = new int[count + 1];
        foreach (var plain in plainsOfNames)
        {
            first[plain + 1]++;
        }

        for (var plain = 0; plain < count; plain++)
        {
            first[plain + 1] += first[plain];
        }

        return first;
    }

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

    private static (uint[] Sounds, int[] Plains) Sounds(KeySet plains)
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

    private static uint SoundOf(ReadOnlySpan<byte> heard) => (uint)XxHash3.HashToUInt64(heard);
}
