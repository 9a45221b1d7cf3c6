-- Every page looks its entry up by number, with the rows that removed numbers left behind.
create index phones_number_index on phones (organisation_id, number_index);
