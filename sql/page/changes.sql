-- Page changes: who moved how far, from each real round to the next that may be compared with it.

create or replace function page.changes(lang text, daerah text) returns setof json
language sql stable
begin atomic
  with pair as (
    select p.id, p.round, p.ord, p.year, p.main, p.main_step, p.direction, p.scale_min, p.scale_max,
           b.id as before, b.year as year_before,
           pub.pick(lang, p.label_id, p.label_en) as label,
           pub.pick(lang, b.label_id, b.label_en) as label_before
    from pub.publication p
    join pub.publication b on b.id = p.before
    where p.current and not p.simulated
  ), move as (
    select p.id, e.region, e.slug, e.name, e.value, e.shown, o.value as previous,
           o.shown as previous_shown, m.change, m.change_shown, m.grade_word,
           rank() over (partition by p.id order by m.change * p.direction desc) as place,
           count(*) over (partition by p.id, m.change) as alike,
           pub.implied(e.region, p.year, e.value)
             or pub.implied(e.region, p.year_before, o.value) as implied
    from pair p
    join pub.entrant e on e.publication = p.id and e.value is not null
    join pub.entrant o on o.publication = p.before and o.region = e.region and o.value is not null
    cross join lateral pub.change(e.value, o.value, p.main_step, p.direction) m
  )
  select row_to_json(d) from (
    select false as simulated,
           (select x from (select * from pair order by ord desc limit 1) n
            cross join lateral pub.mine(daerah, n.id, n.main) x) as mine,
           trim_scale(min(p.scale_min)) as scale_min,
           trim_scale(max(p.scale_max)) as scale_max,
           (select count(*) from move) as move_count,
           (select count(*) from move m where m.change > 0) as rose_count,
           -- The newest first.
           (select json_agg(x) from (
              select p.round,
                     p.label as to_label,
                     p.label_before as from_label,
                     c.*,
                     -- What who rose most has published of that year.
                     (select json_agg(w) from (
                        select w.id as win_id, w.title as win_title
                        from move m
                        join pub.quick_win w on w.slug = m.slug and w.year = p.year
                        where m.id = p.id and m.place = 1 and m.alike = 1
                        order by w.id
                        limit 3) w) as wins,
                     (select json_agg(y) from (
                        select case when m.alike > 1 then m.place || '=' else m.place::text end
                                 as place_label,
                               m.slug, m.name, m.slug = daerah as marked, m.value, m.shown,
                               m.previous, m.previous_shown, m.change, m.change_shown,
                               m.grade_word, m.implied
                        from move m
                        where m.id = p.id
                        order by m.place, m.name) y) as rows
              from pair p
              cross join lateral (
                select count(*) as moved,
                       count(*) filter (where m.change > 0) as rose,
                       nullif(count(*) filter (where m.change < 0), 0) as fell,
                       nullif(count(*) filter (where m.change = 0), 0) as same,
                       max(m.name) filter (where m.place = 1 and m.alike = 1) as far_name
                from move m
                where m.id = p.id) c
              where c.moved > 0
              order by p.ord desc) x) as pairs
    from pair p) d;
end;
