-- Page city: the real rounds, and small rounds made here for what the real ones do not have.
begin;
\ir round.psql
select plan(62);

-- Which round.
select is((select round from page.city('id', 'kota-kediri', null, null)), '2022', 'the newest real round with a figure, not the newest');
select is((select round from page.city('id', 'kota-serang', null, null)), '2024', 'without any figure: the newest real round');
select results_eq($$select round, no_round from page.city('id', 'kota-padang', null, null)$$, $$values (null::text, true)$$,
                  'a region in no round has its page');
select results_eq($$select in_round, left_out from page.city('id', 'kota-padang', '2022', null)$$, 'values (false, true)',
                  'and is told when it did not take part');
select is_empty($$select * from page.city('id', 'kota-kediri', '1999', null)$$, 'an unknown round');
select is_empty($$select * from page.city('id', 'kota-kediri', '2022', 9)$$, 'an unknown edition');
select is_empty($$select * from page.city('id', 'nowhere', null, null)$$, 'an unknown city');
select is_empty($$select * from page.city('id', 'kota-surabaya', null, null)$$, 'a region about which nothing was published');
select results_eq($$select label, here, empty from page.city_rounds('id', 'kota-kediri', null, null) where label < 'A'$$,
                  $$values ('2019', false, true), ('2020', false, false), ('2021', false, false), ('2022', true, false),
                           ('2023', false, true), ('2024', false, true)$$, 'the menu marks years without data');

-- Kota Kediri 2022, as the letter has it.
select results_eq($$select score, score_shown, own, own_shown, difference, official, differs from page.city_standing('id', 'kota-kediri', null, null)$$,
                  'values (3.31, 3.31, 3.315, 3.315, 0.005, true, true)', 'official beside computed');
select results_eq($$select shown, weight, contribution from page.city_measures('id', 'kota-kediri', null, null) where in_parts$$,
                  'values (3.60, 10.0, 0.360), (3.21, 20.0, 0.642), (3.23, 30.0, 0.969), (3.07, 20.0, 0.614), (3.65, 20.0, 0.730)',
                  'components, weights and contributions');
select results_eq($$select dimension, shown from page.city_measures('id', 'kota-kediri', null, null) where in_dimensions$$,
                  $$values ('governance', 2.75), ('branding', 2.75), ('economy', 3.50), ('living', 3.33), ('society', 3.33), ('environment', 2.75)$$,
                  'six dimensions in their order');
select results_eq($$select rank_name, rank_plain, rank_province, rank_in_province, rank_value, uncounted from page.city_ranks('id', 'kota-kediri', null, null)$$,
                  $$values ('Peringkat nasional', true, 'Jawa Timur', false, 22::numeric, true), ('Peringkat di provinsi', false, 'Jawa Timur', true, 4, true)$$, 'ranks of the ministry');
select results_eq($$select order_label, partial, spread, firm from page.city_standing('id', 'kota-kediri', null, null)$$,
                  $$values ('3', true, false, false)$$, 'our order, among those with a figure, without an interval');
select results_eq($$select rose, better, change_size, change_since, earlier, improvement, short, target, target_gap
                    from page.city_standing('id', 'kota-kediri', null, null)$$,
                  $$values (true, true, 0.25, '2021', 3.06, 0.25, true, 3.40, 0.09)$$, 'change, improvement and target');
select results_eq($$select past_label, shown, change, incomparable, aim from page.city_history('id', 'kota-kediri', null, null)$$,
                  $$values ('2019', null::numeric, null::numeric, null::boolean, null::numeric), ('2020', 2.87, null, null, null),
                           ('2021', 3.06, null, true, null), ('2022', 3.31, 0.25, false, 3.40), ('2023', null, null, null, null),
                           ('2024', null, null, null, 3.55)$$,
                  'history: a change only between rounds of one method, targets where they were set');
select results_eq($$select past_label, method_changed, comparable from page.city_history('id', 'kota-kediri', null, null) where past_label in ('2020', '2021', '2022', '2024')$$,
                  $$values ('2020', true, null::boolean), ('2021', true, false), ('2022', false, true), ('2024', false, null)$$, 'where the method changed');
select results_eq($$select win, dimension from page.city_wins('id', 'kota-kediri', null, null)$$,
                  $$values ('E-SPTPD', 'governance'), ('Prodamas Plus', 'branding'), ('KURNIA (Kredit Usaha Melayani Warga)', 'economy'),
                           ('Home Care Peduli', 'living'), ('English Massive', 'society'), ('Bank Sampah', 'environment')$$,
                  'six quick wins in the order of the dimensions');
select is((select count(*) from page.city_wins('id', 'kota-kediri', null, null) where source_name is null), 0::bigint, 'each with its source');

