-- Page compare.
begin;
\ir round.psql
select plan(55);

-- Which round.
select is((select round from page.compare('id', '{kota-madiun,kota-serang,kota-kediri}', null, null)), '2021', 'the newest in which two have a figure');
select is((select round from page.compare('id', '{kota-madiun,kota-bandung}', null, null)), '2024', 'here a newer one');
select is((select round from page.compare('id', '{kota-serang,kota-kediri}', null, null)), '2024', 'without such a round the newest');
select is((select round from page.compare('id', '{kota-madiun,kota-kediri}', '2022', null)), '2022', 'the one that is asked for');
select is_empty($$select * from page.compare('id', '{kota-madiun,kota-kediri}', '1999', null)$$, 'an unknown round');

-- Who.
select results_eq($$select nobody, lonely, several, room, status from page.compare('id', null, null, null)$$, 'values (true, false, false, true, null::integer)', 'nobody yet');
select results_eq($$select nobody, lonely, several, room from page.compare('id', '{kota-kediri}', null, null)$$, 'values (false, true, false, true)', 'one');
select is((select room from page.compare('id', '{kota-kediri,kota-madiun,kota-serang,kota-bandung,kota-jambi,kota-ambon}', null, null)), false, 'six are enough');
select results_eq($$select city, others from page.compare_chosen('id', '{kota-madiun,kota-serang,kota-kediri}', null, null)$$,
                  $$values ('Kota Madiun', 'kota-serang,kota-kediri'), ('Kota Serang', 'kota-madiun,kota-kediri'), ('Kota Kediri', 'kota-madiun,kota-serang')$$,
                  'in the order asked; leaving one out keeps the rest');
select results_eq($$select status, has_unknown, several, kota_list from page.compare('id', '{kota-madiun,nowhere,kota-kediri}', null, null)$$,
                  $$values (404, true, true, 'kota-madiun,kota-kediri')$$, 'an unknown one: not found, and the others stay');
select results_eq($$select unknown_slug from page.compare_unknown('id', '{kota-madiun,nowhere,kota-kediri,elsewhere}', null, null)$$, $$values ('nowhere'), ('elsewhere')$$, 'which ones');
select is((select count(*) from page.compare_options('id', '{kota-madiun}', null, null) where option_slug = 'kota-madiun'), 0::bigint, 'who is chosen is no choice');
select cmp_ok((select count(*) from page.compare_options('id', '{kota-madiun}', null, null)), '>=', 49::bigint, 'everybody else is');

-- The three of the main path.
select results_eq($$select measure, city, shown, has_value, no_data, best, behind, distance, spread
                    from page.compare_cells('id', '{kota-madiun,kota-serang,kota-kediri}', null, null) where in_measures and is_city$$,
                  $$values ('Nilai akhir', 'Kota Madiun', 3.46, true, false, true, false, 0.00, 0.40),
                           ('Nilai akhir', 'Kota Serang', null, false, true, null, null, null, 0.40),
                           ('Nilai akhir', 'Kota Kediri', 3.06, true, false, false, true, -0.40, 0.40)$$, 'what can be compared; no data is not zero');
select results_eq($$select city, everything, never, elsewhere from page.compare_cells('id', '{kota-madiun,kota-serang,kota-kediri}', null, null) where in_gaps$$,
                  $$values ('Kota Serang', true, true, null::text)$$, 'who has not published what others have');
select results_eq($$select city, everything, ever, elsewhere from page.compare_cells('id', '{kota-madiun,kota-jambi,kota-kediri}', '2024', null) where in_gaps$$,
                  $$values ('Kota Kediri', true, true, '2020, 2021, 2022')$$, 'and where there is a value');
select results_eq($$select measure, first_of_list, last_of_list, more_of_list from page.compare_cells('id', '{kota-madiun,kota-serang,kota-kediri}', null, null)
                    where in_unpublished and (first_of_list or last_of_list)$$,
                  $$values ('Baseline', true, false, true), ('Environment', false, true, false)$$, 'what nobody has, once');
select results_eq($$select city, first_of_list, last_of_list, measure, shown from page.compare_cells('id', '{kota-madiun,kota-kediri}', '2022', null) where in_waiting and (first_of_list or last_of_list)$$,
                  $$values ('Kota Kediri', true, false, 'Nilai akhir', 3.31), ('Kota Kediri', false, true, 'Environment', 2.75)$$, 'what only one has');
select results_eq($$select head_label from page.compare_years('id', '{kota-madiun,kota-serang,kota-kediri}', null, null) where head$$,
                  $$values ('2019'), ('2020'), ('2021'), ('2022'), ('2023'), ('2024')$$, 'the years');
