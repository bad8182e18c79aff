-- The office decides and is heard: reasons, remarks, answers, second sendings; what was sent is
-- called back, rejected, joined to another one.
begin;
\ir desk.psql
\ir desk_wins.psql
select plan(44);

create function pg_temp.does(name text, what text, title text, fields jsonb default '{}',
                             kept integer default null) returns text language plpgsql as $$
declare
  w data.win;
  key text := pg_temp.new_key();
  said data.outcome;
begin
  perform pg_temp.as_person(name);
  select d.* into w from data.win d where d.id = pg_temp.id_of(title);
  said := case what
    when 'save' then act.win_save(w.id, w.row_version, key, fields)
    when 'submit' then act.win_submit(w.id, w.row_version, key, fields ->> 'answer')
    when 'publish' then act.win_publish(w.id, w.row_version, key, fields ->> 'reason')
    when 'return' then act.win_return(w.id, w.row_version, key, fields)
    when 'reject' then act.win_return(w.id, w.row_version, key,
                                      fields || '{"verdict": "rejected"}')
    when 'open' then act.win_open(w.id)
    when 'recall' then act.win_recall(w.id, w.row_version, key)
    when 'fold' then act.win_fold(w.id, w.row_version, key, kept, fields ->> 'reason')
    when 'join' then act.win_join(w.id, w.row_version, key, kept, fields ->> 'carry') end;
  return concat_ws(' ', said.outcome, said.faults);
end $$;
create function pg_temp.number(title text) returns integer language sql as $$
  select w.public_id from data.win w where w.id = pg_temp.id_of($1) $$;
create function pg_temp.state(title text) returns text language sql as $$
  select string_agg(v.n || ' ' || v.state, ', ' order by v.n) from data.win_version v
  where v.win = pg_temp.id_of($1) $$;
create function pg_temp.reply(name text, page text, title text) returns text language plpgsql as $$
begin
  perform pg_temp.as_person(name);
  return doc(page, 'id', pg_temp.id_of(title)::text, null, null) -> 'reply' ->> 'reason';
end $$;

-- Called back as long as nobody has opened it.
select pg_temp.make_win('Kiriman', 'kediri', 'governance', 'submitted');
select is(pg_temp.does('madiun', 'recall', 'Kiriman'), 'forbidden', 'another city calls none back');
select is(pg_temp.does('kantor', 'recall', 'Kiriman'), 'forbidden', 'nor the office');
select is(pg_temp.does('kediri', 'recall', 'Kiriman'), 'done', 'its city does');
select is(pg_temp.state('Kiriman'), '1 draft', 'it is a draft again');
select is(pg_temp.does('kediri', 'recall', 'Kiriman'), 'state', 'once');
select is(pg_temp.does('kediri', 'submit', 'Kiriman'), 'done', 'sent again');
select is(pg_temp.does('kediri', 'open', 'Kiriman'), 'forbidden', 'a city opens nothing');
select is(pg_temp.does('kantor', 'open', 'Kiriman') || pg_temp.does('kantor', 'open', 'Kiriman'),
          'donedone', 'the office does');
select is((select count(*) from data.audit where act = 'win_open'
             and subject_id = pg_temp.id_of('Kiriman')::text), 1::bigint, 'noted once');
select is(pg_temp.does('kediri', 'recall', 'Kiriman'), 'state', 'then it can not be called back');

-- Returned with a standard reason, own words and a remark.
select is(pg_temp.does('kantor', 'return', 'Kiriman'), 'invalid {"reason": "missing"}',
          'for a reason only');
select is(pg_temp.does('kantor', 'return', 'Kiriman', jsonb_build_object('reason', 'x',
          'remark_title', repeat('x', 8001))), 'invalid {"remark_title": "long"}',
          'a remark that is too long');
