using Npgsql;
using NpgsqlTypes;
using Ums.Geocoding.Search;

namespace Ums.Geocoding.Import;

/// <summary>
/// The streets of an import, for the map: a line through each one's houses in the order of their numbers, in the middle between the two sides where there are
/// two. A street whose houses leave kilometres between them gets none.
/// </summary>
internal static class StoreStreets
{
    private const int Page = 5_000;

    public static async Task<long> RunAsync(NpgsqlConnection connection, string table, string source, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(Draw(table), cancellationToken);
        await connection.ExecuteAsync("create temp table import_keys (id bigint, key text, plain text, place_plain text) on commit drop", cancellationToken);
        await KeyAsync(connection, cancellationToken);
        await connection.ExecuteAsync("analyze import_streets; analyze import_keys", cancellationToken);
        await connection.ExecuteAsync("delete from streets s where source = $1 and not exists (select 1 from import_streets i where i.id = s.id)", cancellationToken, source);
        await connection.ExecuteAsync("""
            insert into streets (id, source, name, key, plain, municipality_code, place_plain, postcodes, class, path)
            select id, $1, name, key, plain, municipality_code, place_plain, postcodes, case when path is null then 'none' else 'street' end, path
            from import_streets join import_keys using (id)
            on conflict (id) do update set postcodes = excluded.postcodes, class = excluded.class, path = excluded.path
            where (streets.postcodes, streets.path::bytea) is distinct from (excluded.postcodes, excluded.path::bytea)
            """, cancellationToken, source);
        return (long)(await connection.ScalarAsync("select count(*) from import_streets", cancellationToken))!;
    }

    private static string Draw(string table) => $"""
        create temp table import_streets on commit drop as
        with pairs as (
            select street_id, (number + 1) / 2 as pair, avg(longitude) as x, avg(latitude) as y from {table} where number is not null group by 1, 2),
        steps as (
            select *, sqrt(((y - lag(y) over street) * 111320) ^ 2 + ((x - lag(x) over street) * 111320 * cos(radians(y))) ^ 2) as metres
            from pairs window street as (partition by street_id order by pair)),
        lines as (
            select street_id, st_setsrid(st_makeline(st_makepoint(x, y) order by pair), 4326) as path from steps
            group by street_id having count(*) > 1 and max(metres) between 1 and 2000),
        named as (
            select street_id, min(street) as name, min(municipality_code) as municipality_code, min(place) as place, array_agg(distinct postcode) as postcodes
            from {table} group by street_id)
        select street_id as id, name, municipality_code, place, postcodes, path from named left join lines using (street_id)
        """;

    // The keys are the service's to make, and a country's streets are too many to have in memory at once.
    private static async Task KeyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("create index on import_streets (id)", cancellationToken);
        var last = long.MinValue;
        while (await ReadAsync(connection, last, cancellationToken) is { Count: > 0 } streets)
        {
            await using var copy = await connection.BeginBinaryImportAsync("copy import_keys from stdin (format binary)", cancellationToken);
            foreach (var (id, name, place) in streets)
            {
                var key = NameKey.Of(name);
                await copy.StartRowAsync(cancellationToken);
                await copy.WriteAsync(id, NpgsqlDbType.Bigint, cancellationToken);
                await copy.WriteAsync(key, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(NameKey.Plain(key), NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(NameKey.PlainOf(place), NpgsqlDbType.Text, cancellationToken);
            }
            await copy.CompleteAsync(cancellationToken);
            last = streets[^1].Id;
        }
    }

    private static async Task<List<(long Id, string Name, string Place)>> ReadAsync(NpgsqlConnection connection, long after, CancellationToken cancellationToken)
    {
        await using var command = connection.Command($"select id, name, place from import_streets where id > $1 order by id limit {Page}", after);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var streets = new List<(long, string, string)>(Page);
        while (await rows.ReadAsync(cancellationToken))
        {
            streets.Add((rows.GetInt64(0), rows.GetString(1), rows.GetString(2)));
        }
        return streets;
    }
}
