-- Page quickwins: the catalogue with search and facets. A facet counts what the other filters leave; its links drop the
-- filter of its own kind, which is why its rows say `keep_...` false.

create or replace function page.quickwins(lang text, q text, dimensi text, provinsi text, jenis text, tahun integer, kota text, halaman integer)
returns table (
  everything bigint, cities bigint, q text, keep_q boolean, unasked boolean, page_number integer, dimensi text, keep_dimension boolean,
  provinsi text, keep_province boolean, jenis text, keep_kind boolean, tahun integer, keep_year boolean, kota text, keep_city boolean,
  filtered boolean, found bigint, filled boolean, some_found boolean, nothing boolean, beyond boolean, from_n bigint, to_n bigint, paged boolean,
  previous boolean, previous_page integer, next boolean, next_page integer,
  elsewhere bigint, found_elsewhere boolean, has_dimension boolean, dimension text, dimension_name text, dimension_count bigint,
  more_filters boolean)
language sql stable
begin atomic
  select catalogue.everything, catalogue.cities, asked.q, asked.q is not null, asked.q is null, halaman, dimensi, dimensi is not null,
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
    select count(*) as count from pub.found_wins(asked.q, null, null, null, null, null) where asked.q is not null and found.count = 0) elsewhere
  left join pub.dimension d on d.code = dimensi;
end;

-- The four facets in one list, each in its own order.
create or replace function page.quickwins_facets(lang text, q text, dimensi text, provinsi text, jenis text, tahun integer, kota text, halaman integer)
returns table (by_dimension boolean, by_kind boolean, by_year boolean, by_province boolean, value text, count bigint, current boolean,
               dimension text, dimension_name text, has_dimension boolean, no_dimension boolean, is_kota boolean, is_kabupaten boolean, name text,
               keep_dimension boolean, keep_kind boolean, keep_year boolean, keep_province boolean)
language sql stable
begin atomic
  with fit as materialized (
    select * from pub.searched_wins(nullif(btrim(q), ''), dimensi, provinsi, jenis, tahun, kota)
  ), facet as (
    select 'dimension' as facet, coalesce(f.dimension, 'lain') as value, null as name, count(*) as count, coalesce(f.dimension, 'lain') = dimensi as current
    from fit f where f.in_province and f.in_kind and f.in_year
    group by f.dimension
    union all
    select 'kind', f.kind, null, count(*), f.kind = jenis
    from fit f where f.kind is not null and f.in_dimension and f.in_province and f.in_year
    group by f.kind
    union all
    select 'year', f.year::text, null, count(*), f.year = tahun
    from fit f where f.year is not null and f.in_dimension and f.in_province and f.in_kind
    group by f.year
    union all
    select 'province', f.province_slug, f.province_name, count(*), f.province_slug = provinsi
    from fit f where f.province_slug is not null and f.in_dimension and f.in_kind and f.in_year
    group by f.province_slug, f.province_name
  )
  select f.facet = 'dimension', f.facet = 'kind', f.facet = 'year', f.facet = 'province', f.value, f.count, f.current,
         d.code, pub.pick(lang, d.name_id, d.name_en), d.code is not null, f.facet = 'dimension' and d.code is null,
         f.facet = 'kind' and f.value = 'kota', f.facet = 'kind' and f.value = 'kabupaten', f.name,
         dimensi is not null and f.facet <> 'dimension', jenis is not null and f.facet <> 'kind', tahun is not null and f.facet <> 'year',
         provinsi is not null and f.facet <> 'province'
  from facet f
  left join pub.dimension d on f.facet = 'dimension' and d.code = f.value
  order by d.ord nulls last, case when f.facet = 'province' then f.count end desc nulls last, f.name, f.value desc;
end;

-- The filters in use; each has a link that drops it alone.
create or replace function page.quickwins_chips(lang text, q text, dimensi text, provinsi text, jenis text, tahun integer, kota text, halaman integer)
returns table (chip text, quoted boolean, dimension text, dimension_name text, has_dimension boolean, no_dimension boolean, is_kota boolean, is_kabupaten boolean, named boolean, plain boolean,
               keep_q boolean, keep_dimension boolean, keep_province boolean, keep_kind boolean, keep_year boolean, keep_city boolean)
language sql stable
begin atomic
  select c.label, c.kind = 'q', d.code, pub.pick(lang, d.name_id, d.name_en), d.code is not null, c.kind = 'dimension' and d.code is null,
         c.kind = 'kind' and c.label = 'kota', c.kind = 'kind' and c.label = 'kabupaten', c.kind <> 'kind', c.kind not in ('q', 'dimension', 'kind'),
         c.kind <> 'q' and btrim(q) <> '', c.kind <> 'dimension' and dimensi is not null, c.kind <> 'province' and provinsi is not null,
         c.kind <> 'kind' and jenis is not null, c.kind <> 'year' and tahun is not null, c.kind <> 'city' and kota is not null
  from (values (1, 'q', nullif(btrim(q), '')), (2, 'dimension', dimensi),
               (3, 'kind', jenis), (4, 'year', tahun::text),
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
  select w.id, w.title, w.summary, w.slug, w.name, w.dimension, pub.pick(lang, w.dimension_id, w.dimension_en), w.dimension is not null,
         w.dimension is null, w.year is not null, w.year
  from pub.found_wins(nullif(btrim(q), ''), dimensi, provinsi, jenis, tahun, kota) w
  order by w.fit desc, w.year desc nulls last, w.dimension_ord nulls last, w.title, w.id
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
