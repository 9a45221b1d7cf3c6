create extension if not exists postgis;
create extension if not exists pg_trgm;

-- Where addresses come from; a later load of the same source replaces the earlier one.
create table sources (
    name text primary key,
    version text not null,
    loaded_at timestamptz not null default now()
);

-- A street, or a farm or village whose addresses lack numbers. The same name twice in a municipality is two rows.
create table streets (
    id bigint primary key,
    source text not null references sources on delete cascade,
    name text not null,
    -- The name as names are compared, with and without å, ä and ö. Made by the service, which makes the queries' keys too.
    key text not null,
    plain text not null,
    municipality_code text not null check (municipality_code ~ '^[0-9]{4}$'),
    place_plain text not null,
    postcodes text[] not null,
    class text not null check (class in ('road', 'main', 'street', 'lane', 'none')),
    path geometry(LineString, 4326)
);
create index streets_source on streets (source);
create index streets_plain on streets (plain text_pattern_ops);
create index streets_plain_near on streets using gist (plain gist_trgm_ops (siglen = 64));
create index streets_place on streets (place_plain);
create index streets_postcodes on streets using gin (postcodes);
create index streets_path on streets using gist (path);

create table addresses (
    id text primary key check (length(id) <= 64),
    street_id bigint not null references streets on delete cascade,
    street text not null,
    number int,
    letter text,
    postcode text not null check (postcode ~ '^[0-9]{5}$'),
    place text not null,
    municipality_code text not null,
    latitude double precision not null check (latitude between -90 and 90),
    longitude double precision not null check (longitude between -180 and 180),
    position geometry(Point, 4326) generated always as (st_setsrid(st_makepoint(longitude, latitude), 4326)) stored,
    gnr int,
    bnr int,
    fnr int,
    snr int
);
create index addresses_street on addresses (street_id, number, letter);
create index addresses_municipality on addresses (municipality_code);
create index addresses_position on addresses using gist (position);

-- Ground that the map tints: built-up land and parks.
create table areas (
    id bigint primary key,
    source text not null references sources on delete cascade,
    kind text not null check (kind in ('town', 'park')),
    name text,
    shape geometry(Polygon, 4326) not null
);
create index areas_source on areas (source);
create index areas_shape on areas using gist (shape);

-- The planner's figures after a load; the service's own role may not make them.
create procedure addresses_loaded() language plpgsql security definer set search_path = public as $$ begin
    analyze streets;
    analyze addresses;
    analyze areas;
end $$;
revoke all on procedure addresses_loaded() from public;
grant execute on procedure addresses_loaded() to ums_app;
