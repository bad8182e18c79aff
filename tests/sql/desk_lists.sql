-- What lists of the desk are made from says the same as the rows that each person may read.
begin;
\ir desk.psql
\ir desk_wins.psql
select plan(12);

select pg_temp.make_win(title, writer, dimension, state)
from (values ('A', 'kediri', 'governance', 'draft'), ('B', 'kediri', 'economy', 'submitted'),
             ('C', 'kediri-gov', 'governance', 'returned'),
             ('D', 'kediri', 'governance', 'published'), ('E', 'kediri', 'economy', 'published'),
             ('F', 'madiun', 'governance', 'published'),
             ('G', 'madiun', 'living', 'draft'),
             ('H', 'madiun', 'governance', 'published')) w (title, writer, dimension, state);
-- A new draft after a published version, one that is submitted again, one that is withdrawn, a
-- draft after a return.
select pg_temp.save('kediri', 'D', '{"summary": "lagi"}'),
    pg_temp.save('kediri', 'E', '{"summary": "lagi"}'),
    pg_temp.save('kediri-gov', 'C', '{"summary": "lagi"}');
select pg_temp.as_person('kediri');
select (act.win_submit(pg_temp.id_of('E'), pg_temp.version_of('E'), pg_temp.new_key())).outcome;
select pg_temp.as_person('madiun');
select (act.win_withdraw(pg_temp.id_of('F'), pg_temp.version_of('F'), pg_temp.new_key(),
    'Alasan')).outcome;

set session authorization tolok_desk;
-- How many rows one of two queries has and the other one has not, for that person; null when they
-- have none.
create function pg_temp.differing(name text, one text, other text) returns bigint language plpgsql
    as $$
declare
  rows bigint;
  said bigint;
begin
  perform pg_temp.as_person(name);
  execute format('select count(*), (select count(*)
      from ((%1$s except all %2$s) union all (%2$s except all %1$s)) d) from (%1$s) o',
          '(' || one || ')', '(' || other || ')')
  into rows, said;
  return case when rows > 0 then said end;
end $$;
select is(pg_temp.differing(who,
  'select id, n, replace(state, ''mending'', ''draft''), at from pub.desk_wins()',
  'select distinct on (v.win) v.win, v.n, v.state,
      greatest(v.saved_at, v.submitted_at, v.decided_at) from data.win_version v order by v.win,
          v.n desc'),
  0::bigint, who || ': quick wins with the newest version that they may read')
from unnest(array['kantor', 'asesor', 'kediri', 'kediri-gov', 'madiun', 'madiun-gov']) who;
select is(pg_temp.differing(who, 'select a.* from pub.desk_trail(null, null, 1000000, 1000000) a',
  'select a.id, a.at, a.account, a.actor, a.source, a.request,
      a.act, a.subject, a.subject_id, a.digest from data.audit a where a.id < 1000000'),
          0::bigint, who || ': entries of the trail')
from unnest(array['kantor', 'kediri', 'kediri-gov', 'madiun']) who;
select is(pg_temp.differing('kediri',
  'select a.id from pub.desk_trail(null, null, 1000000, 3) a order by id desc limit 3',
  'select a.id from data.audit a order by a.id desc limit 3'),
  0::bigint, 'the newest ones');
select is(pg_temp.differing('kantor',
  format('select a.id from pub.desk_trail(%s, ''quickwin'', 1000000, 1000) a', pg_temp.id_of('D')),
  format('select a.id from data.audit a where a.subject = ''win'' and a.subject_id = %L',
      pg_temp.id_of('D'))), 0::bigint, 'those of one quick win');
reset session authorization;
select * from finish();
rollback;
