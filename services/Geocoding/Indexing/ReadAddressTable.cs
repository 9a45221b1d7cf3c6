using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace Ums.Geocoding.Indexing;

/// <summary>Makes the index of all that the address table holds.</summary>
internal sealed class ReadAddressTable(NpgsqlDataSource database)
{
    private const string Stamp = "select coalesce(string_agg(concat_ws(' ', name, version, extract(epoch from loaded_at)), ', ' order by name), '') from sources";

    private const string Rows = """
        copy (select id, street, number, letter, postcode, place, municipality_code, latitude, longitude, gnr, bnr, fnr, snr from addresses)
        to stdout (format binary)
        """;

    /// <summary>Says which data the table holds: another text, other data.</summary>
    public async Task<string> StampAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Stamp);
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <returns>The index, and the stamp of the very data that is in it.</returns>
    public async Task<(AddressIndex Index, string Stamp)> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        // The table is held before the first look: an import that takes the rows' place in between would give its rows the old stamp.
        await using var command = new NpgsqlCommand($"lock table addresses in access share mode; {Stamp}", connection);
        var stamp = (string)(await command.ExecuteScalarAsync(cancellationToken))!;
        var builder = new AddressIndexBuilder(MunicipalityNames.Scandinavian);
        await using (var rows = await connection.BeginBinaryExportAsync(Rows, cancellationToken))
        {
            while (await rows.StartRowAsync(cancellationToken) >= 0)
            {
                builder.Add(ReadRow(rows));
            }
        }

        return (builder.Build(), stamp);
    }

    // Field by field without a task each: a row is in the buffer, or the wait is for the database's own machine.
    private static AddressRecord ReadRow(NpgsqlBinaryExporter rows) => new(
        rows.Read<string>(NpgsqlDbType.Text), rows.Read<string>(NpgsqlDbType.Text), Int(rows), Text(rows),
        rows.Read<string>(NpgsqlDbType.Text), rows.Read<string>(NpgsqlDbType.Text), rows.Read<string>(NpgsqlDbType.Text),
        rows.Read<double>(NpgsqlDbType.Double), rows.Read<double>(NpgsqlDbType.Double), Int(rows), Int(rows), Int(rows), Int(rows));

    private static int? Int(NpgsqlBinaryExporter rows)
    {
        if (!rows.IsNull)
        {
            return rows.Read<int>(NpgsqlDbType.Integer);
        }

        rows.Skip();
        return null;
    }

    private static string? Text(NpgsqlBinaryExporter rows)
    {
        if (!rows.IsNull)
        {
            return rows.Read<string>(NpgsqlDbType.Text);
        }

        rows.Skip();
        return null;
    }
}
