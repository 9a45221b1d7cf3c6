-- PIN requests and the sessions that they open. Purged a day after they end.

create table pin_requests (
    id uuid primary key,
    organisation_id uuid not null references organisations,
    purpose text not null check (purpose in ('sign-in', 'add-phone')),
    kind text not null check (kind in ('private', 'company')),
    -- Who, already signed in, adds a phone; null at sign-in.
    subject uuid,
    channel text not null check (channel in ('sms', 'voice')),
    phone_sealed bytea not null,
    phone_index bytea not null,
    browser_hash bytea not null,
    -- Changes with every PIN made for the request; a PIN is good for its own delivery only.
    delivery_id uuid not null,
    salt bytea not null,
    pin_hash bytea not null,
    checks smallint not null default 0,
    sends smallint not null default 1,
    created_at timestamptz not null,
    sent_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
) with (fillfactor = 80);
create index pin_requests_created_at on pin_requests (created_at);
call ums_isolate('pin_requests');

create table sessions (
    id uuid primary key,
    organisation_id uuid not null references organisations,
    subject uuid not null,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    ended_at timestamptz
) with (fillfactor = 80);
create index sessions_created_at on sessions (created_at);
call ums_isolate('sessions');
