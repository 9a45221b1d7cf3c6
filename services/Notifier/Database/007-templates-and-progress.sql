-- What an organisation writes again and again, to begin an alert with.
create table templates (
    id uuid primary key,
    organisation_id uuid not null,
    name text not null,
    category text not null,
    content jsonb not null,
    options jsonb not null,
    version int not null default 1,
    changed_by text not null,
    changed_at timestamptz not null
);
create unique index templates_name on templates (organisation_id, lower(name));
call ums_isolate('templates');

-- How an alert went on, second by second while something changed: what its report draws. Counts only, so it outlives the recipients.
create table alert_progress (
    alert_id uuid not null references alerts (id),
    at timestamptz not null,
    organisation_id uuid not null,
    handed_over int not null,
    delivered int not null,
    failed int not null,
    primary key (alert_id, at)
);
call ums_isolate('alert_progress');