-- Sources.
select is((select count(*) from page.city_measures('id', 'kota-kediri', null, null) where not cited), 0::bigint, 'each component and dimension cites its source');
select is((select source_name from page.city_sources('id', 'kota-kediri', null, null) s
           join page.city_standing('id', 'kota-kediri', null, null) t on s.source_n = t.score_ref), 'bangsaonline.com', 'the number leads to the source');
select is((select count(*) from page.city_facts('id', 'kota-kediri', null, null) f
           where not exists (select from page.city_sources('id', 'kota-kediri', null, null) s where s.source_name = f.source_name)), 0::bigint,
          'every fact has its source in the list');
select is((select count(*) from pub.city_view('kota-kediri', null, null) v join pub.result s on s.publication = v.publication and s.region = v.region where s.status = 'value'
           and not exists (select from pub.city_sources(v.publication, v.region, false) c where c.n = s.ref and c.source = s.source)), 0::bigint,
          'a figure''s number is that of its source in the list');
select results_eq($$select source_name from page.city_sources('id', 'kabupaten-bekasi', '2024', null)$$,
                  $$values ('universodelibros.com'), ('bekasicyber.id')$$, 'which begins with the newest figures');
select is((select count(distinct source_n) from page.city_sources('id', 'kota-kediri', null, null)),
          (select count(*) from page.city_sources('id', 'kota-kediri', null, null)), 'numbers are not repeated');

-- All that was published, with its caution.
select is((select count(*) from page.city_facts('id', 'kota-kediri', null, null)),
          (select count(*) from data.published_figure where region = '35.71'), 'no fact is left out');
select results_eq($$select count(*) filter (where weak), count(*) filter (where conflicting) from page.city_facts('id', 'kabupaten-bekasi', null, null)$$,
                  'values (5::bigint, 1::bigint)', 'weak and conflicting facts are there, and say so');
select results_eq($$select undated, fact_shown from page.city_facts('id', 'kota-pasuruan', null, null)$$, 'values (true, 3.16)', 'an undated one too');
select is((select count(*) from page.city_standing('id', 'kabupaten-bekasi', '2024', null)), 0::bigint, 'but none of them makes a value');
select is((select fact_shown from page.city_facts('id', 'kota-padang-panjang', null, null) where percent order by fact_shown limit 1), 70.73,
          'percentages of completion are no scores');
select results_eq($$select fact_group, fact_of from page.city_facts('id', 'kabupaten-batanghari', null, null) where fact_name = 'Peringkat nasional dalam kelompok'$$,
                  $$values ('kohort 2023', 50)$$, 'a rank with its group and denominator');
select results_eq($$select never, nothing, valued_elsewhere from page.city_gap('id', 'kota-serang', null, null)$$, 'values (true, false, false)',
                  'a city without any figure');
select results_eq($$select never, nothing, elsewhere_round, facts_of_year from page.city_gap('id', 'kabupaten-bekasi', '2024', null)$$,
                  $$values (false, true, '2023', true)$$, 'a round without a figure: where there is one');
select results_eq($$select has_components, untold, has_history, has_wins from page.city('id', 'kota-serang', null, null)$$, 'values (false, true, false, true)',
                  'nothing is drawn of what is not there');
select is((select guest from page.city('id', 'kota-padang', null, null)), true, 'a region outside the fifty');
select cmp_ok((select count(*) from page.city_learn('id', 'kota-kediri', null, null) where slug <> 'kota-kediri' and dimension in ('governance', 'branding', 'environment')),
              '=', 6::bigint, 'what others do where this city has most room to grow');

-- Any method: three levels, two parents, groups, a region without a place; zero, not applicable and no data.
select pg_temp.make_round('t', '{"draws": 20, "min_coverage": 0.6, "scale_max": 4}', array['n mean 0.1', 'a mean', 'b leaf', 'x leaf', 'y leaf', 'solo leaf'],
                          array['n a 3', 'n b 1', 'a x 1', 'a y 1'],
                          array['35.71 x 2', '35.71 y 3', '35.71 b 0', '35.71 solo na', 'Q.A x 4', 'Q.A y 4', 'Q.A b 4', 'Q.A solo 1',
                                'Q.B b 1', 'Q.C x na', 'Q.C y na', 'Q.C b na'], '{}', array['Q.B h']);
select lives_ok($$select act.publish('t')$$, 'a round is published');
select results_eq($$select score, order_label, order_of, grouped, order_group, whole, spread or firm from page.city_standing('id', 'kota-kediri', 't', null)$$,
                  $$values (1.9, '2', 2, true, 'g', false, true)$$, 'rank in its group, with an interval where all of the group have one');
