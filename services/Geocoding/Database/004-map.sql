-- What the map draws, worked out once for each state of the data: in Web Mercator, ranked by the zoom from which it is seen, and counted in squares. Only
-- houses are drawn from the addresses themselves.
create table map_state (
    only_one boolean primary key default true check (only_one),
    stamp text not null,
    built_at timestamptz not null default clock_timestamp()
);

-- How thickly a tile's ground is lived on: 64 by 64 squares, each as square * 16 + the binary logarithm of its addresses; empty ones are left out.
create table map_cells (zoom int not null, x int not null, y int not null, cells int[] not null);

create table map_streets (name text, class text not null, minzoom int not null, path geometry(LineString, 3857) not null);

create table map_areas (kind text not null, minzoom int not null, shape geometry(Polygon, 3857) not null);

create table map_places (name text not null, population bigint not null, minzoom int not null, position geometry(Point, 3857) not null);

-- Says which data the tables hold: another text, other data.
create function map_stamp() returns text language sql stable set search_path = public as
    $$ select coalesce(string_agg(concat_ws(' ', name, version, extract(epoch from loaded_at)), ', ' order by name), '') from sources $$;

-- The column or row of tiles in which a position in Web Mercator lies.
create function map_column(x double precision, zoom int) returns int language sql immutable parallel safe as
    $$ select floor((x + 20037508.342789244) / 40075016.685578488 * (1 << zoom))::int $$;
create function map_row(y double precision, zoom int) returns int language sql immutable parallel safe as
    $$ select floor((20037508.342789244 - y) / 40075016.685578488 * (1 << zoom))::int $$;

-- The finest squares are a 64th of a tile at zoom 12; each coarser level adds up four.
create procedure map_build_cells() language plpgsql set search_path = public, pg_temp as $$ begin
    create temp table squares on commit drop as
        select floor((longitude + 180) / 360 * 262144)::int as x,
            floor((1 - asinh(tan(radians(greatest(-85, least(85, latitude))))) / pi()) / 2 * 262144)::int as y, count(*) as n
        from addresses group by 1, 2;
    for level in reverse 12..0 loop
        insert into map_cells_next
            select level, x >> 6, y >> 6, array_agg((((y & 63) << 6) + (x & 63)) * 16 + least(15, floor(log(2, n)))::int)
            from squares group by 2, 3;
        create temp table coarser on commit drop as select x >> 1 as x, y >> 1 as y, sum(n) as n from squares group by 1, 2;
        drop table squares;
        alter table coarser rename to squares;
    end loop;
    drop table squares;
end $$;

-- An imported street has no rank of its own: the longest of each tile are its main ones, and are seen from farther off.
create procedure map_build_streets() language plpgsql set search_path = public as $$ begin
    insert into map_streets_next
    with lines as (
        select name, class, id >= 1::bigint << 62 as imported, st_transform(path, 3857) as path
        from streets where path is not null and st_ymax(path) <= 85 and st_ymin(path) >= -85),
    -- A line through houses leaps from side to side where a number has no neighbour across the street.
    drawn as (
        select name, class, case when imported then st_chaikinsmoothing(st_simplify(path, 24), 2) else path end as path from lines),
    measured as (
        select *, st_length(path) as length, (st_xmin(path) + st_xmax(path)) / 2 as x, (st_ymin(path) + st_ymax(path)) / 2 as y
        from drawn where st_npoints(path) > 1),
    ranked as (
        select *,
            row_number() over (partition by map_column(x, 11), map_row(y, 11) order by length desc, name) as of_11,
            row_number() over (partition by map_column(x, 12), map_row(y, 12) order by length desc, name) as of_12,
            row_number() over (partition by map_column(x, 13), map_row(y, 13) order by length desc, name) as of_13
        from measured)
    select name, class, case class when 'road' then 6 when 'main' then 11 when 'street' then
        case when of_11 <= 40 and length >= 800 then 11 when of_12 <= 60 and length >= 400 then 12 when of_13 <= 400 then 13 else 14 end
        else 14 end, path
    from ranked;
end $$;

