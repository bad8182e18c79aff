-- Invitations: who may take over whose, what a change of role leaves of them, how many there are,
-- and whom the office is told of.
begin;
\ir desk.psql
select plan(41);

create function pg_temp.number(who text) returns integer language sql as $$
  select a.id from data.account a where a.email = who || '@uji.go.id' $$;
create function pg_temp.invite(by_whom text, address text, role text, region text, dimension text,
    token text)
returns text language sql as $$
  select pg_temp.as_person(by_whom);
  select o.outcome || coalesce(' ' || o.faults::text, '')
      from act.invite(pg_temp.wants(address || '@uji.go.id', 'Baru', role, region, dimension),
    pg_temp.token(token), true) o
$$;
create function pg_temp.opens(token text) returns text language sql as $$
  select coalesce(string_agg(i.role, ' '), '') from act.invitation_find(pg_temp.token(token)) i $$;

-- By an operator.
select is(pg_temp.invite('kantor', 'satu', 'operator', '35.71', null, 'satu'), 'done',
    'the office invites an operator');
select is(pg_temp.invite('kediri', 'satu', 'owner', '35.71', 'living', 'lain'),
    'state {"email": "known"}', 'whom another one of the city can not make an owner');
select results_eq($$select pg_temp.opens('satu'), pg_temp.opens('lain')$$,
    $$values ('operator', '')$$, 'the link of the office is the one that is good');
select is(pg_temp.invite('kantor', 'dua', 'assessor', null, null, 'dua'), 'done', 'an assessor');
select is(pg_temp.invite('kediri', 'dua', 'owner', '35.71', 'living', 'dua-lain'),
    'state {"email": "known"}', 'nor one of the office');
select is(pg_temp.invite('kediri', 'tiga', 'owner', '35.71', 'living', 'tiga'), 'done',
    'an owner of their own');
select is(pg_temp.invite('kediri', 'tiga', 'owner', '35.71', 'economy', 'tiga-lagi'), 'done',
    'is invited anew');
select is(pg_temp.invite('madiun', 'tiga', 'owner', '35.77', 'living', 'tiga-lain'),
    'state {"email": "known"}', 'but not by another city');

-- Another role.
select pg_temp.as_person('kantor');
select is((act.account_change(pg_temp.number('tiga'),
    pg_temp.wants(null, null, 'office', null, null), true)).outcome, 'done',
    'the office makes them one of its own');
select is(pg_temp.opens('tiga-lagi'), '', 'to which the link of the city does not lead');
select act.reset(pg_temp.number('madiun'), pg_temp.token('reset'));
select is((act.account_change(pg_temp.number('madiun'),
    pg_temp.wants(null, null, 'assessor', null, null), true)).outcome,
    'done', 'nor does that of a reset');
select is(pg_temp.opens('reset'), '', 'to another role');

-- Who is told.
select results_eq($$select distinct m.purpose || ' ' || m.email from act.mail_list() m$$,
    $$values ('office kantor@uji.go.id')$$, 'of another one of its own the office is told');
select results_eq($$select position('tiga@uji.go.id diundang' in body) > 0 and body not like '%{%',
                  sealed is null and rest is null from act.mail_next()$$,
                  'values (true, true)', 'who it is');

-- Deputies, whom an operator makes within limits, and an address that comes back.
create function pg_temp.ends(who text, address text, why text default 'Mutasi') returns text
language sql as $$
  select pg_temp.as_person(who);
  select concat_ws(' ', o.outcome, o.faults) from act.disable(pg_temp.number(address), why) o $$;
create function pg_temp.reopens(who text, address text) returns text language sql as $$
  select pg_temp.as_person(who);
  select (act.reopen(pg_temp.number(address))).outcome $$;
select is(pg_temp.invite('kediri', 'wakil' || n, 'operator', '35.71', null, 'wakil' || n), w,
    'deputy ' || n)
from (values (1, 'done'), (2, 'done'), (3, 'done'), (4, 'invalid {"role": "deputies"}')) v (n, w);
select act.invitation_accept(pg_temp.token('wakil1'), '$argon2id$v=19$m=47104,t=2,p=1$'
    || repeat('a', 22), repeat('ab', 32), pg_temp.token('half'));
