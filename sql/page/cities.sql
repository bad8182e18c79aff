-- Page cities: the directory.

create or replace function page.cities(lang text, q text, provinsi text, jenis text)
returns table (
  q text, words text, meant boolean, asked boolean, unasked boolean, filtered boolean, province_slug text, by_province boolean, province_name text, by_kind boolean, kind text,
  limited boolean, broad boolean, only_kota boolean, only_kabupaten boolean,
  members bigint, kota bigint, kabupaten bigint, provinces_known bigint, valued bigint,
  found bigint, found_valued bigint, found_unvalued bigint, has_map boolean, has_near boolean, far boolean, near_count bigint, has_list boolean, has_regions boolean, others_found bigint, has_others boolean, has_wins boolean, win_count bigint,
  nothing boolean)
language sql stable
begin atomic
  select asked.q, coalesce(asked.corrected, asked.q), asked.corrected is not null and listed.members + listed.others > 0, asked.q is not null, asked.q is null, asked.q is not null or provinsi is not null or jenis is not null,
         provinsi, provinsi is not null, coalesce((select p.name from pub.province p where p.slug = provinsi), provinsi), jenis is not null, jenis,
         provinsi is not null or jenis is not null, asked.q is null and provinsi is null and jenis is null, jenis = 'kota', jenis = 'kabupaten',
         fifty.members, fifty.kota, fifty.kabupaten, fifty.provinces, fifty.valued,
         listed.members, listed.valued, listed.members - listed.valued, listed.dots > 0, listed.near > 0, listed.near = 0, listed.near, listed.members > 0, listed.members + listed.others > 0, listed.others, listed.others > 0,
         wins.count > 0, wins.count, listed.members + listed.others + wins.count = 0
  from (select w.q, a.corrected from (select nullif(btrim(cities.q), '') as q) w cross join lateral pub.asked_places(w.q) a) asked
  cross join lateral (
    select count(*) as members, count(*) filter (where d.kind = 'kota') as kota, count(*) filter (where d.kind = 'kabupaten') as kabupaten,
           count(distinct d.province) as provinces, count(d.value) as valued
    from pub.region d where d.listed and d.member) fifty
  cross join lateral (
    select count(*) filter (where d.member) as members, count(*) filter (where not d.member) as others,
           count(d.value) filter (where d.member) as valued,
           count(*) filter (where d.member and d.x is not null and d.y is not null) as dots,
           count(*) filter (where d.member and d.near_x is not null) as near
    from pub.directory(asked.q, provinsi, jenis) d) listed
  cross join lateral (
    select count(*) as count from pub.found_wins(asked.q, null, provinsi, jenis, null, null, null) where asked.q is not null) wins;
end;

-- The fifty on the map, those with a value last so that they lie on top.
create or replace function page.cities_dots(lang text, q text, provinsi text, jenis text)
returns table (slug text, name text, x numeric, y numeric, size numeric, filled boolean, ring boolean, value numeric, shown numeric)
language sql stable
begin atomic
  select d.slug, d.name, d.x, d.y, pub.map_size(d.at), d.value is not null, d.value is null, trim_scale(d.value), d.shown
  from pub.directory(nullif(btrim(q), ''), provinsi, jenis) d
  where d.member and d.x is not null and d.y is not null
  order by d.value is not null, d.longitude;
end;

-- The same from Java to Lombok, where most of them are: percent of a window of the map, in which dots have more room.
create or replace function page.cities_near(lang text, q text, provinsi text, jenis text)
returns table (slug text, name text, x numeric, y numeric, size numeric, filled boolean, ring boolean, value numeric, shown numeric)
language sql stable
begin atomic
  select d.slug, d.name, d.near_x, d.near_y, 1.5 * pub.map_size(d.at), d.value is not null, d.value is null, trim_scale(d.value), d.shown
  from pub.directory(nullif(btrim(q), ''), provinsi, jenis) d
  where d.member and d.near_x is not null
  order by d.value is not null, d.longitude;
end;

-- The fifty by province, from west to east as the codes of the provinces go.
create or replace function page.cities_list(lang text, q text, provinsi text, jenis text)
returns table (province text, first_of_province boolean, last_of_province boolean, slug text, name text,
               value numeric, shown numeric, label text, has_value boolean, no_data boolean)
language sql stable
begin atomic
  select d.province_name, row_number() over w = 1, row_number() over w = count(*) over (partition by d.province),
         d.slug, d.name, trim_scale(d.value), d.shown, pub.pick(lang, d.label_id, d.label_en), d.value is not null, d.value is null
  from pub.directory(nullif(btrim(q), ''), provinsi, jenis) d
  where d.member
  window w as (partition by d.province order by d.bare, d.name)
  order by d.province, d.bare, d.name;
end;

-- Regions outside the fifty about which something was published, in the same order.
create or replace function page.cities_others(lang text, q text, provinsi text, jenis text)
returns table (province text, first_of_province boolean, last_of_province boolean, slug text, name text,
               value numeric, shown numeric, label text, has_value boolean, no_data boolean)
language sql stable
begin atomic
  select d.province_name, row_number() over w = 1, row_number() over w = count(*) over (partition by d.province),
         d.slug, d.name, trim_scale(d.value), d.shown, pub.pick(lang, d.label_id, d.label_en), d.value is not null, d.value is null
  from pub.directory(nullif(btrim(q), ''), provinsi, jenis) d
  where not d.member
  window w as (partition by d.province order by d.bare, d.name)
  order by d.province, d.bare, d.name;
end;

-- Quick wins that answer the search, the best six.
create or replace function page.cities_wins(lang text, q text, provinsi text, jenis text)
returns table (id integer, win text, summary text, slug text, city text, dimension text, dimension_name text, has_dimension boolean,
               no_dimension boolean, dated boolean, win_year integer)
language sql stable
begin atomic
  select w.id, w.title, w.summary, w.slug, w.name, w.dimension, pub.pick(lang, w.dimension_id, w.dimension_en), w.dimension is not null, w.dimension is null,
         w.year is not null, w.year
  from pub.found_wins(nullif(btrim(q), ''), null, provinsi, jenis, null, null, null) w
  where nullif(btrim(q), '') is not null
  order by w.fit desc, w.year desc nulls last, w.id
  limit 6;
end;

-- The provinces of the filter.
create or replace function page.cities_provinces(lang text, q text, provinsi text, jenis text)
returns table (option_slug text, option_name text, chosen boolean)
language sql stable
begin atomic
  select d.province_slug, d.province_name, d.province_slug = provinsi
  from pub.region d
  where d.listed and d.province is not null
  group by d.province_slug, d.province_name
  order by d.province_name;
end;
