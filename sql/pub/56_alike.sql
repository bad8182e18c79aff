-- Which regions are like another one: how far they are apart, by what is known of them alone. A
-- distance is of two regions, so it stays as it is when other regions come or go.

-- What a distance is the sum of: each factor times its weight.
create or replace view pub.alike_factor as
select code, ord, weight
from (values
  ('population', 1, 1.00),      -- doublings between the numbers of inhabitants
  ('area',       2, 0.25),      -- doublings between the areas
  ('density',    3, 0.50),      -- doublings between inhabitants per square kilometre
  ('kind',       4, 1.00),      -- 1 for a kota and a kabupaten
  ('island',     5, 0.50),      -- 1 for two groups of islands
  ('cohort',     6, 0.50)       -- a quarter for each year between their selections, at most 1; 1
                                -- when but one had been selected
) factor (code, ord, weight);

-- As far apart as this two regions may be, and still be called similar: for instance a kota and a
-- kabupaten with twice its people on twice its area, on other islands, of another cohort (3.25).
create or replace function pub.alike_reach() returns numeric
language sql immutable parallel safe
return 3.5;

-- How many doublings lie between two numbers.
create or replace function pub.doublings(a numeric, b numeric) returns numeric
language sql immutable parallel safe
return (abs(ln(a::double precision / b::double precision)) / ln(2::double precision))::numeric;

-- How far every other region with a page is from this one, as of a year: who was selected later had
-- not been by then. What each factor adds is rounded to hundredths, and the distance is their sum.
-- A region of which anything but its selection is not known has no distance, and none is measured
-- from it.
create or replace function pub.alike(region text, year integer)
returns table (region text, distance numeric, population numeric, area numeric, density numeric,
               kind numeric, island numeric, cohort numeric)
language sql stable
begin atomic
  select s.code, s.population + s.area + s.density + s.kind + s.island + s.cohort,
         s.population, s.area, s.density, s.kind, s.island, s.cohort
  from (
    select max(f.weight) filter (where f.code = 'population') as population,
           max(f.weight) filter (where f.code = 'area') as area,
           max(f.weight) filter (where f.code = 'density') as density,
           max(f.weight) filter (where f.code = 'kind') as kind,
           max(f.weight) filter (where f.code = 'island') as island,
           max(f.weight) filter (where f.code = 'cohort') as cohort
    from pub.alike_factor f) w
  join pub.region m
    on m.code = alike.region and m.population > 0 and m.area > 0 and m.kind is not null
       and m.province is not null
  join pub.region o
    on o.code <> m.code and o.population > 0 and o.area > 0 and o.kind is not null
       and o.province is not null
  cross join lateral (
    select case when m.cohort_year <= coalesce(alike.year, m.cohort_year) then m.cohort_year end
             as mine,
           case when o.cohort_year <= coalesce(alike.year, o.cohort_year) then o.cohort_year end
             as other) c
  cross join lateral (
    select o.code,
           round(w.population * pub.doublings(o.population, m.population), 2) as population,
           round(w.area * pub.doublings(o.area, m.area), 2) as area,
           round(w.density * pub.doublings(o.population / o.area, m.population / m.area), 2)
             as density,
           w.kind * (o.kind <> m.kind)::integer as kind,
           w.island * (left(o.province, 1) <> left(m.province, 1))::integer as island,
           round(w.cohort * case when c.mine is null and c.other is null then 0
                                 when c.mine is null or c.other is null then 1
                                 else least(0.25 * abs(c.mine - c.other), 1) end, 2) as cohort
    offset 0) s;
end;

-- The five most similar regions among those with a value in a publication, and what they tell: one
-- row whenever there is a publication. `known`: the region's own facts are, so that others can be
-- measured from it; `published`: how many others have a value; `median`: of five, never of fewer.
-- `list`: what the comparison is asked for; `marked_shown`: what region `mine` has.
create or replace function pub.city_alike(
  lang text, publication integer, region text, mine text default null)
returns setof json
language sql stable
begin atomic
  with peer as materialized (
    select r.slug, r.name, r.province_name, r.population as people, r.area as size,
           trim_scale(e.value) as value, e.shown,
           s.region, s.distance, s.population, s.area, s.density, s.kind as kind_share, s.island,
           s.cohort
    from pub.publication p
    cross join lateral pub.alike(city_alike.region,
                                   case when not p.simulated then p.year end) s
    join pub.entrant e
      on e.publication = p.id and e.region = s.region and e.value is not null
    join pub.region r on r.code = s.region
    where p.id = city_alike.publication and s.distance <= pub.alike_reach()
    order by s.distance, s.region
    limit 5
  )
  select row_to_json(x) from (
    select p.round as peers_round,
           pub.pick(lang, p.label_id, p.label_en) as peers_round_name,
           m.population > 0 and m.area > 0 and m.kind is not null and m.province is not null
             as known,
           (select nullif(count(*), 0) from pub.entrant e
            where e.publication = p.id and e.region <> m.code and e.value is not null) as published,
           (select count(*) from peer) as peer_count,
           (select case when count(*) = 5 then (array_agg(value order by value))[3] end
            from peer) as peer_median,
           (select case when count(*) = 5 then (array_agg(shown order by value))[3] end
            from peer) as peer_median_shown,
           (select min(shown) from peer) as lowest,
           (select max(shown) from peer) as highest,
           (select string_agg(slug, ',' order by distance, region) from peer) as list,
           pub.alike_reach() as reach,
           (select json_agg(item) from (
              select code as factor_word, trim_scale(weight) as factor_weight
              from pub.alike_factor order by ord) item) as factors,
           (select json_agg(item) from (
              select slug as peer_slug, name as peer, province_name as place,
                     people, size, value, shown,
                     (select m.shown from pub.entrant m
                      where m.publication = p.id and m.region = mine) as marked_shown,
                     coalesce(region = mine, false) as marked,
                     distance, population as by_population, area as by_area,
                     density as by_density, kind_share as by_kind, island as by_island,
                     cohort as by_cohort
              from peer order by distance, region) item) as peers
    from pub.publication p
    join pub.region m on m.code = city_alike.region
    where p.id = city_alike.publication) x;
end;