select results_eq($$select city, string_agg(coalesce(shown::text, '-'), ' ' order by n), bool_or(first_of_city), bool_or(last_of_city)
                    from (select *, row_number() over () as n from page.compare_years('id', '{kota-madiun,kota-serang,kota-kediri}', null, null)) y group by city order by min(n)$$,
                  $$values ('Kota Madiun', '- - 3.46 - 3.71 3.80', true, true), ('Kota Serang', '- - - - - -', true, true),
                           ('Kota Kediri', '- 2.87 3.06 3.31 - -', true, true)$$, 'and the values of each');
select results_eq($$select city, rank_year, rank_value, rank_group, rank_of from page.compare_ranks('id', '{kota-madiun,kota-serang,kota-kediri}', null, null)
                    where rank_name = 'Peringkat nasional'$$,
                  $$values ('Kota Madiun', 2024, 3::numeric, 'reguler', null::integer), ('Kota Madiun', 2023, 3, null, 141), ('Kota Kediri', 2022, 22, null, null)$$,
                  'ranks of the ministry with group and denominator');
select results_eq($$select city, recorded, win from page.compare_wins('id', '{kota-madiun,kota-serang,kota-kediri}', null, null) where dimension = 'branding'$$,
                  $$values ('Kota Madiun', false, null), ('Kota Serang', true, 'Wisata religi'), ('Kota Kediri', true, 'Prodamas Plus')$$, 'quick wins by dimension');
select is((select count(*) from page.compare_wins('id', '{kota-madiun,kota-serang,kota-kediri}', null, null) where first_of_dimension), 6::bigint, 'a table for each dimension');
select is((select count(*) from page.compare_wins('id', '{kota-madiun,kota-serang,kota-kediri}', null, null) where first_of_city),
          (select count(*) from page.compare_wins('id', '{kota-madiun,kota-serang,kota-kediri}', null, null) where last_of_city), 'a row for each city in it');
select results_eq($$select city, population, area, since from page.compare_chosen('id', '{kota-serang,kota-kediri}', null, null)$$,
                  $$values ('Kota Serang', 759929, 266.3, 2022), ('Kota Kediri', 301424, 67.2, 2019)$$, 'profile');
select results_eq($$select distinct city from page.compare_sources('id', '{kota-madiun,kota-serang,kota-kediri}', null, null) order by 1$$,
                  $$values ('Kota Kediri'), ('Kota Madiun')$$, 'who has a value has a source');
select results_eq($$select label, here, empty from page.compare_rounds('id', '{kota-serang,kota-kediri}', '2022', null) where label in ('2019', '2022')$$,
                  $$values ('2019', false, true), ('2022', true, false)$$, 'the menu of rounds');
select is((select href from page.compare_rounds('id', '{kota-serang,kota-kediri}', null, null) where label = '2022'), '/banding?kota=kota-serang,kota-kediri&putaran=2022', 'keeps who is chosen');

select results_eq($$select head_label, method_changed, charted from page.compare_years('id', '{kota-madiun,kota-kediri}', null, null) where head and method_changed$$,
                  $$values ('2020', true, true), ('2021', true, true)$$, 'where the method changed');
select results_eq($$select slug, string_agg(head_label, ' ') from page.compare_years('id', '{kota-madiun,kota-kediri}', null, null) where comparable group by slug order by slug$$,
                  $$values ('kota-kediri', '2022'), ('kota-madiun', '2023 2024')$$, 'what may be joined with the value before');
select results_eq($$select city, is_group, group_name, ranked, shown, last_of_measure from page.compare_cells('id', '{kota-madiun,kota-serang,kota-kediri}', null, null) where in_measures and not is_city$$,
                  $$values (null::text, true, null::text, 8, 2.90, true)$$, 'the median of their group below them');
select results_eq($$select in_gaps, in_unpublished, measure from page.compare_cells('id', '{kota-madiun,kota-serang,kota-kediri}', null, null) where first_missing or last_missing$$,
                  $$values (true, false, null::text), (false, true, 'Environment')$$, 'the ends of what is missing');

-- A small round: largest differences first, equal values, another direction, simulated.
select pg_temp.make_round('t', '{}', array['n mean', 'x leaf', 'y leaf', 'z leaf', 'w leaf'], array['n x 1', 'n y 1'],
                          array['35.71 x 2', '35.71 y 5', '35.71 z 4', '35.77 x 3', '35.77 y 9', '35.77 z 4', '35.77 w 1', 'Q.A x 0', 'Q.A y na', 'Q.A z nd']);
update data.region set name = code where code = 'Q.A';
select lives_ok($$select act.publish('t')$$, 'a round is published');
select results_eq($$select distinct on (ord) measure, spread from (select *, row_number() over () as ord from page.compare_cells('id', '{kota-kediri,kota-madiun,q.a}', 't', null) where in_measures) m
                    where first_of_measure order by ord$$,
                  $$values ('n mean', 6.00), ('y leaf', 4.00), ('x leaf', 3.00), ('z leaf', 0.00)$$, 'the main one, then the largest differences');
