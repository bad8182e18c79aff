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

-- A public region by its slug, and the publication that its page means: the asked round's newest or its publication `edition`;
-- without a round the newest real round in which it has a value, else its newest real round, else a simulated one. NULL where it
-- takes no part. Values are looked for in the newest rounds first, and no further than needed.
create or replace function pub.city_at(city text, asked text, edition integer)
returns table (region text, publication integer, simulated boolean)
language plpgsql stable rows 1 as $$
declare
  candidate record;
begin
  select r.code into city_at.region from pub.region r where r.slug = city_at.city;
  if city_at.region is null then
    return;
  end if;
  if asked is not null then
    select p.id, p.simulated into city_at.publication, city_at.simulated
    from pub.chosen(asked, edition) p
    where exists (select from pub.participant a where a.publication = p.id and a.region = city_at.region);
  else
    for candidate in
      select a.publication as id, a.simulated
      from pub.attendance a
      where a.region = city_at.region
      order by a.simulated, a.year desc, a.round collate "C" desc
    loop
      -- Every real round comes before the first simulated one.
      exit when candidate.simulated and not city_at.simulated;
      if exists (select from pub.result r
                 where r.publication = candidate.id and r.region = city_at.region and r.status = 'value') then
        city_at.publication := candidate.id;
        city_at.simulated := candidate.simulated;
        exit;
      elsif city_at.publication is null then
        city_at.publication := candidate.id;
        city_at.simulated := candidate.simulated;
      end if;
    end loop;
  end if;
  return next;
end $$;

-- The same with what most of the page needs of that publication and of the criterion that it is ranked by.
create or replace function pub.city_view(city text, asked text, edition integer)
returns table (region text, publication integer, round text, n integer, current boolean, title_id text, title_en text,
               year integer, simulated boolean, scale_min numeric, scale_max numeric, missing text, min_coverage numeric,
               direction integer, main text)
language plpgsql stable rows 1 as $$
#variable_conflict use_column
declare
  here record;
begin
  select * into here from pub.city_at(city_view.city, city_view.asked, city_view.edition);
  if here.publication is not null then
    return query
    select here.region, p.id, p.round::text, p.n, p.current, p.title_id, p.title_en, p.year, p.simulated, p.scale_min, p.scale_max,
           p.missing, p.min_coverage, case when p.higher_is_better then 1 else -1 end, m.criterion::text
    from pub.publication p
    join pub.main m on m.method = p.method
    where p.id = here.publication;
  elsif here.region is not null then
    region := here.region;
    return next;
  end if;
end $$;

-- The publications to which the published facts of their year belong: real rounds on the programme's own scale. A round
-- of another kind in the same year has nothing to do with the ministry's ranks, targets and changes.
create or replace view pub.programme as
select p.id as publication, i.year
from data.publication p
join data.intake i on i.id = p.intake
join data.method m on m.id = i.method
where not i.simulated and m.scale_min = 0 and m.scale_max = 4;

-- Results with what their criterion is; `said_by`: the source of the official figure, `told_by`: that of the whole round.
create or replace view pub.score as
select p.id as publication, r.region, c.code as criterion, c.ord, c.kind, c.aggregate, c.round_step, c.name_id, c.name_en,
       r.status, r.value, r.computed, r.official, r.rank, r.label, r."of", r."group", r.rank_low, r.rank_high,
       o.source as said_by, i.source as told_by
from data.publication p
join data.intake i on i.id = p.intake
join data.criterion c on c.method = i.method
join data.result r on r.publication = p.id and r.criterion = c.code
left join data.official o on o.intake = i.id and o.region = r.region and o.criterion = c.code;

-- Every criterion of a publication with one region's result, and where the figure comes from: the source of
-- the official figure, else that of the same published figure, else that of the whole round. `ref` is the number of the source of
-- a value on the city's page; sources are numbered as the criteria need them.
create or replace function pub.city_scores(publication integer, region text)
returns table (criterion text, ord integer, kind text, aggregate text, round_step numeric, name_id text, name_en text, status text,
               value numeric, computed numeric, official numeric, rank integer, label text, "of" integer,
               "group" text, rank_low numeric, rank_high numeric, source text, ref integer)
