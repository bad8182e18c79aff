-- Signing in: throttle, both steps, codes and tokens that are used up, sessions, invitations; each
-- act leaves one row in the trail.
begin;
\ir desk.psql
select plan(93);

-- As the program does it: the transaction's visitor, then one act.
create function pg_temp.visit(token text, source text,
  mark text default '') returns void language sql as $$
  select from act.enter(token, 'request-2', source, 'uji', pg_temp.token(nullif(mark, '')));
$$;
create function pg_temp.key(good boolean) returns text language sql as $$
    select repeat(case when good then 'ab' else 'cd' end, 32) $$;
-- One try with a password; what was said, and how long one has to wait.
create function pg_temp.try(email text, good boolean, source text, token text default 'x',
    mark text default '') returns text language plpgsql as $$
declare
  b record;
begin
  perform pg_temp.visit('', source, mark);
  select * into b from act.sign_in_begin(email, '$argon2id$v=19$m=47104,t=2,p=1$');
  if b.wait > 0 then
    return 'wait ' || case when b.wait > 840 then 'a quarter' else 'a minute' end;
  end if;
  return (select s.outcome
      from act.sign_in(b.attempt, email, pg_temp.key(good), pg_temp.token(token)) s);
end $$;
create function pg_temp.acts(since bigint) returns text language sql as $$
  select string_agg(a.act || coalesce(' ' || (a.after ->> 'step'), ''), ', ' order by a.id)
      from data.audit a where a.id > since
$$;
create temp table mark as select coalesce(max(id), 0) as id from data.audit;
create function pg_temp.new_acts() returns text language plpgsql as $$
declare
  said text := pg_temp.acts((select id from mark));
begin
  update mark set id = (select max(id) from data.audit);
  return said;
end $$;
update data.session set ended_at = now();

-- What an address that has no account is told looks like any other.
select pg_temp.visit('', '203.0.113.1');
select alike(setting, '$argon2id$v=19$m=47104,t=2,p=1$______________________',
    'a salt for an address without an account')
from act.sign_in_begin('siapa@uji.go.id', '$argon2id$v=19$m=47104,t=2,p=1$');
select is((select setting
          from act.sign_in_begin('siapa@uji.go.id', '$argon2id$v=19$m=47104,t=2,p=1$')),
          (select setting from act.sign_in_begin('Siapa@uji.go.id ',
          '$argon2id$v=19$m=47104,t=2,p=1$')), 'always the same one');
select isnt((select setting
            from act.sign_in_begin('siapa@uji.go.id', '$argon2id$v=19$m=47104,t=2,p=1$')),
            (select setting from act.sign_in_begin('lain@uji.go.id',
            '$argon2id$v=19$m=47104,t=2,p=1$')), 'and another one for another address');
select is((select setting from act.sign_in_begin('kediri@uji.go.id', 'x')),
    '$argon2id$v=19$m=47104,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg', 'an account''s own');

-- Password, then code.
select is(pg_temp.try('kediri@uji.go.id', false, '203.0.113.2'), 'refused', 'a wrong password');
select is(pg_temp.try('siapa@uji.go.id', true, '203.0.113.2'), 'refused', 'an unknown address');
select is(pg_temp.new_acts(), 'sign_in_refused password, sign_in_refused password',
    'each in the trail');
select ok(not exists (select from data.audit a where a::text like '%siapa@%'),
    'which does not keep what was typed');
select is(pg_temp.try('kediri@uji.go.id', true, '203.0.113.2', 'half'), 'done',
    'the right password');
select is(pg_temp.as_person('half'), 'kediri@uji.go.id', 'it is known who comes');
select is(data.actor(), null, 'but nobody is signed in yet');
select is((act.win_save(null, null, pg_temp.new_key(), '{}')).outcome, 'signed_out',
    'and nothing can be done');
select results_eq('select sealed, counter from act.code_state()',
    $$values ('sealed-kediri', 0::bigint)$$, 'what is needed to judge a code');
