-- Page quickwin: one quick win, what is known about it and what is not yet.

create or replace function page.quickwin(lang text, id integer) returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select w.title as win,
           w.summary,
           w.slug,
           w.name as city,
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
           s.problem,
           s.solution,
           s.started,
           s.cost,
           (select row_to_json(x) from (
              select s.figure, s.figure_before, s.figure_after, s.figure_source) x
            where num_nonnulls(s.figure_before, s.figure_after) > 0) as measure,
           s.lesson,
           s.partners,
           s.contact as reach,
           s.links as link_url,
           known.parts as filled,
           known.parts < 8 as unfinished,
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
    from pub.quick_win w
    -- What the city itself tells of it.
    left join pub.win_story s on s.id = w.id
    left join pub.official_page(w.region, w.id) site on true
    -- Two of the eight parts of a record, what it is and its source, are always there.
    cross join lateral (
      select 2 + num_nonnulls(w.dimension, w.agency, w.year, s.problem,
                              coalesce(s.figure_after, s.figure_before), s.lesson) as parts) known
    where w.id = quickwin.id) d;
end;
