-- Page compare: two to six cities side by side. Real and simulated figures never share a page: a simulated round shows
-- its own years and no facts.

create or replace function page.compare(lang text, kota text[], putaran text)
returns table (
  status integer, simulated boolean, kota_list text, round text, round_name text, scale_min numeric, scale_max numeric,
  nobody boolean, lonely boolean, several boolean, room boolean, has_unknown boolean, has_known boolean,
  asked_round boolean, valued bigint, everyone bigint, enough boolean, one_value boolean, no_value boolean,
  comparable boolean, unpublished text, some_unpublished boolean, has_ranks boolean, factual boolean)
language sql stable
begin atomic
  select case when asked.known < asked.everyone then 404 end,
         coalesce(p.simulated, false), array_to_string(asked.slugs, ','), p.round,
         pub.pick(lang, p.label_id, p.label_en), trim_scale(p.scale_min), trim_scale(p.scale_max),
         asked.known = 0, asked.known = 1, asked.known > 1, asked.known < 6, asked.known < asked.everyone, asked.known > 0,
         putaran is not null, cells.valued, asked.known, asked.known > 1 and cells.valued > 1, asked.known > 1 and cells.valued = 1,
         asked.known > 1 and cells.valued = 0,
         asked.known > 1 and cells.comparable, cells.unpublished, cells.unpublished is not null,
         asked.known > 1 and not p.simulated and exists (
           select from pub.compared(kota) r join pub.figure f on f.region = r.region and f.rank_scope is not null),
         asked.known > 1 and not coalesce(p.simulated, false)
  from (
    select coalesce(cardinality(kota), 0) as everyone, count(r.slug) as known,
           array_agg(r.slug order by r.place) as slugs, min(r.place) as first
    from (select) one left join pub.compared(kota) r on true) asked
  left join pub.publication p on p.id = (select pub.compared_in(kota, putaran))
  cross join lateral (
    select coalesce(max(c.valued) filter (where c.main), 0) as valued, coalesce(bool_or(c.valued > 1), false) as comparable,
           string_agg(pub.pick(lang, c.name_id, c.name_en), ', ' order by c.main desc, c.ord)
             filter (where c.valued = 0 and c.applies and c.place = asked.first) as unpublished
    from pub.compared_cells(kota, p.id) c) cells
  where putaran is null or p.id is not null;
end;

-- The compared cities with what they are, and the address that leaves each out.
create or replace function page.compare_chosen(lang text, kota text[], putaran text)
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
create or replace function page.compare_unknown(lang text, kota text[], putaran text)
returns table (unknown_slug text)
language sql stable
begin atomic
  select asked.slug
  from unnest(kota) with ordinality asked (slug, place)
  where not exists (select from pub.region r where r.slug = asked.slug)
  order by asked.place;
end;

-- Who else can be chosen. Indonesia has 514 regions; what packages add beyond that has its own pages, but no place in a menu.
create or replace function page.compare_options(lang text, kota text[], putaran text)
returns table (option_slug text, option_name text)
language sql stable
begin atomic
  select r.slug, r.name
  from pub.region r
  where r.slug <> all (coalesce(kota, '{}'))
    and (r.kind is not null
         or exists (select from pub.entrant e where e.publication = (select pub.compared_in(kota, putaran)) and e.region = r.code))
  order by r.name
  limit 600;
end;

-- The rounds in which any of them takes part.
create or replace function page.compare_rounds(lang text, kota text[], putaran text)
returns table (href text, label text, here boolean, empty boolean)
language sql stable
begin atomic
  select '/banding?kota=' || (select string_agg(k.slug, ',' order by k.place) from pub.compared(kota) k) || '&putaran=' || p.round,
         pub.pick(lang, p.label_id, p.label_en), p.id = (select pub.compared_in(kota, putaran)), not a.has_value
  from (
    select e.publication, bool_or(e.has_value) as has_value
    from pub.entrant e
    where e.region = any (array(select r.region from pub.compared(kota) r))
    group by e.publication) a
  join pub.publication p on p.id = a.publication and p.current
  order by p.ord;
end;

-- The criteria of which at least two have a value: the main one, then the largest differences.
create or replace function page.compare_measures(lang text, kota text[], putaran text)
returns table (measure text, dimension text, known boolean, other boolean, first_of_measure boolean, last_of_measure boolean,
               spread numeric, city text, value numeric, shown numeric, bar text, has_value boolean, no_data boolean,
               not_applicable boolean, best boolean, equal boolean, behind boolean, distance numeric)
language sql stable
begin atomic
  select pub.pick(lang, c.name_id, c.name_en), c.dimension, c.dimension is not null, c.dimension is null,
         c.place = min(c.place) over (partition by c.criterion), c.place = max(c.place) over (partition by c.criterion),
         pub.shown(c.spread, c.round_step), c.name,
         trim_scale(c.value), c.shown, c.bar, c.status = 'value', c.status = 'no_data', c.status = 'not_applicable',
         c.value = c.best and c.spread > 0, c.value is not null and c.spread = 0, c.value <> c.best, pub.shown(abs(c.best - c.value), c.round_step)
  from pub.compared_cells(kota, (select pub.compared_in(kota, putaran))) c
  where c.valued > 1
  order by c.main desc, c.spread desc, c.ord, c.place;
