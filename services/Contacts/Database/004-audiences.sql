-- What an alert's audience is found by. PostGIS's operators may not run before row-level security has let a row through (they are not leakproof), so the GiST index
-- is never used by the service and only costs; plain comparisons are, so each address carries its square of the map, and the exact shape is asked of those alone.
drop index addresses_position;

-- A street by municipality and name, without regard to case and accents.
create function street_key(municipality_code text, street text) returns text language sql immutable parallel safe as $$
    select municipality_code || ' ' || lower(translate(street,
        'ÀÁÂÃÄÅàáâãäåÇçÈÉÊËèéêëÌÍÎÏìíîïÑñÒÓÔÕÖØòóôõöøÙÚÛÜùúûüÝýÿÆæÐðĐđŊŋŠšŦŧŽžČč',
        'AAAAAAaaaaaaCcEEEEeeeeIIIIiiiiNnOOOOOOooooooUUUUuuuuYyyææddddnnSsttZzCc'))
$$;

alter table addresses
    -- A hundredth of a degree each way: some 1,100 by 550 metres.
    add column cell int generated always as (floor((latitude + 90) * 100)::int * 36000 + floor((longitude + 180) * 100)::int) stored,
    add column street_key text generated always as (street_key(municipality_code, street)) stored,
    -- Spreads the addresses evenly from 0 to 2^32, so that a range of it is a part of the organisation.
    add column household bigint generated always as (hashtextextended(address_id, 0) & 4294967295) stored;
create index addresses_cell on addresses (organisation_id, cell) where removed_at is null;
create index addresses_street on addresses (organisation_id, street_key) where removed_at is null;
create index addresses_postcode on addresses (organisation_id, postcode) where removed_at is null;
create index addresses_household on addresses (organisation_id, household) where removed_at is null;
create index addresses_fnr on addresses (organisation_id, fnr) where removed_at is null and fnr is not null;
create index addresses_gnr on addresses (organisation_id, gnr, bnr) where removed_at is null and gnr > 0;

-- An alert whose audience is asked for. The row stays, without the question, when all is answered: asked again, nothing is said twice.
create table audience_resolutions (
    alert_id uuid primary key,
    organisation_id uuid not null,
    -- The audience as it was asked for, sealed; lists hold numbers.
    sealed bytea,
    -- How many phones there seem to be: the width of a part follows it, and it follows what the parts hold.
    expected bigint not null,
    -- Up to here, from 0 to 2^32, the numbers' blind indexes (or the households) are answered.
    position bigint not null default 0,
    -- The next batch's number.
    next_number int not null default 0,
    members bigint not null default 0,
    -- Who works on it. Every statement of the work asks for the token.
    lease_token uuid,
    lease_until timestamptz,
    faults int not null default 0,
    asked_at timestamptz not null default now(),
    turn_at timestamptz not null default now(),
    finished_at timestamptz,
    check (finished_at is not null or sealed is not null)
);
create index audience_resolutions_open on audience_resolutions (turn_at) where finished_at is null;
call ums_isolate('audience_resolutions');

-- Whom a resolution by household has named already: a phone may be the one of two households. Emptied when it ends.
create table audience_phones (
    alert_id uuid not null references audience_resolutions on delete cascade,
    organisation_id uuid not null,
    number_index bytea not null,
    primary key (alert_id, number_index)
);
call ums_isolate('audience_phones');
