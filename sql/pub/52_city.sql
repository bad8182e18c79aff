-- What the pages of one city share: its rounds, the round that an address means, and its figures in it. The functions in
-- PL/pgSQL keep their plans: a city's page calls them in most of its sections, and planning them anew in each would take longer
-- than running them.

-- The newest publication of each round in which a region takes part. Like a join of pub.participant and pub.publication, but
-- with as few tables as a city of many rounds needs.
create or replace view pub.attendance as
select a.region, p.id as publication, p.round, i.year, i.title_id, i.title_en, i.simulated, i.method
from data.participant a
join data.intake i on i.id = a.intake
join data.publication p on p.intake = i.id
join data.round r on r.code = p.round and r.publication = p.id;

-- The same for one region, and whether it has any value in it.
create or replace function pub.city_rounds(region text)
returns table (publication integer, round text, year integer, title_id text, title_en text, simulated boolean,
               method integer, has_value boolean)
language plpgsql stable rows 10 as $$
#variable_conflict use_column
begin
  return query
  select a.publication, a.round::text, a.year, a.title_id, a.title_en, a.simulated, a.method,
         exists (select from pub.result r
                 where r.publication = a.publication and r.region = city_rounds.region and r.status = 'value')
  from pub.attendance a
  where a.region = city_rounds.region;
end $$;

-- The publication that a city's page means: the asked round's newest or its publication `edition`; without
-- a round the city's newest real round with a value, else its newest real round, else a simulated one.
-- NULL when the city takes no part. Values are looked for in the newest rounds first, and no further than needed.
create or replace function pub.city_publication(region text, asked text, edition integer) returns integer
language plpgsql stable as $$
declare
  candidate record;
  newest integer;
  newest_simulated boolean;
begin
  if asked is not null then
    return (select p.id from pub.chosen(asked, edition) p
            where exists (select from pub.participant a where a.publication = p.id and a.region = city_publication.region));
  end if;
  for candidate in
    select a.publication, a.simulated
    from pub.attendance a
    where a.region = city_publication.region
    order by a.simulated, a.year desc, a.round collate "C" desc
  loop
    -- Every real round comes before the first simulated one.
    if newest is null then
      newest := candidate.publication;
      newest_simulated := candidate.simulated;
    elsif candidate.simulated <> newest_simulated then
      exit;
    end if;
    if exists (select from pub.result r
               where r.publication = candidate.publication and r.region = city_publication.region and r.status = 'value') then
      return candidate.publication;
    end if;
  end loop;
  return newest;
end $$;

-- A public region by its slug together with the publication that its page shows (NULLs where it takes part
-- in none) and the criterion that publication is ranked by.
create or replace function pub.city_view(city text, asked text, edition integer)
returns table (region text, publication integer, round text, n integer, current boolean, title_id text, title_en text,
               year integer, simulated boolean, source text, version text, method integer, scale_min numeric, scale_max numeric,
               missing text, min_coverage numeric, direction integer, main text)
language plpgsql stable rows 1 as $$
#variable_conflict use_column
begin
  return query
  select r.code::text, p.id, p.round::text, p.n, p.current, p.title_id, p.title_en, p.year, p.simulated, p.source, p.version::text, p.method,
         p.scale_min, p.scale_max, p.missing, p.min_coverage, case when p.higher_is_better then 1 else -1 end, m.criterion::text
  from pub.region r
  cross join lateral (select pub.city_publication(r.code, city_view.asked, city_view.edition) as id offset 0) chosen
  left join pub.publication p on p.id = chosen.id
  left join lateral pub.main_of(p.id) m on true
  where r.slug = city_view.city;
end $$;

-- The publications to which the published facts of their year belong: real rounds on the programme's own scale. A round
-- of another kind in the same year has nothing to do with the ministry's ranks, targets and changes.
create or replace view pub.programme as
select p.id as publication, p.year
from pub.publication p
where not p.simulated and p.scale_min = 0 and p.scale_max = 4;

-- Every criterion of a publication with one region's result, and where the figure comes from: the source of
-- the official figure, else that of the same published figure, else that of the whole round.
create or replace function pub.city_scores(publication integer, region text)
returns table (criterion text, ord integer, kind text, aggregate text, round_step numeric, name_id text, name_en text, status text,
               value numeric, computed numeric, official numeric, rank integer, label text, "of" integer,
               "group" text, rank_low numeric, rank_high numeric, source text, note text)
language plpgsql stable rows 20 as $$
#variable_conflict use_column
begin
  return query
  select c.code::text, c.ord, c.kind, c.aggregate, c.round_step, c.name_id, c.name_en, r.status,
         r.value, r.computed, r.official, r.rank, r.label, r."of", r."group", r.rank_low, r.rank_high,
         coalesce(o.source, f.source, p.source), coalesce(o.note, f.note)
  from pub.publication p
  join pub.criterion c on c.publication = p.id
  join pub.result r on r.publication = p.id and r.criterion = c.code and r.region = city_scores.region
  left join pub.official o on o.publication = p.id and o.criterion = c.code and o.region = city_scores.region
  left join (
    select distinct on (g.year, m.criterion, g.value) g.year, m.criterion, g.value, g.source, g.note
    from pub.figure g
    join pub.measure m on m.code = g.measure
    where g.region = city_scores.region and g.confidence in ('stated', 'inferred')
    order by g.year, m.criterion, g.value, g.id) f
    on f.year = p.year and f.criterion = c.code and f.value = r.value
       and exists (select from pub.programme g where g.publication = p.id)
  where p.id = city_scores.publication;