select results_eq($$select city, has_value, no_data, not_applicable, bar from page.compare_cells('id', '{kota-kediri,kota-madiun,q.a}', 't', null) where in_measures and is_city and measure = 'y leaf'$$,
                  $$values ('Kota Kediri', true, false, false, '50.00%'), ('Kota Madiun', true, false, false, '90.00%'), ('Q.A', false, false, true, null)$$, 'not applicable');
select is((select bar from page.compare_cells('id', '{kota-kediri,kota-madiun,q.a}', 't', null) where in_measures and measure = 'x leaf' and city = 'Q.A'), '3', 'zero is a value');
select results_eq($$select city, equal, best from page.compare_cells('id', '{kota-kediri,kota-madiun,q.a}', 't', null) where in_measures and measure = 'z leaf' and has_value$$,
                  $$values ('Kota Kediri', true, false), ('Kota Madiun', true, false)$$, 'equal values: none is the best');
select results_eq($$select measure, city from page.compare_cells('id', '{kota-kediri,kota-madiun,q.a}', 't', null) where in_waiting$$, $$values ('w leaf', 'Kota Madiun')$$, 'only one has it');
select results_eq($$select city, partly, missing from page.compare_cells('id', '{kota-kediri,kota-madiun,q.a}', 't', null) where in_gaps$$, $$values ('Q.A', true, 'z leaf')$$, 'what at least two others have, by name');
select results_eq($$select outside from page.compare_cells('id', '{kota-kediri,kota-serang}', 't', null) where in_gaps and city = 'Kota Serang'$$, 'values (true)', 'who takes no part is said to take none');
select results_eq($$select simulated, factual, has_ranks from page.compare('id', '{kota-kediri,kota-madiun}', 't', null)$$, 'values (true, false, false)', 'no facts beside simulated figures');
select is_empty($$select city from page.compare_wins('id', '{kota-kediri,kota-madiun}', 't', null) union all select city from page.compare_ranks('id', '{kota-kediri,kota-madiun}', 't', null)$$,
                'nor in the sections');
select pg_temp.make_round('t', '{"higher_is_better": false}', array['x leaf'], '{}', array['35.71 x 2', '35.77 x 3']);
select lives_ok($$select act.publish('t')$$, 'another direction');
select results_eq($$select city, best, distance from page.compare_cells('id', '{kota-madiun,kota-kediri}', 't', null) where in_measures and is_city$$, $$values ('Kota Madiun', false, 1.00), ('Kota Kediri', true, 0.00)$$,
                  'the best is the lowest where lower is better, and the others are above it');
select is((select round from page.compare('id', '{kota-madiun,kota-serang,kota-kediri}', null, null)), '2021', 'a simulated round is never the default');

-- Who can be chosen where there are too many for a menu.
select results_eq($$select menu, menu_of_all, menu_of_neighbours, finder from page.compare('id', null, null, null)$$, 'values (true, true, false, false)', 'a menu of all');
select results_eq($$select option_slug, with_option from page.compare_options('id', '{kota-madiun}', null, 'kediri')$$,
                  $$values ('kabupaten-kediri', 'kota-madiun,kabupaten-kediri'), ('kota-kediri', 'kota-madiun,kota-kediri')$$, 'a search finds by name');
select results_eq($$select menu, finder, searched, nothing_found from page.compare('id', '{kota-madiun}', null, 'kediri')$$, 'values (false, true, true, false)', 'and takes the menu''s place');
select results_eq($$select nothing_found from page.compare('id', '{kota-madiun}', null, 'madiun kota')$$, 'values (true)', 'who is chosen already is not found again');
insert into data.region (code, slug, name, kind, member, province) select 'B.' || n, 'b.' || n, 'Kota ' || n, 'kota', true, '34' from generate_series(1, 700) n;
select results_eq($$select menu, menu_of_all, finder from page.compare('id', null, null, null)$$, 'values (false, false, true)', 'too many: nobody is offered before one is chosen');
select is((select count(*) from page.compare_options('id', null, null, null)), 0::bigint, 'not even a few');
select results_eq($$select menu, menu_of_neighbours, finder from page.compare('id', '{kota-madiun}', null, null)$$, 'values (true, true, true)', 'then those nearby');
select set_eq($$select r.province_name from page.compare_options('id', '{kota-madiun}', null, null) o join pub.region r on r.slug = o.option_slug$$, $$values ('Jawa Timur')$$,
              'of the same province');
select is((select count(*) from page.compare_options('id', '{b.1}', null, null)), 150::bigint, 'the menu ends somewhere');
select is((select count(*) from page.compare_options('id', null, null, 'kota')), 150::bigint, 'and so does what is found');
select * from finish();
rollback;
