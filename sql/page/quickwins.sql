-- Page quickwins: the catalogue with search and facets. A facet counts what the other filters leave; its links drop the
-- filter of its own kind, which is why its rows say `keep_...` false.

create or replace function page.quickwins(lang text, q text, dimensi text, provinsi text, jenis text, tahun integer, kota text, perangkat text, urut text,
                                          halaman integer)
returns table (
  everything bigint, cities bigint, q text, keep_q boolean, unasked boolean, words text, meant boolean, partly boolean, page_number integer,
  dimensi text, keep_dimension boolean, provinsi text, keep_province boolean, jenis text, keep_kind boolean, tahun integer, keep_year boolean,
  kota text, keep_city boolean, perangkat text, keep_agency boolean, urut text, keep_sort boolean, by_newest boolean, by_title boolean, by_name boolean,
  filtered boolean, found bigint, filled boolean, some_found boolean, nothing boolean, beyond boolean, from_n bigint, to_n bigint, paged boolean,
  previous boolean, previous_page integer, next boolean, next_page integer, last_page bigint,
  elsewhere bigint, found_elsewhere boolean, has_dimension boolean, dimension text, dimension_name text, dimension_count bigint)
language sql stable
begin atomic
  select catalogue.everything, catalogue.cities, asked.q, asked.q is not null, asked.q is null, coalesce(asked.corrected, asked.q), asked.corrected is not null, coalesce(asked.partial, false), halaman,
         dimensi, dimensi is not null, provinsi, provinsi is not null, jenis, jenis is not null, tahun, tahun is not null,
         kota, kota is not null, perangkat, perangkat is not null, urut, urut <> 'cocok', urut = 'terbaru', urut = 'judul', urut = 'nama',
         asked.q is not null or dimensi is not null or provinsi is not null or jenis is not null or tahun is not null or kota is not null or perangkat is not null,
         found.count, found.count > 0, found.count > 20 * (halaman - 1), found.count = 0, found.count > 0 and found.count <= 20 * (halaman - 1),
         20 * (halaman - 1) + 1, least(20 * halaman, found.count), found.count > 20,
         halaman > 1, halaman - 1, found.count > 20 * halaman, halaman + 1, (found.count + 19) / 20,
         elsewhere.count, elsewhere.count > 0 and found.count = 0,
         d.code is not null, d.code, pub.pick(lang, d.name_id, d.name_en), (select count(*) from pub.quick_win w where w.dimension = d.code)
  from (select w.q, a.corrected, a.partial from (select nullif(btrim(quickwins.q), '') as q) w cross join lateral pub.asked(w.q) a) asked
  cross join (select sum(r.wins) as everything, count(*) filter (where r.wins > 0) as cities from pub.region r) catalogue
  cross join lateral (select count(*) as count from pub.found_wins(asked.q, dimensi, provinsi, jenis, tahun, kota, perangkat)) found
  cross join lateral (
    select count(*) as count from pub.found_wins(asked.q, null, null, null, null, null, null) where asked.q is not null and found.count = 0) elsewhere
  left join pub.dimension d on d.code = dimensi;
end;

-- The five facets in one list, each in its own order. Of offices, which are many, the forty that most name.
create or replace function page.quickwins_facets(lang text, q text, dimensi text, provinsi text, jenis text, tahun integer, kota text, perangkat text, urut text,
                                                 halaman integer)
returns table (by_dimension boolean, by_kind boolean, by_year boolean, by_province boolean, by_agency boolean, plain boolean, parameter text, value text, count bigint,
               current boolean, dimension text, dimension_name text, has_dimension boolean, no_dimension boolean, is_kota boolean, is_kabupaten boolean,
               name text, first boolean, last boolean, opened boolean, keep_dimension boolean, keep_kind boolean, keep_year boolean, keep_province boolean, keep_agency boolean)
language sql stable
begin atomic
  with fit as materialized (
    select s.dimension, s.kind, s.year, s.province_slug, s.province_name, s.agency_slug, s.agency_name,
           s.in_dimension, s.in_province, s.in_kind, s.in_year, s.in_agency
    from pub.searched_wins(nullif(btrim(q), ''), dimensi, provinsi, jenis, tahun, kota, perangkat) s
  ), facet as (
    select 'dimensi' as facet, coalesce(f.dimension, 'lain') as value, null as name, count(*) as count, coalesce(f.dimension, 'lain') = dimensi as current
    from fit f where f.in_province and f.in_kind and f.in_year and f.in_agency
    group by f.dimension
    union all
    select 'jenis', f.kind, null, count(*), f.kind = jenis
    from fit f where f.kind is not null and f.in_dimension and f.in_province and f.in_year and f.in_agency
    group by f.kind
    union all
    select 'tahun', f.year::text, null, count(*), f.year = tahun
    from fit f where f.year is not null and f.in_dimension and f.in_province and f.in_kind and f.in_agency
    group by f.year
    union all
    select 'provinsi', f.province_slug, f.province_name, count(*), f.province_slug = provinsi
    from fit f where f.province_slug is not null and f.in_dimension and f.in_kind and f.in_year and f.in_agency
    group by f.province_slug, f.province_name
    union all
    (select 'perangkat', f.agency_slug, f.agency_name, count(*), f.agency_slug = perangkat
     from fit f where f.agency_slug is not null and f.in_dimension and f.in_kind and f.in_year and f.in_province
     group by f.agency_slug, f.agency_name
     order by 5 desc nulls last, 4 desc, 3
     limit 40)
  ), placed as (
    select f.*, d.ord, d.code, pub.pick(lang, d.name_id, d.name_en) as dimension_name,
           row_number() over (partition by f.facet order by d.ord nulls last, case when f.facet in ('provinsi', 'perangkat') then f.count end desc nulls last,
                                                            f.name, f.value desc) as place
    from facet f
    left join pub.dimension d on f.facet = 'dimensi' and d.code = f.value
  )
  select f.facet = 'dimensi', f.facet = 'jenis', f.facet = 'tahun', f.facet = 'provinsi', f.facet = 'perangkat', f.facet <> 'dimensi', f.facet, f.value, f.count, f.current,
         f.code, f.dimension_name, f.code is not null, f.facet = 'dimensi' and f.code is null,
         f.facet = 'jenis' and f.value = 'kota', f.facet = 'jenis' and f.value = 'kabupaten', coalesce(f.name, case when f.facet = 'tahun' then f.value end),
         f.place = 1, f.place = max(f.place) over facets, bool_or(f.current) over facets,
         dimensi is not null and f.facet <> 'dimensi', jenis is not null and f.facet <> 'jenis', tahun is not null and f.facet <> 'tahun',
         provinsi is not null and f.facet <> 'provinsi', perangkat is not null and f.facet <> 'perangkat'
  from placed f
  window facets as (partition by f.facet)
  order by array_position(array['dimensi', 'perangkat', 'tahun', 'provinsi', 'jenis'], f.facet), f.place;
