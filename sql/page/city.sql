-- Page city: the profile of one city, in one round or, when it takes part in none, without any.

-- Who the city is, which round the page shows, and which of its parts have something to show.
create or replace function page.city(lang text, city text, putaran text, terbitan integer)
returns table (
  title text, description text, simulated boolean,
  slug text, city_name text, code text, kind_name text, guest boolean, placed boolean, province_slug text, province_name text,
  peopled boolean, population integer, measured boolean, area numeric, joined boolean, since integer,
  round text, round_name text, in_round boolean, left_out boolean, no_round boolean, older boolean, edition integer,
  scale_min numeric, scale_1 numeric, scale_2 numeric, scale_3 numeric, scale_max numeric,
  has_components boolean, has_dimensions boolean, apart boolean, has_criteria boolean, has_facts boolean,
  has_wins boolean, no_wins boolean, win_count bigint)
language sql stable as $$
  select
    concat_ws(' ', r.name, pub.round_label(v.round, v.year, v.simulated, pub.pick(lang, v.title_id, v.title_en))),
    concat_ws(', ', r.name, r.province_name) || ': nilai, komponen, enam dimensi, peringkat, dan quick win, dengan sumber tiap angka.',
    coalesce(v.simulated, false),
    r.slug, r.name, r.code, coalesce(r.kind, 'daerah'), not r.member, r.province is not null, r.province_slug, r.province_name,
    r.population is not null, r.population, r.area_km2 is not null, round(r.area_km2, 1), r.cohort_year is not null, r.cohort_year,
    v.round, pub.round_label(v.round, v.year, v.simulated, pub.pick(lang, v.title_id, v.title_en)), v.publication is not null, v.publication is null and putaran is not null,
    v.publication is null and putaran is null, not v.current, v.n,
    trim_scale(v.scale_min), trim_scale(v.scale_min + (v.scale_max - v.scale_min) / 4), trim_scale((v.scale_min + v.scale_max) / 2),
    trim_scale(v.scale_max - (v.scale_max - v.scale_min) / 4), trim_scale(v.scale_max),
    tree.parts > 0, tree.dimensions > 0, tree.apart > 0, tree.others > 0,
    not coalesce(v.simulated, false) and exists (select from pub.figure f where f.region = v.region),
    not coalesce(v.simulated, false) and wins.count > 0, not coalesce(v.simulated, false) and wins.count = 0, wins.count
  from pub.city_view(city, putaran, terbitan) v
  join pub.region r on r.code = v.region
  cross join lateral (select count(*) as count from pub.quick_win w where w.region = v.region) wins
  cross join lateral (
    select count(*) filter (where t.part) as parts,
           count(*) filter (where t.kind = 'dimension' and not t.part) as dimensions,
           count(*) filter (where t.kind = 'dimension' and t.root) as apart,
           count(*) filter (where t.kind <> 'dimension' and not t.part) as others
    from pub.city_tree(v.publication, v.main) t) tree
  where putaran is null or exists (select from pub.chosen(putaran, terbitan))
$$;

-- The rounds of the menu: those in which the city takes part.
create or replace function page.city_rounds(lang text, city text, putaran text, terbitan integer)
returns table (href text, label text, here boolean, empty boolean)
language sql stable as $$
  select '/kota/' || city || '?putaran=' || c.round, pub.round_label(c.round, c.year, c.simulated, pub.pick(lang, c.title_id, c.title_en)),
         c.round = v.round, not c.has_value
  from pub.city_view(city, putaran, terbitan) v
  cross join lateral pub.city_rounds(v.region) c
  order by c.simulated, c.year, c.round collate "C"
$$;

-- The main value: one row when there is one. `partial`: not everybody in the group has a value, so the rank is
-- only an order among those who have. An interval is shown only when every ranked region of the group has one.
create or replace function page.city_standing(lang text, city text, putaran text, terbitan integer)
returns table (
  score numeric, score_shown numeric, score_ref integer,
  official boolean, alone boolean, agrees boolean, differs boolean, difference numeric, computed boolean, own numeric, own_shown numeric,
  order_label text, order_of integer, grouped boolean, order_group text, partial boolean, whole boolean,
  spread boolean, rank_low numeric, rank_high numeric,
  rose boolean, fell boolean, steady boolean, change_size numeric, change_since text,
  improved boolean, improvement numeric, improvement_ref integer,
  targeted boolean, short boolean, reached boolean, target numeric, target_gap numeric, target_ref integer)