select is(pg_temp.does('kantor', 'return', 'Kiriman',
          '{"standard": ["source", "none"], "reason": "Lengkapi.", "remark_title": "Terlalu umum",
            "remark_cost": " ", "remark_none": "x"}'), 'done', 'returned');
select results_eq($$select field, remark::text from data.win_remark$$,
                  $$values ('title', 'Terlalu umum')$$, 'with the remark that says something');
select is(pg_temp.reply('kediri', 'win', 'Kiriman'),
          e'Angkanya belum bersumber: sebutkan laporan, sistem, atau survei yang memuatnya.\n'
          'Lengkapi.', 'the city reads the reason');
select is(pg_temp.does('kediri', 'save', 'Kiriman', '{"lesson": "Baru"}'), 'done',
          'it begins to mend');
select is(pg_temp.reply('kediri', page, 'Kiriman') ~ 'Lengkapi', true,
          'the reason stays in view: ' || page)
from unnest(array['win', 'winedit', 'wincheck']) page;
select is((select v.told from json_to_recordset(doc('wincheck', 'id',
             pg_temp.id_of('Kiriman')::text, null, null) -> 'fields') v (f_word text, told text)
           where v.f_word = 'title'), 'Terlalu umum', 'and so does the remark');
select doc('board', 'id', 'mending', '1');
select is((select string_agg(p ->> 's_word', ' ') from part('wins') p), 'mending',
          'the board says that it is being mended');
select is(pg_temp.does('kediri', 'submit', 'Kiriman', jsonb_build_object('answer',
          repeat('x', 8001))), 'invalid {"answer": "long"}', 'an answer that is too long');
select is(pg_temp.does('kediri', 'submit', 'Kiriman', '{"answer": "Sudah bersumber."}'), 'done',
          'sent again with an answer');
select pg_temp.as_person('kantor');
select results_eq(
  $$select d.city_answer, d.times, d.reply ->> 'by_name', d.opens = d.id
    from json_to_record(doc('win', 'id', pg_temp.id_of('Kiriman')::text, null, null)) d
      (city_answer text, times integer, reply json, opens integer, id integer)$$,
  $$values ('Sudah bersumber.', 2, 'Uji kantor', true)$$,
  'the office reads the answer, how often it was sent, and who had decided');
select is(pg_temp.does('kantor', 'publish', 'Kiriman'), 'done', 'published');
select is(pg_temp.reply('kediri', 'win', 'Kiriman'), null, 'the reason is settled');

-- Rejected.
select pg_temp.make_win('Bukan', 'kediri', 'governance', 'submitted');
select is(pg_temp.does('kediri', 'reject', 'Bukan', '{"reason": "x"}'), 'forbidden',
          'a city rejects nothing');
select is(pg_temp.does('kantor', 'reject', 'Bukan', '{"reason": "Bukan quick win"}'), 'done',
          'rejected');
select is(pg_temp.reply('kediri', 'win', 'Bukan'), 'Bukan quick win', 'with a reason');
select is(pg_temp.does('kediri', 'save', 'Bukan', '{"lesson": "y"}') || pg_temp.state('Bukan'),
          'done1 rejected, 2 draft', 'its city may write another version');

-- The office joins what was sent to another one.
select pg_temp.make_win('Ganda', 'kediri', 'governance', 'submitted');
select pg_temp.make_win('Madiun', 'madiun', 'governance', 'published');
select is(pg_temp.does('kantor', 'fold', 'Ganda', '{}', pg_temp.number('Madiun')),
          'invalid {"kept": "wrong"}', 'not to that of another city');
select is(pg_temp.does('kantor', 'fold', 'Ganda', '{}', pg_temp.number('Kiriman')), 'done',
          'joined');
select is(pg_temp.state('Ganda'), '1 joined', 'it goes no further');
select is(doc('win', 'id', pg_temp.id_of('Ganda')::text, null, null) -> 'joined' ->> 'kept_win',
          'Kiriman', 'its page names the other one');
select is((select count(*) from data.win_gone), 0::bigint, 'it had no address');

-- A city joins a draft to what the portal shows for it, with what it says.
create temp table source as
select q.* from data.quick_win q where q.region = '35.71' and q.title = 'Bank Sampah';
select pg_temp.make_win('Bank Sampah', 'kediri', 'environment', 'draft');
select is(pg_temp.does('madiun', 'join', 'Bank Sampah', '{}', id), 'forbidden',
          'another city joins nothing') from source;
select is(pg_temp.does('kediri', 'join', 'Bank Sampah', '{}', pg_temp.number('Madiun')),
          'invalid {"kept": "wrong"}', 'nor to that of another city');
select is(pg_temp.does('kediri', 'join', 'Bank Sampah', '{"carry": "ya"}', id), 'done', 'joined')
from source;
select results_eq(
  $$select w.newest, v.state, v.solution::text from data.win w
    join data.win_version v on v.win = w.id and v.n = w.newest
    where w.claimed = (select id from source)$$,
  $$values (2, 'draft', 'Solusi')$$, 'the other one is taken over, and has a draft of its words');
select is(pg_temp.state('Bank Sampah'), '1 joined', 'the first one ends');

-- It joins two that the public reads.
select pg_temp.make_win('Kembar', 'kediri', 'governance', 'published');
select is(pg_temp.does('kediri', 'join', 'Kembar', '{}', pg_temp.number('Kembar')),
          'invalid {"kept": "wrong"}', 'not to itself');
select is(pg_temp.does('kediri', 'join', 'Kembar', '{}', pg_temp.number('Kiriman')), 'done',
          'joined to another one');
select is(doc('quickwin', 'id', pg_temp.number('Kembar')::text) -> 'http' ->> 'location',
          '/quickwin/' || pg_temp.number('Kiriman'), 'its address leads there');
select is((select count(*) from data.read_win r where r.id = pg_temp.number('Kembar')), 0::bigint,
          'the public reads one of them');
select * from finish();
rollback;
