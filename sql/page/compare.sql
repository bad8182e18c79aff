-- Page compare: two to six cities side by side. Real and simulated figures never share a page: a simulated round shows
-- its own years and no facts.

create or replace function page.compare(lang text, kota text[], putaran text, q text)
returns table (
  status integer, simulated boolean, kota_list text, round text, round_name text, scale_min numeric, scale_max numeric,
  nobody boolean, lonely boolean, several boolean, room boolean, has_unknown boolean, has_known boolean,
  asked_round boolean, valued bigint, everyone bigint, enough boolean, one_value boolean, no_value boolean,
  comparable boolean, lower_better boolean, has_ranks boolean, factual boolean,
  menu boolean, menu_of_all boolean, menu_of_neighbours boolean, finder boolean, words text, searched boolean, nothing_found boolean,
  has_older_rounds boolean, older_href text, has_newer_rounds boolean, newer_href text)
language sql stable
begin atomic
  select case when asked.known < asked.everyone then 404 end,
         coalesce(p.simulated, false), asked.list, p.round,
         pub.pick(lang, p.label_id, p.label_en), trim_scale(p.scale_min), trim_scale(p.scale_max),
         asked.known = 0, asked.known = 1, asked.known > 1, asked.known < 6, asked.known < asked.everyone, asked.known > 0,
         putaran is not null, main.valued, asked.known, asked.known > 1 and main.valued > 1, asked.known > 1 and main.valued = 1,
         asked.known > 1 and main.valued = 0,
         asked.known > 1 and exists (
           select from unnest(asked.regions) g (region)
           cross join lateral (select s.criterion from pub.result s where s.region = g.region and s.publication = p.id and s.value is not null) s
           group by s.criterion having count(*) > 1), p.direction < 0,
         asked.known > 1 and not p.simulated and exists (
           select from unnest(asked.regions) r (region) join pub.figure f on f.region = r.region and f.rank_scope is not null),
         asked.known > 1 and not coalesce(p.simulated, false),
         q is null and (asked.known > 0 or not menu.crowded), not menu.crowded, menu.crowded, menu.crowded or q is not null, q, q is not null,
         q is not null and not exists (select from pub.directory(q, null, null) d where d.slug <> all (coalesce(kota, '{}'))),
         past.older is not null, past.older, past.newer is not null, past.newer
  from (
    select coalesce(cardinality(kota), 0) as everyone, count(r.slug) as known,
           string_agg(r.slug, ',' order by r.place) as list, array_agg(r.region order by r.place) as regions
    from (select) one left join pub.compared(kota) r on true) asked
  left join pub.publication p on p.id = (select pub.compared_in(kota, putaran))
  cross join lateral (
    select count(*) as valued from pub.entrant e where e.publication = p.id and e.region = any (asked.regions) and e.value is not null) main
  cross join (select count(*) > 150 as crowded from (select from pub.region limit 151) r) menu
  cross join lateral (
    select min(x.href) filter (where k.place = 11) as older, min(x.href) filter (where k.place = 0) as newer
    from pub.past(asked.regions, p.simulated, p.id) k
    join pub.publication o on o.id = k.publication
    cross join lateral (select '/banding?kota=' || asked.list || '&putaran=' || o.round as href) x
    where k.place in (0, 11)) past
  where putaran is null or p.id is not null;
end;

-- The compared cities with what they are, and the address that leaves each out.
create or replace function page.compare_chosen(lang text, kota text[], putaran text, q text)
returns table (slug text, city text, others text, placed boolean, unplaced boolean, province_name text, peopled boolean, unpeopled boolean, population integer,
               measured boolean, unmeasured boolean, area numeric, joined boolean, unjoined boolean, since integer)
