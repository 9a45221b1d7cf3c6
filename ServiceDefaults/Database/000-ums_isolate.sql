-- Row-level security asks which organisation the transaction works for once a statement, where it asked once a row: for a
-- million rows that was most of what reading them cost. Written out, not as the functions of 000-ums.sql, because the planner parses those anew for every table of every plan.

create or replace procedure ums_isolate(target regclass) language plpgsql as $$ begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('drop policy if exists organisation on %s', target);
    execute format($policy$
        create policy organisation on %s using (
            organisation_id = (select nullif(nullif(current_setting('ums.organisation', true), ''), 'all')::uuid)
            or (select coalesce(current_setting('ums.organisation', true), '') = 'all'))
        $policy$, target);
end $$;

do $$ declare isolated regclass; begin
    for isolated in select polrelid from pg_policy where polname = 'organisation' loop
        call ums_isolate(isolated);
    end loop;
end $$;
