-- Page quickwin: one quick win.
begin;
select plan(32);

create function pg_temp.of(title text) returns integer
language sql as $$
  select id from data.quick_win q where q.title like $1 || '%' order by id limit 1 $$;
create function pg_temp.show(title text) returns json
language sql as $$ select doc('quickwin', 'id', pg_temp.of(title)::text) $$;
-- All of them.
create temp table shown as
select w.id, w.region, doc('quickwin', 'id', w.id::text) as d from data.quick_win w;
create temp table alike as
select s.id as of, s.region as of_region, o.id, o.region
from shown s
cross join lateral json_array_elements(s.d -> 'similar') e
join data.quick_win o on o.id = (e ->> 'id')::integer
where s.d ->> 'similar' is not null;

select ok(doc('quickwin', 'id', '999999') is null, 'an unknown one');
select results_eq(
  $$select r.* from pg_temp.show('PENDEKAR') d, json_to_record(d) r
    (win text, city text, dimension text, win_year integer, agency text, source_url text,
     source_name text, measure text)$$,
  $$values ('PENDEKAR (Pelayanan Dekati Rakyat)', 'Kota Madiun', 'governance', 2019, null::text,
            null::text, 'Diskominfo Kota Madiun, 30 September 2019', null::text)$$,
  'the record');
select results_eq(
  $$select d ->> 'source_url' is not null, d ->> 'source_name', d ->> 'source_text'
    from pg_temp.show('KURNIA') d$$,
  $$values (true, 'metaranews.co', 'Pemerintah Kota Kediri, 29 September 2022')$$,
  'a source of words and address');
select is(d ->> 'dimension', null, 'no dimension')
from shown where id = (select min(id) from data.quick_win where dimension is null);
select is(pg_temp.show('E-SPTPD') ->> 'city_wins', '6', 'how many the city has');
select is((select count(d) from shown), (select count(*) from data.quick_win), 'each has its page');

select cmp_ok(json_array_length(pg_temp.show('Bank Sampah') -> 'similar'), '>', 2, 'similar ones');
select is((select count(*) from alike where region = of_region), 0::bigint,
          'always of other regions');
select is((select max(count) from (select count(*) from alike group by of) n), 6::bigint,
          'at most six');
select is(pg_temp.show('Budidaya maggot') -> 'similar' -> 0 ->> 'dimension', 'environment',
          'those of its dimension first');
select matches(d -> 'similar' -> 0 ->> 'win', '(?i)bank sampah', 'the most alike first')
from shown where id = (select id from data.quick_win where title = 'Bank Sampah'
    and region = '35.71');
select is(pg_temp.show('E-SPTPD') -> 'similar' -> 0 ->> 'win', 'e-SPTPD',
          'even in another dimension');

-- Who runs it.
select is(pg_temp.show('Sleman Smart Room') ->> 'official_name', 'kominfo.slemankab.go.id',
          'the site of the region that is a source');
select is(pg_temp.show('AMANDEWI') ->> 'official_url', null, 'no site is made up');
select is((select count(*) from shown s
           where s.d ->> 'official_url' not in (
             select f.source_url from pub.figure f where f.region = s.region
             union all
             select o.source_url from pub.quick_win o
             where o.region = s.region and o.source_url is not null)),
          0::bigint, 'it is always an address that a source of that region names');
select is((select count(*) from shown
           where d ->> 'official_name' ~ '(^|\.)(kominfo|infopublik|antaranews)\.'
             and d ->> 'official_name' !~ '(kab|kota)\.go\.id$'),
          0::bigint, 'never that of a ministry or newspaper');
select results_eq($$select d ->> 'agency_slug',
                  d ->> 'agency_wins' from pg_temp.show('Layad Rawat') d$$,
                  $$values ('dinas-kesehatan', '6')$$, 'how many are run by such an office');
select results_eq(
  $$select d ->> 'similar', (d ->> 'dimension_wins')::bigint from pg_temp.show('e-Warung') d$$,
  $$select null, count(*) from data.quick_win where dimension = 'economy'$$,
  'nothing alike: the way to its dimension');

-- What its city tells of it.
\ir desk.psql
\ir desk_wins.psql
select pg_temp.make_win('Lumbung', 'kediri', 'governance', 'draft');
select pg_temp.save('kediri', 'Lumbung',
  '{"cost": "1500", "figure": "lama, hari", "figure_before": "9",
  "figure_after": "2,5", "figure_source": "Survei", "lesson": "Mulai kecil", "contact": "Dinas Uji",
  "partners": "Siapa saja", "links": "https://a.id"}');
