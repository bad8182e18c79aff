-- What pages read about regions, published figures and quick wins.

-- Regions that have a page; of these alone, if any are named. Their rounds are taken from
-- data.read_entrant and data.read_publication, which come first.
create or replace function act.read_region(regions text[] default null)
returns setof data.read_region
language sql stable
begin atomic
  with attended as materialized (
    select e.region, e.publication, e.has_value, e.value, e.shown, p.ord, p.simulated,
           p.scale_min, p.scale_max,
           p.label_id, p.label_en
    from data.read_entrant e
    join data.read_publication p on p.id = e.publication and p.current
    where read_region.regions is null or e.region = any (read_region.regions)
  ), first as materialized (
    -- The newest real round in which it has a value, else its newest real round, else a simulated
    -- one.
    select distinct on (a.region) a.region, a.publication from attended a order by a.region,
           a.simulated, a.has_value desc, a.ord desc
  ), newest as materialized (
    select distinct on (a.region) a.region, a.value, a.shown, a.label_id, a.label_en,
           round(100 * (least(greatest(a.value, a.scale_min), a.scale_max) - a.scale_min)
                 / (a.scale_max - a.scale_min), 2) as at
    from attended a
    where not a.simulated and a.value is not null
    order by a.region, a.ord desc
  ), past as materialized (
    select a.region, bool_or(not a.simulated) as real, bool_or(a.simulated) as simulated
           from attended a where a.value is not null group by a.region
  ), fact as materialized (
    select f.region, bool_or(f.measure = 'target' and f.telling) as targets, bool_or(f.telling)
           as telling
    from (select g.*, g.year is not null and g.measure in ('improvement', 'target')
          and g.confidence in ('stated', 'inferred') as telling
          from data.published_figure g
          where read_region.regions is null or g.region = any (read_region.regions)) f
    group by f.region
  ), win as materialized (
    select w.region, count(*) as wins
    from data.quick_win w
    where read_region.regions is null or w.region = any (read_region.regions)
    group by w.region
  )
  select r.code, r.slug, r.name, pub.bare_name(r.name), r.kind, v.code, v.slug, v.name,
         r.population, round(r.area_km2, 1), r.member, r.cohort_year,
         r.kind is not null and (r.member or n.region is not null or f.region is not null
                                 or w.region is not null),
         first.publication, n.value, n.shown, n.label_id, n.label_en, f.region is not null,
         coalesce(w.wins, 0),
         coalesce(past.real, false) or coalesce(f.telling, false), coalesce(past.simulated, false),
         coalesce(f.targets, false),
         r.longitude,
         pub.place_words(r.name, r.code, v.name, act.place_words(r.code)), n.at,
         r.latitude
  from data.region r
  left join data.province v on v.code = r.province
  left join first on first.region = r.code
  left join newest n on n.region = r.code
  left join past on past.region = r.code
  left join fact f on f.region = r.code
  left join win w on w.region = r.code
  where (read_region.regions is null or r.code = any (read_region.regions))
    and (r.member or f.region is not null or w.region is not null
         or exists (select from data.read_entrant e where e.region = r.code));
end;

-- Published figures.
create or replace function act.read_figure() returns setof data.read_figure
language sql stable
begin atomic
  select f.id, f.region, f.year, f.measure, m.ord, m.unit,
         coalesce(m.name_id, replace(f.measure, '_', ' ')),
         coalesce(m.name_en, replace(f.measure, '_', ' ')), f.value,
         case when m.unit in ('score', 'target', 'difference') then pub.shown(f.value, null)
           else trim_scale(f.value) end,
         f.rank_scope, f."group", f.denominator, f.confidence, f.note, f.source,
         pub.source_url(f.source), pub.source_name(f.source)
  from data.published_figure f
  left join pub.measure m on m.code = f.measure;
end;

-- The newest quick win of a region.
create or replace function act.newest_win(region text) returns integer
language sql stable
begin atomic
  select q.id from data.quick_win q where q.region = newest_win.region
         order by q.year desc nulls last, q.id desc limit 1;
