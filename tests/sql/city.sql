-- Page city: the real rounds, and small rounds made here for what the real ones do not have.
begin;
\ir round.psql
select plan(74);

-- The keys of an object as texts, in the order in which they are asked for: nothing is -.
create function pg_temp.told(object json, variadic keys text[]) returns text
language sql as $$
  select string_agg(coalesce(object ->> k, '-'), ' ' order by n)
      from unnest(keys) with ordinality u (k, n)
$$;
-- The same of each element of a list of the newest document.
create function pg_temp.list(path text, variadic keys text[]) returns setof text
language sql as $$
  select pg_temp.told(p, variadic keys) from part(path) p
$$;

-- Which round.
select is(doc('city', 'id', 'kota-serang', null, null) ->> 'round', '2024',
          'without any figure: the newest real round');
select is(pg_temp.told(p, 'why_word', 'elsewhere_round'), 'never -', 'a city without any figure')
    from part('gap') p;
select is(pg_temp.told(doc('city', 'id', 'kota-serang', null, null), 'components', 'untold',
          'history'),
          'false true -', 'nothing is drawn of what is not there');
select isnt_empty($$select from part('wins')$$, 'but its quick wins');
select results_eq($$select * from pg_temp.list('joined', 'joined_label')$$,
                  $$values ('2022'), ('2023'), ('2024')$$,
                  'rounds of before it was selected are not told as its own');
select is(pg_temp.told(doc('city', 'id', 'kota-padang', null, null), 'round', 'left_out', 'guest'),
          '- false true',
          'a region in no round and outside the fifty has its page');
select is(pg_temp.told(doc('city', 'id', 'kota-padang', '2022', null), 'round', 'left_out'),
          '- true',
          'and is told when it did not take part');
select ok(doc('city', 'id', 'kota-kediri', '1999', null) is null, 'an unknown round');
select ok(doc('city', 'id', 'kota-kediri', '2022', '9') is null, 'an unknown edition');
select ok(doc('city', 'id', 'nowhere', null, null) is null, 'an unknown city');
select ok(doc('city', 'id', 'kota-surabaya', null, null) is null,
    'a region about which nothing was published');

-- Kota Kediri 2022, as the letter has it.
select is(pg_temp.told(doc('city', 'id', 'kota-kediri', null, null), 'round', 'edition',
          'simulated'), '2022 - false',
          'the newest real round with a figure, not the newest');
select results_eq($$select * from pg_temp.list('rounds', 'label', 'here', 'empty') r
                  where r < 'A'$$,
                  $$values ('2019 false true'), ('2020 false false'), ('2021 false false'),
                           ('2022 true false'),
                           ('2023 false true'), ('2024 false true')$$,
                           'the menu marks years without data');
select results_eq($$select *
                  from pg_temp.list('standing', 'score', 'score_shown', 'own', 'own_shown',
                  'difference', 'official')$$,
                  $$values ('3.31 3.31 3.315 3.315 0.005 true')$$, 'official beside computed');
select results_eq($$select pg_temp.told(p, 'shown', 'weight', 'median') from part('measures') p
                  where p ->> 'list_word' = 'parts'$$,
                  $$values ('3.60 10 -'), ('3.21 20 -'), ('3.23 30 -'), ('3.07 20 -'),
                  ('3.65 20 -')$$,
                  'components and weights; a group of one has no median');
select results_eq($$select e ->> 'high', e ->> 'high_shown', e ->> 'low', e ->> 'low_shown'
                    from (select part('part_ends') union all select part('dimension_ends')) u (e)$$,
                  $$values ('["Quick win"]', '3.65', '["Impact"]', '3.07'),
                           ('["Economy"]', '3.50', '["Governance", "Branding", "Environment"]',
                           '2.75')$$,
                  'which are highest and lowest');
select results_eq($$select pg_temp.told(p, 'dimension', 'shown') from part('measures') p
                  where p ->> 'list_word' = 'dimensions'$$,
                  $$values ('governance 2.75'), ('branding 2.75'), ('economy 3.50'),
                  ('living 3.33'), ('society 3.33'), ('environment 2.75')$$,
                  'six dimensions in their order');
select results_eq($$select *
                  from pg_temp.list('ranks', 'rank_name', 'rank_province', 'rank_value',
                  'rank_of')$$,
                  $$values ('peringkat nasional - 22 -'),
                  ('peringkat di provinsi Jawa Timur 4 -')$$, 'ranks of the ministry');
