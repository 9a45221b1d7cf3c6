-- Municipalities and companies that send warnings, and how people type their names.

create extension if not exists unaccent;
create extension if not exists pg_trgm;

-- Lower case, no accents, words parted by single spaces: 'Malung-Sälens' and 'MALUNG SALENS' are one. The dictionary is named, so the result depends on
-- the text alone and may stand in an index.
create function ums_fold(name text) returns text language sql immutable strict parallel safe as
    $$ select trim(regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, name)), '[^a-z0-9]+', ' ', 'g')) $$;

create table organisations (
    id uuid primary key,
    slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{0,59}$'),
    name text not null check (length(name) between 1 and 100),
    kind text not null check (kind in ('municipality', 'company')),
    municipality_codes text[] not null check (cardinality(municipality_codes) > 0),
    -- Letters and digits only: operators replace or refuse anything else in a sender's name.
    sms_sender_name text not null check (sms_sender_name ~ '^[A-Za-z][A-Za-z0-9]{2,10}$'),
    voice_caller_id text not null check (voice_caller_id ~ '^\+[1-9][0-9]{6,14}$'),
    language text not null default 'sv' check (language in ('sv', 'en', 'nb')),
    norwegian_numbers boolean not null default false,
    active boolean not null default true,
    version bigint not null default 1,
    search text not null generated always as (ums_fold(name || ' ' || slug)) stored
);
create index organisations_search on organisations using gin (search gin_trgm_ops);
create index organisations_municipality_codes on organisations using gin (municipality_codes);