select is((act.code_accept(0, pg_temp.token('full'))).outcome, 'refused', 'a wrong code');
select is((act.code_accept(null, pg_temp.token('full'))).outcome, 'refused', 'no code');
select is((act.code_accept(100, pg_temp.token('full'))).outcome, 'done', 'a right one');
select is(pg_temp.new_acts(), 'sign_in_password, sign_in_refused code, sign_in',
    'the trail, in which what is repeated stands once');
select is(pg_temp.as_person('half'), 'nobody', 'the first token is dead');
select is(pg_temp.as_person('full'), 'kediri@uji.go.id', 'the new one lives');
select is(data.actor_role() || data.actor_region(), 'operator35.71', 'and is signed in');
select is((act.code_accept(101, pg_temp.token('more'))).outcome, 'signed_out',
    'a session is raised once');
select is(pg_temp.try('kediri@uji.go.id', true, '203.0.113.2', 'half2'), 'done',
    'signing in again');
select pg_temp.as_person('half2');
select is((act.code_accept(100, pg_temp.token('x1'))).outcome, 'refused', 'a code is used once');
select is((act.code_accept(99, pg_temp.token('x1'))).outcome, 'refused', 'an older one is none');
select is((act.code_accept(null, pg_temp.token('x1'))).outcome
          || (act.code_accept(null, pg_temp.token('x1'))).outcome
          || (act.code_accept(null, pg_temp.token('x1'))).outcome, 'refusedrefusedrefused',
          'three more');
select is((act.code_accept(200, pg_temp.token('x1'))).outcome, 'signed_out',
    'the fifth wrong code ended it');

-- An attempt is good for one key and for its own address.
select pg_temp.visit('', '203.0.113.3');
create temp table attempt as select * from act.sign_in_begin('madiun@uji.go.id', 'x');
select is((act.sign_in(attempt, 'kediri@uji.go.id', pg_temp.key(true), pg_temp.token('y'))).outcome,
    'refused', 'another address') from attempt;
select is((act.sign_in(attempt, 'madiun@uji.go.id', pg_temp.key(true), pg_temp.token('y'))).outcome,
    'refused', 'used up') from attempt;
select is((act.sign_in(null, 'madiun@uji.go.id', pg_temp.key(true), pg_temp.token('y'))).outcome,
    'refused', 'none at all');
select is((act.sign_in(attempt, 'madiun@uji.go.id', 'ab', pg_temp.token('y'))).outcome, 'refused',
    'a key that is none') from act.sign_in_begin('madiun@uji.go.id', 'x');

-- Throttle: strangers do not lock out who works there.
select is((select string_agg(pg_temp.try('madiun@uji.go.id', false, '203.0.113.4'), ' ')
          from generate_series(1, 6)),
          'refused refused refused refused refused wait a quarter', 'five failures of one source');
select is(pg_temp.try('madiun@uji.go.id', true, '203.0.113.4'), 'wait a quarter',
    'even the right password waits there');

-- Who came when all places for hashing were taken.
select act.enter('', 'uji', '203.0.113.77', 'uji');
select is((select count(*) from generate_series(1, 6),
           lateral act.sign_in_begin('serang@uji.go.id', 'x') b
           where b.wait = 0 and act.sign_in_back(b.attempt)), 6::bigint,
           'a try that nothing was compared with is given back');
select act.enter('', 'uji', '203.0.113.78', 'uji');
select is(act.sign_in_back((select max(id) from data.login_attempt where source = '203.0.113.4')),
          false,
          'nobody gives back what was compared, or what another source has begun');
select is((select count(*) from data.login_attempt where source = '203.0.113.4'), 5::bigint,
    'it still counts');
select is(pg_temp.try('siapa2@uji.go.id', true, '203.0.113.4'), 'refused',
    'another address is heard');
select is((select string_agg(pg_temp.try('tak-ada@uji.go.id', false, '203.0.113.5'), ' ')
          from generate_series(1, 6)),
          'refused refused refused refused refused wait a quarter',
          'an address without an account is counted the same');