select results_eq($$select * from pg_temp.list('standing', 'order_rank', 'partial', 'rank_low')$$,
                  $$values ('3 true -')$$,
                  'our order, among those with a figure, without an interval');
select results_eq($$select *
                  from pg_temp.list('standing', 'move_word', 'change_size', 'change_since',
                  'earlier', 'target', 'target_gap')$$,
                  $$values ('up 0.25 2021 3.06 3.40 0.09')$$, 'change and target');
select results_eq($$select * from pg_temp.list('standing', 'others', 'above', 'below')$$,
                  $$values ('4 2 2')$$,
                  'how many of the others it is better and worse than');
select results_eq($$select *
                  from pg_temp.list('history', 'past_label', 'shown', 'change', 'incomparable',
                  'aim')$$,
                  $$values ('2019 - - - -'), ('2020 2.87 - - -'), ('2021 3.06 - true -'),
                           ('2022 3.31 0.25 false 3.40'),
                           ('2023 - - - -'), ('2024 - - - 3.55')$$,
                  'history: a change only between rounds of one method, targets where they were '
                      'set');
select results_eq($$select pg_temp.told(p, 'past_label', 'method_changed') from part('history') p
                  where p ->> 'past_label' in ('2020', '2021', '2022', '2024')$$,
                  $$values ('2020 true'), ('2021 true'), ('2022 false'), ('2024 false')$$,
                  'where the method changed');
select results_eq($$select * from pg_temp.list('wins', 'win', 'dimension')$$,
                  $$values ('E-SPTPD governance'), ('Prodamas Plus branding'),
                           ('KURNIA (Kredit Usaha Melayani Warga) economy'),
                           ('Home Care Peduli living'), ('English Massive society'),
                           ('Bank Sampah environment')$$,
                  'six quick wins in the order of the dimensions');
select is((select count(*) from part('wins') p where p ->> 'source_name' is null), 0::bigint,
    'each with its source');
select cmp_ok((select count(*) from part('learn') p
               where p ->> 'slug' <> 'kota-kediri'
               and p ->> 'dimension' in ('governance', 'branding', 'environment')),
              '=', 3::bigint, 'what others do where this city has most room to grow');

-- Sources.
select is((select count(*) from part('measures') p where p ->> 'ref' is null), 0::bigint,
    'each component and dimension cites its source');
select is((select s ->> 'source_name' from part('sources') s
          join part('standing') t on s ->> 'source_n' = t ->> 'score_ref'),
          'bangsaonline.com', 'the number leads to the source');
select is((select count(*) from part('facts') f
           where not exists (select from part('sources') s
           where s ->> 'source_name' = f ->> 'source_name')), 0::bigint,
          'every fact has its source in the list');
select is((select count(*) from pub.city_view('kota-kediri', null, null) v
           join pub.result s on s.publication = v.publication and s.region = v.region
           where s.status = 'value'
           and not exists (select from pub.city_sources(v.publication, v.region, false) c
           where c.n = s.ref and c.source = s.source)), 0::bigint,
          'a figure''s number is that of its source in the list');
select is((select count(distinct s ->> 'source_n') from part('sources') s),
    (select count(*) from part('sources')), 'numbers are not repeated');

-- All that was published, with its caution.
select is((select count(*) from part('facts')),
          (select count(*) from data.published_figure where region = '35.71'),
          'no fact is left out');
select is(doc('city', 'id', 'kabupaten-bekasi', '2024', null) ->> 'standing', null,
    'weak facts make no value');
select results_eq($$select s ->> 'source_name' from part('sources') s$$,
                  $$values ('universodelibros.com'), ('bekasicyber.id')$$,
                  'the sources begin with the newest figures');
select results_eq($$select count(*) filter (where f ->> 'confidence_word' = 'weak'),
                  count(*) filter (where f ->> 'confidence_word' = 'conflicting')
                  from part('facts') f$$,
                  'values (5::bigint, 1::bigint)',
                  'weak and conflicting facts are there, and say so');
select results_eq($$select *
                  from pg_temp.list('gap', 'why_word', 'elsewhere_round', 'facts_of_year')$$,
                  $$values ('nothing 2023 true')$$, 'a round without a figure: where there is one');
select ok(doc('city', 'id', 'kota-pasuruan', null, null) is not null, 'another city');
select results_eq($$select * from pg_temp.list('facts', 'fact_year', 'fact_shown')$$,
    $$values ('- 3.16')$$, 'has an undated fact');