select act.session_begin(pg_temp.number('wakil1'), 'full', null, pg_temp.token('wakil1'));
select is(pg_temp.invite('wakil1', 'opd9', 'owner', '35.71', 'living,society', 'opd9'), 'done',
    'a deputy invites owners of several dimensions');
select is((select dimensions::text from data.account where email = 'opd9@uji.go.id'),
    '{living,society}', 'which they have');
select is(pg_temp.invite('wakil1', 'wakil5', 'operator', '35.71', null, 'wakil5'), 'forbidden',
    'but no deputies');
select is(pg_temp.ends('wakil1', 'kediri') || ' ' || pg_temp.ends('wakil1', 'wakil2'),
    'forbidden forbidden', 'and ends no operator');
select is(pg_temp.ends('madiun-gov', 'kediri-gov') || ' ' || pg_temp.ends('kediri', 'madiun-gov'),
    'forbidden forbidden', 'an owner ends nobody, a city nobody of another');
select is(pg_temp.ends('kediri', 'wakil1', ' '), 'invalid {"why": "missing"}', 'with a reason');
select is(pg_temp.ends('kediri', 'wakil1'), 'done', 'an operator ends their deputy');
select is(pg_temp.as_person('wakil1'), 'nobody', 'who is out at once');
select is(pg_temp.reopens('madiun-gov', 'wakil1') || ' ' || pg_temp.reopens('kediri', 'wakil1'),
    'forbidden done', 'and opens the account again');
select is((select state || (password_digest is not null)::text from data.account
    where email = 'wakil1@uji.go.id'), 'activetrue', 'as it was');
select is(pg_temp.ends('kediri', 'wakil1'), 'done', 'ended once more');
select is(pg_temp.invite('kediri', 'wakil1', 'owner', '35.71', 'economy', 'wakil1-lagi'), 'done',
    'its address comes back');
select is((select concat_ws(' ', state, role, dimensions, deputy, password_digest is null)
    from data.account where email = 'wakil1@uji.go.id'), 'invited owner {economy} f t',
    'as another account, which nothing of the old one opens');
select is(pg_temp.ends('kantor', 'madiun-gov'), 'done', 'the office ends any');
select is(pg_temp.invite('kediri', 'madiun-gov', 'owner', '35.71', 'economy', 'lain-kota'),
    'state {"email": "known"}', 'whose address no other city takes');

-- How many.
select results_eq($$select pg_temp.invite('kantor', 'empat', 'assessor', null, null, 'empat-' || n)
                  from generate_series(1, 6) n$$,
                  $$select case when n < 6 then 'done' else 'invalid {"email": "often"}' end
                  from generate_series(1, 6) n$$, 'five an hour go to an address');
select is(pg_temp.opens('empat-5'), 'assessor', 'the fifth is good');
update data.invitation set created_at = created_at - interval '1 hour'
    where account = pg_temp.number('empat');
select is(pg_temp.invite('kantor', 'empat', 'assessor', null, null, 'empat-7'), 'done',
    'an hour later another one');
insert into data.invitation (account, purpose, digest, created_by, created_at, expires_at)
select pg_temp.number('tiga'), 'invite', data.digest_of(who || n), pg_temp.number(who),
    now() - interval '2 hours', now()
from generate_series(1, 23) n, unnest(array['kediri', 'kantor']) who;
select is(pg_temp.invite('kediri', 'lima-' || n, 'owner', '35.71', 'living', 'lima-' || n), w,
    'of a city thirty a day')
from (values (1, 'done'), (2, 'invalid {"email": "many"}')) v (n, w);
select is(pg_temp.invite('kantor', 'lima-3', 'owner', '35.71', 'living', 'lima-3'), 'done',
    'of the office more');
update data.invitation set created_at = created_at - interval '1 day';
select is(pg_temp.invite('kediri', 'lima-4', 'owner', '35.71', 'living', 'lima-4'), 'done',
    'a day later again');
select is(pg_temp.invite('kantor', E'kan\u200btor', 'assessor', null, null, 'lima-5'),
          'invalid {"email": "wrong"}',
          'no address looks like another one');
select * from finish();
rollback;