language plpgsql stable rows 20 as $$
#variable_conflict use_column
begin
  return query
  with cited as (
    select s.*, coalesce(s.said_by, f.source, s.told_by) as source
    from pub.score s
    left join (
      select distinct on (g.measure, g.value) pub.criterion_of(g.measure) as criterion, g.value, g.source
      from pub.programme p
      join pub.figure g on g.region = city_scores.region and g.year = p.year and g.confidence in ('stated', 'inferred')
      where p.publication = city_scores.publication
      order by g.measure, g.value, g.id) f on f.criterion = s.criterion and f.value = s.value
    where s.publication = city_scores.publication and s.region = city_scores.region
  ), placed as (
    select c.*, case when c.status = 'value' and c.source <> '' then min(c.ord) filter (where c.status = 'value') over (partition by c.source) end as place
    from cited c
  )
  select s.criterion::text, s.ord, s.kind, s.aggregate, s.round_step, s.name_id, s.name_en, s.status,
         s.value, s.computed, s.official, s.rank, s.label, s."of", s."group", s.rank_low, s.rank_high, s.source,
         case when s.place is not null then (dense_rank() over (order by s.place nulls last))::integer end
  from placed s;
end $$;

-- Every criterion other than the main one with one region's result. `part`: a child of the main criterion, with its share of
-- all weights in percent, its weight relative to the greatest, and what it adds to the computed value (NULL where nothing was
-- computed, or where the values are multiplied). A missing child adds the scale's minimum where the method counts it so.
create or replace function pub.city_measures(publication integer, region text, main text, missing text, scale_min numeric)
returns table (criterion text, ord integer, kind text, round_step numeric, name_id text, name_en text, status text, value numeric,
               ref integer, part boolean, part_ord integer, share numeric, relative numeric, contribution numeric)
language plpgsql stable rows 20 as $$
#variable_conflict use_column
begin
  return query
  with score as materialized (
    select s.*, case when s.status = 'no_data' and city_measures.missing = 'scale_min' then city_measures.scale_min else s.value end as counted
    from pub.city_scores(city_measures.publication, city_measures.region) s
  )
  select s.criterion, s.ord, s.kind, s.round_step, s.name_id, s.name_en, s.status, s.value, s.ref,
         e.child is not null, e.ord, 100 * e.weight / sum(e.weight) over (), e.weight / max(e.weight) over (),
         case when up.computed is not null and up.aggregate = 'mean'
              then e.weight * s.counted / sum(case when s.counted is not null then e.weight end) over () end
  from score up
  join score s on s.criterion <> up.criterion
  left join pub.edge e on e.publication = city_measures.publication and e.parent = up.criterion and e.child = s.criterion
  where up.criterion = city_measures.main;
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
    from pub.city_scores(city_sources.publication, city_sources.region) s where s.ref is not null
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

-- What a publication has to say about a region beside its main value: criteria with a value or that do not apply, counted as
-- parts of the main one, as dimensions, as others, and all that are looked for and told of the first two. `apart`: dimensions that count for nothing else.
create or replace function pub.city_told(publication integer, region text, main text)
returns table (parts bigint, dimensions bigint, others bigint, apart bigint, wanted bigint, told bigint)
language plpgsql stable rows 1 as $$
#variable_conflict use_column
begin
  return query
  select count(*) filter (where c.part and c.told), count(*) filter (where c.dimension and not c.part and c.told),
         count(*) filter (where not c.dimension and not c.part and c.told), count(*) filter (where c.dimension and not c.child),
         count(*) filter (where c.part or c.dimension), count(*) filter (where (c.part or c.dimension) and c.told)
  from (
    select s.kind = 'dimension' as dimension, s.status <> 'no_data' as told, coalesce(e.part, false) as part, e.child is not null as child
    from pub.score s
    left join (
      select g.child, bool_or(g.parent = city_told.main) as part
      from pub.edge g
      where g.publication = city_told.publication
      group by g.child) e on e.child = s.criterion
    where s.publication = city_told.publication and s.region = city_told.region and s.criterion <> city_told.main) c;
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

-- The main value of regions in every round of the same kind (real or simulated), with the change since the value
-- before: NULL where the two rounds use different methods and so cannot be compared. `said_by`: the source of the official figure.
create or replace function pub.city_years(regions text[], simulated boolean)
returns table (region text, publication integer, round text, year integer, label_id text, label_en text, scale_min numeric, scale_max numeric,
               value numeric, shown numeric, status text, said_by text, change numeric, comparable boolean)
