-- Guards that stand behind another one: each is tried alone, as if what stands before it had
-- failed.
begin;
\ir desk.psql
select plan(28);

create function pg_temp.key(good boolean) returns text language sql as $$
    select repeat(case when good then 'ab' else 'cd' end, 32) $$;
create function pg_temp.number(who text) returns integer language sql as $$ select p.id
    from pg_temp.person p where p.name = who $$;
create function pg_temp.sign_in(who text, token text) returns text language sql as $$
  select (act.sign_in(b.attempt, who || '@uji.go.id', pg_temp.key(true),
      pg_temp.token(token))).outcome
      from act.sign_in_begin(who || '@uji.go.id', '$argon2id$v=19$m=47104,t=2,p=1$') b
$$;
create function pg_temp.accept(token text, session text) returns text language sql as $$
  select (act.invitation_accept(pg_temp.token(token),
      '$argon2id$v=19$m=47104,t=2,p=1$' || repeat('b', 22), pg_temp.key(true),
      pg_temp.token(session))).outcome
$$;
-- What is true after a change that is taken back then.
create function pg_temp.after(change text, question text) returns text language plpgsql as $$
declare
  answer text;
begin
  execute change;
  execute question into answer;
  raise exception using errcode = 'XX999', message = coalesce(answer, 'null');
exception when sqlstate 'XX999' then
  return sqlerrm;
end $$;

-- Recovery codes open their own account.
insert into data.recovery_code (account, digest)
    values (pg_temp.number('kantor'), data.digest_of('abcd-efgh-jkmn-pqrs'));
select pg_temp.as_person(null);
select is(pg_temp.sign_in('madiun', 'half'), 'done', 'the first step');
select pg_temp.as_person('half');
select is((act.recovery_accept('abcd-efgh-jkmn-pqrs', pg_temp.token('full'))).outcome, 'refused',
    'the recovery code of somebody else opens nothing');
select is((select used_at from data.recovery_code where account = pg_temp.number('kantor')), null,
    'and is not used up by it');
select throws_ok($$select act.code_accept(7, 'short')$$, 'P0001', null,
    'no session has a short token');
select is((act.code_enrol('other', 9, '{a}', pg_temp.token('full'))).outcome, 'refused',
    'who has an authenticator gets no other one');
select is((select otp_secret from data.account where id = pg_temp.number('madiun')),
    'sealed-madiun', 'and keeps their own');

-- Resets.
select pg_temp.as_person('kantor');
select is((act.reset(pg_temp.number('kantor'), pg_temp.token('own'))).outcome, 'forbidden',
    'nobody resets their own password');
select is((act.reset(pg_temp.number('madiun'), pg_temp.token('reset'))).outcome, 'done',
    'the office resets that of others');
select is((select extract(epoch from expires_at - now())::integer from data.invitation
    where digest = data.digest_of(pg_temp.token('reset'))), 1800, 'for half an hour');
select is(pg_temp.after($$update data.invitation set expires_at = now()
    where digest = data.digest_of(pg_temp.token('reset'))$$,
    $$select pg_temp.accept('reset', 'a')$$), 'refused', 'not longer');
select is(pg_temp.after($$update data.account set state = 'disabled'
    where id = pg_temp.number('madiun')$$, $$select pg_temp.accept('reset', 'a')$$), 'refused',
    'nor for an account that has ended');
select is(pg_temp.accept('reset', 'a'), 'done', 'a reset');
select is((select count(*) from data.session where account = pg_temp.number('madiun')
    and ended_at is null and digest <> data.digest_of(pg_temp.token('a'))), 0::bigint,
    'ends all sessions of before');
select is((select level from data.session where digest = data.digest_of(pg_temp.token('a'))),
    'password', 'and still asks for the code');

-- Sessions.
select is(pg_temp.after($$update data.session set expires_at = now()$$,
    $$select pg_temp.as_person('kediri')$$), 'nobody', 'a session that is over, however busy');
