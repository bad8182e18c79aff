-- Page file and the files of page quickwin: the public has those of the version that it reads. Pages winfiles and winfile: the desk's.
begin;
\ir desk.psql
select plan(20);
create temp table win as select null::integer as id, null::integer as seen;
create function pg_temp.done(o data.outcome) returns text language sql as $$
  update pg_temp.win set id = (o).id, seen = (o).row_version where (o).outcome = 'done';
  select (o).outcome;
$$;
create function pg_temp.add(name text, kind text) returns text language sql as $$
  select pg_temp.done(act.file_add(w.id, w.seen, pg_temp.new_key(), name, 'Keterangan ' || name, encode(sha256(name::bytea), 'hex'), kind, 2048, null)) from win w
$$;
create function pg_temp.id_of(wanted text) returns integer language sql as $$ select id from data.win_file where name = wanted $$;
grant select on win to public;

select pg_temp.as_person('kediri');
select pg_temp.done(act.win_save(null, null, pg_temp.new_key(), pg_temp.words('Uji') || '{"dimension": "governance"}'));
select is(pg_temp.add('a.png', 'png') || pg_temp.add('b.xlsx', 'xlsx'), 'donedone', 'two files of a draft');
select ok(doc('file', 'id', pg_temp.id_of('a.png')::text) is null, 'of which the public has none');
select is_empty($$select * from page.quickwin_files('id', 10000 + (select id from win))$$, 'and reads of none');
select results_eq($$select titled, writes, locked, opens, has_files, files_count, has_faults, in_conflict from page.winfiles('id', (select id from win), null, null)$$,
                  $$values (true, true, false, false, true, 2::bigint, false, false)$$, 'the city''s page of them');
select results_eq($$select name, kind, kilobytes, picture, removable from page.winfiles_files('id', (select id from win), null, null)$$,
                  $$values ('a.png', 'PNG', 2::numeric, true, true), ('b.xlsx', 'XLSX', 2, false, true)$$, 'lists them');
select is_empty($$select * from page.winfiles_faults('id', (select id from win), null, null)$$, 'nothing is wrong');
select results_eq($$select caption, has_faults, fault_file, fault_caption from page.winfiles('id', (select id from win), '{"caption": "x"}', '{"outcome": "invalid", "faults": {"file": "mixed"}}')$$,
                  $$values ('x', true, true, false)$$, 'what was typed comes back');
select results_eq($$select field, file_mixed, caption_missing, caption_wrong from page.winfiles_faults('id', (select id from win), null, '{"outcome": "invalid", "faults": {"caption": "long", "file": "mixed"}}')$$,
                  $$values ('file', true, false, false), ('caption', false, false, true)$$, 'what is wrong, in the order of the fields');
-- Each word for a fault is one sentence, whoever says it.
select is((select count(*) from unnest(array['missing', 'empty', 'large', 'kind', 'name', 'broken', 'mixed', 'macro', 'same', 'many', 'quota', 'room']) w (word)
           cross join lateral page.winfiles_faults('id', (select id from win), null, jsonb_build_object('faults', jsonb_build_object('file', w.word))) f
           where (to_jsonb(f) - 'field')::text ~ 'true.*true' or (to_jsonb(f) - 'field')::text !~ 'true'), 0::bigint, 'one sentence for each word');
select results_eq($$select in_conflict, used from page.winfiles('id', (select id from win), '{}', '{"outcome": "conflict"}')$$, $$values (true, false)$$, 'a conflict');
select results_eq($$select in_conflict, used from page.winfiles('id', (select id from win), '{}', '{"outcome": "key_used"}')$$, $$values (false, true)$$, 'a key that was used');

select pg_temp.done(act.win_submit(w.id, w.seen, pg_temp.new_key())) from win w;
select results_eq($$select writes, locked from page.winfiles('id', (select id from win), null, null)$$, $$values (false, true)$$, 'with the office nothing can be changed');
select pg_temp.as_person('kantor');
select results_eq($$select writes, locked, has_files from page.winfiles('id', (select id from win), null, null)$$, $$values (false, false, true)$$, 'which reads the list');
select pg_temp.done(act.win_decide(w.id, w.seen, pg_temp.new_key(), true, null)) from win w;
select results_eq(
  $$select f.* from json_to_record(doc('file', 'id', pg_temp.id_of('a.png')::text) -> 'http' -> 'file') f
    (digest text, kind text, name text)$$,
  $$values (encode(sha256('a.png'), 'hex'), 'png', 'a.png')$$, 'published: the public has them');
select results_eq($$select name, caption, kind, kilobytes, picture from page.quickwin_files('id', 10000 + (select id from win))$$,
                  $$values ('a.png', 'Keterangan a.png', 'PNG', 2::numeric, true), ('b.xlsx', 'Keterangan b.xlsx', 'XLSX', 2, false)$$, 'and reads of them');

create temp table ids as select f.id from data.win_file f;
grant select on ids to public;
set session authorization tolok_desk;
select pg_temp.as_person('madiun');
select is_empty($$select * from page.winfiles('id', (select id from win), null, null)$$, 'another city has no page of them');
select is((select count(*) from ids cross join lateral page.winfile('id', ids.id)), 0::bigint, 'and no file');
select pg_temp.as_person('asesor');
select is((select string_agg(f.file_name, ' ' order by f.file_name) from ids cross join lateral page.winfile('id', ids.id) f), 'a.png b.xlsx', 'an assessor has what is published');
reset session authorization;
select pg_temp.as_person('kediri');
select pg_temp.done(act.win_withdraw(w.id, w.seen, pg_temp.new_key(), 'Alasan')) from win w;
select ok(doc('file', 'id', pg_temp.id_of('a.png')::text) is null, 'withdrawn: the public has none');
set session authorization tolok_web;
select throws_ok('select * from page.winfile(''id'', 1)', '42501', null, 'the public''s program has no page of the desk');
select * from finish();
rollback;
