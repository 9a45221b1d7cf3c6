using System.IO.Hashing;

namespace Ums.Geocoding.Indexing;

/// <summary>Distinct keys of letter codes, numbered in their order; found by hash, or by how they begin.</summary>
internal sealed class KeySet
{
    private readonly byte[] codes;
    private readonly int[] starts;
    private readonly int[] slots;

    /// <param name="codes">All keys, one after the other.</param>
    /// <param name="starts">Where each begins, and the end of the last.</param>
    private KeySet(byte[] codes, int[] starts)
    {
        this.codes = codes;
        this.starts = starts;
        slots = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, Count * 2))];
        for (var key = 0; key < Count; key++)
        {
            var slot = SlotOf(this[key]);
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & (slots.Length - 1);
            }

            slots[slot] = key + 1;
        }
    }

    public int Count => starts.Length - 1;

    public ReadOnlySpan<byte> this[int key] => codes.AsSpan(starts[key], starts[key + 1] - starts[key]);

    /// <param name="keys">Distinct, in the order of their codes.</param>
    public static KeySet Of(IReadOnlyList<byte[]> keys)
    {
        var starts = new int[keys.Count + 1];
        for (var key = 0; key < keys.Count; key++)
        {
            starts[key + 1] = starts[key] + keys[key].Length;
        }

        var codes = new byte[starts[^1]];
        for (var key = 0; key < keys.Count; key++)
        {
            keys[key].CopyTo(codes, starts[key]);
        }

        return new KeySet(codes, starts);
    }

    /// <returns>The key's number, or -1.</returns>
    public int Find(ReadOnlySpan<byte> key)
    {
        for (var slot = SlotOf(key); slots[slot] != 0; slot = (slot + 1) & (slots.Length - 1))
        {
            if (this[slots[slot] - 1].SequenceEqual(key))
            {
                return slots[slot] - 1;
            }
        }

        return -1;
    }

    /// <returns>The numbers of the keys that begin so; they stand together.</returns>
    public Stretch BeginningWith(ReadOnlySpan<byte> beginning)
    {
        var first = FirstNotBefore(beginning, after: false);
        return new Stretch(first, FirstNotBefore(beginning, after: true));
    }

    public void Write(SnapshotWriter snapshot)
    {
        snapshot.Write(starts);
        snapshot.Write(codes);
    }

    public static KeySet Read(SnapshotReader snapshot)
    {
        var starts = snapshot.Read<int>();
        return new KeySet(snapshot.Read<byte>(), starts);
    }

    private int FirstNotBefore(ReadOnlySpan<byte> beginning, bool after)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var key = this[middle];
            var order = key[..Math.Min(key.Length, beginning.Length)].SequenceCompareTo(beginning);
            if (order < 0 || (after && order == 0))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private int SlotOf(ReadOnlySpan<byte> key) => (int)XxHash3.HashToUInt64(key) & (slots.Length - 1);
}
