-- Page report: the same figures as on the city's page.
begin;
select plan(16);

select is_empty($$select * from page.report('id', 'kota-kediri', '1999', null)$$, 'an unknown round');
select is_empty($$select * from page.report('id', 'nowhere', '2022', null)$$, 'an unknown city');
select is_empty($$select * from page.report('id', 'kota-padang', '2022', null)$$, 'a city that took no part');
select is_empty($$select * from page.report('id', 'kota-kediri', '2022', 7)$$, 'an unknown edition');
select results_eq($$select city_name, round, edition, older, has_components, has_dimensions, has_history, has_wins, win_count from page.report('id', 'kota-kediri', '2022', null)$$,
                  $$values ('Kota Kediri', '2022', 1, false, true, true, true, true, 6::bigint)$$, 'the head');
select is((select length(digest) from page.report('id', 'kota-kediri', '2022', null)), 16, 'it names the publication by the beginning of its digest');
select results_eq($$select * from page.report_standing('id', 'kota-kediri', '2022', null)$$, $$select * from page.city_standing('id', 'kota-kediri', '2022', null)$$, 'main value');
select results_eq($$select measure, in_parts, shown, weight, ref from page.report_measures('id', 'kota-kediri', '2022', null)$$,
                  $$select measure, in_parts, shown, weight, ref from page.city_measures('id', 'kota-kediri', '2022', null)$$, 'components and dimensions');
select is_empty($$select from page.report_measures('id', 'kota-kediri', '2022', null) where not in_parts and not in_dimensions$$, 'and nothing else');
select results_eq($$select past_label, shown, change, aim from page.report_history('id', 'kota-kediri', '2022', null)$$,
                  $$select past_label, shown, change, aim from page.city_history('id', 'kota-kediri', '2022', null)$$, 'history');
select results_eq($$select * from page.report_ranks('id', 'kota-kediri', '2022', null)$$, $$select * from page.city_ranks('id', 'kota-kediri', '2022', null)$$, 'ranks');
select is((select count(*) from page.report_sources('id', 'kota-kediri', '2022', null)), (select count(*) from page.city_sources('id', 'kota-kediri', '2022', null)), 'sources');
select results_eq($$select more_wins from page.report('id', 'kota-denpasar', '2020', null)$$, 'values (true)', 'more quick wins than a sheet has room for');
select is((select count(*) from page.report_wins('id', 'kota-denpasar', '2020', null)), 6::bigint, 'six are shown');
select results_eq($$select g.never, h.untold, h.has_history from page.report_gap('id', 'kota-serang', '2022', null) g, page.report('id', 'kota-serang', '2022', null) h$$,
                  'values (true, true, false)', 'a participant without a figure has a card that says so');
select is((select count(*) from page.report_history('id', 'kota-kediri', '2022', null)), 6::bigint, 'six rounds');
select * from finish();
rollback;
