-- A city takes over quick wins that the portal shows for it from another source: number, address
-- and source stay, and so does what the public reads, until what the city says is published.
begin;
\ir desk.psql
\ir desk_wins.psql
select plan(22);

create function pg_temp.claim(name text, number integer) returns data.outcome language sql as $$
  select pg_temp.as_person(name);
  select act.win_claim(number, pg_temp.new_key());
$$;
create function pg_temp.outcome(name text, number integer) returns text language sql as $$
  select (pg_temp.claim(name, number)).outcome $$;
create temp table source as
select q.* from data.quick_win q where q.region = '35.71' and q.title = 'Bank Sampah';
create temp table economy as
select q.* from data.quick_win q where q.region = '35.71' and q.dimension = 'economy'
order by q.id limit 1;
create temp table elsewhere as
select q.* from data.quick_win q where q.region <> '35.71' order by q.id limit 1;
grant select on source, economy, elsewhere to public;

select is(pg_temp.outcome(name, (select id from source)), said, coalesce(name, 'nobody') || said)
from (values (null, 'signed_out'), ('kantor', 'forbidden'), ('asesor', 'forbidden'),
             ('madiun', 'forbidden'), ('kediri-eco', 'forbidden')) p (name, said);
select is(pg_temp.outcome('kediri', 999999), 'forbidden', 'one that is none');
select is(pg_temp.outcome('kediri', (select id from elsewhere)), 'forbidden',
          'one of another city');
select is(pg_temp.outcome('kediri-eco', (select id from economy)), 'done',
          'the owner of its dimension');

-- The board lists what is left.
set session authorization tolok_desk;
select pg_temp.as_person('kediri');
select doc('board', 'id', null, '1');
select is((select count(*) from part('found') p where (p ->> 'number')::integer in (
             (select id from source), (select id from economy))), 1::bigint,
          'the board lists what nobody has taken over');
reset session authorization;
create temp table taken as select c.* from pg_temp.claim('kediri', (select id from source)) c;
grant select on taken to public;
select is((select outcome from taken), 'done', 'and its operator');
select is((select (c).id from pg_temp.claim('kediri', (select id from source)) c),
          (select id from taken), 'a second time it is the same record');
select results_eq(
  'select w.region::text, w.dimension::text, w.public_id, w.published, v.state, v.title::text,
          v.summary::text
   from data.win w join data.win_version v on v.win = w.id where w.id = (select id from taken)',
  'select region::text, dimension::text, id, 1, ''published'', title, summary from source',
  'what it says, and its number');
select results_eq('select r.title, r.source from data.read_win r, source s where r.id = s.id',
                  'select title, source from source', 'the public reads what it read');
select is((select count(*) from data.audit a where a.act = 'win_claim'
             and a.subject_id = (select id::text from taken) and a.after ->> 'number'
                 = (select id::text from source)), 1::bigint, 'the trail tells it, once');

-- It is corrected as any other.
create function pg_temp.does(name text, what text) returns text language plpgsql as $$
declare
  w data.win;
  said data.outcome;
begin
  perform pg_temp.as_person(name);
  select d.* into w from data.win d where d.id = (select t.id from taken t);
  said := case what
    when 'save' then act.win_save(w.id, w.row_version, pg_temp.new_key(),
                                  pg_temp.words('Bank sampah kelurahan'))
    when 'submit' then act.win_submit(w.id, w.row_version, pg_temp.new_key())
    when 'publish' then act.win_decide(w.id, w.row_version, pg_temp.new_key(), true, null)
    when 'withdraw' then act.win_withdraw(w.id, w.row_version, pg_temp.new_key(), 'Berhenti') end;
  return said.outcome;
end $$;
select is(pg_temp.does('kediri', 'save') || pg_temp.does('kediri', 'submit'), 'donedone',
          'corrected and sent');
select is((select r.title from data.read_win r, source s where r.id = s.id), 'Bank Sampah',
          'meanwhile the public reads what it read');
select is(doc('quickwin', 'id', id::text) ->> 'kept' ~ '"renewed_at":null', true,
          'its page says that the words are of the source')
from source;
select is(pg_temp.does('kantor', 'publish'), 'done', 'published');
select results_eq(
  'select r.title, r.source from data.read_win r, source s where r.id = s.id',
  'select ''Bank sampah kelurahan'', source from source',
  'the public reads the city under the same number, and the source');
select is(doc('quickwin', 'id', id::text) ->> 'kept' ~ '"renewed_at":"20', true,
          'its page says whose words these are')
from source;
select is(pg_temp.does('kediri', 'withdraw') || pg_temp.does('kediri', 'save')
          || pg_temp.does('kediri', 'submit') || pg_temp.does('kantor', 'publish'),
          'donedonedonedone', 'taken back and published again');
select results_eq('select r.source from data.read_win r, source s where r.id = s.id',
                  'select source from source', 'it still tells the source');
select * from finish();
rollback;
