-- Files of quick wins: who adds and removes them, which version has them, who sees them, how many there may be.
begin;
\ir desk.psql
select plan(74);

create temp table seen (id integer, row_version integer);
insert into seen values (null, null);
-- What the program does with a file: it asks, and adds it when its room is reserved.
create function pg_temp.send(win integer, seen integer, key text, name text, caption text, digest text, size integer, faults jsonb default null)
  returns data.outcome language plpgsql as $$
declare
  r data.outcome := act.file_ask(win, seen, key, name, caption, digest, 'pdf', size, faults);
begin
  if r.outcome = 'reserved' then
    r := act.file_add(win, seen, key, name, caption, digest, 'pdf', size, null);
  end if;
  return r;
end $$;
-- An act by a person on the quick win of the test as it is now.
create function pg_temp.do(name text, what text, digest text default null, size integer default 1000, faults jsonb default null, caption text default 'Foto',
                           file integer default null) returns text language plpgsql as $$
declare
  s record;
  r data.outcome;
begin
  perform pg_temp.as_person(name);
  select * into s from seen;
  r := case what
    when 'create' then act.win_save(null, null, pg_temp.new_key(), pg_temp.words('Bank sampah') || '{"dimension": "governance"}')
    when 'ask' then act.file_ask(s.id, s.row_version, pg_temp.new_key(), digest || '.pdf', caption, encode(sha256(digest::bytea), 'hex'), 'pdf', size, faults)
    when 'add' then pg_temp.send(s.id, s.row_version, pg_temp.new_key(), digest || '.pdf', caption, encode(sha256(digest::bytea), 'hex'), size, faults)
    when 'remove' then act.file_remove(s.id, file, s.row_version, pg_temp.new_key())
    when 'submit' then act.win_submit(s.id, s.row_version, pg_temp.new_key())
    when 'publish' then act.win_decide(s.id, s.row_version, pg_temp.new_key(), true, null)
    when 'return' then act.win_decide(s.id, s.row_version, pg_temp.new_key(), false, 'Alasan')
    when 'withdraw' then act.win_withdraw(s.id, s.row_version, pg_temp.new_key(), 'Alasan') end;
  if r.outcome = 'done' and what <> 'ask' then
    update seen set id = r.id, row_version = r.row_version;
  end if;
  return concat_ws(' ', r.outcome, r.faults);
end $$;
create function pg_temp.id_of(letter text) returns integer language sql as $$ select max(f.id) from data.win_file f where f.name = letter || '.pdf' $$;
-- The files of a version, by the first letters of their names.
create function pg_temp.files(n integer) returns text language sql as $$
  select coalesce(string_agg(left(f.name, 1), '' order by f.file), '') from pub.desk_files((select id from seen), n) f
$$;
create function pg_temp.public_files() returns text language sql as $$
  select coalesce(string_agg(left(f.name, 1), '' order by f.id), '') from pub.file f where f.quick_win = 10000 + (select id from seen)
$$;
create function pg_temp.state() returns text language sql as $$
  select string_agg(v.n || ' ' || v.state, ', ' order by v.n) from data.win_version v where v.win = (select id from seen)
$$;

select is(pg_temp.do('kediri', 'create'), 'done', 'a quick win');
select is(pg_temp.do(null, 'add', 'a'), 'signed_out', 'nobody adds a file');
select is(pg_temp.do('madiun', 'add', 'a'), 'forbidden', 'nor another city');
select is(pg_temp.do('kediri-eco', 'add', 'a'), 'forbidden', 'nor the owner of another dimension');
select is(pg_temp.do('kantor', 'add', 'a'), 'forbidden', 'nor the office');
select is(pg_temp.do('asesor', 'add', 'a'), 'forbidden', 'nor an assessor');
select is(pg_temp.do(null, 'ask', 'a'), 'signed_out', 'nobody is told whether there is room');
select is(pg_temp.do('madiun', 'ask', 'a'), 'forbidden', 'nor is another city');
select is(pg_temp.do('kantor', 'ask', 'a'), 'forbidden', 'nor the office');
select is(pg_temp.do('kediri', 'ask', 'a'), 'reserved', 'there is, and it is theirs');
select is((select count(*) from data.file), 0::bigint, 'which is no file yet');
delete from data.file_pending;
select is(pg_temp.do('kediri', 'add', 'a', faults => '{"file": "mixed"}'), 'invalid {"file": "mixed"}', 'what the program found wrong is said');
select is(pg_temp.do('kediri', 'add', 'a', caption => ' '), 'invalid {"caption": "missing"}', 'each file says what it shows');
select is(pg_temp.do('kediri', 'add', 'a', caption => E'a\nb'), 'invalid {"caption": "control"}', 'in one line');
select is(pg_temp.do('kediri', 'add', 'a', caption => repeat('x', 501), faults => '{"file": "kind"}'), 'invalid {"file": "kind", "caption": "long"}', 'of some length; both are said');
select is((select count(*) from data.win_file), 0::bigint, 'so far there is none');
select is(pg_temp.do('kediri', 'add', 'a') || pg_temp.do('kediri-gov', 'add', 'b'), 'donedone', 'the city and the owner of the dimension add files');
select is(pg_temp.files(1), 'ab', 'both are there');
select is(pg_temp.do('kediri', 'add', 'a'), 'invalid {"file": "same"}', 'the same bytes once');
select is(pg_temp.do('kediri', 'ask', 'a'), 'invalid {"file": "same"}', 'which is said before they are kept');
update seen set row_version = row_version - 1;
select is(pg_temp.do('kediri', 'add', 'c') || pg_temp.do('kediri', 'ask', 'c'), 'conflictconflict', 'the record was changed in between');
select is(pg_temp.do('kediri', 'remove', file => pg_temp.id_of('a')), 'conflict', 'neither is one removed so');
update seen set row_version = row_version + 1;

