-- A quick win's way: saved, submitted, returned, corrected, published, withdrawn; and who may not.
begin;
\ir desk.psql
select plan(63);

create temp table seen (id integer, row_version integer);
-- An act by a person on the quick win of the test as it is now.
create function pg_temp.do(name text, what text, fields jsonb default '{}',
    reason text default null) returns text language plpgsql as $$
declare
  s record;
  r data.outcome;
begin
  perform pg_temp.as_person(name);
  select * into s from seen;
  r := case what
    when 'create' then act.win_save(null, null, pg_temp.new_key(), fields)
    when 'save' then act.win_save(s.id, s.row_version, pg_temp.new_key(), fields)
    when 'submit' then act.win_submit(s.id, s.row_version, pg_temp.new_key())
    when 'publish' then act.win_decide(s.id, s.row_version, pg_temp.new_key(), true, reason)
    when 'return' then act.win_decide(s.id, s.row_version, pg_temp.new_key(), false, reason)
    when 'withdraw' then act.win_withdraw(s.id, s.row_version, pg_temp.new_key(), reason) end;
  if r.outcome = 'done' then
    delete from seen;
    insert into seen values (r.id, r.row_version);
  end if;
  return concat_ws(' ', r.outcome, r.faults);
end $$;
create function pg_temp.states() returns text language sql as $$
  select string_agg(v.n || ' ' || v.state, ', ' order by v.n) from data.win_version v
      where v.win = (select id from seen)
$$;
create function pg_temp.public() returns text language sql as $$
  select max(r.title) from data.read_win r where r.id = 10000 + (select id from seen)
$$;

select is(pg_temp.do(null, 'create'), 'signed_out', 'nobody writes');
select is(pg_temp.do('kantor', 'create'), 'forbidden', 'the office writes none');
select is(pg_temp.do('asesor', 'create'), 'forbidden', 'nor an assessor');
select is(pg_temp.do('kediri', 'create', '{"title": "Bank sampah", "state": "published", '
    '"region": "35.77", "win": 1, "n": 7, "saved_by": 1}'), 'done', 'a city does');
select results_eq('select w.region::text, v.n, v.state, v.saved_by = (
                       select id from pg_temp.person where name = ''kediri'')
                   from data.win w join data.win_version v on v.win = w.id
                   where w.id = (select id from seen)', $$values ('35.71', 1, 'draft', true)$$,
                  'and decides nothing that is no field');

-- What can not be said.
select is(pg_temp.do('kediri', 'save', fields), 'invalid ' || faults, faults)
from (values ('{"title": "a\nb"}'::jsonb, '{"title": "control"}'),
             ('{"title": "a\u202eb"}', '{"title": "control"}'),
             (jsonb_build_object('title', repeat('x', 501)), '{"title": "long"}'),
             (jsonb_build_object('lesson', repeat('x', 8001)), '{"lesson": "long"}'),
             ('{"started": "2026-02-30"}', '{"started": "date"}'),
             ('{"started": "kemarin"}', '{"started": "date"}'),
             ('{"cost": "1,5"}', '{"cost": "number"}'),
             ('{"figure_after": "NaN"}', '{"figure_after": "number"}'),
             ('{"links": ["javascript:alert(1)"]}', '{"links": "link"}'),
             ('{"links": "https://a.id"}', '{"links": "links"}'),
             ('{"dimension": "none"}', '{"dimension": "wrong"}')) f (fields, faults);
select is(pg_temp.do('kediri', 'save', '{"cost": "-1"}'), 'invalid {"cost": "number"}',
    'no cost below nothing');

-- Drafts grow; what is not sent stays, '' empties.
select is(pg_temp.do('kediri', 'save', '{"cost": "12500000.5", "figure_before": "-1.5", "links": '
    '["https://kota.go.id/a"], "dimension": "governance", "lesson": "Dua\nbaris"}'), 'done',
        'more of it');
select is(pg_temp.do('kediri', 'save', '{"cost": ""}'), 'done', 'less of it');
select results_eq('select title::text, cost, figure_before, links::text, lesson::text from '
    'data.win_version where win = (select id from seen)',
                  $$values ('Bank sampah', null::numeric, -1.5, '{https://kota.go.id/a}',
                  E'Dua\nbaris')$$, 'what there is now');
select is(pg_temp.do('madiun', 'save', '{"title": "x"}'), 'forbidden',
    'another city does not save it');
select is(pg_temp.do('kediri-eco', 'save', '{"title": "x"}'), 'forbidden',
    'nor the owner of another dimension');
select is(pg_temp.do('kantor', 'save', '{"title": "x"}'), 'forbidden', 'nor the office');
select is(pg_temp.do('kediri-gov', 'save',
    '{"title": "Bank sampah digital", "dimension": "economy"}'), 'done',
    'the owner of its dimension does');
select is((select dimension::text from data.win where id = (select id from seen)), 'governance',
    'but does not give it away');

-- The second saver learns that there is another version.
update seen set row_version = row_version - 1;
select is(pg_temp.do('kediri', 'save', '{"title": "x"}'), 'conflict', 'saved in between');
select is(pg_temp.do('kediri', 'submit'), 'conflict', 'nor is it submitted so');
update seen set row_version = row_version + 1;

