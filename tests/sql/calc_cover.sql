-- A blank never pays: ways to tell a weak city, under the rule that counts blanks as the worst; and
-- how much of a node's weight has a figure, and applies.
begin;
\ir round.psql
select plan(22);

-- One city as it is, and nine that tell the same otherwise: an index over two roots' leaves. `low`
-- are the three lowest of its eight marks, `living` a whole branch.
create function pg_temp.told(way text, dimension text, n integer, value text) returns text
language sql as $$
  select case
    when way = 'low blank' and value::numeric < 2 then 'nd'
    when way = 'low zero' and value::numeric < 2 then '0'
    when way = 'branch blank' and dimension = 'living' then 'nd'
    when way = 'branch zero' and dimension = 'living' then '0'
    when way = 'all blank' then 'nd'
    when way = 'all zero' then '0'
    when way = 'low worst' and value::numeric < 2 then '4'
    when way = 'branch worst' and dimension = 'living' then '4'
    when way = 'all worst' then '4'
    else value end
$$;
create function pg_temp.tell(settings jsonb) returns void language sql as $$
  select pg_temp.make_round('t', settings || '{"scale_max": 4}',
    array['index mean 0.01', 'living mean 0.01', 'economy mean 0.01']
      || array(select 'l' || n || ' leaf' from generate_series(1, 8) n),
    array['index living 1', 'index economy 1']
      || array(select case when n % 2 = 0 then 'living' else 'economy' end || ' l' || n || ' 1'
               from generate_series(1, 8) n),
    array(select replace(w.way, ' ', '-') || ' l' || n || ' '
                 || pg_temp.told(w.way, case when n % 2 = 0 then 'living' else 'economy' end, n,
                                 ((n * 7) % 5)::text)
          from unnest(array['as it is', 'low blank', 'low zero', 'branch blank', 'branch zero',
                            'all blank', 'all zero', 'low worst', 'branch worst', 'all worst'])
                 w (way)
          cross join generate_series(1, 8) n))
$$;
-- 'value label' of each way for a criterion of the draft.
create function pg_temp.of(way text, criterion text) returns text language sql as $$
  select concat_ws(' ', r.value, r.label)
  from calc.results((select draft from data.round d where d.code = 't')) r
  where r.region = replace(way, ' ', '-') and r.criterion = $2
$$;

select pg_temp.tell('{"missing": "worst"}');
select is(pg_temp.of(blank, criterion), pg_temp.of(zero, criterion),
          criterion || ': ' || blank || ' gains nothing over ' || zero)
from (values ('low blank', 'low zero'), ('branch blank', 'branch zero'), ('all blank', 'all zero'))
       v (blank, zero)
cross join unnest(array['index', 'living']) criterion;
select ok(split_part(pg_temp.of('as it is', 'index'), ' ', 1)::numeric
            >= split_part(pg_temp.of(blank, 'index'), ' ', 1)::numeric
          and split_part(pg_temp.of('as it is', 'living'), ' ', 1)::numeric
            >= split_part(pg_temp.of(blank, 'living'), ' ', 1)::numeric, blank || ' is not better')
from unnest(array['low blank', 'branch blank', 'all blank']) blank;

-- Where lower is better a blank is the maximum.
select pg_temp.tell('{"missing": "worst", "higher_is_better": false}');
select is(pg_temp.of(blank, 'index'), pg_temp.of(worst, 'index'),
          blank || ' is as bad as the maximum')
from (values ('low blank', 'low worst'), ('branch blank', 'branch worst'),
             ('all blank', 'all worst')) v (blank, worst);

-- Coverage and what applies, of a tree with two parents of one leaf and an official figure.
select pg_temp.make_round('c', '{"missing": "worst"}',
  array['top mean', 'left mean', 'right mean', 'x leaf', 'y leaf', 'z leaf'],
  array['top left 1', 'top right 3', 'left x 1', 'left y 2', 'right y 1', 'right z 1'],
  '{A x 1,A y 2,A z 3,B x 1,B y nd,B z na,C x na,C y na,C z na,D x na,D y 1,D z nd,E x nd,E y nd}',
  '{E right 4,C x 2}');
select is((select string_agg(concat_ws(' ', r.criterion, coalesce(r.coverage::text, '-'),
                                       r.applicable), ', ' order by r.criterion)
           from calc.results((select draft from data.round d where d.code = 'c')) r
           where r.region = v.region and r.criterion in ('top', 'left', 'right')), expected,
           expected)
from (values ('A', 'left 1 1, right 1 1, top 1 1'),
             -- y missing: a third of left, and nothing of what applies of right
             ('B', 'left 0.3333 1, right 0 0.5, top 0.0833 0.625'),
             ('C', 'left 1 0.3333, right - 0, top 1 0.0833'),
             ('D', 'left 1 0.6667, right 0.5 1, top 0.625 0.9167'),
             ('E', 'left 0 1, right 1 1, top 0.75 1')) v (region, expected);

-- Intervals of the second format: of the ranked root alone, and of whole groups of five or more.
create function pg_temp.spans(format integer, officials text[] default '{}') returns text
language plpgsql as $$
begin
  perform pg_temp.make_round('s', '{"draws": 3, "weight_spread": 0}',
    array['top mean', 'other mean', 'x leaf'], array['top x 1', 'other x 1'],
    '{A x 1,B x 2,C x 3,D x 4,E x 5,F x 1,G x 2}', officials,
    '{A g,B g,C g,D g,E g,F h,G h}');
  update data.intake i set format = spans.format from data.round r
  where r.code = 's' and i.id = r.draft;
  return (select string_agg(concat(r.region, r.rank_low), ' ' order by r.criterion, r.region)
          from calc.results((select draft from data.round d where d.code = 's')) r
          where r.criterion <> 'x' and r.rank_low is not null);
end $$;
select is(pg_temp.spans(1), 'A5 B4 C3 D2 E1 F2 G1 A5 B4 C3 D2 E1 F2 G1',
          'the first: of every root');
select is(pg_temp.spans(2), 'A5 B4 C3 D2 E1', 'the second: of the ranked one, for five or more');
select is(pg_temp.spans(2, array['H top 3']), null,
          'and of a whole group: an official figure alone has no interval');

-- What is small is not 0: A's node of 1e-14 under a geometric mean is more than B's of 0.
create function pg_temp.small(format integer) returns text language plpgsql as $$
begin
  perform pg_temp.make_round('z', '{"draws": 3, "weight_spread": 0}',
    array['top geomean', 'node mean', 'x leaf', 'y leaf'],
    array['top node 1', 'top y 3', 'node x 1'],
    '{A x 0.00000000000001,A y 4,B x 0,B y 9,C x 1,C y 1,D x 2,D y 1,E x 3,E y 1}');
  update data.intake i set format = small.format from data.round r
  where r.code = 'z' and i.id = r.draft;
  return (select string_agg(concat(r.region, r.rank_low, '-', r.rank_high), ' ' order by r.region)
          from calc.results((select draft from data.round d where d.code = 'z')) r
          where r.criterion = 'top');
end $$;
select is(pg_temp.small(1), 'A4-4 B4-4 C3-3 D2-2 E1-1', 'the first format took it for 0');
select is(pg_temp.small(2), 'A4-4 B5-5 C3-3 D2-2 E1-1', 'the second does not');

select * from finish();
rollback;
