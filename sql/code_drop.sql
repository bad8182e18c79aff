-- Drops all code of the four code schemas, for when it can not be replaced in place. Tables, and
-- what belongs to them, are not touched: should code be used by one of them, against the rule of
-- the schemas, nothing is dropped.
do $$
declare
  code oid[] := array['calc', 'pub', 'page', 'act']::regnamespace[]::oid[];
  commands text[];
  command text;
  before bigint[];
  parts constant text := 'select array[
    (select count(*) from pg_constraint where connamespace = ''data''::regnamespace),
    (select count(*) from pg_attrdef), (select count(*) from pg_trigger),
      (select count(*) from pg_policy)]';
begin
  execute parts into before;
  select array_agg(format('drop routine if exists %s cascade', oid::regprocedure)) into commands
  from pg_proc where pronamespace = any (code);
  select commands || array_agg(format('drop view if exists %s cascade',
                                      oid::regclass)) into commands
  from pg_class where relkind = 'v' and relnamespace = any (code);
  set local client_min_messages = error;
  foreach command in array coalesce(commands, '{}') loop
    execute command;
  end loop;
  set local client_min_messages = warning;
  execute 'do $check$ begin if (' || parts || ') <> ' || quote_literal(before) ||
    '::bigint[] then raise exception ''a table uses code''; end if; end $check$';
end $$;
