-- Page quickwins: search, facets, pager.
begin;
select plan(32);

create function pg_temp.found(q text default null, dimension text default null, province text default null, kind text default null,
                              year integer default null, city text default null) returns bigint
language sql as $$ select found from page.quickwins('id', q, dimension, province, kind, year, city, 1) $$;
create function pg_temp.first_win(q text) returns text
language sql as $$ select win from page.quickwins_wins('id', q, null, null, null, null, null, 1) limit 1 $$;

select is(pg_temp.found(), (select count(*) from data.quick_win), 'everything');
select results_eq($$select everything, cities, paged, previous, next, from_n, to_n from page.quickwins('id', null, null, null, null, null, null, 1)$$,
                  $$select count(*), count(distinct region), true, false, true, 1::bigint, 20::bigint from data.quick_win$$, 'the first page of twenty');
select is((select count(*) from page.quickwins_wins('id', null, null, null, null, null, null, 1)), 20::bigint, 'twenty');
select is((select count(distinct w.id) from generate_series(1, 10) page cross join lateral page.quickwins_wins('id', null, null, null, null, null, null, page) w),
          (select count(*) from data.quick_win), 'the pages together have each once');
select results_eq($$select beyond, nothing, some_found from page.quickwins('id', null, null, null, null, null, null, 99)$$, 'values (true, false, false)', 'a page beyond the last');

-- Words.
select is(pg_temp.first_win('PENDEKAR'), 'PENDEKAR (Pelayanan Dekati Rakyat)', 'a name');
select cmp_ok(pg_temp.found('pengaduan'), '>=', 3::bigint, 'Indonesian stems: pengaduan finds aduan');
select is(pg_temp.found('aduan'), pg_temp.found('pengaduan'), 'and the other way round');
select cmp_ok(pg_temp.found('sampa'), '>=', pg_temp.found('sampah'), 'the beginning of a word is enough');
select cmp_ok(pg_temp.found('sampah kediri'), '=', 1::bigint, 'the name of the region counts');
select cmp_ok(pg_temp.found('sampah -bank'), '<', pg_temp.found('sampah'), 'a minus leaves out');
select cmp_ok(pg_temp.found('"bank sampah"'), '<', pg_temp.found('sampah'), 'quotation marks hold words together');
select cmp_ok((select max(fit) filter (where title ilike '%bank sampah%') from pub.found_wins('bank sampah', null, null, null, null, null)), '>=',
              (select coalesce(max(fit) filter (where title not ilike '%bank sampah%'), 0) from pub.found_wins('bank sampah', null, null, null, null, null)),
              'a word in the title counts most');
select cmp_ok(pg_temp.found('Dinas Pertanian'), '>=', 1::bigint, 'the agency is searched');
select is(pg_temp.found('parkir bawah laut'), 0::bigint, 'nothing');
select results_eq($$select nothing, filled, found_elsewhere from page.quickwins('id', 'parkir bawah laut', 'living', null, null, null, null, 1)$$, 'values (true, false, false)', 'said');
select results_eq($$select nothing, found_elsewhere, elsewhere > 0 from page.quickwins('id', 'sampah', 'living', null, null, 2017, null, 1)$$, 'values (true, true, true)',
                  'with what there is without the filters');
select is(pg_temp.found('   '), pg_temp.found(), 'spaces are no words');
select lives_ok(format('select pg_temp.found(%L)', words), 'harmless: ' || words)
from unnest(array[$$' & | ! ( ) : * <->$$, 'a:b\c', '"unfinished', 'é ü 字']) words;

-- Filters and facets.
select is(pg_temp.found(null, 'lain'), (select count(*) from data.quick_win where dimension is null), 'no dimension is a choice too');
select is(pg_temp.found(null, 'living', 'jawa-timur', 'kota', 2022),
          (select count(*) from data.quick_win w join data.region r on r.code = w.region where w.dimension = 'living' and r.province = '35' and r.kind = 'kota' and w.year = 2022),
          'filters work together');
select is(pg_temp.found(null, null, null, null, null, 'kota-kediri'), 6::bigint, 'one city');
select is((select count from page.quickwins_facets('id', 'sampah', 'living', null, null, null, null, 1) where by_dimension and value = 'environment'), pg_temp.found('sampah', 'environment'),
          'a facet counts what the other filters leave');
select is((select sum(count) from page.quickwins_facets('id', null, null, null, 'kota', null, null, 1) where by_dimension), pg_temp.found(null, null, null, 'kota')::numeric, 'its counts add up');
select results_eq($$select value, current, keep_dimension from page.quickwins_facets('id', null, 'living', null, null, null, null, 1) where current$$,
                  $$values ('living', true, false)$$, 'the chosen one is marked');
select is((select string_agg(value, ' ') from page.quickwins_facets('id', null, null, null, null, null, null, 1) where by_dimension),
          'governance branding economy living society environment lain', 'dimensions in their order');
select results_eq($$select count from page.quickwins_facets('id', null, 'living', null, 'kota', null, null, 1) where by_kind and is_kota$$,
                  $$values (pg_temp.found(null, 'living', null, 'kota'))$$, 'the chosen kind counts what the dimension leaves');
select is((select string_agg(value, ' ') from page.quickwins_facets('id', null, null, null, null, null, null, 1) where by_year),
          (select string_agg(distinct year::text, ' ' order by year::text desc) from data.quick_win), 'years, the newest first');
select results_eq($$select chip, keep_q, keep_dimension, keep_year, keep_city from page.quickwins_chips('id', 'sampah', 'living', null, null, 2024, null, 1)$$,
                  $$values ('sampah', false, true, true, false), ('living', true, false, true, false), ('2024', true, true, false, false)$$, 'a chip drops its own filter and keeps the others');
select * from finish();
rollback;
