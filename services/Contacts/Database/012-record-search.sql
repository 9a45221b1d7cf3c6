-- A street is searched for by its beginning too. These operators compare byte by byte, whatever the collation, and are leakproof: row-level security lets the index serve them.
drop index addresses_street;
create index addresses_street on addresses (organisation_id, street_key text_pattern_ops) where removed_at is null;

-- The words of people's names, as eight bytes of a blind index: a name is sealed, and still found by any of its words. Written after the entry, by the service.
create table contact_words (
    contact_id uuid not null references contacts on delete cascade,
    organisation_id uuid not null,
    word bigint not null,
    primary key (contact_id, word)
);
create index contact_words_word on contact_words (organisation_id, word, contact_id);
call ums_isolate('contact_words');

-- Whether the words stand there for the name as it is now.
alter table contacts add column named boolean not null default false;
create index contacts_unnamed on contacts (id) where not named;
