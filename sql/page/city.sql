-- Page city: the profile of one city, in one round or, when it takes part in none, without any.

-- Who the city is, which round the page shows, and which of its parts have something to show.
create or replace function page.city(lang text, city text, putaran text, terbitan integer)
returns table (
  title text, description text, simulated boolean,
  slug text, city_name text, code text, guest boolean, placed boolean, province_slug text, province_name text,
  peopled boolean, population integer, measured boolean, area numeric, joined boolean, since integer,
  round text, round_name text, in_round boolean, left_out boolean, no_round boolean, older boolean, edition integer,
  scale_min numeric, scale_max numeric,
  has_components boolean, has_dimensions boolean, apart boolean, untold boolean, has_history boolean, has_targets boolean,
  has_criteria boolean, has_facts boolean,
  has_wins boolean, no_wins boolean, win_count bigint, has_learn boolean, has_sources boolean)
language sql stable
begin atomic
  select
    concat_ws(' ', r.name, pub.round_label(v.round, v.year, v.simulated, pub.pick(lang, v.title_id, v.title_en))),
    concat_ws(', ', r.name, r.province_name) || ': nilai, komponen, enam dimensi, peringkat, dan quick win, dengan sumber tiap angka.',
    coalesce(v.simulated, false),
    r.slug, r.name, r.code, not r.member, r.province is not null, r.province_slug, r.province_name,
    r.population is not null, r.population, r.area_km2 is not null, round(r.area_km2, 1), r.cohort_year is not null, r.cohort_year,
    v.round, pub.round_label(v.round, v.year, v.simulated, pub.pick(lang, v.title_id, v.title_en)), v.publication is not null, v.publication is null and putaran is not null,
    v.publication is null and putaran is null, not v.current, v.n,
    trim_scale(v.scale_min), trim_scale(v.scale_max),
    tree.parts > 0, tree.dimensions > 0, tree.apart > 0, tree.wanted > 0 and tree.told = 0, past.told, past.targets, tree.others > 0,
    not coalesce(v.simulated, false) and exists (select from pub.figure f where f.region = v.region),
    not coalesce(v.simulated, false) and wins.count > 0, not coalesce(v.simulated, false) and wins.count = 0, wins.count,
    not v.simulated and v.direction > 0 and exists (
      select from pub.result t join pub.dimension d on d.code = t.criterion
      where t.publication = v.publication and t.region = v.region and t.status = 'value'),
    wins.count > 0 or exists (select from pub.figure f where f.region = v.region)
      or exists (select from pub.result t where t.publication = v.publication and t.region = v.region and t.status = 'value')
  from pub.city_view(city, putaran, terbitan) v
  join pub.place r on r.code = v.region
  cross join lateral (select count(*) as count from pub.quick_win w where w.region = v.region) wins
  cross join lateral pub.city_told(v.publication, v.region, v.main) tree
  cross join lateral pub.city_past(v.region, coalesce(v.simulated, false)) past
  where putaran is null or exists (select from pub.chosen(putaran, terbitan));
end;

-- The rounds of the menu: those in which the city takes part.
create or replace function page.city_rounds(lang text, city text, putaran text, terbitan integer)
returns table (href text, label text, here boolean, empty boolean)
language sql stable
begin atomic
  select '/kota/' || city || '?putaran=' || c.round, pub.round_label(c.round, c.year, c.simulated, pub.pick(lang, c.title_id, c.title_en)),
         c.publication = v.publication, not c.has_value
  from pub.city_at(city, putaran, terbitan) v
  cross join lateral pub.city_rounds(v.region) c
  order by c.simulated, c.year, c.round collate "C";
end;

-- The main value: one row when there is one. `partial`: not everybody in the group has a value, so the rank is
-- only an order among those who have. An interval is shown only when every ranked region of the group has one.
create or replace function page.city_standing(lang text, city text, putaran text, terbitan integer)
returns table (
  score numeric, score_shown numeric, score_ref integer,
  official boolean, alone boolean, agrees boolean, differs boolean, level boolean, difference numeric, computed boolean, own numeric, own_shown numeric,
  order_label text, order_rank integer, tied boolean, order_of integer, grouped boolean, order_group text, partial boolean, whole boolean,
  spread boolean, firm boolean, rank_low numeric, rank_high numeric,
  rose boolean, fell boolean, steady boolean, better boolean, worse boolean, change_size numeric, change_since text, earlier numeric,
  improved boolean, improvement numeric, improvement_ref integer,
  targeted boolean, short boolean, reached boolean, target numeric, target_gap numeric, target_ref integer)
