-- The faults of a staged package, in the order of the format's files and then of lines: the first
-- `most` of them, each with the number of all. `broken` lists the files that could not be read
-- whole; what would only follow from that is not reported. Imports take turns from here to the end
-- of the transaction, and a publication that holds its round is waited for.
create or replace function act.import_check(broken text[], new_regions boolean, most integer)
returns table (file text, line integer, "column" text, message text, total bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp set jit = off as $$
declare
  tree    boolean := 'criteria.csv' <> all (broken);
  regions boolean := 'regions.csv' <> all (broken);
begin
  perform act.import_stage();
  lock table data.round in exclusive mode;
  analyze pg_temp.import_criterion, pg_temp.import_region, pg_temp.import_mark,
  pg_temp.import_official;
  create temporary table import_fault on commit drop as
    select * from act.import_check_round()
    union all select * from act.import_check_criterion_rows()
    union all select * from act.import_check_criterion_repeats()
    union all
    select t.file, null::integer, null::text, 'not a file of the format tolok-round/1'
    from pg_temp.import_text t where act.import_format() = 1 and 'round.json' <> all (broken);
  if tree then
    insert into pg_temp.import_fault select * from act.import_check_tree();
  end if;
  if regions then
    insert into pg_temp.import_fault select * from act.import_check_regions(new_regions);
  end if;
  insert into pg_temp.import_fault
    select * from act.import_check_marks(tree, regions)
    union all select * from act.import_check_official(tree, regions);
  if tree and 'round.json' <> all (broken)
     and not exists (select from pg_temp.import_fault f where f.file in ('round.json',
         'criteria.csv')) then
    insert into pg_temp.import_fault select * from act.import_check_version();
  end if;
  return query
    select f.file, f.line, f."column", f.message, count(*) over ()
    from pg_temp.import_fault f
    order by array_position(array['round.json', 'criteria.csv', 'regions.csv', 'marks.csv',
                                  'official.csv'], f.file), f.line,
             f."column", f.message
    limit most;
end $$;

-- What is no fault of a staged package, and may be an oversight: weights of siblings that are not
-- parts of 1, 10 or 100, where they are not all the same; a new region with the name of a known
-- one.
create or replace function act.import_notes()
returns table (file text, line integer, "column" text, message text)
language plpgsql security definer set search_path = pg_catalog, pg_temp set jit = off as $$
begin
  perform act.import_stage();
  return query
  with known as materialized (
    select k.code, act.name_key(k.name) as key from data.region k
  ), new as materialized (
    select r.line, r.region, act.name_key(r.name) as key from pg_temp.import_region r
    where r.name <> '' and not exists (select from data.region d where d.code = r.region)
  )
  select n.*
  from (
    select 'criteria.csv'::text, min(c.line), 'weight'::text,
           format('the weights below %s add up to %s', c.parent,
                  act.plain(sum(act.decimal(c.weight))))
    from pg_temp.import_criterion c
    where c.parent <> ''
    group by c.parent
    having sum(act.decimal(c.weight)) not in (1, 10, 100)
      and count(distinct act.decimal(c.weight)) > 1
    union all
    select 'regions.csv', r.line, 'name',
           format('%s bears the name of %s, which is known', r.region,
                  string_agg(k.code, ', ' order by k.code collate "C"))
    from new r join known k using (key)
    group by r.region, r.line
  ) n (file, line, "column", message)
  order by n.file, n.line, n.message
  limit 1000;
end $$;
