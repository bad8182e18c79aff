-- What each person sees of the desk's tables with SQL written by hand as tolok_desk, and that
-- nobody changes anything so.
begin;
\ir desk.psql
select plan(101);

-- Six quick wins: of each city one of each dimension as draft, and one that was submitted,
-- published or returned.
create temp table win (name text, id integer);
create function pg_temp.make_win(name text, writer text, dimension text,
    state text) returns void language plpgsql as $$
declare
  made data.outcome;
begin
  perform pg_temp.as_person(writer);
  made := act.win_save(null, null, pg_temp.new_key(),
      pg_temp.words(name) || jsonb_build_object('dimension', dimension));
  insert into win values (name, made.id);
  if state <> 'draft' then
    made := act.win_submit(made.id, made.row_version, pg_temp.new_key());
  end if;
  if state in ('published', 'returned') then
    perform pg_temp.as_person('kantor');
    made := act.win_decide(made.id, made.row_version, pg_temp.new_key(), state = 'published',
        'Alasan');
  end if;
  if made.outcome <> 'done' then
    raise exception '% %', made.outcome, made.faults;
  end if;
end $$;
select pg_temp.make_win('kediri draf gov', 'kediri', 'governance', 'draft');
select pg_temp.make_win('kediri draf eco', 'kediri-eco', 'economy', 'draft');
select pg_temp.make_win('kediri kirim', 'kediri', 'economy', 'submitted');
select pg_temp.make_win('kediri terbit', 'kediri', 'governance', 'published');
select pg_temp.make_win('madiun draf', 'madiun', 'governance', 'draft');
select pg_temp.make_win('madiun kembali', 'madiun-gov', 'governance', 'returned');
grant select on win to public;

-- What a person sees, as tolok_desk.
set session authorization tolok_desk;
create function pg_temp.sees_wins(name text) returns text language plpgsql as $$
begin
  perform pg_temp.as_person(name);
  return (select string_agg(w.name, ', ' order by w.name) from win w
      join data.win d on d.id = w.id);
end $$;
create function pg_temp.sees_words(name text) returns text language plpgsql as $$
begin
  perform pg_temp.as_person(name);
  return (select string_agg(v.title, ', ' order by v.title) from data.win_version v);
end $$;
create function pg_temp.sees_people(name text) returns text language plpgsql as $$
begin
  perform pg_temp.as_person(name);
  return (select string_agg(split_part(a.email, '@', 1), ', ' order by split_part(a.email, '@', 1))
      from data.account a where a.email like '%@uji.go.id');
end $$;

select is(pg_temp.sees_wins(null), null, 'nobody sees no record');
select is(pg_temp.sees_wins('penyusup'), null, 'a token that is none: no record');
select is(pg_temp.sees_wins('kantor'),
    'kediri draf eco, kediri draf gov, kediri kirim, kediri terbit, madiun draf, madiun kembali',
    'the office sees every record');
select is(pg_temp.sees_wins('asesor'), 'kediri terbit', 'an assessor those that are published');
select is(pg_temp.sees_wins('kediri'),
    'kediri draf eco, kediri draf gov, kediri kirim, kediri terbit', 'a city its own');
select is(pg_temp.sees_wins('madiun'), 'madiun draf, madiun kembali', 'another city its own');
select is(pg_temp.sees_wins('kediri-gov'), 'kediri draf gov, kediri terbit',
    'an owner those of their dimension');
select is(pg_temp.sees_wins('kediri-eco'), 'kediri draf eco, kediri kirim',
    'another owner those of theirs');
select is(pg_temp.sees_words(null), null, 'nobody sees no words');
select is(pg_temp.sees_words('kantor'), 'kediri kirim, kediri terbit, madiun kembali',
    'the office reads no drafts');
select is(pg_temp.sees_words('asesor'), 'kediri terbit', 'an assessor reads what is published');
select is(pg_temp.sees_words('kediri'),
    'kediri draf eco, kediri draf gov, kediri kirim, kediri terbit', 'a city reads its own');
select is(pg_temp.sees_words('madiun'), 'madiun draf, madiun kembali', 'and no other');
select is(pg_temp.sees_words('madiun-gov'), 'madiun draf, madiun kembali',
    'an owner reads those of their dimension');
select is(pg_temp.sees_words('kediri-gov'), 'kediri draf gov, kediri terbit', 'of their city');
select is(pg_temp.sees_people(null), null, 'nobody sees no account');
select is(pg_temp.sees_people('kantor'),
    'asesor, kantor, kediri, kediri-eco, kediri-gov, madiun, madiun-gov', 'the office sees all');
select is(pg_temp.sees_people('asesor'), 'asesor', 'an assessor themselves');
select is(pg_temp.sees_people('kediri'), 'kediri, kediri-eco, kediri-gov',
    'an operator those of the city');
