-- Page dimension: one criterion over all cities.
begin;
\ir round.psql
select plan(32);

-- The address.
select results_eq($$select status, location from page.dimension('id', 'governance', null, null)$$, $$values (302, '/dimensi/governance/2024')$$,
                  'without a round: on to the newest real one');
select is_empty($$select * from page.dimension('id', 'nothing', '2024', null)$$, 'no such criterion');
select is_empty($$select * from page.dimension('id', 'governance', '1999', null)$$, 'no such round');
select is_empty($$select * from page.dimension('id', 'governance', '2024', 99)$$, 'no such edition');

-- A dimension with parts.
select results_eq($$select participants, ranked + unranked, has_parts, many_parts, part_count, dimension, simulated, compared, valued_elsewhere
                    from page.dimension('id', 'governance', 'simulasi', null)$$,
                  $$values (50, 50, true, false, 5::bigint, 'governance', true, true, false)$$, 'a dimension and its parts');
select is((select win_count from page.dimension('id', 'governance', '2022', null)), (select count(*) from data.quick_win where dimension = 'governance'),
          'with its quick wins');
select results_eq($$select count(*), count(distinct slug), count(*) filter (where first_of_city), count(*) filter (where last_of_city)
                    from page.dimension_rows('id', 'governance', 'simulasi', null)$$,
                  $$select 5 * ranked::bigint, ranked::bigint, ranked::bigint, ranked::bigint from page.dimension('id', 'governance', 'simulasi', null)$$,
                  'a row for each city and part');
select is((select count(*) from page.dimension_rows('id', 'governance', 'simulasi', null)
           where (part_known::int + part_missing::int + part_excluded::int) <> 1), 0::bigint, 'a part has a value, or none yet, or does not apply');
select is_empty($$select * from page.dimension_rows('id', 'governance', 'simulasi', null) where first_of_city is false and (slug, value, change) is distinct from (null, null, null)$$,
                'what is said of the city is said once');
select is((select array_agg(value) from page.dimension_rows('id', 'governance', 'simulasi', null) where first_of_city),
          (select array_agg(value order by value desc) from page.dimension_rows('id', 'governance', 'simulasi', null) where first_of_city), 'the best first');
select results_eq($$select e.slug, v.value from page.dimension_rows('id', 'governance', 'simulasi', null) v
                    join pub.entrant e using (slug) join pub.publication p on p.id = e.publication and p.round = 'simulasi' and p.current
                    where v.first_of_city order by 1$$,
                  $$select e.slug, r.value from pub.result r join pub.publication p on p.id = r.publication and p.round = 'simulasi' and p.current
                    join pub.entrant e on e.publication = p.id and e.region = r.region
                    where r.criterion = 'governance' and r.value is not null order by 1$$, 'each value as it was published');
select is((select array_agg(part_name) from page.dimension_parts('id', 'governance', 'simulasi', null)), '{Baseline,Output,Outcome,Impact,"Quick win"}',
          'parts are called without the name of the whole');
select is((select array_agg(part_name) from page.dimension_parts('en', 'output', 'simulasi', null)), '{Governance,Branding,Economy,Living,Society,Environment}',
          'in both languages');
select results_eq($$select count(*), min(value), max(value), bool_and(listed) from page.dimension_dots('id', 'governance', 'simulasi', null)$$,
                  $$select ranked::bigint, lowest, highest, true from page.dimension('id', 'governance', 'simulasi', null)$$, 'a dot for each value');

-- Changes.
select results_eq($$select count(*) filter (where known_change), count(*) filter (where fresh) from page.dimension_rows('id', 'index', 'simulasi', null)$$,
                  'values (47::bigint, 3::bigint)', 'the change since the round before, once for each city');
select results_eq($$select compared, method_differs from page.dimension('id', 'governance', 'simulasi-2', null)$$, 'values (false, true)', 'another method is not compared');
select is((select count(*) from page.dimension_rows('id', 'governance', 'simulasi-2', null) where known_change or better or worse or previous is not null), 0::bigint,
          'and no row of it has a change');

-- Nobody has a value.
select results_eq($$select none_ranked, valued_elsewhere, elsewhere_round from page.dimension('id', 'governance', '2024', null)$$, $$values (true, true, '2022')$$,
                  'nobody yet: where somebody has');
select is_empty($$select * from page.dimension_rows('id', 'governance', '2024', null)$$, 'and no table');
select results_eq($$select label, "empty" from page.dimension_rounds('id', 'governance', '2024', null) where label in ('2022', '2024')$$,
                  $$values ('2022', false), ('2024', true)$$, 'the menu says which rounds have values');
select is((select href from page.dimension_rounds('id', 'output', '2024', null) where here), '/dimensi/output/2024', 'its links keep the criterion');

-- A small round: who has no value and why, no parts, many parts.
select pg_temp.make_round('t', '{"min_coverage": "0.6"}', array['n mean 0.1', 'x leaf', 'y leaf', 'z leaf', 'm mean'] || array(select 'm' || i || ' leaf' from generate_series(1, 9) i),
                          array['n x 1', 'n y 1', 'n z 1'] || array(select 'm m' || i || ' 1' from generate_series(1, 9) i),
                          '{Q.A x 8,Q.A y 6,Q.A z 7,Q.B x 6,Q.C x na,Q.C y na,Q.C z na,Q.D m1 3}');
select lives_ok($$select act.publish('t')$$, 'a round is published');
select results_eq($$select name, unknown, excluded, partly, known_parts, all_parts from page.dimension_missing('id', 'n', 't', null)$$,
                  $$values ('Q.B', false, false, true, 1::bigint, 3::bigint), ('Q.C', false, true, false, 0, 0), ('Q.D', true, false, false, 0, 3)$$,
                  'too few parts, not applicable, nothing at all');
select results_eq($$select has_parts, many_parts, part_count from page.dimension('id', 'm', 't', null)$$, 'values (false, true, 9::bigint)', 'nine parts are too many for columns');
select results_eq($$select has_parts, many_parts from page.dimension('id', 'x', 't', null)$$, 'values (false, false)', 'a leaf has none');
select results_eq($$select name, first_of_city, last_of_city, has_part from page.dimension_rows('id', 'x', 't', null)$$,
                  $$values ('Q.A', true, true, false), ('Q.B', true, true, false)$$, 'then a city is one row');
select results_eq($$select dimension, win_count, has_wins from page.dimension('id', 'n', 't', null)$$, 'values (null::text, 0::bigint, false)', 'no dimension of the programme, no quick wins');

-- Another edition.
select pg_temp.make_round('t', '{"min_coverage": "0.6"}', array['x leaf'], '{}', '{Q.A x 1}');
select lives_ok($$select act.publish('t')$$, 'published');
select results_eq($$select edition, old_edition from page.dimension('id', 'x', 't', 1)$$, 'values (1, true)', 'an older edition says that it is one');
select results_eq($$select value from page.dimension_rows('id', 'x', 't', 1)$$, 'values (8::numeric), (6)', 'and shows what it had');

-- The smaller value wins.
select pg_temp.make_round('u', '{"higher_is_better": false}', array['x leaf'], '{}', '{Q.A x 8,Q.B x 6}');
select is((select n from act.publish('u')), 1, 'published');
select results_eq($$select name from page.dimension_rows('id', 'x', 'u', null)$$, $$values ('Q.B'), ('Q.A')$$, 'the smaller value first where that is better');

select * from finish();
rollback;
