-- One row in the trail for each act, done, denied or failed, and none for what only asked: each
-- line is what is done by whom, and the rows it leaves.
begin;
\ir desk.psql
select plan(39);

create function pg_temp.key(good boolean) returns text language sql as $$
    select repeat(case when good then 'ab' else 'cd' end, 32) $$;
create function pg_temp.number(who text) returns integer language sql as $$ select p.id
    from pg_temp.person p where p.name = who $$;
create temp table win as
    select (act.win_save(null, null, pg_temp.new_key(),
    pg_temp.words('Uji') || '{"dimension": "governance"}')).id
from pg_temp.as_person('kediri');
create function pg_temp.win() returns integer language sql as $$ select id from win $$;
create function pg_temp.seen() returns integer language sql as $$ select w.row_version
    from data.win w where w.id = pg_temp.win() $$;
create function pg_temp.attempt(email text) returns bigint language sql as $$ select b.attempt
    from act.sign_in_begin(email, 'x') b $$;
create temp table mark as select max(id) as id from data.audit;

-- What the statement leaves in the trail when that person does it: acts, with who is said to have
-- done them. Nobody is '-' at the desk, and 'tolok' for all other roles, such as that of this test.
create function pg_temp.leaves(who text, statement text) returns text language plpgsql as $$
declare
  rows text;
begin
  perform pg_temp.as_person(who);
  execute statement;
  select coalesce(string_agg(a.act || ' ' || split_part(a.actor, '@', 1), ', ' order by a.id),
      '') into rows from data.audit a where a.id > (select m.id from mark m);
  update mark set id = (select max(a.id) from data.audit a);
  return rows;
end $$;

