using System.Text;

namespace Ums.Benchmarks.Geocoding;

/// <summary>Comma-separated lines. A field with a comma or a quote in it stands in quotes; none holds a line break.</summary>
internal static class Csv
{
    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create(",\"");

    /// <summary>Takes the next field off the line; false when there is none left.</summary>
    public static bool Next(ref ReadOnlySpan<char> line, ref bool more, out ReadOnlySpan<char> field)
    {
        field = default;
        if (!more)
        {
            return false;
        }

        if (line is ['"', ..])
        {
            return Quoted(ref line, ref more, out field);
        }

        var comma = line.IndexOf(',');
        more = comma >= 0;
        field = more ? line[..comma] : line;
        line = more ? line[(comma + 1)..] : default;
        return true;
    }

    public static string[] Split(string line)
    {
        var fields = new List<string>();
        var rest = line.AsSpan();
        var more = true;
        while (Next(ref rest, ref more, out var field))
        {
            fields.Add(field.ToString());
        }

        return [.. fields];
    }

    public static void Append(StringBuilder line, ReadOnlySpan<char> field)
    {
        if (line.Length > 0)
        {
            line.Append(',');
        }

        AppendField(line, field);
    }

    public static void AppendField(StringBuilder line, ReadOnlySpan<char> field)
    {
        if (field.IndexOfAny(Special) < 0)
        {
            line.Append(field);
            return;
        }

        line.Append('"').Append(field.ToString().Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }

    private static bool Quoted(ref ReadOnlySpan<char> line, ref bool more, out ReadOnlySpan<char> field)
    {
        var text = new StringBuilder();
        var at = 1;
        while (at < line.Length && !(line[at] == '"' && (at + 1 == line.Length || line[at + 1] != '"')))
        {
            at += line[at] == '"' ? 2 : 1;
            text.Append(line[at - 1]);
        }

        var rest = at < line.Length ? line[(at + 1)..] : default;
        more = rest is [',', ..];
        line = more ? rest[1..] : default;
        field = text.ToString();
        return true;
    }
}
