-- Files of quick wins: who adds and removes them, which version has them, who sees them, how many
-- there may be.
begin;
\ir desk.psql
select plan(107);

create temp table seen (id integer, row_version integer);
insert into seen values (null, null);
-- What the program does with a file: it asks, and adds it when its room is reserved.
create function pg_temp.send(win integer, seen integer, key text, name text, caption text,
  digest text, size integer, faults jsonb default null)
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
create function pg_temp.do(name text, what text, digest text default null,
                           size integer default 1000, faults jsonb default null,
                           caption text default 'Foto',
                           file integer default null,
                           said jsonb default '{}') returns text language plpgsql as $$
declare
  s record;
  r data.outcome;
begin
  perform pg_temp.as_person(name);
  select * into s from seen;
  r := case what
    when 'create' then act.win_save(null, null, pg_temp.new_key(),
        pg_temp.words('Bank sampah') || '{"dimension": "governance"}')
    when 'ask' then act.file_ask(s.id, s.row_version, pg_temp.new_key(), digest || '.pdf', caption,
        encode(sha256(digest::bytea), 'hex'), 'pdf', size, faults)
    when 'add' then pg_temp.send(s.id, s.row_version, pg_temp.new_key(), digest || '.pdf', caption,
        encode(sha256(digest::bytea), 'hex'), size, faults)
    when 'remove' then act.file_remove(s.id, file, s.row_version, pg_temp.new_key(), said)
    when 'restore' then act.file_restore(s.id, file, s.row_version, pg_temp.new_key(), said)
    when 'up' then act.file_up(s.id, file, s.row_version, pg_temp.new_key(), said)
    when 'down' then act.file_down(s.id, file, s.row_version, pg_temp.new_key(), said)
    when 'change' then act.file_change(s.id, s.row_version, pg_temp.new_key(), said)
    when 'submit' then act.win_submit(s.id, s.row_version, pg_temp.new_key())
    when 'publish' then act.win_decide(s.id, s.row_version, pg_temp.new_key(), true, null)
    when 'return' then act.win_decide(s.id, s.row_version, pg_temp.new_key(), false, 'Alasan')
    when 'withdraw' then act.win_withdraw(s.id, s.row_version, pg_temp.new_key(), 'Alasan') end;
  if r.outcome = 'done' and what <> 'ask' then
    update seen set id = r.id, row_version = r.row_version;
  end if;
  return concat_ws(' ', r.outcome, r.faults);
end $$;
create function pg_temp.id_of(letter text) returns integer language sql as $$ select max(f.id)
    from data.win_file f where f.name = letter || '.pdf' $$;
-- The files of a version, by the first letters of their names.
create function pg_temp.files(n integer) returns text language sql as $$
  select coalesce(string_agg(left(f.name, 1), '' order by f.place, f.file), '')
      from pub.desk_files((select id from seen), n) f
$$;
create function pg_temp.public_files() returns text language sql as $$
  select coalesce(string_agg(left(f.name, 1), '' order by f.place, f.id), '') from pub.file f
      where f.quick_win = 10000 + (select id from seen)
$$;
create function pg_temp.state() returns text language sql as $$
  select string_agg(v.n || ' ' || v.state, ', ' order by v.n) from data.win_version v
      where v.win = (select id from seen)
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
select is(pg_temp.do('kediri', 'add', 'a', faults => '{"file": "mixed"}'),
    'invalid {"file": "mixed"}', 'what the program found wrong is said');
select is(pg_temp.do('kediri', 'add', 'a', caption => ' '), 'invalid {"caption": "missing"}',
    'each file says what it shows');
select is(pg_temp.do('kediri', 'add', 'a', caption => repeat('x', 501),
    faults => '{"file": "kind"}'), 'invalid {"file": "kind", "caption": "long"}',
    'of some length; both are said');
select is((select count(*) from data.win_file), 0::bigint, 'so far there is none');
select is(pg_temp.do('kediri', 'add', 'a') || pg_temp.do('kediri-gov', 'add', 'b'), 'donedone',
    'the city and the owner of the dimension add files');
select is(pg_temp.files(1), 'ab', 'both are there');
select is(pg_temp.do('kediri', 'add', 'a'), 'invalid {"file": "same"}', 'the same bytes once');
select is(pg_temp.do('kediri', 'ask', 'a'), 'invalid {"file": "same"}',
    'which is said before they are kept');