select pg_temp.try('madiun@uji.go.id', false, '203.0.113.' || 10 + n / 5)
    from generate_series(0, 199) n;
select is(pg_temp.try('madiun@uji.go.id', true, '198.51.100.7', 'home'), 'done',
    'after two hundred wrong ones the owner is heard where they signed in before');
select is(pg_temp.try('madiun@uji.go.id', false, '198.51.100.7'), 'refused', 'and may mistype');
select is(pg_temp.try('madiun@uji.go.id', false, '203.0.113.99'), 'refused',
    'from elsewhere they are heard');
select is(pg_temp.try('madiun@uji.go.id', true, '203.0.113.99'), 'wait a minute', 'once a minute');

-- A neighbour, who comes from the same address of IPv4, is another one than the browser that is
-- known.
select is(pg_temp.try('kediri@uji.go.id', true, '198.51.100.9', 'half3', 'laptop'), 'done',
    'somebody comes');
select pg_temp.visit(pg_temp.token('half3'), '198.51.100.9', 'laptop');
select is((act.code_accept(1000, pg_temp.token('full3'))).outcome, 'done',
    'and signs in with a browser');
select is((select string_agg(pg_temp.try('kediri@uji.go.id', false, '198.51.100.9'), ' ')
          from generate_series(1, 6)),
          'refused refused refused refused refused wait a quarter',
          'a neighbour tries the same address');
select is(pg_temp.try('kediri@uji.go.id', true, '198.51.100.9', 'half4'), 'wait a quarter',
    'in a browser that nobody knows one waits with them');
select is(pg_temp.try('kediri@uji.go.id', true, '198.51.100.9', 'half5', 'laptop'), 'done',
    'in one''s own one is heard');
select is((select string_agg(pg_temp.try('madiun@uji.go.id', false, '198.51.100.9', 'x', 'laptop'),
          ' ') from generate_series(1, 2)),
          'refused wait a minute', 'which speaks for nobody else');
select is(pg_temp.try('kediri@uji.go.id', true, '203.0.113.98', 'half7', 'laptop'), 'done',
    'and is known wherever it is');
select is((select string_agg(pg_temp.try('kediri@uji.go.id', false, '203.0.113.' || 100 + n, 'x',
          'laptop'), ' ') from generate_series(1, 4) n),
          'refused refused refused wait a quarter',
          'whoever has taken it has five tries, from wherever');
select pg_temp.visit('', '198.51.100.9', 'laptop');
select is((select count(*) from data.session s where s.browser is not null), 1::bigint,
    'of a whole session the digest is kept');
update data.login_attempt set at = at - interval '61 seconds';
select is(pg_temp.try('madiun@uji.go.id', true, '203.0.113.99', 'away'), 'done',
    'and a minute later again');
select is((select string_agg(pg_temp.try('orang' || n || '@uji.go.id', false, '203.0.113.100'),
          ' ' order by n) from generate_series(1, 31) n),
          repeat('refused ', 30) || 'wait a quarter', 'a source that tries thirty addresses');
select pg_temp.new_acts();

-- Recovery codes.
select pg_temp.try('kantor@uji.go.id', true, '198.51.100.7', 'k1');
insert into data.recovery_code (account, digest) select id,
    data.digest_of('abcd-efgh-jkmn-pqrs') from pg_temp.person where name = 'kantor';
select pg_temp.as_person('k1');
select is((act.recovery_accept('abcd-efgh-jkmn-pqrt', pg_temp.token('k2'))).outcome, 'refused',
    'a wrong recovery code');
select is((act.recovery_accept('abcd-efgh-jkmn-pqrs', pg_temp.token('k2'))).outcome, 'done',
    'a right one');
select pg_temp.try('kantor@uji.go.id', true, '198.51.100.7', 'k3');
select pg_temp.as_person('k3');
select is((act.recovery_accept('abcd-efgh-jkmn-pqrs', pg_temp.token('k4'))).outcome, 'refused',
    'is used once');

