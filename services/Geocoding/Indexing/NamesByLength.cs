namespace Ums.Geocoding.Indexing;

/// <summary>The plain keys put together by their length, masks beside each other, for looking through all of them at once.</summary>
internal sealed class NamesByLength
{
    private readonly int[] plains;
    private readonly ulong[] masks;
    private readonly int[] starts = new int[LetterCodes.Longest + 2];

    public NamesByLength(KeySet keys, ReadOnlySpan<ulong> masksByKey)
    {
        plains = new int[keys.Count];
        masks = new ulong[keys.Count];
        for (var key = 0; key < keys.Count; key++)
        {
            starts[keys[key].Length + 1]++;
        }

        for (var length = 0; length <= LetterCodes.Longest; length++)
        {
            starts[length + 1] += starts[length];
        }

        var next = starts.AsSpan().ToArray();
        for (var key = 0; key < keys.Count; key++)
        {
            var at = next[keys[key].Length]++;
            (plains[at], masks[at]) = (key, masksByKey[key]);
        }
    }

    /// <summary>The keys of one length, and which letters occur in each; see <see cref="LetterCodes.MaskOf"/>.</summary>
    public readonly ref struct Names(ReadOnlySpan<ulong> masks, ReadOnlySpan<int> plains)
    {
        public ReadOnlySpan<ulong> Masks { get; } = masks;

        public ReadOnlySpan<int> Plains { get; } = plains;
    }

    /// <summary>Empty where no key can be of that length.</summary>
    public Names this[int length] => length is < 0 or > LetterCodes.Longest
        ? default
        : new Names(masks.AsSpan(starts[length], starts[length + 1] - starts[length]), plains.AsSpan(starts[length], starts[length + 1] - starts[length]));
}
