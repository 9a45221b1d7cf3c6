-- What an organisation's administrators set beside its names and numbers, and the programs that they let in.

alter table organisations
    add column categories text[] not null default '{Vatten och avlopp,Fjärrvärme,El,Renhållning,Övrigt}' check (cardinality(categories) between 1 and 20),
    -- Between these hours, in the organisation's own time, only danger to life is told.
    add column quiet_from time,
    add column quiet_to time,
    add column retention_days int not null default 395 check (retention_days between 30 and 3650),
    add check ((quiet_from is null) = (quiet_to is null));

create table api_clients (
    client_id varchar(100) primary key,
    organisation_id uuid not null references organisations,
    name text not null check (length(name) between 1 and 60),
    scopes text[] not null,
    created_at timestamptz not null,
    rotated_at timestamptz,
    revoked_at timestamptz
);
create index api_clients_organisation on api_clients (organisation_id);
call ums_isolate('api_clients');