end;

-- The filters in use; each has a link that drops it alone.
create or replace function page.quickwins_chips(lang text, q text, dimensi text, provinsi text, jenis text, tahun integer, kota text, perangkat text, urut text,
                                                halaman integer)
returns table (chip text, quoted boolean, dimension text, dimension_name text, has_dimension boolean, no_dimension boolean, is_kota boolean, is_kabupaten boolean, named boolean, plain boolean,
               keep_q boolean, keep_dimension boolean, keep_province boolean, keep_kind boolean, keep_year boolean, keep_city boolean, keep_agency boolean)
language sql stable
begin atomic
  select c.label, c.kind = 'q', d.code, pub.pick(lang, d.name_id, d.name_en), d.code is not null, c.kind = 'dimension' and d.code is null,
         c.kind = 'kind' and c.label = 'kota', c.kind = 'kind' and c.label = 'kabupaten', c.kind <> 'kind', c.kind not in ('q', 'dimension', 'kind'),
         c.kind <> 'q' and btrim(q) <> '', c.kind <> 'dimension' and dimensi is not null, c.kind <> 'province' and provinsi is not null,
         c.kind <> 'kind' and jenis is not null, c.kind <> 'year' and tahun is not null, c.kind <> 'city' and kota is not null,
         c.kind <> 'agency' and perangkat is not null
  from (values (1, 'q', nullif(btrim(q), '')), (2, 'dimension', dimensi),
               (3, 'kind', jenis), (4, 'year', tahun::text),
               (5, 'province', coalesce((select p.name from pub.province p where p.slug = provinsi), provinsi)),
               (6, 'city', coalesce((select r.name from pub.region r where r.slug = kota), kota)),
               (7, 'agency', coalesce((select w.agency_name from pub.quick_win w where w.agency_slug = perangkat limit 1), perangkat))) c (ord, kind, label)
  left join pub.dimension d on c.kind = 'dimension' and d.code = c.label
  where c.label is not null
  order by c.ord;
end;

-- One page of twenty: the best fit first, without words the newest first, or as asked. Each title and each summary comes in pieces, so that those
-- which were looked for can be marked: the first piece of a title `opens` a quick win, the first of a summary `turns` to it, the last one `closes`.
create or replace function page.quickwins_wins(lang text, q text, dimensi text, provinsi text, jenis text, tahun integer, kota text, perangkat text, urut text,
                                               halaman integer)
returns table (id integer, piece text, hit boolean, plain boolean, opens boolean, turns boolean, closes boolean, slug text, city text, dimension text,
               dimension_name text, has_dimension boolean, no_dimension boolean, dated boolean, win_year integer)
language sql stable
begin atomic
  with found as materialized (
    select w.*
    from pub.found_wins(nullif(btrim(q), ''), dimensi, provinsi, jenis, tahun, kota, perangkat) w
    order by case urut when 'judul' then w.title when 'nama' then w.bare || w.name end, case when urut = 'cocok' then w.fit end desc,
             w.year desc nulls last, w.dimension_ord nulls last, w.title, w.id
    limit 20 offset 20 * (halaman - 1)
  ), placed as (
    select f.*, row_number() over () as place from found f
  )
  select f.id, p.piece, p.hit, not p.hit, t.part = 1 and p.n = 1, t.part = 2 and p.n = 1,
         lead(f.place) over (order by f.place, t.part, p.n) is distinct from f.place,
         f.slug, f.name, f.dimension, pub.pick(lang, f.dimension_id, f.dimension_en), f.dimension is not null, f.dimension is null, f.year is not null, f.year
  from pub.asked(nullif(btrim(q), '')) a
  cross join placed f
  cross join lateral (values (1, f.title), (2, f.summary)) t (part, text)
  cross join lateral pub.pieces(t.text, a.pattern) p
  order by f.place, t.part, p.n;
end;
