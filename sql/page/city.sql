-- Page city: the profile of one city, in one round or, when it takes part in none, without any.

create or replace function page.city(
  lang text, city text, putaran text, terbitan integer, daerah text default null)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select k.simulated,
           r.slug,
           r.name as city_name,
           r.code,
           not r.member as guest,
           r.province_slug,
           r.province_name,
           r.population,
           r.area,
           r.cohort_year as since,
           pub.group_said(lang, nullif(nullif(e."group", 'umum'), '')) as group_name,
           p.round,
           p.year,
           pub.pick(lang, p.label_id, p.label_en) as round_name,
           case when not p.current then p.n end as edition,
           v.publication is null and putaran is not null as left_out,
           trim_scale(p.scale_min) as scale_min,
           trim_scale(p.scale_max) as scale_max,
           e.parts_told as components,
           e.dimensions_told as dimensions,
           e.parts_told or e.dimensions_told as told,
           e.others_told and exists (
             select from pub.criterion c
             where c.publication = v.publication and not c.main and c.part_ord is null
               and c.kind <> 'dimension' and c.code <> all (k.crossed)) as criteria,
           e.apart,
           e.untold,
           r.targets and not k.simulated as targets,
           r.wins as win_count,
           past.older_href,
           past.newer_href,
           r.slug = daerah as self,
           (select m from pub.mine(daerah, v.publication, p.main) m where r.slug <> daerah) as mine,

           -- The menu: the newest rounds of its kind in which the city takes part; `trial_href`:
           -- the newest simulated one, which has a menu of its own.
           (select json_agg(item) from (
              select '/kota/' || city || '?putaran=' || q.round as href,
                     pub.pick(lang, q.label_id, q.label_en) as label,
                     q.id = v.publication as here,
                     not n.has_value as empty
              from pub.past(array[v.region], k.simulated, v.publication) t
              join pub.publication q on q.id = t.publication and t.place between 1 and 10
              join pub.entrant n on n.publication = q.id and n.region = v.region
              order by q.ord) item) as rounds,
           -- Those in which it took part: rounds list cities that were selected later, too.
           (select json_agg(item) from (
              select pub.pick(lang, q.label_id, q.label_en) as joined_label
              from pub.publication q
              join pub.entrant n on n.publication = q.id and n.region = v.region
              where q.current and q.simulated = k.simulated
                and (q.simulated or q.year >= r.cohort_year)
              order by q.ord) item) as joined,
           (select '/kota/' || city || '?putaran=' || q.round
            from pub.past(array[v.region], true, null) t
            join pub.publication q on q.id = t.publication and t.place = 1
            where not k.simulated) as trial_href,
           (select s from pub.city_standing(lang, v.publication, v.region, c.cited) s) as standing,
           (select row_to_json(g) from pub.city_gap(lang, v.publication, v.region) g) as gap,
           (select s from pub.city_ranks(lang, v.publication, v.region, c.cited) s) as ranks,

           -- What the matrix has is not listed again.
           (select m from pub.matrix(lang, v.publication, v.region, o.code) m) as matrix,
           (select m from pub.matrix_finding(lang, v.publication, v.region) m) as matrix_finding,
           (select s from pub.city_ends(lang, v.publication, v.region, 'parts') s) as part_ends,
           (select s from pub.city_ends(lang, v.publication, v.region, 'dimensions') s)
             as dimension_ends,
           (select json_agg(item) from (
              select m.*,
                     pub.pick(lang, w.parents_id, w.parents_en) as parents
              from pub.city_measures(lang, v.publication, v.region, o.code) m
              join pub.criterion w on w.publication = v.publication and w.code = m.criterion
              where m.criterion <> all (k.crossed)
              order by w.part_ord, w.dimension_ord, w.ord) item) as measures,
           case when case when k.simulated then r.simulated_past else r.real_past end
                then (select json_agg(h)
                      from pub.city_history(lang, v.publication, v.region, o.code) h)
                end as history,

           case when not k.simulated then (select a from pub.city_agencies(lang, v.region) a) end
             as agencies,

           -- Newest first, dimensions in their order.
           (select json_agg(item) from (
              select w.id,
                     w.title as win,
                     w.summary,
                     w.agency,
                     w.year as win_year,
                     w.dimension,
                     pub.pick(lang, w.dimension_id, w.dimension_en) as dimension_name,
                     w.source_url,
                     w.source_name
              from pub.quick_win w
              where w.region = v.region and not k.simulated
              order by w.year desc nulls last, w.dimension_ord nulls last, w.title) item) as wins,

           -- Of other regions, those of similar ones first, one in each of up to three dimensions
           -- where this one has most room to grow; where it has no value in any, `ideas`, of all.
           not k.simulated and weak.dimensions is null as ideas,
           (select json_agg(item) from (
              select w.id,
                     w.title as win,
                     w.summary,
                     w.slug,
                     w.name as city,
                     w.dimension,
                     pub.pick(lang, w.dimension_id, w.dimension_en) as dimension_name,
                     w.year as win_year
              from pub.dimension room
              cross join lateral (
                select q.*
                from pub.quick_win q
                where q.dimension = room.code and q.region <> v.region
                order by array_position(like_it.near, q.region), q.year desc nulls last, q.id
                limit 1) w
              where not k.simulated
                and (weak.dimensions is null or room.code = any (weak.dimensions))
              order by room.ord, w.year desc nulls last, w.id) item) as learn,
           (select s from pub.city_alike(lang, asked.publication, v.region, o.code) s)
             as alike,

           -- All that was published about the city, newest first, with its caution.
           (select nullif(count(*), 0) from pub.figure f
            where f.region = v.region and not k.simulated) as fact_count,
           (select json_agg(item) from (
              select pub.pick(lang, f.name_id, f.name_en) as fact_name,
                     f.year as fact_year,
                     trim_scale(f.value) as fact_value,
                     f.shown as fact_shown,
                     case when f.unit in ('percent', 'difference', 'rank') then f.unit
                          else 'score' end as unit_word,
                     pub.group_said(lang, f."group") as fact_group,
                     f.denominator as fact_of,
                     f.confidence as confidence_word,
                     f.note,
                     f.source_url,
                     f.source_name
              from pub.figure f
              where f.region = v.region and not k.simulated
              order by f.year desc nulls last, f.ord nulls last, f.id) item) as facts,
           (select json_agg(item) from (
              select s.n as source_n,
                     s.source_text,
                     s.source_url,
                     s.source_name
              from pub.city_cited(c.cited) s) item) as sources
    from pub.city_view(city, putaran, terbitan) v
    join pub.region r on r.code = v.region
    left join pub.publication p on p.id = v.publication
    left join pub.entrant e on e.publication = v.publication and e.region = v.region
    left join pub.region o on o.slug = daerah and o.code <> v.region
    cross join lateral (
      select coalesce(p.simulated, false) as simulated,
             array(select x.child from pub.crossings(v.publication) x) as crossed) k
    -- Where it takes part in no round, others are looked for in the newest.
    cross join lateral (
      select coalesce(v.publication, (select s.id from pub.publication s
                                      where s.standard and not s.simulated)) as publication) asked
    left join lateral (
      select array_agg(s.region order by s.distance, s.region) as near
      from pub.alike(v.region, p.year) s) like_it on true
    left join lateral (
      select array_agg(x.dimension) as dimensions
      from (
        select t.dimension
        from pub.criterion t
        join pub.result s
          on s.publication = t.publication and s.region = v.region and s.criterion = t.code
             and s.value is not null
        where t.publication = v.publication and t.dimension is not null and p.direction > 0
        order by s.value, t.dimension_ord
        limit 3) x) weak on true
    cross join lateral (
      select array_agg(s.source order by s.n) as cited
      from pub.city_sources(v.publication, v.region, k.simulated) s) c
    cross join lateral (
      select min(x.href) filter (where t.place = 11) as older_href,
             min(x.href) filter (where t.place = 0) as newer_href
      from pub.past(array[v.region], k.simulated, v.publication) t
      join pub.publication q on q.id = t.publication
      cross join lateral (select '/kota/' || city || '?putaran=' || q.round as href) x
      where t.place in (0, 11)) past) d;
end;