select pg_temp.attach('Lumbung', 'kediri', 'a.png', 'png', 2048);
select pg_temp.attach('Lumbung', 'kediri', 'b.pdf', 'pdf', 10);
select act.win_submit(pg_temp.id_of('Lumbung'), pg_temp.version_of('Lumbung'), pg_temp.new_key());
select pg_temp.as_person('kantor');
select act.win_publish(pg_temp.id_of('Lumbung'), pg_temp.version_of('Lumbung'), pg_temp.new_key(),
    '');
select results_eq(
  $$select r.* from doc('quickwin', 'id', (10000 + pg_temp.id_of('Lumbung'))::text) d,
    json_to_record(d) r (problem text, solution text, started date, cost numeric, lesson text,
                         partners text, reach text)$$,
  $$values ('Masalah', 'Solusi', date '2026-02-28', 1500::numeric, 'Mulai kecil', 'Siapa saja',
            'Dinas Uji')$$, 'what its city tells');
select results_eq(
  $$select r.* from part('measure') p, json_to_record(p) r
    (figure text, figure_before numeric, figure_after numeric, figure_source text)$$,
  $$values ('lama, hari', 9::numeric, 2.5, 'Survei')$$, 'what it measures');
select results_eq($$select p #>> '{}' from part('link_url') p$$, $$values ('https://a.id')$$,
                  'its links');
select results_eq(
  $$select r.* from part('files') p, json_to_record(p) r
    (name text, caption text, kind text, kilobytes numeric, picture boolean)$$,
  $$values ('a.png', 'Foto', 'PNG', 2::numeric, true), ('b.pdf', 'Foto', 'PDF', 1, false)$$,
  'its files');
select is((select d ->> 'missing' from shown where (d ->> 'win') = 'SIMARDA'), (
  select json_agg(x)::text from (
    select * from (values ('problem', false), ('means', true), ('steps', true), ('results', true),
                          ('lessons', true)) m (missing_word, further)) x),
  'what a recipe has and the source does not tell is named');
select is((select d ->> 'agency_placed' from shown where (d ->> 'win') = 'E-Padi'), 'true',
          'an office that names its region');

-- Another city copies it.
select is(doc('quickwin', 'id', (10000 + pg_temp.id_of('Lumbung'))::text) ->> 'missing', null,
          'a whole recipe lacks nothing');
select pg_temp.make_win('Lumbung kami', 'madiun', 'governance', 'draft');
select is(pg_temp.save('madiun', 'Lumbung kami', jsonb_build_object('copied', said)), expected,
          'copied ' || said)
from (values (1, 'apa saja', 'invalid {"copied": "wrong"}'),
             (2, '999999', 'invalid {"copied": "wrong"}')) v (n, said, expected)
order by n;
select is(pg_temp.save('madiun', 'Lumbung kami', '{"progress": "apa", "criterion": "governance"}'),
          'invalid {"progress": "wrong", "criterion": "wrong"}',
              'choices are those that there are');
select is(pg_temp.save('madiun', 'Lumbung kami', jsonb_build_object(
            'copied', 'https://tolok.go.id/en/quickwin/' || 10000 + pg_temp.id_of('Lumbung'),
            'changed', 'Tanpa gudang', 'progress', 'tried', 'criterion', 'outcome',
            'needs', 'Dua orang')), 'done', 'by its address');
select pg_temp.as_person('madiun');
select act.win_submit(pg_temp.id_of('Lumbung kami'), pg_temp.version_of('Lumbung kami'),
                      pg_temp.new_key());
select pg_temp.as_person('kantor');
select act.win_publish(pg_temp.id_of('Lumbung kami'), pg_temp.version_of('Lumbung kami'),
                       pg_temp.new_key(), '');
select results_eq(
  $$select d ->> 'progress', d ->> 'criterion_name', d ->> 'needs',
           d -> 'origin' ->> 'origin_win', d -> 'origin' ->> 'changed'
    from doc('quickwin', 'id', (10000 + pg_temp.id_of('Lumbung kami'))::text) d$$,
  $$values ('Diuji coba', 'Outcome', 'Dua orang', 'Lumbung', 'Tanpa gudang')$$,
  'its page tells what it copies');
select results_eq(
  $$select d ->> 'copied_by', d -> 'copies' -> 0 ->> 'city', d -> 'copies' -> 0 ->> 'changed',
           d -> 'copies' -> 0 ->> 'progress'
    from doc('quickwin', 'id', (10000 + pg_temp.id_of('Lumbung'))::text) d$$,
  $$values ('1', 'Kota Madiun', 'Tanpa gudang', 'Diuji coba')$$, 'and so does that of the other');
select is((doc('quickwins', 'id', null, null, null, null, null, null, null, null, null, 'ditiru',
               '1') -> 'wins' -> 0 ->> 'copies'), '1', 'the most copied first');
select * from finish();
rollback;
