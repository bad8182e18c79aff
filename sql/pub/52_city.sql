-- What the sections of one city's page share. These functions are PL/pgSQL because it keeps their plans: planning them anew in each
-- section would take longer than running them.

-- A region by its slug, and the publication that its page means: the asked round's newest or its publication `edition`; without
-- a round the one that pub.region says. NULL where it takes no part. `known`: there is such a round and edition, if one was asked.
create or replace function pub.city_view(city text, asked text, edition integer)
returns table (region text, known boolean, publication integer, round text, n integer, current boolean, ord integer, label_id text, label_en text,
               year integer, simulated boolean, programme boolean, method integer, scale_min numeric, scale_max numeric,
               missing text, min_coverage numeric, direction integer, main text, aggregate text)
language plpgsql stable rows 1 as $$
#variable_conflict use_column
begin
  return query
  select r.code, w.publication is not null or city_view.asked is null, p.id, p.round, p.n, p.current, p.ord, p.label_id, p.label_en,
         p.year, p.simulated, p.programme, p.method, p.scale_min, p.scale_max, p.missing, p.min_coverage, p.direction, p.main, p.main_aggregate
  from pub.region r
  cross join lateral (
    select case when city_view.asked is null then r.publication
                else (select c.id from pub.chosen(city_view.asked, city_view.edition) c) end as publication) w
  left join pub.entrant e on e.publication = w.publication and e.region = r.code
  left join pub.publication p on p.id = e.publication
  where r.slug = city_view.city;
end $$;

-- The sources of everything on a city's page, numbered in the order in which the page needs them. Real
-- figures never stand beside simulated ones, so a simulated round has its own sources only.
create or replace function pub.city_sources(publication integer, region text, simulated boolean)
returns table (n integer, source text)
language plpgsql stable rows 6 as $$
#variable_conflict use_column
begin
  return query
  select (row_number() over (order by min(array[cited.place, cited.ord])))::integer, cited.source
  from (
    select 1 as place, s.ref as ord, s.source
    from pub.result s where s.publication = city_sources.publication and s.region = city_sources.region and s.ref is not null
    union all
    select 2, row_number() over (order by f.year desc nulls last, f.id), f.source
    from pub.figure f where f.region = city_sources.region and not city_sources.simulated
    union all
    select 3, row_number() over (order by q.year desc nulls last, q.id), q.source
    from pub.quick_win q where q.region = city_sources.region and not city_sources.simulated
  ) cited
  where cited.source <> ''
  group by cited.source;
end $$;
