-- Showing again who one is: what may not be done without, how it is judged, and what is left of it.
begin;
\ir desk.psql
\ir desk_wins.psql
select plan(38);

create function pg_temp.key(good boolean) returns text language sql as $$
    select repeat(case when good then 'ab' else 'cd' end, 32) $$;
create function pg_temp.number(who text) returns integer language sql as $$ select p.id
    from pg_temp.person p where p.name = who $$;
create function pg_temp.age(who text, age interval) returns void language sql as $$
  update data.session set proved_at = now() - age where account = pg_temp.number(who) $$;
create function pg_temp.prove(key text, counter bigint) returns text language sql as $$
  select (act.prove((select b.attempt from act.confirm_begin('standard') b), key,
      counter)).outcome $$;
create function pg_temp.publish(title text) returns text language sql as $$
  select (act.win_publish(pg_temp.id_of(title), pg_temp.version_of(title), pg_temp.new_key(),
      '')).outcome $$;
create function pg_temp.rows() returns bigint language sql as $$ select count(*) from data.audit $$;
create function pg_temp.last_act() returns text language sql as $$ select act
    || coalesce(' ' || (after ->> 'with'), '') from data.audit order by id desc limit 1 $$;

select pg_temp.make_win('Satu', 'kediri', 'governance', 'submitted');
select pg_temp.make_win('Dua', 'kediri', 'governance', 'submitted');
select pg_temp.age('kantor', '10 minutes 1 second');
select pg_temp.as_person('kantor');
create temp table before as select w::text as win, v::text as version, pg_temp.rows() as rows,
    (select count(*) from data.receipt) as receipts
from data.win w join data.win_version v on v.win = w.id where w.id = pg_temp.id_of('Satu');
select is(pg_temp.publish('Satu'), 'unproved',
    'whoever signed in more than ten minutes ago publishes nothing');
select results_eq($$select w::text, v::text, pg_temp.rows(),
                    (select count(*) from data.receipt) from data.win w
                    join data.win_version v on v.win = w.id
                    where w.id = pg_temp.id_of('Satu')$$, 'select * from before',
                    'and nothing has happened');
select is((act.win_return(pg_temp.id_of('Dua'), pg_temp.version_of('Dua'), pg_temp.new_key(),
    '{"reason": "Kurang"}')).outcome, 'done', 'returning needs none');
select pg_temp.age('kediri', '1 hour');
select pg_temp.as_person('kediri');
select is(pg_temp.publish('Satu'), 'forbidden', 'who may not publish is not asked');

-- So with whatever makes, strengthens or ends an account, or takes away what is public.
select pg_temp.age('kantor', '1 second');
select pg_temp.make_win('Tiga', 'kediri', 'governance', 'published');
insert into data.account (email, name, role) values ('diundang@uji.go.id', 'Diundang', 'assessor');
create temp table grave (n, who, statement) as values
  (1, 'kantor', $$act.invite(pg_temp.wants('baru@uji.go.id', 'Baru', 'office', null, null),
    pg_temp.token('a'))$$),
  (2, 'kediri', $$act.invite(pg_temp.wants('baru@uji.go.id', 'Baru', 'owner', '35.71', 'living'),
    pg_temp.token('b'))$$),
  (3, 'kantor', $$act.reinvite((select id from data.account where email = 'diundang@uji.go.id'),
      pg_temp.token('c'))$$),
  (4, 'kantor', $$act.reset(pg_temp.number('madiun'), pg_temp.token('d'))$$),
  (5, 'kantor', $$act.account_change(pg_temp.number('asesor'),
    pg_temp.wants(null, null, 'office', null, null))$$),
  (6, 'kantor', $$act.disable(pg_temp.number('madiun'), 'x')$$),
  (7, 'kantor', $$act.authenticator_reset(pg_temp.number('madiun'), 'x', false)$$),
  (8, 'kediri', $$act.authenticator_reset(pg_temp.number('kediri-gov'), 'x', false)$$),
  (9, 'kantor', $$act.win_withdraw(pg_temp.id_of('Tiga'), pg_temp.version_of('Tiga'),
      pg_temp.new_key(), 'x')$$),
  (10, 'kediri', $$act.win_withdraw(pg_temp.id_of('Tiga'), pg_temp.version_of('Tiga'),
      pg_temp.new_key(), 'x')$$);