language sql stable
begin atomic
  select r.slug, r.name, array_to_string(array_remove(array_agg(r.slug) over (order by r.place rows between unbounded preceding and unbounded following), r.slug), ','),
         r.province is not null, r.province is null, r.province_name, r.population is not null, r.population is null, r.population,
         r.area is not null, r.area is null, r.area, r.cohort_year is not null, r.cohort_year is null, r.cohort_year
  from pub.compared(kota) r
  order by r.place;
end;

-- Asked names that are nobody's.
create or replace function page.compare_unknown(lang text, kota text[], putaran text, q text)
returns table (unknown_slug text)
language sql stable
begin atomic
  select asked.slug
  from unnest(kota) with ordinality asked (slug, place)
  where not exists (select from pub.region r where r.slug = asked.slug)
  order by asked.place;
end;

-- Who else can be chosen: all, or, where they are too many for a menu, those of the same provinces; of a search, whom it finds.
create or replace function page.compare_options(lang text, kota text[], putaran text, q text)
returns table (option_slug text, option_name text, with_option text)
language sql stable
begin atomic
  with menu as materialized (select count(*) > 150 as crowded from (select from pub.region limit 151) r),
  chosen as materialized (select r.place, r.slug, r.province from pub.compared(kota) r)
  select o.slug, o.name, concat_ws(',', (select string_agg(c.slug, ',' order by c.place) from chosen c), o.slug)
  from (
    -- Only one of the three is looked at.
    select r.slug, r.name
    from pub.region r
    where q is null and not (select m.crowded from menu m)
      and (r.kind is not null
           or exists (select from pub.entrant e where e.publication = (select pub.compared_in(kota, putaran)) and e.region = r.code))
    union all
    select r.slug, r.name
    from (select distinct c.province from chosen c where q is null and (select m.crowded from menu m)) near
    -- With a limit those of each province are looked up.
    cross join lateral (select n.slug, n.name from pub.region n where n.province = near.province and n.listed limit 150) r
    union all
    select d.slug, d.name from pub.directory(q, null, null) d where q is not null) o
  where o.slug <> all (coalesce(kota, '{}'))
  order by o.name
  limit 150;
end;

-- The newest rounds in which any of them takes part, of either kind.
create or replace function page.compare_rounds(lang text, kota text[], putaran text, q text)
returns table (href text, label text, here boolean, empty boolean)
language sql stable
begin atomic
  with city as materialized (select array_agg(r.region) as regions, string_agg(r.slug, ',' order by r.place) as list from pub.compared(kota) r),
  here as materialized (select pub.compared_in(kota, putaran) as publication)
  select '/banding?kota=' || c.list || '&putaran=' || p.round,
         pub.pick(lang, p.label_id, p.label_en), p.id = h.publication,
         not exists (select from unnest(c.regions) g (region)
                     cross join lateral (select from pub.entrant e where e.publication = p.id and e.region = g.region and e.has_value limit 1) e)
  from city c
  cross join here h
  cross join (values (false), (true)) of (simulated)
  cross join lateral pub.past(c.regions, of.simulated, h.publication) k
  join pub.publication p on p.id = k.publication and k.place between 1 and 10
  order by p.ord;
end;

-- What the cities have in the round, in four lists. `in_measures`: the criteria of which at least two have a value, the main one first, then
-- the largest differences; city by city, and below an `overview` criterion the medians of their groups (`is_group`). `in_gaps`: what
-- each city has not published although at least two others have, so that nobody takes a gap for a zero; and for who has no main value
-- there, where there is one. `in_waiting`: the measures that only one of them has, city by city. `in_unpublished`: those that none has.
-- `first_missing` and `last_missing` are the ends of the last three lists together.
create or replace function page.compare_cells(lang text, kota text[], putaran text, q text)
returns table (in_measures boolean, in_gaps boolean, in_waiting boolean, in_unpublished boolean, first_missing boolean, last_missing boolean,
               city text, measure text, dimension text, known boolean, other boolean, first_of_measure boolean, last_of_measure boolean,
               overview boolean, is_city boolean, is_group boolean, group_name text, ranked integer,
               spread numeric, value numeric, shown numeric, bar text, has_value boolean, no_data boolean,
               not_applicable boolean, best boolean, equal boolean, behind boolean, distance numeric,
               outside boolean, everything boolean, partly boolean, missing text, elsewhere text, never boolean, ever boolean,
               first_of_list boolean, last_of_list boolean, more_of_list boolean)
