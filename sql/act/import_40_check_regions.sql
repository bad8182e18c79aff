-- Faults of regions.csv. A region that the database does not know is a fault unless new ones are
-- wanted.
create or replace function act.import_check_regions(new_regions boolean)
returns table (file text, line integer, "column" text, message text) language plpgsql stable as $$
begin
  return query
  select 'regions.csv', r.line, f.col, f.fault
  from (select i.*, k.code is not null as known, owner.code as slug_of,
               first_value(i.line) over (partition by i.region order by i.line) as first_line,
               first_value(i.line) over (partition by lower(i.region) order by i.line)
                 as first_like,
               first_value(i.region) over (partition by lower(i.region) order by i.line)
                 as like_code
        from pg_temp.import_region i
        left join data.region k on k.code = i.region
        left join data.region owner on owner.slug = lower(i.region)) r,
  lateral (values
    ('region', case
       when act.code_fault(r.region) is not null then act.code_fault(r.region)
       when r.first_line < r.line then format('second row of %s, the first is on line %s', r.region,
                                              r.first_line)
       when r.known then null
       when not new_regions then format('%s is not known (--new-regions would create it)', r.region)
       when r.slug_of is not null then format('the address %s belongs to region %s already',
                                              lower(r.region), r.slug_of)
       when r.first_like < r.line then
         format('%s and %s on line %s would have the same address', r.region, r.like_code,
                r.first_like) end),
    ('name', case when r.name <> '' or (new_regions and not r.known) then act.name_fault(r.name)
     end),
    ('group', case when r."group" <> '' then act.name_fault(r."group") end)) f (col, fault)
  where f.fault is not null
  union all
  select 'regions.csv', null, null, 'no regions'
         where not exists (select from pg_temp.import_region);
end $$;
