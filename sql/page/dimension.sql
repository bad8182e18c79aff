-- Page dimension: one criterion of a round, mostly a dimension or a component, over all cities,
-- with the parts that it is made of.

create or replace function page.dimension(
  lang text, dimension text, putaran text, terbitan integer, daerah text)
returns setof json
language sql stable
begin atomic
  with here as (
    select c.*, p.id, p.round, p.n, p.current, p.simulated, p.before, p.earlier, p.source,
           p.scale_min, p.scale_max, p.label_id, p.label_en, p.direction,
           pub.pick(lang, c.name_id, c.name_en) as name
    from (select coalesce(putaran, s.round) as round from pub.standard_round() s) s
    cross join lateral pub.chosen(s.round, terbitan) p
    join pub.criterion c on c.publication = p.id and c.code = dimension.dimension
  ), part as (
    select e.child, e.ord, c.ord as within, c.name_id, c.name_en, count(*) over () as count
    from here h
    join pub.edge e on e.publication = h.id and e.parent = h.code
    join pub.criterion c on c.publication = h.id and c.code = e.child
  ), score as (
    -- Of more than eight parts none is shown.
    select r.region, json_agg(x order by p.ord, p.within) as cells
    from here h
    cross join part p
    join pub.result r on r.publication = h.id and r.criterion = p.child
    cross join lateral (
      select r.value as part, r.shown as part_shown, r.status = 'not_applicable' as excluded) x
    where p.count <= 8
    group by r.region
  ), win as (
    -- Of each region its newest about this dimension, and all that serve this criterion.
    select w.id, w.title as win, w.summary, w.slug, w.name as city, w.dimension,
           pub.pick(lang, w.dimension_id, w.dimension_en) as dimension_name, w.year as win_year,
           w.criterion = h.code as serves,
           w.dimension = h.dimension
             and row_number() over (partition by w.slug, w.dimension
                                    order by w.year desc nulls last, w.id desc) = 1 as example
    from here h
    join pub.quick_win w on w.dimension = h.dimension or w.criterion = h.code
    where not h.simulated
  )
  select row_to_json(d) from (
    select (select row_to_json(x) from (
              select '/dimensi/' || h.code || '/' || h.round as location
              where putaran is null) x) as http,
           h.simulated,
           h.round,
           pub.pick(lang, h.label_id, h.label_en) as round_label,
           case when not h.current then h.n end as edition,
           h.code,
           h.name as criterion_name,
           pub.inline(h.name) as criterion_inline,
           pub.pick(lang, h.about_id, h.about_en) as about,
           pub.pick(lang, h.parents_id, h.parents_en) as parents,
           h.participants,
           h.ranked,
           nullif(h.participants - h.ranked, 0) as unranked,
           pub.shown(h.lowest, h.round_step) as lowest,
           case when h.lowest < h.highest then pub.shown(h.highest, h.round_step) end as highest,
           pub.shown_average(h.quartile_low, h.round_step) as quartile_low,
           pub.shown_average(h.median, h.round_step) as median,
           pub.shown_average(h.quartile_high, h.round_step) as quartile_high,
           trim_scale(h.scale_min) as scale_min,
           trim_scale(h.scale_max) as scale_max,
           (select pub.pick(lang, b.label_id, b.label_en)
            from pub.publication b
            where b.id = h.before) as previous_label,
           h.before is null and h.earlier as method_differs,
           h.dimension,
           (select pub.pick(lang, d.name_id, d.name_en)
            from pub.dimension d
            where d.code = h.dimension) as dimension_name,
           (select nullif(count(*), 0)
            from pub.quick_win w
            where w.dimension = h.dimension) as win_count,
           h.ranked < 5 as few,
           -- With few values the page is about what can be copied: the newest of six regions.
           case when h.ranked < 5 then (
             select json_agg(x) from (
               select w.id, w.win, w.summary, w.slug, w.city, w.dimension, w.dimension_name,
                      w.win_year
               from win w where w.example
               order by w.win_year desc nulls last, w.id desc limit 6) x) end as wins,
           (select json_agg(x) from (
              select w.id, w.win, w.summary, w.slug, w.city, w.dimension, w.dimension_name,
                     w.win_year
              from win w where w.serves
              order by w.win_year desc nulls last, w.id desc limit 12) x) as serving,
           elsewhere.round as elsewhere_round,
           pub.pick(lang, elsewhere.label_id, elsewhere.label_en) as elsewhere_label,
           (select m from pub.mine(daerah, h.id, h.code) m) as mine,
           h.source,
           (select json_agg(x) from (
              select '/dimensi/' || h.code || '/' || r.round as href,
                     pub.pick(lang, r.label_id, r.label_en) as label,
                     r.round = h.round as here,
                     c.ranked = 0 as "empty"
              from pub.publication r
              join pub.criterion c on c.publication = r.id and c.code = h.code
              where r.current and r.simulated = h.simulated
              order by r.ord) x) as rounds,
           -- The newest simulated round has a menu of its own.
           (select '/dimensi/' || h.code || '/' || t.round
            from pub.publication t
            join pub.criterion c on c.publication = t.id and c.code = h.code
            where t.current and t.simulated and not h.simulated
            order by t.ord desc limit 1) as trial_href,
           (select json_agg(x) from (
              select e.name, r.value, r.shown, true as listed, e.slug = daerah as marked
              from pub.result r
              join pub.entrant e on e.publication = h.id and e.region = r.region
              where r.publication = h.id and r.criterion = h.code and r.value is not null
              order by r.value, e.name) x) as dots,
           (select max(p.count) from part p where p.count > 8) as part_count,
           (select json_agg(x) from (
              select p.child as part_code,
                     pub.part_name(pub.pick(lang, p.name_id, p.name_en), h.name) as part_name
              from part p
              where p.count <= 8
              order by p.ord, p.within) x) as parts,
           -- The best first.
           (select json_agg(x) from (
              select e.slug,
                     e.name,
                     e.slug = daerah as marked,
                     e.province_name,
                     r.value,
                     r.shown,
                     m.*,
                     b.value as previous,
                     b.shown as previous_shown,
                     s.cells
              from pub.result r
              join pub.entrant e on e.publication = h.id and e.region = r.region
              -- Row by row on purpose: joined freely, each region's figures of all rounds would be
              -- read.
              left join lateral (
                select q.value, q.shown
                from pub.result q
                where q.publication = h.before and q.criterion = h.code and q.region = r.region
                limit 1) b on true
              cross join lateral pub.change(r.value, b.value, h.round_step, h.direction) m
              left join score s on s.region = r.region
              where r.publication = h.id and r.criterion = h.code and r.value is not null
              order by r.value * -h.direction, e.bare, e.slug) x) as rows,
           -- Without a value, and why: it does not apply, or too few of its parts are known.
           (select json_agg(x) from (
              select e.slug,
                     e.name,
                     e.slug = daerah as marked,
                     r.status = 'not_applicable' as excluded,
                     nullif(t.known, 0) as known_parts,
                     t.parts as all_parts
              from pub.result r
              join pub.entrant e on e.publication = h.id and e.region = r.region
              cross join lateral (
                select count(*) as parts, count(v.value) as known
                from part p
                left join pub.result v
                  on v.publication = h.id and v.criterion = p.child and v.region = r.region
                where v.status is distinct from 'not_applicable') t
              where r.publication = h.id and r.criterion = h.code and r.value is null
              order by e.bare, e.slug) x) as missing
    from here h
    -- Where nobody has a value: the newest real round in which somebody has.
    left join lateral (
      select p.round, p.label_id, p.label_en
      from pub.publication p
      join pub.criterion c on c.publication = p.id and c.code = h.code and c.ranked > 0
      where h.ranked = 0 and p.current and not p.simulated
      order by p.ord desc
      limit 1) elsewhere on true) d;
end;