language sql stable
begin atomic
  with here as materialized (
    select p.id, p.simulated from pub.publication p where p.id = (select pub.compared_in(kota, putaran))
  ), cell as materialized (
    select c.*, pub.pick(lang, c.name_id, c.name_en) as measure
    from here h
    cross join lateral pub.compared_cells(kota, h.id) c
  ), gap as (
    select c.place, c.region, c.name, not c.takes_part as outside, bool_and(c.status = 'no_data') as nothing,
           bool_or(c.main and c.status = 'no_data') as without_main,
           string_agg(c.measure, ', ' order by c.main desc, c.ord) filter (where c.status = 'no_data' and c.valued > 1) as missing
    from cell c
    group by c.place, c.region, c.name, c.takes_part
  ), line as (
    -- The cities, then the medians, of a group of more than one.
    select c.criterion, c.main, c.spread, c.ord, c.measure, c.dimension, c.round_step, c.overview, c.place, c.name, null as group_name, null::integer as ranked,
           trim_scale(c.value) as value, c.shown, c.bar, c.status, c.best
    from cell c
    where c.valued > 1
    union all
    select m.criterion, m.main, m.spread, m.ord, m.measure, m.dimension, m.round_step, m.overview, 100 + m.place, null, f."group", f.ranked,
           trim_scale(f.median), f.median_shown, f.median_at || '%', 'value', null
    from here h
    cross join (
      select distinct on (c.criterion, c."group") c.*
      from cell c
      where c.valued > 1 and c.overview and c."group" is not null
      order by c.criterion, c."group", c.place) m
    join pub.field f on f.publication = h.id and f.criterion = m.criterion and f."group" = m."group" and f.ranked > 1
  ), listed as (
    -- What only one has, by city; what none has, once.
    select c.valued = 1 as waiting, c.place, c.name, c.measure, c.value, c.shown, c.main, c.ord,
           row_number() over in_list as n, count(*) over (partition by c.valued, case when c.valued = 1 then c.place end) as last
    from cell c
    where c.valued = 1 and c.value is not null or c.valued = 0 and c.applies and c.place = (select min(k.place) from cell k)
    window in_list as (partition by c.valued, case when c.valued = 1 then c.place end order by c.main desc, c.ord)
  )
  select t.list = 1, t.list = 2, t.list = 3, t.list = 4, t.list > 1 and t.n_missing = 1, t.list > 1 and t.n_missing = t.last_missing,
         t.city, t.measure, t.dimension, t.dimension is not null, t.dimension is null, t.first_of_measure, t.last_of_measure,
         t.overview, t.city is not null, t.city is null, nullif(nullif(t.group_name, ''), 'umum'), t.ranked,
         t.spread, t.value, t.shown, t.bar, t.status = 'value', t.status = 'no_data', t.status = 'not_applicable',
         t.best, t.equal, t.behind, t.distance,
         t.outside, t.everything, t.partly, t.missing, t.elsewhere, t.never, t.ever, t.n = 1, t.n = t.last, t.n < t.last
  from (
    select u.*, row_number() over (partition by u.list > 1 order by u.list, u.line) as n_missing, count(*) over (partition by u.list > 1) as last_missing
    from (
      select 1 as list, l.name as city, l.measure, l.dimension, l.place = min(l.place) over of_measure as first_of_measure,
             l.place = max(l.place) over of_measure as last_of_measure, l.overview, l.group_name, l.ranked,
             pub.shown(l.spread, l.round_step) as spread, l.value, l.shown, l.bar, l.status,
             l.value = l.best and l.spread > 0 as best, l.value = l.best and l.spread = 0 as equal, l.value <> l.best as behind,
             pub.shown(l.value - l.best, l.round_step) as distance,
             null::boolean as outside, null::boolean as everything, null::boolean as partly, null as missing, null as elsewhere,
             null::boolean as never, null::boolean as ever, null::bigint as n, null::bigint as last,
             row_number() over (order by l.main desc, l.spread desc, l.ord, l.place) as line
      from line l
      window of_measure as (partition by l.criterion)
      union all
      select 2, g.name, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
             g.outside, not g.outside and g.nothing, not g.outside and not g.nothing and g.missing is not null, g.missing,
             past.labels, g.without_main and past.labels is null, g.without_main and past.labels is not null, null, null, g.place
      from gap g
      cross join here h
      cross join lateral (
        select coalesce(string_agg(pub.pick(lang, p.label_id, p.label_en), ', ' order by p.ord) filter (where e.value is not null),
                        max(pub.pick(lang, r.label_id, r.label_en)) filter (where not h.simulated)) as labels
        from pub.region r
        cross join lateral pub.past(array[r.code], h.simulated, h.id) k
        join pub.publication p on p.id = k.publication
        join pub.entrant e on e.publication = k.publication and e.region = r.code
        where r.code = g.region and g.without_main) past
      where g.missing is not null or g.without_main
      union all
      select case when l.waiting then 3 else 4 end, l.name, l.measure, null, null, null, null, null, null, null, trim_scale(l.value), l.shown, null, null, null, null, null, null,
             null, null, null, null, null, null, null, l.n, l.last, 1000 * l.place + l.n
      from listed l) u) t
  order by t.list, t.line;