select is(pg_temp.sees_people('kediri-gov'), 'kediri-gov', 'an owner themselves');

-- Owners of two dimensions, and of all: those and no third.
reset session authorization;
insert into pg_temp.person
select name, 'owner', pg_temp.make_person(name, 'owner', '35.71', dimension)
from (values ('kediri-dua', 'governance,economy'), ('kediri-lain', 'living,society'),
             ('kediri-semua', '*')) p (name, dimension);
select pg_temp.as_person('kediri');
insert into win select 'kediri tanpa',
    (act.win_save(null, null, pg_temp.new_key(), pg_temp.words('kediri tanpa'))).id;
grant usage on sequence form_key to public;
set session authorization tolok_desk;
select is(pg_temp.sees_wins('kediri-dua'),
    'kediri draf eco, kediri draf gov, kediri kirim, kediri terbit', 'an owner of two sees both');
select is(pg_temp.sees_words('kediri-dua'), pg_temp.sees_wins('kediri-dua'), 'and reads them');
select is(pg_temp.sees_wins('kediri-lain'), null, 'and no third');
select is(pg_temp.sees_wins('kediri-semua'), pg_temp.sees_wins('kediri'),
    'an owner of all sees what the operator sees, also what has no dimension');
select is(pg_temp.sees_people('kediri-semua'), 'kediri-semua', 'but no accounts');
create function pg_temp.saves(who text, win text, dimension text) returns text
language sql as $$
  select pg_temp.as_person(who);
  select concat_ws(' ', o.outcome, o.faults)
  from act.win_save((select w.id from win w where w.name = saves.win),
                    (select d.row_version from data.win d join win w on w.id = d.id
                     where w.name = saves.win), pg_temp.new_key(),
                    case when dimension is null then '{"lesson": "x"}'::jsonb
                         else jsonb_build_object('dimension', dimension) end) o $$;
select is(pg_temp.saves('kediri-dua', w.name, null), w.says, 'an owner of two writes: ' || w.name)
from (values ('kediri draf eco', 'done'), ('kediri draf gov', 'done'),
             ('kediri tanpa', 'forbidden'), ('madiun draf', 'forbidden')) w (name, says);
select is(pg_temp.saves('kediri-dua', 'kediri draf eco', d.code), d.says,
    'and moves it to ' || d.code)
from (values ('governance', 'done'), ('economy', 'done'),
             ('living', 'invalid {"dimension": "wrong"}'),
             ('', 'invalid {"dimension": "wrong"}')) d (code, says);
select is(pg_temp.saves('kediri-semua', 'kediri tanpa', 'living'), 'done',
    'an owner of all moves anything');
select is((select concat_ws(' ', o.outcome, o.faults) from act.win_save(null, null,
    pg_temp.new_key(), pg_temp.words('Baru') || d.words) o), d.says,
    'beginning one: ' || d.words::text)
from (select pg_temp.as_person('kediri-dua')) me,
     (values ('{}'::jsonb, 'invalid {"dimension": "missing"}'),
             ('{"dimension": "living"}', 'invalid {"dimension": "wrong"}'),
             ('{"dimension": "economy"}', 'done')) d (words, says);
reset session authorization;
select throws_ok($$update data.account set dimensions = '{moon}' where role = 'owner'$$, '23503',
    null, 'a dimension that is none is none of a scope');
set session authorization tolok_desk;

-- Sessions and the trail.
select pg_temp.as_person('kediri');
select is((select count(*) from data.session), 1::bigint, 'one sees one''s own sessions');
select ok((select bool_and(region = '35.71'
    or account = (select id from pg_temp.person where name = 'kediri')) from data.audit),
    'and what was done in one''s city');
select pg_temp.as_person('kantor');
select is((select count(*) from data.session), 1::bigint, 'so does the office with sessions');
select ok((select count(distinct account) from data.audit) > 3, 'which sees the whole trail');
select pg_temp.as_person(null);
select is((select count(*) from data.audit), 0::bigint, 'nobody sees no trail');
select is((select count(*) from data.session), 0::bigint, 'and no session');

-- What the trail says of drafts: to whom they are a secret, not a word.
create function pg_temp.told(name text) returns text language plpgsql as $$
begin
  perform pg_temp.as_person(name);
  return (select string_agg(concat_ws(' ', a.act, t.before, t.after), e'\n' order by a.id)
          from data.audit a cross join lateral act.audit_told(a.id) t where a.subject = 'win');
end $$;
select ok(pg_temp.told('kantor') ~ 'win_create'
    and pg_temp.told('kantor') !~*
    'kediri draf|kediri kirim|Ringkasan|Dinas Uji|2026-02-28|Masalah',
    'the office reads of a save which fields changed');
select ok(pg_temp.told('kantor') ~ '"title": "[0-9a-f]{32}"', 'each with a digest');
select ok(pg_temp.told('kantor') !~ left(encode(sha256('"kediri draf gov"'), 'hex'), 32),
    'which is not that of the words alone');
