-- What an organisation has to tell the people of an area. Texts go when retention says so; the row and its counts stay.
create table alerts (
    id uuid primary key,
    organisation_id uuid not null,
    state text not null,
    -- Goes to a handful of given numbers, and says in its text that it is a test.
    test boolean not null,
    -- A correction goes to exactly those whom this alert may have reached.
    corrects uuid references alerts (id),
    title text not null,
    category text not null,
    -- Null once retention has removed it.
    content jsonb,
    -- Sealed, because lists hold phone numbers; null once retention has removed it.
    audience bytea,
    options jsonb not null,
    -- As the organisation was when the alert was submitted: what was approved is what is sent.
    sender jsonb,
    expected int not null default 0,
    cost numeric not null default 0,
    version int not null default 1,
    written_by text not null,
    submitted_by text,
    approved_by text,
    cancelled_by text,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    submitted_at timestamptz,
    approved_at timestamptz,
    -- Not before; null for at once.
    send_at timestamptz,
    -- Quiet hours: nothing leaves while it is true.
    held boolean not null default false,
    -- When Contacts was last asked for the audience, or has last answered.
    heard_at timestamptz,
    started_at timestamptz,
    -- Nothing is sent after it.
    expires_at timestamptz,
    -- Batches of the audience that have come, and how many there are: known once the last batch has come.
    batches int not null default 0,
    batches_in_all int,
    -- The counts that were last published, so that one replica alone publishes the next.
    told text,
    handed_over_at timestamptz,
    ended_at timestamptz,
    -- Of a cancelled alert: when those whom it had reached by then were in a final state too.
    settled_at timestamptz
);
create index alerts_organisation on alerts (organisation_id, created_at desc);
create index alerts_live on alerts (state) where state in ('approved', 'resolving', 'sending');
create index alerts_unsettled on alerts (expires_at) where state = 'cancelled' and settled_at is null and started_at is not null;
create index alerts_kept on alerts (ended_at) where content is not null;
call ums_isolate('alerts');

-- Who did what to an alert, and what it said before. Nothing is changed or removed here but by retention.
create table alert_history (
    id bigint generated always as identity primary key,
    organisation_id uuid not null,
    alert_id uuid not null references alerts (id),
    version int not null,
    at timestamptz not null,
    actor text not null,
    action text not null,
    before jsonb
);
create index alert_history_alert on alert_history (alert_id, id);
call ums_isolate('alert_history');

-- What Contacts has answered with so far: a batch that comes again, by whatever message, finds its place taken.
create table alert_batches (
    alert_id uuid not null,
    number int not null,
    organisation_id uuid not null,
    primary key (alert_id, number)
);
call ums_isolate('alert_batches');

-- Some recipients of an alert who are claimed together.
create table alert_slices (
    id bigint generated always as identity primary key,
    organisation_id uuid not null,
    alert_id uuid not null,
    ordinal int not null,
    channel text not null,
    count int not null,
    state text not null default 'waiting' check (state in ('waiting', 'claimed', 'cancelled', 'expired'))
);
create index alert_slices_waiting on alert_slices (alert_id, channel, ordinal) where state = 'waiting';
create index alert_slices_alert on alert_slices (alert_id);
call ums_isolate('alert_slices');

-- One phone of an alert. Written once and never changed: what became of it stands in its attempts. No foreign keys on these two tables: a million rows would pay.
create table alert_recipients (
    slice_id bigint not null,
    n smallint not null,
    organisation_id uuid not null,
    alert_id uuid not null,
    -- Sealed.
    phone bytea not null,
    mobile boolean not null,
    latitude real,
    longitude real,
    primary key (slice_id, n)
);
call ums_isolate('alert_recipients');