-- Invitation, first password, first code.
select pg_temp.as_person('k2');
select is((act.invite(pg_temp.wants('Baru@Uji.go.id', 'Baru', 'operator', '35.71', null),
    pg_temp.token('invite'))).outcome, 'done', 'the office invites');
select is((act.invite(pg_temp.wants('Baru@Uji.go.id', 'Baru', 'operator', '35.71', null),
    pg_temp.token('invite'))).outcome, 'done', 'with the same link when it is asked once more');
select is((act.invite(pg_temp.wants('baru@uji.go.id', 'Baru', 'operator', '99.99', null),
    pg_temp.token('none'))).faults, '{"region": "wrong"}', 'not to a region that is none');
select is((act.invite(pg_temp.wants('kediri@uji.go.id', 'Baru', 'office', null, null),
    pg_temp.token('z'))).outcome, 'state', 'nor somebody who is there');
select pg_temp.as_person('full');
select is((act.invite(pg_temp.wants('opd@uji.go.id', 'OPD', 'owner', '35.71', 'living'),
    pg_temp.token('opd'))).outcome, 'done', 'a city invites the owner of a dimension');
select is((act.invite(pg_temp.wants('opd2@uji.go.id', 'OPD', 'owner', '35.77', 'living'),
    pg_temp.token('opd2'))).outcome, 'forbidden', 'of its own only');
select is((act.invite(pg_temp.wants('opd2@uji.go.id', 'OPD', 'operator', '35.71', null),
    pg_temp.token('opd2'))).outcome, 'done', 'and a deputy of the operator');
select is((act.invite(pg_temp.wants('opd3@uji.go.id', 'OPD', 'assessor', null, null),
    pg_temp.token('opd3'))).outcome, 'forbidden', 'and nobody else');
select is((act.invite(pg_temp.wants('opd2@uji.go.id', 'OPD', 'owner', 'no region''s code',
    'living'),
    pg_temp.token('opd2'))).outcome, 'forbidden', 'whatever it says');
update data.account set region = '35.77' where email = 'opd@uji.go.id';
select is((act.invite(pg_temp.wants('opd@uji.go.id', 'OPD', 'owner', '35.71', 'living'),
    pg_temp.token('opd3'))).outcome, 'state', 'nobody whom another city has invited');
select is((select count(*) from data.invitation i
    where i.digest = data.digest_of(pg_temp.token('opd')) and i.closed_at is null), 1::bigint,
    'whose link stays');
select pg_temp.visit('', '203.0.113.7');
select results_eq($$select email, role, purpose from act.invitation_find(pg_temp.token('invite'))$$,
    $$values ('baru@uji.go.id', 'operator', 'invite')$$, 'what it is for');
select is((act.invitation_accept(pg_temp.token('invite'),
          '$argon2id$v=19$m=47104,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg', pg_temp.key(true),
          pg_temp.token('n1'))).outcome,
          'done', 'a password is chosen');
select is((act.invitation_accept(pg_temp.token('invite'),
          '$argon2id$v=19$m=47104,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg', pg_temp.key(true),
          pg_temp.token('n9'))).outcome,
          'refused', 'once');
select pg_temp.as_person('n1');
select is((act.code_accept(500, pg_temp.token('n2'))).outcome, 'refused',
    'no code without a secret');
select results_eq($$select pending from act.enrol_begin('first')$$, $$values ('first')$$,
    'the secret that is connected lies with the session');
select results_eq($$select pending from act.enrol_begin('second')$$, $$values ('first')$$,
    'the first one that was made');
select results_eq($$select pending, sealed from act.code_state()$$,
    $$values ('first', null::text)$$, 'until its code it is not the account''s');
select is((act.code_enrol('sealed', 500, array['a', 'b'], pg_temp.token('n2'))).outcome, 'done',
    'a secret and its first code');
select is((select count(*) from data.session where pending is not null), 0::bigint,
    'then no session has it any more');