select ok(doc('city', 'id', 'kota-padang-panjang', null, null) is not null, 'another');
select is((select f ->> 'fact_shown' from part('facts') f where f ->> 'unit_word' = 'percent'
          order by (f ->> 'fact_shown')::numeric limit 1), '70.73',
          'percentages of completion are no scores');
select ok(doc('city', 'id', 'kabupaten-batanghari', null, null) is not null, 'another');
select results_eq($$select pg_temp.told(f, 'fact_group', 'fact_of') from part('facts') f
                  where f ->> 'fact_name' = 'Peringkat nasional dalam kelompok'$$,
                  $$values ('peserta angkatan 2023 50')$$, 'a rank with its group and denominator');

-- Any method: three levels, two parents, groups, a region without a place; zero, not applicable and
-- no data.
select pg_temp.make_round('t', '{"draws": 20, "min_coverage": 0.6, "scale_max": 4}',
                          array['n mean 0.1', 'a mean', 'b leaf', 'x leaf', 'y leaf', 'solo leaf'],
                          array['n a 3', 'n b 1', 'a x 1', 'a y 1'],
                          array['35.71 x 2', '35.71 y 3', '35.71 b 0', '35.71 solo na', 'Q.A x 4',
                                'Q.A y 4', 'Q.A b 4', 'Q.A solo 1',
                                'Q.D x 3', 'Q.D y 3', 'Q.D b 3', 'Q.E x 3', 'Q.E y 3', 'Q.E b 3',
                                'Q.F x 3', 'Q.F y 3', 'Q.F b 3',
                                'Q.G x 3', 'Q.G y 3', 'Q.G b 3',
                                'Q.B b 1', 'Q.C x na', 'Q.C y na', 'Q.C b na'], '{}',
                                array['Q.B h']);
select lives_ok($$select act.publish('t')$$, 'a round is published');
select is(pg_temp.told(doc('city', 'id', 'kota-kediri', 't', null), 'group_name', 'facts', 'wins',
          'ranks', 'learn', 'simulated'), 'g - - - - true',
          'real facts never stand beside simulated figures');
select results_eq($$select pg_temp.told(s, 'score', 'order_rank', 'order_of', 'partial'),
                  s ->> 'rank_low' is not null from part('standing') s$$,
                  $$values ('1.9 6 6 true', true)$$,
                  'rank in its group, with an interval where all of the group have one');
select results_eq($$select pg_temp.told(m, 'measure', 'shown', 'weight', 'status_word')
                  from part('measures') m where m ->> 'list_word' = 'parts'$$,
                  $$values ('a mean 2.50 75 value'), ('b leaf 0.00 25 value')$$,
                  'children of the main criterion; zero is a value');
select results_eq($$select pg_temp.told(m, 'measure', 'parents', 'status_word')
                  from part('measures') m where m ->> 'list_word' = 'others'$$,
                  $$values ('x leaf a mean value'), ('y leaf a mean value'),
                  ('solo leaf - not_applicable')$$, 'all other criteria under what they count for');
select results_eq($$select pg_temp.told(m, 'measure', 'median', 'median_shown')
                    from part('measures') m
                    where m ->> 'list_word' = 'parts' or m ->> 'measure' = 'x leaf'$$,
                  $$values ('a mean 3 3.00'), ('b leaf 3 3.00'), ('x leaf 3 3.00')$$,
                  'beside the median of its group, of six values');
select results_eq($$select * from pg_temp.list('standing', 'median', 'median_shown', 'ranked')$$,
    $$values ('3 3.0 6')$$, 'the same of the main value');
select is((select count(*) from part('history') h where h ->> 'past_round' ~ '^20'), 0::bigint,
    'real years are no history of it');
select is(pg_temp.told(doc('city', 'id', 'q.a', null, null), 'province_name', 'population', 'area',
          'since', 'guest', 'simulated'),
          '- - - - true true', 'a region that only a package knows');
select is(pg_temp.told(doc('city', 'id', 'q.b', 't', null) -> 'gap', 'why_word', 'covered',
    'needed'), 'thin 25.0 60', 'coverage below the minimum is said');
select results_eq($$select pg_temp.told(m, 'measure', 'median') from part('measures') m
                  where m ->> 'list_word' = 'parts'$$,
                  $$values ('a mean -'), ('b leaf -')$$, 'a group of one has no median');