end $$;

-- The sources of everything on a city's page, numbered in the order in which the page needs them. Real
-- figures never stand beside simulated ones, so a simulated round has its own sources only.
create or replace function pub.city_sources(publication integer, region text)
returns table (n integer, source text)
language plpgsql stable rows 6 as $$
#variable_conflict use_column
begin
  return query
  select (row_number() over (order by min(cited.place), min(cited.ord)))::integer, cited.source
  from (
    select 1 as place, s.ord, s.source
    from pub.city_scores(city_sources.publication, city_sources.region) s where s.status = 'value'
    union all
    select 2, row_number() over (order by f.year desc nulls last, f.id), f.source
    from pub.figure f
    where f.region = city_sources.region
      and not exists (select from pub.publication p where p.id = city_sources.publication and p.simulated)
    union all
    select 3, row_number() over (order by q.year desc nulls last, q.id), q.source
    from pub.quick_win q
    where q.region = city_sources.region
      and not exists (select from pub.publication p where p.id = city_sources.publication and p.simulated)
  ) cited
  where cited.source <> ''
  group by cited.source;
end $$;

-- The criteria of a publication other than its main one: whether each is a child of the main one (a part of it), and
-- whether there is anything to say about it for a region (a value, or that it does not apply).
create or replace function pub.city_tree(publication integer, region text, main text)
returns table (code text, ord integer, kind text, root boolean, part boolean, told boolean)
language plpgsql stable rows 20 as $$
#variable_conflict use_column
begin
  return query
  select c.code::text, c.ord, c.kind, c.root, e.child is not null, r.status <> 'no_data'
  from pub.criterion c
  join pub.result r on r.publication = c.publication and r.criterion = c.code and r.region = city_tree.region
  left join pub.edge e on e.publication = c.publication and e.parent = city_tree.main and e.child = c.code
  where c.publication = city_tree.publication and c.code <> city_tree.main;
end $$;

-- A published fact about a region in the year of a round of the programme. No row for a fact that needs caution, or when
-- there is none.
create or replace function pub.city_fact(publication integer, region text, measure text)
returns table (value numeric, source text)
language sql stable
begin atomic
  select f.value, f.source
  from pub.programme p
  join pub.figure f on f.region = city_fact.region and f.year = p.year and f.measure = city_fact.measure
  where p.publication = city_fact.publication and f.confidence in ('stated', 'inferred')
  order by f.id
  limit 1;
end;

-- The children of a publication's main criterion with one region's results: the share of each in percent of
-- all weights, and what it adds to the computed value (NULL where nothing was computed, or where the values
-- are multiplied). A missing child adds the scale's minimum where the method counts it so.
create or replace function pub.city_parts(publication integer, region text, main text)
returns table (criterion text, ord integer, share numeric, relative numeric, contribution numeric)
language plpgsql stable rows 6 as $$
#variable_conflict use_column
begin
  return query
  select e.child::text, e.ord, 100 * e.weight / sum(e.weight) over (), e.weight / max(e.weight) over (),
         case when up.computed is not null and c.aggregate = 'mean' and counted.value is not null
              then e.weight * counted.value / sum(case when counted.value is not null then e.weight end) over () end
  from pub.edge e
  join pub.publication p on p.id = e.publication
  join pub.criterion c on c.publication = e.publication and c.code = e.parent
  join pub.result r on r.publication = e.publication and r.criterion = e.child and r.region = city_parts.region
  join pub.result up on up.publication = e.publication and up.criterion = e.parent and up.region = city_parts.region
  cross join lateral (
    select case when r.status = 'no_data' and p.missing = 'scale_min' then p.scale_min else r.value end as value) counted
  where e.publication = city_parts.publication and e.parent = city_parts.main;
end $$;

-- One region's main value in every round of the same kind (real or simulated), with the change since its value
-- before (`since_`: the label of that round): NULL where the two rounds use different methods and so cannot be
-- compared.
create or replace function pub.city_years(region text, simulated boolean)
returns table (publication integer, round text, year integer, label_id text, label_en text, scale_min numeric, scale_max numeric,
               value numeric, shown numeric, status text, change numeric, comparable boolean, since_id text, since_en text)
