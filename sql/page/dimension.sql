-- Page dimension: one criterion of a round, mostly a dimension or a component, over all cities, with the parts that it is made of.

create or replace function page.dimension(lang text, dimension text, round text, terbitan integer)
returns table (status integer, location text, simulated boolean, round text, round_label text, edition integer, old_edition boolean,
               code text, criterion_name text, criterion_inline text, about text, explained boolean, parents text, has_parents boolean,
               participants integer, ranked integer, unranked integer, some_missing boolean, some_ranked boolean, none_ranked boolean,
               quartile_low numeric, median numeric, quartile_high numeric, scale_min numeric, scale_max numeric, lowest numeric, highest numeric, has_range boolean,
               compared boolean, previous_label text, method_differs boolean, has_parts boolean, many_parts boolean, part_count bigint,
               dimension text, dimension_name text, has_dimension boolean, no_dimension boolean, win_count bigint, has_wins boolean,
               elsewhere_round text, elsewhere_label text, valued_elsewhere boolean, source text)
language sql stable
begin atomic
  with here as (
    select p.*, c.code, c.participants, c.ranked, c.round_step, c.lowest, c.quartile_low, c.median, c.quartile_high, c.highest, c.dimension,
           pub.pick(lang, c.name_id, c.name_en) as name, pub.pick(lang, c.about_id, c.about_en) as about,
           pub.pick(lang, c.parents_id, c.parents_en) as parents
    from (select coalesce(dimension.round, s.round) as round from pub.standard_round() s) s
    cross join lateral pub.chosen(s.round, terbitan) p
    join pub.criterion c on c.publication = p.id and c.code = dimension.dimension
  )
  select case when dimension.round is null then 302 end, case when dimension.round is null then '/dimensi/' || h.code || '/' || h.round end,
         h.simulated, h.round, pub.pick(lang, h.label_id, h.label_en), h.n, not h.current, h.code, h.name, pub.inline(h.name),
         h.about, h.about is not null, h.parents, h.parents is not null,
         h.participants, h.ranked, h.participants - h.ranked, h.ranked < h.participants, h.ranked > 0, h.ranked = 0,
         pub.shown_average(h.quartile_low, h.round_step), pub.shown_average(h.median, h.round_step), pub.shown_average(h.quartile_high, h.round_step),
         trim_scale(h.scale_min), trim_scale(h.scale_max), pub.shown(h.lowest, h.round_step), pub.shown(h.highest, h.round_step), h.lowest < h.highest,
         h.before is not null, pub.pick(lang, b.label_id, b.label_en), h.before is null and h.earlier,
         part.count between 1 and 8, part.count > 8, part.count,
         d.code, pub.pick(lang, d.name_id, d.name_en), d.code is not null, d.code is null, win.count, win.count > 0,
         elsewhere.round, pub.pick(lang, elsewhere.label_id, elsewhere.label_en), elsewhere.round is not null, h.source
  from here h
  left join pub.publication b on b.id = h.before
  left join pub.dimension d on d.code = h.dimension
  cross join lateral (select count(*) as count from pub.edge e where e.publication = h.id and e.parent = h.code) part
  cross join lateral (select count(*) as count from pub.quick_win w where w.dimension = h.dimension) win
  -- Where nobody has a value: the newest real round in which somebody has.
  left join lateral (
    select p.round, p.label_id, p.label_en
    from pub.publication p
    join pub.criterion c on c.publication = p.id and c.code = h.code and c.ranked > 0
    where h.ranked = 0 and p.current and not p.simulated
    order by p.ord desc
    limit 1) elsewhere on true;
end;

create or replace function page.dimension_rounds(lang text, dimension text, round text, terbitan integer)
returns table (href text, label text, here boolean, empty boolean)
language sql stable
begin atomic
  select '/dimensi/' || dimension_rounds.dimension || '/' || r.round, pub.pick(lang, r.label_id, r.label_en), r.round = dimension_rounds.round, c.ranked = 0
  from pub.publication r
  join pub.criterion c on c.publication = r.id and c.code = dimension_rounds.dimension
  where r.current
  order by r.ord;
end;

-- Every value, for the picture.
create or replace function page.dimension_dots(lang text, dimension text, round text, terbitan integer)
returns table (name text, value numeric, shown numeric, listed boolean, others boolean)
language sql stable
begin atomic
  select e.name, r.value, r.shown, true, false
  from pub.chosen(dimension_dots.round, terbitan) p
  join pub.result r on r.publication = p.id and r.criterion = dimension_dots.dimension and r.value is not null
  join pub.entrant e on e.publication = p.id and e.region = r.region
  order by r.value, e.name;
end;

