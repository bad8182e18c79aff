-- A lost authenticator: who may help whom, what is over then, what stays, and who is told.
begin;
\ir desk.psql
select plan(31);

create function pg_temp.number(who text) returns integer language sql as $$ select p.id
    from pg_temp.person p where p.name = who $$;
create function pg_temp.reset(who text, reason text default 'Ponsel hilang',
  mails boolean default false) returns text language sql as $$
  select concat_ws(' ', o.outcome, o.faults)
      from act.authenticator_reset(pg_temp.number(who), reason, mails) o $$;
create function pg_temp.has(who text) returns text language sql as $$
  select concat_ws(' ', case when a.otp_secret is not null then 'codes' end,
                   case when a.password_digest is not null then 'password' end,
                   (select nullif(count(*), 0) from data.recovery_code r where r.account = a.id),
                   (select count(*) from data.session s where s.account = a.id
                   and s.ended_at is null))
  from data.account a where a.id = pg_temp.number(who) $$;
create function pg_temp.last_act() returns text language sql as $$
    select concat_ws(' ', actor, act, after ->> 'reason') from data.audit order by id desc
    limit 1 $$;
insert into data.recovery_code (account, digest) select p.id,
    data.digest_of(p.name || n) from pg_temp.person p, generate_series(1, 2) n;
insert into data.session (account, digest, level, source, agent, expires_at)
select pg_temp.number('kediri-gov'), data.digest_of(pg_temp.token('second')), 'password', '', '',
    now() + interval '1 hour';

-- Who may.
select is(pg_temp.as_person(nobody) || ' ' || pg_temp.reset('kediri'), 'nobody signed_out',
    'nobody') from (values (null::text)) n (nobody);
select pg_temp.as_person('asesor');
select is(pg_temp.reset('kediri'), 'forbidden', 'an assessor helps nobody');
select pg_temp.as_person('kediri-gov');
select is(pg_temp.reset('kediri-eco'), 'forbidden', 'nor does the owner of a dimension');
select pg_temp.as_person('kediri');
select is(pg_temp.reset('madiun-gov'), 'forbidden', 'a city''s operator not those of another city');
select is(pg_temp.reset('kantor'), 'forbidden', 'nor the office');
select is(pg_temp.reset('kediri'), 'forbidden', 'nor themselves');
select is(pg_temp.last_act(), 'kediri@uji.go.id refused', 'which is in the trail');
select is(pg_temp.has('madiun-gov') || ', ' || pg_temp.has('kediri') || ', '
          || pg_temp.has('kediri-gov'),
          'codes password 2 1, codes password 2 1, codes password 2 2', 'and nothing has changed');
select is(pg_temp.reset('kediri-gov', ' '), 'invalid {"reason": "missing"}', 'a reason is needed');
select is(pg_temp.reset('kediri-gov', E'a\u0007'), 'invalid {"reason": "control"}', 'of letters');
update data.session set proved_at = now() - interval '11 minutes'
    where account in (pg_temp.number('kediri'), pg_temp.number('kantor'));
select is(pg_temp.reset('kediri-gov'), 'unproved', 'and a fresh proof of who asks');
select is(pg_temp.has('kediri-gov'), 'codes password 2 2', 'or nothing changes');
update data.session set proved_at = now()
    where account in (pg_temp.number('kediri'), pg_temp.number('kantor'));
select is(pg_temp.reset('kediri-gov'), 'done', 'an owner of their own city');
select is(pg_temp.has('kediri-gov'), 'password 0', 'has a password and nothing else');
select is(pg_temp.last_act(), 'kediri@uji.go.id authenticator_reset Ponsel hilang',
    'one row in the trail says who and why');
select is(pg_temp.reset('kediri-gov'), 'state', 'what is gone can not go again');
select is((select count(*) from data.mail), 0::bigint, 'no mail where none goes out');
select is(pg_temp.as_person('kediri-gov'), 'nobody', 'their sessions are over');

-- The next sign-in.
select is((act.sign_in((select b.attempt
          from act.sign_in_begin('kediri-gov@uji.go.id', 'standard') b), 'kediri-gov@uji.go.id',
          repeat('cd', 32), pg_temp.token('wrong'))).outcome,
          'refused', 'without the password nobody gets further');
select (act.sign_in((select b.attempt from act.sign_in_begin('kediri-gov@uji.go.id', 'standard') b),
    'kediri-gov@uji.go.id', repeat('ab', 32), pg_temp.token('back'))).outcome;
select pg_temp.as_person('back');
select results_eq($$select level, enrolled from act.enter(pg_temp.token('back'), '', '', '')$$,
    $$values ('password', false)$$, 'with it a new authenticator is connected');
select is((act.password_rehash(repeat('cd', 32),
          '$argon2id$v=19$m=47104,t=2,p=1$' || repeat('b', 22), repeat('ef', 32))).outcome,
          'refused',
          'only the key that was found right may be kept anew');
select is((act.code_enrol('sealed-new', 100, array['a-new-code'], pg_temp.token('in'))).outcome,
    'done', 'with its first code');
select is(pg_temp.has('kediri-gov'), 'codes password 1 1', 'and new recovery codes');

-- The office, with a mail; one's own; the operator's command.
select pg_temp.as_person('kantor');
select is(pg_temp.reset('kediri', 'Habis', true), 'done', 'the office helps anybody');
select results_eq($$select email, sealed, subject, length(rest),
                  position('Yth. Uji kediri,' in body) from act.mail_next()$$,
                  $$values ('kediri@uji.go.id', null::text,
                  'Autentikator akun Tolok Kota Anda sudah dilepas', null::integer, 1)$$,
                  'who is told so by mail');
select results_eq($$select purpose, state from act.mail_list()$$,
    $$values ('authenticator', 'waiting')$$, 'which waits');
select is((act.authenticator_renew((select b.attempt from act.confirm_begin('standard') b),
    repeat('cd', 32), true, pg_temp.token('kantor-new'))).outcome, 'refused',
    'one''s own needs the password');
select (act.authenticator_renew((select b.attempt from act.confirm_begin('standard') b),
    repeat('ab', 32), true, pg_temp.token('kantor-new'))).outcome;
select is(pg_temp.has('kantor') || ' ' || pg_temp.as_person('kantor') || ' '
    || pg_temp.as_person('kantor-new'), 'password 1 nobody kantor@uji.go.id',
    'with which a session waits for another one');
select is((select address from act.account_authenticator(' Madiun@uji.go.id', null, false))
    || pg_temp.has('madiun'), 'madiun@uji.go.idpassword 0', 'the operator''s command does it too');
select throws_ok($$select act.account_authenticator('madiun@uji.go.id', null, false)$$, 'P0001',
    'madiun@uji.go.id has no authenticator', 'once');
select pg_temp.as_person('kediri-gov');
select is((act.password_rehash(repeat('ab', 32),
          '$argon2id$v=19$m=47104,t=2,p=1$' || repeat('b', 22), repeat('ef', 32))).outcome,
          'refused',
          'and only between password and code');
select * from finish();
rollback;
