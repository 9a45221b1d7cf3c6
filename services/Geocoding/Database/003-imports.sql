-- Addresses lie in one partition a source: a new load is built beside the old one, indexes and all, and takes its place in a moment.
alter table addresses rename to addresses_before;
alter table sources add column rows_in text;

-- Names are searched in the service's own memory now; what is left of streets is what the map draws.
alter table streets drop column key, drop column plain, drop column place_plain, drop column postcodes;

create table addresses (
    source text not null,
    id text not null check (length(id) <= 64),
    street_id bigint not null,
    street text not null,
    number int,
    letter text,
    -- Sweden's have five digits, Norway's four; by that the country is told, for both number their municipalities from the same range.
    postcode text not null check (postcode ~ '^[0-9]{4,5}$'),
    place text not null,
    municipality_code text not null check (municipality_code ~ '^[0-9]{4}$'),
    latitude double precision not null check (latitude between -90 and 90),
    longitude double precision not null check (longitude between -180 and 180),
    gnr int,
    bnr int,
    fnr int,
    snr int,
    position geometry(Point, 4326) generated always as (st_setsrid(st_makepoint(longitude, latitude), 4326)) stored
) partition by list (source);

-- What an import has read so far, in a table that becomes the source's partition. Line and part are for its report and go before that.
create procedure addresses_stage(load uuid) language plpgsql security definer set search_path = public as $$ begin
    execute format('create table %I (like addresses including defaults including constraints including generated)', 'addresses_' || replace(load::text, '-', ''));
    execute format('alter table %I add column part int, add column line bigint', 'addresses_' || replace(load::text, '-', ''));
    execute format('grant select, insert, update, delete on %I to ums_app', 'addresses_' || replace(load::text, '-', ''));
end $$;

create procedure addresses_unstage(load uuid) language plpgsql security definer set search_path = public as $$ begin
    if exists (select 1 from sources where rows_in = 'addresses_' || replace(load::text, '-', '')) then
        raise exception 'The rows of load % are in use.', load;
    end if;
    execute format('drop table if exists %I', 'addresses_' || replace(load::text, '-', ''));
end $$;

-- Everything that takes long, done before anybody has to wait: the same indexes as the whole table has, and the proof that all rows are the source's.
create procedure addresses_index(load uuid, of_source text) language plpgsql security definer set search_path = public as $$
declare
    staged constant text := 'addresses_' || replace(load::text, '-', '');
    definition text;
begin
    execute format('alter table %I drop column part, drop column line, add primary key (id, source), add check (source is not null and source = %L)', staged, of_source);
    for definition in
        select pg_get_indexdef(indexrelid) from pg_index where indrelid = 'addresses'::regclass and not indisprimary
    loop
        execute regexp_replace(definition, '^CREATE (UNIQUE )?INDEX \S+ ON (ONLY )?\S+', format('CREATE \1INDEX ON %I', staged));
    end loop;
    execute format('analyze %I', staged);
end $$;

-- The last step of a load, under a lock on the table that its caller has taken: moments.
create procedure addresses_swap(load uuid, of_source text, of_version text) language plpgsql security definer set search_path = public as $$
declare
    staged constant text := 'addresses_' || replace(load::text, '-', '');
    before text;
begin
    select rows_in into before from sources where name = of_source;
    if before is not null then
        execute format('drop table %I', before);
    end if;
    execute format('alter table addresses attach partition %I for values in (%L)', staged, of_source);
    insert into sources (name, version, loaded_at, rows_in) values (of_source, of_version, clock_timestamp(), staged)
        on conflict (name) do update set version = excluded.version, loaded_at = excluded.loaded_at, rows_in = excluded.rows_in;
    perform pg_notify('addresses_changed', of_source);
end $$;

-- For the lock before the swap, which the service's own role may not take.
create procedure addresses_hold() language plpgsql security definer set search_path = public as $$ begin
    lock table addresses in access exclusive mode;
end $$;

-- What was there before this script moves over by the same steps.
do $$
declare
    known text;
    load uuid;
begin
    for known in select name from sources loop
        load := gen_random_uuid();
        call addresses_stage(load);
        execute format(
            'insert into %I (source, id, street_id, street, number, letter, postcode, place, municipality_code, latitude, longitude, gnr, bnr, fnr, snr)
            select %L, b.id, street_id, street, number, letter, postcode, place, b.municipality_code, latitude, longitude, gnr, bnr, fnr, snr
            from addresses_before b join streets s on s.id = b.street_id where s.source = %L', 'addresses_' || replace(load::text, '-', ''), known, known);
        call addresses_index(load, known);
        call addresses_swap(load, known, (select version from sources where name = known));
    end loop;
end $$;
drop table addresses_before;

alter table addresses add primary key (id, source);
create index addresses_position on addresses using gist (position);

create table imports (
    id uuid primary key,
    source text not null,
    format text not null,
    files text not null,
    bytes bigint not null,
    -- Of the files' contents: only the very same ones are gone on with.
    hash bytea,
    state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
    step text not null default 'waiting',
    reason text,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    finished_at timestamptz,
    -- Up to where the staged rows go.
    part int not null default 0,
    position bigint not null default 0,
    line bigint not null default 0,
    bytes_read bigint not null default 0,
    rows_read bigint not null default 0,
    refused bigint not null default 0,
    added bigint,
    changed bigint,
    gone bigint,
    unchanged bigint,
    streets bigint
);
create index imports_source on imports (source, created_at);
create unique index imports_waiting on imports (source) where state = 'waiting';

create table import_refusals (
    import_id uuid not null references imports on delete cascade,
    part int not null,
    line bigint not null,
    field text not null,
    reason text not null,
    value text not null
);
create index import_refusals_import on import_refusals (import_id, part, line);

-- The planner's figures after a load; a partition has its own from addresses_index.
create or replace procedure addresses_loaded() language plpgsql security definer set search_path = public as $$ begin
    analyze streets;
    analyze areas;
end $$;

revoke all on procedure addresses_stage(uuid), addresses_unstage(uuid), addresses_index(uuid, text), addresses_swap(uuid, text, text), addresses_hold() from public;
grant execute on procedure addresses_stage(uuid), addresses_unstage(uuid), addresses_index(uuid, text), addresses_swap(uuid, text, text), addresses_hold() to ums_app;
