-- What the portal is and where its figures come from.

create or replace function page.about(lang text) returns setof json
language sql stable
begin atomic
  with figure as (
    select count(*) as n, min(year) as first_year, max(year) as last_year,
           count(*) filter (where confidence = 'stated') as stated,
           count(*) filter (where confidence = 'inferred') as inferred,
           count(*) filter (where confidence = 'weak') as weak,
           count(*) filter (where confidence = 'conflicting') as conflicting,
           count(*) filter (where confidence = 'undated') as undated
    from pub.figure
  ), source as (
    -- Every place that figures or quick wins were taken from, with how many of each.
    select s.source_name, nullif(count(*) filter (where s.figure), 0) as figures,
           nullif(count(*) filter (where not s.figure), 0) as wins, count(*) as n
    from (select source_name, true as figure from pub.figure
          union all
          select source_name, false from pub.quick_win) s
    group by s.source_name
  )
  select row_to_json(d) from (
    select (select count(*) from pub.region where member) as members,
           f.n as figure_count,
           (select count(*) from pub.quick_win) as win_count,
           (select count(*) from (
              select source from pub.figure
              union
              select source from pub.quick_win) s) as source_count,
           f.first_year,
           f.last_year,
           f.stated,
           f.inferred,
           f.weak,
           f.conflicting,
           f.undated,
           exists (select from pub.publication where current and simulated) as simulations,
           (select json_agg(x) from (
              select s.source_name, s.figures, s.wins
              from source s
              order by s.n desc, s.source_name) x) as sources
    from figure f) d;
end;