language sql stable as $$
  select
    trim_scale(s.value), pub.shown(s.value, s.round_step), cited.n,
    s.official is not null, s.official is not null and s.computed is null, s.official = s.computed and s.aggregate <> 'leaf',
    s.official <> s.computed, abs(pub.shown(s.official, s.round_step) - pub.shown(s.computed, s.round_step)),
    s.computed is not null and s.aggregate <> 'leaf', trim_scale(s.computed), pub.shown(s.computed, s.round_step),
    s.label, s."of", s."group" not in ('', 'umum'), s."group", field.ranked < field.everyone, field.ranked = field.everyone,
    field.intervals, floor(s.rank_low), ceil(s.rank_high),
    y.change > 0, y.change < 0, y.change = 0, abs(y.change), y.since_name,
    improvement.value is not null, improvement.value, improvement.n,
    target.value is not null, target.value > s.value, target.value <= s.value, pub.shown(target.value, null),
    pub.shown(target.value - s.value, null), target.n
  from pub.city_view(city, putaran, terbitan) v
  cross join lateral pub.city_scores(v.publication, v.region) s
  left join lateral (select c.n from pub.city_sources(v.publication, v.region) c where c.source = s.source) cited on true
  cross join lateral (
    select count(*) as everyone, count(t.rank) as ranked, bool_and(t.rank_low is not null) filter (where t.rank is not null) as intervals
    from pub.result t
    where t.publication = v.publication and t.criterion = v.main and t."group" = s."group") field
  left join lateral (
    select t.change, pub.pick(lang, t.since_id, t.since_en) as since_name
    from pub.city_years(v.region, v.simulated) t
    where t.publication = v.publication) y on true
  left join lateral pub.city_fact(v.publication, v.region, 'improvement') improvement on true
  left join lateral pub.city_fact(v.publication, v.region, 'target') target on true
  where s.criterion = v.main and s.value is not null
$$;

-- Why there is no main value: one row when there is none.
create or replace function page.city_gap(lang text, city text, putaran text, terbitan integer)
returns table (nothing boolean, thin boolean, covered numeric, needed numeric, strict boolean, unneeded boolean)
language sql stable as $$
  select s.status = 'no_data' and coalesce(parts.present, 0) = 0,
         s.status = 'no_data' and parts.present > 0 and v.missing <> 'strict',
         round(100 * parts.present / nullif(parts.applicable, 0), 1), trim_scale(100 * v.min_coverage),
         s.status = 'no_data' and parts.present > 0 and v.missing = 'strict',
         s.status = 'not_applicable'
  from pub.city_view(city, putaran, terbitan) v
  join pub.result s on s.publication = v.publication and s.criterion = v.main and s.region = v.region
  cross join lateral (
    select sum(e.weight) filter (where t.status = 'value') as present,
           sum(e.weight) filter (where t.status <> 'not_applicable') as applicable
    from pub.edge e
    join pub.result t on t.publication = e.publication and t.criterion = e.child and t.region = v.region
    where e.publication = v.publication and e.parent = v.main) parts
  where s.value is null
$$;

-- The ranks that the ministry published for the round's year.
create or replace function page.city_ranks(lang text, city text, putaran text, terbitan integer)
returns table (rank_name text, rank_value numeric, rank_grouped boolean, rank_group text, rank_of integer, counted boolean, uncounted boolean,
               rank_ref integer, inferred boolean, weak boolean, conflicting boolean)
language sql stable as $$
  select case when f.measure = 'provincial_rank' and r.province is not null
              then pub.pick(lang, 'Peringkat di ', 'Rank in ') || r.province_name else pub.pick(lang, m.name_id, m.name_en) end,
         f.value, f."group" is not null, f."group", f.denominator, f.denominator is not null, f.denominator is null,
         cited.n, f.confidence = 'inferred', f.confidence = 'weak', f.confidence = 'conflicting'
  from pub.city_view(city, putaran, terbitan) v
  join pub.region r on r.code = v.region
  join pub.figure f on f.region = v.region and f.year = v.year and not v.simulated
  join pub.measure m on m.code = f.measure and m.unit = 'rank'
  join pub.city_sources(v.publication, v.region) cited on cited.source = f.source
  order by m.ord, f.id
$$;

-- The children of the main criterion with their weights and what each adds.
create or replace function page.city_components(lang text, city text, putaran text, terbitan integer)
returns table (criterion text, measure text, about text, dimension text, known boolean, other boolean, weight numeric, stroke numeric,
               value numeric, shown numeric, bar text, has_value boolean, no_data boolean, not_applicable boolean,
               contributes boolean, contribution numeric, cited boolean, ref integer)