-- One call to a provider for one recipient, committed before it is made. Half of each page is left free, so that the outcome is written beside what it replaces.
create table alert_attempts (
    id uuid primary key,
    organisation_id uuid not null,
    alert_id uuid not null,
    slice_id bigint not null,
    n smallint not null,
    number smallint not null,
    -- Why there was more than one, as bits that later attempts keep: 1 resent (nobody knew), 2 called (the SMS did not arrive), 4 repeated (as the alert asks).
    rounds smallint not null,
    channel text not null,
    provider text not null,
    state text not null,
    reason text,
    reference text,
    -- When another attempt follows, why and by which channel; null where none does.
    next_at timestamptz,
    next_rounds smallint,
    next_channel text,
    -- The attempt after it has been made: who does not see that one was too early, and looks again.
    followed boolean not null default false,
    acknowledged_at timestamptz,
    created_at timestamptz not null,
    ended_at timestamptz
) with (fillfactor = 50);
create unique index alert_attempts_number on alert_attempts (slice_id, n, number);
create index alert_attempts_next on alert_attempts (alert_id, next_at) where next_at is not null;
call ums_isolate('alert_attempts');

-- Attempts whose provider tells of them by an id of its own.
create table alert_references (
    provider text not null,
    reference text not null,
    attempt_id uuid not null,
    organisation_id uuid not null,
    alert_id uuid not null,
    primary key (provider, reference)
);
create index alert_references_alert on alert_references (alert_id);
call ums_isolate('alert_references');

-- Attempts under way. Who settles deletes the row and by that proves to be still entitled; past the deadline (this database's clock) a sweeper takes it away.
create table alert_claims (
    id uuid primary key,
    organisation_id uuid not null,
    alert_id uuid not null,
    attempts uuid[] not null,
    deadline timestamptz not null default now() + interval '30 seconds'
);
create index alert_claims_deadline on alert_claims (deadline);
call ums_isolate('alert_claims');

-- How many recipients are in which state, counted in the very transactions that move them; the sum over the shards is the truth at every moment.
create table alert_tallies (
    alert_id uuid not null,
    shard smallint not null,
    organisation_id uuid not null,
    waiting int not null default 0,
    sending int not null default 0,
    unknown int not null default 0,
    accepted int not null default 0,
    delivered int not null default 0,
    failed int not null default 0,
    expired int not null default 0,
    cancelled int not null default 0,
    -- Left out: a landline where only SMS are sent.
    suppressed int not null default 0,
    acknowledged int not null default 0,
    -- Sent once more because nobody knew: so many may have got it twice.
    resent int not null default 0,
    called int not null default 0,
    primary key (alert_id, shard)
) with (fillfactor = 50);
call ums_isolate('alert_tallies');

-- A recipient's state follows from its attempts: delivered once, delivered for good; else the last attempt decides.
create view alert_recipient_states with (security_invoker = true) as
select r.alert_id, r.slice_id, r.n, r.organisation_id, last.number as attempts, last.channel, last.provider, last.reason, last.ended_at, last.acknowledged_at,
    case
        when last.state is null then s.state
        when last.next_at is not null and last.state in ('not-sent', 'failed') then 'waiting'
        when last.state = 'not-sent' then 'failed'
        else last.state
    end as state
from alert_recipients r
join alert_slices s on s.id = r.slice_id
left join lateral (
    select * from alert_attempts a where a.slice_id = r.slice_id and a.n = r.n order by (a.state = 'delivered') desc, a.number desc limit 1) last on true;

-- Whom an alert has reached, or may have: by any of the attempts, whatever became of the others.
create view alert_reached with (security_invoker = true) as
select r.* from alert_recipients r where exists (
    select from alert_attempts a where a.slice_id = r.slice_id and a.n = r.n and a.state in ('sending', 'unknown', 'accepted', 'delivered', 'expired'));

create table alert_settings (
    organisation_id uuid primary key,
    quiet_from time not null,
    quiet_to time not null,
    text_days int not null,
    recipient_days int not null,
    version int not null default 1
);
call ums_isolate('alert_settings');
