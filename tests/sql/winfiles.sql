-- Page winfiles: the files of a quick win, who adds and removes them, and what is wrong with one.
begin;
\ir desk.psql
select plan(16);
\ir desk_wins.psql
select pg_temp.make_win('Draf', 'kediri', 'governance', 'draft');
select pg_temp.make_win('Kosong', 'kediri', 'governance', 'draft');
select pg_temp.make_win('Kiriman', 'kediri', 'economy', 'submitted');
select pg_temp.make_win('Terbit', 'kediri', 'governance', 'published');
create function pg_temp.files(title text, sent text default null, answer text default null)
returns json language sql as $$
  select doc('winfiles', 'id', pg_temp.id_of(title)::text, null, null, sent, answer) $$;
select pg_temp.attach('Draf', 'kediri', 'a.png', 'png', 2048);
select pg_temp.attach('Draf', 'kediri', 'b.pdf', 'pdf', 10);

set session authorization tolok_desk;
select pg_temp.as_person('madiun');
select ok(pg_temp.files('Draf') is null, 'another city sees none');
select pg_temp.as_person('kediri');
select results_eq(
  $$select r.* from pg_temp.files('Kosong') d,
    json_to_record(d) r (files_count integer, files text, writes boolean, opens boolean)$$,
  'values (0, null::text, true, false)', 'there is none yet');
select results_eq(
  $$select r.* from pg_temp.files('Draf') d,
    json_to_record(d) r (win text, city text, files_count integer)$$,
  $$values ('Draf', 'Kota Kediri', 2)$$, 'of which quick win, and how many');
select results_eq(
  $$select r.* from part('files') p,
    json_to_record(p) r (name text, caption text, kind text, kilobytes numeric, picture boolean)$$,
  $$values ('a.png', 'Foto', 'PNG', 2::numeric, true), ('b.pdf', 'Foto', 'PDF', 1, false)$$,
  'each, in kilobytes that are never none');
select results_eq(
  $$select d ->> 'writes', d ->> 'locked' from pg_temp.files('Kiriman') d$$,
  $$values ('false', 'true')$$, 'what was sent keeps its files');
select results_eq(
  $$select d ->> 'writes', d ->> 'opens' from pg_temp.files('Terbit') d$$,
  $$values ('true', 'true')$$, 'what is published gets another version');
select pg_temp.as_person('kantor');
select results_eq(
  $$select d ->> 'writes', d ->> 'locked' from pg_temp.files('Terbit') d$$,
  $$values ('false', 'false')$$, 'the office only reads');

-- What was not done.
select pg_temp.as_person('kediri');
select results_eq(
  $$select r.* from pg_temp.files('Draf', '{"caption": "x"}',
      '{"outcome": "invalid", "faults": {"added": 2, "files": [
        {"name": "a.png", "faults": {"file": "mixed"}}]}}') d,
    json_to_record(d) r (caption text, outcome_word text, added integer, wrong text,
                         caption_word text)$$,
  $$values ('x', 'invalid', 2, '[{"sent_name":"a.png","file_word":"mixed"}]', null::text)$$,
      'a file that is none');
select results_eq(
  $$select f.word, pg_temp.files('Draf', '{}', format(
      '{"outcome": "invalid", "faults": {"files": [{"name": "",
          "faults": {"file": "missing", "caption": "%s"}}]}}', f.word))
      ->> 'caption_word'
    from (values ('missing'), ('long'), ('control')) f (word)$$,
  $$values ('missing', 'missing'), ('long', 'wrong'), ('control', 'wrong')$$,
  'a caption that is none');
select results_eq(
  $$select f.word, pg_temp.files('Draf', '{}', format('{"outcome": "%s"}', f.word))
      ->> 'outcome_word'
    from (values ('conflict'), ('state'), ('key_used')) f (word)$$,
  $$values ('conflict', 'conflict'), ('state', 'conflict'), ('key_used', 'key_used')$$,
  'what changed meanwhile, and what was sent before');
select results_eq(
  $$select f.word, doc('winfiles', 'id', pg_temp.id_of('Draf')::text, '2', f.word, null, null)
      ->> 'news_word'
    from (values ('simpan'), ('pindah'), ('hapus'), ('kembali'), ('besar')) f (word)$$,
  $$values ('simpan', 'simpan'), ('pindah', 'pindah'), ('hapus', 'hapus'), ('kembali', 'kembali'),
           ('besar', 'besar')$$, 'what was done, and what was too large');

-- Captions and their order.
create function pg_temp.number(name text) returns integer language sql as $$
  select max(f.id) from data.win_file f where f.name = number.name $$;
select pg_temp.files('Draf', json_build_object('caption_' || pg_temp.number('a.png'), '')::text,
  json_build_object('outcome', 'invalid',
    'faults', json_build_object('caption_' || pg_temp.number('a.png'), 'missing'))::text);
select results_eq(
  $$select r.* from part('files') p,
    json_to_record(p) r (name text, caption text, said text, unsaved boolean, said_word text,
                         up boolean, down boolean)$$,
  $$values ('a.png', 'Foto', '', true, 'missing', false, true),
           ('b.pdf', 'Foto', 'Foto', null, null, true, false)$$,
  'what was typed stays, beside what is wrong with it');
select results_eq(
  $$select r.* from part('sayings') p,
    json_to_record(p) r (captioned integer, caption_of text, saying_word text)$$,
  $$values (pg_temp.number('a.png'), 'a.png', 'missing')$$, 'which is said above too');
select is((act.file_remove(pg_temp.id_of('Draf'), pg_temp.number('a.png'),
  (select row_version from data.win w where w.id = pg_temp.id_of('Draf')),
  'kunci-berkas-0001', '{}')).outcome, 'done', 'a file is taken away');
select pg_temp.files('Draf');
select results_eq(
  $$select r.* from part('gone') p, json_to_record(p) r (gone_name text, gone_caption text)$$,
  $$values ('a.png', 'Foto')$$, 'and can be put back');
select results_eq(
  $$select f.word, pg_temp.files('Draf', '{}',
      format('{"outcome": "invalid", "faults": {"file": "%s"}}', f.word)) ->> 'restore_word'
    from (values ('same'), ('many')) f (word)$$,
  $$values ('same', 'same'), ('many', 'many')$$, 'or why not');

reset session authorization;
select * from finish();
rollback;
