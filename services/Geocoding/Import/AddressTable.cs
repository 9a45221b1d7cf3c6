using Npgsql;
using NpgsqlTypes;

namespace Ums.Geocoding.Import;

/// <summary>The table in which a load gathers its rows until they take their source's place; see Database/003-imports.sql.</summary>
internal sealed class AddressTable(Guid load, string source)
{
    public string Name { get; } = $"addresses_{load:N}";

    public void Write(NpgsqlBinaryImporter copy, CheckedAddress address, int part, long line)
    {
        copy.StartRow();
        copy.Write(source, NpgsqlDbType.Text);
        copy.Write(address.Id, NpgsqlDbType.Text);
        copy.Write(address.StreetId, NpgsqlDbType.Bigint);
        copy.Write(address.Street, NpgsqlDbType.Text);
        Write(copy, address.Number);
        copy.Write(address.Letter, NpgsqlDbType.Text);
        copy.Write(address.Postcode, NpgsqlDbType.Text);
        copy.Write(address.Place, NpgsqlDbType.Text);
        copy.Write(address.Municipality, NpgsqlDbType.Text);
        copy.Write(address.Latitude, NpgsqlDbType.Double);
        copy.Write(address.Longitude, NpgsqlDbType.Double);
        Write(copy, address.Gnr);
        Write(copy, address.Bnr);
        Write(copy, address.Fnr);
        Write(copy, address.Snr);
        copy.Write(part, NpgsqlDbType.Integer);
        copy.Write(line, NpgsqlDbType.Bigint);
    }

    public NpgsqlBinaryImporter BeginCopy(NpgsqlConnection connection) => connection.BeginBinaryImport($"""
        copy {Name} (source, id, street_id, street, number, letter, postcode, place, municipality_code, latitude, longitude, gnr, bnr, fnr, snr, part, line)
        from stdin (format binary)
        """);

    public Task StageAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.ExecuteAsync("call addresses_stage($1)", cancellationToken, load);

    public Task UnstageAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.ExecuteAsync("call addresses_unstage($1)", cancellationToken, load);

    public Task IndexAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.ExecuteAsync("call addresses_index($1, $2)", cancellationToken, load, source);

    /// <summary>Puts the rows in the place of those that the source had. The caller's transaction holds the table.</summary>
    public Task SwapAsync(NpgsqlConnection connection, string version, CancellationToken cancellationToken) =>
        connection.ExecuteAsync("call addresses_swap($1, $2, $3)", cancellationToken, load, source, version);

    // Null without boxing.
    private static void Write(NpgsqlBinaryImporter copy, int? number)
    {
        if (number is { } value)
        {
            copy.Write(value, NpgsqlDbType.Integer);
        }
        else
        {
            copy.WriteNull();
        }
    }
}
