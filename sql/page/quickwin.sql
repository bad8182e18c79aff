-- Page quickwin: one quick win, what is known about it and what is not yet.

create or replace function page.quickwin(lang text, id integer)
returns table (
  title text, description text, win text, summary text, slug text, city text, placed boolean, province_name text,
  dimension text, dimension_name text, has_dimension boolean, no_dimension boolean,
  run boolean, agency text, unrun boolean, dated boolean, win_year integer, undated boolean,
  source_url text, linked boolean, unlinked boolean, source_name text, source_text text,
  filled integer, filled_bar text, city_wins bigint, has_similar boolean)
language sql stable
begin atomic
  select w.title || ', ' || r.name, left(w.title || ', quick win ' || r.name || ': ' || w.summary, 300),
         w.title, w.summary, r.slug, r.name, r.province is not null, r.province_name,
         d.code, pub.pick(lang, d.name_id, d.name_en), d.code is not null, d.code is null,
         w.agency is not null, w.agency, w.agency is null, w.year is not null, w.year, w.year is null,
         pub.source_url(w.source), pub.source_url(w.source) is not null, pub.source_url(w.source) is null, pub.source_name(w.source),
         nullif(btrim(replace(w.source, coalesce(pub.source_url(w.source), w.source), ''), ' ;,'), ''),
         known.parts, round(100.0 * known.parts / 8, 2) || '%',
         (select count(*) from pub.quick_win o where o.region = w.region),
         exists (select from pub.similar_wins(w.id))
  from pub.quick_win w
  join pub.place r on r.code = w.region
  left join pub.dimension d on d.code = w.dimension
  -- Two of the eight parts of a record, what it is and its source, are always there.
  cross join lateral (select 2 + num_nonnulls(w.dimension, w.agency, w.year) as parts) known
  where w.id = quickwin.id;
end;

-- Quick wins of other regions that say the same things, of the same dimension first.
create or replace function page.quickwin_similar(lang text, id integer)
returns table (id integer, win text, summary text, slug text, city text, dimension text, dimension_name text, has_dimension boolean,
               no_dimension boolean, dated boolean, win_year integer)
language sql stable
begin atomic
  select w.id, w.title, w.summary, r.slug, r.name, d.code, pub.pick(lang, d.name_id, d.name_en), d.code is not null, d.code is null,
         w.year is not null, w.year
  from pub.similar_wins(quickwin_similar.id) s
  join pub.quick_win w on w.id = s.id
  join pub.place r on r.code = w.region
  left join pub.dimension d on d.code = w.dimension
  order by s.place;
end;
