-- Page cities: the directory.
begin;
\ir round.psql
select plan(24);

select results_eq($$select members, kota, kabupaten, found, found_valued + found_unvalued, near_count from page.cities('id', null, null, null)$$,
                  $$select 50::bigint, 25::bigint, 25::bigint, 50::bigint, 50::bigint, count(*) from page.cities_near('id', null, null, null)$$, 'the fifty');
select is((select count(*) from page.cities_dots('id', null, null, null)), 50::bigint, 'all are on the map');
select is((select count(*) from page.cities_dots('id', null, null, null) where filled <> (shown is not null) or filled = ring), 0::bigint,
          'filled is who has a value');
select is((select count(*) from page.cities_near('id', null, null, null) where x not between 0 and 100 or y not between 0 and 100), 0::bigint,
          'the close-up shows who lies in it');
select is((select count(*) from page.cities_list('id', null, null, null)), 50::bigint, 'all are in the list');
select is((select count(*) filter (where first_of_province) - count(distinct province) from page.cities_list('id', null, null, null)), 0::bigint,
          'a heading for each province');
select is((select count(*) filter (where last_of_province) - count(distinct province) from page.cities_list('id', null, null, null)), 0::bigint, 'and an end');
select results_eq($$select shown, label from page.cities_list('id', 'kota kediri', null, null) where slug = 'kota-kediri'$$, $$values (3.31, '2022')$$,
                  'the newest value and its year');
select is((select no_data from page.cities_list('id', 'kota serang', null, null) where slug = 'kota-serang'), true, 'or that there is none');

-- Who else.
select is((select count(*) from page.cities_others('id', null, null, null) o join data.region r using (slug) where r.member), 0::bigint, 'others are not of the fifty');
select is((select count(*) from data.region r where not member and (exists (select from data.published_figure where region = r.code)
             or exists (select from data.quick_win where region = r.code))), (select count(*) from page.cities_others('id', null, null, null)),
          'all of whom something was published');

-- Search and filters.
select results_eq($$select slug from page.cities_list('id', 'KEDIRI', null, null)$$, $$values ('kabupaten-kediri'), ('kota-kediri')$$,
                  'names, whatever the letters'' case, kabupaten and kota of one name together');
select is((select count(*) from page.cities_list('id', 'jawa timur', null, 'kota') where province <> 'Jawa Timur'), 0::bigint, 'the name of a province finds too');
select results_eq($$select slug from page.cities_list('id', '35.71', null, null)$$, $$values ('kota-kediri')$$, 'and the code of a region');
select results_eq($$select slug from page.cities_others('id', 'padang panjang', null, null)$$, $$values ('kota-padang-panjang')$$, 'regions outside the fifty are found');
select results_eq($$select distinct province from page.cities_list('id', null, 'bali', null)$$, $$values ('Bali')$$, 'a province');
select is((select count(*) from page.cities_list('id', null, null, 'kabupaten')), 25::bigint, 'a kind');
select cmp_ok((select win_count from page.cities('id', 'sampah', null, null)), '>', 6::bigint, 'quick wins that answer the search are counted');
select is((select count(*) from page.cities_wins('id', 'sampah', null, null)), 6::bigint, 'the best six are shown');
select results_eq($$select nothing, has_map, has_list from page.cities('id', 'zzzz', null, null)$$, 'values (true, false, false)', 'nothing matches');
select results_eq($$select asked, filtered, found from page.cities('id', '  ', null, null)$$, 'values (false, false, 50::bigint)', 'spaces are no search');
select is((select count(*) from page.cities('id', '100%_\', null, null)), 1::bigint, 'no character of a search has a meaning of its own');

select pg_temp.make_round('t', '{}', array['n leaf'], '{}', array['Q.A n 3', '35.78 n 4', '35.71 n 9']);
select lives_ok($$select act.publish('t')$$, 'a simulated round is published');
select is_empty($$select slug from page.cities_others('id', null, null, null) where slug in ('q.a', 'kota-surabaya')
                  union all select slug from page.cities_list('id', null, null, null) where shown = 9$$,
                  'a simulated round changes nothing here');
select * from finish();
rollback;
