-- What every service's database has: the application's role, the tenant functions, outbox and inbox.

do $$ begin
    create role ums_app nologin;
exception when duplicate_object or unique_violation then null;
end $$;

do $$ begin
    execute format('grant ums_app to %I', current_user);
exception when others then
    if not pg_has_role(current_user, 'ums_app', 'usage') then raise; end if;
end $$;

grant usage on schema public to ums_app;
alter default privileges in schema public grant select, insert, update, delete on tables to ums_app;
alter default privileges in schema public grant usage, select on sequences to ums_app;

-- The tenant of the current transaction; null, which equals nothing, where none was set.
create function ums_organisation() returns uuid language sql stable as
    $$ select nullif(nullif(current_setting('ums.organisation', true), ''), 'all')::uuid $$;

-- True inside work that spans organisations and says so (sweepers, imports, sign-in before the organisation is known).
create function ums_everywhere() returns boolean language sql stable as
    $$ select coalesce(current_setting('ums.organisation', true), '') = 'all' $$;

-- Row-level security on a table with an organisation_id column, forced on its owner too.
create procedure ums_isolate(target regclass) language plpgsql as $$ begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('create policy organisation on %s using (organisation_id = ums_organisation() or ums_everywhere())', target);
end $$;

create table outbox (
    id bigint generated always as identity primary key,
    message_id uuid not null,
    type text not null,
    organisation_id uuid,
    payload jsonb not null,
    trace_parent text,
    urgent boolean not null default false,
    created_at timestamptz not null default now(),
    available_at timestamptz not null default now(),
    attempts int not null default 0,
    lease_token uuid,
    lease_until timestamptz,
    last_error text,
    handed_over_at timestamptz
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
create index outbox_due on outbox (urgent, id);
create index outbox_created_at on outbox (created_at);

create table outbox_poison (like outbox);
alter table outbox_poison add column buried_at timestamptz not null default now();

create table inbox (
    endpoint text not null,
    message_id uuid not null,
    received_at timestamptz not null default now(),
    primary key (endpoint, message_id)
);
create index inbox_received_at on inbox (received_at);
