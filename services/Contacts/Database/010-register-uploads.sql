-- A register as an operator sent it, and what becomes of it.
create table register_uploads (
    id uuid primary key,
    organisation_id uuid not null,
    state text not null check (state in
        ('receiving', 'received', 'reading', 'ready', 'approved', 'merging', 'done', 'discarded', 'rolling-back', 'rolled-back', 'failed')),
    format text not null check (format in ('csv', 'ndjson')),
    complete boolean not null,
    sent_by text not null,
    approved_by text,
    bytes bigint not null default 0,
    -- How far the file is read, for whoever watches; where a resumed reading goes on is said by the rows.
    bytes_read bigint not null default 0,
    rows_read bigint not null default 0,
    staged bigint not null default 0,
    protected bigint not null default 0,
    -- Reason to how many rows.
    refused jsonb not null default '{}',
    -- What the merge will do, or did.
    added int,
    changed int,
    unchanged int,
    gone int,
    people int,
    -- A stable word, and where in the file.
    fault text,
    fault_line bigint,
    lease_token uuid,
    lease_until timestamptz,
    received_at timestamptz not null default now(),
    ready_at timestamptz,
    merged_at timestamptz,
    ended_at timestamptz
);
create index register_uploads_organisation on register_uploads (organisation_id, received_at desc);
-- One at a time: two would each say what the other makes untrue.
create unique index register_uploads_one_open on register_uploads (organisation_id)
    where state in ('received', 'reading', 'ready', 'approved', 'merging', 'rolling-back');
create index register_uploads_work on register_uploads (received_at) where state in ('received', 'reading', 'approved', 'merging', 'rolling-back');
call ums_isolate('register_uploads');

-- The file itself, sealed piece by piece, where every replica can read it; deleted when all is read.
create table register_upload_parts (
    upload_id uuid not null references register_uploads on delete cascade,
    organisation_id uuid not null,
    number int not null,
    sealed bytea not null,
    primary key (upload_id, number)
);
alter table register_upload_parts alter column sealed set storage external;
call ums_isolate('register_upload_parts');

create table register_refusals (
    upload_id uuid not null references register_uploads on delete cascade,
    organisation_id uuid not null,
    line bigint not null,
    reason text not null,
    -- Key and address as they came, sealed.
    row bytea,
    primary key (upload_id, line)
);
call ums_isolate('register_refusals');

-- What an import changed, as it was before: sealed as in the tables themselves. Deleted after some days; protected identities are never in it.
create table register_undo (
    upload_id uuid not null references register_uploads on delete cascade,
    organisation_id uuid not null,
    contact_id uuid not null,
    -- The version that the import made; who has another since is left alone.
    version bigint not null,
    what text not null check (what in ('contact', 'phone', 'address')),
    row jsonb not null
);
create index register_undo_contact on register_undo (upload_id, contact_id);
call ums_isolate('register_undo');

alter table register_imports add column undone_at timestamptz;