language sql stable
begin atomic
  select
    trim_scale(s.value), pub.shown(s.value, s.round_step), s.ref,
    s.official is not null, s.official is not null and s.computed is null, s.official = s.computed and s.aggregate <> 'leaf',
    s.official <> s.computed, s.official is null or s.computed is null or s.official = s.computed, abs(pub.shown(s.official, s.round_step) - pub.shown(s.computed, s.round_step)),
    s.computed is not null and s.aggregate <> 'leaf', trim_scale(s.computed), pub.shown(s.computed, s.round_step),
    s.label, s.rank, right(s.label, 1) = '=', s."of", s."group" not in ('', 'umum'), s."group", field.ranked < field.everyone, field.ranked = field.everyone,
    field.intervals and (floor(s.rank_low), ceil(s.rank_high)) <> (s.rank, s.rank), field.intervals and (floor(s.rank_low), ceil(s.rank_high)) = (s.rank, s.rank), floor(s.rank_low), ceil(s.rank_high),
    y.change > 0, y.change < 0, y.change = 0, y.change * v.direction > 0, y.change * v.direction < 0, abs(y.change), pub.pick(lang, y.label_id, y.label_en), y.shown,
    improvement.value is not null, improvement.value, array_position(cited.list, improvement.source),
    target.value is not null, target.value > s.value, target.value <= s.value, pub.shown(target.value, null),
    pub.shown(target.value - s.value, null), array_position(cited.list, target.source)
  from pub.city_view(city, putaran, terbitan) v
  cross join lateral pub.city_scores(v.publication, v.region) s
  cross join lateral (
    select count(*) as everyone, count(t.rank) as ranked, bool_and(t.rank_low is not null) filter (where t.rank is not null) as intervals
    from pub.result t
    where t.publication = v.publication and t.criterion = v.main and t."group" = s."group") field
  left join lateral pub.city_before(v.publication, v.region) y on true
  left join lateral pub.city_fact(v.publication, v.region, 'improvement') improvement on true
  left join lateral pub.city_fact(v.publication, v.region, 'target') target on true
  cross join lateral (
    select array_agg(c.source order by c.n) as list
    from pub.city_sources(v.publication, v.region, v.simulated) c
    where num_nonnulls(improvement.source, target.source) > 0) cited
  where s.criterion = v.main and s.value is not null;
end;

-- Why there is no main value, and where there is something instead: one row when there is none.
create or replace function page.city_gap(lang text, city text, putaran text, terbitan integer)
returns table (never boolean, nothing boolean, thin boolean, covered numeric, needed numeric, strict boolean, unneeded boolean,
               valued_elsewhere boolean, elsewhere_round text, elsewhere_name text, facts_of_year boolean)
language sql stable
begin atomic
  select s.status = 'no_data' and coalesce(parts.present, 0) = 0 and elsewhere.round is null,
         s.status = 'no_data' and coalesce(parts.present, 0) = 0 and elsewhere.round is not null,
         s.status = 'no_data' and parts.present > 0 and v.missing <> 'strict',
         round(100 * parts.present / nullif(parts.applicable, 0), 1), trim_scale(100 * v.min_coverage),
         s.status = 'no_data' and parts.present > 0 and v.missing = 'strict',
         s.status = 'not_applicable',
         elsewhere.round is not null, elsewhere.round, pub.pick(lang, elsewhere.label_id, elsewhere.label_en),
         exists (select from pub.programme g join pub.figure f on f.region = v.region and f.year = g.year where g.publication = v.publication)
  from pub.city_view(city, putaran, terbitan) v
  join pub.result s on s.publication = v.publication and s.criterion = v.main and s.region = v.region
  cross join lateral (
    select sum(e.weight) filter (where t.status = 'value') as present,
           sum(e.weight) filter (where t.status <> 'not_applicable') as applicable
    from pub.edge e
    join pub.result t on t.publication = e.publication and t.criterion = e.child and t.region = v.region
    where e.publication = v.publication and e.parent = v.main) parts
  left join lateral (
    select y.round, y.label_id, y.label_en
    from pub.city_years(array[v.region], v.simulated) y
    where y.value is not null
    order by y.year desc, y.round collate "C" desc
    limit 1) elsewhere on true
  where s.value is null;
end;

-- The ranks that the ministry published for the round's year.
create or replace function page.city_ranks(lang text, city text, putaran text, terbitan integer)
returns table (rank_name text, rank_value numeric, rank_grouped boolean, rank_group text, rank_of integer, counted boolean, uncounted boolean,
               rank_ref integer, inferred boolean, weak boolean, conflicting boolean)
