-- Page quickwins: search, facets, pager.
begin;
select plan(44);

create function pg_temp.found(q text default null, dimension text default null, province text default null, kind text default null,
                              year integer default null, city text default null) returns bigint
language sql as $$ select found from page.quickwins('id', q, dimension, province, kind, year, city, null, 'cocok', 1) $$;
-- Pieces of the first page; `title` is true from where one opens to where its summary begins.
create function pg_temp.wins(q text) returns table (id integer, piece text, hit boolean, title boolean)
language sql as $$
  select w.id, w.piece, w.hit, count(*) filter (where w.turns) over (partition by w.id order by w.n) = 0
  from (select p.*, row_number() over () as n from page.quickwins_wins('id', q, null, null, null, null, null, null, 'cocok', 1) p) w order by w.n $$;
create function pg_temp.first_win(q text) returns text
language sql as $$ select string_agg(piece, '') from pg_temp.wins(q) where id = (select id from pg_temp.wins(q) limit 1) and title $$;

select is(pg_temp.found(), (select count(*) from data.quick_win), 'everything');
select results_eq($$select everything, cities, paged, previous, next, from_n, to_n from page.quickwins('id', null, null, null, null, null, null, null, 'cocok', 1)$$,
                  $$select count(*), count(distinct region), true, false, true, 1::bigint, 20::bigint from data.quick_win$$, 'the first page of twenty');
select is((select count(distinct id) from page.quickwins_wins('id', null, null, null, null, null, null, null, 'cocok', 1)), 20::bigint, 'twenty');
select is((select count(distinct w.id) from generate_series(1, 10) page cross join lateral page.quickwins_wins('id', null, null, null, null, null, null, null, 'cocok', page) w),
          (select count(*) from data.quick_win), 'the pages together have each once');
select results_eq($$select beyond, nothing, some_found from page.quickwins('id', null, null, null, null, null, null, null, 'cocok', 99)$$, 'values (true, false, false)', 'a page beyond the last');

-- Words.
select is(pg_temp.first_win('PENDEKAR'), 'PENDEKAR (Pelayanan Dekati Rakyat)', 'a name');
select cmp_ok(pg_temp.found('pengaduan'), '>=', 3::bigint, 'Indonesian stems: pengaduan finds aduan');
select is(pg_temp.found('aduan'), pg_temp.found('pengaduan'), 'and the other way round');
select cmp_ok(pg_temp.found('sampa'), '>=', pg_temp.found('sampah'), 'the beginning of a word is enough');
select cmp_ok(pg_temp.found('sampah kediri'), '=', 1::bigint, 'the name of the region counts');
select cmp_ok(pg_temp.found('sampah -bank'), '<', pg_temp.found('sampah'), 'a minus leaves out');
select cmp_ok(pg_temp.found('"bank sampah"'), '<', pg_temp.found('sampah'), 'quotation marks hold words together');
select cmp_ok((select max(fit) filter (where title ilike '%bank sampah%') from pub.found_wins('bank sampah', null, null, null, null, null, null)), '>=',
              (select coalesce(max(fit) filter (where title not ilike '%bank sampah%'), 0) from pub.found_wins('bank sampah', null, null, null, null, null, null)),
              'a word in the title counts most');
