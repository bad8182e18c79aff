-- Page home: the newest round at a glance. What counts here are the portal's fifty; where none of
-- them takes part in the newest round, everybody who does.

create or replace function page.home(lang text) returns setof json
language sql stable
begin atomic
  with here as (
    select * from pub.publication p where p.standard and not p.simulated
  ), entrant as (
    select e.*, e.member or not bool_or(e.member) over () as counted,
           b.value as previous, b.shown as previous_shown,
           m.*, h.direction
    from here h
    join pub.entrant e on e.publication = h.id
    left join pub.entrant b on b.publication = h.before and b.region = e.region
    cross join lateral pub.change(e.value, b.value, h.main_step, h.direction) m
  )
  select row_to_json(d) from (
    select h.round,
           pub.pick(lang, h.label_id, h.label_en) as round_label,
           c.participants,
           c.with_value,
           nullif(c.participants - c.with_value, 0) as without_value,
           pub.shown(c.lowest, h.main_step) as lowest,
           pub.shown(c.highest, h.main_step) as highest,
           trim_scale(h.scale_min) as scale_min,
           trim_scale(h.scale_max) as scale_max,
           case when c.total > least(c.with_value, 25) then c.total end as total,
           (select pub.pick(lang, b.label_id, b.label_en)
            from pub.publication b
            where b.id = h.before) as previous_label,
           h.earlier,
           (select count(*) from pub.quick_win) as win_count,
           -- The fifty on the map.
           (select json_agg(dot) from (
              select r.slug, r.name, r.longitude, r.latitude, e.value, e.shown
              from pub.region r
              left join entrant e on e.region = r.code
              where r.member and r.longitude is not null and r.latitude is not null
              order by e.value is not null, r.longitude) dot) as dots,
           -- The best ones first, each with the ministry's own rank where a source tells it.
           (select json_agg(x) from (
              select e.slug,
                     e.name,
                     e.province_name,
                     e.value,
                     e.shown,
                     e.change,
                     e.change_shown,
                     e.previous,
                     e.previous_shown,
                     e.moved_word,
                     e.grade_word,
                     trim_scale(e.ministry_rank) as ministry_rank,
                     e.ministry_scope as scope_word,
                     e.ministry_group,
                     e.ministry_of,
                     e.ministry_implied as implied,
                     e.source_url,
                     e.source_name
              from entrant e
              where e.counted and e.value is not null
              order by e.value * -e.direction, e.name
              limit 25) x) as ranking,
           -- Who rose most since the round before; only what went up.
           (select json_agg(x) from (
              select e.slug, e.name, e.previous, e.previous_shown, e.value, e.shown, e.change,
                     e.change_shown
              from entrant e
              where e.counted and e.change > 0 and e.direction > 0
              order by e.change desc, e.value desc, e.name
              limit 6) x) as movers,
           -- The newest, from six different regions.
           (select json_agg(x) from (
              select w.id, w.title as win, w.summary, w.slug, w.name as city, w.dimension,
                     pub.pick(lang, w.dimension_id, w.dimension_en) as dimension_name,
                     w.year as win_year
              from pub.quick_win w
              where w.newest
              order by w.year desc nulls last, w.id desc
              limit 6) x) as wins,
           -- Each with the newest real round in which somebody has a value.
           (select json_agg(x) from (
              select d.code as dimension,
                     pub.pick(lang, d.name_id, d.name_en) as dimension_name,
                     pub.pick(lang, d.about_id, d.about_en) as about,
                     (select count(*) from pub.quick_win w where w.dimension = d.code) as win_total,
                     v.round as valued_round,
                     pub.pick(lang, v.label_id, v.label_en) as valued_label
              from pub.dimension d
              left join lateral (
                select p.round, p.label_id, p.label_en
                from pub.publication p
                join pub.criterion c
                  on c.publication = p.id and c.code = d.code and c.ranked > 0
                where p.current and not p.simulated
                order by p.ord desc
                limit 1) v on true
              order by d.ord) x) as dimensions
    from (
      select count(*) filter (where e.counted) as participants,
             count(e.value) filter (where e.counted) as with_value,
             min(e.value) filter (where e.counted) as lowest,
             max(e.value) filter (where e.counted) as highest,
             count(e.value) as total
      from entrant e) c
    left join here h on c.with_value > 0) d;
end;
