-- Page report: one city in one round on one sheet. The same figures as on the city's page, from the same functions.

create or replace function page.report(lang text, city text, round text, terbitan integer)
returns table (
  simulated boolean, slug text, city_name text, code text, placed boolean, province_slug text, province_name text,
  peopled boolean, population integer, measured boolean, area numeric, joined boolean, since integer,
  grouped boolean, group_name text,
  round text, round_name text, older boolean, edition integer, published_at timestamptz, version text, digest text,
  scale_min numeric, scale_max numeric,
  has_components boolean, has_dimensions boolean, told boolean, apart boolean, untold boolean, has_history boolean, has_targets boolean,
  has_wins boolean, win_count bigint, more_wins boolean)
language sql stable
begin atomic
  select c.simulated, c.slug, c.city_name, c.code, c.placed, c.province_slug, c.province_name,
         c.peopled, c.population, c.measured, c.area, c.joined, c.since,
         c.grouped, c.group_name, c.round, c.round_name, c.older, c.edition, p.published_at, p.version, left(p.digest, 16),
         c.scale_min, c.scale_max,
         c.has_components, c.has_dimensions, c.has_components or c.has_dimensions, c.apart, c.untold, c.has_history, c.has_targets, c.has_wins, c.win_count, c.win_count > 6
  from page.city(lang, city, report.round, terbitan) c
  join pub.publication p on p.round = c.round and p.n = c.edition
  where c.in_round;
end;

create or replace function page.report_standing(lang text, city text, round text, terbitan integer)
returns table (
  score numeric, score_shown numeric, score_ref integer,
  official boolean, alone boolean, agrees boolean, differs boolean, level boolean, difference numeric, computed boolean, own numeric, own_shown numeric,
  order_label text, order_rank integer, tied boolean, order_of integer, grouped boolean, order_group text, partial boolean, whole boolean,
  spread boolean, firm boolean, rank_low numeric, rank_high numeric,
  compared boolean, median numeric, median_shown numeric, ranked integer, quartered boolean, quartile_low numeric, quartile_low_shown numeric,
  quartile_high numeric, quartile_high_shown numeric,
  rose boolean, fell boolean, steady boolean, better boolean, worse boolean, change_size numeric, change_since text, earlier numeric,
  improved boolean, improvement numeric, improvement_ref integer,
  targeted boolean, short boolean, reached boolean, target numeric, target_gap numeric, target_ref integer)
language sql stable
begin atomic
  select * from page.city_standing(lang, city, round, terbitan);
end;

create or replace function page.report_gap(lang text, city text, round text, terbitan integer)
returns table (never boolean, nothing boolean, thin boolean, covered numeric, needed numeric, strict boolean, unneeded boolean)
language sql stable
begin atomic
  select g.never, g.nothing, g.thin, g.covered, g.needed, g.strict, g.unneeded from page.city_gap(lang, city, round, terbitan) g;
end;

create or replace function page.report_ranks(lang text, city text, round text, terbitan integer)
returns table (rank_name text, rank_plain boolean, rank_province text, rank_in_province boolean, rank_value numeric, rank_grouped boolean, rank_group text, rank_of integer, counted boolean, uncounted boolean,
               rank_ref integer, inferred boolean, weak boolean, conflicting boolean)
language sql stable
begin atomic
  select * from page.city_ranks(lang, city, round, terbitan);
end;

create or replace function page.report_measures(lang text, city text, round text, terbitan integer)
returns table (in_parts boolean, in_dimensions boolean, criterion text, measure text, about text, dimension text, known boolean, other boolean, weight numeric, stroke numeric,
               value numeric, shown numeric, bar text, has_value boolean, no_data boolean, not_applicable boolean,
               contributes boolean, contribution numeric, cited boolean, ref integer,
               compared boolean, median numeric, median_shown numeric, median_at numeric, ranked integer,
               quartered boolean, quartile_low numeric, quartile_low_shown numeric, quartile_high numeric, quartile_high_shown numeric,
               quartile_at numeric, quartile_width numeric)
language sql stable
begin atomic
  select m.in_parts, m.in_dimensions, m.criterion, m.measure, m.about, m.dimension, m.known, m.other, m.weight, m.stroke,
         m.value, m.shown, m.bar, m.has_value, m.no_data, m.not_applicable, m.contributes, m.contribution, m.cited, m.ref,
         m.compared, m.median, m.median_shown, m.median_at, m.ranked, m.quartered, m.quartile_low, m.quartile_low_shown, m.quartile_high, m.quartile_high_shown,
         m.quartile_at, m.quartile_width
  from page.city_measures(lang, city, round, terbitan) m
  where not m.in_others;
end;

-- A sheet has room for six rounds: the newest, or those that end with its own.
create or replace function page.report_history(lang text, city text, round text, terbitan integer)
returns table (past_round text, linked_round boolean, unlinked_round boolean, past_label text, now boolean,
               value numeric, shown numeric, has_value boolean, no_data boolean, not_applicable boolean,
               changed boolean, up boolean, down boolean, better boolean, worse boolean, change numeric, incomparable boolean,
               stated boolean, stated_change numeric, aimed boolean, aim numeric)
language sql stable
begin atomic
  with past as (
    select h.*, row_number() over () as n, count(*) over () as count from page.city_history(lang, city, round, terbitan) h
  ), room as (
    select case when max(p.n) filter (where p.now) <= max(p.count) - 6 then greatest(max(p.n) filter (where p.now), 6) else max(p.count) end as last
    from past p
  )
  select p.past_round, p.linked_round, p.unlinked_round, p.past_label, p.now, p.value, p.shown, p.has_value, p.no_data, p.not_applicable,
         p.changed, p.up, p.down, p.better, p.worse, p.change, p.incomparable, p.stated, p.stated_change, p.aimed, p.aim
  from past p
  cross join room r
  where p.n between r.last - 5 and r.last
  order by p.n;
end;

-- A sheet has room for six quick wins.
create or replace function page.report_wins(lang text, city text, round text, terbitan integer)
returns table (id integer, win text, dated boolean, win_year integer, dimension text, dimension_name text, has_dimension boolean, no_dimension boolean)
language sql stable
begin atomic
  select w.id, w.win, w.dated, w.win_year, w.dimension, w.dimension_name, w.has_dimension, w.no_dimension
  from page.city_wins(lang, city, round, terbitan) w
  limit 6;
end;

create or replace function page.report_sources(lang text, city text, round text, terbitan integer)
returns table (source_n integer, source_text text, linked boolean, source_url text)
language sql stable
begin atomic
  select c.source_n, c.source_text, c.linked, c.source_url from page.city_sources(lang, city, round, terbitan) c;
end;
