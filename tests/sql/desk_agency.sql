-- Agencies of a city, drafts that are handed over, what an operator asks, and lists of invitations:
-- who may, what is seen of it, and by whom.
begin;
\ir desk.psql
select plan(66);
\ir desk_wins.psql
create function pg_temp.number(who text) returns integer language sql as $$
  select a.id from data.account a where a.email = who || '@uji.go.id' $$;
create function pg_temp.saves(who text, agency text, fields jsonb) returns text
language sql as $$
  select pg_temp.as_person(who);
  select concat_ws(' ', o.outcome, o.faults)
  from act.agency_save((select a.id from data.agency a where a.name = saves.agency),
                       pg_temp.new_key(), fields) o $$;
create function pg_temp.led() returns text language sql as $$
  select string_agg(concat_ws(' ', a.dimension, a.part, a.name), ', '
                    order by a.dimension, a.part, a.name)
  from pub.agency a where a.region = '35.71' $$;

-- The register.
select is(pg_temp.saves(w.who, null, '{"name": "Dinas Uji", "region": "35.71"}'), w.says, w.who)
from (values ('asesor', 'forbidden'), ('kediri-gov', 'forbidden')) w (who, says);
select is(pg_temp.saves(null, null, '{"name": "Dinas Uji"}'), 'signed_out', 'nobody');
select is(pg_temp.saves('kediri', null,
    '{"name": " Dinas  Tenaga Kerja ", "short": "Disnaker", "part_economy": "lead"}'), 'done',
    'an operator records an agency');
select is(pg_temp.saves('kediri', null, f.fields), f.says, f.fields::text)
from (values ('{"name": " "}'::jsonb, 'invalid {"name": "missing"}'),
             ('{"name": "dinas tenaga kerja"}', 'invalid {"name": "known"}'),
             ('{"name": "A\u0007"}', 'invalid {"name": "control"}'),
             ('{"name": "Bappeda", "part_economy": "lead"}', 'invalid {"part_economy": "led"}'),
             ('{"name": "Bappeda", "part_living": "x"}', 'invalid {"part_living": "wrong"}'),
             ('{"name": "Bappeda", "part_economy": "support", "part_living": "lead"}', 'done'))
  f (fields, says);
select is(pg_temp.saves('madiun', 'Bappeda', '{"name": "Milik Madiun"}'), 'forbidden',
    'not another city''s');
select is(pg_temp.saves('kantor', null, '{"name": "Dinas Kantor", "region": "35.77"}'), 'done',
    'the office keeps any register');
select is(pg_temp.saves('kantor', null, '{"name": "Dinas Kantor", "region": "x"}'),
    'invalid {"region": "wrong"}', 'of a region that is one');
select is(pg_temp.led(), 'economy lead Dinas Tenaga Kerja, economy support Bappeda, '
    'living lead Bappeda', 'everybody may see who leads and who supports');
select is(pg_temp.saves('kediri', 'Bappeda', '{"name": "Bappeda", "contact": "bappeda@kediri"}'),
    'done', 'a change takes the place of what there was');
select is(pg_temp.led(), 'economy lead Dinas Tenaga Kerja', 'whole');
create function pg_temp.sees(who text) returns text language sql as $$
  select pg_temp.as_person(who);
  select string_agg(a.name, ', ' order by a.name) from data.agency a $$;
set session authorization tolok_desk;
select is(pg_temp.sees(who), names, 'the register as ' || coalesce(who, 'nobody') || ' sees it')
from (values ('kantor', 'Bappeda, Dinas Kantor, Dinas Tenaga Kerja'), ('asesor', null),
             ('kediri', 'Bappeda, Dinas Tenaga Kerja'),
             ('kediri-gov', 'Bappeda, Dinas Tenaga Kerja'), ('madiun', 'Dinas Kantor'),
             (null, null)) v (who, names);
select pg_temp.as_person('kediri');
select is((select count(*) from data.agency_dimension), 1::bigint, 'with what they lead');
reset session authorization;
select pg_temp.as_person('kediri');
select is((act.account_change(pg_temp.number('kediri-gov'), pg_temp.wants(null, null, 'owner',
    '35.71', 'governance,living') || jsonb_build_object('agency', a.id, 'sends', 'operator')))
    .outcome, 'done', 'an owner belongs to one, and sends through the operator')
from data.agency a where a.name = 'Bappeda';
select is((act.account_change(pg_temp.number('kediri-eco'), pg_temp.wants(null, null, 'owner',
    '35.71', 'economy') || jsonb_build_object('agency', a.id))).faults, '{"agency": "wrong"}',
    'of their own city') from data.agency a where a.name = 'Dinas Kantor';
select is((act.agency_close(a.id, pg_temp.new_key())).outcome, 'done', 'one is removed')
from data.agency a where a.name = 'Bappeda';
select is((select agency from data.account where id = pg_temp.number('kediri-gov')), null,
    'whose people belong to none then');
select is(pg_temp.saves('kediri', null, '{"name": "Bappeda"}'), 'done', 'its name is free again');

-- A draft is handed over and asked about.
select pg_temp.make_win('Draf governance', 'kediri-gov', 'governance', 'draft');
create function pg_temp.win() returns integer language sql as
  $$ select pg_temp.id_of('Draf governance') $$;
create function pg_temp.sends(who text) returns text language sql as $$
  select pg_temp.as_person(who);
  select concat_ws(' ', o.outcome, v.state, w.handed_at is not null)
  from act.win_submit(pg_temp.win(), pg_temp.version_of('Draf governance'), pg_temp.new_key()) o,
       data.win w join data.win_version v on v.win = w.id and v.n = w.newest
  where w.id = pg_temp.win() $$;
