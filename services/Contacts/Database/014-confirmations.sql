-- How long a resident's own entry stands without their word that it is right.
alter table contacts
    -- When they last gave it; null since they registered.
    add column confirmed_at timestamptz,
    add column reminded_at timestamptz,
    -- Since when it is passive: kept and shown to its resident, and left out of every audience.
    add column passive_at timestamptz;
create index contacts_to_confirm on contacts (coalesce(confirmed_at, created_at))
    where source = 'supplementaryRegister' and reminded_at is null and passive_at is null;
create index contacts_reminded on contacts (reminded_at) where reminded_at is not null and passive_at is null;

-- What time does by itself stands in the history too.
alter table audit_entries drop constraint if exists audit_entries_actor_check;
alter table audit_entries add constraint audit_entries_actor_check check (actor in ('resident', 'register', 'operator', 'service'));