end;

-- The cells of the table over the rounds, city by city; those of the first city carry the heads. `charted`: on the page's own scale;
-- `comparable`: with the city's value before, since the method is the same; `method_changed`: since the round before.
create or replace function page.compare_years(lang text, kota text[], putaran text, q text)
returns table (head boolean, head_label text, head_year integer, method_changed boolean, charted boolean, slug text, city text,
               first_of_city boolean, last_of_city boolean, value numeric, shown numeric, has_value boolean,
               absent boolean, cell_here boolean, comparable boolean)
language sql stable
begin atomic
  with city as materialized (select r.place, r.region, r.slug, r.name, min(r.place) over () as first from pub.compared(kota) r),
  head as materialized (
    select q.id, q.label_id, q.label_en, q.year, q.method, lag(q.method) over (order by k.place desc) <> q.method as method_changed,
           q.scale_min = p.scale_min and q.scale_max = p.scale_max as charted, q.id = p.id as here, k.place
    from pub.publication p
    cross join lateral pub.past(array(select c.region from city c), p.simulated, p.id) k
    join pub.publication q on q.id = k.publication
    where p.id = (select pub.compared_in(kota, putaran)) and k.place between 1 and 10)
  select c.place = c.first, pub.pick(lang, h.label_id, h.label_en), h.year, coalesce(h.method_changed, false), h.charted, c.slug, c.name,
         h.place = (select max(m.place) from head m), h.place = 1,
         trim_scale(e.value), e.shown, e.value is not null, e.value is null, h.here,
         e.value is not null and coalesce(lag(h.method) over (partition by c.place, e.value is null order by h.place desc) = h.method, false)
  from city c
  cross join head h
  -- With a limit each one is looked up.
  left join lateral (select t.value, t.shown from pub.entrant t where t.publication = h.id and t.region = c.region limit 1) e on true
  order by c.place, h.place desc;
end;

-- The ministry's ranks of every year; they come from different groups and are not set side by side.
create or replace function page.compare_ranks(lang text, kota text[], putaran text, q text)
returns table (city text, slug text, rank_name text, rank_plain boolean, rank_province text, rank_in_province boolean, rank_year integer, dated boolean, rank_value numeric, grouped boolean, rank_group text,
               counted boolean, uncounted boolean, rank_of integer, weak boolean, conflicting boolean, inferred boolean,
               source_url text, linked boolean, unlinked boolean, source_name text)
