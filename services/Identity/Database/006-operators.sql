-- The people who work for organisations and for UMS, what each may do where, and their sign-ins. Names and e-mail addresses are sealed, as residents' are.

create table operators (
    id uuid primary key,
    email_index bytea not null unique,
    email_sealed bytea not null,
    name_sealed bytea not null,
    -- Works for UMS: may enter every organisation, each time with a reason.
    staff boolean not null default false,
    password_hash text,
    totp_sealed bytea,
    -- The last half minute whose code was used; a code is good once.
    totp_step bigint not null default 0,
    created_at timestamptz not null
);

create table operator_recovery_codes (
    operator_id uuid not null references operators on delete cascade,
    code_hash bytea not null,
    primary key (operator_id, code_hash)
);

create table operator_passkeys (
    credential_id bytea primary key,
    operator_id uuid not null references operators on delete cascade,
    name text not null check (length(name) between 1 and 60),
    public_key bytea not null,
    sign_count bigint not null,
    transports text[] not null,
    user_verified boolean not null,
    backup_eligible boolean not null,
    backed_up boolean not null,
    attestation_object bytea not null,
    client_data bytea not null,
    created_at timestamptz not null
);
create index operator_passkeys_operator on operator_passkeys (operator_id);

create table memberships (
    organisation_id uuid not null references organisations,
    operator_id uuid not null references operators on delete cascade,
    roles text[] not null check (cardinality(roles) > 0 and roles <@ '{reader,editor,sender,approver,administrator}'),
    since timestamptz not null,
    primary key (organisation_id, operator_id)
);
create index memberships_operator on memberships (operator_id);
call ums_isolate('memberships');

-- Links that are good once. Without an organisation: for UMS's own staff.
create table invitations (
    id uuid primary key,
    token_hash bytea not null unique,
    organisation_id uuid references organisations,
    -- All three are empty for the very first administrator, who says who they are.
    email_index bytea,
    email_sealed bytea,
    name_sealed bytea,
    roles text[] not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);
call ums_isolate('invitations');

-- From the proof of who one is (the ticket, good once and for two minutes) over the code to the session.
create table operator_sessions (
    id uuid primary key,
    operator_id uuid not null references operators on delete cascade,
    organisation_id uuid references organisations,
    -- Opened by the organisation's own provider, which vouches for nobody elsewhere.
    bound boolean not null default false,
    ticket_hash bytea not null unique,
    ticket_used_at timestamptz,
    started_at timestamptz,
    created_at timestamptz not null,
    -- The last proof of who one is.
    signed_in_at timestamptz not null,
    seen_at timestamptz not null,
    ended_at timestamptz
) with (fillfactor = 80);
create index operator_sessions_operator on operator_sessions (operator_id);
create index operator_sessions_created_at on operator_sessions (created_at);