select pg_temp.sends('kediri-gov');
select is((select concat_ws(' ', v.state, w.handed_by = pg_temp.number('kediri-gov'))
    from data.win w join data.win_version v on v.win = w.id and v.n = w.newest
    where w.id = pg_temp.win()), 'draft t', 'who does not send alone hands the draft over');
select pg_temp.as_person('kediri');
select is(doc('board', 'id', 'handed', '1') ->> 'handed', '1', 'which waits for the operator');
select is((select string_agg(p ->> 'win', ' ') from part('wins') p), 'Draf governance',
    'and is found');
create function pg_temp.asks(who text, field text, question text) returns text
language sql as $$
  select pg_temp.as_person(who);
  select concat_ws(' ', o.outcome, o.faults)
  from act.ask_add(pg_temp.win(), pg_temp.new_key(), field, question) o $$;
select is(pg_temp.asks(v.who, 'cost', 'Berapa biayanya?'), v.says, coalesce(v.who, 'nobody'))
from (values (null, 'signed_out'), ('kantor', 'forbidden'), ('asesor', 'forbidden'),
             ('madiun', 'forbidden'), ('kediri-gov', 'forbidden')) v (who, says);
select is(pg_temp.asks('kediri', 'cost', ' '), 'invalid {"question": "missing"}', 'in words');
select is(pg_temp.asks('kediri', 'moon', 'Apa?'), 'invalid {"field": "wrong"}', 'of a field');
select is(pg_temp.asks('kediri', 'cost', 'Berapa biayanya?'), 'done', 'an operator asks');
select is((select handed_at from data.win where id = pg_temp.win()), null,
    'and the draft is back with its writers');
create function pg_temp.ask() returns integer language sql as $$ select max(id) from data.ask $$;
create function pg_temp.sees_asks(who text) returns bigint language sql as $$
  select pg_temp.as_person(who);
  select count(*) from data.ask $$;
set session authorization tolok_desk;
select is(pg_temp.sees_asks(who), n::bigint, 'asked: ' || coalesce(who, 'nobody'))
from (values ('kediri', 1), ('kediri-gov', 1), ('kediri-eco', 0), ('madiun', 0), ('kantor', 0),
             ('asesor', 0), (null, 0)) v (who, n);
select pg_temp.as_person('kediri-gov');
select doc('board', 'id', null, '1');
select results_eq($$select p ->> 'about', p ->> 'question' from part('asks') p$$,
    $$values ('Biaya', 'Berapa biayanya?')$$, 'it stands on the owner''s board');
reset session authorization;
select pg_temp.as_person('kediri-eco');
select is((act.ask_answer(pg_temp.ask(), pg_temp.new_key(), 'x')).outcome, 'forbidden',
    'the owner of another dimension does not answer');
select pg_temp.as_person('kediri-gov');
select is((act.ask_answer(pg_temp.ask(), pg_temp.new_key(), 'Sudah')).outcome, 'done',
    'who looks after it does');
select is((act.ask_close(pg_temp.ask(), pg_temp.new_key())).outcome, 'forbidden',
    'and does not close it');
select pg_temp.as_person('kediri');
select is((act.ask_close(pg_temp.ask(), pg_temp.new_key())).outcome, 'done', 'the operator does');
select is((act.ask_answer(pg_temp.ask(), pg_temp.new_key(), 'x')).outcome, 'state', 'once');
select is((select count(*) from data.audit where act in ('win_hand', 'ask_add', 'ask_answer',
    'ask_close') and after::text ~ 'biaya|Sudah'), 0::bigint, 'the trail has no word of it');

-- Lists of invitations.
create function pg_temp.line(who text, line text) returns text language plpgsql as $$
declare
  said data.outcome;
begin
  perform pg_temp.as_person(who);
  said := act.invite_line(line, pg_temp.token(line), false);
  return concat_ws(' ', said.outcome, said.faults,
                   (select concat_ws(' ', a.role, a.region, a.dimensions) from data.account a
                    where a.id = said.id and said.outcome = 'done'));
end $$;
select is(pg_temp.line(v.who, v.line), v.says, v.line)
from (values
  ('kantor', E'b1@uji.go.id\tRina\tpengampu\tKota Kediri\tSmart Living, economy',
   'done owner 35.71 {economy,living}'),
  ('kantor', 'b2@uji.go.id; Budi; operator; kota-madiun', 'done operator 35.77 {*}'),
  ('kantor', 'b3@uji.go.id; Sari; asesor', 'done assessor'),
  ('kantor', 'b4@uji.go.id; Sari; walikota', 'invalid {"role": "unread"}'),
  ('kantor', 'b4@uji.go.id; Sari; operator; Atlantis', 'invalid {"region": "unread"}'),
  ('kantor', 'b4@uji.go.id; Sari; pengampu; Kota Kediri; bulan', 'invalid {"dimension": "unread"}'),
  ('kantor', 'b4; Sari; asesor', 'invalid {"email": "wrong"}'),
  ('kediri', 'b5@uji.go.id; Dinkes; living', 'done owner 35.71 {living}'),
  ('kediri', 'b6@uji.go.id; Wakil; wakil', 'done operator 35.71 {*}'),
  ('kediri', 'b7@uji.go.id; Tanpa', 'invalid {"dimension": "wrong"}'),
  ('kediri-gov', 'b8@uji.go.id; X; living', 'forbidden')) v (who, line, says);
update data.invitation set created_at = now() - interval '4 days';
select pg_temp.as_person('kediri');
select is((select count(*) from act.unseen()), 3::bigint,
    'who has not come for days is found by whoever manages them');
select * from finish();
rollback;