language sql stable
begin atomic
  with told as materialized (
    select f.*, m.ord, m.name_id, m.name_en, r.province_name, v.publication
    from pub.city_at(city, putaran, terbitan) v
    join pub.programme g on g.publication = v.publication
    join pub.figure f on f.region = v.region and f.year = g.year
    join pub.measure m on m.code = f.measure and m.unit = 'rank'
    join pub.place r on r.code = v.region
  ), cited as materialized (
    select c.n, c.source
    from (select publication, region from told limit 1) t
    cross join lateral pub.city_sources(t.publication, t.region, false) c
  )
  select case when f.measure = 'provincial_rank' and f.province_name is not null
              then pub.pick(lang, 'Peringkat di ', 'Rank in ') || f.province_name else pub.pick(lang, f.name_id, f.name_en) end,
         f.value, f."group" is not null, f."group", f.denominator, f.denominator is not null, f.denominator is null,
         c.n, f.confidence = 'inferred', f.confidence = 'weak', f.confidence = 'conflicting'
  from told f
  join cited c on c.source = f.source
  order by f.ord, f.id;
end;

-- Every criterion but the main one, in one of three tables: the children of the main one with their weights and what each adds;
-- the dimensions that are not among them, in the programme's order; all others, with what they count under.
create or replace function page.city_measures(lang text, city text, putaran text, terbitan integer)
returns table (in_parts boolean, in_dimensions boolean, in_others boolean, criterion text, measure text, about text, parents text,
               dimension text, known boolean, other boolean, weight numeric, stroke numeric,
               value numeric, shown numeric, bar text, has_value boolean, no_data boolean, not_applicable boolean,
               contributes boolean, contribution numeric, cited boolean, ref integer)
language sql stable
begin atomic
  select s.part, s.kind = 'dimension' and not s.part, s.kind <> 'dimension' and not s.part,
         s.criterion, pub.pick(lang, s.name_id, s.name_en), coalesce(pub.pick(lang, d.about_id, d.about_en), pub.pick(lang, m.about_id, m.about_en)),
         up.names, d.code, d.code is not null, d.code is null, trim_scale(round(s.share, 1)), round(greatest(1, 24 * s.relative), 1),
         trim_scale(s.value), pub.shown(s.value, s.round_step), pub.bar(s.value, v.scale_min, v.scale_max),
         s.status = 'value', s.status = 'no_data', s.status = 'not_applicable',
         s.contribution is not null, round(s.contribution, 3), s.ref is not null, s.ref
  from pub.city_view(city, putaran, terbitan) v
  cross join lateral pub.city_measures(v.publication, v.region, v.main, v.missing, v.scale_min) s
  left join pub.dimension d on d.code = s.criterion and s.kind = 'dimension'
  left join pub.measure m on m.code = s.criterion and s.kind = 'component'
  left join lateral (
    select e.child, string_agg(pub.pick(lang, c.name_id, c.name_en), ', ' order by c.ord) as names
    from pub.edge e
    join pub.criterion c on c.publication = e.publication and c.code = e.parent
    where e.publication = v.publication
    group by e.child) up on up.child = s.criterion
  order by s.part desc, s.part_ord, d.ord nulls last, s.ord;
end;

-- The main value over the rounds, with the targets and changes that were published. `charted`: on the page's own scale;
-- `comparable`: with the value before, since the method is the same.
create or replace function page.city_history(lang text, city text, putaran text, terbitan integer)
returns table (past_round text, linked_round boolean, unlinked_round boolean, past_label text, past_year integer, now boolean, charted boolean, comparable boolean,
               value numeric, shown numeric, has_value boolean, no_data boolean, not_applicable boolean,
               changed boolean, up boolean, down boolean, better boolean, worse boolean, change numeric, incomparable boolean,
               stated boolean, stated_change numeric, aimed boolean, aim numeric)
language sql stable
begin atomic
  select t.round, t.round is not null, t.round is null, pub.pick(lang, t.label_id, t.label_en), t.year, t.round = v.round,
         t.scale_min = v.scale_min and t.scale_max = v.scale_max, t.comparable, trim_scale(t.value), t.shown, t.status = 'value', t.status = 'no_data', t.status = 'not_applicable',
         t.change is not null, t.change > 0, t.change < 0, t.change * v.direction > 0, t.change * v.direction < 0, t.change, not t.comparable and t.improvement is null,
         t.improvement is not null and t.change is null, t.improvement, t.target is not null, pub.shown(t.target, null)
  from pub.city_view(city, putaran, terbitan) v
  cross join lateral pub.city_timeline(v.region, coalesce(v.simulated, false)) t
  order by t.place;
end;