language plpgsql stable rows 8 as $$
#variable_conflict use_column
begin
  return query
  with attended as materialized (
    select a.* from pub.attendance a where a.region = city_years.region and a.simulated = city_years.simulated
  ), tree as materialized (
    -- Rounds of one method have one tree: it is looked at once.
    select t.method, m.criterion, c.round_step, p.scale_min, p.scale_max
    from (select a.method, min(a.publication) as publication from attended a group by a.method) t
    join pub.publication p on p.id = t.publication
    cross join lateral pub.main_of(t.publication) m
    join pub.criterion c on c.publication = t.publication and c.code = m.criterion
  ), played as (
    select a.publication as id, a.round, a.year, a.method, t.scale_min, t.scale_max, t.round_step,
           pub.round_label(a.round, a.year, a.simulated, a.title_id) as label_id,
           pub.round_label(a.round, a.year, a.simulated, a.title_en) as label_en, v.value, v.status,
           count(v.value) over (order by a.year, a.round collate "C") as seen
    from attended a
    join tree t on t.method = a.method
    join pub.result v on v.publication = a.publication and v.criterion = t.criterion and v.region = a.region
  )
  select y.id, y.round::text, y.year, y.label_id, y.label_en, y.scale_min, y.scale_max, y.value, pub.shown(y.value, y.round_step), y.status,
         case when b.method = y.method then pub.shown(y.value, y.round_step) - pub.shown(b.value, b.round_step) end,
         b.method = y.method, b.label_id, b.label_en
  from played y
  left join played b on y.value is not null and b.value is not null and b.seen = y.seen - 1;
end $$;

-- What came before a publication for a region: the main value of the newest earlier round in which it has one, and the change since
-- then. No row when there is none, or when its method is another.
create or replace function pub.city_before(publication integer, region text)
returns table (value numeric, shown numeric, change numeric, label_id text, label_en text)
language plpgsql stable rows 1 as $$
#variable_conflict use_column
declare
  this record;
  earlier record;
begin
  select p.method, p.year, p.round, p.simulated, v.value, c.round_step, m.criterion into this
  from pub.publication p
  cross join lateral pub.main_of(p.id) m
  join pub.criterion c on c.publication = p.id and c.code = m.criterion
  join pub.result v on v.publication = p.id and v.criterion = m.criterion and v.region = city_before.region
  where p.id = city_before.publication and v.value is not null;
  for earlier in
    select a.publication, a.method, a.year, a.round, a.simulated, a.title_id, a.title_en
    from pub.attendance a
    where a.region = city_before.region and a.simulated = this.simulated and (a.year, a.round collate "C") < (this.year, this.round collate "C")
    order by a.year desc, a.round collate "C" desc
  loop
    return query
    select v.value, pub.shown(v.value, this.round_step), pub.shown(this.value, this.round_step) - pub.shown(v.value, this.round_step),
           pub.round_label(earlier.round, earlier.year, earlier.simulated, earlier.title_id),
           pub.round_label(earlier.round, earlier.year, earlier.simulated, earlier.title_en)
    from pub.result v
    where earlier.method = this.method and v.publication = earlier.publication and v.criterion = this.criterion
      and v.region = city_before.region and v.value is not null;
    exit when found or exists (
      select from pub.main_of(earlier.publication) m
      join pub.result v on v.publication = earlier.publication and v.criterion = m.criterion and v.region = city_before.region
      where v.value is not null);
  end loop;
end $$;

-- The years of a region's history, oldest first: its rounds as city_years tells them, and in real history the
-- targets and changes that were published, also of years without a round. Facts that need caution stay out.
create or replace function pub.city_timeline(region text, simulated boolean)
returns table (round text, year integer, label_id text, label_en text, scale_min numeric, scale_max numeric, value numeric,
               shown numeric, status text, change numeric, comparable boolean, improvement numeric, target numeric, place bigint)
language plpgsql stable rows 8 as $$
#variable_conflict use_column
begin
  return query
  with fact as materialized (
    select f.year, max(f.value) filter (where f.measure = 'improvement') as improvement,
           max(f.value) filter (where f.measure = 'target') as target
    from pub.figure f
    where f.region = city_timeline.region and not city_timeline.simulated and f.year is not null
      and f.measure in ('improvement', 'target') and f.confidence in ('stated', 'inferred')
    group by f.year
  )
  select y.round, coalesce(y.year, f.year), coalesce(y.label_id, f.year::text), coalesce(y.label_en, f.year::text),
         coalesce(y.scale_min, 0), coalesce(y.scale_max, 4), y.value, y.shown, coalesce(y.status, 'no_data'), y.change, y.comparable, f.improvement, f.target,
         row_number() over (order by coalesce(y.year, f.year), y.round collate "C")
  from pub.city_years(city_timeline.region, city_timeline.simulated) y
  full join fact f on f.year = y.year and exists (select from pub.programme g where g.publication = y.publication);
end $$;

-- How much a region's history tells (values, targets, changes), and how many targets.
create or replace function pub.city_told(region text, simulated boolean) returns table (told bigint, targets bigint)
language sql stable
begin atomic
  select count(*) filter (where num_nonnulls(t.value, t.target, t.improvement) > 0), count(t.target)
  from pub.city_timeline(city_told.region, city_told.simulated) t;
end;
