-- What was answered of an audience, kept for a day and said again where the broker has lost it.
create table audience_batches (
    alert_id uuid not null,
    number int not null,
    organisation_id uuid not null,
    is_last boolean not null,
    count int not null,
    sealed bytea not null,
    kept_at timestamptz not null default now(),
    primary key (alert_id, number)
);
create index audience_batches_kept on audience_batches (kept_at);
call ums_isolate('audience_batches');