select is(pg_temp.as_person('n2'), 'baru@uji.go.id', 'is signed in');
select is_empty($$select * from act.enrol_begin('third')$$, 'nor does one get another');

-- Others' sessions, the end of an account.
select is((act.session_end((select min(id) from data.session
    where account <> data.actor()))).outcome, 'forbidden', 'nobody ends another one''s session');
select is((act.disable((select id from pg_temp.person where name = 'kediri'), 'x')).outcome,
    'forbidden', 'only the office ends accounts');
select pg_temp.as_person('k2');
select is((act.disable((select id from data.account where email = 'baru@uji.go.id'),
    'Pindah tugas')).outcome, 'done', 'it does');
select is(pg_temp.as_person('n2'), 'nobody', 'and its sessions are over at once');
select pg_temp.as_person('k2');
select is((act.sign_out()).outcome || pg_temp.as_person('k2'), 'donenobody', 'signed out');
-- Wrong codes count for the account, from wherever they come: whoever sends them has its password.
delete from data.login_attempt;
delete from data.mail;
create function pg_temp.code(who text, source text, token text, counter bigint) returns text
language plpgsql as $$
declare
  said text := pg_temp.try(who, true, source, token);
begin
  perform pg_temp.visit(pg_temp.token(token), source);
  return case when said = 'done'
         then (act.code_accept(counter, pg_temp.token(token || '+'))).outcome
         else said end;
end $$;
create function pg_temp.madiun() returns integer language sql as $$
  select id from pg_temp.person where name = 'madiun'
$$;
select is((select string_agg(distinct pg_temp.code('madiun@uji.go.id', '203.0.114.' || n, 'w' || n,
           0), ' ')
           from generate_series(1, 12) n), 'refused', 'wrong codes, each from elsewhere');
select is(act.codes_wrong(pg_temp.madiun()), 10, 'ten of them are judged');
select is(pg_temp.code('madiun@uji.go.id', '203.0.114.99', 'r', 100), 'refused',
          'and not even a right one after them');
select is(pg_temp.code('madiun@uji.go.id', '198.51.100.7', 'k', 100), 'done',
          'but from where one has worked before');
select act.recovery_set(pg_temp.madiun(), array['kode-cadangan']);
select pg_temp.try('madiun@uji.go.id', true, '203.0.114.98', 'c');
select pg_temp.visit(pg_temp.token('c'), '203.0.114.98');
select is((act.recovery_accept('kode-cadangan', pg_temp.token('c+'))).outcome, 'done',
          'and a recovery code from anywhere');
select results_eq($$select topic,
                  count(*) from data.mail where account = pg_temp.madiun() group by 1$$,
                  $$values ('codes', 1::bigint)$$, 'one mail tells the holder');
select results_eq($$select email, subject from act.mail_next()$$,
                  $$values ('madiun@uji.go.id', 'Kode yang salah untuk akun Tolok Kota Anda')$$,
                  'which is sent');
update data.wrong_code set at = at - interval '61 minutes';
select is(pg_temp.code('madiun@uji.go.id', '203.0.114.97', 'h', 101), 'done',
          'an hour later codes are judged again');

-- Strangers behind the same address hold up strangers, and nobody who works there.
delete from data.login_attempt;
select is((select string_agg(pg_temp.try('orang' || n || '@uji.go.id', false, '198.51.100.7'), ' ')
           from generate_series(1, 31) n), repeat('refused ', 30) || 'wait a quarter',
          'a source that guesses is stopped');
select is(pg_temp.try('madiun@uji.go.id', true, '198.51.100.7', 'own'), 'done',
          'but for an account that has signed in from there');

-- A network of 64 bits is one source.
select is((select string_agg(pg_temp.try('kediri@uji.go.id', false, '2001:db8:1:2::' || n), ' ')
           from generate_series(1, 6) n), repeat('refused ', 5) || 'wait a quarter',
          'whoever has a network of addresses is one visitor');
select * from finish();
rollback;
