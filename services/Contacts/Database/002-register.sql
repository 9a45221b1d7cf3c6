-- Rows of a register on their way in, sealed already; emptied when the import ends. Unlogged: after a crash the import starts anew.
create unlogged table register_rows (
    organisation_id uuid not null,
    import_id uuid not null,
    staged_at timestamptz not null default now(),
    register_key bytea not null,
    print bytea not null,
    -- A protected identity: only the key is here, so that earlier copies can be purged.
    protected boolean not null,
    kind text,
    given_name bytea,
    family_name bytea,
    company_name bytea,
    organisation_number bytea,
    birth_date bytea,
    mobile bytea,
    mobile_index bytea,
    landline bytea,
    landline_index bytea,
    address_id text,
    street text,
    number int,
    letter text,
    postcode text,
    place text,
    municipality_code text,
    gnr int,
    bnr int,
    fnr int,
    snr int,
    latitude double precision,
    longitude double precision,
    primary key (import_id, register_key)
);
call ums_isolate('register_rows');

create table register_imports (
    id uuid primary key,
    organisation_id uuid not null,
    register text not null,
    -- Whoever is missing in a complete register is gone from it; an extract says nothing about them.
    complete boolean not null,
    started_at timestamptz not null,
    finished_at timestamptz not null,
    added int not null,
    changed int not null,
    gone int not null,
    refused int not null
);
create index register_imports_organisation on register_imports (organisation_id, finished_at);
call ums_isolate('register_imports');