-- Municipalities by their people; a post town, which may be larger or smaller, by its addresses, where most of them stand.
create procedure map_build_places() language plpgsql set search_path = public as $$ begin
    insert into map_places_next
    with quarters as (
        select place, length(postcode) as country, count(*) as n, avg(longitude) as longitude, avg(latitude) as latitude
        from addresses group by 1, 2, floor(longitude * 20), floor(latitude * 40)),
    towns as (
        select case when place = upper(place) then initcap(place) else place end as name, country, 2 * sum(n) as population,
            (array_agg(longitude order by n desc, longitude))[1] as longitude, (array_agg(latitude order by n desc, longitude))[1] as latitude
        from quarters group by 1, 2),
    named as (
        select name, population::bigint, longitude, latitude, true as municipality from municipalities
        union all
        select name, population::bigint, longitude, latitude, false from towns
        where name <> '' and not (country = 5 and exists (select 1 from municipalities m where lower(m.name) = lower(towns.name)))
        union all
        select name, 0, st_x(st_centroid(shape)), st_y(st_centroid(shape)), false from areas
        where kind = 'town' and name is not null and not exists (select 1 from municipalities m where m.name = areas.name)
            and not exists (select 1 from towns t where t.name = areas.name))
    select name, population,
        case when population >= 300000 then 3 when population >= 130000 then 4 when population >= 90000 then 5 when population >= 45000 then 6
            when population >= 18000 then 7 when municipality or population >= 6000 then 8 when population >= 1500 then 9 when population >= 300 then 10
            when population >= 60 then 11 else 12 end,
        st_transform(st_setsrid(st_makepoint(longitude, greatest(-85, least(85, latitude))), 4326), 3857)
    from named;
end $$;

-- Builds everything beside what is served and lets it take its place in a moment, unless another replica is at it or it is there already.
create function map_build() returns boolean language plpgsql security definer set search_path = public, pg_temp set work_mem = '64MB' as $$
declare
    of constant text := map_stamp();
begin
    if not pg_try_advisory_xact_lock(7168624) or of = (select stamp from map_state) then
        return false;
    end if;
    create table map_cells_next (like map_cells);
    create table map_streets_next (like map_streets);
    create table map_areas_next (like map_areas);
    create table map_places_next (like map_places);

    call map_build_cells();
    call map_build_streets();
    call map_build_places();
    insert into map_areas_next
        select kind, case kind when 'town' then 7 else 12 end, st_transform(shape, 3857) from areas where st_ymax(shape) <= 85 and st_ymin(shape) >= -85;

    create index on map_cells_next (zoom, x, y);
    -- What a whole county shows is a few of all streets, so each such zoom has an index of its own.
    create index on map_streets_next using gist (path) where minzoom <= 10;
    create index on map_streets_next using gist (path) where minzoom <= 11;
    create index on map_streets_next using gist (path) where minzoom <= 12;
    create index on map_streets_next using gist (path) where minzoom <= 13;
    create index on map_streets_next using gist (path);
    create index on map_areas_next using gist (shape) where minzoom <= 11;
    create index on map_areas_next using gist (shape);
    create index on map_places_next (minzoom);
    create index on map_places_next using gist (position);
    analyze map_cells_next;
    analyze map_streets_next;
    analyze map_areas_next;
    analyze map_places_next;

    -- A tile is drawn for seconds at most, so that is how long this waits; those who come meanwhile wait behind it.
    perform set_config('lock_timeout', '10s', true);
    drop table map_cells, map_streets, map_areas, map_places;
    alter table map_cells_next rename to map_cells;
    alter table map_streets_next rename to map_streets;
    alter table map_areas_next rename to map_areas;
    alter table map_places_next rename to map_places;
    grant select on map_cells, map_streets, map_areas, map_places to ums_app;
    insert into map_state (stamp) values (of) on conflict (only_one) do update set stamp = excluded.stamp, built_at = clock_timestamp();
    return true;
end $$;

revoke all on procedure map_build_cells(), map_build_streets(), map_build_places() from public;
revoke all on function map_build() from public;
grant execute on function map_build() to ums_app;
revoke insert, update, delete on map_state, map_cells, map_streets, map_areas, map_places from ums_app;
