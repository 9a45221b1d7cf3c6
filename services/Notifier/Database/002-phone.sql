-- What the development telephones received. It stays empty where the double is not in use; what stands in it is sealed, because texts hold PINs.
-- A telephone belongs to no organisation, so neither does its memory.
create table phone_messages (
    id uuid primary key,
    phone_index bytea not null,
    phone bytea not null,
    sender text not null,
    channel text not null,
    content bytea not null,
    created_at timestamptz not null default now()
);
create index phone_messages_phone on phone_messages (phone_index, created_at desc);
create index phone_messages_created on phone_messages (created_at desc);
