-- A rehearsal of the fifty that is filled up to a step: it is the same each time, and the engine
-- makes of it what a calculation by other means does.
begin;
select plan(5);
create function pg_temp.told(step text) returns text language sql as $$
  select concat_ws(' ', d.round, d.cities, d.cells, d.open) from act.demo_round(step) d
$$;
-- All that it says, but for numbers and times.
create function pg_temp.sum() returns text language sql as $$
  select md5(string_agg(line, e'\n' order by line collate "C")) from (
    select concat_ws(' ', 'cell', c.region, c.criterion, c.state, c.value, c.reason, c.pieces,
                     c.complete) from data.cell c where c.round = 'gladi'
    union all
    select concat_ws(' ', 'mark', m.region, m.criterion, m.seat, m.state, m.value, m.counts)
    from data.assessor_mark m where m.round = 'gladi'
    union all
    select concat_ws(' ', 'objection', o.region, o.criterion, o.value, o.verdict)
    from data.objection o where o.round = 'gladi'
    union all
    select concat_ws(' ', 'decision', d.region, d.criterion, d.state, d.value, d.how, d.why)
    from data.decision d where d.round = 'gladi') l (line)
$$;
select throws_ok($$select act.demo_round('istirahat')$$, 'P0001', null, 'a step that is none');
select is(pg_temp.told('decided'), 'gladi 50 1500 0',
    'a rehearsal of the fifty, all decided');
select is(pg_temp.sum(), 'bc7c350208baacdc6a286ccaff480282', 'is the same each time');

-- The index of each city by hand: five components of six leaves each, weights 10, 20, 30, 20, 20;
-- a blank is the scale's minimum, what does not apply is out of the sums, components are rounded.
-- Intervals are no part of this.
update data.method set draws = 0 where version = 'gladi-gladi';
select act.round_intake('gladi');
create temp table index as
  select p.region, trim_scale(round(sum(p.weight * p.value) / sum(p.weight), 2)) as value,
         round(sum(p.weight * p.there) / sum(p.weight), 4) as coverage
  from (
    select d.region, split_part(d.criterion, '.', 2) as component, min(w.weight) as weight,
           round(avg(coalesce(d.value, 0)) filter (where d.state <> 'not_applicable'), 2) as value,
           avg((d.state = 'value')::integer) filter (where d.state <> 'not_applicable') as there
    from data.decision d
    join (values ('baseline', 10), ('output', 20), ('outcome', 30), ('impact', 20),
                 ('quick_win', 20)) w (code, weight) on w.code = split_part(d.criterion, '.', 2)
    where d.round = 'gladi'
    group by 1, 2) p
  where p.value is not null
  group by p.region;
create temp table engine as
  select * from calc.results((select draft from data.round where code = 'gladi'))
  where criterion = 'index';
select is_empty($$select h.region, h.value, e.value, h.coverage, e.coverage
    from index h full join engine e on e.region = h.region
    where (h.value, h.coverage) is distinct from (trim_scale(e.value), e.coverage)$$,
    'the engine makes of it what a calculation by hand does');
select is_empty($$select e.region, e.label from engine e
    where e.rank <> 1 + (select count(*) from index o join engine x on x.region = o.region
                         join index m on m.region = e.region
                         where x."group" = e."group" and o.value > m.value)$$,
    'ranks too');
select * from finish();
rollback;
