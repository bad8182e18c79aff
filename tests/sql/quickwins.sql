-- Page quickwins: search, facets, pager.
begin;
select plan(68);

create function pg_temp.ask(
  q text default null, dimension text default null, province text default null,
  kind text default null, year integer default null, city text default null,
  agency text default null, sort text default 'cocok', page integer default 1,
  topic text default null, size text default null) returns json
language sql as $$
  select doc('quickwins', 'id', q, dimension, province, kind, year::text, city, agency, topic, size,
             sort, page::text) $$;
create function pg_temp.found(
  q text default null, dimension text default null, province text default null,
  kind text default null, year integer default null, city text default null) returns bigint
language sql as $$
  select coalesce((pg_temp.ask(q, dimension, province, kind, year, city) ->> 'found')::bigint,
      0) $$;
-- The choices of a facet of the last page that was asked for.
create function pg_temp.facet(facet text)
returns table (value text, name text, count bigint, current boolean, opened boolean)
language sql as $$
  select p ->> 'value', p ->> 'dimension_name', (p ->> 'count')::bigint, (p ->> 'current')::boolean,
         null::boolean
  from part('dimensions') p
  where facet = 'dimensi'
  union all
  select c ->> 'value_word', c ->> 'name', (c ->> 'count')::bigint, (c ->> 'current')::boolean,
         (p ->> 'opened')::boolean
  from part('facets') p
  cross join lateral (values (p -> 'choices'), (p -> 'more_choices')) l (list)
  cross join lateral json_array_elements(case when json_typeof(l.list) = 'array' then l.list end) c
  where p ->> 'facet_word' = facet
  union all
  select p ->> 'value', p ->> 'name', (p ->> 'count')::bigint, (p ->> 'current')::boolean, null
  from (select * from part('topics') union all select * from part('more_topics')) t (p)
  where facet = 'topik'
$$;
-- Its quick wins, with what is marked in a title.
create function pg_temp.wins()
returns table (id integer, title text, marked text, city text, win_year integer)
language sql as $$
  select (p ->> 'id')::integer,
         (select string_agg(t ->> 'piece', '') from json_array_elements(p -> 'title') t),
         (select string_agg(t ->> 'piece', '') filter (where (t ->> 'hit')::boolean)
          from json_array_elements(p -> 'title') t),
         p ->> 'city', (p ->> 'win_year')::integer
  from part('wins') p
$$;
create function pg_temp.first_win(q text) returns text language plpgsql as $$
begin
  perform pg_temp.ask(q);
  return (select w.title from pg_temp.wins() w limit 1);
end $$;

select is(pg_temp.found(), (select count(*) from data.quick_win), 'everything');
select results_eq(
  $$select r.* from pg_temp.ask() d, json_to_record(d) r
    (everything bigint, cities bigint, from_n integer, to_n integer, previous_page integer,
     next_page integer, last_page integer)$$,
  $$select count(*), count(distinct region), 1, 20, null::integer, 2, (count(*)::integer + 19) / 20
    from data.quick_win$$, 'the first page of twenty');
select is((select count(distinct id) from pg_temp.wins()), 20::bigint, 'twenty');
select is((select count(distinct w ->> 'id')
           from generate_series(1, 10) page
           cross join lateral json_array_elements(pg_temp.ask(page => page) -> 'wins') w),
          (select count(*) from data.quick_win), 'the pages together have each once');
select results_eq(
  $$select (d ->> 'found')::bigint, d ->> 'wins', d ->> 'previous_page', d ->> 'next_page'
    from pg_temp.ask(page => 99) d$$,
  $$select count(*), null, '98', null from data.quick_win$$, 'a page beyond the last');

-- Words.
select is(pg_temp.first_win('PENDEKAR'), 'PENDEKAR (Pelayanan Dekati Rakyat)', 'a name');
select cmp_ok(pg_temp.found('pengaduan'), '>=', 3::bigint,
    'Indonesian stems: pengaduan finds aduan');