-- All that was published about the city, newest first, with its caution; never beside simulated figures.
create or replace function page.city_facts(lang text, city text, putaran text, terbitan integer)
returns table (fact_year integer, dated boolean, undated boolean, fact_name text,
               fact_value numeric, fact_shown numeric, percent boolean, signed boolean, ordinary boolean,
               fact_grouped boolean, fact_group text, fact_of integer, fact_counted boolean, fact_uncounted boolean,
               inferred boolean, weak boolean, conflicting boolean, note text, source_url text, linked boolean, unlinked boolean, source_name text)
language sql stable
begin atomic
  select f.year, f.year is not null, f.year is null,
         coalesce(pub.pick(lang, m.name_id, m.name_en), replace(f.measure, '_', ' ')),
         trim_scale(f.value), case when m.unit in ('score', 'target', 'difference') then pub.shown(f.value, null) else trim_scale(f.value) end,
         m.unit = 'percent', m.unit = 'difference', coalesce(m.unit, '') not in ('percent', 'difference'),
         f."group" is not null, f."group", f.denominator, f.denominator is not null, f.denominator is null and m.unit = 'rank',
         f.confidence = 'inferred', f.confidence = 'weak', f.confidence = 'conflicting', f.note,
         pub.source_url(f.source), pub.source_url(f.source) is not null, pub.source_url(f.source) is null, pub.source_name(f.source)
  from pub.city_at(city, putaran, terbitan) v
  join pub.figure f on f.region = v.region and not coalesce(v.simulated, false)
  left join pub.measure m on m.code = f.measure
  order by f.year desc nulls last, m.ord nulls last, f.id;
end;

-- The city's quick wins, newest first, dimensions in their order.
create or replace function page.city_wins(lang text, city text, putaran text, terbitan integer)
returns table (id integer, win text, summary text, agency text, run boolean, dated boolean, win_year integer,
               dimension text, dimension_name text, has_dimension boolean, no_dimension boolean,
               source_url text, linked boolean, unlinked boolean, source_name text)
language sql stable
begin atomic
  select w.id, w.title, w.summary, w.agency, w.agency is not null, w.year is not null, w.year,
         d.code, pub.pick(lang, d.name_id, d.name_en), d.code is not null, d.code is null,
         pub.source_url(w.source), pub.source_url(w.source) is not null, pub.source_url(w.source) is null, pub.source_name(w.source)
  from pub.city_at(city, putaran, terbitan) v
  join pub.quick_win w on w.region = v.region and not coalesce(v.simulated, false)
  left join pub.dimension d on d.code = w.dimension
  order by w.year desc nulls last, d.ord nulls last, w.title;
end;

-- Quick wins of other regions in up to three dimensions where this one's values have most room to grow, two of each.
create or replace function page.city_learn(lang text, city text, putaran text, terbitan integer)
returns table (id integer, win text, summary text, slug text, city text, dimension text, dimension_name text, has_dimension boolean,
               no_dimension boolean, dated boolean, win_year integer)
language sql stable
begin atomic
  select w.id, w.title, w.summary, r.slug, r.name, w.dimension, pub.pick(lang, w.name_id, w.name_en), true, false, w.year is not null, w.year
  from (
    select q.*, room.ord as dimension_ord, room.name_id, room.name_en,
           row_number() over (partition by q.dimension order by q.year desc nulls last, q.id) as place
    from pub.city_at(city_learn.city, putaran, terbitan) v
    join pub.publication p on p.id = v.publication and not p.simulated and p.higher_is_better
    cross join lateral (
      select d.code, d.ord, d.name_id, d.name_en
      from pub.score s
      join pub.dimension d on d.code = s.criterion
      where s.publication = v.publication and s.region = v.region and s.status = 'value' and s.kind = 'dimension'
      order by s.value, d.ord
      limit 3) room
    join pub.quick_win q on q.dimension = room.code and q.region <> v.region) w
  join pub.place r on r.code = w.region
  where w.place <= 2
  order by w.dimension_ord, w.place;
end;

-- The sources of everything on the page, under the numbers that the figures refer to.
create or replace function page.city_sources(lang text, city text, putaran text, terbitan integer)
returns table (source_n integer, source_text text, linked boolean, source_url text, source_name text)
language sql stable
begin atomic
  select c.n, nullif(btrim(replace(c.source, coalesce(pub.source_url(c.source), ''), ''), ' ;,'), ''),
         pub.source_url(c.source) is not null, pub.source_url(c.source), pub.source_name(c.source)
  from pub.city_at(city, putaran, terbitan) v
  cross join lateral pub.city_sources(v.publication, v.region, coalesce(v.simulated, false)) c
  order by c.n;
end;
