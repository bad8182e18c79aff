-- Publishing: what it returns, the chain of digests, and that nothing published ever changes.
begin;
\ir round.psql
select plan(56);

select throws_ok($$select act.publish('nowhere')$$, 'P0001', 'there is no round nowhere',
    'an unknown round');

select pg_temp.make_round('t', '{"draws": 4}', array['n mean 0.1', 'x leaf', 'y leaf'],
                          array['n x 1', 'n y 1'],
                          '{Q.A x 3,Q.A y 4,Q.B x 2,Q.B y nd}');
create temp table first as select * from act.publish('t');
select results_eq('select n, supersedes, regions, criteria, draws from first',
    'values (1, null::integer, 2, 3, 4)', 'what it says');
select results_eq('select p.round::text, p.n, p.digest, p.previous_digest
    from data.publication p join first f on f.publication = p.id',
                  $$select 't', f.n, f.digest, f.previous_digest from first f$$, 'what it wrote');
select is((select p.digest from data.publication p where p.id < (select publication from first)
          order by p.id desc limit 1),
          (select previous_digest from first),
          'the digest before it is that of the publication before it, whatever its round');
select results_eq($$select r.publication, r.draft from data.round r where r.code = 't'$$,
                  'select publication, null::integer from first',
                  'the round shows it and has no draft any more');
select is((select count(*) from data.result where publication = (select publication from first)),
          6::bigint,
          'a row for every participant and criterion');
select results_eq($$select region::text, value, rank, label, "of", rank_low from data.result
                    where publication = (select publication from first) and criterion = 'n'
                    order by region$$,
                  $$values ('Q.A', 3.5, 1, '1', 2, 1::numeric), ('Q.B', 2.0, 2, '2', 2, 2)$$,
                      'the results');
select throws_ok($$select act.publish('t')$$, 'P0001', 'round t has no draft to publish',
    'nothing to publish');

-- A second round between two publications of the first.
select pg_temp.make_round('u', '{}', array['x leaf'], '{}', '{Q.A x 3}');
create temp table other as select * from act.publish('u');
select results_eq('select n, supersedes, previous_digest from other',
    'select 1, null::integer, digest from first', 'another round: the chain goes on');
select pg_temp.make_round('t', '{}', array['n mean 0.1', 'x leaf', 'y leaf'],
                          array['n x 1', 'n y 1'],
                          '{Q.A x 3,Q.A y 4,Q.B x 2,Q.B y 1}', '{Q.B n 1.55}');
select throws_ok($$select act.publish('t')$$, 'P0001',
    'a correction of round t needs a reason, which all read', 'a correction without a reason');
create temp table second as select * from act.publish('t', 'Salah.');
select results_eq('select n, supersedes, previous_digest from second',
    'select 2, 1, digest from other', 'it supersedes the first');
select is((select supersedes from data.publication where id = (select publication from second)),
          (select publication from first),
          'by its id in the table');
select is((select digest from second),
          encode(sha256(convert_to(act.export_file((select publication from second), 'SHA256SUMS'),
          'UTF8')), 'hex'),
          'the digest is that of SHA256SUMS');
select is((select digest from first),
          encode(sha256(convert_to(act.export_file((select publication from first), 'SHA256SUMS'),
          'UTF8')), 'hex'),
          'the first can still be exported');
select results_eq($$select publication, n_found, digest from act.export_find('t')$$,
    'select publication, n, digest from second', 'the newest is found');
select results_eq($$select publication, n_found, digest from act.export_find('t', 1)$$,
    'select publication, n, digest from first', 'or one by its number');
select is_empty($$select * from act.export_find('t', 3)$$, 'or none');

select pg_temp.make_round('t', '{}', array['n mean 0.1', 'x leaf', 'y leaf'],
                          array['n x 1', 'n y 1'],
                          '{Q.A x 3,Q.A y 4,Q.B x 2,Q.B y 1}', '{Q.B n 1.55}');
update data.intake set method = (select i.method from data.intake i
    join data.publication p on p.intake = i.id where p.id = (select publication from second))
where id = (select draft from data.round where code = 't');
select throws_ok($$select act.publish('t', 'Salah.')$$, 'P0001',
    'nothing of round t differs from publication 2', 'a correction that changes nothing');
update data.intake set source = 'another'
where id = (select draft from data.round where code = 't');
select is((select n from act.publish('t', 'Sumber dilengkapi.')), 3, 'one that changes a text');

-- The files.
select results_eq('select act.export_files(publication) from first',
                  $$values ('SHA256SUMS'), ('criteria.csv'), ('marks.csv'), ('regions.csv'),
                  ('results.csv'), ('round.json')$$, 'the files');
select results_eq('select act.export_files(publication) from second',
                  $$values ('SHA256SUMS'), ('criteria.csv'), ('marks.csv'), ('official.csv'),
                  ('regions.csv'), ('results.csv'), ('round.json')$$,
                  'with official figures one more');
select is(act.export_file((select publication from first), 'official.csv'), null,
    'no official.csv without official figures');
