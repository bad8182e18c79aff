-- Ends the code: what no file defines any more goes away, everybody gets their rights, and what
-- pages read is up to date. Whatever was defined just now bears this transaction's number; a view
-- bears it on its rule.
do $$
declare
  now_id xid := pg_current_xact_id()::xid;
  code oid[] := array['calc', 'pub', 'page', 'act']::regnamespace[]::oid[];
  gone text;
begin
  select string_agg(c.oid::regclass::text, ', ') into gone
  from pg_catalog.pg_class c join pg_catalog.pg_rewrite r on r.ev_class = c.oid
  where c.relkind = 'v' and c.relnamespace = any (code) and r.xmin <> now_id;
  if gone is not null then execute 'drop view ' || gone; end if;

  select string_agg(p.oid::regprocedure::text, ', ') into gone
  from pg_catalog.pg_proc p where p.pronamespace = any (code) and p.xmin <> now_id;
  if gone is not null then execute 'drop routine ' || gone; end if;
end $$;
\ir policy/90_grants.sql

-- What pages read is worked out by code; when that has changed, so does what it worked out.
select act.refresh_code(:'reads');
