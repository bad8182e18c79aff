-- Showing again who one is: what may not be done without, how it is judged, and what is left of it.
begin;
\ir desk.psql
\ir desk_wins.psql
select plan(22);

create function pg_temp.key(good boolean) returns text language sql as $$ select repeat(case when good then 'ab' else 'cd' end, 32) $$;
create function pg_temp.number(who text) returns integer language sql as $$ select p.id from pg_temp.person p where p.name = who $$;
create function pg_temp.age(who text, age interval) returns void language sql as $$
  update data.session set proved_at = now() - age where account = pg_temp.number(who) $$;
create function pg_temp.prove(key text, counter bigint) returns text language sql as $$
  select (act.prove((select b.attempt from act.confirm_begin('standard') b), key, counter)).outcome $$;
create function pg_temp.publish(title text) returns text language sql as $$
  select (act.win_publish(pg_temp.id_of(title), pg_temp.version_of(title), pg_temp.new_key(), '')).outcome $$;
create function pg_temp.rows() returns bigint language sql as $$ select count(*) from data.audit $$;
create function pg_temp.last_act() returns text language sql as $$ select act || coalesce(' ' || (after ->> 'with'), '') from data.audit order by id desc limit 1 $$;

select pg_temp.make_win('Satu', 'kediri', 'governance', 'submitted');
select pg_temp.make_win('Dua', 'kediri', 'governance', 'submitted');
select pg_temp.age('kantor', '10 minutes 1 second');
select pg_temp.as_person('kantor');
create temp table before as select w::text as win, v::text as version, pg_temp.rows() as rows, (select count(*) from data.receipt) as receipts
from data.win w join data.win_version v on v.win = w.id where w.id = pg_temp.id_of('Satu');
select is(pg_temp.publish('Satu'), 'unproved', 'whoever signed in more than ten minutes ago publishes nothing');
select results_eq($$select w::text, v::text, pg_temp.rows(), (select count(*) from data.receipt) from data.win w join data.win_version v on v.win = w.id
                    where w.id = pg_temp.id_of('Satu')$$, 'select * from before', 'and nothing has happened');
select is((act.win_return(pg_temp.id_of('Dua'), pg_temp.version_of('Dua'), pg_temp.new_key(), 'Kurang')).outcome, 'done', 'returning needs none');
select pg_temp.age('kediri', '1 hour');
select pg_temp.as_person('kediri');
select is(pg_temp.publish('Satu'), 'forbidden', 'who may not publish is not asked');

-- The password.
select pg_temp.as_person('kantor');
select is(pg_temp.prove(pg_temp.key(false), null), 'refused', 'a wrong password');
select is(pg_temp.last_act(), 'refused', 'is in the trail');
select is(pg_temp.publish('Satu'), 'unproved', 'and proves nothing');
select is(pg_temp.prove(null, null), 'refused', 'nothing');
select is((act.prove(null, pg_temp.key(true), null)).outcome, 'refused', 'without a try that was counted');
create temp table rows as select pg_temp.rows() as n;
select is(pg_temp.prove(pg_temp.key(true), null), 'done', 'the right one');
select results_eq($$select pg_temp.last_act(), pg_temp.rows() - n from rows$$, $$values ('prove password', 1::bigint)$$, 'is one row in the trail');
select is(pg_temp.publish('Satu'), 'done', 'then they publish');

-- A code.
select pg_temp.age('kantor', '1 day');
select is(act.proved(), false, 'a day later');
select is(pg_temp.prove(null, 0), 'refused', 'a wrong code');
select is(pg_temp.prove(null, 100), 'done', 'the right one');
select is(pg_temp.last_act(), 'prove code', 'is in the trail');
select is(act.proved(), true, 'and good for ten minutes');
select is(pg_temp.prove(null, 100), 'refused', 'a code is good once');
select is((select outcome from data.login_attempt order by id desc limit 1), 'refused', 'and a wrong one counts like signing in');
select pg_temp.prove(null, 0) from generate_series(1, 5);
select results_eq($$select wait > 0, setting is null, sealed is null from act.confirm_begin('standard')$$, 'values (true, true, true)', 'so that who guesses waits');
-- Others.
select pg_temp.as_person('madiun');
select pg_temp.age('madiun', '1 day');
create temp table tried as select attempt from act.confirm_begin('standard');
select pg_temp.as_person('kediri');
select is((act.prove((select attempt from tried), pg_temp.key(true), null)).outcome, 'refused', 'somebody else''s try');
select pg_temp.as_person(null);
select is((act.prove(1, pg_temp.key(true), 5)).outcome, 'signed_out', 'nobody proves nothing');
select * from finish();
rollback;
