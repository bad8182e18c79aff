-- Computed figures beside official ones, and the worked example of a publication.

-- Every figure that was both published and computed.
create or replace function pub.checks(publication integer)
returns table (region text, criterion text, computed numeric, official numeric, source text)
language sql stable
begin atomic
  select o.region, o.criterion, r.computed, r.official, o.source
  from pub.official o
  cross join lateral (select q.computed, q.official
                      from pub.result q
                      where q.publication = o.publication and q.criterion = o.criterion and q.region = o.region
                        and q.computed is not null
                      limit 1) r
  where o.publication = checks.publication;
end;

-- What each child of the main criterion brought to a region's figure. `taken` is the value that the sum used (the scale's minimum where the
-- method counts a missing child so; NULL: left out) and `part` what it adds to a mean, or multiplies a geometric mean by.
create or replace function pub.example_parts(publication integer, region text)
returns table (child text, ord integer, weight numeric, status text, value numeric, taken numeric, part numeric)
language sql stable
begin atomic
  with used as (
    select e.child, e.ord, e.weight, r.status, r.value, c.aggregate,
           coalesce(r.value, case when p.missing = 'scale_min' and r.status = 'no_data' then p.scale_min end) as taken
    from pub.publication p
    cross join lateral pub.main_of(p.id) m
    join pub.criterion c on c.publication = p.id and c.code = m.criterion
    join pub.edge e on e.publication = p.id and e.parent = c.code
    join pub.result r on r.publication = p.id and r.criterion = e.child and r.region = example_parts.region
    where p.id = example_parts.publication
  )
  select u.child, u.ord, u.weight, u.status, u.value, u.taken,
         case when u.aggregate = 'mean' then u.taken * u.weight / s.weights
              when u.taken <= 0 then 0
              else power(u.taken, u.weight / s.weights) end
  from used u
  cross join (select sum(weight) as weights from used where taken is not null) s
  order by u.ord;
end;

-- The region whose main figure can be followed best: the most children with a value, then one that has an official
-- figure too, then the best one. No row when nobody's was computed from children.
create or replace function pub.example(publication integer)
returns table (region text, name text, slug text, exact numeric, computed numeric, official numeric, weights numeric)
language sql stable
begin atomic
  with child as materialized (
    select e.parent, e.child from pub.main_of(example.publication) m join pub.edge e on e.publication = example.publication and e.parent = m.criterion
  ), filled as (
    select k.region, count(*) as children
    from child c
    join pub.result k on k.publication = example.publication and k.criterion = c.child and k.value is not null
    group by k.region
  ), best as materialized (
    select r.region, r.exact, r.computed, r.official
    from filled f
    join pub.result r on r.publication = example.publication and r.criterion = (select parent from child limit 1)
                     and r.region = f.region and r.exact is not null
    order by f.children desc, r.official is not null desc, r.rank, r.region collate "C"
    limit 1
  )
  select b.region, g.name, g.slug, b.exact, b.computed, b.official,
         (select sum(x.weight) from pub.example_parts(example.publication, b.region) x where x.taken is not null)
  from best b
  join pub.entrant g on g.publication = example.publication and g.region = b.region;
end;
