-- Pages for signing in and of accounts: what each shows, and shows again when a form was refused.
begin;
\ir desk.psql
select plan(58);
create function pg_temp.number(who text) returns text language sql as $$
  select p.id::text from pg_temp.person p where p.name = who
$$;
-- Somebody who has given the password only, and one who has no authenticator yet.
insert into data.session (account, digest, level, source, agent, expires_at)
select pg_temp.number('madiun')::integer, data.digest_of(pg_temp.token('half')), 'password', '', '',
       now() + interval '10 minutes';
insert into data.account (email, name, role, state, password_setting, password_digest)
select 'baru@uji.go.id', 'Uji baru', 'office', 'active', password_setting, password_digest
from data.account where email = 'asesor@uji.go.id';
insert into data.session (account, digest, level, source, agent, expires_at)
select id, data.digest_of(pg_temp.token('fresh')), 'password', '', '', now() + interval '10 minutes'
from data.account where email = 'baru@uji.go.id';
select pg_temp.as_person('kantor');
select act.invite(pg_temp.wants('undangan@uji.go.id', 'Uji undangan', 'owner', '35.71',
                                'governance'),
    pg_temp.token('invite'));
select act.reset(pg_temp.number('kediri')::integer, pg_temp.token('reset'));
update data.account set demo = true where email = 'madiun@uji.go.id';
set session authorization tolok_desk;

-- Signing in.
select pg_temp.as_person(null);
select results_eq(
  $$select d.* from json_to_record(doc('signin', 'id', '/meja/akun', null, null, null)) d
    (ke text, email text, fault_word text, http text)$$,
  $$values ('/meja/akun', null::text, null::text, null::text)$$, 'where one wanted to go is kept');
select results_eq(
  $$select d.* from json_to_record(doc('signin', 'id', null, null,
      '{"email": "a@b", "ke": "/meja/akun"}',
      '{"outcome": "throttled", "n": 61}')) d (ke text, email text, fault_word text,
          minutes integer)$$,
  $$values ('/meja/akun', 'a@b', 'throttled', 2)$$, 'as what was typed, and why it was not done');
select is(array(select doc('signin', 'id', null, left_word, sent, answer) ->> 'left_now'
                from (values (null, null, null), ('ya', null, null),
                             ('ya', '{}', '{"outcome": "refused"}')) v (left_word, sent, answer)),
          '{false,true,false}', 'who has signed out is told, until they try to sign in');
select is(doc('code', 'id', null, null, null)::text, null, 'nobody has no second step');
select is(doc('enrol', 'id', null, null, null) ->> 'http', null, 'nor an authenticator');
select pg_temp.as_person('half');
select results_eq(
  $$select d.* from json_to_record(doc('code', 'id', '/meja', '{}', '{"outcome": "refused"}')) d
    (ke text, fault text, http text)$$,
  $$values ('/meja', 'refused', null::text)$$, 'a code that was wrong');
select results_eq(
  $$select k ->> 'kept_name', k ->> 'kept_value'
    from json_array_elements(doc('code', 'id', null, '{"to": "/meja/x", "k_lesson": "Pelajaran"}',
                                 '{"outcome": "refused"}') -> 'kept') k$$,
  $$values ('k_lesson', 'Pelajaran')$$, 'and the form that waits behind it');
select is(doc('enrol', 'id', null, null, null) -> 'http' ->> 'location', '/masuk/kode',
          'who has an authenticator uses it');
select pg_temp.as_person('fresh');
select is(doc('code', 'id', null, null, null) -> 'http' ->> 'location', '/masuk/daftar-kode',
          'who has none connects one');
select results_eq(
  $$select d.* from json_to_record(doc('enrol', 'id', null, '{"ke": "/meja"}',
      '{"outcome": "refused"}')) d (ke text, refused boolean, http text)$$,
  $$values ('/meja', true, null::text)$$, 'with a code that fits');
select results_eq(
  $$select d ->> 'target', d -> 'kept' -> 0 ->> 'kept_name'
    from doc('enrol', 'id', null, '{"to": "/meja/x", "k_lesson": "Pelajaran"}',
             '{"outcome": "refused"}') d$$,
  $$values ('/meja/x', 'k_lesson')$$, 'and a form that waits behind it');
select pg_temp.as_person('kediri');
select is(doc('enrol', 'id', null, '{"to": "/meja/x", "k_lesson": "Pelajaran"}',
              '{"outcome": "done"}') -> 'kept' -> 0 ->> 'kept_name', 'lesson',
          'which goes on when it is connected');
