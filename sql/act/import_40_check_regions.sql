-- Faults of regions.csv. A region that the database does not know is a fault unless new ones are
-- wanted. The name of a known one has to be its own, of now or of an earlier round: else two that
-- identify it disagree, and its marks would be another's.
create or replace function act.import_check_regions(new_regions boolean)
returns table (file text, line integer, "column" text, message text) language plpgsql stable as $$
begin
  return query
  with whole as materialized (
    select act.bare_code(z.code) as bare, min(z.code) as code from data.region z
    where act.bare_code(z.code) <> z.code group by 1
  )
  select 'regions.csv', r.line, f.col, f.fault
  from (select i.*, k.code is not null as known, owner.code as slug_of, k.name as own_name,
               case when k.code is null then w.code end as whole_code,
               first_value(i."group") over (partition by
                 lower(regexp_replace(i."group", '[[:space:]]+', '', 'g')) order by i.line)
                 as like_group,
               first_value(i.line) over (partition by i.region order by i.line) as first_line,
               first_value(i.line) over (partition by lower(i.region) order by i.line)
                 as first_like,
               first_value(i.region) over (partition by lower(i.region) order by i.line)
                 as like_code
        from pg_temp.import_region i
        left join data.region k on k.code = i.region
        left join whole w on w.bare = act.bare_code(i.region)
        left join data.region owner on owner.slug = lower(i.region)) r,
  lateral (values
    ('region', case
       when act.code_fault(r.region) is not null then act.code_fault(r.region)
       when r.first_line < r.line then format('second row of %s, the first is on line %s', r.region,
                                              r.first_line)
       when r.known then null
       when r.whole_code is not null
         then format('%s is not known; %s is, whose zeros a spreadsheet takes away', r.region,
                     r.whole_code)
       when not new_regions
         then format('%s is not known, and new regions were not asked for', r.region)
       when r.slug_of is not null then format('the address %s belongs to region %s already',
                                              lower(r.region), r.slug_of)
       when r.first_like < r.line then
         format('%s and %s on line %s would have the same address', r.region, r.like_code,
                r.first_like) end),
    ('name', case
       when (r.name <> '' or (new_regions and not r.known)) and act.name_fault(r.name) is not null
         then act.name_fault(r.name)
       when r.known and r.name <> '' and act.name_key(r.name) <> act.name_key(r.own_name)
            and not exists (select from data.participant p where p.region = r.region
                            and act.name_key(p.name) = act.name_key(r.name))
         then format('%s is %s, not %s', r.region, act.shown(r.own_name), act.shown(r.name)) end),
    ('group', case when r."group" <> '' and act.name_fault(r."group") is not null
                     then act.name_fault(r."group")
                   when r."group" <> r.like_group
                     then format('%s and %s differ only in case or blanks', act.shown(r."group"),
                                 act.shown(r.like_group)) end)) f (col, fault)
  where f.fault is not null
  union all
  select 'regions.csv', null, null, 'no regions'
         where not exists (select from pg_temp.import_region);
end $$;
