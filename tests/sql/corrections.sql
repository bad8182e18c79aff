-- Page corrections: what changed between the editions of a round.
begin;
\ir round.psql
select plan(23);

select results_eq(
  $$select round, corrections, editions from json_to_record(doc('corrections', 'id', null, null))
    as (round text, corrections integer, editions text)$$,
  'values (null::text, null::integer, null::text)', 'no correction yet');
select results_eq(
  $$select round, corrections,
    round_label from json_to_record(doc('corrections', 'id', '2022', null))
    as (round text, corrections integer, round_label text)$$,
  $$values ('2022', null::integer, '2022')$$, 'nor of a round');
select ok(doc('corrections', 'id', '1999', null) is null, 'no such round');
select ok(doc('corrections', 'id', '2022', '2') is null, 'no such edition');

-- A round of three; then one mark was wrong, one region was forgotten and one did not belong.
select pg_temp.make_round('t', '{}', array['n mean 0.1', 'x leaf', 'y leaf'],
                          array['n x 1', 'n y 1'],
                          array['35.71 x 3', '35.71 y 3', '35.77 x 2', '35.77 y 2', '36.73 x 1',
                          '36.73 y 1', '35.78 x 2.9', '35.78 y 2.9']);
select act.publish('t');
select pg_temp.make_round('t', '{}', array['n mean 0.1', 'x leaf', 'y leaf'],
                          array['n x 1', 'n y 1'],
                          array['35.71 x 3', '35.71 y 3', '35.77 x 2.5', '35.77 y 5', '36.73 x 1',
                          '36.73 y nd', '35.10 x 1', '35.10 y 1']);
select results_eq($$select n, supersedes from act.publish('t', '  Salah ketik.  ')$$,
    'values (2, 1)', 'published again, for a reason');
select is((select reason from data.publication where round = 't' and n = 2), 'Salah ketik.',
    'which is kept');

select ok(doc('corrections', 'id', 't', null) is not null, 'a simulated round has its corrections');
select results_eq(
  $$select r.* from part('editions.changes') p, json_to_record(p) r
    (name text, criterion_name text, old_value numeric, new_value numeric, old_label text,
     new_label text,
     entered boolean, left_out boolean)$$,
  $$values
    ('35.10', 'n mean 0.1', null, 1.0, '–', '3=', true, false),
    ('35.77', 'n mean 0.1', 2.0, 3.8, '3', '1', false, false),
    ('35.78', 'n mean 0.1', 2.9, null, '2', '–', false, true),
    ('35.77', 'x leaf', 2, 2.5, '3', '2', false, false),
    ('35.77', 'y leaf', 2, 5, '3', '1', false, false),
    ('36.73', 'y leaf', 1, null, '4', '–', false, false),
    ('35.71', 'n mean 0.1', 3.0, 3.0, '1', '2', false, false),
    ('36.73', 'n mean 0.1', 1.0, 1.0, '4', '3=', false, false)$$,
  'values and ranks before and after, who came and who went');
select results_eq(
  $$select r.* from part('editions') p, json_to_record(p) r
    (reason text, n integer, old_n integer, value_count integer, region_count integer,
     moved integer, joined integer,
     gone integer, change_count integer)$$,
  $$values ('Salah ketik.', 2, 1, 4, 2, 2, 1, 1, null::integer)$$, 'counted');
select results_eq(
  $$select simulated, corrections from json_to_record(doc('corrections', 'id', 't', null))
    as (simulated boolean, corrections integer)$$, 'values (true, 1)', 'among those of the round');
select is(doc('corrections', 'id', null, null) ->> 'corrections', null,
    'which are not among the real ones');
select results_eq(
  $$select first, edition from json_to_record(doc('corrections', 'id', 't', '1'))
      as (first boolean, edition integer)$$,
  'values (true, 1)', 'the first edition corrects nothing');
select is((select count(*) from pub.change c join pub.publication p on p.id = c.publication
           join pub.result n on n.publication = p.id and n.criterion = c.criterion
           and n.region = c.region
           join pub.result o on o.publication = p.supersedes and o.criterion = c.criterion
           and o.region = c.region
           where (c.old_value, c.new_value, c.old_label, c.new_label) is distinct
           from (o.value, n.value, o.label, n.label)), 0::bigint, 'each is what both editions say');

-- The same figures again, with another source.
select pg_temp.make_round('t', '{}', array['n mean 0.1', 'x leaf', 'y leaf'],
                          array['n x 1', 'n y 1'],
                          array['35.71 x 3', '35.71 y 3', '35.77 x 2.5', '35.77 y 5', '36.73 x 1',
                          '36.73 y nd', '35.10 x 1', '35.10 y 1']);
update data.intake set source = 'lain', method = (select i.method from data.intake i
    join data.publication p on p.intake = i.id where p.round = 't' and p.n = 2)
where id = (select draft from data.round where code = 't');
select act.publish('t', 'Sumber dilengkapi.');
select ok(doc('corrections', 'id', 't', '3') is not null, 'an edition that changes no figure');
select results_eq(
  $$select r.* from part('editions') p,
      json_to_record(p) r (n integer, changes text, reason text, old_version text)$$,
  $$values (3, null::text, 'Sumber dilengkapi.', null::text)$$, 'says so');
select results_eq(
  $$select (e ->> 'n')::integer
      from json_array_elements(doc('corrections', 'id', 't', null) -> 'editions') e$$,
  'values (3), (2)', 'the newest first');
select ok(doc('corrections', 'id', 't', '2') is not null, 'one edition');
select isnt((select p ->> 'old_version' from part('editions') p), null, 'another method is told');

-- Real rounds.
select pg_temp.make_round('u', '{}', array['n leaf'], '{}',
    array(select format('%s n 1', code) from data.region order by code limit 30));
update data.intake set simulated = false where id = (select draft from data.round where code = 'u');
select throws_like($$select act.publish('u', 'x')$$, '%never published%',
    'there is no reason for a first edition');
select act.publish('u');
select pg_temp.make_round('u', '{}', array['n leaf'], '{}',
    array(select format('%s n %s', code, row_number() over (order by code)) from data.region
    order by code limit 30));
update data.intake set simulated = false where id = (select draft from data.round where code = 'u');
select throws_like($$select act.publish('u', E'a\u0007b')$$, '%not fit to be shown%',
    'a reason without control characters');
select act.publish('u', 'Salah.');
select is(doc('corrections', 'id', null, null) ->> 'corrections', '1', 'a real one is among all');
select results_eq(
  $$select json_array_length(p -> 'changes'), p ->> 'change_count' from part('editions') p$$,
  $$values (10, '30')$$, 'ten of many there');
select is(json_array_length(doc('corrections', 'id', 'u', '2') -> 'editions' -> 0 -> 'changes'), 30,
          'all of them on its own page');

select * from finish();
rollback;
