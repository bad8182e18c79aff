-- Page quickwins: the catalogue with search and facets. A facet counts what the other filters leave; its links drop the
-- filter of its own kind, which is why its rows say `keep_...` false.

create or replace function page.quickwins(lang text, q text, dimensi text, provinsi text, jenis text, tahun integer, kota text, halaman integer)
returns table (
  title text, description text, everything bigint, cities bigint, q text, keep_q boolean, dimensi text, keep_dimension boolean,
  provinsi text, keep_province boolean, jenis text, keep_kind boolean, tahun integer, keep_year boolean, kota text, keep_city boolean,
  filtered boolean, found bigint, filled boolean, some_found boolean, nothing boolean, beyond boolean, from_n bigint, to_n bigint, paged boolean,
  previous boolean, previous_page integer, next boolean, next_page integer,
  elsewhere bigint, found_elsewhere boolean, has_dimension boolean, dimension text, dimension_name text, dimension_count bigint,
  more_filters boolean)
language sql stable
begin atomic
  select concat_ws(' ', case when asked.q is not null then '“' || asked.q || '”: katalog quick win' else 'Katalog quick win' end,
                   case when halaman > 1 then '(halaman ' || halaman || ')' end),
         'Quick win dan program percepatan kota cerdas dari berbagai daerah, dengan pencarian dan saringan.',
         catalogue.everything, catalogue.cities, asked.q, asked.q is not null, dimensi, dimensi is not null,
         provinsi, provinsi is not null, jenis, jenis is not null, tahun, tahun is not null, kota, kota is not null,
         asked.q is not null or dimensi is not null or provinsi is not null or jenis is not null or tahun is not null or kota is not null,
         found.count, found.count > 0, found.count > 20 * (halaman - 1), found.count = 0, found.count > 0 and found.count <= 20 * (halaman - 1),
         20 * (halaman - 1) + 1, least(20 * halaman, found.count), found.count > 20,
         halaman > 1, halaman - 1, found.count > 20 * halaman, halaman + 1,
         elsewhere.count, elsewhere.count > 0 and found.count = 0,
         d.code is not null, d.code, pub.pick(lang, d.name_id, d.name_en), (select count(*) from pub.quick_win w where w.dimension = d.code),
         provinsi is not null or jenis is not null or tahun is not null
  from (select nullif(btrim(quickwins.q), '') as q) asked
  cross join (select count(*) as everything, count(distinct w.region) as cities from pub.quick_win w) catalogue
  cross join lateral (select count(*) as count from pub.found_wins(asked.q, dimensi, provinsi, jenis, tahun, kota)) found
  cross join lateral (
    select count(*) as count from pub.found_wins(asked.q, null, null, null, null, null) where asked.q is not null) elsewhere
  left join pub.dimension d on d.code = dimensi;
end;

create or replace function page.quickwins_dimensions(lang text, q text, dimensi text, provinsi text, jenis text, tahun integer, kota text, halaman integer)
returns table (dimension text, dimension_name text, has_dimension boolean, no_dimension boolean, value text, count bigint, current boolean, keep_dimension boolean)
language sql stable
begin atomic
  select d.code, pub.pick(lang, d.name_id, d.name_en), d.code is not null, d.code is null, coalesce(d.code, 'lain'), count(*),
         coalesce(d.code, 'lain') = dimensi, false
  from pub.found_wins(nullif(btrim(q), ''), null, provinsi, jenis, tahun, kota) w
  left join pub.dimension d on d.code = w.dimension
  group by d.code, d.ord, d.name_id, d.name_en
  order by d.ord nulls last;
end;

create or replace function page.quickwins_kinds(lang text, q text, dimensi text, provinsi text, jenis text, tahun integer, kota text, halaman integer)
returns table (value text, is_kota boolean, is_kabupaten boolean, count bigint, current boolean, keep_kind boolean)
language sql stable
begin atomic
  select w.kind, w.kind = 'kota', w.kind = 'kabupaten', count(*), w.kind = jenis, false
  from pub.found_wins(nullif(btrim(q), ''), dimensi, provinsi, null, tahun, kota) w
  where w.kind is not null
  group by w.kind
  order by w.kind desc;
end;

