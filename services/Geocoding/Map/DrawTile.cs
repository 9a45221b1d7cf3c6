using Npgsql;

namespace Ums.Geocoding.Map;

/// <summary>
/// Makes a tile from the tables: tinted ground, streets, house numbers, and the names of municipalities while a whole county is in sight.
/// Each zoom has what it can show and no more, so that a tile stays a few kilobytes.
/// </summary>
internal sealed class DrawTile(NpgsqlDataSource database)
{
    private const string Sql = """
        with frame as (
            select st_tileenvelope(@z, @x, @y) as tile,
                st_transform(st_tileenvelope(@z, @x, @y, margin => 0.0625), 4326) as sight,
                -- Metres to a quarter of a screen point: what is smaller is not seen.
                40075016.7 / (2 ^ @z * 2048) as grain),
        areas_in as (
            select kind, st_asmvtgeom(st_simplify(st_transform(shape, 3857), grain), tile, 4096, 64) as geom
            from frame, areas where shape && sight and @z >= case kind when 'town' then 7 else 12 end),
        roads_in as (
            select class, case when @z >= 13 then name end as name,
                st_asmvtgeom(st_simplify(st_transform(path, 3857), grain), tile, 4096, 256) as geom
            from frame, streets
            where path && sight and @z >= case class when 'road' then 6 when 'main' then 11 when 'street' then 13 else 14 end),
        houses_in as (
            select number || coalesce(letter, '') as number, case when number is null then street end as name,
                st_asmvtgeom(st_transform(position, 3857), tile, 4096, 64) as geom
            from frame, addresses where @z >= 15 and position && sight),
        names as (
            select name, population, st_setsrid(st_makepoint(longitude, latitude), 4326) as position from municipalities
            union all
            select name, 0, st_centroid(shape) from areas where kind = 'town' and name not in (select name from municipalities)),
        places_in as (
            select name, population, st_asmvtgeom(st_transform(position, 3857), tile, 4096, 512) as geom
            from frame, names
            where @z <= 13 and position && sight and population >= case @z when 3 then 300000 when 4 then 130000 when 5 then 90000 when 6 then 45000 when 7 then 18000 when 8 then 1 else 0 end)
        select coalesce((select st_asmvt(areas_in, 'areas') from areas_in where geom is not null), '')
            || coalesce((select st_asmvt(roads_in, 'roads') from roads_in where geom is not null), '')
            || coalesce((select st_asmvt(houses_in, 'houses') from houses_in where geom is not null), '')
            || coalesce((select st_asmvt(places_in, 'places') from places_in where geom is not null), '')
        """;

    public async Task<byte[]> RunAsync(TilePlace place, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new("z", place.Zoom));
        command.Parameters.Add(new("x", place.X));
        command.Parameters.Add(new("y", place.Y));
        return (byte[])(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
