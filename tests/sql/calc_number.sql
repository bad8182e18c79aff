-- Rounding, quotients and geometric means.
begin;
select plan(66);

select is(calc.round_step(x, step, mode), expected, concat_ws(' ', x, 'to', step, mode))
from (values
  (2.5, 1, 'half_up', 3), (3.5, 1, 'half_up', 4), (-2.5, 1, 'half_up', -3),
      (2.4999999999999999, 1, 'half_up', 2),
  (2.5, 1, 'half_even', 2), (3.5, 1, 'half_even', 4), (-2.5, 1, 'half_even', -2),
      (-3.5, 1, 'half_even', -4),
  (2.5000000000000001, 1, 'half_even', 3), (0.5, 1, 'half_even', 0), (-0.5, 1, 'half_up', -1),
  (3.315, 0.01, 'half_up', 3.32), (3.315, 0.01, 'half_even', 3.32),
      (3.325, 0.01, 'half_even', 3.32),
  (3.325, 0.01, 'half_up', 3.33), (-3.325, 0.01, 'half_up', -3.33),
      (3.3149999999999999, 0.01, 'half_up', 3.31),
  (0.125, 0.25, 'half_up', 0.25), (0.125, 0.25, 'half_even', 0), (0.375, 0.25, 'half_even', 0.5),
  (0.375, 0.25, 'half_up', 0.5), (0.3749, 0.25, 'half_up', 0.25),
  (0.025, 0.05, 'half_up', 0.05), (0.025, 0.05, 'half_even', 0), (0.075, 0.05, 'half_even', 0.10),
  (1.5, 3, 'half_up', 3), (1.5, 3, 'half_even', 0), (4.5, 3, 'half_even', 6),
      (4.4999, 3, 'half_up', 3),
  (-4.5, 3, 'half_up', -6), (0.00005, 0.0001, 'half_up', 0.0001), (0.00005, 0.0001, 'half_even', 0),
  (0.00015, 0.0001, 'half_even', 0.0002), (0.15, 0.3, 'half_up', 0.3), (0.1, 0.3, 'half_up', 0),
  (1e30 + 0.5, 1, 'half_up', 1e30 + 1), (1e30 + 0.5, 1, 'half_even', 1e30), (0, 0.01, 'half_up', 0)
) v (x, step, mode, expected);
select is(calc.round_step(3.315, null, 'half_up'), 3.315, 'no step, no rounding');
select is(calc.round_step(3.299, 0.010, 'half_up')::text, '3.30',
    'as many decimals as the step needs');
select is(calc.round_step(null, 0.01, 'half_up'), null, 'nothing stays nothing');

select is(calc.quotient(dividend, divisor)::text, expected, concat(dividend, ' / ', divisor))
from (values
  (1::numeric, 3::numeric, '0.333333333333333'), (2, 3, '0.666666666666667'),
      (-2, 3, '-0.666666666666667'),
  (331.5, 100, '3.315'), (0, 7, '0'), (10, 5, '2'),
  (1, 2e15, '0.000000000000001'), (-1, 2e15, '-0.000000000000001'), (1, 2.000000001e15, '0'),
      (3, 2e15, '0.000000000000002'),
  (1e20, 3, '33333333333333333333.333333333333333'), (0.1, 0.3, '0.333333333333333')
) v (dividend, divisor, expected);

select is(calc.geometric(sum(w * calc.long_ln(v)), sum(w))::text, expected,
    'geometric: ' || expected)
from (values
  ('6', 4::numeric, 1::numeric), ('6', 9, 1), ('2', 8, 1), ('2', 1, 2), ('1.414213562373095', 2, 1),
      ('1.414213562373095', 1, 1),
  ('0.000000000000003', 0.00000000000000625, 1), ('0.000000000000003', 0.000000000000001, 1),
  ('0.1', 0.001, 0.5), ('0.1', 10, 0.5), ('3000000000000000000', 1e18, 3),
      ('3000000000000000000', 81e18, 1)
) g (expected, v, w) group by expected;
-- 0.9999999999999995 is the half between two decimals: it is the square root of its square.
select is(calc.geometric(calc.long_ln(0.9999999999999995 * 0.9999999999999995), 2), 1::numeric,
    'a half goes up');
select is(calc.geometric(calc.long_ln(0.9999999999999994999 * 0.9999999999999994999), 2),
    0.999999999999999, 'just below it does not');

select is(calc.to_double(x), expected, 'as a double: ' || left(x::text, 20))
from (values (3.31, 3.31::float8), (0, 0), (-2.5, -2.5), (-1e400, -1e300), (1e-400, 0)) v (x,
    expected);

select * from finish();
rollback;
