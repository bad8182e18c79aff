-- Page report: one city in one round on one sheet. The same figures as on the city's page.

create or replace function page.report(
  lang text, city text, putaran text, terbitan integer, daerah text default null)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select p.simulated,
           r.slug,
           r.name as city_name,
           r.code,
           r.province_slug,
           r.province_name,
           r.population,
           r.area,
           r.cohort_year as since,
           pub.group_said(lang, nullif(nullif(e."group", 'umum'), '')) as group_name,
           p.round,
           pub.pick(lang, p.label_id, p.label_en) as round_name,
           case when not p.current then p.n end as edition,
           p.n as number,
           date_trunc('second', p.published_at) as published_at,
           p.version,
           left(p.digest, 16) as digest,
           left(p.record, 16) as record,
           trim_scale(p.scale_min) as scale_min,
           trim_scale(p.scale_max) as scale_max,
           e.parts_told as components,
           e.dimensions_told as dimensions,
           e.apart,
           e.untold,
           r.targets and not p.simulated as targets,
           r.wins as win_count,
           r.wins > 6 as more_wins,
           r.slug = daerah as self,
           (select m from pub.mine(daerah, p.id, p.main) m where r.slug <> daerah) as mine,
           (select s from pub.city_standing(lang, p.id, r.code, c.cited) s) as standing,
           (select row_to_json(item) from (
              select g.why_word,
                     g.covered,
                     g.needed
              from pub.city_gap(lang, p.id, r.code) g) item) as gap,
           (select s from pub.city_ranks(lang, p.id, r.code, c.cited) s) as ranks,
           (select m from pub.matrix(lang, p.id, r.code, o.code) m) as matrix,
           (select m from pub.matrix_finding(lang, p.id, r.code) m) as matrix_finding,
           (select s from pub.city_ends(lang, p.id, r.code, 'dimensions') s) as dimension_ends,
           (select json_agg(m) from pub.city_measures(lang, p.id, r.code, o.code) m
            where m.list_word <> 'others') as measures,

           -- A sheet has room for six rounds: the newest, or those that end with its own.
           case when case when p.simulated then r.simulated_past else r.real_past end then (
             with past as (
               select h.*, row_number() over () as n, count(*) over () as count
               from pub.city_history(lang, p.id, r.code, null) h
             )
             select json_agg(item) from (
               select h.past_round,
                      h.past_label,
                      h.now,
                      h.value,
                      h.shown,
                      h.status_word,
                      h.change,
                      h.move_word,
                      h.turn_word,
                      h.incomparable,
                      h.stated_change,
                      h.aim
               from past h
               left join past own on own.now
               cross join lateral (
                 select case when own.n <= h.count - 6 then greatest(own.n, 6)
                             else h.count end as last) room
               where h.n between room.last - 5 and room.last
               order by h.n) item) end as history,

           -- And for six quick wins.
           (select json_agg(item) from (
              select w.id,
                     w.title as win,
                     w.year as win_year,
                     w.dimension,
                     pub.pick(lang, w.dimension_id, w.dimension_en) as dimension_name
              from pub.quick_win w
              where w.region = r.code and not p.simulated
              order by w.year desc nulls last, w.dimension_ord nulls last, w.title
              limit 6) item) as wins,
           (select json_agg(item) from (
              select s.n as source_n,
                     s.source_text,
                     s.source_url
              from pub.city_cited(c.cited) s) item) as sources
    from pub.city_view(city, putaran, terbitan) v
    join pub.region r on r.code = v.region
    join pub.publication p on p.id = v.publication
    join pub.entrant e on e.publication = p.id and e.region = r.code
    left join pub.region o on o.slug = daerah and o.code <> r.code
    cross join lateral (
      select array_agg(s.source order by s.n) as cited
      from pub.city_sources(p.id, r.code, p.simulated) s) c) d;
end;