language sql stable as $$
  select s.criterion, pub.pick(lang, s.name_id, s.name_en), coalesce(pub.pick(lang, d.about_id, d.about_en), pub.pick(lang, m.about_id, m.about_en)),
         d.code, d.code is not null, d.code is null, trim_scale(round(p.share, 1)), round(greatest(1, 30 * p.relative), 1),
         trim_scale(s.value), pub.shown(s.value, s.round_step), pub.bar(s.value, v.scale_min, v.scale_max),
         s.status = 'value', s.status = 'no_data', s.status = 'not_applicable',
         p.contribution is not null, round(p.contribution, 3), cited.n is not null, cited.n
  from pub.city_view(city, putaran, terbitan) v
  cross join lateral pub.city_parts(v.publication, v.region, v.main) p
  join pub.city_scores(v.publication, v.region) s on s.criterion = p.criterion
  left join pub.dimension d on d.code = s.criterion and s.kind = 'dimension'
  left join pub.measure m on m.code = s.criterion and s.kind = 'component'
  left join pub.city_sources(v.publication, v.region) cited on cited.source = s.source and s.status = 'value'
  order by p.ord
$$;

-- The dimensions that are not children of the main criterion, in the programme's order.
create or replace function page.city_dimensions(lang text, city text, putaran text, terbitan integer)
returns table (criterion text, measure text, about text, dimension text, known boolean, other boolean,
               value numeric, shown numeric, bar text, has_value boolean, no_data boolean, not_applicable boolean,
               cited boolean, ref integer)
language sql stable as $$
  select s.criterion, pub.pick(lang, s.name_id, s.name_en), pub.pick(lang, d.about_id, d.about_en), d.code, d.code is not null, d.code is null,
         trim_scale(s.value), pub.shown(s.value, s.round_step), pub.bar(s.value, v.scale_min, v.scale_max),
         s.status = 'value', s.status = 'no_data', s.status = 'not_applicable', cited.n is not null, cited.n
  from pub.city_view(city, putaran, terbitan) v
  join pub.city_tree(v.publication, v.main) t on t.kind = 'dimension' and not t.part
  join pub.city_scores(v.publication, v.region) s on s.criterion = t.code
  left join pub.dimension d on d.code = s.criterion
  left join pub.city_sources(v.publication, v.region) cited on cited.source = s.source and s.status = 'value'
  order by d.ord nulls last, s.ord
$$;

-- Every other criterion, with what it counts under.
create or replace function page.city_criteria(lang text, city text, putaran text, terbitan integer)
returns table (criterion text, measure text, parents text,
               value numeric, shown numeric, bar text, has_value boolean, no_data boolean, not_applicable boolean)
language sql stable as $$
  select s.criterion, pub.pick(lang, s.name_id, s.name_en), up.names,
         trim_scale(s.value), pub.shown(s.value, s.round_step), pub.bar(s.value, v.scale_min, v.scale_max),
         s.status = 'value', s.status = 'no_data', s.status = 'not_applicable'
  from pub.city_view(city, putaran, terbitan) v
  join pub.city_tree(v.publication, v.main) t on t.kind <> 'dimension' and not t.part
  join pub.city_scores(v.publication, v.region) s on s.criterion = t.code
  left join lateral (
    select string_agg(pub.pick(lang, c.name_id, c.name_en), ', ' order by c.ord) as names
    from pub.edge e join pub.criterion c on c.publication = e.publication and c.code = e.parent
    where e.publication = v.publication and e.child = t.code) up on true
  order by s.ord
$$;

-- The main value over the rounds, and the targets and improvements of every year that has one.
create or replace function page.city_history(lang text, city text, putaran text, terbitan integer)
returns table (round_href text, linked_round boolean, unlinked_round boolean, round_label text, now boolean,
               value numeric, shown numeric, has_value boolean, no_data boolean, not_applicable boolean,
               changed boolean, up boolean, down boolean, change numeric, incomparable boolean,
               stated boolean, stated_change numeric, aimed boolean, aim numeric)
