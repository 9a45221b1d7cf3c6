-- Signing keys, sealed with a key that is not in the database.
create table signing_keys (
    id uuid primary key,
    created_at timestamptz not null,
    sealed bytea not null
);

-- OpenIddict's own four tables. Applications are the API clients; the others stay empty, since tokens are not stored.
create table openiddict_applications (
    id uuid primary key,
    application_type varchar(50),
    client_id varchar(100) unique,
    client_secret text,
    client_type varchar(50),
    concurrency_token varchar(50),
    consent_type varchar(50),
    display_name text,
    display_names text,
    json_web_key_set text,
    permissions text,
    post_logout_redirect_uris text,
    properties text,
    redirect_uris text,
    requirements text,
    settings text
);

create table openiddict_scopes (
    id uuid primary key,
    concurrency_token varchar(50),
    description text,
    descriptions text,
    display_name text,
    display_names text,
    name varchar(200) unique,
    properties text,
    resources text
);

create table openiddict_authorizations (
    id uuid primary key,
    application_id uuid references openiddict_applications,
    concurrency_token varchar(50),
    creation_date timestamptz,
    properties text,
    scopes text,
    status varchar(50),
    subject varchar(400),
    type varchar(50)
);
create index on openiddict_authorizations (application_id, status, subject, type);

create table openiddict_tokens (
    id uuid primary key,
    application_id uuid references openiddict_applications,
    authorization_id uuid references openiddict_authorizations,
    concurrency_token varchar(50),
    creation_date timestamptz,
    expiration_date timestamptz,
    payload text,
    properties text,
    redemption_date timestamptz,
    reference_id varchar(100) unique,
    status varchar(50),
    subject varchar(400),
    type varchar(150)
);
create index on openiddict_tokens (application_id, status, subject, type);
create index on openiddict_tokens (authorization_id);