select is(doc('city', 'id', 'q.c', 't', null) -> 'gap' ->> 'why_word', 'unneeded',
    'what does not apply is no gap');

-- A second publication.
select pg_temp.make_round('t', '{"scale_max": 4}', array['n leaf'], '{}', array['35.71 n 3']);
select lives_ok($$select act.publish('t', 'Salah.')$$, 'published again');
select is(pg_temp.told(doc('city', 'id', 'kota-jambi', '2024', null) -> 'standing', 'order_rank',
    'tied'), '6 false', 'a rank of one''s own');
select results_eq($$select d ->> 'edition',
                  d -> 'standing' ->> 'score' from doc('city', 'id', 'kota-kediri', 't', '1') d$$,
                  $$values ('1', '1.9')$$, 'the older one can be read, with its own figures');
select results_eq($$select d ->> 'edition',
                  d -> 'standing' ->> 'score' from doc('city', 'id', 'kota-kediri', 't', null) d$$,
                  $$values (null::text, '3')$$, 'the newest is the default');

-- A real round of another kind and scale has nothing to do with the ministry's facts of its year.
select pg_temp.make_round('u', '{"scale_max": 100}', array['n leaf'], '{}', array['35.71 n 60']);
update data.intake set simulated = false where id = (select draft from data.round where code = 'u');
select lives_ok($$select act.publish('u')$$, 'another scale');
select is(pg_temp.told(doc('city', 'id', 'kota-kediri', 'u', null) -> 'standing', 'target',
    'several_valued'), '- false', 'has no target of the programme, and one among one no rank');
select ok(doc('city', 'id', 'kota-kediri', '2022', null) is not null,
    'beside it the programme''s round');
select is((select count(*) from part('history') h where h ->> 'charted' = 'true'), 6::bigint,
    'is not drawn on the same chart');

-- Regions that are like it; tests/reference/alike.t has the distances once more.
select is(pg_temp.told(doc('city', 'id', 'kota-serang', null, null) -> 'alike', 'peers_round',
          'known', 'peer_count', 'published'),
          '2024 true 5 19', 'a city without a figure has similar ones with theirs');
select results_eq($$select p ->> 'peer_slug' from part('alike.peers') p$$,
                  $$select unnest(string_to_array(a ->> 'list', ',')) from part('alike') a$$,
                  'the comparison is asked for them');
select is(pg_temp.told(doc('city', 'id', 'kota-padang', null, null) -> 'alike', 'peers_round',
          'known'), '2024 true',
          'so has one that takes part in none, in the newest round');
select is((select count(*) from part('learn') p where p ->> 'slug' <> 'kota-padang'), 6::bigint,
          'and an idea for each dimension');
select is(pg_temp.told(doc('city', 'id', 'kota-kediri', 't', null) -> 'alike', 'peers_round',
          'peer_median'), 't -',
          'in a simulated round they are of that round, and fewer than five have no median');

-- The matrix: components across, dimensions down.
select is(pg_temp.told(doc('city', 'id', 'kota-kediri', 'simulasi-2', null) -> 'matrix_finding',
          'lowest_part', 'times', 'rows_told'),
          'Baseline 4 6', 'the component that is lowest in most dimensions');
select is((select count(*) from part('matrix.rows.cells')), 30::bigint, 'six times five');
select is((select count(*) from part('measures') m where m ->> 'list_word' = 'others'), 0::bigint,
    'what is in the matrix is not listed again');
select is((select string_agg(s.shown::text, ' ' order by s.criterion)
           from pub.publication p join pub.result s on s.publication = p.id and s.region = '35.71'
           and s.criterion like 'living.%'
           where p.round = 'simulasi-2' and p.current),
          (select string_agg(c ->> 'shown', ' ' order by c ->> 'cell_name')
           from part('matrix.rows') r
           cross join json_array_elements(r -> 'cells') c where r ->> 'dimension' = 'living'),
           'with the values of the results');
select is(doc('city', 'id', 'kota-kediri', '2022', null) ->> 'matrix', null,
    'there is none where nothing of it was published');
select is((select count(*)
          from pub.crossings((select id from pub.publication where round = 't' and current))),
          0::bigint,
          'nor in a tree that has no dimensions');
select is(pub.enough(6, 1) and not pub.enough(5, 1) and pub.enough(5, null), true,
    'a median is of five others');

select * from finish();
rollback;
