-- Page quickwin: one quick win, what is known about it and what is not yet.

create or replace function page.quickwin(lang text, id integer) returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select (select row_to_json(h) from (
              select case when g.kept is null then 410 else 301 end as status,
                     '/quickwin/' || g.kept as location) h
            where g.id is not null) as http,
           -- One that was taken back: by whom, when and why.
           (select row_to_json(x) from (
              select g.by_office as office, pub.moment(g.at) as at, g.reason) x
            where g.id is not null) as gone,
           a.id,
           w.title as win,
           w.summary,
           coalesce(w.slug, r.slug) as slug,
           coalesce(w.name, g.city) as city,
           w.province_name,
           w.dimension,
           pub.pick(lang, w.dimension_id, w.dimension_en) as dimension_name,
           w.agency,
           w.agency_slug,
           (select nullif(count(*), 1) from pub.quick_win o
            where o.agency_slug = w.agency_slug) as agency_wins,
           site.url as official_url,
           site.name as official_name,
           w.year as win_year,
           w.source_url,
           w.source_name,
           w.source_text,
           -- Its city keeps what came from another source.
           (select row_to_json(x) from (
              select pub.moment(k.kept_at) as kept_at, pub.moment(k.renewed_at) as renewed_at
              from pub.win_kept k where k.id = w.id) x) as kept,
           w.agency is not null and strpos(w.agency, w.name) > 0 as agency_placed,
           (select json_agg(x) from (
              select t.code as topic, pub.pick(lang, t.name_id, t.name_en) as topic_name
              from pub.topic t where t.code = any (w.topics) order by t.ord) x) as topics,
           (select c.name from pub.win_choices(lang, 'progress') c where c.code = s.progress)
             as progress,
           (select c.name from pub.win_choices(lang, 'criterion') c where c.code = w.criterion)
             as criterion_name,
           w.criterion,
           s.problem,
           s.needs,
           s.solution,
           s.started,
           s.cost,
           (select row_to_json(x) from (
              select s.figure, s.figure_before, s.figure_after, s.figure_source) x
            where w.measured) as measure,
           s.lesson,
           s.partners,
           s.contact as reach,
           s.links as link_url,
           -- What a recipe has and this one does not.
           (select json_agg(x) from (
              select m.part as missing_word, m.ord > min(m.ord) over () as further
              from (values (1, 'problem', s.problem is null),
                           (2, 'means', s.needs is null and s.cost is null),
                           (3, 'steps', s.solution is null), (4, 'results', not w.measured),
                           (5, 'lessons', s.lesson is null)) m (ord, part, holds)
              where m.holds
              order by m.ord) x) as missing,
           -- The one of another region that it copies, and those that copy it.
           (select row_to_json(x) from (
              select o.id as origin_id, o.title as origin_win, o.slug as origin_slug,
                     o.name as origin_city, s.changed
              from pub.quick_win o where o.id = w.copied) x) as origin,
           (select nullif(count(distinct o.region), 0) from pub.quick_win o where o.copied = w.id)
             as copied_by,
           (select json_agg(x) from (
              select o.id,
                     o.title as win,
                     o.slug,
                     o.name as city,
                     o.year as win_year,
                     (select c.name from pub.win_choices(lang, 'progress') c
                      where c.code = t.progress) as progress,
                     t.changed,
                     (select row_to_json(y) from (
                        select t.figure, t.figure_before, t.figure_after, t.figure_source) y
                      where o.measured) as measure
              from pub.quick_win o
              left join pub.win_story t on t.id = o.id
              where o.copied = w.id
              order by o.year nulls last, o.id) x) as copies,
           (select count(*) from pub.quick_win o where o.region = w.region) as city_wins,
           (select count(*) from pub.quick_win o where o.dimension = w.dimension) as dimension_wins,
           -- The pictures and documents that its city added.
           (select json_agg(x) from (
              select f.id as file_id,
                     f.name,
                     f.caption,
                     upper(f.kind) as kind,
                     greatest(round(f.bytes / 1024.0), 1) as kilobytes,
                     f.picture
              from pub.file f
              where f.quick_win = w.id
              order by f.place, f.id) x) as files,
           -- Those of other regions that say the same things, of the same dimension first.
           (select json_agg(x) from (
              select o.id,
                     o.title as win,
                     o.summary,
                     o.slug,
                     o.name as city,
                     o.dimension,
                     pub.pick(lang, o.dimension_id, o.dimension_en) as dimension_name,
                     o.year as win_year
              from pub.similar_wins(w.id) l
              join pub.quick_win o on o.id = l.id
              order by l.place) x) as similar
    from (select quickwin.id) a
    left join pub.quick_win w on w.id = a.id
    left join pub.win_gone g on g.id = a.id and w.id is null
    left join pub.region r on r.code = g.region and r.listed
    -- What the city itself tells of it.
    left join pub.win_story s on s.id = w.id
    left join pub.official_page(w.region, w.id) site on true
    where num_nonnulls(w.id, g.id) > 0) d;
end;
