namespace Ums.Geocoding.Indexing;

/// <summary>For each of many keys a list of numbers, all lists in one array.</summary>
internal sealed class Lists(int[] starts, int[] items)
{
    public int Count => starts.Length - 1;

    public ReadOnlySpan<int> this[int key] => items.AsSpan(starts[key], starts[key + 1] - starts[key]);

    public int LengthOf(int key) => starts[key + 1] - starts[key];

    /// <param name="pairs">Key in the upper half, item in the lower; sorted here, and what stands twice is dropped.</param>
    public static Lists Of(int count, List<ulong> pairs)
    {
        pairs.Sort();
        var starts = new int[count + 1];
        var items = new int[pairs.Count];
        var length = 0;
        for (var i = 0; i < pairs.Count; i++)
        {
            if (i == 0 || pairs[i] != pairs[i - 1])
            {
                items[length++] = (int)(uint)pairs[i];
                starts[(int)(pairs[i] >> 32) + 1]++;
            }
        }

        for (var key = 0; key < count; key++)
        {
            starts[key + 1] += starts[key];
        }

        Array.Resize(ref items, length);
        return new Lists(starts, items);
    }

    public static ulong Pair(int key, int item) => ((ulong)(uint)key << 32) | (uint)item;

    public void Write(SnapshotWriter snapshot)
    {
        snapshot.Write(starts);
        snapshot.Write(items);
    }

    public static Lists Read(SnapshotReader snapshot)
    {
        var starts = snapshot.Read<int>();
        return new Lists(starts, snapshot.Read<int>());
    }
}
