-- Ids for many rows at once: time-ordered (UUID v7), with the row's number as their last 32 bits. Random bits for each of millions of rows take seconds.
create function uuid_v7(stem text, number bigint) returns uuid language sql immutable parallel safe as $$ select (stem || lpad(to_hex(number), 8, '0'))::uuid $$;

-- One index where there were two: every look-up by number begins with the same columns, and a removed number stands beside its holder by its own id.
drop index phones_number_index;
drop index phones_one_holder;
create unique index phones_one_holder on phones
    (organisation_id, number_index, contact_kind, (case when removed_at is null then '00000000-0000-0000-0000-000000000000'::uuid else id end));
