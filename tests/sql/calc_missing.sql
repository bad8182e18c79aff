-- Rules 1 to 5: missing and not applicable marks, official figures, rounding between the heights.
begin;
\ir round.psql
select plan(46);

-- One node over a (weight 1), b (weight 1) and c (weight 2).
create function pg_temp.node(rule text, coverage numeric, marks text[],
    officials text[] default '{}') returns text
language plpgsql as $$
begin
  perform pg_temp.make_round('t',
    jsonb_build_object('missing', rule, 'min_coverage', coverage, 'scale_min', 1),
    array['n mean 0.1', 'a leaf 3', 'b leaf', 'c leaf'], array['n a 1', 'n b 1', 'n c 2'], marks,
        officials);
  return pg_temp.cell('t', 'R', 'n');
end $$;

select is(pg_temp.node(rule, coverage, marks, officials), expected,
    concat_ws(' ', rule, coverage, marks, officials))
from (values
  -- a leaf's step is not its own: 2.2 stays although a has the step 3
  ('drop', 0.5, array['R a 2.2', 'R b 4', 'R c 5'], '{}'::text[], 'value 4.1 4.05 4.1 -'),
  -- drop: the weights of the others as they are; equality with the least coverage suffices
  ('drop', 0.5, array['R a nd', 'R b nd', 'R c 5'], '{}', 'value 5 5 5 -'),
  ('drop', 0.5, array['R c 5'], '{}', 'value 5 5 5 -'),
  ('drop', 0.5, array['R a 1', 'R b 2'], '{}', 'value 1.5 1.5 1.5 -'),
  ('drop', 0.500001, array['R a 1', 'R b 2'], '{}', 'no_data - - - -'),
  ('drop', 0.5, array['R a 1'], '{}', 'no_data - - - -'),
  ('drop', 0, array['R a 1'], '{}', 'value 1 1 1 -'),
  ('drop', 1, array['R a 1', 'R b 2', 'R c nd'], '{}', 'no_data - - - -'),
  ('drop', 1, array['R a 1', 'R b 2', 'R c 3'], '{}', 'value 2.3 2.25 2.3 -'),
  ('drop', 0, array['R a nd'], '{}', 'no_data - - - -'),
  -- not applicable leaves every sum, and the coverage
  ('drop', 1, array['R a 1', 'R b 2', 'R c na'], '{}', 'value 1.5 1.5 1.5 -'),
  ('drop', 0.5, array['R a 1', 'R c na'], '{}', 'value 1 1 1 -'),
  ('drop', 0.6, array['R a 1', 'R c na'], '{}', 'no_data - - - -'),
  ('drop', 0, array['R a na', 'R b na', 'R c na'], '{}', 'not_applicable - - - -'),
  ('drop', 0, array['R a na', 'R b na', 'R c nd'], '{}', 'no_data - - - -'),
  -- scale_min: a missing child counts as 1, coverage does not matter, but one child must be there
  ('scale_min', 1, array['R a 3', 'R b 3'], '{}', 'value 2 2 2 -'),
  ('scale_min', 1, array['R a 3', 'R b na'], '{}', 'value 1.7 1.666666666666667 1.7 -'),
  ('scale_min', 0, array['R a nd'], '{}', 'no_data - - - -'),
  ('scale_min', 0, array['R a na', 'R b na', 'R c na'], '{}', 'not_applicable - - - -'),
  -- strict: one missing child is enough
  ('strict', 0, array['R a 3', 'R b 3'], '{}', 'no_data - - - -'),
  ('strict', 0, array['R a 3', 'R b 3', 'R c na'], '{}', 'value 3 3 3 -'),
  ('strict', 1, array['R a 3', 'R b 3', 'R c 4'], '{}', 'value 3.5 3.5 3.5 -'),
  -- an official figure makes a child present, even one that is not applicable
  ('strict', 1, array['R a 3', 'R b 3', 'R c na'], array['R c 4'], 'value 3.5 3.5 3.5 -'),
  ('strict', 1, array['R a 3', 'R b 3'], array['R c 4'], 'value 3.5 3.5 3.5 -'),
  ('drop', 1, array['R a na', 'R b na', 'R c na'], array['R c 4'], 'value 4 4 4 -'),
  ('drop', 1, array['R a 3', 'R b 3', 'R c 1'], array['R c 4'], 'value 3.5 3.5 3.5 -'),
  -- a node's own official figure: value, with exact and computed beside it
  ('drop', 1, array['R a 3', 'R b 3', 'R c 4'], array['R n 9.99'], 'value 9.99 3.5 3.5 9.99'),
  ('strict', 1, array['R a 3'], array['R n 9'], 'value 9 - - 9'),
  ('drop', 1, array['R a na', 'R b na', 'R c na'], array['R n 9'], 'value 9 - - 9'),
  -- zero is a value
  ('drop', 0, array['R a 0', 'R b 0', 'R c 0'], '{}', 'value 0 0 0 -')
) v (rule, coverage, marks, officials, expected);

-- Leaves.
select pg_temp.make_round('leaf', '{}', array['x leaf 3'], '{}',
                          array['A x 2.20', 'B x na', 'C x nd', 'D x 1', 'F x na'],
                          array['D x 2', 'E x 3', 'F x 4']);
select is(pg_temp.cell('leaf', region, 'x'), expected, 'leaf: ' || expected)
from (values ('A', 'value 2.2 2.2 2.2 -'), ('B', 'not_applicable - - - -'),
             ('C', 'no_data - - - -'),
             ('D', 'value 2 1 1 2'), ('E', 'value 3 - - 3'), ('F', 'value 4 - - 4')) v (region,
             expected);

-- A geometric mean: 0 as soon as one value is not positive, otherwise exact; equal values give
-- themselves.
select pg_temp.make_round('geo', '{"missing": "scale_min", "scale_min": -1}',
  array['g geomean', 'x leaf', 'y leaf'],
  array['g x 1', 'g y 2'],
                                 array['A x 8', 'A y 1', 'B x 0', 'B y 5', 'C x -1', 'C y 5',
                                 'D x 3.33', 'D y 3.33',
                                 'E x 5', 'F x 0.1234567890123455', 'F y na']);
select is(pg_temp.cell('geo', region, 'g'), expected, 'geomean: ' || expected)
from (values ('A', 'value 2 2 2 -'), ('B', 'value 0 0 0 -'), ('C', 'value 0 0 0 -'),
             ('D', 'value 3.33 3.33 3.33 -'),
             ('E', 'value 0 0 0 -'),
             ('F', 'value 0.123456789012346 0.123456789012346 0.123456789012346 -')) v (region,
             expected);

-- Children enter with their rounded or official value; a leaf counts under both its parents.
select pg_temp.make_round('two', '{"rounding": "half_even"}',
  array['top mean', 'left mean 0.5', 'right mean 0.5', 'x leaf', 'y leaf'],
  array['left x 1', 'left y 1', 'right y 3', 'top left 1', 'top right 2', 'top x 1'],
  array['A x 1', 'A y 1.5', 'B x 2', 'B y 2.5', 'C x 1', 'C y 4'], array['C right 5']);
select is(pg_temp.cell('two', region, node), expected, concat_ws(' ', region, node, expected))
from (values ('A', 'left', 'value 1 1.25 1 -'), ('A', 'top', 'value 1.25 1.25 1.25 -'),
             ('B', 'top', 'value 2.25 2.25 2.25 -'),
             ('C', 'top', 'value 3.375 3.375 3.375 -')) v (region, node, expected);

select * from finish();
rollback;
