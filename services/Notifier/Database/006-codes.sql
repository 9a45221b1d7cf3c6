-- By what a recipient finds the alert that a message of theirs is of; the same for all of its recipients. It stays when retention has removed the text.
alter table alerts add column code text;
create unique index alerts_code on alerts (code);

-- What is live or has just been, for the organisation's public list.
create index alerts_shown on alerts (organisation_id, expires_at) where started_at is not null and not test;

alter table alert_settings
    -- Whether and how the code stands in an SMS.
    add column code_style text not null default 'place' check (code_style in ('none', 'place', 'link')),
    -- Where it is typed, in the organisation's own words; null for its portal.
    add column code_place text;
