using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ums.ProviderDoubles.Ledger;

/// <summary>
/// What the double has taken, as lines of JSON that are only ever added to. A million lines must neither fill the memory nor trouble the garbage collector, so
/// they lie in a few large blocks, and what many messages share stands there once.
/// </summary>
public sealed class AcceptedMessages : IDisposable
{
    private const int BlockSize = 4 * 1024 * 1024;
    private const int MostTails = 10_000;
    private const int NoTail = -1;

    /// <summary>A plus stays a plus, so that numbers can be searched for.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? line;

    private readonly Lock gate = new();
    private readonly List<Block> blocks = [];
    private readonly ConcurrentDictionary<(string Channel, string From, string Text), int> tailNumbers = new();
    private readonly List<byte[]> tails = [];
    private readonly FileStream? file;
    private readonly Timer? flush;
    private long count;

    public AcceptedMessages(string? path)
    {
        if (path is not null)
        {
            file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 256 * 1024);
            flush = new Timer(_ => Flush(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        }
    }

    public long Count => Interlocked.Read(ref count);

    /// <summary>The next message's number: part of its id, hence asked for first.</summary>
    public long NextNumber() => Interlocked.Increment(ref count);

    public void Add(LedgerEntry entry)
    {
        var head = Head(entry);
        var number = TailOf(entry);
        var tail = number == NoTail ? Tail(entry) : null;
        lock (gate)
        {
            if (number == NoTail)
            {
                Append([.. head, .. tail!], NoTail);
            }
            else
            {
                Append(head, number);
            }
            file?.Write(head);
            file?.Write(tail ?? tails[number]);
        }
    }

    /// <summary>All lines so far.</summary>
    public async Task WriteToAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        foreach (var block in Snapshot())
        {
            for (var at = 0; at < block.Used;)
            {
                WriteLine(writer, block, ref at);
                if (writer.UnflushedBytes > 64 * 1024)
                {
                    await writer.FlushAsync(cancellationToken);
                }
            }
        }
        await writer.FlushAsync(cancellationToken);
    }

    public IReadOnlyList<LedgerEntry> Read()
    {
        var (entries, buffer) = (new List<LedgerEntry>(), new ArrayBufferWriter<byte>());
        foreach (var block in Snapshot())
        {
            for (var at = 0; at < block.Used;)
            {
                buffer.ResetWrittenCount();
                WriteLine(buffer, block, ref at);
                entries.Add(JsonSerializer.Deserialize<LedgerEntry>(buffer.WrittenSpan, JsonSerializerOptions.Web)!);
            }
        }
        return entries;
    }

    public void Flush()
    {
        lock (gate)
        {
            file?.Flush();
        }
    }

    public void Dispose()
    {
        flush?.Dispose();
        lock (gate)
        {
            file?.Dispose();
        }
    }

    private List<Block> Snapshot()
    {
        lock (gate)
        {
            return [.. blocks];
        }
    }

    /// <summary>A line in a block: the tail's number, the head's length, the head.</summary>
    private void Append(ReadOnlySpan<byte> head, int tail)
    {
        var size = 2 * sizeof(int) + head.Length;
        if (blocks.Count == 0 || blocks[^1].Bytes.Length - blocks[^1].Used < size)
        {
            blocks.Add(new Block(new byte[Math.Max(BlockSize, size)], 0));
        }
        var (bytes, used) = blocks[^1];
        BitConverter.TryWriteBytes(bytes.AsSpan(used), tail);
        BitConverter.TryWriteBytes(bytes.AsSpan(used + sizeof(int)), head.Length);
        head.CopyTo(bytes.AsSpan(used + 2 * sizeof(int)));
        blocks[^1] = new Block(bytes, used + size);
    }

    private void WriteLine(IBufferWriter<byte> writer, Block block, ref int at)
    {
        var (tail, length) = (BitConverter.ToInt32(block.Bytes, at), BitConverter.ToInt32(block.Bytes, at + sizeof(int)));
        writer.Write(block.Bytes.AsSpan(at + 2 * sizeof(int), length));
        if (tail != NoTail)
        {
            byte[] bytes;
            lock (gate)
            {
                bytes = tails[tail];
            }
            writer.Write(bytes);
        }
        at += 2 * sizeof(int) + length;
    }

    /// <summary>What is the message's own, as the beginning of an object.</summary>
    private static ReadOnlySpan<byte> Head(LedgerEntry entry)
    {
        var buffer = line ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Plain.Encoder }))
        {
            json.WriteStartObject();
            json.WriteNumber("n"u8, entry.N);
            json.WriteString("id"u8, entry.Id);
            json.WriteString("to"u8, entry.To);
            json.WriteString("callback"u8, entry.Callback);
            json.WriteNumber("at"u8, entry.At);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan[..^1];
    }

    private int TailOf(LedgerEntry entry)
    {
        var key = (entry.Channel, entry.From, entry.Text);
        if (tailNumbers.TryGetValue(key, out var known))
        {
            return known;
        }
        lock (gate)
        {
            if (tailNumbers.TryGetValue(key, out known))
            {
                return known;
            }
            if (tails.Count == MostTails)
            {
                return NoTail;
            }
            tails.Add(Tail(entry));
            return tailNumbers[key] = tails.Count - 1;
        }
    }

    /// <summary>What it shares with others, as the end of an object and of a line.</summary>
    private static byte[] Tail(LedgerEntry entry)
    {
        var tail = JsonSerializer.SerializeToUtf8Bytes(new { channel = entry.Channel, from = entry.From, text = entry.Text }, Plain);
        tail[0] = (byte)',';
        return [.. tail, (byte)'\n'];
    }

    private readonly record struct Block(byte[] Bytes, int Used);
}
