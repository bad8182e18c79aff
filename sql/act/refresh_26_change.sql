-- What pages read about corrections.

-- What a publication changed in the one that it replaced; no row for a round's first.
create or replace function act.read_change(publication integer) returns setof data.read_change
language sql stable
begin atomic
  with pair as materialized (
    select p.id, p.supersedes, i.id as intake, i.method, o.intake as old_intake, a.criterion as main
    from data.publication p
    join data.intake i on i.id = p.intake
    join data.publication o on o.id = p.supersedes
    join calc.main a on a.method = i.method
    where p.id = read_change.publication
  ), after as (
    select r.criterion, r.region, r.status, r.value, r.label from pair h join data.result r
           on r.publication = h.id
  ), before as (
    select r.criterion, r.region, r.status, r.value, r.label from pair h join data.result r
           on r.publication = h.supersedes
  )
  select h.id, c.code, coalesce(n.region, o.region), c.ord, c.code = h.main, c.name_id, c.name_en,
         g.slug, t.name, pub.bare_name(t.name),
         v.valued, o.region is null, n.region is null, o.value, n.value,
         pub.shown(o.value, c.round_step), pub.shown(n.value, c.round_step), o.label, n.label
  from after n
  full join before o on o.criterion = n.criterion and o.region = n.region
  cross join pair h
  join data.criterion c on c.method = h.method and c.code = coalesce(n.criterion, o.criterion)
  join data.region g on g.code = coalesce(n.region, o.region)
  join data.participant t on t.intake = case when n.region is null then h.old_intake else h.intake
    end and t.region = g.code
  cross join lateral (select (o.status, o.value) is distinct from (n.status, n.value) as valued) v
  where case when c.code = h.main then v.valued or o.label is distinct from n.label
             else v.valued and n.region is not null and o.region is not null end;
end;