select is(pg_temp.leaves(who, statement), rows, coalesce(who, 'nobody') || ': ' || statement)
from (values
  -- Signing in.
  (1, null, $$select act.sign_in(pg_temp.attempt('tak.ada@uji.go.id'), 'tak.ada@uji.go.id',
      pg_temp.key(true), pg_temp.token('a'))$$, 'sign_in_refused tolok'),
  (2, null, $$select act.sign_in(pg_temp.attempt('asesor@uji.go.id'), 'asesor@uji.go.id',
      pg_temp.key(false), pg_temp.token('a'))$$, 'sign_in_refused tolok'),
  (3, null, $$select act.sign_in(pg_temp.attempt('asesor@uji.go.id'), 'asesor@uji.go.id',
      pg_temp.key(true), pg_temp.token('half'))$$, 'sign_in_password asesor'),
  (4, 'half', $$select act.code_accept(null, pg_temp.token('b'))$$, 'sign_in_refused asesor'),
  (5, 'half', $$select act.recovery_accept('x', pg_temp.token('b'))$$, ''),
  (6, 'half', $$select act.code_accept(7, pg_temp.token('full'))$$, 'sign_in asesor'),
  (7, 'full', $$select act.sign_out()$$, 'sign_out asesor'),
  (8, 'full', $$select act.sign_out()$$, ''),
  (9, null, $$select pg_temp.attempt('madiun@uji.go.id') from generate_series(1, 6)$$,
      'sign_in_throttled tolok'),
  -- Accounts.
  (10, 'kantor', $$select act.invite(pg_temp.wants('baru@uji.go.id', 'Baru', 'assessor', null,
      null),
    pg_temp.token('baru'))$$, 'account_invite kantor'),
  (11, 'kantor', $$select act.invite(pg_temp.wants('bukan alamat', 'Baru', 'assessor', null, null),
    pg_temp.token('x'))$$, ''),
  (12, 'kediri', $$select act.invite(pg_temp.wants('lain@uji.go.id', 'Baru', 'office', null, null),
    pg_temp.token('x'))$$, 'refused kediri'),
  (13, null, $$select act.invitation_accept(pg_temp.token('baru'),
      '$argon2id$v=19$m=47104,t=2,p=1$' || repeat('b', 22), pg_temp.key(true),
      pg_temp.token('n'))$$, 'account_accept baru'),
  (14, 'n', $$select act.code_enrol('sealed', 8, '{a,b}', pg_temp.token('n2'))$$,
      'code_enrol baru, sign_in baru'),
  (15, 'kantor', $$select act.account_change((select id from data.account
      where email = 'baru@uji.go.id'),
    pg_temp.wants(null, null, 'operator', '35.71', null))$$, 'account_change kantor'),
  (16, 'kediri', $$select act.account_change(pg_temp.number('kediri-gov'),
    pg_temp.wants(null, null, 'operator', '35.71', null))$$, 'refused kediri'),
  (17, 'kantor', $$select act.reset(pg_temp.number('madiun'), pg_temp.token('reset'))$$,
      'password_reset_offer kantor'),
  (18, 'kediri', $$select act.reset(pg_temp.number('madiun'), pg_temp.token('x'))$$,
      'refused kediri'),
  (19, null, $$select act.invitation_accept(pg_temp.token('reset'),
      '$argon2id$v=19$m=47104,t=2,p=1$' || repeat('b', 22), pg_temp.key(true),
      pg_temp.token('m'))$$, 'password_reset madiun'),
  (20, null, $$select act.invitation_accept(pg_temp.token('reset'), 'x', pg_temp.key(true),
      pg_temp.token('m'))$$, ''),
  (21, 'kantor', $$select act.disable((select id from data.account where email = 'baru@uji.go.id'),
      'Pindah')$$, 'account_disable kantor'),
  (22, 'madiun-gov', $$select act.disable(pg_temp.number('kediri'), 'x')$$, 'refused madiun-gov'),
  -- One's own.
  (23, 'kediri', $$select act.password_change(pg_temp.attempt('kediri@uji.go.id'),
      pg_temp.key(false), 'x', pg_temp.key(true))$$, 'refused kediri'),
  (24, 'kediri', $$select act.password_change(pg_temp.attempt('kediri@uji.go.id'),
      pg_temp.key(true), '$argon2id$v=19$m=47104,t=2,p=1$' || repeat('b', 22), pg_temp.key(true))$$,
      'password_change kediri'),
  (25, 'kediri', $$select act.recovery_renew(pg_temp.attempt('kediri@uji.go.id'), pg_temp.key(true),
      '{a}')$$, 'recovery_renew kediri'),
  (26, 'kediri', $$select act.session_end((select min(id) from data.session
      where account = pg_temp.number('kantor')))$$, 'refused kediri'),
  (27, 'kediri', $$select act.sessions_end()$$, 'sessions_end kediri'),
  -- Quick wins.
  (30, 'kediri', $$select act.win_save(pg_temp.win(), pg_temp.seen(), pg_temp.new_key(),
      '{"lesson": "x"}')$$, 'win_save kediri'),
  (31, 'kediri-eco', $$select act.win_save(pg_temp.win(), pg_temp.seen(), pg_temp.new_key(),
      '{"lesson": "y"}')$$, 'refused kediri-eco'),
  (32, 'kediri', $$select act.file_ask(pg_temp.win(), pg_temp.seen(), 'key-of-this-file', 'a.pdf',
      'A', repeat('a', 64), 'pdf', 1, null),
      act.file_add(pg_temp.win(), pg_temp.seen(), 'key-of-this-file', 'a.pdf', 'A', repeat('a', 64),
      'pdf', 1, null)$$, 'file_add kediri'),
  (33, 'madiun-gov', $$select act.file_remove(pg_temp.win(), 1, pg_temp.seen(), pg_temp.new_key(),
      '{}')$$, 'refused madiun-gov'),
  (34, 'kediri', $$select act.win_submit(pg_temp.win(), pg_temp.seen(), pg_temp.new_key())$$,
      'win_submit kediri'),
  (35, 'kediri', $$select act.win_publish(pg_temp.win(), pg_temp.seen(), pg_temp.new_key(), null)$$,
      'refused kediri'),
  (36, 'kantor', $$select act.win_publish(pg_temp.win(), pg_temp.seen(), pg_temp.new_key(), null)$$,
      'win_publish kantor'),
  (37, null, $$select act.win_withdraw(pg_temp.win(), pg_temp.seen(), pg_temp.new_key(), 'x')$$,
      '')) t (n, who, statement, rows)
order by n;

-- Looking leaves none, and each row says who, when, from where and by which request.
select is(pg_temp.leaves('kantor', $$select act.enter(pg_temp.token('kantor'), 'r', 's', 'a'),
    act.own_state(), act.touch(), act.code_state()$$), '', 'looking leaves no row');
select is((select count(*) from data.audit a where a.source = '198.51.100.7'
          and a.request = 'request-1' and a.at > now() - interval '1 minute' and a.actor <> ''),
          (select count(*) from data.audit a where a.subject <> 'round'),
          'each row says when, from where, by whom and by which request');
select is((select fault from act.audit_verify()), null, 'the chain is whole');
-- The operator's own.
select pg_temp.as_person(null);
select act.export_done((select max(id) from data.publication));
select is((select a.act || ' ' || a.actor || ' ' || a.subject from data.audit a order by a.id desc
    limit 1), 'export tolok round', 'a publication that was taken out');
select * from finish();
rollback;
