-- A method under which a missing child counts as the worse end of the scale, the format of a
-- package with its intake, and with each result how much of its weight has a figure and applies:
-- worked out here for what was published before.
set local role tolok_owner;
alter table data.method
  drop constraint method_missing_check,
  add constraint method_missing_check
    check (missing in ('drop', 'scale_min', 'strict', 'worst'));
alter table data.intake
  add column format integer not null default 1 check (format in (1, 2));
alter table data.result
  add column coverage numeric check (coverage between 0 and 1),
  add column applicable numeric check (applicable between 0 and 1);

create temporary table cover on commit drop as
select r.publication, i.method, r.criterion, r.region, c.height, r.official is not null as official,
       case when r.status = 'value' then 1 when r.status = 'no_data' then 0 end::numeric
         as coverage,
       case when r.status = 'not_applicable' then 0 else 1 end::numeric as applicable
from data.result r
join data.publication p on p.id = r.publication
join data.intake i on i.id = p.intake
join data.criterion c on c.method = i.method and c.code = r.criterion;
create index on cover (publication, criterion, region);
analyze cover;
do $$
begin
  for level in 1 .. (select coalesce(max(height), 0) from cover) loop
    update cover n
    set coverage = div(2e15 * s.covered + s.applying, 2 * s.applying) * 0.000000000000001,
        applicable = div(2e15 * s.applied + s.weight, 2 * s.weight) * 0.000000000000001
    from (
      select k.publication, e.parent, k.region, sum(e.weight * k.coverage) as covered,
             sum(e.weight) filter (where k.coverage is not null) as applying,
             sum(e.weight * k.applicable) as applied, sum(e.weight) as weight
      from cover k
      join data.criterion_edge e on e.method = k.method and e.child = k.criterion
      group by k.publication, e.parent, k.region) s
    where n.height = level and not n.official and s.publication = n.publication
      and s.parent = n.criterion and s.region = n.region;
  end loop;
end $$;
alter table data.result disable trigger immutable;
update data.result r
set coverage = trim_scale(round(c.coverage, 4)), applicable = trim_scale(round(c.applicable, 4))
from cover c
where c.publication = r.publication and c.criterion = r.criterion and c.region = r.region;
alter table data.result enable trigger immutable;
alter table data.result alter column applicable set not null;

-- Made again from the rest.
truncate data.read_publication, data.read_group, data.read_result;
alter table data.read_publication add column blank numeric;
alter table data.read_group alter column intervals set not null;
alter table data.read_result
  add column coverage numeric,
  add column applicable numeric not null;
reset role;