language sql stable as $$
  select '/kota/' || city || '?putaran=' || y.round, y.round is not null, y.round is null,
         coalesce(pub.pick(lang, y.label_id, y.label_en), year.year::text), y.round = v.round,
         trim_scale(y.value), y.shown, y.status = 'value', y.status = 'no_data' or y.status is null, y.status = 'not_applicable',
         y.change is not null, y.change > 0, y.change < 0, y.change, not y.comparable,
         f.improvement is not null, f.improvement, f.target is not null, pub.shown(f.target, null)
  from pub.city_view(city, putaran, terbitan) v
  cross join lateral (
    select y.year from pub.city_years(v.region, v.simulated) y
    union
    select f.year from pub.figure f
    where f.region = v.region and f.measure in ('target', 'improvement') and f.year is not null and not coalesce(v.simulated, false)) year
  left join lateral pub.city_years(v.region, v.simulated) y on y.year = year.year
  left join lateral (
    select max(f.value) filter (where f.measure = 'improvement') as improvement, max(f.value) filter (where f.measure = 'target') as target
    from pub.figure f
    where f.region = v.region and f.year = year.year and not coalesce(v.simulated, false) and f.confidence in ('stated', 'inferred')) f on true
  order by year.year, y.round collate "C"
$$;

-- All that was published about the city, newest first, with its caution; never beside simulated figures.
create or replace function page.city_facts(lang text, city text, putaran text, terbitan integer)
returns table (fact_year integer, dated boolean, undated boolean, new_year boolean, fact_name text,
               fact_value numeric, fact_shown numeric, percent boolean, signed boolean, ordinary boolean,
               fact_grouped boolean, fact_group text, fact_of integer, fact_counted boolean, fact_uncounted boolean,
               inferred boolean, weak boolean, conflicting boolean, note text, source_url text, linked boolean, unlinked boolean, source_name text)
language sql stable as $$
  select f.year, f.year is not null, f.year is null, f.year is distinct from lag(f.year) over listed or row_number() over listed = 1,
         coalesce(pub.pick(lang, m.name_id, m.name_en), replace(f.measure, '_', ' ')),
         trim_scale(f.value), case when m.unit in ('score', 'target', 'difference') then pub.shown(f.value, null) else trim_scale(f.value) end,
         m.unit = 'percent', m.unit = 'difference', coalesce(m.unit, '') not in ('percent', 'difference'),
         f."group" is not null, f."group", f.denominator, f.denominator is not null, f.denominator is null and m.unit = 'rank',
         f.confidence = 'inferred', f.confidence = 'weak', f.confidence = 'conflicting', f.note,
         pub.source_url(f.source), pub.source_url(f.source) is not null, pub.source_url(f.source) is null, pub.source_name(f.source)
  from pub.city_view(city, putaran, terbitan) v
  join pub.figure f on f.region = v.region and not coalesce(v.simulated, false)
  left join pub.measure m on m.code = f.measure
  window listed as (order by f.year desc nulls last, m.ord nulls last, f.id)
  order by f.year desc nulls last, m.ord nulls last, f.id
$$;

-- The city's quick wins, newest first, dimensions in their order.
create or replace function page.city_wins(lang text, city text, putaran text, terbitan integer)
returns table (id integer, win text, summary text, agency text, run boolean, dated boolean, win_year integer,
               dimension text, dimension_name text, has_dimension boolean, no_dimension boolean,
               source_url text, linked boolean, unlinked boolean, source_name text)
language sql stable as $$
  select w.id, w.title, w.summary, w.agency, w.agency is not null, w.year is not null, w.year,
         d.code, pub.pick(lang, d.name_id, d.name_en), d.code is not null, d.code is null,
         pub.source_url(w.source), pub.source_url(w.source) is not null, pub.source_url(w.source) is null, pub.source_name(w.source)
  from pub.city_view(city, putaran, terbitan) v
  join pub.quick_win w on w.region = v.region and not coalesce(v.simulated, false)
  left join pub.dimension d on d.code = w.dimension
  order by w.year desc nulls last, d.ord nulls last, w.title
$$;

-- The sources of everything on the page, under the numbers that the figures refer to.
create or replace function page.city_sources(lang text, city text, putaran text, terbitan integer)
returns table (source_n integer, source_text text, linked boolean, source_url text, source_name text)
language sql stable as $$
  select c.n, nullif(btrim(replace(c.source, coalesce(pub.source_url(c.source), ''), ''), ' ;,'), ''),
         pub.source_url(c.source) is not null, pub.source_url(c.source), pub.source_name(c.source)
  from pub.city_view(city, putaran, terbitan) v
  cross join lateral pub.city_sources(v.publication, v.region) c
  order by c.n
$$;