select results_eq($$select measure, shown, weight, has_value, bar from page.city_measures('id', 'kota-kediri', 't', null) where in_parts$$,
                  $$values ('a mean', 2.50, 75::numeric, true, '62.50%'), ('b leaf', 0.00, 25, true, '3')$$, 'children of the main criterion; zero is a value');
select results_eq($$select measure, parents, not_applicable from page.city_measures('id', 'kota-kediri', 't', null) where in_others$$,
                  $$values ('x leaf', 'a mean', false), ('y leaf', 'a mean', false), ('solo leaf', null, true)$$, 'all other criteria under what they count for');
select results_eq($$select measure, compared, median_shown, ranked, quartered from page.city_measures('id', 'kota-kediri', 't', null) where in_parts or measure = 'x leaf'$$,
                  $$values ('a mean', true, 3.25, 2, false), ('b leaf', true, 2.00, 2, false), ('x leaf', true, 3.00, 2, false)$$,
                  'beside the median of its group, not of others; quartiles only of four values');
select results_eq($$select measure, median_shown, ranked from page.city_measures('id', 'q.b', 't', null) where in_parts$$,
                  $$values ('a mean', null::numeric, 0), ('b leaf', 1.00, 1)$$, 'a group of one is told as one');
select results_eq($$select measure, grows, ahead from page.city_measures('id', 'kota-kediri', 't', null) where in_parts order by measure$$,
                  $$values ('a mean', true, 0.75), ('b leaf', false, 2.00)$$, 'most room to grow, by weight');
select results_eq($$select measure, lifts, ahead from page.city_measures('id', 'q.a', 't', null) where in_parts order by measure$$,
                  $$values ('a mean', true, 0.75), ('b leaf', false, 2.00)$$, 'and what lifts a city');
select results_eq($$select compared, median_shown, ranked, quartered from page.city_standing('id', 'kota-kediri', 't', null)$$, 'values (true, 3.0, 2, false)', 'the same of the main value');
select results_eq($$select thin, covered, needed from page.city_gap('id', 'q.b', 't', null)$$, 'values (true, 25.0, 60.0)', 'coverage below the minimum is said');
select results_eq($$select unneeded, never from page.city_gap('id', 'q.c', 't', null)$$, 'values (true, false)', 'what does not apply is no gap');
select results_eq($$select placed, peopled, measured, joined, guest, simulated from page.city('id', 'q.a', null, null)$$,
                  'values (false, false, false, false, true, true)', 'a region that only a package knows');
select results_eq($$select has_facts, has_wins, no_wins from page.city('id', 'kota-kediri', 't', null)$$, 'values (false, false, false)',
                  'real facts never stand beside simulated figures');
select is_empty($$select * from page.city_facts('id', 'kota-kediri', 't', null)$$, 'not in their section either');
select is_empty($$select * from page.city_ranks('id', 'kota-kediri', 't', null)$$, 'nor the ranks');
select is((select count(*) from page.city_history('id', 'kota-kediri', 't', null) where past_round ~ '^20'), 0::bigint, 'nor the real years');
select is((select round from page.city('id', 'kota-kediri', null, null)), '2022', 'a simulated round is never the default');

-- A second publication.
select pg_temp.make_round('t', '{"scale_max": 4}', array['n leaf'], '{}', array['35.71 n 3']);
select lives_ok($$select act.publish('t')$$, 'published again');
select results_eq($$select order_label, order_rank, tied from page.city_standing('id', 'kota-jambi', '2024', null)$$, $$values ('6', 6, false)$$, 'a rank of one''s own');
select results_eq($$select older, edition from page.city('id', 'kota-kediri', 't', 1)$$, 'values (true, 1)', 'the older one can be read');
select is((select score from page.city_standing('id', 'kota-kediri', 't', 1)), 1.9, 'with its own figures');
select is((select score from page.city_standing('id', 'kota-kediri', 't', null)), 3::numeric, 'the newest is the default');
select results_eq($$select has_components, has_dimensions from page.city('id', 'kota-kediri', 't', null)$$, 'values (false, false)', 'a main criterion that is a leaf');

-- A real round of another kind and scale has nothing to do with the ministry's facts of its year.
select pg_temp.make_round('u', '{"scale_max": 100}', array['n leaf'], '{}', array['35.71 n 60']);
update data.intake set simulated = false where id = (select draft from data.round where code = 'u');
select lives_ok($$select act.publish('u')$$, 'another scale');
select results_eq($$select targeted, improved from page.city_standing('id', 'kota-kediri', 'u', null)$$, 'values (false, false)', 'has no target of the programme');
select is((select count(*) from page.city_history('id', 'kota-kediri', '2022', null) where charted), 6::bigint, 'and is not drawn on the same chart');

select * from finish();
rollback;
