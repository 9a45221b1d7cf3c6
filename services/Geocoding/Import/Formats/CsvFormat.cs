using System.Text;
using Ums.Geocoding.Import.Files;
using Ums.ServiceDefaults.Files;

namespace Ums.Geocoding.Import.Formats;

/// <summary>A text with a header and an address a line.</summary>
/// <param name="required">Columns without which the file is not of this format.</param>
internal abstract class CsvFormat(char delimiter, params string[] required) : AddressFormat
{
    public sealed override IEnumerable<SourceRow> Read(Part part, Place from, string scratch)
    {
        using var lines = TextEncoding.Open(part.Open());
        var fields = new CsvLine(delimiter);
        var columns = ReadHeader(part, lines, fields);
        if (from.Position > 0)
        {
            lines.SkipTo(from.Position, from.Line);
        }
        while (lines.Next())
        {
            if (lines.Fault is null && lines.Text.IsWhiteSpace())
            {
                continue;
            }
            yield return Row(lines, fields, columns);
        }
    }

    /// <summary>A line under a header, for those who have no file.</summary>
    internal (RawAddress? Address, Refusal? Refusal) ReadLine(ReadOnlySpan<char> line, CsvLine fields, Columns columns)
    {
        if (fields.Split(line) is { } fault)
        {
            return (null, Refusal.Of("row", fault, line));
        }
        if (fields.Count != columns.Count)
        {
            return (null, Refusal.Of("row", "columns", line));
        }
        var address = new RawAddress();
        return Read(new CsvRow(fields, columns), address) is { } refusal ? (null, refusal) : (address, null);
    }

    /// <returns>The column's place by its name.</returns>
    /// <exception cref="ImportException">A column is missing or there twice.</exception>
    internal Columns ReadHeader(string part, ReadOnlySpan<char> line, CsvLine fields)
    {
        if (fields.Split(line) is not null)
        {
            throw new ImportException($"{part}: the first line is no header.");
        }
        var columns = new Dictionary<string, int>();
        for (var field = 0; field < fields.Count; field++)
        {
            var name = Name(fields[field]);
            if (name.Length > 0 && !columns.TryAdd(name, field))
            {
                throw new ImportException($"{part}: the header has the column {name} twice.");
            }
        }
        var missing = required.Where(column => !columns.ContainsKey(column)).ToList();
        return missing.Count == 0
            ? new Columns(columns, fields.Count)
            : throw new ImportException($"{part}: the header lacks {string.Join(", ", missing)}.");
    }

    /// <summary>Fills in what the row says.</summary>
    protected abstract Refusal? Read(CsvRow row, RawAddress address);

    private Columns ReadHeader(Part part, LineReader lines, CsvLine fields)
    {
        if (!lines.Next())
        {
            throw new ImportException($"{part.Name} is empty.");
        }
        return lines.Fault is null ? ReadHeader(part.Name, lines.Text, fields) : throw new ImportException($"{part.Name}: the first line is no header.");
    }

    private SourceRow Row(LineReader lines, CsvLine fields, Columns columns)
    {
        var (address, refusal) = lines.Fault is { } fault ? (null, Refusal.Of("row", fault)) : ReadLine(lines.Text, fields, columns);
        return new SourceRow(lines.Line, lines.Position, lines.Position, address, refusal);
    }

    // Case and marks differ from one delivery to the next: EPSG-kode, Epsg_Kode.
    private static string Name(ReadOnlySpan<char> header)
    {
        var name = new StringBuilder();
        foreach (var character in header.Length > 100 ? header[..100] : header)
        {
            if (char.IsLetterOrDigit(character) || character == '_')
            {
                name.Append(char.ToLowerInvariant(character));
            }
        }
        return name.ToString();
    }
}

/// <summary>Where each column stands.</summary>
internal sealed record Columns(Dictionary<string, int> Places, int Count);

/// <summary>A line by its columns' names.</summary>
internal readonly struct CsvRow(CsvLine fields, Columns columns)
{
    /// <summary>Empty where there is no such column.</summary>
    public ReadOnlySpan<char> this[string column] => columns.Places.TryGetValue(column, out var place) ? fields[place].Trim() : default;

    /// <summary>Null where there is nothing.</summary>
    public string? Text(string column) => this[column] is { IsEmpty: false } text ? text.ToString() : null;
}