-- What it is made of: the columns of the table.
create or replace function page.dimension_parts(lang text, dimension text, round text, terbitan integer)
returns table (part_code text, part_name text)
language sql stable
begin atomic
  select c.code, pub.part_name(pub.pick(lang, c.name_id, c.name_en), pub.pick(lang, w.name_id, w.name_en))
  from pub.chosen(dimension_parts.round, terbitan) p
  join pub.criterion w on w.publication = p.id and w.code = dimension_parts.dimension
  join pub.edge e on e.publication = p.id and e.parent = w.code
  join pub.criterion c on c.publication = p.id and c.code = e.child
  order by e.ord, c.ord;
end;

-- The cities that have a value, the best first. A row is a city with one of its parts, and what is said of the city stands in its
-- first row; of more than eight parts none is shown.
create or replace function page.dimension_rows(lang text, dimension text, round text, terbitan integer)
returns table (first_of_city boolean, last_of_city boolean, slug text, name text, province_name text, value numeric, shown numeric, bar text,
               change numeric, change_shown numeric, previous numeric, previous_shown numeric, rose boolean, fell boolean, known_change boolean, fresh boolean,
               better boolean, worse boolean, has_part boolean, part numeric, part_shown numeric, part_known boolean, part_missing boolean, part_excluded boolean)
language sql stable
begin atomic
  with here as materialized (
    select p.id, p.before, p.direction, c.round_step
    from pub.chosen(dimension_rows.round, terbitan) p
    join pub.criterion c on c.publication = p.id and c.code = dimension_rows.dimension
  ), part as materialized (
    select h.id, e.child, row_number() over (order by e.ord, c.ord) as place, count(*) over () as count
    from here h
    join pub.edge e on e.publication = h.id and e.parent = dimension_rows.dimension
    join pub.criterion c on c.publication = h.id and c.code = e.child
  ), score as materialized (
    select t.place, v.region, v.status, v.value, v.shown
    from part t
    join pub.result v on v.publication = t.id and v.criterion = t.child
    where t.count <= 8
  ), cell as (
    select r.region, r.value, r.shown, r.bar, e.slug, e.name, e.bare, e.province_name, h.direction, h.round_step,
           r.value - b.value as change, b.value as previous, b.shown as previous_shown,
           t.place, coalesce(t.count, 1) as count, v.status, v.value as part, v.shown as part_shown
    from here h
    join pub.result r on r.publication = h.id and r.criterion = dimension_rows.dimension and r.value is not null
    join pub.entrant e on e.publication = h.id and e.region = r.region
    -- Row by row on purpose: joined freely, each region's figures of all rounds would be read.
    left join lateral (
      select q.value, q.shown from pub.result q
      where q.publication = h.before and q.criterion = dimension_rows.dimension and q.region = r.region limit 1) b on true
    left join part t on t.count <= 8
    left join score v on v.region = r.region and v.place = t.place
  )
  select f.first, coalesce(c.place = c.count, true), case when f.first then c.slug end, case when f.first then c.name end,
         case when f.first then c.province_name end, case when f.first then c.value end, case when f.first then c.shown end, case when f.first then c.bar end,
         f.change, pub.shown(f.change, c.round_step), case when f.first then c.previous end, case when f.first then c.previous_shown end,
         f.change > 0, f.change < 0, f.change is not null, f.first and c.change is null, f.change * c.direction > 0, f.change * c.direction < 0,
         c.place is not null, c.part, c.part_shown, c.part is not null, c.place is not null and coalesce(c.status, 'no_data') = 'no_data',
         coalesce(c.status = 'not_applicable', false)
  from cell c
  cross join lateral (select coalesce(c.place = 1, true) as first, case when coalesce(c.place = 1, true) then c.change end as change) f
  order by c.value * -c.direction, c.bare, c.slug, c.place;
end;

-- The participants without a value, and why: it does not apply, or too few of its parts are known.
create or replace function page.dimension_missing(lang text, dimension text, round text, terbitan integer)
returns table (slug text, name text, unknown boolean, excluded boolean, partly boolean, known_parts bigint, all_parts bigint)
language sql stable
begin atomic
  select e.slug, e.name, r.status = 'no_data' and t.known = 0, r.status = 'not_applicable', r.status = 'no_data' and t.known > 0, t.known, t.parts
  from pub.chosen(dimension_missing.round, terbitan) p
  join pub.result r on r.publication = p.id and r.criterion = dimension_missing.dimension and r.value is null
  join pub.entrant e on e.publication = p.id and e.region = r.region
  cross join lateral (
    select count(*) as parts, count(v.value) as known
    from pub.edge g
    left join pub.result v on v.publication = p.id and v.criterion = g.child and v.region = r.region
    where g.publication = p.id and g.parent = dimension_missing.dimension
      and v.status is distinct from 'not_applicable') t
  order by e.bare, e.slug;
end;
