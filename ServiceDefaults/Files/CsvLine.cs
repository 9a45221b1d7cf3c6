namespace Ums.ServiceDefaults.Files;

/// <summary>
/// One line of CSV (RFC 4180) taken apart. A line is a row: a line feed within quotes is refused, as it would be in every field that we have.
/// The arrays are used again for the next line.
/// </summary>
public sealed class CsvLine(char delimiter)
{
    private const int MostFields = 200;

    private readonly Range[] ranges = new Range[MostFields];
    private readonly char[] text = new char[LineReader.Longest];

    public int Count { get; private set; }

    public ReadOnlySpan<char> this[int field] => text.AsSpan(ranges[field]);

    /// <returns>What is wrong with the line, or null.</returns>
    public string? Split(ReadOnlySpan<char> line)
    {
        (Count, var written) = (0, 0);
        while (true)
        {
            if (Count == MostFields)
            {
                return "columns";
            }
            var start = written;
            if (!Field(ref line, ref written))
            {
                return "quotes";
            }
            ranges[Count++] = start..written;
            if (line.IsEmpty)
            {
                return null;
            }
            line = line[1..];
        }
    }

    private bool Field(ref ReadOnlySpan<char> line, ref int written)
    {
        if (line is ['"', ..])
        {
            return Quoted(ref line, ref written);
        }
        var length = line.IndexOf(delimiter) is >= 0 and var found ? found : line.Length;
        line[..length].CopyTo(text.AsSpan(written));
        line = line[length..];
        written += length;
        // A quote inside a field that does not begin with one means nothing.
        return true;
    }

    private bool Quoted(ref ReadOnlySpan<char> line, ref int written)
    {
        line = line[1..];
        while (true)
        {
            var quote = line.IndexOf('"');
            if (quote < 0)
            {
                return false;
            }
            line[..quote].CopyTo(text.AsSpan(written));
            line = line[(quote + 1)..];
            written += quote;
            if (line is not ['"', ..])
            {
                return line.IsEmpty || line[0] == delimiter;
            }
            text[written++] = '"';
            line = line[1..];
        }
    }
}
