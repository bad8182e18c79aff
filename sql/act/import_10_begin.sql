-- The stage of an import: temporary tables that hold a package's fields as they were read, as text,
-- each with the line where its record starts. The operator's command fills them by COPY; then
-- act.import_check and act.import_apply read them, all in one transaction. An empty field is ''.
create or replace function act.import_begin() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- One row per key of round.json; path is 'method.scale.min'.
  create temporary table import_setting (line integer not null, path text not null,
                                         value text not null) on commit drop;
  create temporary table import_criterion (
    line integer not null, criterion text not null, parent text not null, weight text not null,
    aggregate text not null,
    round_step text not null, kind text not null, name_id text not null, name_en text not null)
      on commit drop;
  create temporary table import_region (
    line integer not null, region text not null, name text not null, "group" text not null)
      on commit drop;
  create temporary table import_mark (
    line integer not null, region text not null, criterion text not null, value text not null,
    status text not null)
    on commit drop;
  create temporary table import_official (
    line integer not null, region text not null, criterion text not null, value text not null,
    note text not null,
    source text not null) on commit drop;
  -- What the second format keeps as it is, each file whole.
  create temporary table import_text (
    line integer not null, file text not null, body text not null) on commit drop;
  -- Filled by act.import_tree: the criteria themselves, in file order, whatever the number of their
  -- rows.
  create temporary table import_node (
    code text not null, line integer not null, ord integer not null, aggregate text not null,
    height integer)
    on commit drop;
  execute format('grant insert on pg_temp.import_setting, pg_temp.import_criterion,
                  pg_temp.import_region, pg_temp.import_mark,
                  pg_temp.import_official, pg_temp.import_text to %I', session_user);
end $$;

-- Raises unless the stage is the one that act.import_begin made: a caller's own view of the same
-- name would run its functions with the rights of the checks.
create or replace function act.import_stage() returns void language plpgsql as $$
begin
  if (select count(*) from pg_catalog.pg_class
      where relnamespace = pg_catalog.pg_my_temp_schema() and relkind = 'r'
        and relowner = current_user::regrole
        and relname in ('import_setting', 'import_criterion', 'import_region', 'import_mark',
                        'import_official', 'import_text',
                        'import_node')) <> 7 then
    raise exception 'nothing is staged: call act.import_begin first'
      using errcode = 'object_not_in_prerequisite_state';
  end if;
end $$;

-- The format that the package says it has, 1 where it says nothing that is one.
create or replace function act.import_format() returns integer language plpgsql stable as $$
begin
  return case when act.import_value('format') = 'tolok-round/2' then 2 else 1 end;
end $$;

-- One value of round.json; NULL where the key is absent.
create or replace function act.import_value(path text) returns text language plpgsql stable as $$
begin
  return (select s.value from pg_temp.import_setting s where s.path = import_value.path
          order by s.line limit 1);
end $$;
