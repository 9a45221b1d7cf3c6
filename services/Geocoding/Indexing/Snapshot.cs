using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Ums.Geocoding.Indexing;

/// <summary>Why a snapshot cannot be used; the index is then built from the table.</summary>
internal sealed class UnusableSnapshotException(string message) : Exception(message);

/// <summary>
/// The file in which a built index is kept, so that the next start need not build it: what it is and of which data, then the index's arrays,
/// then a checksum over all before it. Arrays are as they lie in memory, little-endian.
/// </summary>
internal static class Snapshot
{
    /// <summary>Goes up with every change of what is written, or of how names become keys: an older file is then built anew.</summary>
    public const int FormatVersion = 4;

    public static ReadOnlySpan<byte> Magic => "UMSADDR\n"u8;

    /// <param name="data">Says of which data the index was made; compared when it is read.</param>
    public static void Save(AddressIndex index, string data, string file)
    {
        var draft = $"{file}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20))
            {
                var snapshot = new SnapshotWriter(stream);
                snapshot.Write<byte>(Magic);
                snapshot.Write<int>([FormatVersion]);
                snapshot.Write<byte>(Encoding.UTF8.GetBytes(data));
                index.Write(snapshot);
                snapshot.WriteChecksum();
                stream.Flush(flushToDisk: true);
            }

            // Whoever reads meanwhile has the old file or the new one, whole.
            File.Move(draft, file, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <exception cref="UnusableSnapshotException">The file is missing, broken, of another format or of other data.</exception>
    public static AddressIndex Load(string file, string data)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            var snapshot = new SnapshotReader(stream);
            if (!snapshot.Read<byte>().AsSpan().SequenceEqual(Magic) || snapshot.Read<int>() is not [FormatVersion])
            {
                throw new UnusableSnapshotException("It is of another format.");
            }

            if (Encoding.UTF8.GetString(snapshot.Read<byte>()) != data)
            {
                throw new UnusableSnapshotException("It is of other data.");
            }

            var index = AddressIndex.Read(snapshot);
            snapshot.Check();
            return index;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or IndexOutOfRangeException or OverflowException or InvalidOperationException)
        {
            throw new UnusableSnapshotException(e.Message);
        }
    }
}

internal sealed class SnapshotWriter(Stream stream)
{
    private readonly XxHash3 checksum = new();

    public void Write<T>(T[] items)
        where T : unmanaged => Write<T>(items.AsSpan());

    public void Write<T>(ReadOnlySpan<T> items)
        where T : unmanaged
    {
        Put(BitConverter.GetBytes(items.Length));
        Put(MemoryMarshal.AsBytes(items));
    }

    public void WriteChecksum() => stream.Write(checksum.GetCurrentHash());

    private void Put(ReadOnlySpan<byte> bytes)
    {
        checksum.Append(bytes);
        stream.Write(bytes);
    }
}

internal sealed class SnapshotReader(Stream stream)
{
    private readonly XxHash3 checksum = new();

    public T[] Read<T>()
        where T : unmanaged
    {
        var length = BitConverter.ToInt32(Take(stackalloc byte[4]));
        var bytes = (long)length * Unsafe.SizeOf<T>();
        if (length < 0 || bytes > stream.Length - stream.Position)
        {
            throw new UnusableSnapshotException("It is not whole.");
        }

        var items = GC.AllocateUninitializedArray<T>(length);
        Take(MemoryMarshal.AsBytes(items.AsSpan()));
        return items;
    }

    public void Check()
    {
        var expected = checksum.GetCurrentHash();
        Span<byte> stored = stackalloc byte[8];
        stream.ReadExactly(stored);
        if (!stored.SequenceEqual(expected) || stream.Position != stream.Length)
        {
            throw new UnusableSnapshotException("Its checksum is wrong.");
        }
    }

    private Span<byte> Take(Span<byte> bytes)
    {
        stream.ReadExactly(bytes);
        checksum.Append(bytes);
        return bytes;
    }
}