select is(doc('signin', 'id', null, null, null, null) -> 'http' ->> 'location', '/meja',
          'who has signed in is sent on');
select is(doc('forgot', 'id', null, null) -> 'http' ->> 'location', '/meja/akun',
          'also who says that they forgot their password');

-- A forgotten password.
select pg_temp.as_person(null);
select results_eq(
  $$select asked, fault_word, http ->> 'location', http ->> 'status'
    from json_to_record(doc('forgot', 'id', null, null)) d (asked boolean, fault_word text,
        http json)$$,
  $$values (null::boolean, null::text, null::text, null::text)$$, 'asking for a link');
select results_eq(
  $$select d.* from json_to_record(doc('forgot', 'id', '{"email": "a@b"}', '{"outcome": "done"}')) d
    (asked boolean, email text, fault_word text)$$,
  $$values (true, 'a@b', null::text)$$, 'asked');
select results_eq(
  $$select fault_word, minutes, http ->> 'status' from json_to_record(doc('forgot', 'id',
      '{"email": "a@b"}', '{"outcome": "throttled", "n": 60}')) d
    (fault_word text, minutes integer, http json)$$,
  $$values ('throttled', 1, '429')$$, 'too often');
select results_eq(
  $$select address, who, invited, fault_word, http ->> 'status'
    from json_to_record(doc('invitation', 'id', pg_temp.token('invite'), null, null)) d
    (address text, who text, invited boolean, fault_word text, http json)$$,
  $$values ('undangan@uji.go.id', 'Uji undangan', true, null::text, null::text)$$, 'an invitation');
select results_eq(
  $$select d.* from json_to_record(doc('invitation', 'id', pg_temp.token('reset'), '{}',
      '{"outcome": "invalid", "faults": {"repeat": "differs"}}')) d
    (address text, invited boolean, fault_word text)$$,
  $$values ('kediri@uji.go.id', false, 'differs')$$, 'a reset');
select results_eq(
  $$select address, http ->> 'status'
    from json_to_record(doc('invitation', 'id', pg_temp.token('none'), null, null)) d
    (address text, http json)$$,
  $$values (null::text, '410')$$, 'a link that is over');

-- A form whose session is over.
select pg_temp.as_person(null);
select is(doc('resume', 'id', null, null) -> 'http' ->> 'location', '/meja',
    'without one there is nothing to see');
select results_eq(
  $$select d.inside, d.target, d.fault_word, d.kept::jsonb
    from json_to_record(doc('resume', 'id', '{"to": "/meja/quickwin/1/simpan", "k_lesson": '
        '"Satu\ndua <b>", "email": "a@b.id"}',
                            '{"outcome": "ended"}')) d (inside boolean, target text,
                            fault_word text, kept json)$$,
  $$values (false, '/meja/quickwin/1/simpan', null::text,
      '[{"kept_name": "k_lesson", "kept_value": "Satu\ndua <b>"}]'::jsonb)$$,
  'what was typed stays while they sign in');
select is(doc('resume', 'id', '{"to": "x"}', '{"outcome": "throttled", "n": 61}') ->> 'minutes',
    '2', 'too many tries');
select pg_temp.as_person('kantor');
select results_eq(
  $$select d.inside, d.kept::jsonb
    from json_to_record(doc('resume', 'id', '{"to": "x", "k_lesson": "Satu"}',
    '{"outcome": "done"}')) d
    (inside boolean, kept json)$$,
  $$values (true, '[{"kept_name": "lesson", "kept_value": "Satu"}]'::jsonb)$$,
      'and then goes on under its own names');
select pg_temp.as_person(null);

-- A proof before what a form does.
select is(doc('prove', 'id', '{}', '{"outcome": "unproved"}')::text, null, 'nobody proves nothing');
select pg_temp.as_person('kantor');
select is(doc('prove', 'id', null, null)::text, null, 'nor is it a page to be looked at');
select results_eq(
  $$select fault_word, k.*
    from json_to_record(doc('prove', 'id', '{"note": "Satu\ndua <b>", "seen": "1"}',
                            '{"outcome": "unproved"}')) d (fault_word text, kept json),
         json_to_recordset(d.kept) k (kept_name text, kept_value text)$$,
  $$values (null::text, 'note', E'Satu\ndua <b>'), (null, 'seen', '1')$$, 'what was typed is kept');
select results_eq(
  $$select d.* from json_to_record(doc('prove', 'id', '{}', '{"outcome": "throttled", "n": 1}')) d
    (fault_word text, minutes integer, kept text)$$,
  $$values ('throttled', 1, null::text)$$, 'too many tries');

