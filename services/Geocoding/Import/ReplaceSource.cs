using Npgsql;
using NpgsqlTypes;
using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Import;

/// <summary>
/// Loads all that one source has, in one transaction: readers see the old rows until the new ones are there. Of several replicas that
/// start at once one loads and the others wait and find it done.
/// </summary>
internal static class ReplaceSource
{
    /// <summary>Any number will do, as long as all replicas use the same and the migration another.</summary>
    private const long LockKey = 0x67656F;

    /// <returns>False where this version of the source was there already.</returns>
    public static async Task<bool> RunAsync(
        NpgsqlDataSource database, string source, string version, Func<(IReadOnlyList<StreetRow> Streets, IReadOnlyList<AreaRow> Areas)> rows,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, "select pg_advisory_xact_lock($1)", cancellationToken, LockKey);
        if (await ScalarAsync(connection, "select 1 from sources where name = $1 and version = $2", cancellationToken, source, version) is not null)
        {
            return false;
        }

        var (streets, areas) = rows();
        await ExecuteAsync(connection, "delete from sources where name = $1", cancellationToken, source);
        await ExecuteAsync(connection, "insert into sources (name, version) values ($1, $2)", cancellationToken, source, version);
        var firstStreet = 1 + (long)(await ScalarAsync(connection, "select coalesce(max(id), 0) from streets", cancellationToken))!;
        var firstArea = 1 + (long)(await ScalarAsync(connection, "select coalesce(max(id), 0) from areas", cancellationToken))!;
        await CopyStreetsAsync(connection, source, streets, firstStreet, cancellationToken);
        await CopyAddressesAsync(connection, streets, firstStreet, cancellationToken);
        await CopyAreasAsync(connection, source, areas, firstArea, cancellationToken);
        await ExecuteAsync(connection, "call addresses_loaded()", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task CopyStreetsAsync(
        NpgsqlConnection connection, string source, IReadOnlyList<StreetRow> streets, long first, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy streets (id, source, name, key, plain, municipality_code, place_plain, postcodes, class, path) from stdin (format binary)", cancellationToken);
        foreach (var (street, index) in streets.Select((street, index) => (street, index)))
        {
            var key = NameKey.Of(street.Name);
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(first + index, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(source, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(street.Name, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(key, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(NameKey.Plain(key), NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(street.MunicipalityCode, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(NameKey.PlainOf(street.Place), NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(street.Addresses.Select(address => address.Postcode).Distinct().ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(street.Class, NpgsqlDbType.Text, cancellationToken);
            // The wire form of a geometry is its EWKB, so no plug-in is needed to write one.
            await copy.WriteAsync(street.Path.Count > 1 ? Ewkb.LineString(street.Path) : null, NpgsqlDbType.Bytea, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task CopyAddressesAsync(NpgsqlConnection connection, IReadOnlyList<StreetRow> streets, long first, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync("""
            copy addresses (id, street_id, street, number, letter, postcode, place, municipality_code, latitude, longitude, gnr, bnr, fnr, snr)
            from stdin (format binary)
            """, cancellationToken);
        foreach (var (street, index) in streets.Select((street, index) => (street, index)))
        {
            foreach (var address in street.Addresses)
            {
                await copy.StartRowAsync(cancellationToken);
                await copy.WriteAsync(address.Id, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(first + index, NpgsqlDbType.Bigint, cancellationToken);
                await copy.WriteAsync(street.Name, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(address.Number, NpgsqlDbType.Integer, cancellationToken);
                await copy.WriteAsync(address.Letter, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(address.Postcode, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(address.Place, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(street.MunicipalityCode, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(address.Position.Latitude, NpgsqlDbType.Double, cancellationToken);
                await copy.WriteAsync(address.Position.Longitude, NpgsqlDbType.Double, cancellationToken);
                await copy.WriteAsync(address.Gnr, NpgsqlDbType.Integer, cancellationToken);
                await copy.WriteAsync(address.Bnr, NpgsqlDbType.Integer, cancellationToken);
                await copy.WriteAsync(address.Fnr, NpgsqlDbType.Integer, cancellationToken);
                await copy.WriteAsync(address.Snr, NpgsqlDbType.Integer, cancellationToken);
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task CopyAreasAsync(
        NpgsqlConnection connection, string source, IReadOnlyList<AreaRow> areas, long first, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync("copy areas (id, source, kind, name, shape) from stdin (format binary)", cancellationToken);
        foreach (var (area, index) in areas.Select((area, index) => (area, index)))
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(first + index, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(source, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(area.Kind, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(area.Name, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(Ewkb.Polygon(area.Ring), NpgsqlDbType.Bytea, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }
}
