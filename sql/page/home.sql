-- The newest round at a glance. What counts here are the portal's fifty; where none of them takes part in the
-- newest round, everybody who does.

create or replace function page.home(lang text)
returns table (title text, description text, has_round boolean, no_round boolean, round text, round_label text,
               participants bigint, with_value bigint, without_value bigint, some_without boolean,
               lowest numeric, highest numeric, scale_min numeric, scale_max numeric, axis_25 numeric, axis_50 numeric, axis_75 numeric,
               has_strip boolean, strip_height bigint, more boolean, no_more boolean, total bigint, compared boolean, previous_label text,
               has_movers boolean, win_count bigint, has_wins boolean)
language sql stable
begin atomic
  with asked as materialized (
    select a.*, b.publication as before,
           pub.round_label(b.round, b.year, b.simulated, pub.pick(lang, b.title_id, b.title_en)) as before_label
    from (select round from pub.standard_round() where not simulated) s
    cross join lateral pub.ranked(s.round, null, null) a
    left join lateral pub.comparable_before(a.publication) b on true
  ), earlier as materialized (
    select b.region, b.value
    from asked a
    join pub.result b on b.publication = a.before and b.criterion = a.criterion and b.value is not null
  ), field as materialized (
    select r.region, r.value, b.value as previous, g.member
    from asked a
    join pub.result r on r.publication = a.publication and r.criterion = a.criterion
    join pub.entrant g on g.publication = a.publication and g.region = r.region
    left join earlier b on b.region = r.region
  ), counted as (
    select count(*) as participants, count(f.value) as with_value, min(f.value) as lowest, max(f.value) as highest,
           count(*) filter (where f.value > f.previous) as risen, (select count(value) from field) as total
    from field f
    where f.member or not exists (select from field where member)
  )
  select 'Lima puluh daerah, satu mistar',
         'Nilai evaluasi kota cerdas dari 50 kota dan kabupaten di Indonesia: apa yang berubah, siapa bisa belajar dari siapa, dan dari mana angkanya.',
         a.round is not null and c.with_value > 0, a.round is null or c.with_value = 0, a.round,
         pub.round_label(a.round, a.year, a.simulated, pub.pick(lang, a.title_id, a.title_en)),
         c.participants, c.with_value, c.participants - c.with_value, c.with_value < c.participants,
         pub.shown(c.lowest, a.round_step), pub.shown(c.highest, a.round_step), trim_scale(a.scale_min), trim_scale(a.scale_max),
         trim_scale(a.scale_min + 0.25 * (a.scale_max - a.scale_min)), trim_scale(a.scale_min + 0.5 * (a.scale_max - a.scale_min)),
         trim_scale(a.scale_min + 0.75 * (a.scale_max - a.scale_min)),
         c.with_value between 2 and 25, 62 + 25 * c.with_value, c.total > least(c.with_value, 25), c.total <= least(c.with_value, 25), c.total,
         a.before is not null,
         a.before_label,
         c.risen > 0, w.wins, w.wins > 0
  from counted c
  cross join (select count(*) as wins from pub.quick_win) w
  left join asked a on true;
end;

-- The fifty on the map.
create or replace function page.home_dots(lang text)
returns table (slug text, name text, x numeric, y numeric, filled boolean, ring boolean, shown numeric)
language sql stable
begin atomic
  with asked as materialized (
    select a.* from (select round from pub.standard_round() where not simulated) s
    cross join lateral pub.ranked(s.round, null, null) a
  ), published as materialized (
    select r.region, r.value, a.round_step
    from asked a
    join pub.result r on r.publication = a.publication and r.criterion = a.criterion and r.value is not null
  )
  select g.slug, g.name, pub.map_x(g.longitude), pub.map_y(g.latitude),
         r.value is not null, r.value is null, pub.shown(r.value, r.round_step)
  from pub.region g
  left join published r on r.region = g.code
  where g.member and g.longitude is not null and g.latitude is not null
  order by r.value is not null, g.longitude;
end;

-- The values of the newest round, the best ones first, at most 25; each with the ministry's own rank where a source tells it.
create or replace function page.home_ranking(lang text)
returns table (slug text, name text, province_name text, value numeric, shown numeric, bar text, strip_x numeric, strip_y bigint,
               change numeric, change_shown numeric, known_change boolean, fresh boolean, rose boolean, fell boolean,
               better boolean, worse boolean,
               ministry_rank numeric, ministry_known boolean, ministry_unknown boolean, ministry_group text, ministry_grouped boolean,
               ministry_of integer, in_nation boolean, in_province boolean, counted boolean, uncounted boolean, implied boolean,
               source_url text, source_name text, linked boolean, unlinked boolean)