-- One's own account.
select results_eq(
  $$select d.* from json_to_record(doc('account', 'id', null, null)) d
    (scope text, codes_left integer, few_codes boolean, others boolean, fault_word text)$$,
  $$values (null::text, 0, true, false, null::text)$$, 'an account');
select results_eq(
  $$select s.* from part('sessions') p, json_to_record(p) s
      (source text, browser text, system text, here boolean)$$,
  $$values ('198.51.100.7', null::text, null::text, true)$$, 'and where it is open');
select is(array(select concat_ws(' ', b.browser, b.system)
                from (values
  (1, 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 '
      'Safari/537.36'),
  (2, 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) '
      'SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36'),
  (3, 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like '
      'Gecko) Version/17.5 Mobile/15E148 Safari/604.1'),
  (4, 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like '
      'Gecko) CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1'),
  (5, 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) '
      'Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0'),
  (6, 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0'),
  (7, 'curl/8.5.0'), (8, '')) v (n, agent)
                cross join lateral pub.browser(v.agent) b
                order by n),
          array['Chrome Linux', 'Samsung Internet Android', 'Safari iPhone', 'Chrome iPhone',
                'Edge Windows', 'Firefox Mac', '', ''], 'browsers have the names that people know');
reset session authorization;
insert into data.session (account, digest, level, source, agent, expires_at)
select pg_temp.number('kediri-gov')::integer, data.digest_of(pg_temp.token('elsewhere')), 'full',
       '203.0.113.1', 'lain', now() + interval '1 hour';
set session authorization tolok_desk;
select pg_temp.as_person('kediri-gov');
select results_eq(
  $$select d.* from json_to_record(doc('account', 'en', '{}', '{"outcome": "refused"}')) d
    (scope text, others boolean, fault_word text)$$,
  $$values ('Governance', true, 'refused')$$, 'a wrong password');
select is((select string_agg(p ->> 'source', ' ') from part('sessions') p),
          '198.51.100.7 203.0.113.1', 'this session is the first');
select is(doc('account', 'id', '{}',
          '{"outcome": "invalid", "faults": {"new": "short"}}') ->> 'fault_word',
          'short', 'a new one that is none');
select is(doc('account', 'id', '{}', '{"outcome": "throttled", "n": 121}') ->> 'minutes', '3',
          'too many tries');
select is(doc('account', 'id', '{}', '{"outcome": "done"}') ->> 'fault_word', null, 'done');

-- Accounts.
create function pg_temp.users(sent jsonb default null, answer jsonb default null,
  cari text default null, daerah text default null, peran text default null,
  keadaan text default null) returns json language sql as $$
  select doc('users', 'id', cari, daerah, peran, keadaan, '1', sent::text, answer::text) $$;
select is(pg_temp.users()::text, null, 'an owner has no page of accounts');
select is(doc('user', 'id', pg_temp.number('madiun'), null, null)::text, null, 'nor of one');
select pg_temp.as_person('kediri');
select results_eq(
  $$select own_region, wants_word, regions, json_array_length(dimensions)
    from json_to_record(pg_temp.users()) d
    (own_region text, wants_word text, regions text, dimensions json)$$,
  $$select '35.71', 'owner', null::text, count(*)::integer from pub.dimension$$,
  'a city invites owners of its dimensions');
select results_eq(
  $$select u.* from part('people') p, json_to_record(p) u
    (address text, is_word text, scope text, state_word text, is_me boolean, manages boolean)$$,
  $$values
    ('kediri@uji.go.id', 'operator', null, 'active', true, false),
    ('kediri-eco@uji.go.id', 'owner', 'Economy', 'active', false, true),
    ('kediri-gov@uji.go.id', 'owner', 'Governance', 'active', false, true),
    ('undangan@uji.go.id', 'owner', 'Governance', 'invited', false, true)$$,
  'sees its own people, and whom it manages');
select results_eq(
  $$select d.* from json_to_record(doc('user', 'id', pg_temp.number('kediri-gov'), null, null)) d
    (can_change boolean, can_invite boolean, can_reset boolean, can_end boolean, regions text)$$,
  'values (true, false, true, true, null::text)', 'and what it may do for them');
