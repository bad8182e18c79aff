-- Page quickwins: the catalogue with search and facets. A facet counts what the other filters
-- leave. Links keep the filters in use, and those of a facet or of a chip drop their own: an
-- element that says null for a filter hides it from its links.

create or replace function page.quickwins(
  lang text, q text, dimensi text, provinsi text, jenis text, tahun integer, kota text,
  perangkat text, urut text, halaman integer) returns setof json
language sql stable
begin atomic
  with asked as materialized (
    select w.q, a.pattern, a.corrected, a.partial
    from (select nullif(btrim(quickwins.q), '') as q) w
    cross join lateral pub.asked(w.q) a
  ), fit as materialized (
    select s.*,
           s.in_dimension and s.in_province and s.in_kind and s.in_year and s.in_agency as fits
    from pub.searched_wins(nullif(btrim(quickwins.q), ''), dimensi, provinsi, jenis, tahun, kota,
                           perangkat) s
  ), facet as (
    select v.facet, v.value, v.name, count(*), coalesce(v.value = v.chosen, false) as current
    from fit f
    cross join lateral (values
      ('dimensi', coalesce(f.dimension, 'lain'), null, dimensi),
      ('perangkat', f.agency_slug, f.agency_name, perangkat),
      ('tahun', f.year::text, null, tahun::text),
      ('provinsi', f.province_slug, f.province_name, provinsi),
      ('jenis', f.kind, null, jenis)) v (facet, value, name, chosen)
    where v.value is not null
      and (f.in_dimension or v.facet = 'dimensi')
      and (f.in_agency or v.facet = 'perangkat')
      and (f.in_year or v.facet = 'tahun')
      and (f.in_province or v.facet = 'provinsi')
      and (f.in_kind or v.facet = 'jenis')
    group by v.facet, v.value, v.name, v.chosen
  ), found as (
    select nullif(count(*), 0) as count from fit f where f.fits
  )
  select row_to_json(d) from (
    select c.everything,
           c.cities,
           a.q,
           coalesce(a.corrected, a.q) as words,
           a.corrected is not null as meant,
           a.partial as partly,
           dimensi,
           provinsi,
           jenis,
           tahun,
           kota,
           perangkat,
           nullif(urut, 'cocok') as urut_word,
           num_nonnulls(a.q, dimensi, provinsi, jenis, tahun, kota, perangkat) > 0 as filtered,
           n.count as found,
           20 * (halaman - 1) + 1 as from_n,
           least(20 * halaman, n.count) as to_n,
           halaman as page_number,
           case when n.count > 20 then (n.count + 19) / 20 end as last_page,
           nullif(halaman - 1, 0) as previous_page,
           case when n.count > 20 * halaman then halaman + 1 end as next_page,
           -- Where nothing is found.
           (select nullif(count(*), 0)
            from pub.found_wins(a.q, null, null, null, null, null, null)
            where a.q is not null and n.count is null) as elsewhere,
           m.code as dimension,
           pub.pick(lang, m.name_id, m.name_en) as dimension_name,
           case when n.count is null then (
             select count(*)
             from pub.quick_win w
             where w.dimension = m.code) end as dimension_count,
           (select json_agg(x) from (
              select null as dimensi,
                     v.value,
                     v.count,
                     v.current,
                     o.code as dimension,
                     pub.pick(lang, o.name_id, o.name_en) as dimension_name
              from facet v
              left join pub.dimension o on o.code = v.value
              where v.facet = 'dimensi'
              order by o.ord) x) as dimensions,
           -- The other facets, each in its own order. Of offices, which are many, the forty that
           -- most name.
           (select json_agg(x) from (
              select g.facet as facet_word,
                     case when g.facet <> 'perangkat' then perangkat end as perangkat,
                     case when g.facet <> 'tahun' then tahun end as tahun,
                     case when g.facet <> 'provinsi' then provinsi end as provinsi,
                     case when g.facet <> 'jenis' then jenis end as jenis,
                     (select bool_or(v.current) from facet v where v.facet = g.facet) as opened,
                     (select json_agg(y) from (
                        select v.value as value_word, v.name, v.count, v.current
                        from (select * from facet v
                              where v.facet = g.facet
                              order by v.current desc, v.count desc, v.name
                              limit case when g.facet = 'perangkat' then 40 end) v
                        order by case when g.facet in ('provinsi', 'perangkat') then v.count end
                                   desc, v.name, v.value desc) y) as choices
              from (values (1, 'perangkat'), (2, 'tahun'), (3, 'provinsi'), (4, 'jenis'))
                g (ord, facet)
              where exists (select from facet v where v.facet = g.facet)
              order by g.ord) x) as facets,
           -- The filters in use; each has a link that drops it alone.
           (select json_agg(x) from (
              select case k.kind when 'q' then 'words' when 'dimensi' then 'dimension'
                                 when 'jenis' then jenis else 'plain' end as as_word,
                     case when k.kind <> 'jenis' then k.label end as chip,
                     o.code as dimension,
                     pub.pick(lang, o.name_id, o.name_en) as dimension_name,
                     case when k.kind <> 'q' then a.q end as q,
                     case when k.kind <> 'dimensi' then dimensi end as dimensi,
                     case when k.kind <> 'jenis' then jenis end as jenis,
                     case when k.kind <> 'tahun' then tahun end as tahun,
                     case when k.kind <> 'provinsi' then provinsi end as provinsi,
                     case when k.kind <> 'kota' then kota end as kota,
                     case when k.kind <> 'perangkat' then perangkat end as perangkat
              from (values
                (1, 'q', a.q),
                (2, 'dimensi', dimensi),
                (3, 'jenis', jenis),
                (4, 'tahun', tahun::text),
                (5, 'provinsi', coalesce((select p.name from pub.province p
                                          where p.slug = provinsi), provinsi)),
                (6, 'kota', coalesce((select r.name from pub.region r where r.slug = kota), kota)),
                (7, 'perangkat', coalesce((select w.agency_name from pub.quick_win w
                                           where w.agency_slug = perangkat limit 1), perangkat)))
                k (ord, kind, label)
              left join pub.dimension o on k.kind = 'dimensi' and o.code = k.label
              where k.label is not null
              order by k.ord) x) as chips,
           -- One page of twenty: the best fit first, without words the newest first, or as asked.
           -- Title and summary come in pieces, so that what was looked for can be marked.
           (select json_agg(x) from (
              select f.id,
                     (select json_agg(y) from (
                        select p.piece, p.hit from pub.pieces(f.title, a.pattern) p
                        order by p.n) y) as title,
                     (select json_agg(y) from (
                        select p.piece, p.hit from pub.pieces(f.summary, a.pattern) p
                        order by p.n) y) as summary,
                     f.slug,
                     f.name as city,
                     f.year as win_year,
                     f.dimension,
                     pub.pick(lang, f.dimension_id, f.dimension_en) as dimension_name
              from fit f
              where f.fits
              order by case urut when 'judul' then f.title when 'nama' then f.bare || f.name end,
                       case when urut = 'cocok' then f.fit end desc,
                       f.year desc nulls last, f.dimension_ord nulls last, f.title, f.id
              limit 20 offset 20 * (halaman - 1)) x) as wins
    from asked a
    cross join found n
    cross join (select sum(r.wins) as everything, count(*) filter (where r.wins > 0) as cities
                from pub.region r) c
    left join pub.dimension m on m.code = dimensi) d;
end;