language plpgsql stable rows 8 as $$
#variable_conflict use_column
begin
  return query
  with attended as materialized (
    select a.* from pub.attendance a where a.region = any (city_years.regions) and a.simulated = city_years.simulated
  ), tree as materialized (
    -- Rounds of one method have one tree: it is looked at once.
    select m.* from pub.main m where m.method in (select a.method from attended a)
  ), played as (
    select a.region, a.publication as id, a.round, a.year, a.method, t.scale_min, t.scale_max, v.value, pub.shown(v.value, t.round_step) as shown, v.status,
           o.source as said_by, pub.round_label(a.round, a.year, a.simulated, a.title_id) as label_id,
           pub.round_label(a.round, a.year, a.simulated, a.title_en) as label_en,
           count(v.value) over (partition by a.region order by a.year, a.round collate "C") as seen
    from attended a
    join tree t on t.method = a.method
    join pub.result v on v.publication = a.publication and v.criterion = t.criterion and v.region = a.region
    left join pub.official o on o.publication = a.publication and o.criterion = t.criterion and o.region = a.region
  )
  select y.region::text, y.id, y.round::text, y.year, y.label_id, y.label_en, y.scale_min, y.scale_max, y.value, y.shown, y.status, y.said_by,
         case when b.method = y.method then y.shown - b.shown end, b.method = y.method
  from played y
  left join played b on b.region = y.region and y.value is not null and b.value is not null and b.seen = y.seen - 1;
end $$;

-- What came before a publication for a region: the main value of the newest earlier round in which it has one, and the change since
-- then. No row when there is none, or when its method is another.
create or replace function pub.city_before(publication integer, region text)
returns table (shown numeric, change numeric, label_id text, label_en text)
language plpgsql stable rows 1 as $$
#variable_conflict use_column
declare
  this record;
  earlier record;
begin
  select p.method, p.year, p.round, p.simulated, m.criterion, m.round_step, v.value into this
  from pub.publication p
  join pub.main m on m.method = p.method
  join pub.result v on v.publication = p.id and v.criterion = m.criterion and v.region = city_before.region
  where p.id = city_before.publication;
  for earlier in
    select a.publication, a.method, a.year, a.round, a.simulated, a.title_id, a.title_en
    from pub.attendance a
    where a.region = city_before.region and a.simulated = this.simulated and (a.year, a.round collate "C") < (this.year, this.round collate "C")
    order by a.year desc, a.round collate "C" desc
  loop
    return query
    select pub.shown(v.value, this.round_step), pub.shown(this.value, this.round_step) - pub.shown(v.value, this.round_step),
           pub.round_label(earlier.round, earlier.year, earlier.simulated, earlier.title_id),
           pub.round_label(earlier.round, earlier.year, earlier.simulated, earlier.title_en)
    from pub.result v
    where earlier.method = this.method and v.publication = earlier.publication and v.criterion = this.criterion
      and v.region = city_before.region and v.value is not null;
    exit when found or exists (
      select from pub.main m
      join pub.result v on v.publication = earlier.publication and v.criterion = m.criterion and v.region = city_before.region
      where m.method = earlier.method and v.value is not null);
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
  from pub.city_years(array[city_timeline.region], city_timeline.simulated) y
  full join fact f on f.year = y.year and exists (select from pub.programme g where g.publication = y.publication);
end $$;

-- Whether a region's timeline tells anything (a value, a target, a change), and whether a target is among it: cheaper than the
-- timeline, since the first thing found is enough.
create or replace function pub.city_past(region text, simulated boolean) returns table (told boolean, targets boolean)
language plpgsql stable rows 1 as $$
begin
  select coalesce(bool_or(f.measure = 'target'), false), count(*) > 0 into city_past.targets, city_past.told
  from pub.figure f
  where f.region = city_past.region and not city_past.simulated and f.year is not null
    and f.measure in ('improvement', 'target') and f.confidence in ('stated', 'inferred');
  city_past.told := city_past.told or exists (
    select from pub.attendance a
    join pub.main m on m.method = a.method
    join pub.result v on v.publication = a.publication and v.criterion = m.criterion and v.region = a.region
    where a.region = city_past.region and a.simulated = city_past.simulated and v.value is not null);
  return next;
end $$;
