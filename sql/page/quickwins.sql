-- Page quickwins: the catalogue with search, topics and facets. A facet counts what the other
-- filters leave. Links keep the filters in use, and those of a facet or of a chip drop their own:
-- an element that says null for a filter hides it from its links.

create or replace function page.quickwins(
  lang text, q text, dimensi text, provinsi text, jenis text, tahun integer, kota text,
  perangkat text, topik text, penduduk text, urut text, halaman integer) returns setof json
language sql stable
begin atomic
  with asked as materialized (
    select w.q, a.pattern, a.corrected, a.partial
    from (select nullif(btrim(quickwins.q), '') as q) w
    cross join lateral pub.asked(w.q) a
  ), fit as materialized (
    select s.*,
           s.in_dimension and s.in_province and s.in_kind and s.in_year and s.in_agency
           and s.in_topic and s.in_size as fits
    from pub.searched_wins(nullif(btrim(quickwins.q), ''), dimensi, provinsi, jenis, tahun, kota,
                           perangkat, topik, penduduk) s
  ), facet as (
    select v.facet, v.value, v.name, count(*), coalesce(v.value = v.chosen, false) as current
    from fit f
    cross join lateral (
      select * from (values
        ('dimensi', coalesce(f.dimension, 'lain'), null, dimensi),
        ('perangkat', f.agency_slug, f.agency_name, perangkat),
        ('penduduk', f.size, null, penduduk),
        ('tahun', f.year::text, null, tahun::text),
        ('provinsi', f.province_slug, f.province_name, provinsi),
        ('jenis', f.kind, null, jenis)) o (facet, value, name, chosen)
      union all
      select 'topik', t.code, null, topik from unnest(f.topics) t (code)) v
    where v.value is not null
      and (f.in_dimension or v.facet = 'dimensi')
      and (f.in_agency or v.facet = 'perangkat')
      and (f.in_year or v.facet = 'tahun')
      and (f.in_province or v.facet = 'provinsi')
      and (f.in_kind or v.facet = 'jenis')
      and (f.in_topic or v.facet = 'topik')
      and (f.in_size or v.facet = 'penduduk')
    group by v.facet, v.value, v.name, v.chosen
  ), choice as (
    -- In the order of its facet, of which the first eight are shown at once. Of offices, which are
    -- many, the forty that most name.
    select v.*, row_number() over (
             partition by v.facet
             order by v.current desc,
                      case v.facet when 'penduduk' then
                             array_position('{kecil,sedang,besar,raya}', v.value) end,
                      (select t.ord from pub.topic t where v.facet = 'topik' and t.code = v.value),
                      case when v.facet in ('provinsi', 'perangkat') then v.count end desc,
                      v.name, v.value desc) as place
    from facet v
  ), topic as (
    select null as topik,
           t.code as value,
           pub.pick(lang, t.name_id, t.name_en) as name,
           v.count,
           v.current,
           v.place
    from choice v
    join pub.topic t on t.code = v.value
    where v.facet = 'topik'
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
           topik,
           penduduk,
           nullif(urut, 'cocok') as urut_word,
           num_nonnulls(a.q, dimensi, provinsi, jenis, tahun, kota, perangkat, topik, penduduk) > 0
             as filtered,
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
           case when n.count is null then (
             select json_agg(x) from (
               select t.code as value, pub.pick(lang, t.name_id, t.name_en) as name, w.count
               from (select o.code, count(*)
                     from pub.quick_win v cross join lateral unnest(v.topics) o (code)
                     group by o.code order by count(*) desc, o.code limit 5) w
               join pub.topic t on t.code = w.code
               order by w.count desc, t.code) x) end as frequent,
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
           (select json_agg(x) from (
              select t.topik, t.value, t.name, t.count, t.current
              from topic t where t.place <= 8 order by t.place) x) as topics,
           (select json_agg(x) from (
              select t.topik, t.value, t.name, t.count, t.current
              from topic t where t.place > 8 order by t.place) x) as more_topics,
           (select json_agg(x) from (
              select g.facet as facet_word,
                     case when g.facet <> 'perangkat' then perangkat end as perangkat,
                     case when g.facet <> 'penduduk' then penduduk end as penduduk,
                     case when g.facet <> 'tahun' then tahun end as tahun,
                     case when g.facet <> 'provinsi' then provinsi end as provinsi,
                     case when g.facet <> 'jenis' then jenis end as jenis,
                     (select bool_or(v.current) from facet v where v.facet = g.facet) as opened,
                     (select json_agg(y) from (
                        select v.value as value_word,
                               case when g.facet = 'penduduk' then v.value end as size_word,
                               v.name,
                               v.count,
                               v.current
                        from choice v
                        where v.facet = g.facet and v.place <= 8
                        order by v.place) y) as choices,
                     (select json_agg(y) from (
                        select v.value as value_word,
                               v.name,
                               v.count,
                               v.current
                        from choice v
                        where v.facet = g.facet and v.place > 8
                          and (v.facet <> 'perangkat' or v.place <= 40)
                        order by v.place) y) as more_choices
              from (values (1, 'penduduk'), (2, 'jenis'), (3, 'perangkat'), (4, 'tahun'),
                           (5, 'provinsi')) g (ord, facet)
              where exists (select from facet v where v.facet = g.facet)
              order by g.ord) x) as facets,
           -- The filters in use; each has a link that drops it alone.
           (select json_agg(x) from (
              select case k.kind when 'q' then 'words' when 'dimensi' then 'dimension'
                                 when 'jenis' then jenis when 'penduduk' then 'size'
                                 else 'plain' end as as_word,
                     case when k.kind = 'penduduk' then k.label end as size_word,
                     case when k.kind not in ('jenis', 'penduduk') then k.label end as chip,
                     o.code as dimension,
                     pub.pick(lang, o.name_id, o.name_en) as dimension_name,
                     case when k.kind <> 'q' then a.q end as q,
                     case when k.kind <> 'dimensi' then dimensi end as dimensi,
                     case when k.kind <> 'jenis' then jenis end as jenis,
                     case when k.kind <> 'tahun' then tahun end as tahun,
                     case when k.kind <> 'provinsi' then provinsi end as provinsi,
                     case when k.kind <> 'kota' then kota end as kota,
                     case when k.kind <> 'perangkat' then perangkat end as perangkat,
                     case when k.kind <> 'topik' then topik end as topik,
                     case when k.kind <> 'penduduk' then penduduk end as penduduk
              from (values
                (1, 'q', a.q),
                (2, 'topik', coalesce((select pub.pick(lang, t.name_id, t.name_en)
                                       from pub.topic t where t.code = topik), topik)),
                (3, 'dimensi', dimensi),
                (4, 'penduduk', penduduk),
                (5, 'jenis', jenis),
                (6, 'tahun', tahun::text),
                (7, 'provinsi', coalesce((select p.name from pub.province p
                                          where p.slug = provinsi), provinsi)),
                (8, 'kota', coalesce((select r.name from pub.region r where r.slug = kota), kota)),
                (9, 'perangkat', coalesce((select w.agency_name from pub.quick_win w
                                           where w.agency_slug = perangkat limit 1), perangkat)))
                k (ord, kind, label)
              left join pub.dimension o on k.kind = 'dimensi' and o.code = k.label
              where k.label is not null
              order by k.ord) x) as chips,
           -- One page of twenty: the best fit first; without words those that tell most, and among
           -- them dimension by dimension in turn; or as asked. Title and summary come in pieces, so
           -- that what was looked for can be marked.
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
                     pub.pick(lang, f.dimension_id, f.dimension_en) as dimension_name,
                     nullif(f.substance, 0) as substance,
                     f.measured,
                     nullif(f.copies, 0) as copies,
                     f.picture,
                     (select p.caption from pub.file p where p.id = f.picture) as caption
              from (select w.*, row_number() over (
                             partition by w.substance, w.dimension
                             order by w.agency_slug is null, w.year desc nulls last, w.title, w.id)
                             as turn
                    from fit w where w.fits) f
              order by case urut when 'judul' then f.title when 'nama' then f.bare || f.name end,
                       case urut when 'ditiru' then f.copies end desc,
                       case when urut = 'cocok' and a.q is null then f.substance end desc,
                       case when urut = 'cocok' and a.q is null then f.turn end,
                       case when urut = 'cocok' then f.fit end desc,
                       case when urut = 'cocok' and a.q is null then f.dimension_ord end,
                       f.year desc nulls last, f.dimension_ord nulls last, f.title, f.id
              limit 20 offset 20 * (halaman - 1)) x) as wins
    from asked a
    cross join found n
    cross join (select sum(r.wins) as everything, count(*) filter (where r.wins > 0) as cities
                from pub.region r) c
    left join pub.dimension m on m.code = dimensi) d;
end;
