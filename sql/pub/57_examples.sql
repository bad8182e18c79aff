-- Comparisons to begin with: a word for what they are, and up to six regions, by the newest real
-- round. With a city, that one and those that are like it come first.
create or replace function pub.compare_examples(lang text, city text)
returns table (example_word text, example_name text, example_list text, example_count bigint)
language sql stable
begin atomic
  with here as materialized (
    select p.id, p.year, p.before, p.direction, pub.pick(lang, p.label_id, p.label_en) as label
    from pub.publication p
    where p.standard and not p.simulated
  ), entrant as materialized (
    select e.region, e.slug, e.name, e.province, e.province_name, e.value * h.direction as value,
           (e.value - b.value) * h.direction as rise
    from here h
    join pub.entrant e on e.publication = h.id and e.value is not null
    left join pub.entrant b on b.publication = h.before and b.region = e.region
  ), list as (
    select 1 as ord, 'alike' as word, r.name,
           r.slug || ',' || string_agg(a.slug, ',' order by a.distance, a.region) as list,
           count(*) + 1 as count
    from here h
    join pub.region r on r.slug = compare_examples.city
    cross join lateral (
      select e.slug, s.distance, s.region
      from pub.alike(r.code, h.year) s
      join entrant e on e.region = s.region
      where s.distance <= pub.alike_reach()
      order by s.distance, s.region
      limit 5) a
    group by r.name, r.slug
    union all
    select 2, 'risen', h.label, string_agg(e.slug, ',' order by e.rise desc, e.slug), count(*)
    from here h
    cross join lateral (
      select k.slug, k.rise from entrant k where k.rise > 0
      order by k.rise desc, k.slug limit 6) e
    group by h.label
    union all
    select 3, 'highest', h.label, string_agg(e.slug, ',' order by e.value desc, e.slug), count(*)
    from here h
    cross join lateral (
      select k.slug, k.value from entrant k order by k.value desc, k.slug limit 6) e
    group by h.label
    union all
    select 4, 'province', p.province_name, p.list, p.count
    from (
      select e.province_name, count(*) as count,
             string_agg(e.slug, ',' order by e.value desc, e.slug) as list
      from entrant e
      where e.province is not null
      group by e.province, e.province_name
      having count(*) between 2 and 6
      order by count(*) desc, e.province
      limit 1) p
  )
  select l.word, l.name, l.list, l.count from list l where l.count > 1 order by l.ord;
end;