select is(act.export_file((select publication from first), 'other'), null, 'no other file');
select is(act.export_file((select publication from first), 'marks.csv'),
          E'region,criterion,value,status\r\nQ.A,x,3,value\r\nQ.A,y,4,value\r\n'
           'Q.B,x,2,value\r\nQ.B,y,,no_data\r\n', 'marks.csv');
select is(act.export_file((select publication from second), 'official.csv'),
          E'region,criterion,value,note,source\r\nQ.B,n,1.55,,\r\n', 'official.csv');
select is(act.export_file((select publication from first), 'criteria.csv'),
          E'criterion,parent,weight,aggregate,round_step,kind,name_id,name_en\r\n'
           'n,,,mean,0.1,other,n mean 0.1,n mean 0.1\r\n'
          'x,n,1,leaf,,other,x leaf,x leaf\r\ny,n,1,leaf,,other,y leaf,y leaf\r\n', 'criteria.csv');
select is(act.export_file((select publication from second), 'results.csv'),
          E'region,group,criterion,value,exact,computed,official,rank,label,of,'
           'rank_low,rank_median,rank_high\r\n'
          'Q.A,g,n,3.5,3.5,3.5,,1,1,2,,,\r\nQ.A,g,x,3,3,3,,1,1,2,,,\r\nQ.A,g,y,4,4,4,,1,1,2,,,\r\n'
          'Q.B,g,n,1.55,1.5,1.5,1.55,2,2,2,,,\r\nQ.B,g,x,2,2,2,,2,2,2,,,\r\n'
           'Q.B,g,y,1,1,1,,2,2,2,,,\r\n', 'results.csv');
select is(act.export_file((select publication from first), 'round.json')::jsonb - 'method',
          '{"format": "tolok-round/1", "code": "t", "title": {"id": "t", "en": "t"}, "year": '
              '2022, "simulated": true, "source": "test"}',
          'round.json');
select is((act.export_file((select publication from first),
          'round.json')::jsonb -> 'method') - 'version',
          '{"scale": {"min": "0", "max": "10"}, "rounding": "half_up", "rank_on": "value", '
              '"ties": "competition", "missing": "drop",
            "min_coverage": "0.5", "higher_is_better": true, "draws": 4,
                "weight_spread": "0.25"}', 'its method');
select is(act.export_field(value), field,
    'a field: ' || coalesce(replace(value, E'\n', ' '), 'nothing'))
from (values ('plain', 'plain'), ('a,b', '"a,b"'), ('say "x"', '"say ""x"""'),
    (E'two\nlines', E'"two\nlines"'), (null, '')) v (value, field);

-- Names are those of the time.
update data.region set name = 'Renamed' where code = 'Q.A';
select is(act.export_file((select publication from first), 'regions.csv'),
          E'region,name,group\r\nQ.A,Q.A,g\r\nQ.B,Q.B,g\r\n',
          'a region that is renamed keeps its name in what was published');

set constraints all immediate;
-- Nothing published changes. Each statement touches what belongs to the first publication.
select throws_ok(replace(statement, '$intake',
                 (select intake from data.publication
                 where id = (select publication from first))::text),
                 '23001', null, statement)
from (values
  ('update data.publication set digest = ''x'''), ('delete from data.publication'),
      ('truncate data.result'),
  ('update data.result set value = 4 where publication = (select publication from first)'),
  ('delete from data.result where publication = (select publication from first)'),
  ('insert into data.result (publication, region, criterion, "group", status, applicable)
      select publication, ''Q.C'', ''n'', ''g'', ''no_data'', 1 from first'),
  ('update data.mark set value = 4 where intake = $intake and status = ''value'''),
  ('delete from data.mark where intake = $intake'),
  ('insert into data.mark values ($intake, ''Q.A'', ''z'', ''no_data'')'),
  ('update data.mark set intake = $intake, criterion = ''z''
      where (intake, region, criterion) = (select intake, region,
          criterion from data.mark where intake <> $intake and region = ''Q.A'' limit 1)'),
  ('update data.participant set "group" = ''h'' where intake = $intake'),
      ('delete from data.participant where intake = $intake'),
  ('insert into data.intake_text values ($intake, ''minutes.txt'', ''x'')'),
  ('insert into data.official values ($intake, ''Q.A'', ''n'', 4)'),
  ('update data.intake set year = 2000 where id = $intake'),
      ('delete from data.intake where id = $intake'),
  ('update data.method m set rounding = ''half_even''
      from data.intake i where i.id = $intake and i.method = m.id'),
  ('delete from data.criterion c using data.intake i where i.id = $intake and i.method = c.method'),
  ('update data.criterion_edge e set weight = 2 from data.intake i where i.id = $intake and '
      'i.method = e.method')
) v (statement);

-- A draft is free.
select pg_temp.make_round('t', '{}', array['x leaf'], '{}', '{Q.A x 3}');
select lives_ok($$update data.mark m set value = 4 from data.round r where r.code = 't'
    and m.intake = r.draft$$, 'a mark of a draft may change');
select lives_ok($$with gone as (update data.round set draft = null where code = 't' returning code)
                  delete from data.intake i where i.round = 't'
                  and not exists (select from data.publication p where p.intake = i.id)$$,
                'a draft may go');

select * from finish();
rollback;
