using Npgsql;

namespace Ums.Geocoding.Import;

/// <summary>
/// The streets of an import, for the map: a line through each one's houses in the order of their numbers, in the middle between the two sides where there are
/// two. A street whose houses leave kilometres between them gets none.
/// </summary>
internal static class StoreStreets
{
    public static async Task<long> RunAsync(NpgsqlConnection connection, string table, string source, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(Draw(table), cancellationToken);
        await connection.ExecuteAsync("create index on import_streets (id); analyze import_streets", cancellationToken);
        await connection.ExecuteAsync("delete from streets s where source = $1 and not exists (select 1 from import_streets i where i.id = s.id)", cancellationToken, source);
        await connection.ExecuteAsync("""
            insert into streets (id, source, name, municipality_code, class, path)
            select id, $1, name, municipality_code, case when path is null then 'none' else 'street' end, path from import_streets
            on conflict (id) do update set class = excluded.class, path = excluded.path where streets.path::bytea is distinct from excluded.path::bytea
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
        named as (select street_id, min(street) as name, min(municipality_code) as municipality_code from {table} group by street_id)
        select street_id as id, name, municipality_code, path from named left join lines using (street_id)
        """;
}
