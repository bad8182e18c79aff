-- Page home: what the newest figures say, and who has published any. What counts here are the
-- portal's fifty; where none of them takes part in a round, everybody who does.

create or replace function page.home(lang text, daerah text) returns setof json
language sql stable
begin atomic
  with here as (
    -- The newest real round of which a value is out.
    select p.*
    from pub.publication p
    where p.current and not p.simulated
      and exists (select from pub.entrant e
                  where e.publication = p.id and e.value is not null
                    and (e.member or not exists (select from pub.entrant o
                                                 where o.publication = p.id and o.member)))
    order by p.ord desc
    limit 1
  ), entrant as (
    select e.region, e.slug, e.name, e.value, e.shown, h.main_step,
           e.member or not bool_or(e.member) over () as counted,
           b.value as previous, b.shown as previous_shown, m.*,
           -- A value that a source says only between the lines bears no finding.
           b.value is not null
             and (pub.implied(e.region, h.year, e.value)
                  or pub.implied(e.region, o.year, b.value)) as inferred
    from here h
    left join pub.publication o on o.id = h.before
    join pub.entrant e on e.publication = h.id
    left join pub.entrant b on b.publication = h.before and b.region = e.region
    cross join lateral pub.change(e.value, b.value, h.main_step, h.direction) m
  ), moved as (
    select count(*) as paired,
           count(*) filter (where e.change > 0) as rose,
           count(*) filter (where e.change < 0) as fell
    from entrant e
    where e.counted and e.change is not null and not e.inferred
  ), year as (
    -- The columns of who has published: the six newest real rounds.
    select p.id, p.round, p.ord, p.year, pub.pick(lang, p.label_id, p.label_en) as label
    from pub.publication p
    where p.current and not p.simulated
    order by p.ord desc
    limit 6
  ), cell as (
    select r.code, r.slug, r.bare, r.name, y.ord, e.value, x as cell
    from pub.region r
    cross join year y
    left join pub.entrant e on e.publication = y.id and e.region = r.code
    cross join lateral (
      select y.round as cell_round,
             e.value,
             e.shown,
             -- It takes part since then, and nothing is out.
             e.value is null and e.region is not null and coalesce(r.cohort_year <= y.year, true)
               as awaited) x
    where r.member
  ), line as (
    select c.slug, c.name, c.bare, count(c.value) as values,
           max(c.ord) filter (where c.value is not null) as last,
           json_agg(c.cell order by c.ord) as cells
    from cell c
    group by c.code, c.slug, c.bare, c.name
  )
  select row_to_json(d) from (
    select h.round,
           pub.pick(lang, h.label_id, h.label_en) as round_label,
           (select pub.pick(lang, s.label_id, s.label_en)
            from pub.publication s
            where s.standard and not s.simulated and s.id <> h.id) as awaited_label,
           case when c.with_value = 0 then null
                when m.paired < 5 then 'values'
                when m.rose + m.fell = 0 then 'still'
                when m.fell = 0 then 'rose'
                when m.rose = 0 then 'fell'
                else 'mixed' end as finding_word,
           initcap(pub.said_number(lang, m.rose)) as rose_said,
           initcap(pub.said_number(lang, m.fell)) as fell_said,
           pub.said_number(lang, m.fell) as fell_within,
           pub.said_number(lang, m.paired) as paired_said,
           c.participants,
           c.with_value,
           nullif(c.total - c.with_value, 0) as others,
           c.total,
           m.paired,
           nullif(m.paired - m.rose - m.fell, 0) as same,
           m.paired > 8 as drawn_few,
           pub.shown(c.lowest, h.main_step) as lowest,
           pub.shown(c.highest, h.main_step) as highest,
           trim_scale(h.scale_min) as scale_min,
           trim_scale(h.scale_max) as scale_max,
           case when m.paired >= 5 then (
             select pub.pick(lang, b.label_id, b.label_en)
             from pub.publication b
             where b.id = h.before) end as previous_label,
           w.count as win_count,
           w.regions as win_regions,
           (select count(*) from pub.figure) as figure_count,
           (select x from pub.mine(daerah, h.id, h.main) x) as mine,
           -- For the search.
           (select json_agg(x) from (
              select r.name as region_name
              from pub.region r
              where r.listed
              order by r.bare, r.name) x) as names,
           -- Who moved farthest, as lines from the round before.
           case when m.paired >= 5 then (
             select json_agg(x) from (
               select s.name, s.name as short, pub.tight_name(e.name) as tight,
                      e.value, e.shown, e.previous, e.previous_shown, e.change_shown,
                      true as listed, e.slug = daerah as marked
               from entrant e
               cross join lateral (select pub.short_name(e.name) as name) s
               where e.counted and e.change is not null and not e.inferred
               order by e.slug is distinct from daerah, abs(e.change) desc, e.value desc, e.name
               limit 8) x) end as dots,
           -- Who moved most, where that was one alone.
           case when m.paired >= 5 then (
             select row_to_json(x) from (
               select e.name as far_name, e.previous_shown as far_from, e.shown as far_to
               from (
                 select e.*, rank() over (order by abs(e.change) desc) as place,
                        count(*) over (partition by abs(e.change)) as alike
                 from entrant e
                 where e.counted and e.change is not null and not e.inferred) e
               where e.place = 1 and e.alike = 1 and e.change <> 0) x) end as farthest,
           -- And who would have counted, were the value said.
           case when m.paired >= 5 then (
             select json_agg(x) from (
               select e.slug as left_slug, e.name as left_name
               from entrant e
               where e.counted and e.inferred
               order by e.name) x) end as left_out,
           -- The highest values, where nothing else can be said.
           case when m.paired < 5 then (
             select json_agg(x) from (
               select s.name, s.name as short, pub.tight_name(e.name) as tight,
                      e.value, e.shown, e.slug = daerah as marked
               from entrant e
               cross join lateral (select pub.short_name(e.name) as name) s
               where e.counted and e.value is not null
               order by e.value * -h.direction, e.name
               limit 8) x) end as ranking,
           (select json_agg(x) from (
              select y.label as year_label, right(y.round, 2) as short_label,
                     y.round ~ '^\d{4}$' as in_short
              from year y
              order by y.ord) x) as years,
           g.published,
           g.members,
           g.members - g.published as awaited_count,
           -- Who has published most first, in three tables.
           (select json_agg(x) from (
              select case t.most when 2 then 'many' when 1 then 'one' else 'none' end as kind_word,
                     count(*) as size,
                     json_agg(z order by l.values desc, l.last desc, l.bare, l.name) as regions
              from line l
              cross join lateral (select least(l.values, 2) as most) t
              cross join lateral (
                select l.slug, pub.short_name(l.name) as short, l.slug = daerah as marked,
                       l.cells) z
              group by t.most
              order by t.most desc) x) as tables,
           -- The newest, from three different regions and dimensions.
           (select json_agg(x) from (
              select n.* from (
                select distinct on (w.dimension) w.id, w.title as win, w.summary, w.slug,
                       w.name as city, w.dimension,
                       pub.pick(lang, w.dimension_id, w.dimension_en) as dimension_name,
                       w.year as win_year
                from pub.quick_win w
                where w.newest
                order by w.dimension, w.year desc nulls last, w.id desc) n
              order by n.win_year desc nulls last, n.id desc
              limit 3) x) as wins,
           (select json_agg(x) from (
              select d.code as dimension,
                     pub.pick(lang, d.name_id, d.name_en) as dimension_name,
                     (select count(*) from pub.quick_win w where w.dimension = d.code) as win_total
              from pub.dimension d
              order by d.ord) x) as dimensions
    from (
      select count(*) filter (where e.counted) as participants,
             count(e.value) filter (where e.counted) as with_value,
             min(e.value) filter (where e.counted) as lowest,
             max(e.value) filter (where e.counted) as highest,
             count(e.value) as total
      from entrant e) c
    cross join moved m
    cross join (select count(*), count(distinct w.slug) as regions from pub.quick_win w) w
    cross join (
      select count(*) as members, count(*) filter (where l.values > 0) as published from line l) g
    left join here h on true) d;
end;
