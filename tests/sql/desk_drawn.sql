-- Pages of the desk in states that no other test brings about, for the lint that draws them:
-- registers of agencies, lists of accounts, what a city takes over, what an operator asks.
begin;
\ir desk.psql
\ir desk_wins.psql
select plan(14);
grant usage on sequence pg_temp.form_key to public;
create function pg_temp.number(who text) returns integer language sql as $$
  select a.id from data.account a where a.email = who || '@uji.go.id' $$;
select pg_temp.make_person('lain', 'operator', '11.01');
select pg_temp.make_person('banyak' || n, 'owner', '35.77', 'living')
from generate_series(1, 120) n;
update data.account set state = 'invited' where email ~ '^banyak1?[0-9]@';
create temp table agency_of as select a.id, a.name from data.agency a where false;
grant all on agency_of to public;

-- A register, and the city's public page with it.
select pg_temp.as_person('kediri');
select is((select string_agg((act.agency_save(null, pg_temp.new_key(), f.fields)).outcome, ' ')
           from (values ('{"name": "Dinas Satu", "short": "Disatu", "contact": "dinas@kediri.go.id",
                           "part_economy": "lead", "part_living": "support"}'::jsonb),
                        ('{"name": "Dinas Dua", "part_economy": "support"}')) f (fields)),
          'done done', 'a register');
insert into agency_of select a.id, a.name from data.agency a where a.region = '35.71';
select ok(doc('city', 'id', 'kota-kediri', null, null) is not null, 'the city has a page');
select ok((select count(*) from part('agencies')) > 0, 'which names the agencies');
select is((act.account_change(pg_temp.number('kediri-gov'), pg_temp.wants(null, null, 'owner',
    '35.71', 'governance,living') || jsonb_build_object('agency', a.id, 'sends', 'operator')))
    .outcome, 'done', 'an owner belongs to one') from agency_of a where a.name = 'Dinas Satu';

set session authorization tolok_desk;
select pg_temp.as_person(who), doc('agencies', 'id', place, sent, answer)
from (values ('kediri', null, null, null), ('lain', null, null, null),
             ('kantor', '35.71', null, null), ('kantor', null, null, null),
             ('kediri', null, '{"name": "", "part_economy": "lead", "contact": "x"}',
              '{"outcome": "invalid", "faults": {"name": "missing", "part_economy": "led"}}'),
             ('kediri', null, '{"name": "x"}', '{"outcome": "invalid", "faults": {"name": "known",
               "short": "long", "contact": "long", "region": "wrong"}}'),
             ('kediri', null, '{}', '{"outcome": "key_used"}'),
             ('kediri', null, '{}', '{"outcome": "state"}'))
     v (who, place, sent, answer);