select is(pg_temp.do('kediri', 'submit'), 'invalid {"agency": "missing", "problem": "missing", '
    '"summary": "missing", "solution": "missing"}', 'what is missing');
select is(pg_temp.do('kediri', 'save', pg_temp.words('Bank sampah')), 'done', 'all of it');
select is(pg_temp.do('madiun', 'submit'), 'forbidden', 'another city does not submit it');
select is(pg_temp.do('kantor', 'publish'), 'state', 'a draft can not be published');
select is(pg_temp.do('kediri', 'submit'), 'done', 'submitted');
select is(pg_temp.do('kediri', 'save', '{"title": "x"}'), 'state', 'and then not changed');
select is(pg_temp.do('kediri', 'publish'), 'forbidden', 'a city does not publish');
select is(pg_temp.do('asesor', 'publish'), 'forbidden', 'nor an assessor');
select is(pg_temp.do('kantor', 'return'), 'invalid {"reason": "missing"}',
    'returned for a reason only');
select is(pg_temp.do('kantor', 'return', reason => 'Angka belum bersumber'), 'done', 'returned');
select is(pg_temp.public(), null, 'nothing is public');
select is(pg_temp.do('kediri', 'save', '{"figure_source": "Laporan dinas 2025"}'), 'done',
    'corrected');
select is(pg_temp.states(), '1 returned, 2 draft', 'in a new version');
select is(pg_temp.do('kediri', 'submit') || pg_temp.do('kantor', 'publish'), 'donedone',
    'submitted and published');
select is(pg_temp.public(), 'Bank sampah', 'the public reads it');
select is((select year || ' ' || dimension || ' ' || source_name from data.read_win
    where id = 10000 + (select id from seen)),
    '2026 governance Disampaikan Kota Kediri melalui Tolok Kota', 'with where it comes from');
select is((select count(*)
    from pub.found_wins('bank sampah', null, null, null, null, 'kota-kediri', null) f
    where f.id = 10000 + (select id from seen)), 1::bigint, 'and finds it');
select is(pg_temp.do('kediri', 'save', '{"title": "Bank sampah kota"}'), 'done', 'written on');
select is(pg_temp.public(), 'Bank sampah', 'the public still reads the older one');
select is(pg_temp.do('kediri', 'submit') || pg_temp.do('kantor', 'publish'), 'donedone', 'again');
select is(pg_temp.public() || ': ' || pg_temp.states(),
    'Bank sampah kota: 1 returned, 2 superseded, 3 published', 'it took its place');
select is(pg_temp.do('madiun', 'withdraw', reason => 'x'), 'forbidden',
    'another city does not withdraw it');
select is(pg_temp.do('asesor', 'withdraw', reason => 'x'), 'forbidden', 'nor an assessor');
select is(pg_temp.do('kediri', 'withdraw', reason => ' '), 'invalid {"reason": "missing"}',
    'for a reason only');
select is(pg_temp.do('kediri', 'withdraw', reason => 'Program berhenti'), 'done', 'withdrawn');
select is(coalesce(pg_temp.public(), 'gone') || ': ' || pg_temp.states(),
    'gone: 1 returned, 2 superseded, 3 withdrawn', 'the public reads it no more');
select is(pg_temp.do('kantor', 'withdraw', reason => 'x'), 'state', 'once');

-- Sent twice, done once.
select pg_temp.as_person('kediri');
create temp table first as select *
    from act.win_save(null, null, 'kunci-yang-sama-01', '{"title": "Satu"}');
create temp table again as select *
    from act.win_save(null, null, 'kunci-yang-sama-01', '{"title": "Satu"}');
select results_eq('select * from again', 'select * from first', 'the same answer');
select is((select count(*) from data.win_version where title = 'Satu'), 1::bigint, 'one effect');
select is((act.win_save(null, null, 'kunci-yang-sama-01', '{"title": "Dua"}')).outcome, 'key_used',
    'the key of another request');
select is((act.win_save(null, null, 'pendek', '{"title": "Dua"}')).outcome, 'invalid',
    'a key that is none');
select is((act.win_save(null, null, null, '{"title": "Dua"}')).outcome, 'invalid', 'no key');

-- Versions keep their words and skip no state, whoever writes.
select throws_ok($$update data.win_version set title = 'x' where state = 'withdrawn'$$, '23001',
    null, 'what was submitted keeps its words');
select throws_ok($$update data.win_version set state = 'published' where title = 'Satu'$$, '23001',
    null, 'no state is skipped');

-- Each act left one row, with what was there before and after.
select is((select string_agg(replace(act, 'win_', ''), ' ' order by id) from data.audit
          where subject = 'win' and subject_id = (select id::text from seen)),
          'create save save save save submit return save submit publish save submit publish '
              'withdraw', 'the trail');
select is((select string_agg(k, ' ') from data.audit a,
            jsonb_object_keys(a.after -> 'fields') k where a.id = (
            select id from data.audit where act = 'win_save'
            and subject_id = (select id::text from seen) order by id offset 2 limit 1)),
          'title', 'says which field changed');
select * from finish();
rollback;
