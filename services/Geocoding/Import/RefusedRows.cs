using Npgsql;

namespace Ums.Geocoding.Import;

/// <summary>The report of an import: every row that was not taken, where it stands and why, as CSV that a spreadsheet may open.</summary>
internal static class RefusedRows
{
    public const string Header = "file,line,field,reason,value";

    public static async Task WriteAsync(NpgsqlDataSource database, Guid import, TextWriter report, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = connection.Command(
            "select part + 1, line, field, reason, value from import_refusals where import_id = $1 order by part, line", import);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await report.WriteAsync($"{Header}\r\n");
        while (await rows.ReadAsync(cancellationToken))
        {
            await report.WriteAsync(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{rows.GetInt32(0)},{rows.GetInt64(1)},{rows.GetString(2)},{rows.GetString(3)},{Cell(rows.GetString(4))}\r\n"));
        }
    }

    /// <summary>Field and reason to how many rows.</summary>
    public static async Task<IReadOnlyList<Count>> CountAsync(NpgsqlDataSource database, Guid import, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = connection.Command(
            "select field, reason, count(*) from import_refusals where import_id = $1 group by 1, 2 order by 3 desc, 1, 2", import);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var counts = new List<Count>();
        while (await rows.ReadAsync(cancellationToken))
        {
            counts.Add(new Count(rows.GetString(0), rows.GetString(1), rows.GetInt64(2)));
        }
        return counts;
    }

    // What begins as a formula would be one: a leading ' makes it a text again. Control characters have no business in a cell.
    internal static string Cell(string value)
    {
        var shown = string.Concat(value.Select(character => char.IsControl(character) ? '\uFFFD' : character));
        if (value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\0' or '\uFFFD')
        {
            shown = "'" + shown;
        }
        return shown.AsSpan().IndexOfAny(",\"; ") < 0 ? shown : $"\"{shown.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <param name="Field">In the words of our own CSV; <c>row</c> where the row as such is at fault.</param>
    public sealed record Count(string Field, string Reason, long Rows);
}
