-- Page method: settings, tree, worked example and checks.
begin;
\ir round.psql
select plan(31);

-- The document of an address, or the elements of one of its lists.
create function pg_temp.asked(path text, round text, edition integer default null)
returns setof json language plpgsql as $$
declare
  document json := doc('method', 'id', round, edition::text);
begin
  if path is not null and document is not null then
    return query select part(path);
  elsif document is not null then
    return next document;
  end if;
end $$;

select is(pg_temp.asked('http', null) ->> 'location', '/metode/2024',
          'without a round: on to the newest real one');
select is_empty($$select pg_temp.asked(null, '1999')$$, 'no such round');

select results_eq(
  $$select r.* from pg_temp.asked(null, '2024') p, json_to_record(p) r
      (version text, rounding_word text, rank_on_word text, ties_word text, missing_word text,
       sum_word text, coverage numeric, draws integer, spread numeric)$$,
  $$values ('2021-1', 'half_up', 'value', 'competition', 'drop', 'mean', 50::numeric, 1000,
            25::numeric)$$, 'the settings of 2024');
select results_eq(
  $$select r.* from part('tree') p, json_to_record(p) r (code text, weight numeric, share numeric)
    where r.weight is not null$$,
  $$values ('baseline', 10::numeric, 10::numeric), ('output', 20, 20), ('outcome', 30, 30),
           ('impact', 20, 20), ('quick_win', 20, 20)$$, 'its weights');
select is((select count(*) from part('tree') p where (p ->> 'level')::integer = 0), 7::bigint,
          'the dimensions stand beside the index');
select results_eq($$select p ->> 'label' from part('comparable') p where p ->> 'same' = 'true'$$,
                  $$values ('2021'), ('2022'), ('2023')$$,
                  'rounds of the same method may be compared');
select results_eq(
  $$select r.label, r.version, r.one_is_leaf, r.other_weights,
           r.other_parts or r.other_scale or r.other_version
    from part('comparable') p, json_to_record(p) r
      (label text, version text, same boolean, one_is_leaf boolean, other_weights boolean,
       other_parts boolean, other_scale boolean, other_version boolean)
    where not r.same$$,
  $$values ('2019', '2019-1', true, false, false), ('2020', '2020-1', false, true, false)$$,
  'others may not, and why');
select is(
  (select count(*) from pub.publication p
   cross join lateral pg_temp.asked('comparable', p.round, p.n) m
   cross join lateral json_to_record(m) r
     (href text, same boolean, one_is_leaf boolean, other_weights boolean, other_parts boolean,
      other_scale boolean, other_rules boolean, other_version boolean)
   join pub.publication q on q.current and '/metode/' || q.round = r.href
   where r.same <> (q.method = p.method) or q.simulated <> p.simulated
      or not (r.same or r.other_scale or r.one_is_leaf or r.other_parts or r.other_weights
              or r.other_rules or r.other_version)),
  0::bigint, 'of every round, with a reason for each that may not, real beside real');

-- The steps of the worked example of every round, as they are shown, lead to the figure that is
-- shown.
create temporary table example as
  select p.id, p.round, d ->> 'sum_word' as sum, d ->> 'rounding_word' as rounding,
         (d ->> 'main_step')::numeric as step, e.*
  from pub.publication p
  cross join lateral pg_temp.asked(null, p.round, p.n) d
  cross join lateral json_to_record(case when d ->> 'example' <> '' then d -> 'example' end) e
    (example_exact_shown numeric, example_computed numeric, example_official numeric,
     example_difference numeric, example_weights numeric, inexact boolean, parts json)
  where d ->> 'example' <> '';
select is_empty(
  $$select h.round, h.example_exact_shown, s.parts
    from example h
    cross join lateral (
      select sum(e.part) as parts,
             count(*) filter (where e.value is not null
               and abs(e.part - e.shown * e.weight / h.example_weights) > 0.000001) as off,
             sum(e.weight) filter (where e.part is not null) as weights
      from json_to_recordset(h.parts) e
        (value numeric, shown numeric, weight numeric, part numeric)) s
    cross join lateral (
      select coalesce(calc.round_step(h.example_exact_shown, h.step, h.rounding),
                      h.example_exact_shown) as rounded) c
    where h.sum = 'mean'
      and (s.off > 0 or s.weights <> h.example_weights or h.inexact
           or s.parts <> h.example_exact_shown or h.example_computed <> c.rounded
           or h.example_computed - h.example_official <> coalesce(h.example_difference, 0))$$,
  'value by weight gives each part, parts add up, the sum rounds to our figure, and the difference '
  'is that from the official one');
select results_eq(
  $$select count(*) > 2, count(*) filter (where h.example_computed <> e.computed
      or h.example_official is distinct from e.official)
    from example h
    join pub.entrant e on e.publication = h.id and e.example$$,
  'values (true, 0::bigint)', 'which is the figure of every other page');
select results_eq(
  $$select c.code, d ->> 'sum_word', d #>> '{example,example_round}'
    from (values ('2019'), ('2021'), ('2022')) c (code)
    cross join lateral pg_temp.asked(null, c.code) d$$,
  $$values ('2019', null, '2024'), ('2021', 'mean', '2024'), ('2022', 'mean', '2022')$$,
  'a round without published parts has the example of another, of its method if it can be');

select results_eq(
  $$select r.* from pg_temp.asked('example', '2022') p, json_to_record(p) r
      (example_slug text, example_exact numeric, example_computed numeric,
       example_official numeric, example_difference numeric)$$,
  $$values ('kota-kediri', 3.315, 3.315, 3.31, 0.005)$$, 'the worked example of 2022');
