-- Rule 7: the draws, their ranks and percentiles.
begin;
\ir round.psql
select plan(32);

-- The factors were computed by another program.
select is(calc.draw_multiplier(round, draw, parent, child, spread), factor,
    concat_ws(' ', round, draw, parent, child))
from (values ('2022', 1, 'index', 'governance', 0.25::float8, 0.9327103999429434::float8),
             ('2022', 1000, 'index', 'governance', 0.25, 1.2298738246741536),
             ('2022', 1, 'governance', 'index', 0.99, 0.8664904887226432),
             ('é', 7, 'a', 'b', 0.5, 0.7842370719089222)) v (round, draw, parent, child, spread,
             factor);
select is(calc.draw_multiplier('2022', 1, 'a', 'b', 0), 1::float8,
    'without spread the weights stay');

select is(calc.draw_units(value), units, 'in units of 1e-9: ' || value)
from (values (3.315::float8, 3315000000::float8), (1.0000000005, 1000000001),
             (-1.0000000005, -1000000001), (3.0000000005, 3000000001),
             (1.0000000004999, 1000000000), (0, 0), (2.0 / 3, 666666667),
             (100.0000000005, 100000000001)) v (value, units);

-- Percentiles of hand-made draws: region 2 is always last but in draw 5, region 3 is in another
-- group.
create temp table drawn as
select d as draw, v.region, v.grp, 1 as root,
    case when d = 5 then 10 - v.value else v.value end::float8 as value
from generate_series(1, 5) d,
    (values (1, 1, 7.0), (2, 1, 5.0), (3, 2, 1.0), (4, 1, 6.0)) v (region, grp, value);
create function pg_temp.spans_of(drawn text, draws integer, better boolean)
returns table (root integer, region integer, low numeric, median numeric,
    high numeric) language plpgsql as $$
begin
  create temp table if not exists calc_count (root integer, region integer, rank bigint, n bigint);
  truncate pg_temp.calc_count;
  perform calc.count_ranks(drawn, better);
  return query select * from calc.percentiles(draws);
end $$;
select results_eq(
  $$select region, low, median,
      high from pg_temp.spans_of('select * from pg_temp.drawn', 5, true) order by region$$,
  $$values (1, 1::numeric, 1::numeric, 2.6::numeric), (2, 1.4, 3, 3), (3, 1, 1, 1), (4, 2, 2, 2)$$,
  'linear between order statistics');
select results_eq(
  $$select region, low, median,
      high from pg_temp.spans_of('select * from pg_temp.drawn', 5, false) order by region$$,
  $$values (1, 1.4::numeric, 3::numeric, 3::numeric), (2, 1, 1, 2.6), (3, 1, 1, 1), (4, 2, 2, 2)$$,
      'less is better');
select results_eq(
  $$select region, low, median,
      high from pg_temp.spans_of('select * from pg_temp.drawn where draw in (4, 5)', 2, true)
      order by region$$,
  $$values (1, 1.1::numeric, 2::numeric, 2.9::numeric), (2, 1.1, 2, 2.9), (3, 1, 1, 1),
      (4, 2, 2, 2)$$, 'two draws');
select results_eq(
  $$select region, low, median,
      high from pg_temp.spans_of('select * from pg_temp.drawn where draw = 1', 1, true)
      order by region$$,
  $$values (1, 1::numeric, 1::numeric, 1::numeric), (2, 3, 3, 3), (3, 1, 1, 1), (4, 2, 2, 2)$$,
      'one draw');
