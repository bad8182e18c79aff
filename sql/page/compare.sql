-- Page compare: two to six cities side by side. Real and simulated figures never share a page: a
-- simulated round shows its own years and no facts.

create or replace function page.compare(
  lang text, kota text[], putaran text, q text, daerah text default null)
returns setof json
language sql stable
begin atomic
  with mine as (
    select r.code, r.slug from pub.region r where r.slug = daerah limit 1
  ), city as (
    -- `short`: without its kind, where no other one is called so.
    select c.*, r.wins, r.value as newest, r.shown as newest_shown, r.label_id, r.label_en,
           case when count(*) over (partition by r.bare) = 1 then r.bare else r.name end as short
    from pub.compared(kota) c
    join pub.region r on r.code = c.region
  ), here as (
    select a.*, a.known > 1 as several, p.id, p.main, p.label_id, p.label_en, p.scale_min,
           p.scale_max, p.direction, p.standard,
           coalesce(p.simulated, false) as simulated,
           a.known > 1 and not p.simulated as factual
    from (
      select count(*) as known,
             array_agg(c.region order by c.place) as regions,
             string_agg(c.slug, ',' order by c.place) as list,
             array_agg(c.slug order by c.place) as slugs
      from city c) a
    left join pub.publication p on p.id = (select pub.compared_in(kota, putaran))
    where putaran is null or p.id is not null
  ), cell as (
    select c.*, pub.pick(lang, c.name_id, c.name_en) as measure
    from here h
    cross join lateral pub.compared_cells(kota, h.id) c
    where h.several
  ), past as (
    -- The newest rounds of its kind in which any of them takes part.
    select k.place, p.*
    from here h
    cross join lateral pub.past(h.regions, h.simulated, h.id) k
    join pub.publication p on p.id = k.publication
    where h.several
  ), head as (
    select p.*, p.id = h.id as here,
           p.scale_min = h.scale_min and p.scale_max = h.scale_max as charted,
           lag(p.method) over (order by p.place desc) <> p.method as method_changed
    from here h
    join past p on p.simulated = h.simulated and p.place between 1 and 10
  ), score as (
    -- `comparable`: with the city's value before, since the method is the same.
    select c.place, c.name, h.place as nth, e.said_by, e.value, e.shown, h.here,
           pub.pick(lang, h.label_id, h.label_en) as label,
           e.value is not null and coalesce(h.method =
             lag(h.method) over (partition by c.place, e.value is null order by h.place desc),
             false) as comparable
    from city c
    cross join head h
    -- With a limit each one is looked up.
    left join lateral (
      select t.value, t.shown, t.said_by
      from pub.entrant t
      where t.publication = h.id and t.region = c.region
      limit 1) e on true
  ), win as (
    select w.region, w.dimension,
           json_agg(x order by w.place) filter (where w.place <= 2) as wins,
           nullif(greatest(count(*) - 2, 0), 0) as more
    from here h
    join city c on h.factual
    cross join lateral (
      select q.*, row_number() over (partition by q.dimension
                                     order by q.year desc nulls last, q.id) as place
      from pub.quick_win q
      where q.region = c.region) w
    cross join lateral (select w.id, w.title as win) x
    group by w.region, w.dimension
  ), menu as (
    select count(*) > 150 as crowded from (select from pub.region limit 151) r
  ), option as (
    -- Who else can be chosen: all, or, where they are too many for a menu, those of the same
    -- provinces; of a search, whom it finds. Only one of the three is looked at.
    select r.slug, r.name
    from pub.region r
    where q is null and not (select m.crowded from menu m)
      and (r.kind is not null or exists (
        select from here h join pub.entrant e on e.publication = h.id and e.region = r.code))
    union all
    select r.slug, r.name
    from (
      select distinct c.province
      from city c
      where q is null and (select m.crowded from menu m)) near
    -- With a limit those of each province are looked up; the chosen ones are left out later.
    cross join lateral (
      select n.slug, n.name
      from pub.region n
      where n.province = near.province and n.listed
      order by n.name
      limit 150 + cardinality(kota)) r
    union all
    select d.slug, d.name
    from pub.directory(q, null, null) d
    where q is not null
  )
  select row_to_json(d) from (
    select (select row_to_json(x)
            from (select 404 as status where h.known < cardinality(kota)) x) as http,
           h.simulated,
           h.list as kota_list,
           h.several,
           h.known < 6 as room,
           h.known as everyone,
           putaran as asked_round,
           pub.pick(lang, h.label_id, h.label_en) as round_name,
           trim_scale(h.scale_min) as scale_min,
           trim_scale(h.scale_max) as scale_max,
           h.direction < 0 as lower_better,
           h.factual,
           v.valued,
           case when h.several
                then case v.valued when 0 then 'none' when 1 then 'one' else 'some' end
                end as valued_word,
           case when q is null
                then case when not m.crowded then 'all' when h.known > 0 then 'near' end
                end as menu_word,
           m.crowded or q is not null as finder,
           q as words,
           (select m from pub.mine(daerah, case when h.several then h.id end, h.main) m) as mine,
           -- The comparison with it, where it is not in this one.
           (select concat_ws(',', h.list, m.slug) from mine m
            where h.known < 6 and m.slug <> all (coalesce(h.slugs, '{}'))) as mine_list,
           past.older_href,
           past.newer_href,
           -- Which round is shown when none was asked for, and it is not the newest.
           h.several and putaran is null and not h.standard as chosen_round,
           (select '/banding?kota=' || h.list || '&putaran=' || p.round
            from pub.past(h.regions, true, null) t
            join pub.publication p on p.id = t.publication and t.place = 1
            where h.factual) as trial_href,

           -- The best and the last of those who have a main value.
           (select row_to_json(x) from (
              select c.name as first_city, l.name as last_city,
                     nullif(abs(c.shown - l.shown), 0) as lead
              from cell c
              join cell l on l.main and l.value is not null
              where c.main and c.value is not null and c.place <> l.place
              order by c.value * h.direction desc, l.value * h.direction, c.place, l.place desc
              limit 1) x) as finding,
           -- The dimension in which they differ most.
           (select row_to_json(x) from (
              select c.measure as widest, min(c.shown) as widest_low, max(c.shown) as widest_high
              from cell c
              where c.dimension is not null and c.valued > 1 and c.spread > 0
              group by c.criterion, c.measure, c.spread, c.ord
              order by c.spread desc, c.ord
              limit 1) x) as widest,
           (select nullif(count(distinct c.criterion), 0) from cell c
            where c.valued > 1 and not c.overview) as more_measures,
           (select json_agg(x) from (
              select c.name as city, c.slug, k.shown as city_shown, m.matrix,
                     c.slug = daerah as marked
              from city c
              left join mine o on true
              cross join lateral (
                select s as matrix from pub.matrix(lang, h.id, c.region, o.code) s) m
              join cell k on k.main and k.place = c.place
              where h.several
              order by c.place) x) as matrices,

           (select json_agg(x) from (
              select c.slug,
                     c.name as city,
                     case when h.factual then trim_scale(c.newest) end as newest,
                     c.newest_shown,
                     pub.pick(lang, c.label_id, c.label_en) as newest_label,
                     round(c.population / nullif(c.area, 0)) as density,
                     c.wins as win_count,
                     (select string_agg(o.slug, ',' order by o.place)
                      from city o
                      where o.place <> c.place) as others,
                     c.province_name,
                     c.population,
                     c.area,
                     c.cohort_year as since
              from city c
              order by c.place) x) as chosen,

           -- Asked names that are nobody's.
           (select json_agg(x) from (
              select a.slug as unknown_slug
              from unnest(kota) with ordinality a (slug, place)
              where a.slug not in (select c.slug from city c)
              order by a.place) x) as unknown,
           (select json_agg(x) from (
              select o.slug as option_slug, o.name as option_name
              from option o
              where o.slug <> all (coalesce(kota, '{}'))
              order by o.name
              limit 150) x) as options,
           (select json_agg(x) from (
              select '/banding?kota=' || h.list || '&putaran=' || p.round as href,
                     pub.pick(lang, p.label_id, p.label_en) as label,
                     p.id = h.id as here,
                     not exists (
                       select from unnest(h.regions) g (region)
                       cross join lateral (
                         select from pub.entrant e
                         where e.publication = p.id and e.region = g.region and e.has_value
                         limit 1) e) as "empty"
              from past p
              where p.place between 1 and 10
              order by p.ord) x) as rounds,

           -- The criteria of which at least two have a value, the main one first, then the largest
           -- differences; and the medians of their groups, of a group of more than one.
           (select json_agg(x) from (
              select c.measure,
                     c.dimension,
                     c.overview as leading,
                     pub.shown(c.spread, c.round_step) as spread,
                     json_agg(y order by c.place) as cities,
                     case when c.overview then (
                       select json_agg(z) from (
                         select pub.group_said(lang, nullif(f."group", '')) as group_name,
                                f.ranked,
                                trim_scale(f.median) as value,
                                f.median_shown as shown
                         from (
                           select k."group", min(k.place) as place
                           from cell k
                           where k.criterion = c.criterion
                           group by k."group") g
                         join pub.group_stat f
                           on f.publication = h.id and f.criterion = c.criterion
                              and f."group" = g."group" and pub.enough(f.ranked, null)
                         order by g.place) z) end as medians
              from cell c
              cross join lateral (
                select c.name as city,
                       trim_scale(c.value) as value,
                       c.shown,
                       c.status as status_word,
                       case when c.value = c.best
                            then case when c.spread > 0 then 'best' else 'equal' end
                            end as place_word,
                       case when c.value <> c.best
                            then pub.shown(c.value - c.best, c.round_step) end as distance,
                       c.region = m.code as marked,
                       o.shown as marked_shown
                from (select (select code from mine) as code) m
                left join pub.result o
                  on o.publication = h.id and o.region = m.code and o.criterion = c.criterion) y
              where c.valued > 1
              group by c.criterion, c.measure, c.dimension, c.overview, c.spread, c.round_step,
                       c.main, c.ord
              order by c.main desc, c.spread desc, c.ord) x) as measures,

           (select json_agg(x) from (
              select pub.pick(lang, p.label_id, p.label_en) as head_label,
                     p.year as head_year,
                     p.here as head_here,
                     p.charted,
                     (select e.shown from pub.entrant e
                      where e.publication = p.id and e.region = (select code from mine))
                       as marked_shown,
                     coalesce(p.method_changed, false) as method_changed
              from head p
              order by p.place desc) x) as heads,
           (select json_agg(x) from (
              select c.slug,
                     c.name as city,
                     c.short,
                     c.slug = daerah as marked,
                     (select json_agg(y) from (
                        select s.label as cell_label,
                               trim_scale(s.value) as value,
                               s.shown,
                               s.here as cell_here,
                               s.comparable
                        from score s
                        where s.place = c.place
                        order by s.nth desc) y) as cells
              from city c
              where exists (select from head)
              order by c.place) x) as years,

           (select row_to_json(l) from (
              select
                -- What each has not published although at least two others have, so that nobody
                -- takes a gap for a zero; and who has no main value here, and where there is one.
                (select json_agg(x) from (
                   select g.name as city,
                          g.outside,
                          g.nothing and not g.outside as everything,
                          case when not g.nothing then g.missing end as missing,
                          e.labels as elsewhere,
                          g.without_main and e.labels is null as never
                   from (
                     select c.place, c.region, c.name, not c.takes_part as outside,
                            bool_and(c.status = 'no_data') as nothing,
                            bool_or(c.main and c.status = 'no_data') as without_main,
                            string_agg(c.measure, ', ' order by c.main desc, c.ord)
                              filter (where c.status = 'no_data' and c.valued > 1) as missing
                     from cell c
                     group by c.place, c.region, c.name, c.takes_part) g
                   cross join lateral (
                     select coalesce(
                              string_agg(pub.pick(lang, p.label_id, p.label_en), ', '
                                         order by p.ord)
                                filter (where e.value is not null),
                              max(pub.pick(lang, r.label_id, r.label_en))
                                filter (where not h.simulated)) as labels
                     from pub.region r
                     cross join lateral pub.past(array[r.code], h.simulated, h.id) k
                     join pub.publication p on p.id = k.publication
                     join pub.entrant e on e.publication = k.publication and e.region = r.code
                     where r.code = g.region and g.without_main) e
                   where g.missing is not null or g.without_main
                   order by g.place) x) as gaps,
                -- What only one of them has, by city.
                (select json_agg(x) from (
                   select c.name as city,
                          json_agg(y order by c.main desc, c.ord) as only
                   from cell c
                   cross join lateral (
                     select c.measure, trim_scale(c.value) as value, c.shown) y
                   where c.valued = 1 and c.value is not null
                   group by c.place, c.name
                   order by c.place) x) as waiting,
                -- What none has.
                (select json_agg(x) from (
                   select c.measure
                   from cell c
                   where c.valued = 0 and c.applies and c.place = (select min(k.place) from cell k)
                   order by c.main desc, c.ord) x) as unpublished) l
            where coalesce(l.gaps, l.waiting, l.unpublished) is not null) as lacks,

           -- The ministry's ranks of every year; they come from different groups and are not set
           -- side by side.
           (select json_agg(x) from (
              select c.name as city,
                     c.slug,
                     pub.pick(lang, f.name_id, f.name_en) as rank_name,
                     case when f.rank_scope = 'province' then c.province_name end as rank_province,
                     f.year as rank_year,
                     f.value as rank_value,
                     pub.group_said(lang, f."group") as rank_group,
                     f.denominator as rank_of,
                     f.confidence as confidence_word,
                     f.source_name,
                     f.source_url
              from city c
              join pub.figure f on f.region = c.region and f.rank_scope is not null
              where h.factual
              order by c.place, f.year desc nulls last, f.ord, f.id) x) as ranks,

           -- Their quick wins; every city is in every dimension.
           (select json_agg(x) from (
              select t.code as dimension,
                     pub.pick(lang, t.name_id, t.name_en) as dimension_name,
                     (select json_agg(y) from (
                        select c.name as city, c.slug, w.wins, w.more
                        from city c
                        left join win w
                          on w.region = c.region and w.dimension is not distinct from t.code
                        order by c.place) y) as cities
              from (
                select code, ord, name_id, name_en from pub.dimension
                union all
                select null, 100, null, null
                where exists (select from win w where w.dimension is null)) t
              where h.factual
              order by t.ord) x) as dimensions,

           -- Comparisons to begin with.
           (select json_agg(x) from pub.compare_examples(lang, h.slugs[1]) x
            where not h.simulated) as examples,

           -- Where the values of the page come from.
           (select json_agg(x) from (
              select s.name as city,
                     pub.source_rest(s.source) as source_text,
                     pub.source_name(s.source) as source_name,
                     pub.source_url(s.source) as source_url
              from (
                select c.place, c.name, r.source
                from city c
                join pub.result r
                  on r.publication = h.id and r.region = c.region and r.value is not null
                where h.several
                union
                select s.place, s.name, s.said_by from score s) s
              where s.source <> ''
              order by s.place, s.source) x) as sources
    from here h
    cross join menu m
    cross join lateral (
      select count(*) as valued
      from pub.entrant e
      where e.publication = h.id and e.region = any (h.regions) and e.value is not null) v
    cross join lateral (
      select min(x.href) filter (where p.place = 11) as older_href,
             min(x.href) filter (where p.place = 0) as newer_href
      from past p
      cross join lateral (
        select '/banding?kota=' || h.list || '&putaran=' || p.round as href) x
      where p.simulated = h.simulated) past) d;
end;
