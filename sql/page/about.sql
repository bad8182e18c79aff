-- What the portal is and where its figures come from.

create or replace function page.about(lang text)
returns table (members bigint, figure_count bigint, win_count bigint, source_count bigint,
               first_year integer, last_year integer, has_figures boolean, stated bigint, inferred bigint, weak bigint, conflicting bigint, undated bigint,
               has_simulations boolean)
language sql stable
begin atomic
  select (select count(*) from pub.region g where g.member), f.n, w.n,
         (select count(*) from (select source from pub.figure union select source from pub.quick_win) s),
         f.first_year, f.last_year, f.n > 0, f.stated, f.inferred, f.weak, f.conflicting, f.undated,
         exists (select from pub.publication p where p.current and p.simulated)
  from (select count(*) as n, min(year) as first_year, max(year) as last_year,
               count(*) filter (where confidence = 'stated') as stated, count(*) filter (where confidence = 'inferred') as inferred,
               count(*) filter (where confidence = 'weak') as weak, count(*) filter (where confidence = 'conflicting') as conflicting,
               count(*) filter (where confidence = 'undated') as undated
        from pub.figure) f
  cross join (select count(*) as n from pub.quick_win) w;
end;

-- Every place that figures or quick wins were taken from, with how many; the largest first.
create or replace function page.about_sources(lang text)
returns table (source_name text, figures bigint, has_figures_here boolean, wins bigint, has_wins_here boolean, has_both boolean)
language sql stable
begin atomic
  select s.source_name, count(*) filter (where s.figure), bool_or(s.figure),
         count(*) filter (where not s.figure), bool_or(not s.figure), bool_or(s.figure) and bool_or(not s.figure)
  from (select source_name, true as figure from pub.figure
        union all
        select source_name, false from pub.quick_win) s
  group by s.source_name
  order by count(*) desc, s.source_name;
end;
