-- One's own account: what the password has to confirm, recovery codes, other sessions; invitations
-- renewed; roles changed; demo accounts.
begin;
\ir desk.psql
select plan(42);

create function pg_temp.key(good boolean) returns text language sql as $$
    select repeat(case when good then 'ab' else 'cd' end, 32) $$;
create function pg_temp.number(who text) returns integer language sql as $$ select p.id
    from pg_temp.person p where p.name = who $$;
create function pg_temp.begin_confirm(who text) returns bigint language plpgsql as $$
begin
  perform pg_temp.as_person(who);
  return (select b.attempt from act.confirm_begin('standard') b);
end $$;
create temp table mark as select coalesce(max(id), 0) as id from data.audit;
create function pg_temp.new_acts() returns text language plpgsql as $$
declare
  said text := (select string_agg(a.act, ' ' order by a.id) from data.audit a
      where a.id > (select id from mark));
begin
  update mark set id = (select max(id) from data.audit);
  return said;
end $$;
create function pg_temp.setting(letter text) returns text language sql as $$
    select '$argon2id$v=19$m=47104,t=2,p=1$' || repeat(letter, 22) $$;

-- The password.
select pg_temp.as_person(null);
select is((select count(*) from act.confirm_begin('standard')), 0::bigint,
    'nobody has nothing to confirm');
select is((act.password_change(1, pg_temp.key(true), pg_temp.setting('b'),
    pg_temp.key(false))).outcome, 'signed_out', 'nor to change');
insert into data.session (account, digest, level, source, agent, expires_at)
select pg_temp.number('kediri'), data.digest_of(pg_temp.token('elsewhere')), 'full', '', '',
    now() + interval '1 hour';
select is((act.password_change(pg_temp.begin_confirm('kediri'), pg_temp.key(false),
    pg_temp.setting('b'), pg_temp.key(false))).outcome, 'refused', 'a wrong password');
select is(pg_temp.new_acts(), 'refused', 'is in the trail');
select is((act.password_change(pg_temp.begin_confirm('madiun'), pg_temp.key(false),
    pg_temp.setting('b'), pg_temp.key(false))).outcome, 'refused', 'as everybody''s');
create temp table tried as select pg_temp.begin_confirm('madiun') as attempt;
select pg_temp.as_person('kediri');
select is((act.password_change((select attempt from tried), pg_temp.key(true), pg_temp.setting('b'),
    pg_temp.key(false))).outcome, 'refused', 'somebody else''s attempt');
create temp table mine as select pg_temp.begin_confirm('kediri') as attempt;
select is((act.password_change((select attempt from mine), pg_temp.key(true), pg_temp.setting('b'),
    pg_temp.key(false))).outcome, 'done', 'the right password');
select is((select password_setting || password_digest from data.account
          where id = pg_temp.number('kediri')),
          pg_temp.setting('b') || encode(sha256(decode(pg_temp.key(false), 'hex')), 'hex'),
          'it is another one now');
select is(pg_temp.as_person('elsewhere'), 'nobody', 'other sessions are over');
select is(pg_temp.as_person('kediri'), 'kediri@uji.go.id', 'this one is not');
select is((act.password_change((select attempt from mine), pg_temp.key(false), pg_temp.setting('c'),
    pg_temp.key(true))).outcome, 'refused', 'an attempt is good for one key');
select is((act.password_change(pg_temp.begin_confirm('kediri'), pg_temp.key(true),
    pg_temp.setting('c'), pg_temp.key(true))).outcome, 'refused', 'the old password is none');
select pg_temp.begin_confirm('kediri') from generate_series(1, 4);
select is((select wait > 800 from act.confirm_begin('standard')), true,
    'who tries too often waits');

-- Recovery codes.
select pg_temp.as_person('madiun');
select is((select codes_left from act.own_state()), 0::bigint, 'no codes yet');
select is((act.recovery_renew(pg_temp.begin_confirm('madiun'), pg_temp.key(false),
    '{a,b}')).outcome, 'refused', 'new codes need the password');
select is((act.recovery_renew(pg_temp.begin_confirm('madiun'), pg_temp.key(true),
    '{satu,dua,tiga}')).outcome, 'done', 'new codes');
select is((select codes_left from act.own_state()), 3::bigint, 'are there');
select is((act.recovery_renew(pg_temp.begin_confirm('madiun'), pg_temp.key(true),
    '{empat}')).outcome, 'done', 'and others');
