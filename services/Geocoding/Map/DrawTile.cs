using System.Globalization;
using Npgsql;

namespace Ums.Geocoding.Map;

/// <summary>
/// Makes a tile: how thickly the ground is lived on and the names of towns from far off, then main streets, streets, houses and their numbers. Each zoom has what it
/// can show and no more. All but houses has been worked out before (<see cref="KeepMapFresh"/>).
/// </summary>
internal sealed class DrawTile(NpgsqlDataSource database)
{
    // The caps bound a tile's time and size where the data is not like a country's; real ones stay far below.
    private const string Sql = """
        with frame as (
            select st_tileenvelope(<z>, @x, @y) as tile,
                st_tileenvelope(<z>, @x, @y, margin => 0.0625) as sight,
                -- Metres to a quarter of a screen point: what is smaller is not seen.
                40075016.7 / (2.0 ^ <z> * 2048) as grain),
        cells_in as (
            select cell & 15 as n, st_makepoint((cell >> 4 & 63) * 64 + 32, (cell >> 10) * 64 + 32) as geom
            from (select unnest(cells) as cell from map_cells where <z> <= 12 and zoom = <z> and x = @x and y = @y) squares),
        areas_in as (
            select kind, st_asmvtgeom(st_simplify(shape, grain), tile, 4096, 64) as geom
            from frame, map_areas where shape && sight and minzoom <= <z> limit 2000),
        roads_in as (
            select class, case when <z> >= 13 then name end as name, st_asmvtgeom(st_simplify(path, grain), tile, 4096, 256) as geom
            from (select class, name, path, tile, grain from frame, map_streets where path && sight and minzoom <= <z> order by minzoom limit 2500) nearest),
        houses_in as (
            select number || coalesce(letter, '') as number, case when number is null then street end as name,
                st_asmvtgeom(st_transform(position, 3857), tile, 4096, 64) as geom
            from (select number, letter, street, position, tile from frame, addresses where <z> >= 15 and position && st_transform(sight, 4326) limit 4000) nearest),
        places_in as (
            select name, population, st_asmvtgeom(position, tile, 4096, 512) as geom
            from (select name, population, position, tile from frame, map_places
                where <z> <= 13 and position && sight and minzoom <= <z> order by population desc limit 300) largest)
        select coalesce((select st_asmvt(cells_in, 'cells') from cells_in), '')
            || coalesce((select st_asmvt(areas_in, 'areas') from areas_in where geom is not null), '')
            || coalesce((select st_asmvt(roads_in, 'roads') from roads_in where geom is not null), '')
            || coalesce((select st_asmvt(houses_in, 'houses') from houses_in where geom is not null), '')
            || coalesce((select st_asmvt(places_in, 'places') from places_in where geom is not null), '')
        """;

    // The zoom stands in the text, so that the planner sees which tables and which of the indexes by zoom a tile needs.
    private static readonly string[] ByZoom =
        [.. Enumerable.Range(0, TilePlace.Deepest + 1).Select(zoom => Sql.Replace("<z>", zoom.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))];

    public async Task<byte[]> RunAsync(TilePlace place, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ByZoom[place.Zoom]);
        command.Parameters.Add(new("x", place.X));
        command.Parameters.Add(new("y", place.Y));
        return (byte[])(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
