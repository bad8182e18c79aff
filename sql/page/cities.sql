-- Page cities: the directory, and what a search in it finds.

create or replace function page.cities(lang text, q text, provinsi text, jenis text, tandai text,
  daerah text) returns setof json
language sql stable
begin atomic
  -- The words are given as an expression of the parameter, so that they are read once and not for
  -- each region.
  with found as (
    select d.* from pub.directory(nullif(btrim(cities.q), ''), provinsi, jenis) d
  ), exact as (
    -- Who writes the whole name of a region, with its kind or as the only one that fits, means it.
    select min(f.slug) as slug
    from found f
    where provinsi is null and jenis is null
      and (pub.place_name(f.name) = pub.place_name(cities.q)
           or pub.place_joined(f.name) = replace(pub.place_name(cities.q), ' ', '')
              and (select count(*) from found) = 1)
    having count(*) = 1
  ), win as (
    select w.*
    from pub.found_wins(nullif(btrim(cities.q), ''), null, provinsi, jenis, null, null, null) w
    where nullif(btrim(cities.q), '') is not null
  )
  select row_to_json(d) from (
    select false as simulated,
           (select row_to_json(x) from (
              select '/kota/' || e.slug
                       || case when tandai = 'ya' then '?daerah=' || e.slug else '' end as location
              from exact e) x) as http,
           a.q,
           case when f.members + f.others > 0 then a.corrected end as words,
           a.q is not null or l.limited as filtered,
           l.limited,
           provinsi as province_slug,
           coalesce((select p.name from pub.province p where p.slug = provinsi), provinsi)
             as province_name,
           jenis as kind_word,
           fifty.*,
           f.members as found,
           f.valued as found_valued,
           f.members - f.valued as found_unvalued,
           f.others as others_found,
           w.count as win_count,
           f.members + f.others > 0 as some_regions,
           f.members + f.others + w.count = 0 as nothing,
           (select json_agg(x) from (
              select r.province_slug as option_slug,
                     r.province_name as option_name,
                     r.province_slug = provinsi as chosen
              from pub.region r
              where r.listed and r.province is not null
              group by r.province_slug, r.province_name
              order by r.province_name) x) as provinces,

           -- The fifty on the map, those with a value last so that they lie on top; `at`, how high
           -- the value lies on its own scale.
           (select json_agg(dot) from (
              select r.slug, r.name, r.longitude, r.latitude, r.at, trim_scale(r.value) as value,
                     r.shown
              from found r
              where a.q is null and r.member and r.longitude is not null and r.latitude is not null
              order by r.value is not null, r.longitude) dot) as dots,

           -- By province, from west to east as the codes of the provinces go: the fifty, and others
           -- about which something was published.
           (select json_agg(x) from (
              select r.province_name as province, json_agg(z order by r.bare, r.name) as regions
              from found r
              cross join lateral (
                select r.slug, r.name, r.slug = daerah as marked, trim_scale(r.value) as value,
                       r.shown, pub.pick(lang, r.label_id, r.label_en) as label) z
              where r.member
              group by r.province, r.province_name
              order by r.province) x) as list,
           (select json_agg(x) from (
              select r.province_name as province, json_agg(z order by r.bare, r.name) as regions
              from found r
              cross join lateral (
                select r.slug, r.name, r.slug = daerah as marked, trim_scale(r.value) as value,
                       r.shown, pub.pick(lang, r.label_id, r.label_en) as label) z
              where not r.member
              group by r.province, r.province_name
              order by r.province) x) as others,

           -- Quick wins that answer the search, the best six.
           (select json_agg(x) from (
              select w.id,
                     w.title as win,
                     w.summary,
                     w.slug,
                     w.name as city,
                     w.dimension,
                     pub.pick(lang, w.dimension_id, w.dimension_en) as dimension_name,
                     w.year as win_year
              from win w
              order by w.fit desc, w.year desc nulls last, w.id
              limit 6) x) as wins
    from (
      select w.q, p.corrected
      from (select nullif(btrim(cities.q), '') as q) w
      cross join lateral pub.asked_places(w.q) p) a
    cross join (select provinsi is not null or jenis is not null as limited) l
    cross join (
      select count(*) as members,
             count(*) filter (where r.kind = 'kota') as kota,
             count(*) filter (where r.kind = 'kabupaten') as kabupaten,
             count(distinct r.province) as provinces_known,
             count(r.value) as valued
      from pub.region r
      where r.listed and r.member) fifty
    cross join (
      select count(*) filter (where r.member) as members,
             count(*) filter (where not r.member) as others,
             count(r.value) filter (where r.member) as valued
      from found r) f
    cross join (select count(*) as count from win) w) d;
end;
