-- Page city: the profile of one city, in one round or, when it takes part in none, without any.

-- Who the city is, which round the page shows, and which of its parts have something to show.
create or replace function page.city(lang text, city text, putaran text, terbitan integer)
returns table (
  simulated boolean,
  slug text, city_name text, code text, guest boolean, placed boolean, province_slug text, province_name text,
  peopled boolean, population integer, measured boolean, area numeric, joined boolean, since integer,
  grouped boolean, group_name text,
  round text, round_name text, in_round boolean, left_out boolean, no_round boolean, older boolean, edition integer,
  scale_min numeric, scale_max numeric,
  has_components boolean, has_dimensions boolean, apart boolean, untold boolean, has_history boolean, has_targets boolean,
  has_criteria boolean, has_facts boolean,
  has_wins boolean, no_wins boolean, win_count bigint, has_learn boolean, has_sources boolean,
  has_older_rounds boolean, older_href text, has_newer_rounds boolean, newer_href text)
language sql stable
begin atomic
  select
    coalesce(v.simulated, false),
    r.slug, r.name, r.code, not r.member, r.province is not null, r.province_slug, r.province_name,
    r.population is not null, r.population, r.area is not null, r.area, r.cohort_year is not null, r.cohort_year,
    coalesce(e."group", '') not in ('', 'umum'), e."group",
    v.round, pub.pick(lang, v.label_id, v.label_en), v.publication is not null, v.publication is null and putaran is not null,
    v.publication is null and putaran is null, not v.current, v.n,
    trim_scale(v.scale_min), trim_scale(v.scale_max),
    coalesce(e.parts_told, false), coalesce(e.dimensions_told, false), coalesce(e.apart, false), coalesce(e.untold, false),
    case when v.simulated then r.simulated_past else r.real_past end, r.targets and not coalesce(v.simulated, false), coalesce(e.others_told, false),
    not coalesce(v.simulated, false) and r.has_facts,
    not coalesce(v.simulated, false) and r.wins > 0, not coalesce(v.simulated, false) and r.wins = 0, r.wins,
    not v.simulated and v.direction > 0 and e.has_dimension,
    r.wins > 0 or r.has_facts or coalesce(e.has_value, false),
    past.older is not null, past.older, past.newer is not null, past.newer
  from pub.city_view(city, putaran, terbitan) v
  join pub.region r on r.code = v.region
  left join pub.entrant e on e.publication = v.publication and e.region = v.region
  cross join lateral (
    select min(x.href) filter (where k.place = 11) as older, min(x.href) filter (where k.place = 0) as newer
    from pub.past(array[v.region], coalesce(v.simulated, false), v.publication) k
    join pub.publication p on p.id = k.publication
    cross join lateral (select '/kota/' || city || '?putaran=' || p.round as href) x
    where k.place in (0, 11)) past
  where v.known;
end;

-- The rounds of the menu: the newest ones in which the city takes part, of either kind.
create or replace function page.city_rounds(lang text, city text, putaran text, terbitan integer)
returns table (href text, label text, here boolean, empty boolean)
language sql stable
begin atomic
  select '/kota/' || city || '?putaran=' || p.round, pub.pick(lang, p.label_id, p.label_en), p.id = v.publication, not e.has_value
  from pub.city_view(city, putaran, terbitan) v
  cross join (values (false), (true)) of (simulated)
  cross join lateral pub.past(array[v.region], of.simulated, v.publication) k
  join pub.publication p on p.id = k.publication and k.place between 1 and 10
  join pub.entrant e on e.publication = k.publication and e.region = v.region
  order by p.ord;
end;

-- The main value: one row when there is one. `partial`: not everybody in the group has a value, so the rank is
-- only an order among those who have. An interval is shown only when every ranked region of the group has one.
create or replace function page.city_standing(lang text, city text, putaran text, terbitan integer)
returns table (
  score numeric, score_shown numeric, score_ref integer,
  official boolean, alone boolean, agrees boolean, differs boolean, level boolean, difference numeric, computed boolean, own numeric, own_shown numeric,
  order_label text, order_rank integer, tied boolean, order_of integer, grouped boolean, order_group text, partial boolean, whole boolean,
  spread boolean, firm boolean, rank_low numeric, rank_high numeric,
  compared boolean, median numeric, median_shown numeric, ranked integer, quartered boolean, quartile_low numeric, quartile_low_shown numeric,
  quartile_high numeric, quartile_high_shown numeric,
  rose boolean, fell boolean, steady boolean, better boolean, worse boolean, change_size numeric, change_since text, earlier numeric,
  improved boolean, improvement numeric, improvement_ref integer,
  targeted boolean, short boolean, reached boolean, target numeric, target_gap numeric, target_ref integer)