select pg_temp.as_person('kediri'), doc('agency', 'id', a.id::text, v.sent, v.answer)
from agency_of a
cross join (values (null, null), ('{"name": ""}', '{"outcome": "invalid",
  "faults": {"name": "missing"}}'), ('{}', '{"outcome": "state"}')) v (sent, answer);

-- Accounts.
select pg_temp.as_person(who),
       doc('users', 'id', find, place, role, state, page, sent, answer)
from (values ('kantor', null, null, null, null, '2', null, null),
             ('kantor', 'banyak', '35.77', 'owner', 'active', '1', null, null),
             ('kantor', 'banyak', null, null, 'active', '2', null, null),
             ('kantor', 'tak ada', null, null, 'disabled', '1', null, null),
             ('kediri', null, null, null, 'never', '1', '{"role": "owner"}',
              '{"outcome": "invalid", "faults": {"agency": "wrong"}}'))
     v (who, find, place, role, state, page, sent, answer);
select pg_temp.as_person('kantor');
select ok(doc('user', 'id', pg_temp.number(who)::text, null, null) is not null, who)
from (values ('kediri-gov'), ('banyak7'), ('lain')) v (who);
select pg_temp.as_person('kediri'),
       doc('user', 'id', pg_temp.number('kediri-gov')::text, null, null);

-- A list of invitations.
select pg_temp.as_person(who), doc('invites', 'id', sent, answer)
from (values ('kantor', null, null), ('kediri', null, null),
             ('kediri', '{"list": "a; b; c"}', '{"outcome": "key_used"}'),
             ('kediri', '{"list": ""}', '{"outcome": "invalid", "faults": {"list": "missing"}}'),
             ('kediri', '{"list": ""}', '{"outcome": "enough"}')) v (who, sent, answer);
select pg_temp.as_person('kediri'), doc('invites', 'id', '{"list": "x"}', jsonb_build_object(
  'outcome', 'done', 'faults', jsonb_build_object('rows', (
    select json_agg(x) from (
      select 1 as number, 'a' as text, 'done' as outcome, pg_temp.number('banyak7') as id,
             null::jsonb as faults, 'tautan' as token
      union all
      select f.n + 1, 'baris ' || f.n, coalesce(f.outcome, 'invalid'), null, f.faults, null
      from (values (1, null, '{"email": "wrong"}'::jsonb), (2, null, '{"email": "known"}'),
                   (3, null, '{"email": "often"}'), (4, null, '{"email": "many"}'),
                   (5, null, '{"name": "wrong"}'), (6, null, '{"role": "unread"}'),
                   (7, null, '{"role": "deputies"}'), (8, null, '{"region": "unread"}'),
                   (9, null, '{"dimension": "unread"}'), (10, 'forbidden', null),
                   (11, 'state', null), (12, 'enough', null), (13, null, '{"agency": "unread"}'))
           f (n, outcome, faults)) x)))::text);

-- Boards: of a city of which the portal shows nothing, and of one that has not taken any over.
select pg_temp.as_person('lain');
select is(doc('board', 'id', null, '1') ->> 'found_count', null, 'nothing to take over');
select pg_temp.as_person('madiun');
select ok((doc('board', 'id', null, '1') ->> 'found_count')::integer > 0, 'something to take over');
reset session authorization;

-- A quick win that was taken over, and one that is asked about.
select is((act.win_claim(q.id, pg_temp.new_key())).outcome, 'done', 'it is taken over')
from data.quick_win q where q.region = '35.77' order by q.id limit 1;
insert into made select 'diambil', max(id) from data.win;
select pg_temp.make_win('Putus', 'kediri', 'governance', 'published');
set local session_replication_role = replica;
update data.win_version set submitted_at = now() - interval '3 days' where submitted_at is not null;
set local session_replication_role = origin;
select pg_temp.make_win('Tarik', 'kediri-gov', 'governance', 'submitted');
select pg_temp.as_person('kediri-gov');
select (act.win_withdraw(pg_temp.id_of('Tarik'), pg_temp.version_of('Tarik'), pg_temp.new_key(),
                         'Belum siap')).outcome,
       doc('win', 'id', pg_temp.id_of('Tarik')::text, null, null);
select pg_temp.make_win('Ditanya', 'kediri-gov', 'governance', 'draft');
select pg_temp.as_person('kediri-gov');
select is((act.win_submit(pg_temp.id_of('Ditanya'), pg_temp.version_of('Ditanya'),
                          pg_temp.new_key())).outcome, 'done', 'one is handed over');
set session authorization tolok_desk;
select pg_temp.as_person('kediri'), doc('win', 'id', pg_temp.id_of('Ditanya')::text, null, null);
select is((act.ask_add(pg_temp.id_of('Ditanya'), pg_temp.new_key(), f.field, 'Berapa?')).outcome,
          'done', 'asked') from (values ('cost'), (null)) f (field);
select pg_temp.as_person(who), doc('win', 'id', pg_temp.id_of('Ditanya')::text, sent, answer)
from (values ('kediri', null, null), ('kediri-gov', null, null),
             ('kediri', '{"question": "", "field": "cost"}',
              '{"outcome": "invalid", "faults": {"question": "missing", "field": "wrong"}}'),
             ('kediri-gov', '{"reply": "Se"}',
              '{"outcome": "invalid", "faults": {"reply": "missing"}}'))
     v (who, sent, answer);
select pg_temp.as_person('kediri-gov');
select (act.ask_answer(a.id, pg_temp.new_key(), 'Seratus')).outcome
from data.ask a order by a.id limit 1;
select pg_temp.as_person('kediri'), doc('win', 'id', pg_temp.id_of('Ditanya')::text, null, null);
select (act.ask_close(a.id, pg_temp.new_key())).outcome from data.ask a order by a.id limit 1;
select pg_temp.as_person('kediri'), doc('win', 'id', pg_temp.id_of('Ditanya')::text, null, null);
select pg_temp.as_person('madiun'), doc('win', 'id', pg_temp.id_of('diambil')::text, sent, answer)
from (values (null, null),
             ('{"why": ""}', '{"outcome": "invalid", "faults": {"reason": "missing"}}'),
             ('{"kept": ""}', '{"outcome": "invalid", "faults": {"kept": "missing"}}'))
     v (sent, answer);


-- What the office tells, counts and has to decide.
select pg_temp.as_person('kantor');
select (act.post_add(pg_temp.new_key(), f.title, 'Isi', f.places)).outcome
from (values ('Untuk semua', null), ('Untuk satu', 'Kota Kediri'), ('Sudah lewat', null))
     f (title, places);
select (act.post_end(max(p.id), pg_temp.new_key())).outcome from data.post p;
select pg_temp.as_person('kediri');
select ok(doc('board', 'id', null, '1') is not null, 'news stand on the board');
select pg_temp.as_person('kantor');
select doc('posts', 'id', sent, answer)
from (values (null, null), ('{"title": "", "body": "x", "places": "Atlantis"}',
  '{"outcome": "invalid", "faults": {"title": "missing", "body": "long", "places": "unread"}}'),
  ('{}', '{"outcome": "key_used"}'), ('{}', '{"outcome": "state"}'),
  ('{}', '{"outcome": "enough"}')) v (sent, answer);
select pg_temp.as_person(who), doc('help', 'id')
from unnest(array['kantor', 'asesor', 'kediri', 'kediri-gov', 'madiun-gov']) who;
reset session authorization;
select pg_temp.make_person('op' || g.code, 'operator', g.code)
from (select g.code from pub.region g where g.code not in ('35.71', '35.77', '11.01') limit 120) g;
do $$
begin
  perform pg_temp.make_win('Antre ' || n, 'banyak' || n, 'living', 'submitted')
  from generate_series(21, 70) n;
end $$;
set session authorization tolok_desk;
select pg_temp.as_person('kantor');
select doc('numbers', 'id', come, page)
from (values (null, '1'), ('ya', '1'), ('ya', '2'), (null, '2')) v (come, page);
select doc('queue', 'id', null, null, null, null, null, 'tertua', page, sent, answer)
from (values ('1', null, null), ('2', null, null),
  ('1', '{"reason": "x", "verdict": "returned", "standard": ["source"], "win": ["1:1"]}',
   '{"outcome": "invalid", "faults": {"win": "missing", "reason": "missing", "reader": "wrong",
     "verdict": "wrong"}}'),
  ('1', '{"reason": "x"}', '{"outcome": "invalid", "faults": {"win": "many", "reason": "long"}}'),
  ('1', '{}', '{"outcome": "conflict"}'), ('1', '{}', '{"outcome": "state"}'),
  ('1', '{}', '{"outcome": "key_used"}'), ('1', '{}', '{"outcome": "enough"}'))
  v (page, sent, answer);

select * from finish();
rollback;
