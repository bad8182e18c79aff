-- Faults of marks.csv and official.csv.

-- `tree` and `regions` say whether criteria.csv and regions.csv were read whole: what refers to a
-- file that was not is left alone.
create or replace function act.import_check_marks(tree boolean, regions boolean)
returns table (file text, line integer, "column" text, message text) language plpgsql stable as $$
declare
  low  numeric := act.decimal(act.import_value('method.scale.min'));
  high numeric := act.decimal(act.import_value('method.scale.max'));
  words text[] := array['value', 'not_applicable', 'no_data']
                  || case when act.import_format() = 2 then array['outside'] else '{}' end;
begin
  return query
  select 'marks.csv', m.line, f.col, f.fault
  from (select i.*, coalesce(act.decimal(i.value), act.power(i.value)) as number,
               n.aggregate, r.region is not null as takes_part,
               d.first_line
        from pg_temp.import_mark i
        left join (select t.region, t.criterion, min(t.line) as first_line
                   from pg_temp.import_mark t
                   group by t.region, t.criterion having count(*) > 1) d using (region, criterion)
        left join pg_temp.import_node n on n.code = i.criterion
        left join (select distinct p.region from pg_temp.import_region p) r on r.region = i.region
        offset 0) m,
  lateral (values
    ('region', case when m.region = '' then 'missing'
                    when regions and not m.takes_part
                      then act.shown(m.region) || ' is not in regions.csv' end),
    ('criterion', case when m.criterion = '' then 'missing'
                       when tree and m.aggregate is null
                         then act.shown(m.criterion) || ' is not in criteria.csv'
                       when tree and m.aggregate in ('mean', 'geomean')
                         then m.criterion || ' is not a leaf'
                       when m.first_line < m.line then
                         format('second mark of %s for %s, the first is on line %s',
                                act.shown(m.region), act.shown(m.criterion), m.first_line) end),
    ('value', case when m.value = '' then null
                   when m.number is null then act.decimal_fault(m.value)
                   when m.status in ('not_applicable', 'no_data', 'outside')
                     then 'not empty although the status is ' || m.status
                   when m.number not between low and high then
                     format('%s is off the scale %s to %s', act.plain(m.number), act.plain(low),
                            act.plain(high)) end),
    -- Compared here first: a call for each of a great many rows would take most of the import's
    -- time.
    ('status', case when m.status <> '' and m.status <> all (words) then act.word_fault(m.status,
      words) end)
  ) f (col, fault)
  where f.fault is not null;
end $$;

-- Figures are taken as the authority published them, be they off the scale.
create or replace function act.import_check_official(tree boolean, regions boolean)
returns table (file text, line integer, "column" text, message text) language plpgsql stable as $$
begin
  return query
  select 'official.csv', o.line, f.col, f.fault
  from (select i.*, n.code is not null as known, r.region is not null as takes_part,
               d.first_line
        from pg_temp.import_official i
        left join (select t.region, t.criterion, min(t.line) as first_line
                   from pg_temp.import_official t
                   group by t.region, t.criterion having count(*) > 1) d using (region, criterion)
        left join pg_temp.import_node n on n.code = i.criterion
        left join (select distinct p.region from pg_temp.import_region p) r on r.region = i.region
        offset 0) o,
  lateral (values
    ('region', case when o.region = '' then 'missing'
                    when regions and not o.takes_part
                      then act.shown(o.region) || ' is not in regions.csv' end),
    ('criterion', case when o.criterion = '' then 'missing'
                       when tree and not o.known
                         then act.shown(o.criterion) || ' is not in criteria.csv'
                       when o.first_line < o.line then
                         format('second figure of %s for %s, the first is on line %s',
                                act.shown(o.region), act.shown(o.criterion), o.first_line) end),
    ('value', act.decimal_fault(o.value)),
    ('note', act.note_fault(o.note)),
    ('source', act.note_fault(o.source))) f (col, fault)
  where f.fault is not null;
end $$;
