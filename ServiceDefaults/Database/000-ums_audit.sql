-- Who did what, when and why, of one organisation after the other's turn: each row's hash covers the row before it (ServiceDefaults/Audit). The service may
-- add rows by the functions below and can do nothing else to them. The organisation 0 holds what belongs to none.

create table audit_log (
    organisation_id uuid not null,
    position bigint not null check (position > 0),
    at timestamptz not null,
    actor text not null,
    actor_id text not null,
    action text not null,
    person_id uuid,
    target text,
    detail text,
    reason text,
    previous bytea not null,
    hash bytea not null,
    primary key (organisation_id, position)
);
create index audit_log_at on audit_log (organisation_id, at);
create index audit_log_actor on audit_log (organisation_id, actor_id, position);
create index audit_log_person on audit_log (organisation_id, person_id, position) where person_id is not null;
call ums_isolate('audit_log');
revoke insert, update, delete, truncate on audit_log from ums_app;

-- The end of each chain; its row lock lets one writer of an organisation append at a time.
create table audit_heads (
    organisation_id uuid primary key,
    position bigint not null,
    hash bytea not null
);
call ums_isolate('audit_heads');
revoke insert, update, delete, truncate on audit_heads from ums_app;

create function audit_lock(organisation uuid) returns table (last_position bigint, last_hash bytea)
    language plpgsql security definer set search_path = public as $$ begin
    insert into audit_heads values (organisation, 0, '\x') on conflict do nothing;
    return query select h.position, h.hash from audit_heads h where h.organisation_id = organisation for update;
end $$;

-- Appends after the position that audit_lock gave. The hashes come from the service, since the database does not hold the key.
create procedure audit_append(
    organisation uuid, after bigint, ats timestamptz[], actors text[], actor_ids text[], actions text[], person_ids uuid[], targets text[], details text[],
    reasons text[], hashes bytea[])
    language plpgsql security definer set search_path = public as $$
declare
    head audit_heads;
begin
    select * into head from audit_heads h where h.organisation_id = organisation for update;
    if head.position is distinct from after then
        raise exception 'the audit has moved on' using errcode = '40001';
    end if;
    insert into audit_log
        select organisation, after + n, at, actor, actor_id, action, person_id, target, detail, reason, case when n = 1 then head.hash else hashes[n - 1] end, hash
        from unnest(ats, actors, actor_ids, actions, person_ids, targets, details, reasons, hashes)
            with ordinality as t (at, actor, actor_id, action, person_id, target, detail, reason, hash, n);
    update audit_heads set position = after + cardinality(hashes), hash = hashes[cardinality(hashes)] where organisation_id = organisation;
end $$;