-- A key of a form: sent twice, done once.
select pg_temp.as_person('kediri');
create temp table first as select * from pg_temp.send((select id from seen), (select row_version from seen), 'kunci-berkas-0001', 'k.pdf', 'Foto', repeat('c', 64), 10);
create temp table again as select * from pg_temp.send((select id from seen), (select row_version from seen), 'kunci-berkas-0001', 'k.pdf', 'Foto', repeat('c', 64), 10, '{"file": "same"}');
select results_eq('select * from again', 'select * from first', 'the same answer, whatever was asked in between');
update seen set row_version = (select row_version from first);
select is(pg_temp.do('kediri', 'remove', file => pg_temp.id_of('k')) || pg_temp.files(1), 'doneab', 'removed from the draft');
select is(pg_temp.do('kediri', 'remove', file => pg_temp.id_of('k')), 'forbidden', 'once');
select is(pg_temp.do('madiun', 'remove', file => pg_temp.id_of('a')), 'forbidden', 'another city removes none');
select is(pg_temp.do('kantor', 'remove', file => pg_temp.id_of('a')), 'forbidden', 'nor does the office');

-- Versions keep their files.
select is(pg_temp.do('kediri', 'submit'), 'done', 'submitted');
select is(pg_temp.do('kediri', 'add', 'c') || pg_temp.do('kediri', 'remove', file => pg_temp.id_of('a')), 'statestate', 'then nothing is added or removed');
select is(pg_temp.do('kantor', 'return'), 'done', 'returned');
select is(pg_temp.do('kediri', 'remove', file => pg_temp.id_of('a')), 'done', 'a file is replaced');
select is(pg_temp.do('kediri', 'add', 'c'), 'done', 'by another one');
select is(pg_temp.state(), '1 returned, 2 draft', 'in a new version');
select is(pg_temp.files(1) || ' ' || pg_temp.files(2), 'ab bc', 'the older one has what it had');
select is(pg_temp.public_files(), '', 'nothing is public');
select is(pg_temp.do('kediri', 'submit') || pg_temp.do('kantor', 'publish'), 'donedone', 'published');
select is(pg_temp.public_files(), 'bc', 'with its files');
select is(pg_temp.do('kediri', 'add', 'a'), 'done', 'bytes that are there already are one file');
select is((select count(*) from data.file f where f.digest = encode(sha256('a'), 'hex')), 1::bigint, 'kept once');
select is(pg_temp.public_files() || ' ' || pg_temp.files(3), 'bc bca', 'what is written on is not public');

-- What each person sees with SQL by hand.
create function pg_temp.sees(name text) returns text language plpgsql as $$
begin
  perform pg_temp.as_person(name);
  return (select coalesce(string_agg(left(f.name, 1), '' order by f.id), '') from data.win_file f) || ' ' || (select count(*) from data.file);
