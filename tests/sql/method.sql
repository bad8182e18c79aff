-- Page method: settings, tree, worked example and checks.
begin;
\ir round.psql
select plan(29);

select results_eq($$select status, location from page.method('id', null, null)$$, $$values (302, '/metode/2024')$$, 'without a round: on to the newest real one');
select is_empty($$select * from page.method('id', '1999', null)$$, 'no such round');

select results_eq($$select version, half_up, half_even, rank_on_value, ties_skip, missing_drop, coverage, has_intervals, draws, spread from page.method('id', '2024', null)$$,
                  $$values ('2021-1', true, false, true, true, true, 50::numeric, true, 1000, 25::numeric)$$, 'the settings of 2024');
select results_eq($$select code, weight, share from page.method_tree('id', '2024', null) where weighted$$,
                  $$values ('baseline', 10::numeric, 10::numeric), ('output', 20, 20), ('outcome', 30, 30), ('impact', 20, 20), ('quick_win', 20, 20)$$, 'its weights');
select is((select count(*) from page.method_tree('id', '2024', null) where is_root), 7::bigint, 'the dimensions stand beside the index');
select results_eq($$select label from page.method_comparable('id', '2024', null) where same$$, $$values ('2021'), ('2022'), ('2023')$$, 'rounds of the same method may be compared');
select results_eq($$select label, version, one_is_leaf, other_weights, other_parts or other_scale or other_version from page.method_comparable('id', '2024', null) where other$$,
                  $$values ('2019', '2019-1', true, false, false), ('2020', '2020-1', false, true, false)$$, 'others may not, and why');
select is((select count(*) from pub.publication p cross join lateral page.method_comparable('id', p.round, p.n) m
           join pub.publication q on q.current and '/metode/' || q.round = m.href
           where m.same <> (q.method = p.method) or m.other = m.same or q.simulated <> p.simulated
              or m.other and not (m.other_scale or m.one_is_leaf or m.other_parts or m.other_weights or m.other_rules or m.other_version)), 0::bigint,
          'of every round, with a reason for each that may not, real beside real');
-- The steps of the worked example of every round, as they are shown, lead to the figure that is shown.
select is_empty($$
  select p.round, h.example_exact_shown, s.parts
  from pub.publication p
  cross join lateral page.method('id', p.round, p.n) h
  cross join lateral (select sum(e.part) as parts, count(*) filter (where e.value is not null and abs(e.part - e.shown * e.weight / h.example_weights) > 0.000001) as off,
                             sum(e.weight) filter (where e.part is not null) as weights from page.method_example('id', p.round, p.n) e) s
  where h.has_example and h.is_mean
    and (s.off > 0 or s.weights <> h.example_weights or h.inexact or s.parts <> h.example_exact_shown
         or h.example_computed <> coalesce(calc.round_step(h.example_exact_shown, h.main_step, case when h.half_even then 'half_even' else 'half_up' end), h.example_exact_shown)
         or h.example_official is not null and h.example_computed - h.example_official <> h.example_difference)$$,
  'value by weight gives each part, parts add up, the sum rounds to our figure, and the difference is that from the official one');
select is((select count(*) from pub.publication p cross join lateral page.method('id', p.round, p.n) h
           join pub.entrant e on e.publication = p.id and e.example
           where h.has_example and (h.example_computed <> e.computed or h.example_official is distinct from e.official)), 0::bigint, 'which is the figure of every other page');
select results_eq($$select r.code, m.no_example, m.has_example from (values ('2019'), ('2021'), ('2022')) r (code) cross join lateral page.method('id', r.code, null) m$$,
                  $$values ('2019', false, false), ('2021', true, false), ('2022', false, true)$$, 'a round without published parts says so');

select results_eq($$select example_slug, example_exact, example_computed, example_official, example_difference from page.method('id', '2022', null)$$,
                  $$values ('kota-kediri', 3.315, 3.315, 3.31, 0.005)$$, 'the worked example of 2022');
