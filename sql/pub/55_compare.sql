-- Comparing cities: who is compared, in which round, by which values. PL/pgSQL keeps the plans, see 52_city.sql.

-- The asked regions that are public, in the order asked.
create or replace function pub.compared(slugs text[])
returns table (place bigint, region text, slug text, name text, province text, province_name text, population integer, area_km2 numeric, cohort_year integer)
language sql stable
begin atomic
  select asked.place, r.code, r.slug, r.name, r.province, r.province_name, r.population, r.area_km2, r.cohort_year
  from unnest(compared.slugs) with ordinality asked (slug, place)
  -- The limit makes PostgreSQL look each one up, instead of asking of every region whether it is public.
  cross join lateral (select g.* from pub.region g where g.slug = asked.slug limit 1) r;
end;

-- The publication in which they are compared: the asked round's newest, else that of the newest real round in which at
-- least two of them have a value, else that of the newest round. The newest rounds are looked at first, and no more than needed.
create or replace function pub.compared_in(slugs text[], asked text) returns integer
language plpgsql stable as $$
declare
  regions text[];
  candidate integer;
begin
  if asked is not null then
    return (select p.id from pub.chosen(asked, null) p);
  end if;
  regions := array(select r.region from pub.compared(slugs) r);
  if cardinality(regions) > 1 then
    for candidate in
      select p.id from pub.publication p where p.current and not p.simulated order by p.year desc, p.round collate "C" desc
    loop
      if (select count(*) > 1 from unnest(regions) asked (region)
          where exists (select from pub.result v where v.publication = candidate and v.region = asked.region and v.status = 'value')) then
        return candidate;
      end if;
    end loop;
  end if;
  return (select p.id from pub.standard_round() s join pub.publication p on p.round = s.round and p.current);
end $$;

-- Every criterion of a publication for every compared region: the result, the best value among them, how many have
-- one, whether it applies to any of them (`applies`), and how far apart the values lie. `takes_part` false: the region is not in the round.
create or replace function pub.compared_cells(slugs text[], publication integer)
returns table (place bigint, region text, name text, takes_part boolean, criterion text, ord integer, kind text, main boolean,
               name_id text, name_en text, round_step numeric, scale_min numeric, scale_max numeric, status text, value numeric,
               best numeric, valued bigint, applies boolean, spread numeric)
language plpgsql stable rows 40 as $$
#variable_conflict use_column
declare
  -- With these results are looked up by region; else all of the publication would be read.
  regions text[] := array(select r.region from pub.compared(slugs) r);
begin
  return query
  select r.place, r.region::text, r.name, a.region is not null, c.code::text, c.ord, c.kind, c.code = m.criterion,
         c.name_id, c.name_en, c.round_step, p.scale_min, p.scale_max, coalesce(v.status, 'no_data'), v.value,
         case when p.higher_is_better then max(v.value) over by_criterion else min(v.value) over by_criterion end,
         count(v.value) over by_criterion, bool_or(coalesce(v.status, 'no_data') <> 'not_applicable') over by_criterion,
         max(v.value) over by_criterion - min(v.value) over by_criterion
  from pub.publication p
  join pub.main m on m.method = p.method
  cross join pub.compared(compared_cells.slugs) r
  join pub.criterion c on c.publication = p.id
  left join pub.participant a on a.publication = p.id and a.region = r.region and a.region = any (regions)
  left join pub.result v on v.publication = p.id and v.criterion = c.code and v.region = r.region and v.region = any (regions)
  where p.id = compared_cells.publication
  window by_criterion as (partition by c.code);
end $$;