select is(pg_temp.after($$update data.account set state = 'disabled'
    where email = 'kediri@uji.go.id'$$, $$select pg_temp.as_person('kediri')$$), 'nobody',
    'that of an account which ended in the middle of it');
select is(pg_temp.after($$update data.account set state = 'disabled'
    where email = 'kediri@uji.go.id'$$, $$select pg_temp.sign_in('kediri', 'x')$$), 'refused',
    'which can not sign in');
select is(pg_temp.after($$update data.account set state = 'disabled'
                        where email = 'kediri@uji.go.id'$$,
                        $$select setting <> (select password_setting from data.account
                        where email = 'kediri@uji.go.id')
                        from act.sign_in_begin('kediri@uji.go.id', 'x')$$), 'true',
          'and looks like one that never was');
select pg_temp.as_person(null);
select is(pg_temp.sign_in('asesor', 'h2'), 'done', 'somebody else signs in');
select pg_temp.as_person('h2');
select is((act.code_accept(7, pg_temp.token('f2'))).outcome, 'done', 'with their code');
select is((select array_agg(extract(epoch from expires_at - created_at)::integer order by id)
          from data.session where digest in (data.digest_of(pg_temp.token('h2')),
          data.digest_of(pg_temp.token('f2')))),
          '{600,43200}', 'for ten minutes between the steps, and then for twelve hours');
select pg_temp.as_person('kantor');
insert into data.invitation (account, purpose, digest, expires_at)
    values (pg_temp.number('asesor'), 'reset', data.digest_of(pg_temp.token('open')),
    now() + interval '1 hour');
select is((act.disable(pg_temp.number('asesor'), 'x')).outcome, 'done', 'an account that ends');
select is((select count(*) from data.session where account = pg_temp.number('asesor')
          and ended_at is null)
          + (select count(*) from data.invitation where account = pg_temp.number('asesor')
          and closed_at is null), 0::bigint, 'takes its sessions and its links along');

-- A city's share of the disk, over all of its quick wins.
select pg_temp.as_person('kediri');
create temp table win as
    select (act.win_save(null, null, pg_temp.new_key(), pg_temp.words('Uji ' || i))).id
    from generate_series(1, 2) i;
create function pg_temp.fill(files integer, bytes integer, age interval) returns text language sql
  as $$
  insert into data.file (digest, kind, bytes) select encode(sha256(('isi ' || i)::bytea), 'hex'),
      'pdf', bytes from generate_series(1, files) i;
  insert into data.win_file (win, digest, name, caption, since, added_by, added_at)
  select (select min(id) from win), encode(sha256(('isi ' || i)::bytea), 'hex'), 'a.pdf', 'A', 1,
      pg_temp.number('kediri'), now() - age from generate_series(1, files) i;
  select '';
$$;
create function pg_temp.may() returns text language sql as $$
    select concat_ws(' ', a.outcome, a.faults)
    from act.file_ask((select max(id) from win), 1, pg_temp.new_key(), 'a.pdf', 'A',
    repeat('a', 64), 'pdf', 1048576, null) a $$;
select is(pg_temp.after($$select pg_temp.fill(199, 1, '23 hours')$$, 'select pg_temp.may()'),
    'reserved', '199 files in a day');
select is(pg_temp.after($$select pg_temp.fill(200, 1, '23 hours')$$, 'select pg_temp.may()'),
    'invalid {"file": "quota"}', 'not more than 200');
select is(pg_temp.after($$select pg_temp.fill(204, 10485760, '25 hours')$$, 'select pg_temp.may()'),
    'reserved', 'those of yesterday do not count as today''s');
select is(pg_temp.after($$select pg_temp.fill(205, 10485760, '25 hours')$$, 'select pg_temp.may()'),
    'invalid {"file": "quota"}', 'but in all there is room for 2 GB');

-- What is said of an error of the desk's goes into the database's log: not the row.
select is((select option_value from pg_roles r,
    pg_options_to_table(r.rolconfig) where r.rolname = 'tolok_desk'
    and option_name = 'log_error_verbosity'), 'terse', 'no row stands in a log');
select * from finish();
rollback;