language sql stable
begin atomic
  with asked as materialized (
    select a.*, b.publication as before
    from (select round from pub.standard_round() where not simulated) s
    cross join lateral pub.ranked(s.round, null, null) a
    left join lateral pub.comparable_before(a.publication) b on true
  ), earlier as materialized (
    select b.region, b.value
    from asked a
    join pub.result b on b.publication = a.before and b.criterion = a.criterion and b.value is not null
  ), listed as (
    select a.*, r.region, r.value, r.official, g.slug, g.name, g.province_name, r.value - b.value as change,
           row_number() over (order by case when a.higher_is_better then -r.value else r.value end, g.name) as place
    from asked a
    join pub.result r on r.publication = a.publication and r.criterion = a.criterion and r.value is not null
    join pub.entrant g on g.publication = a.publication and g.region = r.region
    left join earlier b on b.region = r.region
    where g.member
       or not exists (select from pub.entrant q where q.publication = a.publication and q.member)
  )
  select l.slug, l.name, l.province_name, l.value, pub.shown(l.value, l.round_step), pub.bar(l.value, l.scale_min, l.scale_max),
         round(0.78 * pub.percent(l.value, l.scale_min, l.scale_max), 2), 37 + 25 * l.place,
         l.change, pub.shown(l.change, l.round_step), l.change is not null, l.change is null, l.change > 0, l.change < 0,
         (l.change > 0) = l.higher_is_better and l.change <> 0, (l.change > 0) <> l.higher_is_better and l.change <> 0,
         trim_scale(m.value), m.value is not null, m.value is null, m."group", m."group" is not null, m.denominator,
         m.rank_scope = 'national', m.rank_scope = 'province', m.denominator is not null,
         m.value is not null and m.denominator is null, m.confidence = 'inferred',
         pub.source_url(o.source), pub.source_name(o.source),
         pub.source_url(o.source) is not null, o.source is not null and pub.source_url(o.source) is null
  from listed l
  left join pub.ministry_rank(l.region, l.year) m on l.official is not null
  left join pub.official o on o.publication = l.publication and o.criterion = l.criterion and o.region = l.region
  where l.place <= 25
  order by l.place;
end;

-- Who rose most since the round before, at most six; only what went up.
create or replace function page.home_movers(lang text)
returns table (slug text, name text, previous_shown numeric, value numeric, shown numeric, change numeric, change_shown numeric,
               from_x numeric, to_x numeric)
language sql stable
begin atomic
  with asked as materialized (
    select a.*, b.publication as before
    from (select round from pub.standard_round() where not simulated) s
    cross join lateral pub.ranked(s.round, null, null) a
    join lateral pub.comparable_before(a.publication) b on true
  ), earlier as materialized (
    select b.region, b.value
    from asked a
    join pub.result b on b.publication = a.before and b.criterion = a.criterion and b.value is not null
  )
  select g.slug, g.name, pub.shown(b.value, a.round_step), r.value, pub.shown(r.value, a.round_step),
         r.value - b.value, pub.shown(r.value - b.value, a.round_step),
         pub.percent(b.value, a.scale_min, a.scale_max), pub.percent(r.value, a.scale_min, a.scale_max)
  from asked a
  join pub.result r on r.publication = a.publication and r.criterion = a.criterion
  join earlier b on b.region = r.region
  join pub.entrant g on g.publication = a.publication and g.region = r.region
  where a.higher_is_better and r.value > b.value
  order by r.value - b.value desc, r.value desc, g.name
  limit 6;
end;

-- The newest quick wins, from six different regions.
create or replace function page.home_wins(lang text)
returns table (id integer, win text, summary text, slug text, city text, dimension text, dimension_name text,
               has_dimension boolean, no_dimension boolean, win_year integer, dated boolean)
language sql stable
begin atomic
  with newest as (
    select distinct on (q.region) q.*
    from pub.quick_win q
    order by q.region, q.year desc nulls last, q.id desc
  )
  select q.id, q.title, q.summary, g.slug, g.name, q.dimension, pub.pick(lang, d.name_id, d.name_en),
         q.dimension is not null, q.dimension is null, q.year, q.year is not null
  from newest q
  join pub.region g on g.code = q.region
  left join pub.dimension d on d.code = q.dimension
  order by q.year desc nulls last, q.id desc
  limit 6;
end;

create or replace function page.home_dimensions(lang text)
returns table (dimension text, dimension_name text, about text, win_total bigint)
language sql stable
begin atomic
  select d.code, pub.pick(lang, d.name_id, d.name_en), pub.pick(lang, d.about_id, d.about_en),
         (select count(*) from pub.quick_win q where q.dimension = d.code)
  from pub.dimension d
  order by d.ord;
end;