language sql stable
begin atomic
  select
    trim_scale(e.value), e.shown, e.ref,
    e.official is not null, e.official is not null and e.computed is null, e.official = e.computed and v.aggregate <> 'leaf',
    e.official <> e.computed, e.official is null or e.computed is null or e.official = e.computed, case when e.official is not null then abs(e.shown - e.computed_shown) end,
    e.computed is not null and v.aggregate <> 'leaf', trim_scale(e.computed), e.computed_shown,
    e.label, e.rank, right(e.label, 1) = '=', e."of", e."group" not in ('', 'umum'), e."group", f.ranked < f.size, f.ranked = f.size,
    f.intervals and (e.rank_low, e.rank_high) <> (e.rank, e.rank), f.intervals and (e.rank_low, e.rank_high) = (e.rank, e.rank), e.rank_low, e.rank_high,
    f.ranked > 1, trim_scale(f.median), f.median_shown, f.ranked, f.ranked > 3, trim_scale(f.quartile_low), f.quartile_low_shown,
    trim_scale(f.quartile_high), f.quartile_high_shown,
    y.change > 0, y.change < 0, y.change = 0, y.change * v.direction > 0, y.change * v.direction < 0, abs(y.change), pub.pick(lang, y.label_id, y.label_en), y.shown,
    e.improvement is not null, e.improvement, array_position(cited.list, e.improvement_source),
    e.target is not null, e.target > e.value, e.target <= e.value, pub.shown(e.target, null),
    pub.shown(e.target - e.value, null), array_position(cited.list, e.target_source)
  from pub.city_view(city, putaran, terbitan) v
  join pub.entrant e on e.publication = v.publication and e.region = v.region and e.value is not null
  join pub.field f on f.publication = v.publication and f.criterion = v.main and f."group" = e."group"
  left join lateral (
    -- The newest earlier round in which it has a value; only when that has the same method.
    select b.shown, e.shown - b.shown as change, b.label_id, b.label_en
    from (select q.method, k.shown, q.label_id, q.label_en
          from pub.entrant k
          join pub.publication q on q.id = k.publication and q.current and q.simulated = v.simulated and q.ord < v.ord
          where k.region = v.region and k.value is not null
          order by q.ord desc
          limit 1) b
    where b.method = v.method) y on true
  cross join lateral (
    select array_agg(c.source order by c.n) as list
    from pub.city_sources(v.publication, v.region, v.simulated) c
    where num_nonnulls(e.improvement_source, e.target_source) > 0) cited;
end;

-- Why there is no main value, and where there is something instead: one row when there is none.
create or replace function page.city_gap(lang text, city text, putaran text, terbitan integer)
returns table (never boolean, nothing boolean, thin boolean, covered numeric, needed numeric, strict boolean, unneeded boolean,
               valued_elsewhere boolean, elsewhere_round text, elsewhere_name text, facts_of_year boolean)
language sql stable
begin atomic
  select e.status = 'no_data' and coalesce(e.covered, 0) = 0 and elsewhere.round is null,
         e.status = 'no_data' and coalesce(e.covered, 0) = 0 and elsewhere.round is not null,
         e.status = 'no_data' and e.covered > 0 and v.missing <> 'strict',
         round(e.covered, 1), trim_scale(100 * v.min_coverage),
         e.status = 'no_data' and e.covered > 0 and v.missing = 'strict',
         e.status = 'not_applicable',
         elsewhere.round is not null, elsewhere.round, pub.pick(lang, elsewhere.label_id, elsewhere.label_en), e.has_facts
  from pub.city_view(city, putaran, terbitan) v
  join pub.entrant e on e.publication = v.publication and e.region = v.region and e.value is null
  left join lateral (
    select q.round, q.label_id, q.label_en
    from pub.entrant k
    join pub.publication q on q.id = k.publication and q.current and q.simulated = v.simulated
    where k.region = v.region and k.value is not null
    order by q.ord desc
    limit 1) elsewhere on true;