select is(pg_temp.told('asesor'), null, 'an assessor reads what they did');
select is(pg_temp.told(null), null, 'nobody nothing');
-- Rows of earlier versions, which hold words.
reset session authorization;
select pg_temp.as_person('kediri');
select act.note('win_save', 'win', '1', '35.71',
    '{"n": 1, "title": "Judul lama", "summary": "Sama"}',
    '{"n": 1, "title": "Judul rahasia", "summary": "Sama", "dimension": "economy"}', null);
select act.note('win_create', 'win', '1', '35.71', null, '{"n": 1, "title": "Judul rahasia"}',
    null);
select act.note('file_add', 'win', '1', '35.71', null,
    '{"n": 1, "file": 7, "name": "rahasia.pdf", "caption": "Judul rahasia", "kind": "pdf"}', null);
select act.note('file_remove', 'win', '1', '35.71',
    '{"file": 7, "name": "rahasia.pdf", "digest": "ab"}', '{"n": 1}', null);
set session authorization tolok_desk;
select ok(pg_temp.told('kantor') !~* 'rahasia|Judul|Sama',
    'of older rows the office reads no word either');
select is((select t.before || t.after from data.audit a cross join lateral act.audit_told(a.id) t
          where a.subject = 'win' and a.act = 'win_save' order by a.id desc limit 1),
          '{"n": 1, "dimension": "economy", "fields": {"title": ""}}', 'but which fields changed');
select ok(pg_temp.told('kediri') ~ 'Judul rahasia' and pg_temp.told('kediri') ~ 'rahasia.pdf',
    'what a city wrote it reads');
select ok(coalesce(pg_temp.told('madiun'), '') !~* 'rahasia', 'another one does not');

-- A token's digest opens nothing, and settings of one's own name nobody.
select set_config('tolok.token', data_digest, true)
    from (select encode(sha256(convert_to(pg_temp.token('kediri'), 'UTF8')),
    'hex') as data_digest) d;
select is((select count(*) from data.win), 0::bigint, 'the digest of a token is no token');
select set_config('tolok.account', '1', true), set_config('tolok.role', 'office', true);
select is((select count(*) from data.win), 0::bigint, 'a setting that names a role names nobody');

-- By hand nothing can be written or read that is secret.
select pg_temp.as_person('kediri');
select throws_ok(format('%s', statement), '42501', null, statement) from unnest(array[
  'update data.win set region = ''35.77''',
      'insert into data.win (region, created_by) values (''35.71'', 1)', 'delete from data.win',
  'update data.win_version set state = ''published''', 'delete from data.win_version',
      'truncate data.audit', 'delete from data.audit',
  'update data.audit set act = ''x''', 'insert into data.audit (act) values (''x'')',
      'select before from data.audit', 'select after from data.audit', 'select * from data.told',
      'select * from data.file_pending', 'update data.session set account = 1',
  'insert into data.session (account, digest, level, source, agent, expires_at)
      values (1, repeat(''a'', 64), ''full'', '''', '''', ''infinity'')',
  'update data.account set role = ''office''', 'select password_digest from data.account',
      'select otp_secret from data.account',
  'select * from data.account', 'select digest from data.session', 'select * from data.session',
      'select digest from data.invitation',
  'select * from data.recovery_code', 'select * from data.login_attempt',
      'select * from data.receipt', 'select * from data.decoy',
  'select * from data.audit_head', 'select * from data.quick_win', 'select * from data.mark',
      'select * from data.session_now(''full'')',
  'select * from act.me()', 'select act.note(''x'', ''x'', ''x'', null, null, null)',
      'select act.win_show(1)',
  'select act.session_begin(1, ''full'', null, repeat(''a'', 43))',
      'select act.account_create(''a@b.id'', ''a'', ''office'', null, null, repeat(''a'', 43))',
  'select act.account_end(1, '''', null)', 'select act.audit_verify()',
      'select act.publish(''2024'')', 'set role tolok_owner',
  'alter table data.win disable row level security',
      'alter table data.win no force row level security',
  'create policy mine on data.win using (true)', 'create table data.mine ()',
      'drop table data.win']) statement;
reset session authorization;

-- A session that is over is nobody's.
create function pg_temp.after(change text) returns text language plpgsql as $$
declare
  who text;
begin
  execute change;
  who := pg_temp.as_person('kediri');
  raise exception using errcode = 'XX999', message = who;
exception when sqlstate 'XX999' then
  return sqlerrm;
end $$;
select is(pg_temp.after($$update data.session set seen_at = now() - interval '29 minutes'$$),
    'kediri@uji.go.id', 'idle for 29 minutes');
select is(pg_temp.after($$update data.session set seen_at = now() - interval '30 minutes'$$),
    'nobody', 'idle for 30 minutes');
select * from finish();
rollback;