update seen set row_version = row_version - 1;
select is(pg_temp.do('kediri', 'add', 'c') || pg_temp.do('kediri', 'ask', 'c'), 'conflictconflict',
    'the record was changed in between');
select is(pg_temp.do('kediri', 'remove', file => pg_temp.id_of('a')), 'conflict',
    'neither is one removed so');
update seen set row_version = row_version + 1;

-- A key of a form: sent twice, done once.
select pg_temp.as_person('kediri');
create temp table first as select *
    from pg_temp.send((select id from seen), (select row_version from seen), 'kunci-berkas-0001',
    'k.pdf', 'Foto', repeat('c', 64), 10);
create temp table again as select *
    from pg_temp.send((select id from seen), (select row_version from seen), 'kunci-berkas-0001',
    'k.pdf', 'Foto', repeat('c', 64), 10, '{"file": "same"}');
select results_eq('select * from again', 'select * from first',
    'the same answer, whatever was asked in between');
update seen set row_version = (select row_version from first);
select is(pg_temp.do('kediri', 'remove', file => pg_temp.id_of('k')) || pg_temp.files(1), 'doneab',
    'removed from the draft');
select is(pg_temp.do('kediri', 'remove', file => pg_temp.id_of('k')), 'forbidden', 'once');
select is(pg_temp.do('madiun', 'remove', file => pg_temp.id_of('a')), 'forbidden',
    'another city removes none');
select is(pg_temp.do('kantor', 'remove', file => pg_temp.id_of('a')), 'forbidden',
    'nor does the office');

-- Versions keep their files.
select is(pg_temp.do('kediri', 'submit'), 'done', 'submitted');
select is(pg_temp.do('kediri', 'add', 'c')
    || pg_temp.do('kediri', 'remove', file => pg_temp.id_of('a')), 'statestate',
    'then nothing is added or removed');
select is(pg_temp.do('kantor', 'return'), 'done', 'returned');
select is(pg_temp.do('kediri', 'remove', file => pg_temp.id_of('a')), 'done', 'a file is replaced');
select is(pg_temp.do('kediri', 'add', 'c'), 'done', 'by another one');
select is(pg_temp.state(), '1 returned, 2 draft', 'in a new version');
select is(pg_temp.files(1) || ' ' || pg_temp.files(2), 'ab bc', 'the older one has what it had');
select is(pg_temp.public_files(), '', 'nothing is public');
select is(pg_temp.do('kediri', 'submit') || pg_temp.do('kantor', 'publish'), 'donedone',
    'published');
select is(pg_temp.public_files(), 'bc', 'with its files');
select is(pg_temp.do('kediri', 'add', 'a'), 'done', 'bytes that are there already are one file');
select is((select count(*) from data.file f where f.digest = encode(sha256('a'), 'hex')), 1::bigint,
    'kept once');
select is(pg_temp.public_files() || ' ' || pg_temp.files(3), 'bc bca',
    'what is written on is not public');

-- What each person sees with SQL by hand.
create function pg_temp.sees(name text) returns text language plpgsql as $$
begin
  perform pg_temp.as_person(name);
  return (select coalesce(string_agg(left(f.name, 1), '' order by f.id), '') from data.win_file f)
      || ' ' || (select count(*) from data.file);
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
  'insert into data.file values (repeat(''a'', 64), ''pdf'', 1)',
      'update data.win_file set win = 1', 'delete from data.win_file', 'delete from data.file',
  'select act.file_draft(null, null)']) statement;
reset session authorization;

-- Withdrawn: the public reads it no more.
select pg_temp.do('kediri', 'withdraw');
select is(pg_temp.public_files(), '', 'withdrawn with its files');

-- A row stays what it is.
select throws_ok($$update data.win_file set digest = repeat('c', 64)$$, '23001', null,
    'a file stays what it is');
select throws_ok($$update data.win_file set until = null$$, '23001', null,
    'and does not come back');

-- What people change of them: what each shows, and their order.
create function pg_temp.captions(n integer) returns text language sql as $$
  select string_agg(left(f.name, 1) || ' ' || f.caption, ', ' order by f.place, f.file)
  from pub.desk_files((select id from seen), n) f
$$;
create function pg_temp.say(letter text, text text) returns jsonb language sql as $$
  select jsonb_build_object('caption_' || pg_temp.id_of(letter), text)
$$;
create function pg_temp.rows() returns bigint language sql as $$
  select count(*) from data.win_version v where v.win = (select id from seen)