end;

-- The ranks that the ministry published for the round's year.
create or replace function page.city_ranks(lang text, city text, putaran text, terbitan integer)
returns table (rank_name text, rank_plain boolean, rank_province text, rank_in_province boolean,
               rank_value numeric, rank_grouped boolean, rank_group text, rank_of integer, counted boolean, uncounted boolean,
               rank_ref integer, inferred boolean, weak boolean, conflicting boolean)
language sql stable
begin atomic
  with told as materialized (
    select f.id, f.region, f.ord, f.measure, f.name_id, f.name_en, f.value, f."group", f.denominator, f.confidence, f.source, r.province_name,
           f.measure = 'provincial_rank' and r.province is not null as in_province, v.publication
    from pub.city_view(city, putaran, terbitan) v
    join pub.figure f on v.programme and f.region = v.region and f.year = v.year and f.unit = 'rank'
    join pub.region r on r.code = v.region
  ), cited as materialized (
    select c.n, c.source
    from (select publication, region from told limit 1) t
    cross join lateral pub.city_sources(t.publication, t.region, false) c
  )
  select pub.pick(lang, f.name_id, f.name_en), not f.in_province, f.province_name, f.in_province,
         f.value, f."group" is not null, f."group", f.denominator, f.denominator is not null, f.denominator is null,
         c.n, f.confidence = 'inferred', f.confidence = 'weak', f.confidence = 'conflicting'
  from told f
  join cited c on c.source = f.source
  order by f.ord, f.id;
end;

-- Every criterion but the main one, in one of three tables: the children of the main one with their weights and what each adds;
-- the dimensions that are not among them, in the programme's order; all others, with what they count under. Beside each value stands its
-- group: `compared`, the median of at least two values; `quartered`, the quartiles of at least four; `ranked`, of how many.
-- `lifts` is where the city is farthest ahead of that median, by the weight of the child, and `grows` where it has most room to it.
create or replace function page.city_measures(lang text, city text, putaran text, terbitan integer)
returns table (in_parts boolean, in_dimensions boolean, in_others boolean, criterion text, measure text, about text, parents text,
               dimension text, known boolean, other boolean, weight numeric, stroke numeric,
               value numeric, shown numeric, bar text, has_value boolean, no_data boolean, not_applicable boolean,
               contributes boolean, contribution numeric, cited boolean, ref integer,
               compared boolean, median numeric, median_shown numeric, median_at numeric, ranked integer,
               quartered boolean, quartile_low numeric, quartile_low_shown numeric, quartile_high numeric, quartile_high_shown numeric,
               quartile_at numeric, quartile_width numeric, lifts boolean, grows boolean, ahead numeric)
language sql stable
begin atomic
  select m.in_parts, m.in_dimensions, m.in_others, m.code, pub.pick(lang, m.name_id, m.name_en), pub.pick(lang, m.about_id, m.about_en),
         pub.pick(lang, m.parents_id, m.parents_en), m.dimension, m.dimension is not null, m.dimension is null, m.share, m.stroke,
         trim_scale(m.value), m.shown, m.bar, m.status = 'value', m.status = 'no_data', m.status = 'not_applicable',
         m.contribution is not null, m.contribution, m.ref is not null, m.ref,
         m.compared, trim_scale(m.group_median), m.median_shown, m.median_at, m.group_ranked, m.quartered, trim_scale(m.group_low), m.quartile_low_shown,
         trim_scale(m.group_high), m.quartile_high_shown, m.quartile_at, m.quartile_width,
         m.gain > 0 and row_number() over (partition by m.in_parts, m.in_dimensions order by m.gain desc nulls last, m.ord) = 1,
         m.gain < 0 and row_number() over (partition by m.in_parts, m.in_dimensions order by m.gain nulls last, m.ord) = 1,
         abs(m.shown - m.median_shown)
  from (
    select c.part_ord is not null as in_parts, c.kind = 'dimension' and c.part_ord is null as in_dimensions,
           c.kind <> 'dimension' and c.part_ord is null as in_others, c.*, s.value, s.shown, s.bar, s.status, s.contribution, s.ref,
           f.ranked > 1 as compared, f.ranked > 3 as quartered, f.median as group_median, f.median_shown, f.median_at, f.ranked as group_ranked,
           f.quartile_low as group_low, f.quartile_low_shown, f.quartile_high as group_high, f.quartile_high_shown, f.quartile_at, f.quartile_width,
           case when f.ranked > 1 then v.direction * (s.shown - f.median_shown) * coalesce(c.share, 1) end as gain
    from pub.city_view(city, putaran, terbitan) v
    join pub.criterion c on c.publication = v.publication and not c.main
    join pub.result s on s.publication = v.publication and s.region = v.region and s.criterion = c.code
    join pub.field f on f.publication = v.publication and f.criterion = c.code and f."group" = s."group") m
  order by m.part_ord, m.dimension_ord, m.ord;
