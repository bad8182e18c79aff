-- Rule 6: ranks.
begin;
\ir round.psql
select plan(13);

create function pg_temp.ranked(settings jsonb, marks text[], officials text[] default '{}',
    groups text[] default '{}')
returns text language plpgsql as $$
begin
  perform pg_temp.make_round('t', settings, array['n mean 0.1', 'x leaf', 'y leaf'],
    array['n x 1', 'n y 1'],
    (select array_agg(format('%s %s %s', split_part(m, ' ', 1), c, split_part(m, ' ', 2)))
        from unnest(marks) m, unnest('{x,y}'::text[]) c),
    officials, groups);
  return pg_temp.table_of('t', 'n');
end $$;

select is(pg_temp.ranked('{}', '{A 3,B 2,C 2,D 1}'), 'A 1 of 4, B 2= of 4, C 2= of 4, D 4 of 4',
    'competition');
select is(pg_temp.ranked('{"ties": "dense"}', '{A 3,B 2,C 2,D 1}'),
    'A 1 of 4, B 2= of 4, C 2= of 4, D 3 of 4', 'dense');
select is(pg_temp.ranked('{"higher_is_better": false}', '{A 3,B 2,C 2,D 1}'),
          'A 4 of 4, B 2= of 4, C 2= of 4, D 1 of 4',
          'less is better');
select is(pg_temp.ranked('{"higher_is_better": false, "ties": "dense"}', '{A 3,B 2,C 2,D 1}'),
          'A 3 of 4, B 2= of 4, C 2= of 4, D 1 of 4', 'less is better, dense');
select is(pg_temp.ranked('{}', '{A 3,B nd,C 2,D na}'), 'A 1 of 2, B -, C 2 of 2, D -',
    'without a value no rank: nobody is last');
select is(pg_temp.ranked('{}', '{A 3.04,B 3.01,C 2.9}'), 'A 1= of 3, B 1= of 3, C 3 of 3',
    'ranked after the rounding');
select is(pg_temp.ranked('{"rank_on": "exact"}', '{A 3.04,B 3.01,C 2.9}'),
    'A 1 of 3, B 2 of 3, C 3 of 3', 'ranked before it');
select is(pg_temp.ranked('{"rank_on": "exact"}', '{A 3.04,B 3.01,C 2.9}', '{B n 3.04,D n 9}'),
          'A 2= of 4, B 2= of 4, C 4 of 4, D 1 of 4',
          'exact, but the official figure where there is one');
select is(pg_temp.ranked('{}', '{A 3,B 2}', '{B n 3.0}'), 'A 1= of 2, B 1= of 2',
    '3 and 3.0 are equal');
select is(pg_temp.ranked('{}', '{A 3,B 2,C 2,D 1}', '{}', '{A g,B h,C h,D g}'),
          'A 1 of 2, D 2 of 2, B 1= of 2, C 1= of 2',
          'groups are tables of their own');
select is(pg_temp.ranked('{}', '{A 3}'), 'A 1 of 1', 'alone');
select is(pg_temp.table_of('t', 'x'), 'A 1 of 1', 'leaves are ranked too');
select is((select count(*) from calc.results((select draft from data.round where code = 't'))),
          3::bigint,
          'a row for every participant and criterion');

select * from finish();
rollback;
