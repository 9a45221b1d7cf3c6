create extension if not exists postgis;

-- Time-ordered ids (UUID v7) for rows that SQL makes.
create function uuid_v7() returns uuid language sql volatile as $$
    select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;

-- A private person or a company's contact person, known to one organisation. What names or dates a person is sealed (bytea) by the service.
create table contacts (
    id uuid primary key,
    organisation_id uuid not null,
    kind text not null check (kind in ('private', 'company')),
    source text not null check (source in ('publicRegister', 'supplementaryRegister')),
    -- The register's own key for the person, as a blind index; null where the resident made the entry.
    register_key bytea,
    -- What the register last said, as a blind index: an unchanged row is recognised without being opened.
    register_print bytea,
    given_name bytea not null,
    family_name bytea not null,
    company_name bytea,
    organisation_number bytea,
    birth_date bytea,
    name_hidden boolean not null default false,
    -- Made by the resident since the register was last imported, and so not yet compared with it.
    is_new boolean not null,
    -- The resident chose the main address, so no import does.
    main_chosen boolean not null default false,
    version bigint not null default 0,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    check ((source = 'publicRegister') = (register_key is not null))
);
create unique index contacts_register_key on contacts (organisation_id, register_key) where register_key is not null;
call ums_isolate('contacts');

-- A removed number keeps its row without the number: an import then knows not to bring it back.
create table phones (
    id uuid primary key,
    organisation_id uuid not null,
    contact_id uuid not null references contacts on delete cascade,
    contact_kind text not null check (contact_kind in ('private', 'company')),
    kind text not null check (kind in ('mobile', 'landline')),
    source text not null check (source in ('publicRegister', 'supplementaryRegister')),
    number bytea,
    number_index bytea not null,
    created_at timestamptz not null,
    removed_at timestamptz,
    -- The session that signed in with this number before removing it keeps its entry until it ends.
    removed_in_session text,
    check ((number is null) = (removed_at is not null))
);
create unique index phones_one_holder on phones (organisation_id, contact_kind, number_index) where removed_at is null;
create unique index phones_once on phones (contact_id, number_index);
create index phones_removed_in_session on phones (removed_in_session) where removed_in_session is not null;
call ums_isolate('phones');

create table addresses (
    id uuid primary key,
    organisation_id uuid not null,
    contact_id uuid not null references contacts on delete cascade,
    address_id text not null check (length(address_id) <= 64),
    street text not null,
    number int,
    letter text,
    postcode text not null,
    place text not null,
    municipality_code text not null,
    source text not null check (source in ('publicRegister', 'supplementaryRegister')),
    main boolean not null,
    alerts boolean not null default true,
    -- The resident switched alerts off or on here, so no import does.
    alerts_chosen boolean not null default false,
    gnr int,
    bnr int,
    fnr int,
    snr int,
    latitude double precision check (latitude between -90 and 90),
    longitude double precision check (longitude between -180 and 180),
    position geography(Point, 4326) generated always as (st_setsrid(st_makepoint(longitude, latitude), 4326)::geography) stored,
    not_located text,
    -- When Geocoding was last asked for the position, and how often.
    announced_at timestamptz not null,
    announced int not null default 1,
    created_at timestamptz not null,
    removed_at timestamptz,
    -- Only what the register brought leaves a row behind: removed by the resident it never comes back by itself.
    removed_by text check (removed_by in ('resident', 'register')),
    check ((removed_at is null) = (removed_by is null)),
    check (not main or removed_at is null)
);
create unique index addresses_one_main on addresses (contact_id) where main;
create unique index addresses_once on addresses (contact_id, address_id);
create index addresses_position on addresses using gist (position) where removed_at is null and alerts;
create index addresses_unlocated on addresses (announced_at) where latitude is null and not_located is null and removed_at is null;
call ums_isolate('addresses');

-- Who switched sending off for themselves, by register key. It outlives the contact, so that no later import revives them.
create table opt_outs (
    organisation_id uuid not null,
    register_key bytea not null,
    at timestamptz not null,
    primary key (organisation_id, register_key)
);
call ums_isolate('opt_outs');

-- Who changed what, when. Ids and words only: nothing here names a person.
create table audit_entries (
    id bigint generated always as identity primary key,
    organisation_id uuid not null,
    contact_id uuid not null,
    at timestamptz not null,
    actor text not null check (actor in ('resident', 'register')),
    -- The sign-in's subject, or the import's id.
    actor_id text not null,
    -- The number signed in with, as a blind index.
    phone_index bytea,
    action text not null,
    field text,
    version bigint not null
);
create index audit_entries_contact on audit_entries (contact_id, id);
call ums_isolate('audit_entries');
revoke update, delete, truncate on audit_entries from ums_app;
