-- Page file and the files of page quickwin: the public has those of the version that it reads. Page
-- winfile: the desk's. Page winfiles: winfiles.sql.
begin;
\ir desk.psql
select plan(10);
create temp table win as select null::integer as id, null::integer as seen;
create function pg_temp.done(o data.outcome) returns text language sql as $$
  update pg_temp.win set id = (o).id, seen = (o).row_version where (o).outcome = 'done';
  select (o).outcome;
$$;
-- A picture has a small one beside it.
create function pg_temp.add(name text, kind text) returns text language plpgsql as $$
declare
  w win := (select w from win w);
  key text := pg_temp.new_key();
  digest text := encode(sha256(name::bytea), 'hex');
  small text := case kind when 'png' then encode(sha256('small'), 'hex') end;
  asked data.outcome := act.file_ask(w.id, w.seen, key, name, 'Keterangan', digest, kind, 2048,
                                     null, small, 512);
begin
  return asked.outcome || ' ' || pg_temp.done(
    act.file_add(w.id, w.seen, key, name, 'Keterangan', digest, kind, 2048, null, small, 512));
end $$;
create function pg_temp.id_of(wanted text) returns integer language sql as $$ select id
    from data.win_file where name = wanted $$;
grant select on win to public;

select pg_temp.as_person('kediri');
select pg_temp.done(act.win_save(null, null, pg_temp.new_key(),
    pg_temp.words('Uji') || '{"dimension": "governance"}'));
select is(array[pg_temp.add('a.png', 'png'), pg_temp.add('b.xlsx', 'xlsx')],
          '{reserved done,reserved done}', 'two files of a draft');
select ok(doc('file', 'id', pg_temp.id_of('a.png')::text, null) is null,
    'of which the public has none');
select ok(doc('quickwin', 'id', (select (10000 + id)::text from win)) is null,
          'and reads of none');
select pg_temp.done(act.win_submit(w.id, w.seen, pg_temp.new_key())) from win w;
select pg_temp.as_person('kantor');
select pg_temp.done(act.win_decide(w.id, w.seen, pg_temp.new_key(), true, null)) from win w;
select results_eq(
  $$select f.* from json_to_record(doc('file', 'id', pg_temp.id_of('a.png')::text,
    null) -> 'http' -> 'file') f
    (digest text, kind text, name text)$$,
  $$values (encode(sha256('a.png'), 'hex'), 'png', 'a.png')$$, 'published: the public has them');
select is(array[doc('file', 'id', pg_temp.id_of('a.png')::text, 'kecil') #>> '{http,file,digest}',
                doc('file', 'id', pg_temp.id_of('b.xlsx')::text, 'kecil') #>> '{http,file,digest}'],
          array[encode(sha256('small'), 'hex'), encode(sha256('b.xlsx'), 'hex')],
          'a picture also small');
select is((select string_agg(f ->> 'name', ' ')
           from json_array_elements(
             doc('quickwin', 'id', (select (10000 + id)::text from win)) -> 'files') f),
          'a.png b.xlsx', 'and reads of them');

create temp table ids as select f.id from data.win_file f;
grant select on ids to public;
set session authorization tolok_desk;
select pg_temp.as_person('madiun');
select is((select count(doc('winfile', 'id', ids.id::text, null)) from ids), 0::bigint,
          'another city has no file');
select pg_temp.as_person('asesor');
select results_eq(
  $$select r.* from (select doc('winfile', 'id', id::text, null) -> 'http' -> 'file' as f
    from ids) d,
    json_to_record(f) r (digest text, kind text, name text) order by name$$,
  $$values (encode(sha256('a.png'), 'hex'), 'png', 'a.png'),
           (encode(sha256('b.xlsx'), 'hex'), 'xlsx', 'b.xlsx')$$,
  'an assessor has what is published');
reset session authorization;
select pg_temp.as_person('kediri');
select pg_temp.done(act.win_withdraw(w.id, w.seen, pg_temp.new_key(), 'Alasan')) from win w;
select ok(doc('file', 'id', pg_temp.id_of('a.png')::text, null) is null,
    'withdrawn: the public has none');
set session authorization tolok_web;
select throws_ok('select * from page.winfile(''id'', 1, null)', '42501', null,
    'the public''s program has no page of the desk');
select * from finish();
rollback;