$$;
select is(pg_temp.do('kediri', 'create') || pg_temp.do('kediri', 'add', 'd')
          || pg_temp.do('kediri', 'add', 'e') || pg_temp.do('kediri', 'add', 'f'),
          'donedonedonedone', 'three files');
select is(pg_temp.do(name, 'change', said => pg_temp.say('d', 'Lain')), said,
    'captions: ' || coalesce(name, 'nobody'))
from (values (null, 'signed_out'), ('madiun', 'forbidden'), ('kediri-eco', 'forbidden'),
    ('kantor', 'forbidden'), ('asesor', 'forbidden')) v (name, said);
select is(pg_temp.do('kediri', 'change', said => pg_temp.say('d', E' Warga\t menanam\u2028')),
    'done', 'a caption');
select is(pg_temp.captions(1), 'd Warga  menanam, e Foto, f Foto',
    'in one line, whatever was pasted');
select is(pg_temp.do('kediri', 'change',
          said => pg_temp.say('d', ' ') || pg_temp.say('e', repeat('x', 501))),
          format('invalid {"caption_%s": "missing", "caption_%s": "long"}', pg_temp.id_of('d'),
          pg_temp.id_of('e')), 'which can not be empty, nor endless');
update seen set row_version = row_version - 1;
select is(pg_temp.do('kediri', 'change', said => pg_temp.say('d', 'Lain')), 'conflict',
    'nor be changed after somebody else');
update seen set row_version = row_version + 1;
select is(pg_temp.do('kediri', 'up', file => pg_temp.id_of('f'), said => pg_temp.say('e', 'Pasar')),
    'done', 'a file goes up');
select is(pg_temp.captions(1), 'd Warga  menanam, f Foto, e Pasar',
    'and what was typed beside it is kept');
select is(pg_temp.do('kediri', 'down', file => pg_temp.id_of('d')), 'done', 'one goes down');
select is(pg_temp.files(1), 'fde', 'by one place');
select is(pg_temp.do('kediri', 'up', file => pg_temp.id_of('f'))
    || pg_temp.do('kediri', 'down', file => pg_temp.id_of('e')), 'donedone',
    'the first and the last');
select is(pg_temp.files(1), 'fde', 'stay where they are');
select is(pg_temp.do('kediri', 'up', file => pg_temp.id_of('q')), 'forbidden',
    'what is not there does not move');
select is(pg_temp.do('kediri', 'remove', file => pg_temp.id_of('d'),
    said => pg_temp.say('f', 'Rak')) || pg_temp.captions(1), 'donef Rak, e Pasar',
    'one is taken away');
select is((select string_agg(left(g.name, 1), '') from act.file_gone((select id from seen)) g), 'd',
    'and can be put back');
select pg_temp.as_person('kantor');
select is_empty('select * from act.file_gone((select id from seen))',
    'which the office is not told');
select is(pg_temp.do('madiun', 'restore', file => pg_temp.id_of('d'))
    || pg_temp.do('kediri', 'restore', file => pg_temp.id_of('f')), 'forbiddenforbidden',
    'by who writes it, if it is gone');
select is(pg_temp.do('kediri', 'restore', file => pg_temp.id_of('d')) || pg_temp.captions(1),
    'donef Rak, d Warga  menanam, e Pasar', 'it is back where it was');
select is(pg_temp.do('kediri', 'restore', file => pg_temp.id_of('d')), 'forbidden', 'once');
select pg_temp.do('kediri', 'remove', file => pg_temp.id_of('d'));
select is(pg_temp.do('kediri', 'add', 'd')
          || pg_temp.do('kediri', 'restore',
          file => (select min(f.id) from data.win_file f where f.name = 'd.pdf')),
          'doneinvalid {"file": "same"}', 'nor beside the same bytes');
-- Versions keep what they said.
select is(pg_temp.do('kediri', 'submit'), 'done', 'submitted');
select is(pg_temp.do('kediri', 'change', said => pg_temp.say('f', 'Lain'))
    || pg_temp.do('kediri', 'up', file => pg_temp.id_of('e')), 'statestate',
    'then nothing changes');
select is(pg_temp.do('kantor', 'publish'), 'done', 'published');
select is(pg_temp.public_files(), 'fed', 'in that order');
select is(pg_temp.do('kediri', 'change', said => pg_temp.say('f', 'Rak')) || pg_temp.rows(),
    'done1', 'what changes nothing begins no version');
select is(pg_temp.do('kediri', 'down', file => pg_temp.id_of('f'),
    said => pg_temp.say('f', 'Rak baru')), 'done', 'another order and caption');
