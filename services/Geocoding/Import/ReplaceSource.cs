using Npgsql;
using NpgsqlTypes;

namespace Ums.Geocoding.Import;

/// <summary>
/// Loads all that one source has out of memory, in one transaction: readers see the old rows until the new ones are there. Of several replicas that
/// start at once one loads and the others wait and find it done.
/// </summary>
internal static class ReplaceSource
{
    /// <summary>Any number will do, as long as all replicas use the same and the migration another.</summary>
    public const long LockKey = 0x67656F;

    /// <returns>False where this version of the source was there already.</returns>
    public static async Task<bool> RunAsync(
        NpgsqlDataSource database, string source, string version, Func<(IReadOnlyList<StreetRow> Streets, IReadOnlyList<AreaRow> Areas)> rows,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync("select pg_advisory_xact_lock($1)", cancellationToken, LockKey);
        if (await connection.ScalarAsync("select 1 from sources where name = $1 and version = $2", cancellationToken, source, version) is not null)
        {
            return false;
        }

        var (streets, areas) = rows();
        await connection.ExecuteAsync("insert into sources (name, version) values ($1, '') on conflict (name) do nothing", cancellationToken, source);
        await connection.ExecuteAsync("delete from streets where source = $1", cancellationToken, source);
        await connection.ExecuteAsync("delete from areas where source = $1", cancellationToken, source);
        var firstStreet = 1 + (long)(await connection.ScalarAsync("select coalesce(max(id), 0) from streets where id < $1", cancellationToken, StreetIds.First))!;
        var firstArea = 1 + (long)(await connection.ScalarAsync("select coalesce(max(id), 0) from areas", cancellationToken))!;
        await CopyStreetsAsync(connection, source, streets, firstStreet, cancellationToken);
        await CopyAreasAsync(connection, source, areas, firstArea, cancellationToken);
        await connection.ExecuteAsync("call addresses_loaded()", cancellationToken);

        var table = new AddressTable(Guid.CreateVersion7(), source);
        await table.StageAsync(connection, cancellationToken);
        CopyAddresses(connection, table, streets, firstStreet);
        await table.IndexAsync(connection, cancellationToken);
        await connection.ExecuteAsync("call addresses_hold()", cancellationToken);
        await table.SwapAsync(connection, version, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task CopyStreetsAsync(
        NpgsqlConnection connection, string source, IReadOnlyList<StreetRow> streets, long first, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy streets (id, source, name, municipality_code, class, path) from stdin (format binary)", cancellationToken);
        foreach (var (index, street) in streets.Index())
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(first + index, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(source, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(street.Name, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(street.MunicipalityCode, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(street.Class, NpgsqlDbType.Text, cancellationToken);
            // The wire form of a geometry is its EWKB, so no plug-in is needed to write one.
            await copy.WriteAsync(street.Path.Count > 1 ? Ewkb.LineString(street.Path) : null, NpgsqlDbType.Bytea, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static void CopyAddresses(NpgsqlConnection connection, AddressTable table, IReadOnlyList<StreetRow> streets, long first)
    {
        using var copy = table.BeginCopy(connection);
        foreach (var (index, street) in streets.Index())
        {
            foreach (var address in street.Addresses)
            {
                table.Write(copy, new CheckedAddress(
                    address.Id, first + index, street.Name, address.Number, address.Letter, address.Postcode, address.Place, street.MunicipalityCode,
                    address.Position.Latitude, address.Position.Longitude, address.Gnr, address.Bnr, address.Fnr, address.Snr), part: 0, line: 0);
            }
        }

        copy.Complete();
    }

    private static async Task CopyAreasAsync(
        NpgsqlConnection connection, string source, IReadOnlyList<AreaRow> areas, long first, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync("copy areas (id, source, kind, name, shape) from stdin (format binary)", cancellationToken);
        foreach (var (index, area) in areas.Index())
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
}