select results_eq(
  $$select r.* from part('example.parts') p, json_to_record(p) r
      (shown numeric, weight numeric, part numeric)$$,
  $$values (3.60, 10::numeric, 0.36), (3.21, 20, 0.642), (3.23, 30, 0.969), (3.07, 20, 0.614),
           (3.65, 20, 0.73)$$, 'value, weight and contribution');
select is((select sum((p ->> 'part')::numeric) from part('example.parts') p), 3.315,
          'which add up to the exact figure');
select results_eq(
  $$select r.* from pg_temp.asked('checks', '2023') p, json_to_record(p) r
      (slug text, computed_shown numeric, official_shown numeric, difference_shown numeric)$$,
  $$values ('kabupaten-bekasi', 2.806, 2.81, -0.004), ('kabupaten-tangerang', 3.354, 3.35, 0.004)$$,
  'every figure that was published and computed');
select results_eq(
  $$select r.* from pg_temp.asked(null, '2023') p, json_to_record(p) r
      (check_count bigint, check_largest numeric)$$,
  'values (2::bigint, 0.004)', 'counted, with the largest difference');

select results_eq(
  $$select r.* from pg_temp.asked(null, '2019') p, json_to_record(p) r
      (sum_word text, draws integer, checks text)$$,
  'values (null::text, null::integer, null::text)',
  '2019 has no weights, and nothing to check');
select ok((select p ->> 'source' like '%disimpulkan%' from pg_temp.asked(null, '2020') p),
          '2020 says that its weights are inferred');

-- Geometric mean, several parents, missing and not applicable children.
select pg_temp.make_round('t',
  '{"missing": "scale_min", "scale_min": 1, "rounding": "half_even", "ties": "dense",
    "rank_on": "exact"}',
  array['n geomean 0.01', 'm mean', 'x leaf', 'y leaf', 'z leaf'],
  array['n m 1', 'n z 3', 'm x 1', 'm y 1', 'n x 4'],
  '{Q.A x 4,Q.A y 4,Q.A z na,Q.B x 4,Q.B y nd}');
select lives_ok($$select act.publish('t')$$, 'published');
select results_eq(
  $$select r.*, p -> 'example' ->> 'example_city'
    from pg_temp.asked(null, 't') p, json_to_record(p) r
      (rounding_word text, ties_word text, rank_on_word text, missing_word text, sum_word text)$$,
  $$values ('half_even', 'dense', 'exact', 'scale_min', 'geomean', 'Q.A')$$,
  'the other settings');
select results_eq(
  $$select r.* from part('tree') p, json_to_record(p) r
      (code text, level integer, weight numeric, share numeric, elsewhere text)$$,
  $$values ('n', 0, null::numeric, null::numeric, null), ('m', 1, 1, 12.5, null),
           ('x', 2, 1, 50, 'n geomean 0.01'), ('y', 2, 1, 50, null), ('z', 1, 3, 37.5, null),
           ('x', 1, 4, 50, 'm mean')$$, 'a criterion stands under each of its parents');
select results_eq(
  $$select r.* from part('example.parts') p, json_to_record(p) r
      (name text, status_word text, part numeric)$$,
  $$values ('m mean', 'value', 1.319508), ('z leaf', 'not_applicable', null),
           ('x leaf', 'value', 3.031433)$$, 'factors; what does not apply has none');
select is((select round(exp(sum(ln((p ->> 'part')::numeric))), 3) from part('example.parts') p),
          4.000, 'which multiply to the exact figure');
select pg_temp.make_round('u', '{"missing": "scale_min", "scale_min": 1}',
                          array['n mean', 'x leaf', 'y leaf'], array['n x 1', 'n y 1'],
                          '{Q.A x 4,Q.A y nd}');
select lives_ok($$select act.publish('u')$$, 'published');
select results_eq(
  $$select r.* from pg_temp.asked('example.parts', 'u') p, json_to_record(p) r
      (name text, status_word text, taken_as numeric, part numeric)$$,
  $$values ('x leaf', 'value', null::numeric, 2::numeric), ('y leaf', 'no_data', 1, 0.5)$$,
  'a missing child that counts as the minimum');
select pg_temp.make_round('w', '{"missing": "worst", "scale_min": -2, "higher_is_better": false}',
                          array['n mean', 'x leaf', 'y leaf'], array['n x 1', 'n y 1'],
                          '{Q.A x -2,Q.A y nd}');
select lives_ok($$select act.publish('w')$$, 'published');
select results_eq(
  $$select r.* from pg_temp.asked('example.parts', 'w') p, json_to_record(p) r
      (name text, taken_as numeric, part numeric)$$,
  $$values ('x leaf', null::numeric, -1::numeric), ('y leaf', 10, 5)$$,
  'or as the worse end; what is below 0 has its place too');
select results_eq(
  $$select r.*, p -> 'example' ->> 'example_exact'
    from pg_temp.asked(null, 'u', 1) p, json_to_record(p) r
      (edition integer, old_edition boolean, simulated boolean)$$,
  $$values (1, false, true, '2.5')$$, 'an edition by its number');
select results_eq(
  $$select p ->> 'label' from pg_temp.asked('rounds', '2024') p where p ->> 'here' = 'true'$$,
  $$values ('2024')$$, 'the menu of rounds marks this one');
select results_eq(
  $$select count(*), count(distinct p ->> 'href') from part('rounds') p$$,
  $$select count(*), count(*) from pub.publication where current and not simulated$$,
  'real ones, each once');
select is(pg_temp.asked(null, '2024') ->> 'trial_href', '/metode/' || (
  select t.round from pub.publication t where t.current and t.simulated
  order by t.ord desc limit 1),
  'and leads to the newest simulated one');

select * from finish();
rollback;
