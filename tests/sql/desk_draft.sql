-- Drafts are thrown away without a trace but rows of the trail, records are copied, and what was
-- public and went says so at its address.
begin;
\ir desk.psql
\ir desk_wins.psql
select plan(30);

create function pg_temp.does(name text, what text, title text, reason text default null)
returns text language plpgsql as $$
declare
  w data.win;
  said data.outcome;
begin
  perform pg_temp.as_person(name);
  select d.* into w from data.win d where d.id = pg_temp.id_of(title);
  said := case what
    when 'save' then act.win_save(w.id, w.row_version, pg_temp.new_key(),
                                  jsonb_build_object('lesson', reason))
    when 'submit' then act.win_submit(w.id, w.row_version, pg_temp.new_key())
    when 'publish' then act.win_decide(w.id, w.row_version, pg_temp.new_key(), true, reason)
    when 'withdraw' then act.win_withdraw(w.id, w.row_version, pg_temp.new_key(), reason)
    when 'drop' then act.win_drop(w.id, w.row_version, pg_temp.new_key())
    when 'copy' then act.win_copy(w.id, w.row_version, pg_temp.new_key()) end;
  if what = 'copy' and said.outcome = 'done' then
    insert into made values ('Salinan', said.id);
  end if;
  return concat_ws(' ', said.outcome, said.faults);
end $$;

-- A draft that was never sent.
select pg_temp.make_win('Draf rahasia', 'kediri', 'governance', 'draft');
select pg_temp.attach('Draf rahasia', 'kediri', 'a.png', 'png', 70);
select is(pg_temp.does(name, 'drop', 'Draf rahasia'), said, coalesce(name, 'nobody') || ' ' || said)
from (values (null, 'signed_out'), ('kantor', 'forbidden'), ('asesor', 'forbidden'),
             ('madiun', 'forbidden'), ('kediri-eco', 'forbidden')) p (name, said);
select is((act.win_drop(pg_temp.id_of('Draf rahasia'), 0, pg_temp.new_key())).outcome, 'conflict',
          'not as it was before')
from pg_temp.as_person('kediri');
select is(pg_temp.does('kediri', 'drop', 'Draf rahasia'), 'done', 'its city throws it away');
select is((select count(*) from data.win where id = pg_temp.id_of('Draf rahasia'))
          + (select count(*) from data.win_version where win = pg_temp.id_of('Draf rahasia'))
          + (select count(*) from data.win_file where win = pg_temp.id_of('Draf rahasia'))
          + (select count(*) from data.file where digest = encode(sha256('a.png'), 'hex')),
          0::bigint, 'nothing of it is there');
select is((select string_agg(d.digest, ' ') from act.file_lapsed() d),
          encode(sha256('a.png'), 'hex'), 'its bytes go with the next step of the service');
select ok(not exists (
  select from data.audit a where a.subject_id = pg_temp.id_of('Draf rahasia')::text
  and concat(a.before, a.after) like '%rahasia%'), 'the trail has no word of it');
select is((select a.act || a.before from data.audit a order by a.id desc limit 1),
          'win_drop{"n": 1}', 'but that it was thrown away');
select is(pg_temp.does('kediri', 'drop', 'Draf rahasia'), 'forbidden', 'once');

-- A draft after what was published, with a file more and one less.
select pg_temp.make_win('Terbit', 'kediri', 'governance', 'draft');
select pg_temp.attach('Terbit', 'kediri', 'b.png', 'png', 70);
select pg_temp.does('kediri', 'submit', 'Terbit'), pg_temp.does('kantor', 'publish', 'Terbit');
select is(pg_temp.does('kediri', 'drop', 'Terbit'), 'state', 'what is published is no draft');
create function pg_temp.remove(title text) returns text language sql as $$
  select (act.file_remove(pg_temp.id_of(title), (select max(f.id) from data.win_file f
            where f.win = pg_temp.id_of(title)), pg_temp.version_of(title), pg_temp.new_key(),
            '{}')).outcome;
$$;
select pg_temp.as_person('kediri'), pg_temp.remove('Terbit');
select pg_temp.attach('Terbit', 'kediri', 'c.png', 'png', 70);
select is(pg_temp.does('kediri', 'save', 'Terbit', 'Pelajaran'), 'done', 'written on');
select is(pg_temp.does('kediri', 'drop', 'Terbit'), 'done', 'and thrown away');
select results_eq(
  $$select w.newest, w.own_state, f.name::text from data.win w
    join pub.desk_files(w.id, w.newest) f on true where w.id = pg_temp.id_of('Terbit')$$,
  $$values (1, 'published', 'b.png')$$, 'it is as it was published');
select is(pg_temp.does('kediri', 'save', 'Terbit', 'Pelajaran'), 'done', 'and can be written on');

-- A copy.
select is(pg_temp.does('madiun', 'copy', 'Terbit'), 'forbidden', 'another city copies by itself');
select is(pg_temp.does('kediri', 'copy', 'Terbit'), 'done', 'its city does');
select results_eq(
  $$select v.n, v.state, v.title::text, v.lesson::text, w.dimension::text, w.claimed
    from data.win w join data.win_version v on v.win = w.id
    where w.id = pg_temp.id_of('Salinan')$$,
  $$values (1, 'draft', 'Terbit', 'Pelajaran', 'governance', null::integer)$$,
  'with the newest words');

-- What the public read.
create function pg_temp.gone(title text) returns json language sql as $$
  select doc('quickwin', 'id', w.public_id::text) from data.win w
  where w.id = pg_temp.id_of(title) $$;
select is(pg_temp.gone('Terbit') ->> 'gone', null, 'it is there');
select ok(pg_temp.gone('Salinan') is null, 'a draft has no address');
select is(pg_temp.does('kediri', 'withdraw', 'Terbit', 'Program berhenti'), 'done', 'taken back');
select results_eq(
  $$select g.status, d.win, d.city, d.slug, x.office, x.reason
    from json_to_record(pg_temp.gone('Terbit')) d
      (http json, win text, city text, slug text, gone json),
    json_to_record(d.http) g (status integer), json_to_record(d.gone) x
      (office boolean, reason text)$$,
  $$values (410, null::text, 'Kota Kediri', 'kota-kediri', false, 'Program berhenti')$$,
  'its address says who took it back and why');
select is((select count(*) from data.win_gone where quick_win < 10000), 0::bigint,
          'and no other one does');
select is(pg_temp.does('kediri', 'save', 'Terbit', 'Lagi')
          || pg_temp.does('kediri', 'submit', 'Terbit')
          || pg_temp.does('kantor', 'publish', 'Terbit'), 'donedonedone', 'it comes again');
select is(pg_temp.gone('Terbit') ->> 'win', 'Terbit', 'and is there');
select is(pg_temp.does('kantor', 'withdraw', 'Terbit', 'Keliru'), 'done',
          'the office takes it back');
select is(pg_temp.gone('Terbit') -> 'gone' ->> 'office', 'true', 'which its address says');
update data.win_gone set reason = null;
select is(pg_temp.gone('Terbit') -> 'gone' ->> 'reason', null, 'an older one has no reason');
select * from finish();
rollback;
