-- Page home: the newest real round among the fifty.
begin;
\ir round.psql
select plan(26);

select results_eq($$select has_round, round, participants, with_value, without_value, lowest, highest, compared, previous_label from page.home('id')$$,
                  $$values (true, '2024', 50::bigint, 14::bigint, 36::bigint, 2.04, 3.93, true, '2023')$$, 'the newest round counts the fifty');
select results_eq($$select more, total from page.home('id')$$, 'values (true, 19::bigint)', 'and knows that others have figures too');
select is((select win_count from page.home('id')), (select count(*) from data.quick_win), 'how many quick wins');

select results_eq($$select count(*), count(*) filter (where filled), count(*) filter (where ring) from page.home_dots('id')$$,
                  'values (50::bigint, 14::bigint, 36::bigint)', 'the fifty on the map');
select is_empty($$select * from page.home_dots('id') where x not between 0 and 100 or y not between 0 and 100$$, 'all on the map');
select results_eq($$select x, y, filled, shown from page.home_dots('id') where slug = 'kota-madiun'$$,
                  $$select round((longitude - 94.5) / 47 * 100, 2), round((6.5 - latitude) / 18 * 100, 2), true, 3.80
                    from data.region where slug = 'kota-madiun'$$, 'a dot lies at its place');

select results_eq($$select slug, shown from page.home_ranking('id') limit 2$$, $$values ('kota-bandung', 3.93), ('kota-madiun', 3.80)$$, 'the best values first');
select is_empty($$select * from page.home_dots('id') d where filled and size <= (select max(size) from page.home_dots('id') where ring)
                  and value = (select max(value) from page.home_dots('id'))$$, 'the highest value has a larger dot than those without one');
select is((select count(distinct size) from page.home_dots('id') where ring), 1::bigint, 'who has no figure looks the same everywhere');
select is((select count(*) from page.home_ranking('id')), 14::bigint, 'all of them');
select is((select count(*) from page.home_ranking('id') where not linked), 0::bigint, 'each with its source');
select results_eq($$select known_change, fresh from page.home_ranking('id') where slug in ('kota-jambi', 'kota-ambon') order by slug$$,
                  'values (true, false), (false, true)', 'changes where there are two values');

select results_eq($$select slug, change from page.home_movers('id') limit 2$$,
                  $$values ('kota-makassar', 0.50), ('kota-banjarmasin', 0.26)$$, 'the largest rises first');
select is_empty($$select * from page.home_movers('id') where change <= 0 or change <> value - previous$$, 'and only rises');
select results_eq($$select has_movers, no_movers, not_compared, method_differs, first_round from page.home('id')$$, 'values (true, false, false, false, false)',
                  'which are there');
select is((select count(*) from page.home_movers('id') m join data.region r using (slug) where not r.member), 0::bigint, 'of the fifty');

select results_eq($$select count(*), count(distinct slug) from page.home_wins('id')$$, 'values (6::bigint, 6::bigint)', 'six quick wins of six regions');
select is((select max(year) from data.quick_win), (select max(win_year) from page.home_wins('id')), 'the newest ones');
select is((select sum(win_total) from page.home_dimensions('id')), (select count(dimension)::numeric from data.quick_win), 'quick wins by dimension');
select results_eq($$select distinct valued_round from page.home_dimensions('id')$$, $$values ('2022')$$, 'and the newest real round in which somebody has a value');

-- A simulated round of a later year does not come first.
select pg_temp.make_round('zz', '{}', array['x leaf'], '{}', '{Q.A x 3}');
update data.intake set year = 2199 where round = 'zz';
select lives_ok($$select act.publish('zz')$$, 'published');
select is((select round from page.home('id')), '2024', 'a simulated round is never the newest');

-- A newer real round with another method: nothing is compared.
select pg_temp.make_round('yy', '{}', array['x leaf'], '{}', array['35.71 x 3', '35.77 x 9']);
update data.intake set year = 2198, simulated = false where round = 'yy';
select lives_ok($$select act.publish('yy')$$, 'a real round is published');
select results_eq($$select round, compared, method_differs, no_movers from page.home('id')$$, $$values ('yy', false, true, true)$$, 'its method is another one');
select is_empty($$select * from page.home_movers('id') union all select * from page.home_movers('en')$$, 'so nobody rose');
select is((select count(*) from page.home_ranking('id') where known_change), 0::bigint, 'and no change is told');

select * from finish();
rollback;