select is(pg_temp.captions(1) || '; ' || pg_temp.captions(2),
    'f Rak, e Pasar, d Foto; e Pasar, f Rak baru, d Foto', 'are those of the next version');
select is((select string_agg(f.caption, ', ' order by f.place) from pub.file f
    where f.quick_win = 10000 + (select id from seen)), 'Rak, Pasar, Foto',
    'the public reads what was published');
select throws_ok($$update data.win_file_edit set caption = 'Lain' where n = 1$$, '23001', null,
    'which nobody can change');
select throws_ok($$insert into data.win_file_edit select f.id, 1, 'Lain',
    1 from data.win_file f where f.name = 'e.pdf' on conflict (file, n) do update
    set caption = 'Lain'$$, '23001', null, 'by no way');

-- As many as there may be.
select is(pg_temp.do('kediri', 'create'), 'done', 'another quick win');
select is((select string_agg(distinct pg_temp.do('kediri', 'add', 'q' || i), '')
    from generate_series(1, 20) i), 'done', 'twenty files');
select is(pg_temp.do('kediri', 'add', 'z') || '/' || pg_temp.do('kediri', 'ask', 'z'),
    'invalid {"file": "many"}/invalid {"file": "many"}', 'not one more');
select is((select count(distinct x) from (select pg_temp.do('kediri', 'create') union all
  select pg_temp.do('kediri', 'add', 'l' || i, 10485760) from generate_series(1, 19) i) x),
      1::bigint, '190 MB in a day');
select is(pg_temp.do('kediri', 'add', 'm', 10485760), 'invalid {"file": "quota"}',
    'and then no more');
select is(pg_temp.do('kediri', 'add', 'm', 1048576), 'done', 'but what still fits');
-- What is being written counts like what is there, of all quick wins of a city; what is refused is
-- not reserved.
select pg_temp.do('kediri', 'create');
update seen set id = (select max(id) from data.win), row_version = 1;
select is((select string_agg(distinct pg_temp.do('kediri', 'ask', 'r' || i, 1000), '')
    from generate_series(1, 20) i), 'reserved', 'the room of twenty files');
select is(pg_temp.do('kediri', 'ask', 'rr') || pg_temp.do('kediri', 'add', 'rr'),
    'invalid {"file": "many"}invalid {"file": "many"}', 'leaves none for another');
update data.file_pending set bytes = 10485760 where digest = encode(sha256('r1'), 'hex');
select pg_temp.do('kediri', 'create');
update seen set id = (select max(id) from data.win), row_version = 1;
select is(pg_temp.do('kediri', 'ask', 's', 1048576), 'invalid {"file": "quota"}',
    'of a city in all');
select is((select count(*) from data.file_pending), 20::bigint, 'what is refused is not reserved');
select is(pg_temp.do('kediri', 'ask', 's', 10, caption => ' '),
    'invalid {"file": "quota", "caption": "missing"}',
    'and both is said of what lacks a caption too');
select is((act.file_ask((select id from seen), 1, 'x', 's.pdf', 'S', repeat('d', 64), 'pdf', 1,
    null)).faults, '{"key": "wrong"}', 'nor with a key that is none');
delete from data.file_pending;
select is(pg_temp.do('kediri', 'ask', 't', 1000), 'reserved', 'one that is asked for');
update data.file_pending set at = now() - interval '61 minutes';
select is((select string_agg(digest, ' ') from act.file_lapsed()), encode(sha256('t'), 'hex'),
    'lapses after an hour');
select is((act.file_add((select id from seen), 1, 'kunci-berkas-0002', 't.pdf', 'T',
          encode(sha256('t'), 'hex'), 'pdf', 1000, null)).faults, '{"file": "room"}',
          'and is not added then');
select is(pg_temp.do('kediri', 'ask', 'c', 1000), 'reserved', 'bytes that are those of a file');
update data.file_pending set at = now() - interval '61 minutes';
select is_empty('select * from act.file_lapsed()', 'are kept for that one');
select is((select named from act.file_named(encode(sha256('c'), 'hex')))
          and not (select named from act.file_named(encode(sha256('t'), 'hex'))), true,
          'which is how one knows what to remove');

select is((select string_agg(act, ' ' order by id) from data.audit
          where subject_id = (select min(win)::text from data.win_file) and act like 'file%'),
          'file_add file_add file_add file_remove file_remove file_add file_add',
          'the trail has each');
select * from finish();
rollback;
