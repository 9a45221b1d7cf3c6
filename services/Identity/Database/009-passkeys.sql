-- Challenges that a passkey has answered: each is good once.
create table passkey_challenges_used (
    hash bytea primary key,
    expires_at timestamptz not null
);
create index passkey_challenges_used_expires_at on passkey_challenges_used (expires_at);
