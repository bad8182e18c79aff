-- The worked example of a publication: one region's main value, whose row of pub.entrant says
-- `example`.

-- What each child of the main criterion brought to a region's figure. `taken` is the value that the
-- sum used (of a missing child what the method counts it as; NULL: left out) and
-- `part` what it adds to a mean, or multiplies a geometric mean by.
create or replace function pub.example_parts(publication integer, region text)
returns table (child text, ord integer, weight numeric, status text, value numeric, taken numeric,
               part numeric)
language sql stable
begin atomic
  with used as (
    select c.code, c.part_ord, c.weight, r.status, r.value, m.aggregate,
           coalesce(r.value, case when r.status = 'no_data' then p.blank end) as taken
    from pub.publication p
    join pub.criterion m on m.publication = p.id and m.main
    join pub.criterion c on c.publication = p.id and c.part_ord is not null
    join pub.result r on r.publication = p.id and r.criterion = c.code
      and r.region = example_parts.region
    where p.id = example_parts.publication
  )
  select u.code, u.part_ord, u.weight, u.status, u.value, u.taken,
         case when u.aggregate = 'mean' then u.taken * u.weight / s.weights
              when u.taken <= 0 then 0
              else power(u.taken, u.weight / s.weights) end
  from used u
  cross join (select sum(weight) as weights from used where taken is not null) s
  order by u.part_ord;
end;