end;

-- The main value over the rounds of the menu, with the targets and changes that were published. `charted`: on the page's own scale;
-- `comparable`: with the value before, since the method is the same; `method_changed`: since the round before.
create or replace function page.city_history(lang text, city text, putaran text, terbitan integer)
returns table (past_round text, linked_round boolean, unlinked_round boolean, past_label text, past_year integer, now boolean, charted boolean, comparable boolean,
               method_changed boolean,
               value numeric, shown numeric, has_value boolean, no_data boolean, not_applicable boolean,
               changed boolean, up boolean, down boolean, better boolean, worse boolean, change numeric, incomparable boolean,
               stated boolean, stated_change numeric, aimed boolean, aim numeric)
language sql stable
begin atomic
  with here as materialized (
    select v.region, v.publication, v.round, coalesce(v.simulated, false) as simulated, v.scale_min, v.scale_max, v.direction
    from pub.city_view(city, putaran, terbitan) v
  ), past as (
    -- lag() among the rounds that have a value; the oldest has no room, and the others still know it.
    select k.place, p.round, p.year, p.label_id, p.label_en, p.scale_min, p.scale_max, e.value, e.shown, e.status,
           case when p.programme then p.year end as facts_of,
           case when e.value is not null then lag(p.method) over w = p.method end as comparable,
           case when e.value is not null and lag(p.method) over w = p.method then e.shown - lag(e.shown) over w end as change,
           lag(p.method) over (order by p.ord) <> p.method as method_changed
    from here v
    cross join lateral pub.past(array[v.region], v.simulated, v.publication) k
    join pub.publication p on p.id = k.publication
    join pub.entrant e on e.publication = k.publication and e.region = v.region
    window w as (partition by e.value is null order by p.ord)
  ), fact as (
    select f.year, max(f.value) filter (where f.measure = 'improvement') as improvement, max(f.value) filter (where f.measure = 'target') as target
    from here v
    join pub.figure f on f.region = v.region and not v.simulated
    where f.measure in ('improvement', 'target') and f.confidence in ('stated', 'inferred') and f.year is not null
      -- Of the years that are shown.
      and (select coalesce(f.year > max(t.year) filter (where t.place = 11), true)
                  and (coalesce(f.year <= max(t.year) filter (where t.place = 1), true) or min(t.place) > 0) from past t)
    group by f.year
  ), told as (
    select t.round, coalesce(t.year, f.year) as year, coalesce(t.label_id, f.year::text) as label_id, coalesce(t.label_en, f.year::text) as label_en,
           coalesce(t.scale_min, 0) as scale_min, coalesce(t.scale_max, 4) as scale_max, t.value, t.shown, coalesce(t.status, 'no_data') as status,
           t.change, t.comparable, coalesce(t.method_changed, false) as method_changed, f.improvement, f.target
    from (select * from past where place between 1 and 10) t
    full join fact f on f.year = t.facts_of
  )
  select t.round, t.round is not null, t.round is null, pub.pick(lang, t.label_id, t.label_en), t.year, t.round = v.round,
         t.scale_min = v.scale_min and t.scale_max = v.scale_max, t.comparable, t.method_changed, trim_scale(t.value), t.shown, t.status = 'value', t.status = 'no_data', t.status = 'not_applicable',
         t.change is not null, t.change > 0, t.change < 0, t.change * v.direction > 0, t.change * v.direction < 0, t.change, not t.comparable and t.improvement is null,
         t.improvement is not null and t.change is null, t.improvement, t.target is not null, pub.shown(t.target, null)
  from here v
  cross join told t
  order by t.year, t.round collate "C";
end;