select is(doc('user', 'id', pg_temp.number('kediri'), null, null)::text, null, 'not for oneself');
select pg_temp.as_person('kantor');
select results_eq(
  $$select d.email, d.name, d.wants_word, d.bad_email_word, d.bad_name, d.made_for, r.code, m.code
    from json_to_record(pg_temp.users('{"email": "x", "name": "Uji", "role": "owner",
        "region": "35.77", "dim_economy": "ya"}',
        '{"outcome": "invalid", "faults": {"email": "wrong", "name": "wrong"}}')) d
      (email text, name text, wants_word text, bad_email_word text, bad_name text, made_for text,
       regions json, dimensions json)
    join json_to_recordset(d.regions) r (code text, chosen boolean) on r.chosen
    join json_to_recordset(d.dimensions) m (code text, chosen boolean) on m.chosen$$,
  $$values ('x', 'Uji', 'owner', 'wrong', 'wrong', null::text, '35.77', 'economy')$$,
  'what was typed comes back, and all that is wrong with it');
select results_eq(
  $$select count(*), count(*) filter (where (p ->> 'manages')::boolean),
           count(*) filter (where (p ->> 'demo')::boolean) from part('people') p$$,
  $$values (9::bigint, 8::bigint, 1::bigint)$$, 'the office sees all, and manages any but its own');
select is(pg_temp.users('{"email": "x"}', '{"outcome": "state", "faults": {"email": "known"}}')
          ->> 'bad_email_word', 'known', 'somebody who has an account');
select is(pg_temp.users('{"email": "x"}', '{"outcome": "invalid", "faults": {"email": "many"}}')
          ->> 'bad_email_word', 'many', 'enough for a day');
create function pg_temp.found(cari text, daerah text, peran text, keadaan text) returns text
language sql as $$
  select string_agg(split_part(p ->> 'address', '@', 1), ' ')
  from pg_temp.users(null, null, cari, daerah, peran, keadaan), part('people') p $$;
select is(pg_temp.found('Uji Madiun', null, null, null), 'madiun madiun-gov', 'found by name');
select is(pg_temp.found('kota madiun', null, 'operator', null), 'madiun', 'by city and role');
select is(pg_temp.found(null, '35.71', 'owner', 'active'), 'kediri-eco kediri-gov', 'by place');
select is(pg_temp.found(null, null, null, 'never'), 'undangan', 'who has not come');
select is(pg_temp.found('undangan', null, null, 'lapsed'), null, 'and whose link is over');
select results_eq(
  $$select d.* from json_to_record(doc('user', 'id', pg_temp.number('madiun'), '{"reason": ""}',
        '{"outcome": "invalid", "faults": {"reason": "missing"}}')) d
      (bad_reason_word text, bad_why_word text, fault_word text)$$,
  $$values ('missing', null::text, 'invalid')$$, 'what lacks a reason');
select is(doc('user', 'id', pg_temp.number('madiun'), '{"why": "x"}',
          '{"outcome": "invalid", "faults": {"why": "long"}}')
          ->> 'bad_why_word', 'prose', 'or has a bad one');
select is(doc('user', 'id', pg_temp.number('madiun'), '{"reason": "x"}', '{"outcome": "state"}')
          ->> 'fault_word', 'state', 'somebody else was faster');
select results_eq(
  $$select d.* from json_to_record(doc('user', 'id', pg_temp.number('madiun'), '{"reason": "x"}',
      '{"outcome": "done"}')) d
    (made_for text, detached boolean, fault_word text)$$,
  $$values ('madiun@uji.go.id', true, null::text)$$, 'done, and for whom');
select is(doc('user', 'id', pg_temp.number('kantor'), null, null)::text, null,
          'nobody changes their own role');
select results_eq(
  $$select d.person, d.demo, d.wants_word, d.fault_word, r.code
    from json_to_record(doc('user', 'id', pg_temp.number('madiun'), null, null)) d
      (person text, demo boolean, wants_word text, fault_word text, regions json)
    join json_to_recordset(d.regions) r (code text, chosen boolean) on r.chosen$$,
  $$values ('Uji madiun', true, 'operator', null::text, '35.77')$$, 'one account');
select results_eq(
  $$select d.wants_word, d.bad_dimension, r.code
    from json_to_record(doc('user', 'id', pg_temp.number('madiun'),
        '{"role": "owner", "region": "35.71"}',
        '{"outcome": "invalid", "faults": {"dimension": "wrong"}}')) d
      (wants_word text, bad_dimension text, regions json)
    join json_to_recordset(d.regions) r (code text, chosen boolean) on r.chosen$$,
  $$values ('owner', 'wrong', '35.71')$$, 'and what it was to become');
reset session authorization;
select * from finish();
rollback;