select cmp_ok(pg_temp.found('Dinas Pertanian'), '>=', 1::bigint, 'the agency is searched');
select is(pg_temp.found('parkir bawah laut'), 0::bigint, 'nothing');
select results_eq($$select nothing, filled, found_elsewhere from page.quickwins('id', 'parkir bawah laut', 'living', null, null, null, null, null, 'cocok', 1)$$, 'values (true, false, false)', 'said');
select results_eq($$select nothing, found_elsewhere, elsewhere > 0 from page.quickwins('id', 'sampah', 'living', null, null, 2017, null, null, 'cocok', 1)$$, 'values (true, true, true)',
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
select is((select count from page.quickwins_facets('id', 'sampah', 'living', null, null, null, null, null, 'cocok', 1) where by_dimension and value = 'environment'), pg_temp.found('sampah', 'environment'),
          'a facet counts what the other filters leave');
select is((select sum(count) from page.quickwins_facets('id', null, null, null, 'kota', null, null, null, 'cocok', 1) where by_dimension), pg_temp.found(null, null, null, 'kota')::numeric, 'its counts add up');
select results_eq($$select value, current, keep_dimension from page.quickwins_facets('id', null, 'living', null, null, null, null, null, 'cocok', 1) where current$$,
                  $$values ('living', true, false)$$, 'the chosen one is marked');
select is((select string_agg(value, ' ') from page.quickwins_facets('id', null, null, null, null, null, null, null, 'cocok', 1) where by_dimension),
          'governance branding economy living society environment lain', 'dimensions in their order');
select results_eq($$select count from page.quickwins_facets('id', null, 'living', null, 'kota', null, null, null, 'cocok', 1) where by_kind and is_kota$$,
                  $$values (pg_temp.found(null, 'living', null, 'kota'))$$, 'the chosen kind counts what the dimension leaves');
select is((select string_agg(value, ' ') from page.quickwins_facets('id', null, null, null, null, null, null, null, 'cocok', 1) where by_year),
          (select string_agg(distinct year::text, ' ' order by year::text desc) from data.quick_win), 'years, the newest first');
select results_eq($$select chip, keep_q, keep_dimension, keep_year, keep_city from page.quickwins_chips('id', 'sampah', 'living', null, null, 2024, null, null, 'cocok', 1)$$,
                  $$values ('sampah', false, true, true, false), ('living', true, false, true, false), ('2024', true, true, false, false)$$, 'a chip drops its own filter and keeps the others');
select is((select string_agg(piece, '' order by n) from (select *, row_number() over () as n from pg_temp.wins('bank sampah')) w where hit and title), 'BanksampahBankSampahBankSampahbanksampah',
          'what was found in titles is marked');
select is((select count(*) from page.quickwins_wins('id', null, null, null, null, null, null, null, 'cocok', 1) where hit), 0::bigint, 'without words nothing is');
select results_eq($$select count(*) filter (where opens), count(*) filter (where turns), count(*) filter (where closes) from page.quickwins_wins('id', 'sampah', null, null, null, null, null, null, 'cocok', 1)$$,
                  $$select f, f, f from (select pg_temp.found('sampah') as f) n$$, 'each has a beginning, a middle and an end');

-- Offices.
select is((select found from page.quickwins('id', null, null, null, null, null, null, 'dinas-komunikasi-dan-informatika', 'cocok', 1)),
          (select count from page.quickwins_facets('id', null, null, null, null, null, null, null, 'cocok', 1) where by_agency and value = 'dinas-komunikasi-dan-informatika'),
          'an office, under whatever name sources give it, has as many as its facet says');
select is((select count(*) from data.quick_win where agency ~* 'kominfo|komunikasi'), (select found from page.quickwins('id', null, null, null, null, null, null, 'dinas-komunikasi-dan-informatika', 'cocok', 1)),
          'all of them');
select is((select sum(count) from page.quickwins_facets('id', null, null, null, null, null, null, null, 'cocok', 1) where by_agency), (select count(agency) from data.quick_win)::numeric,
          'every office that a source names is in the facet');
select is_empty($$select * from page.quickwins_facets('id', 'sampah', 'environment', null, null, 2024, null, null, 'cocok', 1) where count = 0$$, 'empty facets are not shown');
select is((select sum(f.count) from page.quickwins_facets('id', null, 'living', null, null, null, null, null, 'cocok', 1) f where by_agency),
          (select count(agency) from data.quick_win where dimension = 'living')::numeric, 'offices obey the other facets');
select results_eq($$select chip, keep_agency from page.quickwins_chips('id', null, null, null, null, null, null, 'dinas-kesehatan', 'cocok', 1)$$,
                  $$values ('Dinas Kesehatan', false)$$, 'a chip says its name');

-- Order.
select is((select string_agg(win_year::text, ' ') from page.quickwins_wins('id', 'sampah', null, null, null, null, null, null, 'terbaru', 1) where opens),
          (select string_agg(win_year::text, ' ' order by win_year desc) from page.quickwins_wins('id', 'sampah', null, null, null, null, null, null, 'terbaru', 1) where opens), 'the newest first');
select results_eq($$select city from page.quickwins_wins('id', 'bank', null, null, null, null, null, null, 'nama', 1) where opens$$,
                  $$values ('Kabupaten Batanghari'), ('Kabupaten Demak'), ('Kota Kediri'), ('Kabupaten Kutai Timur')$$, 'by region');
select results_eq($$select words, meant from page.quickwins('id', 'sampha', null, null, null, null, null, null, 'cocok', 1)$$, $$values ('sampah', true)$$, 'a mistyped word is said');
select * from finish();
rollback;
