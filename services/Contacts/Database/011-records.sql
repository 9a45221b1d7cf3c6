-- What operators do with people's entries.
alter table audit_entries drop constraint audit_entries_actor_check;
alter table audit_entries add constraint audit_entries_actor_check check (actor in ('resident', 'register', 'operator'));

alter table contacts
    -- A protected identity who registered by themselves: warned like anyone, shown to nobody who does not say why.
    add column protected boolean not null default false,
    -- Neither sent to nor changed (GDPR article 18), and why, sealed.
    add column restricted_at timestamptz,
    add column restriction_reason bytea,
    -- Not sent to (article 21), and why, sealed.
    add column objected_at timestamptz,
    add column objection_reason bytea,
    add column silenced boolean generated always as (restricted_at is not null or objected_at is not null) stored;

-- Erased by the organisation: no later import brings them back.
alter table opt_outs add column erased boolean not null default false;
