-- A message to one phone. The text is made when it is sent and is not kept: for a PIN it would be the PIN.
create table messages (
    id uuid primary key,
    organisation_id uuid not null,
    purpose text not null,
    -- What asked for it: the delivery of a PIN. Two messages for one source would be a PIN sent twice.
    source_id uuid not null,
    channel text not null,
    -- Sealed; removed by retention, while the row stays and counts.
    phone bytea,
    parts int not null,
    state text not null,
    reason text,
    expires_at timestamptz not null,
    created_at timestamptz not null,
    changed_at timestamptz not null
);
create unique index messages_source on messages (purpose, source_id);
create index messages_with_phone on messages (created_at) where phone is not null;
call ums_isolate('messages');

-- One call to a provider, committed before it is made: what a crash leaves in 'sending' is unknown, never forgotten.
create table attempts (
    id uuid primary key,
    organisation_id uuid not null,
    message_id uuid not null references messages (id),
    number int not null,
    provider text not null,
    state text not null,
    reason text,
    -- The provider's own id of the message.
    reference text,
    -- Only who holds the lease may settle the attempt; the sweeper takes it away.
    lease uuid,
    -- On the database's clock, and later than any provider's timeout.
    deadline timestamptz not null default now() + interval '30 seconds',
    created_at timestamptz not null,
    ended_at timestamptz
);
create unique index attempts_number on attempts (message_id, number);
create index attempts_sending on attempts (deadline) where state = 'sending';
call ums_isolate('attempts');

-- Receipts whose attempt is not to be seen yet, kept for an hour. They have no organisation before their attempt is known.
create table early_receipts (
    attempt_id uuid primary key,
    state text not null,
    reason text,
    received_at timestamptz not null default now()
);