end;

-- What each of them has not published in the round although at least two others have, so that nobody takes a gap for a zero; and for
-- who has no main value there, where there is one.
create or replace function page.compare_gaps(lang text, kota text[], putaran text)
returns table (city text, outside boolean, everything boolean, partly boolean, missing text, elsewhere text, never boolean, ever boolean)
language sql stable
begin atomic
  select g.name, not g.takes_part, g.takes_part and g.nothing, g.takes_part and not g.nothing and g.missing is not null, g.missing,
         past.labels, g.without_main and past.labels is null, g.without_main and past.labels is not null
  from pub.publication p
  cross join lateral (
    select c.place, c.region, c.name, c.takes_part, bool_and(c.status = 'no_data') as nothing,
           bool_or(c.main and c.status = 'no_data') as without_main,
           string_agg(pub.pick(lang, c.name_id, c.name_en), ', ' order by c.main desc, c.ord) filter (where c.status = 'no_data' and c.valued > 1) as missing
    from pub.compared_cells(kota, p.id) c
    group by c.place, c.region, c.name, c.takes_part) g
  cross join lateral (
    select string_agg(pub.pick(lang, q.label_id, q.label_en), ', ' order by q.ord) as labels
    from pub.entrant e
    join pub.publication q on q.id = e.publication and q.current and q.simulated = p.simulated
    where g.without_main and e.region = g.region and e.value is not null) past
  where p.id = (select pub.compared_in(kota, putaran)) and (g.missing is not null or g.without_main)
  order by g.place;
end;

-- The measures that only one of them has, city by city.
create or replace function page.compare_waiting(lang text, kota text[], putaran text)
returns table (city text, first_of_city boolean, last_of_city boolean, more_of_city boolean, measure text, value numeric, shown numeric)
language sql stable
begin atomic
  select c.name, row_number() over in_city = 1, row_number() over in_city = count(*) over (partition by c.place),
         row_number() over in_city < count(*) over (partition by c.place), pub.pick(lang, c.name_id, c.name_en),
         trim_scale(c.value), c.shown
  from pub.compared_cells(kota, (select pub.compared_in(kota, putaran))) c
  where c.valued = 1 and c.value is not null
  window in_city as (partition by c.place order by c.main desc, c.ord)
  order by c.place, c.main desc, c.ord;
end;

-- The cells of the table over the years, city by city; those of the first city carry the heads.
create or replace function page.compare_years(lang text, kota text[], putaran text)
returns table (head boolean, head_label text, slug text, city text, first_of_city boolean, last_of_city boolean, value numeric, shown numeric, has_value boolean,
               absent boolean, cell_here boolean)
language sql stable
begin atomic
  with city as materialized (select r.place, r.region, r.slug, r.name, min(r.place) over () as first from pub.compared(kota) r),
  told as materialized (
    select e.region, e.publication, e.value, e.shown from pub.entrant e where e.region = any (array(select c.region from city c))),
  head as materialized (
    -- The rounds in which any of them takes part.
    select q.id, q.label_id, q.label_en, q.id = p.id as here, row_number() over (order by q.ord) as n, count(*) over () as last
    from pub.publication p
    cross join (select distinct t.publication from told t) t
    join pub.publication q on q.id = t.publication and q.current and q.simulated = p.simulated
    where p.id = (select pub.compared_in(kota, putaran)))
  select c.place = c.first, pub.pick(lang, h.label_id, h.label_en), c.slug, c.name, h.n = 1, h.n = h.last,
         trim_scale(t.value), t.shown, t.value is not null, t.value is null, h.here
  from city c
  cross join head h
  left join told t on t.publication = h.id and t.region = c.region
  order by c.place, h.n;
end;

-- The ministry's ranks of every year; they come from different groups and are not set side by side.
create or replace function page.compare_ranks(lang text, kota text[], putaran text)
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
create or replace function page.compare_wins(lang text, kota text[], putaran text)
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
create or replace function page.compare_sources(lang text, kota text[], putaran text)
returns table (city text, source_text text, linked boolean, unlinked boolean, source_url text, source_name text)
language sql stable
begin atomic
  with city as materialized (select r.place, r.region, r.name from pub.compared(kota) r),
  here as materialized (select p.id, p.simulated from pub.publication p where p.id = (select pub.compared_in(kota, putaran))),
  cited as (
    select c.place, c.name, s.source
    from here h
    join pub.result s on s.publication = h.id and s.region = any (array(select k.region from city k)) and s.value is not null
    join city c on c.region = s.region
    union
    select c.place, c.name, e.said_by
    from here h
    join pub.entrant e on e.region = any (array(select k.region from city k))
    join pub.publication q on q.id = e.publication and q.current and q.simulated = h.simulated
    join city c on c.region = e.region
  )
  select s.name, pub.source_rest(s.source), u.url is not null, u.url is null, u.url, pub.source_name(s.source)
  from cited s
  cross join lateral (select pub.source_url(s.source) as url) u
  where s.source <> ''
  order by s.place, s.source;
end;
