-- What pages city and report show alike: a part as JSON, or as rows where the report needs less.

-- A region by its slug, and the publication that its page means: the asked round's newest or its
-- publication `edition`; without a round the one that pub.region says. NULL where it takes no part.
-- No row when there is no such region, round or edition.
create or replace function pub.city_view(city text, asked text, edition integer)
returns table (region text, publication integer)
language sql stable
begin atomic
  select r.code, e.publication
  from pub.region r
  left join pub.chosen(asked, edition) c on true
  left join pub.entrant e
    on e.publication = case when asked is null then r.publication else c.id end
       and e.region = r.code
  where r.slug = city and (asked is null or c.id is not null);
end;

-- The sources of everything on a city's page, numbered in the order in which the page needs them.
-- Real figures never stand beside simulated ones, so a simulated round has its own sources only.
create or replace function pub.city_sources(publication integer, region text, simulated boolean)
returns table (n integer, source text)
language plpgsql stable rows 6 as $$
#variable_conflict use_column
begin
  return query
  select (row_number() over (order by min(array[cited.place, cited.ord])))::integer, cited.source
  from (
    select 1 as place, s.ref as ord, s.source
    from pub.result s
    where s.publication = city_sources.publication and s.region = city_sources.region
      and s.ref is not null
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

-- The same, when they are known, as the page tells them.
create or replace function pub.city_cited(cited text[])
returns table (n bigint, source_text text, source_url text, source_name text)
language sql stable
begin atomic
  select c.n,
         case when u.url is null then nullif(btrim(c.source, ' ;,'), '')
              else pub.source_rest(c.source) end,
         u.url, pub.source_name(c.source)
  from unnest(cited) with ordinality c (source, n)
  cross join lateral (select pub.source_url(c.source) as url) u
  order by c.n;
end;

-- How many of the `others` in its group a region is better than (`above`), and worse than.
create or replace function pub.among(publication integer, region text)
returns table (others bigint, above bigint, below bigint)
language sql stable
begin atomic
  select nullif(count(*), 0),
         count(*) filter (where k.value * p.direction < e.value * p.direction),
         count(*) filter (where k.value * p.direction > e.value * p.direction)
  from pub.publication p
  join pub.entrant e on e.publication = p.id and e.region = among.region
  join pub.entrant k
    on k.publication = p.id and k."group" = e."group" and k.region <> e.region
       and k.value is not null
  where p.id = among.publication;
end;

-- The main value: one row when there is one. `partial`: not everybody in the group has a value, so
-- the rank is only an order among those who have; of two, it is none. An interval is shown only
-- when every ranked region of the group has one. `cited`: the page's sources in their order.
create or replace function pub.city_standing(
  lang text, publication integer, region text, cited text[]) returns setof json
language sql stable
begin atomic
  select row_to_json(x) from (
    select trim_scale(e.value) as score,
           e.shown as score_shown,
           e.ref as score_ref,
           e.official is not null as official,
           trim_scale(e.computed) as own,
           e.computed_shown as own_shown,
           e.computed is not null and p.main_aggregate <> 'leaf' as computed,
           case when e.official <> e.computed then abs(e.shown - e.computed_shown)
                end as difference,
           e.rank as order_rank,
           e."of" as order_of,
           right(e.label, 1) = '=' as tied,
           e."of" > 2 as several_valued,
           f.ranked < f.size as partial,
           case when f.intervals then e.rank_low end as rank_low,
           e.rank_high,
           (e.rank_low, e.rank_high) = (e.rank, e.rank) as firm,
           f.ranked,
           case when pub.enough(f.ranked, e.value) then trim_scale(f.median) end as median,
           f.median_shown,
           n.others,
           n.above,
           n.below,
           case sign(y.change) when 1 then 'up' when 0 then 'same' when -1 then 'down'
                end as move_word,
           abs(y.change) as change_size,
           y.change is not null as moved,
           y.label as change_since,
           y.shown as earlier,
           pub.shown(e.target, null) as target,
           case when e.target > e.value then pub.shown(e.target - e.value, null) end as target_gap,
           array_position(cited, e.target_source) as target_ref
    from pub.publication p
    join pub.entrant e
      on e.publication = p.id and e.region = city_standing.region and e.value is not null
    join pub.group_stat f
      on f.publication = p.id and f.criterion = p.main and f."group" = e."group"
    cross join lateral pub.among(p.id, e.region) n
    left join lateral (
      -- The newest earlier round in which it has a value; only when that has the same method.
      select b.shown, e.shown - b.shown as change, b.label
      from (select q.method, k.shown, pub.pick(lang, q.label_id, q.label_en) as label
            from pub.entrant k
            join pub.publication q
              on q.id = k.publication and q.current and q.simulated = p.simulated and q.ord < p.ord
            where k.region = e.region and k.value is not null
            order by q.ord desc
            limit 1) b
      where b.method = p.method) y on true
    where p.id = city_standing.publication) x;
end;

-- Why there is no main value, and where there is something instead: one row when there is none.
create or replace function pub.city_gap(lang text, publication integer, region text)
returns table (why_word text, covered numeric, needed numeric,
               elsewhere_round text, elsewhere_name text, facts_of_year boolean)
language sql stable
begin atomic
  select case when e.status = 'not_applicable' then 'unneeded'
              when e.covered > 0 then case p.missing when 'strict' then 'strict' else 'thin' end
              when o.round is null then 'never'
              else 'nothing' end,
         round(e.covered, 1), trim_scale(100 * p.min_coverage), o.round, o.label, e.has_facts
  from pub.publication p
  join pub.entrant e
    on e.publication = p.id and e.region = city_gap.region and e.value is null
  left join lateral (
    select q.round, pub.pick(lang, q.label_id, q.label_en) as label
    from pub.entrant k
    join pub.publication q
      on q.id = k.publication and q.current and q.simulated = p.simulated
    where k.region = e.region and k.value is not null
    order by q.ord desc
    limit 1) o on true
  where p.id = city_gap.publication;
end;

-- The ranks that the ministry published for the round's year.
create or replace function pub.city_ranks(lang text, publication integer, region text, cited text[])
returns setof json
language sql stable
begin atomic
  select json_agg(x) from (
    select row_number() over (order by f.ord, f.id) = 1 as first_rank,
           lower(pub.pick(lang, f.name_id, f.name_en)) as rank_name,
           case f.measure when 'provincial_rank' then r.province_name end as rank_province,
           f.value as rank_value,
           pub.group_said(lang, f."group") as rank_group,
           f.denominator as rank_of,
           f.confidence as confidence_word,
           array_position(cited, f.source) as rank_ref
    from pub.publication p
    join pub.figure f
      on p.programme and f.region = city_ranks.region and f.year = p.year and f.unit = 'rank'
    join pub.region r on r.code = f.region
    where p.id = city_ranks.publication
    order by f.ord, f.id) x;
end;

-- Every criterion but the main one, in one of three lists: the children of the main one with their
-- weights; the dimensions that are not among them, in the programme's order; all others. Beside
-- each value stands the median of its group, when that is told, and what region `mine` has.
create or replace function pub.city_measures(
  lang text, publication integer, region text, mine text)
returns table (list_word text, criterion text, measure text, about text, dimension text,
               weight numeric, ref integer, value numeric, shown numeric, status_word text,
               median numeric, median_shown numeric, marked_shown numeric)
language sql stable
begin atomic
  select case when c.part_ord is not null then 'parts'
              when c.kind = 'dimension' then 'dimensions'
              else 'others' end,
         c.code, pub.pick(lang, c.name_id, c.name_en), pub.pick(lang, c.about_id, c.about_en),
         c.dimension, c.share, s.ref, trim_scale(s.value), s.shown, s.status,
         case when pub.enough(f.ranked, s.value) then trim_scale(f.median) end, f.median_shown,
         o.shown
  from pub.criterion c
  join pub.result s
    on s.publication = c.publication and s.region = city_measures.region and s.criterion = c.code
  join pub.group_stat f
    on f.publication = c.publication and f.criterion = c.code and f."group" = s."group"
  left join pub.result o
    on o.publication = c.publication and o.region = city_measures.mine and o.criterion = c.code
  where c.publication = city_measures.publication and not c.main
  order by c.part_ord, c.dimension_ord, c.ord;
end;

-- Which of a list's measures, `parts` or `dimensions`, are the highest and which the lowest: one
-- row when three of them have values that are not all the same.
create or replace function pub.city_ends(lang text, publication integer, region text, list text)
returns setof json
language sql stable
begin atomic
  with measure as materialized (
    select pub.pick(lang, c.name_id, c.name_en) as name, s.shown, s.value * p.direction as value,
           row_number() over (order by c.part_ord, c.dimension_ord, c.ord) as n
    from pub.publication p
    join pub.criterion c
      on c.publication = p.id and not c.main
         and case city_ends.list when 'parts' then c.part_ord is not null
                                 else c.part_ord is null and c.kind = 'dimension' end
    join pub.result s
      on s.publication = p.id and s.region = city_ends.region and s.criterion = c.code
         and s.value is not null
    where p.id = city_ends.publication
  )
  select row_to_json(x) from (
    select json_agg(m.name order by m.n) filter (where m.value = e.high) as high,
           max(m.shown) filter (where m.value = e.high) as high_shown,
           json_agg(m.name order by m.n) filter (where m.value = e.low) as low,
           max(m.shown) filter (where m.value = e.low) as low_shown
    from (select max(k.value) as high, min(k.value) as low, count(*) as count from measure k) e
    join measure m on e.count > 2 and e.high > e.low
    having count(*) > 0) x;
end;

-- The main value over the rounds of the menu, with the targets and changes that were published.
-- `charted`: on the scale of the page's round; `change`: from the value before, if of the same
-- method, else `incomparable`; `method_changed`: since the round before; `marked_shown`: what
-- region `mine` has.
create or replace function pub.city_history(
  lang text, publication integer, region text, mine text)
returns table (past_round text, past_label text, past_year integer, now boolean, charted boolean,
               method_changed boolean, value numeric, shown numeric, status_word text,
               change numeric, move_word text, turn_word text, incomparable boolean,
               stated_change numeric, aim numeric, marked_shown numeric)
language sql stable
begin atomic
  with here as materialized (
    select p.id, p.round, coalesce(p.simulated, false) as simulated, p.scale_min, p.scale_max,
           p.direction
    from (values (city_history.publication)) o (id)
    left join pub.publication p on p.id = o.id
  ), past as (
    -- lag() among the rounds that have a value; the oldest has no room, the others still know it.
    select k.place, q.id, q.round, q.year, q.label_id, q.label_en, q.scale_min, q.scale_max,
           e.value, e.shown, e.status,
           case when q.programme then q.year end as facts_of,
           case when e.value is not null then lag(q.method) over w = q.method end as comparable,
           e.shown - lag(e.shown) over w as step,
           lag(q.method) over (order by q.ord) <> q.method as method_changed
    from here v
    cross join lateral pub.past(array[city_history.region], v.simulated, v.id) k
    join pub.publication q on q.id = k.publication
    join pub.entrant e on e.publication = k.publication and e.region = city_history.region
    window w as (partition by e.value is null order by q.ord)
  ), fact as (
    select f.year,
           max(f.value) filter (where f.measure = 'improvement') as improvement,
           max(f.value) filter (where f.measure = 'target') as target
    from here v
    join pub.figure f on f.region = city_history.region and not v.simulated
    where f.measure in ('improvement', 'target') and f.confidence in ('stated', 'inferred')
      -- Of the years that are shown.
      and (select coalesce(f.year > max(t.year) filter (where t.place = 11), true)
                  and (coalesce(f.year <= max(t.year) filter (where t.place = 1), true)
                       or min(t.place) > 0)
           from past t)
      and f.year is not null
    group by f.year
  )
  select t.round, coalesce(pub.pick(lang, t.label_id, t.label_en), f.year::text), y.year,
         t.round = v.round,
         coalesce(t.scale_min, 0) = v.scale_min and coalesce(t.scale_max, 4) = v.scale_max,
         coalesce(t.method_changed, false), trim_scale(t.value), t.shown,
         coalesce(t.status, 'no_data'),
         c.change,
         case sign(c.change) when 1 then 'up' when -1 then 'down' end,
         case sign(c.change) * v.direction when 1 then 'better' when -1 then 'worse' end,
         not t.comparable and f.improvement is null,
         case when c.change is null then f.improvement end,
         pub.shown(f.target, null),
         o.shown
  from here v
  cross join ((select * from past where place between 1 and 10) t
              full join fact f on f.year = t.facts_of)
  cross join lateral (select coalesce(t.year, f.year) as year) y
  cross join lateral (select case when t.comparable then t.step end as change) c
  left join pub.entrant o on o.publication = t.id and o.region = city_history.mine
  order by y.year, t.round collate "C";
end;
