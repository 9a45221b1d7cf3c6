-- Counters that every replica shares. Keys are keyed hashes (Keys:PersonalData), so a row names no number and no network.

create table limits (
    key bytea primary key,
    used int not null,
    resets_at timestamptz not null
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
create index limits_resets_at on limits (resets_at);

-- Takes one from each counter, or from none. Keys come sorted, so two callers never wait for each other crosswise.
-- Returns the position (from 1) of the counter that was used up and when it starts anew, or no row where all had one left.
create function take_limits(keys bytea[], allowed int[], periods interval[], moment timestamptz)
    returns table (refused_by int, free_at timestamptz) language plpgsql as $$
declare
    refused record;
begin
    begin
        insert into limits as l (key, used, resets_at)
            select t.key, 1, moment + t.period from unnest(keys, periods) as t (key, period)
            on conflict (key) do update set
                used = case when l.resets_at <= moment then 1 else l.used + 1 end,
                resets_at = case when l.resets_at <= moment then excluded.resets_at else l.resets_at end;
        select t.position::int as position, l.resets_at into refused
            from unnest(keys, allowed) with ordinality as t (key, allowed, position) join limits l on l.key = t.key
            where l.used > t.allowed order by l.resets_at desc limit 1;
        if found then
            raise exception 'a limit is reached' using errcode = 'UM001';
        end if;
    exception when sqlstate 'UM001' then
        return query select refused.position, refused.resets_at;
    end;
end $$;

-- Facts of earlier successful sign-ins, as keyed hashes: this number; this number from this browser; this number from this network.
create table trust (
    key bytea primary key,
    seen_at timestamptz not null
);
create index trust_seen_at on trust (seen_at);

-- Proofs of work that were handed in once.
create table captcha_used (
    signature bytea primary key,
    expires_at timestamptz not null
);
create index captcha_used_expires_at on captcha_used (expires_at);