select is(pg_temp.found('aduan'), pg_temp.found('pengaduan'), 'and the other way round');
select cmp_ok(pg_temp.found('sampa'), '>=', pg_temp.found('sampah'),
              'the beginning of a word is enough');
select cmp_ok(pg_temp.found('sampah kediri'), '=', 1::bigint, 'the name of the region counts');
select cmp_ok(pg_temp.found('sampah -bank'), '<', pg_temp.found('sampah'), 'a minus leaves out');
select cmp_ok(pg_temp.found('"bank sampah"'), '<', pg_temp.found('sampah'),
              'quotation marks hold words together');
select cmp_ok(max(fit) filter (where title ilike '%bank sampah%'), '>=',
              coalesce(max(fit) filter (where title not ilike '%bank sampah%'), 0),
              'a word in the title counts most')
from pub.found_wins('bank sampah', null, null, null, null, null, null);
select cmp_ok(pg_temp.found('Dinas Pertanian'), '>=', 1::bigint, 'the agency is searched');
select is(pg_temp.found('parkir bawah laut'), 0::bigint, 'nothing');
select results_eq(
  $$select d ->> 'found', d ->> 'elsewhere', d ->> 'wins', d ->> 'facets', d ->> 'dimension_name'
    from pg_temp.ask('parkir bawah laut', 'living') d$$,
  $$select null, null, null, null, d.name_id from pub.dimension d where d.code = 'living'$$,
      'said');
select results_eq(
  $$select d ->> 'found', (d ->> 'elsewhere')::integer > 0, (d ->> 'dimension_count')::bigint
    from pg_temp.ask('sampah', 'living', year => 2017) d$$,
  $$select null, true, count(*) from data.quick_win where dimension = 'living'$$,
  'with what there is without the filters');