language sql stable
begin atomic
  select r.name, r.slug,
         pub.pick(lang, f.name_id, f.name_en), f.rank_scope <> 'province' or r.province is null, r.province_name,
         f.rank_scope = 'province' and r.province is not null,
         f.year, f.year is not null, f.value, f."group" is not null, f."group", f.denominator is not null, f.denominator is null, f.denominator,
         f.confidence = 'weak', f.confidence = 'conflicting', f.confidence = 'inferred',
         f.source_url, f.source_url is not null, f.source_url is null, f.source_name
  from pub.publication p
  cross join pub.compared(kota) r
  join pub.figure f on f.region = r.region and f.rank_scope is not null
  where p.id = (select pub.compared_in(kota, putaran)) and not p.simulated
  order by r.place, f.year desc nulls last, f.ord, f.id;
end;

-- Their quick wins by dimension; every city has a row in every dimension, `unrecorded` where there is none.
create or replace function page.compare_wins(lang text, kota text[], putaran text, q text)
returns table (dimension text, dimension_name text, has_dimension boolean, no_dimension boolean, first_of_dimension boolean, last_of_dimension boolean,
               city text, first_of_city boolean, last_of_city boolean, more_of_city boolean, unrecorded boolean, recorded boolean, id integer, win text, dated boolean, win_year integer)
language sql stable
begin atomic
  select d.code, pub.pick(lang, d.name_id, d.name_en), d.code is not null, d.code is null,
         row_number() over in_dimension = 1, row_number() over in_dimension = count(*) over (partition by d.ord),
         r.name, row_number() over in_city = 1, row_number() over in_city = count(*) over (partition by d.ord, r.place),
         row_number() over in_city < count(*) over (partition by d.ord, r.place), w.id is null, w.id is not null, w.id, w.title, w.year is not null, w.year
  from pub.publication p
  cross join pub.compared(kota) r
  cross join (
    select code, ord, name_id, name_en from pub.dimension
    union all
    select null, 100, null, null
    where exists (select from pub.quick_win q join pub.compared(kota) k on k.region = q.region where q.dimension is null)) d
  left join pub.quick_win w on w.region = r.region and w.dimension is not distinct from d.code
  where p.id = (select pub.compared_in(kota, putaran)) and not p.simulated
  window in_dimension as (partition by d.ord order by r.place, w.year desc nulls last, w.id),
         in_city as (partition by d.ord, r.place order by w.year desc nulls last, w.id)
  order by d.ord, r.place, w.year desc nulls last, w.id;
end;

-- Where the values of the page come from, city by city.
create or replace function page.compare_sources(lang text, kota text[], putaran text, q text)
returns table (city text, source_text text, linked boolean, unlinked boolean, source_url text, source_name text)
language sql stable
begin atomic
  with city as materialized (select r.place, r.region, r.name from pub.compared(kota) r),
  here as materialized (select p.id, p.simulated from pub.publication p where p.id = (select pub.compared_in(kota, putaran))),
  cited as (
    select c.place, c.name, s.source
    from here h
    cross join city c
    join pub.result s on s.publication = h.id and s.region = c.region and s.value is not null
    union
    select c.place, c.name, e.said_by
    from here h
    cross join lateral pub.past(array(select k.region from city k), h.simulated, h.id) k
    cross join city c
    cross join lateral (select t.said_by from pub.entrant t where t.publication = k.publication and t.region = c.region limit 1) e
    where k.place between 1 and 10
  )
  select s.name, pub.source_rest(s.source), u.url is not null, u.url is null, u.url, pub.source_name(s.source)
  from cited s
  cross join lateral (select pub.source_url(s.source) as url) u
  where s.source <> ''
  order by s.place, s.source;
end;