select results_eq($$select shown, weight, part from page.method_example('id', '2022', null)$$,
                  $$values (3.60, 10::numeric, 0.36), (3.21, 20, 0.642), (3.23, 30, 0.969), (3.07, 20, 0.614), (3.65, 20, 0.73)$$, 'value, weight and contribution');
select is((select sum(part) from page.method_example('id', '2022', null)), 3.315, 'which add up to the exact figure');
select results_eq($$select slug, computed_shown, official_shown, difference_shown from page.method_checks('id', '2023', null)$$,
                  $$values ('kabupaten-bekasi', 2.806, 2.81, -0.004), ('kabupaten-tangerang', 3.354, 3.35, 0.004)$$, 'every figure that was published and computed');
select results_eq($$select has_checks, check_count, check_largest from page.method('id', '2023', null)$$, 'values (true, 2::bigint, 0.004)', 'counted, with the largest difference');

select results_eq($$select main_is_leaf, main_is_tree, has_example, has_checks, has_intervals from page.method('id', '2019', null)$$,
                  'values (true, false, false, false, false)', '2019 has no weights');
select is_empty($$select * from page.method_example('id', '2019', null)$$, 'and no example');
select ok((select source like '%disimpulkan%' from page.method('id', '2020', null)), '2020 says that its weights are inferred');

-- Geometric mean, several parents, missing and not applicable children.
select pg_temp.make_round('t', '{"missing": "scale_min", "scale_min": 1, "rounding": "half_even", "ties": "dense", "rank_on": "exact"}',
  array['n geomean 0.01', 'm mean', 'x leaf', 'y leaf', 'z leaf'], array['n m 1', 'n z 3', 'm x 1', 'm y 1', 'n x 4'],
  '{Q.A x 4,Q.A y 4,Q.A z na,Q.B x 4,Q.B y nd}');
select lives_ok($$select act.publish('t')$$, 'published');
select results_eq($$select half_even, ties_dense, rank_on_exact, missing_as_minimum, is_geomean, example_city from page.method('id', 't', null)$$,
                  $$values (true, true, true, true, true, 'Q.A')$$, 'the other settings');
select results_eq($$select code, level, weight, share, elsewhere from page.method_tree('id', 't', null)$$,
                  $$values ('n', 0, null::numeric, null::numeric, null), ('m', 1, 1, 12.5, null), ('x', 2, 1, 50, 'n geomean 0.01'), ('y', 2, 1, 50, null),
                           ('z', 1, 3, 37.5, null), ('x', 1, 4, 50, 'm mean')$$, 'a criterion stands under each of its parents');
select results_eq($$select name, has_value, not_applicable, part from page.method_example('id', 't', null)$$,
                  $$values ('m mean', true, false, 1.319508), ('z leaf', false, true, null), ('x leaf', true, false, 3.031433)$$, 'factors; what does not apply has none');
select is((select round(exp(sum(ln(part))), 3) from page.method_example('id', 't', null)), 4.000, 'which multiply to the exact figure');
select pg_temp.make_round('u', '{"missing": "scale_min", "scale_min": 1}', array['n mean', 'x leaf', 'y leaf'], array['n x 1', 'n y 1'], '{Q.A x 4,Q.A y nd}');
select lives_ok($$select act.publish('u')$$, 'published');
select results_eq($$select name, has_value, no_data, taken_as, at_minimum, part from page.method_example('id', 'u', null)$$,
                  $$values ('x leaf', true, false, 4::numeric, false, 2::numeric), ('y leaf', false, true, 1, true, 0.5)$$, 'a missing child that counts as the minimum');
select results_eq($$select edition, old_edition, example_exact from page.method('id', 'u', 1)$$, 'values (1, false, 2.5)', 'an edition by its number');
select is((select count(*) from page.method_rounds('id', '2024', null) where here), 1::bigint, 'the menu of rounds marks this one');
select is((select label from page.method_rounds('id', '2024', null) where href = '/metode/u'), 'u (simulasi)', 'and says which are simulated');

select * from finish();
rollback;