select results_eq(
  $$select region, low from pg_temp.spans_of('select draw, region, 1 as grp, root,
      case when region = 1 then null else round(value) end as value
      from pg_temp.drawn where draw < 5', 4, true) order by region$$,
  $$values (2, 2::numeric), (3, 3), (4, 1)$$,
      'a region without a drawn value has no interval and is not ranked');

-- Intervals of a round: 'A 1 1 1.5, B -'.
create function pg_temp.spans(round text, criterion text) returns text language sql as $$
  select string_agg(concat_ws(' ', r.region, coalesce(r.rank_low::text, '-'), r.rank_median,
      r.rank_high), ', ' order by r.region)
  from calc.results((select draft from data.round d where d.code = $1)) r where r.criterion = $2
$$;
create function pg_temp.small(settings jsonb, marks text[],
  officials text[] default '{}') returns void language sql as $$
  select pg_temp.make_round('t', settings,
                            array['top mean 1', 'n geomean 1', 'x leaf', 'y leaf', 'z leaf'],
                            array['n x 1', 'n y 3', 'top n 1', 'top z 1'], marks, officials)
$$;

select pg_temp.small('{"draws": 20, "weight_spread": 0, "ties": "dense"}',
                     '{A x 4,A y 4,A z 4,B x 4,B y 4,B z 4,C x 1,C y 1,C z 1,D z nd,D x nd}');
select is(pg_temp.spans('t', 'top'), 'A 1 1 1, B 1 1 1, C 3 3 3, D -',
    'drawn ranks are competition ranks; no value, no interval');
select is(pg_temp.spans('t', 'n'), 'A -, B -, C -, D -', 'only roots have intervals');
select is(pg_temp.spans('t', 'x'), 'A -, B -, C -, D -', 'leaves have none');
select is(pg_temp.table_of('t', 'top'), 'A 1= of 3, B 1= of 3, C 2 of 3, D -',
    'the ranks themselves stay dense');
select pg_temp.small('{"draws": 0}', '{A x 4,A y 4,A z 4}');
select is(pg_temp.spans('t', 'top'), 'A -', 'no draws, no intervals');
select pg_temp.small('{"draws": 3, "weight_spread": 0}',
    '{A x 4,A y 4,A z 3.2,B x 4,B y 4,B z 3.1}');
select is(pg_temp.spans('t', 'top'), 'A 1 1 1, B 2 2 2',
    'drawn without rounding steps: 3.6 and 3.55, not both 4');
select pg_temp.small('{"draws": 3, "weight_spread": 0}', '{A x 4,A y 4,A z 4,B x 1,B y 1,B z 1}',
    '{B top 9}');
select is(pg_temp.spans('t', 'top'), 'A 1 1 1, B 2 2 2', 'the root''s official figure is ignored');
select pg_temp.small('{"draws": 3, "weight_spread": 0}', '{A x 4,A y 4,A z 4,B x 1,B y 1,B z 1}',
    '{B n 9}');
select is(pg_temp.spans('t', 'top'), 'A 2 2 2, B 1 1 1', 'that of a node below it is kept');
select pg_temp.small('{"draws": 3, "weight_spread": 0}', '{A x 4,A y 4,A z 4,B x 1}', '{B top 9}');
select is(pg_temp.spans('t', 'top'), 'A 1 1 1, B -', 'an official figure alone gives no interval');
select pg_temp.small('{"draws": 3, "weight_spread": 0}', '{A x 4,A y 4,A z 2,B x 4,B z 3}');
select is(pg_temp.spans('t', 'top'), 'A 1 1 1, B 1 1 1',
    'B: n is missing (a quarter of its weight) and left out: 3 and 3');
select pg_temp.small('{"draws": 3, "weight_spread": 0, "missing": "scale_min", "scale_min": 1}',
    '{A x 4,A y 4,A z 2,B x 4,B z 3}');
select is(pg_temp.spans('t', 'top'), 'A 1 1 1, B 2 2 2', 'counted as the minimum');
select pg_temp.small('{"draws": 3, "weight_spread": 0}', '{A x 0,A y 4,A z 2,B x 4,B y 0,B z 2}');
select is(pg_temp.spans('t', 'top'), 'A 1 1 1, B 1 1 1', 'a geometric mean of 0 stays 0');

-- Numbers in columns and numbers in arrays are two spellings of one computation.
select pg_temp.small('{"draws": 9, "weight_spread": 0.5}',
                     '{A x 4,A y 3,A z 1,B x 1,B y 2,B z 3,C x 2,C z 2,D x na,D y 3,E y na,E x '
                         '2,E z 1}',
                         '{B n 3,C x 5}');
select calc.fill_cells((select draft from data.round where code = 't'));
select calc.fill_drawn((select i.method from data.intake i join data.round r on r.draft = i.id
    where r.code = 't'), true);
select calc.fill_entries(null);
select calc.fill_slots();
select calc.fill_vectors();
select calc.fill_weights('t', 1, 9, 0.5);
create temp table statement as select calc.draw_statement(false, 0) as text;
drop table pg_temp.calc_name, pg_temp.calc_node;
insert into statement select calc.draw_statement(true, 0);
select is(count(distinct text), 2::bigint, 'two statements') from statement;
select results_eq(format('select draw, region, value from (%s) d order by 1, 2', min(text)),
                  format('select draw, region, value from (%s) d order by 1, 2', max(text)),
                  'the same rows') from statement;

select * from finish();
rollback;