create or replace function page.quickwins_years(lang text, q text, dimensi text, provinsi text, jenis text, tahun integer, kota text, halaman integer)
returns table (value integer, count bigint, current boolean, keep_year boolean)
language sql stable
begin atomic
  select w.year, count(*), w.year = tahun, false
  from pub.found_wins(nullif(btrim(q), ''), dimensi, provinsi, jenis, null, kota) w
  where w.year is not null
  group by w.year
  order by w.year desc;
end;

create or replace function page.quickwins_provinces(lang text, q text, dimensi text, provinsi text, jenis text, tahun integer, kota text, halaman integer)
returns table (value text, name text, count bigint, current boolean, keep_province boolean)
language sql stable
begin atomic
  select w.province_slug, w.province_name, count(*), w.province_slug = provinsi, false
  from pub.found_wins(nullif(btrim(q), ''), dimensi, null, jenis, tahun, kota) w
  where w.province_slug is not null
  group by w.province_slug, w.province_name
  order by count(*) desc, w.province_name;
end;

-- The filters in use; each has a link that drops it alone.
create or replace function page.quickwins_chips(lang text, q text, dimensi text, provinsi text, jenis text, tahun integer, kota text, halaman integer)
returns table (chip text, quoted boolean, dimension text, dimension_name text, has_dimension boolean, no_dimension boolean, plain boolean,
               keep_q boolean, keep_dimension boolean, keep_province boolean, keep_kind boolean, keep_year boolean, keep_city boolean)
language sql stable
begin atomic
  select c.label, c.kind = 'q', d.code, pub.pick(lang, d.name_id, d.name_en), d.code is not null, c.kind = 'dimension' and d.code is null,
         c.kind not in ('q', 'dimension'),
         c.kind <> 'q' and btrim(q) <> '', c.kind <> 'dimension' and dimensi is not null, c.kind <> 'province' and provinsi is not null,
         c.kind <> 'kind' and jenis is not null, c.kind <> 'year' and tahun is not null, c.kind <> 'city' and kota is not null
  from (values (1, 'q', nullif(btrim(q), '')), (2, 'dimension', dimensi),
               (3, 'kind', initcap(jenis)), (4, 'year', tahun::text),
               (5, 'province', coalesce((select p.name from pub.province p where p.slug = provinsi), provinsi)),
               (6, 'city', coalesce((select r.name from pub.region r where r.slug = kota), kota))) c (ord, kind, label)
  left join pub.dimension d on c.kind = 'dimension' and d.code = c.label
  where c.label is not null
  order by c.ord;
end;

-- One page of twenty, the best fit first, without words the newest first.
create or replace function page.quickwins_wins(lang text, q text, dimensi text, provinsi text, jenis text, tahun integer, kota text, halaman integer)
returns table (id integer, win text, summary text, slug text, city text, dimension text, dimension_name text, has_dimension boolean,
               no_dimension boolean, dated boolean, win_year integer)
language sql stable
begin atomic
  select w.id, w.title, w.summary, w.slug, w.name, d.code, pub.pick(lang, d.name_id, d.name_en), d.code is not null, d.code is null,
         w.year is not null, w.year
  from pub.found_wins(nullif(btrim(q), ''), dimensi, provinsi, jenis, tahun, kota) w
  left join pub.dimension d on d.code = w.dimension
  order by w.fit desc, w.year desc nulls last, d.ord nulls last, w.title, w.id
  limit 20 offset 20 * (halaman - 1);
end;

-- The pages of the pager: the first, the last and those around the current one.
create or replace function page.quickwins_pages(lang text, q text, dimensi text, provinsi text, jenis text, tahun integer, kota text, halaman integer)
returns table (number bigint, current boolean, after_gap boolean)
language sql stable
begin atomic
  select n, n = halaman, n > 1 and n - lag(n) over (order by n) > 1
  from (select count(*) as count from pub.found_wins(nullif(btrim(q), ''), dimensi, provinsi, jenis, tahun, kota)) found
  cross join lateral generate_series(1, (found.count + 19) / 20) n
  where found.count > 20 and (n in (1, (found.count + 19) / 20) or abs(n - halaman) <= 2)
  order by n;
end;