-- All that was published about the city, newest first, with its caution; never beside simulated figures.
create or replace function page.city_facts(lang text, city text, putaran text, terbitan integer)
returns table (fact_year integer, dated boolean, undated boolean, fact_name text,
               fact_value numeric, fact_shown numeric, percent boolean, signed boolean, ordinary boolean,
               fact_grouped boolean, fact_group text, fact_of integer, fact_counted boolean, fact_uncounted boolean,
               inferred boolean, weak boolean, conflicting boolean, note text, source_url text, linked boolean, unlinked boolean, source_name text)
language sql stable
begin atomic
  select f.year, f.year is not null, f.year is null, pub.pick(lang, f.name_id, f.name_en), trim_scale(f.value), f.shown,
         f.unit = 'percent', f.unit = 'difference', coalesce(f.unit, '') not in ('percent', 'difference'),
         f."group" is not null, f."group", f.denominator, f.denominator is not null, f.denominator is null and f.unit = 'rank',
         f.confidence = 'inferred', f.confidence = 'weak', f.confidence = 'conflicting', f.note,
         f.source_url, f.source_url is not null, f.source_url is null, f.source_name
  from pub.city_view(city, putaran, terbitan) v
  join pub.figure f on f.region = v.region and not coalesce(v.simulated, false)
  order by f.year desc nulls last, f.ord nulls last, f.id;
end;

-- The city's quick wins, newest first, dimensions in their order.
create or replace function page.city_wins(lang text, city text, putaran text, terbitan integer)
returns table (id integer, win text, summary text, agency text, run boolean, dated boolean, win_year integer,
               dimension text, dimension_name text, has_dimension boolean, no_dimension boolean,
               source_url text, linked boolean, unlinked boolean, source_name text)
language sql stable
begin atomic
  select w.id, w.title, w.summary, w.agency, w.agency is not null, w.year is not null, w.year,
         w.dimension, pub.pick(lang, w.dimension_id, w.dimension_en), w.dimension is not null, w.dimension is null,
         w.source_url, w.source_url is not null, w.source_url is null, w.source_name
  from pub.city_view(city, putaran, terbitan) v
  join pub.quick_win w on w.region = v.region and not coalesce(v.simulated, false)
  order by w.year desc nulls last, w.dimension_ord nulls last, w.title;
end;

-- Quick wins of other regions in up to three dimensions where this one's values have most room to grow, two of each.
create or replace function page.city_learn(lang text, city text, putaran text, terbitan integer)
returns table (id integer, win text, summary text, slug text, city text, dimension text, dimension_name text, has_dimension boolean,
               no_dimension boolean, dated boolean, win_year integer)
language sql stable
begin atomic
  select w.id, w.title, w.summary, w.slug, w.name, w.dimension, pub.pick(lang, w.dimension_id, w.dimension_en), true, false, w.year is not null, w.year
  from (
    select c.dimension, c.dimension_ord, v.region
    from pub.city_view(city_learn.city, putaran, terbitan) v
    join pub.criterion c on c.publication = v.publication and c.dimension is not null
    join pub.result s on s.publication = v.publication and s.region = v.region and s.criterion = c.code and s.value is not null
    where not v.simulated and v.direction > 0
    order by s.value, c.dimension_ord
    limit 3) room
  cross join lateral (
    select q.id, q.title, q.summary, q.slug, q.name, q.dimension, q.dimension_id, q.dimension_en, q.year
    from pub.quick_win q
    where q.dimension = room.dimension and q.region <> room.region
    order by q.year desc nulls last, q.id
    limit 2) w
  order by room.dimension_ord, w.year desc nulls last, w.id;
end;

-- The sources of everything on the page, under the numbers that the figures refer to.
create or replace function page.city_sources(lang text, city text, putaran text, terbitan integer)
returns table (source_n integer, source_text text, linked boolean, source_url text, source_name text)
language sql stable
begin atomic
  select c.n, case when u.url is null then nullif(btrim(c.source, ' ;,'), '') else pub.source_rest(c.source) end,
         u.url is not null, u.url, pub.source_name(c.source)
  from pub.city_view(city, putaran, terbitan) v
  cross join lateral pub.city_sources(v.publication, v.region, coalesce(v.simulated, false)) c
  cross join lateral (select pub.source_url(c.source) as url) u
  order by c.n;
end;