create function pg_temp.says(who text, statement text) returns text language plpgsql as $$
declare
  said text;
begin
  perform pg_temp.as_person(who);
  execute 'select (' || statement || ').outcome' into said;
  return said;
end $$;
update data.session set proved_at = now() - interval '11 minutes';
create temp table count_before as select pg_temp.rows() as n;
select is(pg_temp.says(who, statement), 'unproved',
    who || ' ' || split_part(statement, '(', 1) || ' wants a fresh proof') from grave order by n;
select is(pg_temp.rows(), n, 'and none of it has happened') from count_before;
select is(pg_temp.says('madiun', $$act.disable(pg_temp.number('kediri'), 'x')$$), 'forbidden',
    'who may not is not asked');
select pg_temp.make_win('Empat', 'kediri', 'governance', 'submitted');
update data.session set proved_at = now() - interval '11 minutes';
select is(pg_temp.says('kediri',
    $$act.win_withdraw(pg_temp.id_of('Empat'), pg_temp.version_of('Empat'), pg_temp.new_key(),
    'x')$$), 'done', 'what is not public is taken back without');

-- The password.
select pg_temp.age('kantor', '10 minutes 1 second'), pg_temp.as_person('kantor');
select is(pg_temp.prove(pg_temp.key(false), null), 'refused', 'a wrong password');
select is(pg_temp.last_act(), 'refused', 'is in the trail');
select is(pg_temp.publish('Satu'), 'unproved', 'and proves nothing');
select is(pg_temp.prove(null, null), 'refused', 'nothing');
select is((act.prove(null, pg_temp.key(true), null)).outcome, 'refused',
    'without a try that was counted');
create temp table rows as select pg_temp.rows() as n;
select is(pg_temp.prove(pg_temp.key(true), null), 'done', 'the right one');
select results_eq($$select pg_temp.last_act(), pg_temp.rows() - n from rows$$,
    $$values ('prove password', 1::bigint)$$, 'is one row in the trail');
select is(pg_temp.publish('Satu'), 'done', 'then they publish');

-- A code.
select pg_temp.age('kantor', '1 day');
select is(act.proved(), false, 'a day later');
select is(pg_temp.prove(null, 0), 'refused', 'a wrong code');
select is(pg_temp.prove(null, 100), 'done', 'the right one');
select is(pg_temp.last_act(), 'prove code', 'is in the trail');
select is(act.proved(), true, 'and good for ten minutes');
select is(pg_temp.prove(null, 100), 'refused', 'a code is good once');
select is((select outcome from data.login_attempt order by id desc limit 1), 'refused',
    'and a wrong one counts like signing in');
select pg_temp.prove(null, 0) from generate_series(1, 5);
select results_eq($$select wait > 0, setting is null,
    sealed is null from act.confirm_begin('standard')$$, 'values (true, true, true)',
    'so that who guesses waits');
-- Others.
select pg_temp.as_person('madiun');
select pg_temp.age('madiun', '1 day');
create temp table tried as select attempt from act.confirm_begin('standard');
select pg_temp.as_person('kediri');
select is((act.prove((select attempt from tried), pg_temp.key(true), null)).outcome, 'refused',
    'somebody else''s try');
select pg_temp.as_person(null);
select is((act.prove(1, pg_temp.key(true), 5)).outcome, 'signed_out', 'nobody proves nothing');
-- Whoever has a session of somebody's, in many places, guesses at codes no longer than at the door.
select pg_temp.as_person('madiun');
create function pg_temp.prove_from(source text, counter bigint) returns text language sql as $$
  select set_config('tolok.source', source, true);
  select pg_temp.prove(null, counter)
$$;
update data.account set otp_secret = 'x', otp_counter = 5 where id = pg_temp.number('madiun');
select pg_temp.prove_from('198.18.0.' || n, 0) from generate_series(1, 10) n;
select is(pg_temp.prove_from('198.18.1.1', 6), 'refused',
          'after ten wrong codes no code counts where the account has not signed in before');
select is((select count(*) from data.mail m where m.account = pg_temp.number('madiun')
           and m.topic = 'codes'), 1::bigint, 'and its holder is told');
select is(pg_temp.prove_from((select s.source from data.session s
                              where s.account = pg_temp.number('madiun') and s.level = 'full'
                              limit 1), 6), 'done', 'where it has, it does');

select * from finish();
rollback;
