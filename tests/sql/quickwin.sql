-- Page quickwin: one quick win.
begin;
select plan(19);

create function pg_temp.of(title text) returns integer
language sql as $$ select id from data.quick_win q where q.title like $1 || '%' order by id limit 1 $$;

select is_empty($$select * from page.quickwin('id', 999999)$$, 'an unknown one');
select results_eq($$select win, city, dimension, win_year, run, unrun, linked, source_name, filled from page.quickwin('id', pg_temp.of('PENDEKAR'))$$,
                  $$values ('PENDEKAR (Pelayanan Dekati Rakyat)', 'Kota Madiun', 'governance', 2019, false, true, false, 'Diskominfo Kota Madiun, 30 September 2019', 4)$$,
                  'the record; what is not known says so');
select results_eq($$select linked, source_name, source_text from page.quickwin('id', pg_temp.of('KURNIA'))$$,
                  $$values (true, 'metaranews.co', 'Pemerintah Kota Kediri, 29 September 2022')$$, 'a source of words and address');
select results_eq($$select has_dimension, no_dimension from page.quickwin('id', (select min(id) from data.quick_win where dimension is null))$$, 'values (false, true)', 'no dimension');
select is((select city_wins from page.quickwin('id', pg_temp.of('E-SPTPD'))), 6::bigint, 'how many the city has');
select is((select count(*) from data.quick_win w cross join lateral page.quickwin('id', w.id) q), (select count(*) from data.quick_win), 'each has its page');

select cmp_ok((select count(*) from page.quickwin_similar('id', pg_temp.of('Bank Sampah'))), '>', 2::bigint, 'similar ones');
select is((select count(*) from data.quick_win w cross join lateral page.quickwin_similar('id', w.id) s join data.quick_win o on o.id = s.id where o.region = w.region), 0::bigint,
          'always of other regions');
select is((select max(count) from (select count(*) from data.quick_win w cross join lateral page.quickwin_similar('id', w.id) s group by w.id) n), 6::bigint, 'at most six');
select is((select dimension from page.quickwin_similar('id', pg_temp.of('Budidaya maggot')) limit 1), 'environment', 'those of its dimension first');
select matches((select win from page.quickwin_similar('id', (select id from data.quick_win where title = 'Bank Sampah' and region = '35.71')) limit 1), '(?i)bank sampah', 'the most alike first');
select is((select count(*) from data.quick_win w cross join lateral page.quickwin('id', w.id) q
           where q.has_similar <> exists (select from page.quickwin_similar('id', w.id))), 0::bigint, 'the heading stands where there are any');
select is((select win from page.quickwin_similar('id', pg_temp.of('E-SPTPD')) limit 1), 'e-SPTPD', 'even in another dimension');

-- Who runs it.
select results_eq($$select official_name, has_official from page.quickwin('id', pg_temp.of('Sleman Smart Room'))$$, $$values ('kominfo.slemankab.go.id', true)$$, 'the site of the region that is a source');
select results_eq($$select official_url, no_official from page.quickwin('id', pg_temp.of('AMANDEWI'))$$, $$values (null, true)$$, 'no site is made up');
select is((select count(*) from data.quick_win w cross join lateral page.quickwin('id', w.id) q
           where q.has_official and q.official_url not in (select f.source_url from pub.figure f where f.region = w.region union all select o.source_url from pub.quick_win o where o.region = w.region and o.source_url is not null)),
          0::bigint, 'it is always an address that a source of that region names');
select is((select count(*) from data.quick_win w cross join lateral page.quickwin('id', w.id) q where q.official_name ~ '(^|\.)(kominfo|infopublik|antaranews)\.'  and q.official_name !~ '(kab|kota)\.go\.id$'), 0::bigint,
          'never that of a ministry or newspaper');
select results_eq($$select agency_slug, agency_wins from page.quickwin('id', pg_temp.of('Layad Rawat'))$$, $$values ('dinas-kesehatan', 4::bigint)$$, 'how many are run by such an office');
select results_eq($$select has_similar, no_similar, dimension_wins from page.quickwin('id', pg_temp.of('e-Warung'))$$, $$select false, true, count(*) from data.quick_win where dimension = 'economy'$$,
                  'nothing alike: the way to its dimension');
select * from finish();
rollback;
