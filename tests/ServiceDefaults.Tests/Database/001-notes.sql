-- A table such as every service has.

create table notes (
    id uuid primary key,
    organisation_id uuid not null,
    text text not null
);
call ums_isolate('notes');
