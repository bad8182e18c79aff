-- Comparing cities: who is compared, in which round, by which values. PL/pgSQL keeps the plans, see
-- 52_city.sql; generic ones, since planning for a given list of names takes longer than running.

-- The asked regions that have a page, in the order asked.
create or replace function pub.compared(slugs text[])
returns table (place bigint, region text, slug text, name text, province text, province_name text,
               population integer, area numeric, cohort_year integer)
language sql stable
begin atomic
  select asked.place, r.code, r.slug, r.name, r.province, r.province_name, r.population, r.area,
    r.cohort_year
  from unnest(compared.slugs) with ordinality asked (slug, place)
  -- The limit makes PostgreSQL look each one up, instead of reading all regions.
  cross join lateral (select g.* from pub.region g where g.slug = asked.slug limit 1) r;
end;

-- The publication in which they are compared: the asked round's newest, else that of the newest
-- real round in which at least two of them have a value, else that of the newest round. The newest
-- rounds are looked at first, and no more than needed.
create or replace function pub.compared_in(slugs text[], asked text) returns integer
language plpgsql stable
set plan_cache_mode = force_generic_plan as $$
declare
  chosen text[];
begin
  if asked is not null then
    return (select p.id from pub.chosen(asked, null) p);
  end if;
  chosen := array(select r.region from pub.compared(slugs) r);
  return coalesce(
    (select p.id
     from pub.publication p
     where p.current and not p.simulated and (
       select count(*) > 1
       from unnest(chosen) g (region)
       -- With a limit each one is looked up.
       cross join lateral (select from pub.entrant e where e.publication = p.id
                           and e.region = g.region and e.has_value limit 1) e)
     order by p.ord desc
     limit 1),
    (select p.id from pub.publication p where p.standard));
end $$;

-- Every criterion of a publication for every compared region: the result, the best value among
-- them, how many have one, whether it applies to any of them (`applies`), and how far apart the
-- values lie. `takes_part` false: the region is not in the round. `overview`: the main criterion,
-- its children and the dimensions.
create or replace function pub.compared_cells(slugs text[], publication integer)
returns table (place bigint, region text, name text, takes_part boolean, "group" text,
               criterion text, ord integer, main boolean, overview boolean, dimension text,
               name_id text, name_en text, round_step numeric, status text, value numeric,
                 shown numeric,
               best numeric, valued bigint, applies boolean, spread numeric)
language plpgsql stable rows 40
set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
  select r.place, r.region, r.name, v.region is not null, v."group", c.code, c.ord, c.main,
    c.main or c.part_ord is not null or c.dimension is not null, c.dimension,
         c.name_id, c.name_en, c.round_step, coalesce(v.status, 'no_data'), v.value, v.shown,
         case when p.higher_is_better then max(v.value) over by_criterion
           else min(v.value) over by_criterion end,
         count(v.value) over by_criterion,
         bool_or(coalesce(v.status, 'no_data') <> 'not_applicable') over by_criterion,
         max(v.value) over by_criterion - min(v.value) over by_criterion
  from pub.publication p
  cross join pub.compared(compared_cells.slugs) r
  join pub.criterion c on c.publication = p.id
  -- With a limit each one is looked up; else all of the publication would be read.
  left join lateral (
    select s.region, s."group", s.status, s.value, s.shown
    from pub.result s
    where s.publication = p.id and s.criterion = c.code and s.region = r.region
    limit 1) v on true
  where p.id = compared_cells.publication
  window by_criterion as (partition by c.code);
end $$;
