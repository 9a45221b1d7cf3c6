using System.Buffers;
using System.Text;

namespace Ums.ServiceDefaults.Files;

/// <summary>
/// A text's lines, one after the other, in memory that does not grow: a line longer than <see cref="Longest"/> is passed over and said to be so. A line ends at
/// its line feed whatever quotes are open, so one broken row never takes the next along.
/// </summary>
public sealed class LineReader(Stream stream, Encoding encoding) : IDisposable
{
    public const int Longest = 64 * 1024;

    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(4 * Longest);
    private readonly char[] text = ArrayPool<char>.Shared.Rent(Longest);
    private int start, end, length;

    /// <summary>The number of the line, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Bytes from the beginning to behind the line.</summary>
    public long Position { get; private set; }

    /// <summary>What is wrong with the line as such, if anything: then it has no text.</summary>
    public string? Fault { get; private set; }

    public ReadOnlySpan<char> Text => text.AsSpan(0, length);

    public bool Next()
    {
        (length, Fault) = (0, null);
        var searched = 0;
        while (true)
        {
            var found = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                Take(searched + found, 1);
                return true;
            }
            searched = end - start;
            if (searched > Longest)
            {
                PassOver();
                return true;
            }
            if (!Fill())
            {
                return searched > 0 && Take(searched, 0);
            }
        }
    }

    /// <summary>Goes to where an earlier reading stopped.</summary>
    public void SkipTo(long position, long line)
    {
        while (Position < position)
        {
            if (start == end && !Fill())
            {
                throw new ImportException("The file is shorter than it was when its import began.");
            }
            var step = (int)Math.Min(end - start, position - Position);
            (start, Position) = (start + step, Position + step);
        }
        Line = line;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        ArrayPool<char>.Shared.Return(text);
        stream.Dispose();
    }

    private bool Take(int bytes, int ending)
    {
        var line = buffer.AsSpan(start, bytes);
        (start, Position, Line) = (start + bytes + ending, Position + bytes + ending, Line + 1);
        if (line.EndsWith("\r"u8))
        {
            line = line[..^1];
        }
        if (line.Length > Longest)
        {
            Fault = "line-too-long";
        }
        else if (!encoding.TryGetChars(line, text, out length))
        {
            (length, Fault) = (0, "encoding");
        }
        return true;
    }

    private void PassOver()
    {
        (Fault, Line) = ("line-too-long", Line + 1);
        do
        {
            var found = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            var step = found < 0 ? end - start : found + 1;
            (start, Position) = (start + step, Position + step);
            if (found >= 0)
            {
                return;
            }
        }
        while (Fill());
    }

    private bool Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        var read = stream.Read(buffer, end, buffer.Length - end);
        end += read;
        return read > 0;
    }
}
