-- Page cities: the directory.
begin;
\ir round.psql
select plan(25);

-- The document of a search, or the elements of one of its lists; of a list by province its regions.
create function pg_temp.asked(path text, q text default null, provinsi text default null,
                              jenis text default null)
returns setof json language plpgsql as $$
declare
  document json := doc('cities', 'id', q, provinsi, jenis, null, null);
begin
  return query select part(path);
end $$;

create function pg_temp.said(name text, q text default null) returns text
language sql as $$select doc('cities', 'id', q, null, null, null, null) ->> name$$;

select results_eq(
  $$select r.members, r.kota, r.kabupaten, r.found, r.found_valued + r.found_unvalued
    from doc('cities', 'id', null, null, null, null, null) p, json_to_record(p) r
      (members integer, kota integer, kabupaten integer, found integer, found_valued integer,
       found_unvalued integer)$$,
  'values (50, 25, 25, 50, 50)', 'the fifty');
select is((select count(*) from part('dots')), 50::bigint, 'all are on the map');
select is((select count(*) from part('dots') p
           where (p ->> 'value' is null) <> (p ->> 'shown' is null)), 0::bigint,
          'those with a value with its figure');
select results_eq(
  $$select p ->> 'at' from part('dots') p where p ->> 'slug' in ('kota-kediri', 'kota-serang')$$,
  $$values (null::text), ('82.75')$$, 'how high it lies on its scale');
select is((select count(*) from part('list.regions')), 50::bigint, 'all are in the list');
select results_eq(
  $$select count(*), count(distinct p ->> 'province') from part('list') p$$,
  $$select count(distinct province), count(distinct province) from pub.region
    where member and listed$$, 'each province once');
select results_eq(
  $$select p ->> 'province' from part('list') with ordinality l (p, n) order by n$$,
  $$select v.name from pub.province v
    where v.name in (select province_name from pub.region where member and listed)
    order by v.code$$, 'from west to east');
select results_eq(
  $$select p ->> 'shown', p ->> 'label' from pg_temp.asked('list.regions', 'kota kediri') p
    where p ->> 'slug' = 'kota-kediri'$$, $$values ('3.31', '2022')$$,
  'the newest value and its year');
select results_eq(
  $$select p ->> 'value' from pg_temp.asked('list.regions', 'kota serang') p
    where p ->> 'slug' = 'kota-serang'$$, 'values (null::text)', 'or that there is none');

-- Who else.
select is((select count(*) from pg_temp.asked('others.regions') p
           join data.region r on r.slug = p ->> 'slug' where r.member), 0::bigint,
          'others are not of the fifty');
select is((select count(*) from data.region r
           where not member
             and (exists (select from data.published_figure where region = r.code)
                  or exists (select from data.quick_win where region = r.code))),
          (select count(*) from part('others.regions')), 'all of whom something was published');

-- Search and filters.
select results_eq($$select p ->> 'slug' from pg_temp.asked('list.regions', 'KEDIRI') p$$,
                  $$values ('kabupaten-kediri'), ('kota-kediri')$$,
                  'names, whatever the letters'' case, kabupaten and kota of one name together');
select is((select count(*) from part('dots')), 0::bigint, 'a search has no map');
select results_eq(
  $$select p ->> 'province' from pg_temp.asked('list', 'jawa timur', null, 'kota') p$$,
                  $$values ('Jawa Timur')$$, 'the name of a province finds too');
select results_eq($$select p ->> 'slug' from pg_temp.asked('list.regions', '35.71') p$$,
                  $$values ('kota-kediri')$$, 'and the code of a region');
select results_eq($$select p ->> 'slug' from pg_temp.asked('others.regions', 'padang panjang') p$$,
                  $$values ('kota-padang-panjang')$$, 'regions outside the fifty are found');
select results_eq($$select p ->> 'province' from pg_temp.asked('list', null, 'bali') p$$,
                  $$values ('Bali')$$, 'a province');
select is((select count(*) from pg_temp.asked('list.regions', null, null, 'kabupaten')),
          25::bigint, 'a kind');
select cmp_ok(pg_temp.said('win_count', 'sampah')::integer, '>', 6,
              'quick wins that answer the search are counted');
select is((select count(*) from part('wins')), 6::bigint, 'the best six are shown');
select results_eq(
  $$select r.* from doc('cities', 'id', 'zzzz', null, null, null, null) p, json_to_record(p) r
      (nothing boolean, some_regions boolean, dots text, list text, words text)$$,
  'values (true, false, null::text, null::text, null::text)', 'nothing matches');
select results_eq(
  $$select r.* from doc('cities', 'id', '  ', null, null, null, null) p, json_to_record(p) r
      (q text, filtered boolean, found integer)$$,
  'values (null::text, false, 50)', 'spaces are no search');
select is(pg_temp.said('nothing', '100%_\'), 'true',
          'no character of a search has a meaning of its own');

select pg_temp.make_round('t', '{}', array['n leaf'], '{}',
                          array['Q.A n 3', '35.78 n 4', '35.71 n 9']);
select lives_ok($$select act.publish('t')$$, 'a simulated round is published');
select is_empty(
  $$select p ->> 'slug' from pg_temp.asked('others.regions') p
    where p ->> 'slug' in ('q.a', 'kota-surabaya')
    union all
    select p ->> 'slug' from pg_temp.asked('list.regions') p
    where (p ->> 'shown')::numeric = 9$$, 'a simulated round changes nothing here');
select * from finish();
rollback;