select is((select string_agg(digest, ' ') from data.recovery_code
    where account = pg_temp.number('madiun')), data.digest_of('empat'), 'take their place');

-- Sessions.
insert into data.session (account, digest, level, source, agent, expires_at)
select pg_temp.number('madiun'), data.digest_of(pg_temp.token('madiun' || n)), 'full', '', '',
    now() + interval '1 hour' from generate_series(1, 3) n;
select pg_temp.as_person('madiun');
select is((act.sessions_end()).outcome, 'done', 'ending all others');
select is((select count(*) from data.session where account = pg_temp.number('madiun')
    and ended_at is null), 1::bigint, 'leaves this one');
select is(pg_temp.as_person('madiun'), 'madiun@uji.go.id', 'which goes on');
select pg_temp.as_person(null);
select is((act.sessions_end()).outcome, 'signed_out', 'nobody has none');

-- A new link.
select pg_temp.new_acts();
select pg_temp.as_person('kediri');
create temp table invited as
    select (act.invite(pg_temp.wants('baru@uji.go.id', 'Baru', 'owner', '35.71', 'living'),
    pg_temp.token('first'))).id;
select is((act.reinvite((select id from invited), pg_temp.token('second'))).outcome, 'done',
    'a new link by the city');
select is((select count(*) from act.invitation_find(pg_temp.token('first'))) || ' '
    || (select count(*) from act.invitation_find(pg_temp.token('second'))), '0 1',
    'ends the old one');
select pg_temp.as_person('madiun');
select is((act.reinvite((select id from invited), pg_temp.token('third'))).outcome, 'forbidden',
    'not by another city');
select pg_temp.as_person('kantor');
select is((act.reinvite(pg_temp.number('kediri'), pg_temp.token('third'))).outcome, 'forbidden',
    'nor for an account that is used');
select is(pg_temp.new_acts(), 'account_invite account_invite refused refused', 'the trail');

-- Another role.
select is((act.account_change(pg_temp.number('kantor'),
    pg_temp.wants(null, null, 'assessor', null, null))).outcome,
    'forbidden', 'nobody changes their own');
select is((act.account_change(0,
    pg_temp.wants(null, null, 'assessor', null, null))).outcome, 'forbidden',
    'nor one that is none');
select is((act.account_change(pg_temp.number('asesor'),
    pg_temp.wants(null, null, 'walikota', null, null))).faults,
    '{"role": "wrong"}', 'a role that is none');
select is((act.account_change(pg_temp.number('asesor'),
    pg_temp.wants(null, null, 'operator', null, null))).faults,
    '{"region": "wrong"}', 'without its region');
select is((act.account_change(pg_temp.number('asesor'),
    pg_temp.wants(null, null, 'operator', '99.99', null))).faults,
    '{"region": "wrong"}', 'a region that is none');
select is((act.account_change(pg_temp.number('asesor'),
    pg_temp.wants(null, null, 'owner', '35.71', 'none'))).faults,
    '{"dimension": "wrong"}', 'a dimension that is none');
select is((act.account_change(pg_temp.number('asesor'),
    pg_temp.wants(null, null, 'owner', '35.71', 'living'))).outcome,
    'done', 'another role');
select is(pg_temp.as_person('asesor'), 'nobody', 'ends the sessions');
select pg_temp.as_person('kediri');
select is((act.account_change(pg_temp.number('madiun'),
    pg_temp.wants(null, null, 'assessor', null, null))).outcome,
    'forbidden', 'a city changes nobody');

-- Demo accounts.
select act.demo_make('demo@uji.go.id', 'Demo', 'operator', 'kota-kediri', null,
    pg_temp.setting('d'), pg_temp.key(true), 'sealed-demo');
select results_eq($$select sealed from act.demo_secret('Demo@uji.go.id ')$$,
    $$values ('sealed-demo')$$, 'the secret of a demo account');
select is_empty($$select * from act.demo_secret('kediri@uji.go.id')$$, 'and of nobody else');
select throws_ok($$select act.demo_make('kediri@uji.go.id', 'Demo', 'office', null, null, 'x', 'ab',
    'x')$$, null, null, 'an account of a real person is never made one');
select is((select ended from act.demo_end()), 1::bigint, 'they are ended');
select is((select string_agg(state, ' ') from data.account where demo), 'disabled', 'all of them');
select * from finish();
rollback;