end $$;
set session authorization tolok_desk;
select is(pg_temp.sees(null), ' 0', 'nobody sees no file');
select is(pg_temp.sees('madiun'), ' 0', 'nor another city');
select is(pg_temp.sees('kediri-eco'), ' 0', 'nor the owner of another dimension');
select is(pg_temp.sees('kediri'), 'abca 3', 'the city sees those of its versions');
select is(pg_temp.sees('kediri-gov'), 'abca 3', 'and the owner');
select is(pg_temp.sees('kantor'), 'abc 3', 'the office those that were submitted');
select is(pg_temp.sees('asesor'), 'bc 2', 'an assessor those that are published');
select throws_ok(statement, '42501', null, statement) from unnest(array[
  'insert into data.file values (repeat(''a'', 64), ''pdf'', 1)', 'update data.win_file set win = 1', 'delete from data.win_file', 'delete from data.file',
  'select act.file_draft(null, null)']) statement;
reset session authorization;

-- Withdrawn: the public reads it no more.
select pg_temp.do('kediri', 'withdraw');
select is(pg_temp.public_files(), '', 'withdrawn with its files');

-- A row stays what it is.
select throws_ok($$update data.win_file set digest = repeat('c', 64)$$, '23001', null, 'a file stays what it is');
select throws_ok($$update data.win_file set until = null$$, '23001', null, 'and does not come back');

-- As many as there may be.
select is(pg_temp.do('kediri', 'create'), 'done', 'another quick win');
select is((select string_agg(distinct pg_temp.do('kediri', 'add', 'q' || i), '') from generate_series(1, 20) i), 'done', 'twenty files');
select is(pg_temp.do('kediri', 'add', 'z') || '/' || pg_temp.do('kediri', 'ask', 'z'), 'invalid {"file": "many"}/invalid {"file": "many"}', 'not one more');
select is((select count(distinct x) from (select pg_temp.do('kediri', 'create') union all
  select pg_temp.do('kediri', 'add', 'l' || i, 10485760) from generate_series(1, 19) i) x), 1::bigint, '190 MB in a day');
select is(pg_temp.do('kediri', 'add', 'm', 10485760), 'invalid {"file": "quota"}', 'and then no more');
select is(pg_temp.do('kediri', 'add', 'm', 1048576), 'done', 'but what still fits');
-- What is being written counts like what is there, of all quick wins of a city; what is refused is not reserved.
select pg_temp.do('kediri', 'create');
update seen set id = (select max(id) from data.win), row_version = 1;
select is((select string_agg(distinct pg_temp.do('kediri', 'ask', 'r' || i, 1000), '') from generate_series(1, 20) i), 'reserved', 'the room of twenty files');
select is(pg_temp.do('kediri', 'ask', 'rr') || pg_temp.do('kediri', 'add', 'rr'), 'invalid {"file": "many"}invalid {"file": "many"}', 'leaves none for another');
update data.file_pending set bytes = 10485760 where digest = encode(sha256('r1'), 'hex');
select pg_temp.do('kediri', 'create');
update seen set id = (select max(id) from data.win), row_version = 1;
select is(pg_temp.do('kediri', 'ask', 's', 1048576), 'invalid {"file": "quota"}', 'of a city in all');
select is((select count(*) from data.file_pending), 20::bigint, 'what is refused is not reserved');
select is(pg_temp.do('kediri', 'ask', 's', 10, caption => ' '), 'invalid {"file": "quota", "caption": "missing"}', 'and both is said of what lacks a caption too');
select is((act.file_ask((select id from seen), 1, 'x', 's.pdf', 'S', repeat('d', 64), 'pdf', 1, null)).faults, '{"key": "wrong"}', 'nor with a key that is none');
delete from data.file_pending;
select is(pg_temp.do('kediri', 'ask', 't', 1000), 'reserved', 'one that is asked for');
update data.file_pending set at = now() - interval '61 minutes';
select is((select string_agg(digest, ' ') from act.file_lapsed()), encode(sha256('t'), 'hex'), 'lapses after an hour');
select is((act.file_add((select id from seen), 1, 'kunci-berkas-0002', 't.pdf', 'T', encode(sha256('t'), 'hex'), 'pdf', 1000, null)).faults, '{"file": "room"}',
          'and is not added then');
select is(pg_temp.do('kediri', 'ask', 'c', 1000), 'reserved', 'bytes that are those of a file');
update data.file_pending set at = now() - interval '61 minutes';
select is_empty('select * from act.file_lapsed()', 'are kept for that one');
select is((select named from act.file_named(encode(sha256('c'), 'hex'))) and not (select named from act.file_named(encode(sha256('t'), 'hex'))), true,
          'which is how one knows what to remove');

select is((select string_agg(act, ' ' order by id) from data.audit where subject_id = (select min(win)::text from data.win_file) and act like 'file%'),
          'file_add file_add file_add file_remove file_remove file_add file_add', 'the trail has each');
select * from finish();
rollback;
