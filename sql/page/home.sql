-- The newest round at a glance. What counts here are the portal's fifty; where none of them takes part in the
-- newest round, everybody who does.

create or replace function page.home(lang text)
returns table (has_round boolean, no_round boolean, round text, round_label text,
               participants bigint, with_value bigint, without_value bigint, some_without boolean,
               lowest numeric, highest numeric, scale_min numeric, scale_max numeric, more boolean, no_more boolean, total bigint, compared boolean, previous_label text,
               not_compared boolean, method_differs boolean, first_round boolean, has_movers boolean, no_movers boolean, win_count bigint, has_wins boolean)
language sql stable
begin atomic
  with here as materialized (
    select p.id, p.round, p.label_id, p.label_en, p.before, p.earlier, p.scale_min, p.scale_max, p.main_step, p.higher_is_better
    from pub.publication p
    where p.standard and not p.simulated
  ), field as materialized (
    select e.value, b.value as previous, e.member, h.higher_is_better
    from here h
    join pub.entrant e on e.publication = h.id
    left join pub.entrant b on b.publication = h.before and b.region = e.region
  ), counted as (
    select count(*) as participants, count(f.value) as with_value, min(f.value) as lowest, max(f.value) as highest,
           count(*) filter (where f.value > f.previous and f.higher_is_better) as risen, (select count(value) from field) as total
    from field f
    where f.member or not exists (select from field where member)
  )
  select h.round is not null and c.with_value > 0, h.round is null or c.with_value = 0, h.round, pub.pick(lang, h.label_id, h.label_en),
         c.participants, c.with_value, c.participants - c.with_value, c.with_value < c.participants,
         pub.shown(c.lowest, h.main_step), pub.shown(c.highest, h.main_step), trim_scale(h.scale_min), trim_scale(h.scale_max),
         c.total > least(c.with_value, 25), c.total <= least(c.with_value, 25), c.total,
         h.before is not null, (select pub.pick(lang, b.label_id, b.label_en) from pub.publication b where b.id = h.before),
         h.before is null, h.before is null and h.earlier, not h.earlier, c.risen > 0, c.risen = 0, w.wins, w.wins > 0
  from counted c
  cross join (select count(*) as wins from pub.quick_win) w
  left join here h on true;
end;

-- The fifty on the map.
create or replace function page.home_dots(lang text)
returns table (slug text, name text, x numeric, y numeric, size numeric, filled boolean, ring boolean, value numeric, shown numeric)
language sql stable
begin atomic
  select r.slug, r.name, r.x, r.y, pub.map_size(e.at), e.value is not null, e.value is null, e.value, e.shown
  from pub.region r
  left join pub.entrant e on e.region = r.code and e.publication = (select p.id from pub.publication p where p.standard and not p.simulated)
  where r.member and r.x is not null and r.y is not null
  order by e.value is not null, r.longitude;
end;

-- The values of the newest round, the best ones first, at most 25; each with the ministry's own rank where a source tells it.
create or replace function page.home_ranking(lang text)
returns table (slug text, name text, province_name text, value numeric, shown numeric, bar text,
               change numeric, change_shown numeric, previous numeric, previous_shown numeric, known_change boolean, fresh boolean, rose boolean, fell boolean,
               better boolean, worse boolean,
               ministry_rank numeric, ministry_known boolean, ministry_unknown boolean, ministry_group text, ministry_grouped boolean,
               ministry_of integer, in_nation boolean, in_province boolean, counted boolean, uncounted boolean, implied boolean,
               source_url text, source_name text, linked boolean, unlinked boolean)
language sql stable
begin atomic
  with listed as (
    select e.slug, e.name, e.province_name, e.value, e.shown, e.bar, e.ministry_rank, e.ministry_scope, e.ministry_group, e.ministry_of,
           e.ministry_implied, e.source_url, e.source_name, p.main_step, p.higher_is_better, e.value - b.value as change, b.value as previous, b.shown as previous_shown,
           row_number() over (order by case when p.higher_is_better then -e.value else e.value end, e.name) as place
    from pub.publication p
    join pub.entrant e on e.publication = p.id and e.value is not null
    left join pub.entrant b on b.publication = p.before and b.region = e.region
    where p.standard and not p.simulated
      and (e.member or not exists (select from pub.entrant q where q.publication = p.id and q.member))
  )
  select l.slug, l.name, l.province_name, l.value, l.shown, l.bar,
         l.change, pub.shown(l.change, l.main_step), l.previous, l.previous_shown, l.change is not null, l.change is null, l.change > 0, l.change < 0,
         (l.change > 0) = l.higher_is_better and l.change <> 0, (l.change > 0) <> l.higher_is_better and l.change <> 0,
         trim_scale(l.ministry_rank), l.ministry_rank is not null, l.ministry_rank is null, l.ministry_group, l.ministry_group is not null, l.ministry_of,
         l.ministry_scope = 'national', l.ministry_scope = 'province', l.ministry_of is not null,
         l.ministry_rank is not null and l.ministry_of is null, l.ministry_implied,
         l.source_url, l.source_name, l.source_url is not null, l.source_name is not null and l.source_url is null
  from listed l
  where l.place <= 25
  order by l.place;
end;

-- Who rose most since the round before, at most six; only what went up.
create or replace function page.home_movers(lang text)
returns table (slug text, name text, previous numeric, previous_shown numeric, value numeric, shown numeric, change numeric, change_shown numeric,
               from_x numeric, to_x numeric)
language sql stable
begin atomic
  select e.slug, e.name, b.value, b.shown, e.value, e.shown, e.value - b.value, pub.shown(e.value - b.value, p.main_step), b.at, e.at
  from pub.publication p
  join pub.entrant e on e.publication = p.id
  join pub.entrant b on b.publication = p.before and b.region = e.region and e.value > b.value
  where p.standard and not p.simulated and p.higher_is_better
    and (e.member or not exists (select from pub.entrant q where q.publication = p.id and q.member))
  order by e.value - b.value desc, e.value desc, e.name
  limit 6;
end;

-- The newest quick wins, from six different regions.
create or replace function page.home_wins(lang text)
returns table (id integer, win text, summary text, slug text, city text, dimension text, dimension_name text,
               has_dimension boolean, no_dimension boolean, win_year integer, dated boolean)
language sql stable
begin atomic
  select w.id, w.title, w.summary, w.slug, w.name, w.dimension, pub.pick(lang, w.dimension_id, w.dimension_en),
         w.dimension is not null, w.dimension is null, w.year, w.year is not null
  from pub.quick_win w
  where w.newest
  order by w.year desc nulls last, w.id desc
  limit 6;
end;

-- The dimensions, each with the newest real round in which somebody has a value.
create or replace function page.home_dimensions(lang text)
returns table (dimension text, dimension_name text, about text, win_total bigint, valued_round text, valued_label text, valued boolean)
language sql stable
begin atomic
  select d.code, pub.pick(lang, d.name_id, d.name_en), pub.pick(lang, d.about_id, d.about_en), w.wins, v.round, pub.pick(lang, v.label_id, v.label_en), v.round is not null
  from pub.dimension d
  cross join lateral (select count(*) as wins from pub.quick_win w where w.dimension = d.code) w
  left join lateral (
    select p.round, p.label_id, p.label_en
    from pub.publication p
    join pub.criterion c on c.publication = p.id and c.code = d.code and c.ranked > 0
    where p.current and not p.simulated
    order by p.ord desc
    limit 1) v on true
  order by d.ord;
end;
