-- An organisation's own OpenID Connect provider, and whom it calls what. A provider vouches for its organisation's operators only.

create table providers (
    organisation_id uuid primary key references organisations,
    issuer text not null check (length(issuer) between 1 and 300),
    client_id text not null check (length(client_id) between 1 and 200),
    secret_sealed bytea not null,
    email_claim text not null,
    set_at timestamptz not null
);
call ums_isolate('providers');

create table provider_subjects (
    organisation_id uuid not null references organisations,
    issuer text not null,
    subject text not null check (length(subject) between 1 and 255),
    operator_id uuid not null references operators on delete cascade,
    linked_at timestamptz not null,
    primary key (organisation_id, issuer, subject)
);
call ums_isolate('provider_subjects');
