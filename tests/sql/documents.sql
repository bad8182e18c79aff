-- Every page: its function is inlined into the statement that asks for it, so that it is planned
-- once a connection and not at each call.
begin;
select plan(2);

create temporary view page_function as
select p.oid, p.proname as name, p.pronargs as arguments
from pg_proc p
where p.pronamespace = 'page'::regnamespace;

-- The plan of the statement that the programs prepare.
create function pg_temp.plan_of(name text, arguments integer) returns setof text
language plpgsql as $$
declare
  given text := (select string_agg('$' || n, ', ') from generate_series(1, arguments) n);
  nulls text := (select '(' || string_agg('null', ', ') || ')' from generate_series(1, arguments));
begin
  execute format('prepare asked as select * from page.%I(%s)', name, given);
  return query execute 'explain (verbose, costs off) execute asked' || nulls;
  deallocate asked;
end $$;

set local plan_cache_mode = force_generic_plan;
select isnt_empty('select from page_function', 'there are some');
select is_empty(
  $$select f.name, p.line
    from page_function f cross join lateral pg_temp.plan_of(f.name, f.arguments) p (line)
    where p.line ~ 'Function Scan on (page\.|"?page"?\.)|page\.\w+\('$$,
  'none is called');

select * from finish();
rollback;