end;

-- What a quick win is about: topics whose words its title or its summary has, as the office mended
-- it.
create or replace function act.win_topics(win integer, whole tsvector) returns text[]
language sql stable
return array(
  select t.code::text
  from data.topic t
  left join data.topic_mend m on m.topic = t.code and m.quick_win = win
  where coalesce(m.holds, whole @@ act.topic_query(t.words), false)
  order by t.ord);

-- Quick wins; these alone, if any are named.
create or replace function act.read_win(wins integer[] default null) returns setof data.read_win
language sql stable
begin atomic
  select w.id, w.region, r.slug, r.name, pub.bare_name(r.name), r.kind, v.code, v.slug, v.name,
         d.code, d.ord, d.name_id, d.name_en,
         w.title, w.summary, w.agency, left(replace(pub.plain(a.name), ' ', '-'), 64), a.name,
         w.year, w.id = act.newest_win(w.region),
         w.source, pub.source_url(w.source), pub.source_name(w.source), pub.source_rest(w.source),
         pub.plain(w.title),
         s.said
         || setweight(act.vector(concat_ws(' ', w.agency, t.problem, t.needs, t.solution,
                                           t.changed, t.lesson)), 'C')
         || setweight(act.vector(concat_ws(' ', r.name, pub.place_joined(r.name), v.name,
                                          act.place_words(r.code))), 'D'),
         case when r.population is not null then pub.population_size(r.population) end,
         act.win_topics(w.id, s.said),
         num_nonnulls(t.problem, coalesce(t.needs, t.cost::text), t.solution, m.measured, t.lesson,
                      f.id),
         m.measured is not null, f.id, t.copied, t.criterion
  from data.quick_win w
  cross join lateral (select act.agency_name(w.agency) as name) a
  cross join lateral (select setweight(act.vector(w.title), 'A')
                             || setweight(act.vector(w.summary), 'B') as said) s
  join data.region r on r.code = w.region
  left join data.province v on v.code = r.province
  left join data.dimension d on d.code = w.dimension
  left join pub.win_story t on t.id = w.id
  cross join lateral (select coalesce(t.figure_after, t.figure_before) as measured) m
  left join lateral (select p.id from pub.file p where p.quick_win = w.id and p.picture
                     order by p.place, p.id limit 1) f on true
  where read_win.wins is null or w.id = any (read_win.wins);
end;

-- How often each word is in quick wins and in the directory; in these alone, if any are named. Both
-- are taken from their tables, which come first.
create or replace function act.read_word(wins integer[] default null, regions text[] default null)
returns setof data.read_word
language sql stable
begin atomic
  select w.word, pub.stem_id(w.word), pub.stem_en(w.word), sum(w.win), sum(w.told), sum(w.place)
  from (select l.lexeme as word, 1 as win, 0 as told, 0 as place
        from data.read_win r cross join lateral unnest(r.whole) l
        where read_word.wins is null or r.id = any (read_word.wins)
        union all
        select t.word, 0, 1, 0
        from data.read_win r cross join lateral pub.telling_words(r.whole, r.name) t
        where read_word.wins is null or r.id = any (read_word.wins)
        union all
        select p.word, 0, 0, 1
        from data.read_region r
        cross join lateral (select distinct word from regexp_split_to_table(pub.plain(r.words),
          ' ') word where word ~ '^[^0-9]') p
        where r.listed and (read_word.regions is null or r.code = any (read_word.regions))) w
  group by w.word;
end;

-- The same of stems.
create or replace function act.read_stem(wins integer[] default null) returns setof data.read_stem
language sql stable
begin atomic
  select t.stem, count(distinct r.id)
  from data.read_win r cross join lateral pub.telling_words(r.whole, r.name) t
  where read_stem.wins is null or r.id = any (read_stem.wins)
  group by t.stem;
end;