select is(pg_temp.found('   '), pg_temp.found(), 'spaces are no words');
select lives_ok(format('select pg_temp.found(%L)', words), 'harmless: ' || words)
from unnest(array[$$' & | ! ( ) : * <->$$, 'a:b\c', '"unfinished', 'é ü 字']) words;

-- Filters and facets.
select is(pg_temp.found(null, 'lain'),
          (select count(*) from data.quick_win where dimension is null),
          'no dimension is a choice too');
select is(pg_temp.found(null, 'living', 'jawa-timur', 'kota', 2022),
          (select count(*) from data.quick_win w join data.region r on r.code = w.region
           where w.dimension = 'living' and r.province = '35' and r.kind = 'kota'
                and w.year = 2022),
          'filters work together');
select is(pg_temp.found(city => 'kota-kediri'), 6::bigint, 'one city');
select pg_temp.ask('sampah', 'living');
create temp table counted as select * from pg_temp.facet('dimensi');
select is((select count from counted where value = 'environment'),
          pg_temp.found('sampah', 'environment'), 'a facet counts what the other filters leave');
select pg_temp.ask(kind => 'kota');
create temp table added as select sum(count) from pg_temp.facet('dimensi');
select is((select sum from added), pg_temp.found(kind => 'kota')::numeric, 'its counts add up');
select results_eq(
  $$select p ->> 'value', p ->> 'dimensi', d ->> 'dimensi'
    from pg_temp.ask(dimension => 'living') d
    cross join lateral json_array_elements(d -> 'dimensions') p
    where (p ->> 'current')::boolean$$,
  $$values ('living', null, 'living')$$,
  'the chosen one is marked; links of its facet drop the dimension');
select pg_temp.ask();
select is((select string_agg(value, ' ') from pg_temp.facet('dimensi')),
          'governance branding economy living society environment lain',
          'dimensions in their order');
select is((select string_agg(value, ' ') from pg_temp.facet('tahun')),
          (select string_agg(distinct year::text, ' '
              '' order by year::text desc) from data.quick_win),
          'years, the newest first');
select pg_temp.ask(dimension => 'living', kind => 'kota');
create temp table kinds as select * from pg_temp.facet('jenis');
select results_eq(
  $$select count, current, opened from kinds where value = 'kota'$$,
  $$values (pg_temp.found(null, 'living', null, 'kota'), true, true)$$,
  'the chosen kind counts what the dimension leaves');
select pg_temp.ask('sampah', 'living', kind => 'kota', year => 2024);
select results_eq(
  $$select r.* from part('chips') p, json_to_record(p) r
    (as_word text, chip text, q text, dimensi text, jenis text, tahun integer, kota text)$$,
  $$values ('words', 'sampah', null, 'living', 'kota', 2024, null),
           ('dimension', 'living', 'sampah', null, 'kota', 2024, null),
           ('kota', null, 'sampah', 'living', null, 2024, null),
           ('plain', '2024', 'sampah', 'living', 'kota', null, null)$$,
  'a chip drops its own filter and keeps the others');
select pg_temp.ask('bank sampah');
select is((select string_agg(marked, '') from pg_temp.wins()),
          'BanksampahBankSampahBankSampahbanksampah', 'what was found in titles is marked');
select pg_temp.ask();
select is((select count(*) from part('wins.title') p where (p ->> 'hit')::boolean), 0::bigint,
          'without words nothing is');
select pg_temp.ask('sampah');
select is((select count(*) from part('wins') p
           where json_array_length(p -> 'title') > 0 and json_array_length(p -> 'summary') > 0),
          pg_temp.found('sampah'), 'each has a title and a summary');

-- Offices.
create temp table office as
select (pg_temp.ask(agency => 'dinas-komunikasi-dan-informatika') ->> 'found')::bigint as found;
select is((select found from office),
          (select count from pg_temp.facet('perangkat') where current),
          'an office, under whatever name sources give it, has as many as its facet says');
select is((select found from office),
          (select count(*) from data.quick_win where agency ~* 'kominfo|komunikasi'),
          'all of them');
select pg_temp.ask();
select is((select sum(count) from pg_temp.facet('perangkat')),
          (select count(agency) from data.quick_win)::numeric,
          'every office that a source names is in the facet');
select pg_temp.ask('sampah', 'environment', year => 2024);
select cmp_ok((select min(count) from (select count from pg_temp.facet('dimensi') union all
                                       select count from pg_temp.facet('perangkat')) c), '>',
              0::bigint, 'empty facets are not shown');
select pg_temp.ask(dimension => 'living');
select is((select sum(count) from pg_temp.facet('perangkat')),
          (select count(agency) from data.quick_win where dimension = 'living')::numeric,
          'offices obey the other facets');
select pg_temp.ask(agency => 'dinas-kesehatan');
select results_eq($$select p ->> 'chip', p ->> 'perangkat' from part('chips') p$$,
                  $$values ('Dinas Kesehatan', null)$$, 'a chip says its name');

-- Order.
select pg_temp.ask('sampah', sort => 'terbaru');
select is((select string_agg(win_year::text, ' ') from pg_temp.wins()),
          (select string_agg(win_year::text, ' ' order by win_year desc) from pg_temp.wins()),
          'the newest first');
select pg_temp.ask('bank', sort => 'nama');
select results_eq(
  'select city from pg_temp.wins()',
  $$values ('Kabupaten Batanghari'), ('Kabupaten Demak'), ('Kota Kediri'),
           ('Kabupaten Kutai Timur')$$, 'by region');
select results_eq($$select d ->> 'words', d ->> 'meant' from pg_temp.ask('sampha') d$$,
                  $$values ('sampah', 'true')$$, 'a mistyped word is said');

-- Topics, found by their words and mended by the office.
create function pg_temp.topics(title text) returns text language sql as $$
  select array_to_string(w.topics, ' ') from pub.quick_win w where w.title = topics.title $$;
select is(pg_temp.topics(title), topics, title || ': ' || topics)
from (values ('Budidaya maggot', 'sampah'), ('Sapa Mbak Ita', 'aduan'),
             ('Pantau Sampah, Pantau Banjir dan Rob', 'sampah banjir darurat'),
             ('PBB Online', 'pajak'), ('Digiloka', 'umkm'), ('KTP Sapi (Simapi)', 'pangan'),
             ('Registrasi online RSUD dr. Murjani', 'antrean kesehatan'),
             ('Penanganan blankspot Sungai Geniot', ''), ('SIMARDA', '')) v (title, topics);
select is(array(select (w ->> 'id')::integer from pg_temp.ask(topic => 'banjir') d,
                json_array_elements(d -> 'wins') w order by 1),
          array(select w.id from pub.quick_win w where 'banjir' = any (w.topics) order by 1),
          'those of a topic');
select is(pg_temp.ask(topic => 'banjir', dimension => 'living') ->> 'found', '1',
          'together with another filter');
select pg_temp.ask(dimension => 'living');
create temp table themes as select * from pg_temp.facet('topik');
select is((select count from themes where value = 'kesehatan'),
          (pg_temp.ask(dimension => 'living', topic => 'kesehatan') ->> 'found')::bigint,
          'a topic counts what the other filters leave');
select is((select string_agg(t.value, ' ') from themes t),
          (select string_agg(t.value, ' ' order by o.ord) from themes t
           join pub.topic o on o.code = t.value), 'topics in their order');
insert into data.topic_mend
select 'banjir', w.id, w.title = 'SIMARDA' from data.quick_win w
where w.title in ('SIMARDA', 'Polder Ilham Maulana');
select is(pg_temp.topics('SIMARDA'), 'banjir', 'what the office adds is there');
select is(pg_temp.topics('Polder Ilham Maulana'), 'ruang', 'and what it takes away is not');
update data.topic set words = 'tata ruang, kinerja*' where code = 'banjir';
select is(pg_temp.topics('SIKAP'), 'banjir kantor', 'other words find others');
update data.quick_win set summary = 'Penataan kota' where title = 'Polder Ilham Maulana';
select is(pg_temp.topics('Polder Ilham Maulana'), '', 'and so do other summaries');
select is(pg_temp.topics('SIMARDA'), 'banjir', 'a mend stays');
select is(act.topic_query('Bank Sampah, kompos*,, -'),
          '''bank'':AB <-> ''sampah'':AB | ''kompos'':*AB', 'what words look for');

-- How many people live there.
select is(pg_temp.ask(size => 'raya') ->> 'found', (
  select count(*)::text from data.quick_win w join data.region r on r.code = w.region
  where r.population >= 1000000), 'those of regions of that size');
select pg_temp.ask(size => 'raya');
select results_eq(
  $$select p ->> 'as_word', p ->> 'chip', p ->> 'size_word', p ->> 'penduduk'
    from part('chips') p$$, $$values ('size', null, 'raya', null)$$, 'a chip says the size');
select pg_temp.ask();
select is((select string_agg(value, ' ') from pg_temp.facet('penduduk')), 'kecil sedang besar raya',
          'the sizes in their order');

-- The order: those that tell most, then the dimensions in turn.
select is((select string_agg(p ->> 'dimension', ' ') from (
             select p from part('wins') p limit 6) p),
          'governance branding economy living society environment', 'the dimensions in turn');
\ir desk.psql
\ir desk_wins.psql
select pg_temp.make_win('Lumbung', 'kediri', 'governance', 'draft');
select pg_temp.save('kediri', 'Lumbung',
  '{"figure": "lama, hari", "figure_before": "9", "figure_after": "2,5"}');
select pg_temp.attach('Lumbung', 'kediri', 'a.png', 'png', 2048);
select act.win_submit(pg_temp.id_of('Lumbung'), pg_temp.version_of('Lumbung'), pg_temp.new_key());
select pg_temp.as_person('kantor');
select act.win_publish(pg_temp.id_of('Lumbung'), pg_temp.version_of('Lumbung'), pg_temp.new_key(),
                       '');
select pg_temp.ask();
select results_eq(
  $$select string_agg(t ->> 'piece', ''), p ->> 'substance', p ->> 'measured', p ->> 'caption'
    from (select p from part('wins') p limit 1) p
    cross join lateral json_array_elements(p -> 'title') t group by p::text, 2, 3, 4$$,
  $$values ('Lumbung', '4', 'true', 'Foto')$$,
  'what a city tells of most is first, with its picture');
select * from finish();
rollback;
