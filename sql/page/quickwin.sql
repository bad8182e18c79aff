-- Page quickwin: one quick win, what is known about it and what is not yet.

create or replace function page.quickwin(lang text, id integer)
returns table (
  win text, summary text, slug text, city text, placed boolean, province_name text,
  dimension text, dimension_name text, has_dimension boolean, no_dimension boolean,
  run boolean, agency text, agency_slug text, agency_wins bigint, agency_more boolean, unrun boolean, official_url text, official_name text, has_official boolean, no_official boolean, dated boolean, win_year integer, undated boolean,
  source_url text, linked boolean, unlinked boolean, source_name text, source_text text,
  problem text, has_problem boolean, no_problem boolean, solution text, has_solution boolean, started text, has_started boolean, cost numeric,
  has_cost boolean, figure text, has_figure boolean, figure_before numeric, has_before boolean, figure_after numeric, has_after boolean,
  figure_source text, has_figure_source boolean, measured boolean, unmeasured boolean, lesson text, has_lesson boolean, no_lesson boolean,
  reach text, has_contact boolean, no_contact_here boolean, partners text, has_partners boolean, has_links boolean,
  filled integer, unfinished boolean, filled_bar text, city_wins bigint, has_similar boolean, no_similar boolean, dimension_wins bigint)
language sql stable
begin atomic
  select w.title, w.summary, w.slug, w.name, w.province is not null, w.province_name,
         w.dimension, pub.pick(lang, w.dimension_id, w.dimension_en), w.dimension is not null, w.dimension is null,
         w.agency is not null, w.agency, w.agency_slug, office.wins, office.wins > 1, w.agency is null,
         site.url, site.name, site.url is not null, site.url is null, w.year is not null, w.year, w.year is null,
         w.source_url, w.source_url is not null, w.source_url is null, w.source_name, w.source_text,
         s.problem, s.problem is not null, s.problem is null, s.solution, s.solution is not null, s.started::text, s.started is not null, s.cost,
         s.cost is not null, s.figure, s.figure is not null, s.figure_before, s.figure_before is not null, s.figure_after, s.figure_after is not null,
         s.figure_source, s.figure_source is not null, num_nonnulls(s.figure_before, s.figure_after) > 0, num_nonnulls(s.figure_before, s.figure_after) = 0,
         s.lesson, s.lesson is not null, s.lesson is null, s.contact, s.contact is not null, s.contact is null, s.partners, s.partners is not null,
         cardinality(coalesce(s.links, '{}')) > 0,
         known.parts, known.parts < 8, round(100.0 * known.parts / 8, 2) || '%',
         (select count(*) from pub.quick_win o where o.region = w.region),
         alike.any, not alike.any,
         (select count(*) from pub.quick_win o where o.dimension = w.dimension)
  from pub.quick_win w
  -- What the city itself tells of it.
  left join pub.win_story s on s.id = w.id
  left join pub.official_page(w.region, w.id) site on true
  cross join lateral (select count(*) as wins from pub.quick_win o where o.agency_slug = w.agency_slug) office
  cross join lateral (select exists (select from pub.similar_wins(w.id)) as any) alike
  -- Two of the eight parts of a record, what it is and its source, are always there.
  cross join lateral (select 2 + num_nonnulls(w.dimension, w.agency, w.year, s.problem, coalesce(s.figure_after, s.figure_before), s.lesson) as parts) known
  where w.id = quickwin.id;
end;

-- Quick wins of other regions that say the same things, of the same dimension first.
create or replace function page.quickwin_similar(lang text, id integer)
returns table (id integer, win text, summary text, slug text, city text, dimension text, dimension_name text, has_dimension boolean,
               no_dimension boolean, dated boolean, win_year integer)
language sql stable
begin atomic
  select w.id, w.title, w.summary, w.slug, w.name, w.dimension, pub.pick(lang, w.dimension_id, w.dimension_en), w.dimension is not null,
         w.dimension is null, w.year is not null, w.year
  from pub.similar_wins(quickwin_similar.id) s
  join pub.quick_win w on w.id = s.id
  order by s.place;
end;

create or replace function page.quickwin_links(lang text, id integer)
returns table (link_url text)
language sql stable
begin atomic
  select l.link from pub.win_story s cross join lateral unnest(s.links) with ordinality l (link, place) where s.id = quickwin_links.id order by l.place;
end;

-- The pictures and documents that its city added.
create or replace function page.quickwin_files(lang text, id integer)
returns table (file_id integer, name text, caption text, kind text, kilobytes numeric, picture boolean)
language sql stable
begin atomic
  select f.id, f.name, f.caption, upper(f.kind), greatest(round(f.bytes / 1024.0), 1), f.picture
  from pub.file f
  where f.quick_win = quickwin_files.id
  order by f.id;
end;
