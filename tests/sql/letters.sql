-- Letters: who hands in and who confirms, what is taken of what people type and paste, what becomes
-- of the published facts and of what pages read, and what each page of the desk shows.
begin;
\ir desk.psql
select plan(81);
insert into pg_temp.person
select 'kantor2', 'office', pg_temp.make_person('kantor2', 'office');
create function pg_temp.digest(name text) returns text language sql as $$
  select data.digest_of(name) $$;
-- What an act said: outcome, faults, and the letter's number.
create function pg_temp.says(who text, statement text) returns text language plpgsql as $$
declare
  said data.outcome;
begin
  perform pg_temp.as_person(who);
  execute 'select (x).* from ' || replace(statement, 'KEY', quote_literal(pg_temp.new_key()))
    || ' x' into said;
  return concat_ws(' ', said.outcome, said.faults);
end $$;
create function pg_temp.hand_in(who text, name text, region text default null,
                                year text default '2024') returns text language plpgsql as $$
declare
  key text := pg_temp.new_key();
  said data.outcome;
begin
  perform pg_temp.as_person(who);
  said := act.letter_ask(key, region, year, 'surat.pdf', pg_temp.digest(name), 'pdf', 900, null);
  if said.outcome = 'reserved' then
    said := act.letter_add(key, region, year, 'surat.pdf', pg_temp.digest(name), 'pdf', 900, null);
  end if;
  return concat_ws(' ', said.outcome, said.faults);
end $$;
create function pg_temp.newest() returns integer language sql as 'select max(id) from data.letter';
-- Saves as somebody who sees it as it is.
create function pg_temp.saves(who text, fields text) returns text language sql as $$
  select pg_temp.says(who, format('act.letter_save(%s, %s, KEY, %L, ''id'')', l.id, l.row_version,
                                  fields))
  from data.letter l where l.id = pg_temp.newest() $$;
create function pg_temp.does(who text, act text, more text default '') returns text
language sql as $$
  select pg_temp.says(who, format('act.letter_%s(%s, %s, KEY%s)', act, l.id, l.row_version, more))
  from data.letter l where l.id = pg_temp.newest() $$;
create function pg_temp.facts(city text) returns table (measure text, value numeric, "of" integer,
                                                        confidence text) language sql as $$
  select f.measure, f.value, f.denominator, f.confidence from data.published_figure f
  where f.region = city and f.year = 2024 and f.letter is not null order by f.measure $$;

-- Beginning one.
select is(pg_temp.hand_in('asesor', 'a'), 'forbidden', 'an assessor hands nothing in');
select is(pg_temp.hand_in('kediri-gov', 'a'), 'forbidden', 'nor does an owner');
select is(pg_temp.hand_in('kediri', 'a', '35.77'), 'done', 'an operator does, for their city');
select is((select region || ' ' || state from data.letter where id = pg_temp.newest()),
          '35.71 draft', 'whatever the form says');
select is(pg_temp.hand_in('kediri', 'a'), 'invalid {"file": "same"}', 'the same file once');
select is(pg_temp.hand_in('kantor', 'a', '35.71'), 'invalid {"file": "same"}', 'by whomever');
select is(pg_temp.hand_in('kediri', 'b', null, '1999'), 'invalid {"year": "wrong"}',
          'of a year that is evaluated');
select is(pg_temp.hand_in('kantor', 'b', '99.99'), 'invalid {"region": "wrong"}',
          'of a region that there is');

-- What is typed. Sound fields are kept, whatever is wrong with the others.
select is(pg_temp.saves('kediri', '{"number": "B-1/UJI/2024", "issued": "25 November 2024",
  "publisher": "Ditjen Uji", "overall": "3,31", "baseline": "4,5", "output": "3,1234",
  "impact": "3,x", "national_rank": "13,5", "national_rank_of": "9999"}'),
  'invalid {"impact": "number", "output": "decimals", "baseline": "scale", "national_rank": "rank",'
  ' "national_rank_of": "rank"}', 'each fault is told by its field');
select is(pub.letter_words(pg_temp.newest()),
  '{"number": "B-1/UJI/2024", "issued": "2024-11-25", "publisher": "Ditjen Uji",
    "overall": "3.31"}', 'and what is sound is kept');
select is(array(select pg_temp.saves('kediri', f.field) from unnest(array[
    '{"issued": "2024-02-30"}', '{"issued": "2024"}', '{"issued": "1 Januari 2090"}',
    '{"issued": "2023-12-31"}', '{"publisher": "https://a.id"}', '{"number": "<b>"}',
    '{"overall": "99999999999999999999"}', '{"improvement": "-4,1"}',
    '{"national_rank_in_group_group": "Reguler"}']) f (field)),
  array['invalid {"issued": "date"}', 'invalid {"issued": "date"}', 'invalid {"issued": "future"}',
        'invalid {"issued": "far"}', 'invalid {"publisher": "link"}', 'invalid {"number": "link"}',
        'invalid {"overall": "large"}', 'invalid {"improvement": "scale"}',
        'invalid {"national_rank_in_group_group": "regular"}'], 'hostile fields');
select is(pg_temp.says('kediri', format('act.letter_save(%s, 1, KEY, %L, ''id'')',
  pg_temp.newest(), jsonb_build_object('overall', '3,5', 'was_overall', 'x'))), 'conflict',
  'who saves what somebody else has changed is told');
select is(pg_temp.says('madiun', format('act.letter_save(%s, 1, KEY, ''{}'', ''id'')',
  pg_temp.newest())), 'forbidden', 'another city does not write it');
select is(pg_temp.saves('kantor', '{"overall": "3"}'), 'forbidden', 'nor does the office');

-- What is pasted.
select results_eq(
  $$select n, field, words::text, fault from act.letter_lines('id', E'Nilai akhir\t3,31\n'
    '1. Baseline: 3.60\n- Smart Governance 2,75\nPeringkat nasional 13 dari 191\n'
    'Peringkat dalam kelompok: 3 / 50 (Angkatan 2023)\nBobot 12\nImpact\nQuick win 3\nQuick win 4',
    2024)$$,
  $$values (1::bigint, 'overall', '{"overall": "3.31"}', null),
    (2, 'baseline', '{"baseline": "3.60"}', null),
    (3, 'governance', '{"governance": "2.75"}', null),
    (4, 'national_rank', '{"national_rank": "13", "national_rank_of": "191"}', null),
    (5, 'national_rank_in_group', '{"national_rank_in_group": "3", '
       '"national_rank_in_group_of": "50", "national_rank_in_group_group": "kohort 2023"}', null),
    (6, null, '{}', 'name'), (7, 'impact', '{"impact": ""}', 'empty'),
    (8, 'quick_win', '{"quick_win": "3"}', 'twice'), (9, 'quick_win', '{"quick_win": "4"}', 'twice')
  $$, 'lines as people copy them');
select is(pg_temp.does('kediri', 'paste', $$, 'id', E'Baseline 3,6\nOutput 9\nApa ini 2'$$),
  'invalid {"rows": [{"n": 2, "line": "Output 9", "word": "scale"}, '
  '{"n": 3, "line": "Apa ini 2", "word": "name"}]}', 'a fault is told by its line');
select is(pub.letter_words(pg_temp.newest()) ->> 'baseline', '3.6', 'sound ones are taken');
select is(pg_temp.does('kediri', 'paste', $$, 'id', ''$$), 'invalid {"lines": "missing"}',
          'nothing to take');

-- Sending.
select is(pg_temp.saves('kediri', '{"national_rank": "14", "national_rank_of": "10",
  "provincial_rank_of": "38", "number": ""}'), 'done', 'fields that do not go together');
select is(pg_temp.does('kediri', 'submit'), 'invalid {"number": "missing", '
  '"national_rank": "rank_of", "provincial_rank": "alone"}', 'keep it from being sent');
select is(pg_temp.saves('kediri', '{"number": "B-1/UJI/2024", "national_rank_of": "191",
  "provincial_rank_of": ""}'), 'done', 'put right');
select set_config('test.key', pg_temp.new_key(), true);
select pg_temp.as_person('kediri');
select is((select array[a.outcome, b.outcome] from (select row_version as seen from data.letter
    where id = pg_temp.newest()) l
  cross join lateral act.letter_submit(pg_temp.newest(), l.seen, current_setting('test.key')) a
  cross join lateral act.letter_submit(pg_temp.newest(), l.seen, current_setting('test.key')) b),
  array['done', 'done'], 'sent twice, done once');
select is(pg_temp.saves('kediri', '{"overall": "4"}'), 'state', 'what was sent is locked');
select throws_ok('update data.letter set number = ''x'' where id = pg_temp.newest()', '23001', null,
                 'also from hands');
select throws_ok('update data.letter_figure set value = 4 where letter = pg_temp.newest()', '23001',
                 null, 'so are its figures');

-- Deciding.
select is(pg_temp.does('kediri', 'confirm', ', null, null'), 'forbidden', 'no city confirms');
select is(pg_temp.does('kantor', 'return', $$, ''$$), 'invalid {"reason": "missing"}',
          'who returns it says why');
select is(pg_temp.does('kantor', 'return', $$, 'Baseline tidak cocok.'$$), 'done', 'returned');
select is(pg_temp.saves('kediri', '{"baseline": "3,5"}'), 'done', 'it is mended');
select is(pg_temp.does('kediri', 'submit'), 'done', 'and sent again');
update data.session set proved_at = now() - interval '11 minutes';
select is(pg_temp.does('kantor', 'confirm', ', null, null'), 'unproved', 'confirming wants proof');
update data.session set proved_at = now();
create temp table before as select p.digest, r.digest as record from data.publication p
  left join data.record r on r.publication = p.id;
select is(pg_temp.does('kantor', 'confirm', ', null, null'), 'done', 'the second person confirms');
select results_eq('select * from pg_temp.facts(''35.71'')', $$values
  ('baseline', 3.5, null::integer, 'stated'), ('national_rank', 14, 191, 'stated'),
  ('overall', 3.31, null, 'stated')$$, 'its figures are facts');
select is((select count(distinct source) || ' ' || min(source) from data.published_figure
           where region = '35.71' and letter is not null),
          '1 Surat B-1/UJI/2024, 25 November 2024, Ditjen Uji', 'whose source is the letter');
select ok((select bool_and(id > 10000) from data.published_figure where letter is not null),
          'with numbers above those of the data file');
select results_eq($$select news::integer from act.gathered_news() where round = '2024'$$,
                  'values (2)',
                  'its round has news for the office');
create function pg_temp.pages() returns text language sql as $$
  select md5(string_agg(t, '|' order by t)) from (
    select r::text from data.read_entrant r union all select r::text from data.read_result r
    union all select r::text from data.read_region r union all select r::text from data.read_word r
    union all select r::text from data.read_figure r) x (t) $$;
create temp table narrow as select pg_temp.pages() as t;
select act.refresh(true);
select is(pg_temp.pages(), (select t from narrow),
          'what pages read of the region alone is what all of it would be');
select pg_temp.as_person('kediri');
select is((select count(*) from act.gathered_news()), 0::bigint, 'which nobody else hears of');

-- The same letter, and a correction.
select is(pg_temp.hand_in('kediri', 'c'), 'done', 'another file');
select is(pg_temp.saves('kediri', '{"number": "b-1 / uji/2024"}'), 'invalid {"number": "known"}',
          'of a letter that was handed in');
select is(pg_temp.does('kediri', 'withdraw'), 'done', 'it is taken back');
select is(pg_temp.does('kediri', 'withdraw'), 'state', 'once');
create function pg_temp.correct(who text) returns text language sql as $$
  select pg_temp.says(who, format('act.letter_correct(%s, %s, KEY)', l.id, l.row_version))
  from data.letter l where l.state = 'confirmed' order by l.id desc limit 1 $$;
select is(pg_temp.correct('madiun'), 'forbidden', 'another city corrects nothing');
select is(pg_temp.correct('kantor2'), 'done', 'the office begins a correction');
select is(pg_temp.correct('kediri'), 'state', 'of which there is one at a time');
select is(pg_temp.saves('kantor2', '{"overall": "3,41", "national_rank": "",
  "national_rank_of": ""}'), 'done', 'figures are put right, and one is none');
select is(pg_temp.does('kantor2', 'submit'), 'invalid {"reason": "missing"}', 'for a reason');
select pg_temp.saves('kantor2', '{"reason": "Salah salin."}');
select is(pg_temp.does('kantor2', 'submit'), 'done', 'it is sent');
select is(pg_temp.does('kantor2', 'confirm', ', null, null'),
          'invalid {"form": "same_person"}', 'by the same way');
select is(pg_temp.does('kantor', 'confirm', ', ''inferred'', null'), 'done', 'and confirmed');
select results_eq('select * from pg_temp.facts(''35.71'')', $$values
  ('baseline', 3.5, null::integer, 'inferred'), ('overall', 3.41, null, 'inferred')$$,
  'the facts follow');
select results_eq(
  $$select measure, old_value, new_value, reason from data.fact_change
    where region = '35.71' order by id$$,
  $$values ('overall', null::numeric, 3.31, null), ('baseline', null, 3.5, null),
    ('national_rank', null, 14, null), ('overall', 3.31, 3.41, 'Salah salin.'),
    ('national_rank', 14, null, 'Salah salin.')$$, 'what became of each is on record');
select results_eq('select digest, record from before',
  'select p.digest, r.digest from data.publication p
   left join data.record r on r.publication = p.id',
  'what was published keeps its digests');
select throws_ok('delete from data.fact_change', '23001', null, 'the record is only added to');

-- What is public.
set session authorization tolok_web;
select is(doc('corrections', 'id', null, null) #>> '{figures,0,reason}', 'Salah salin.',
          'the page of corrections says why');
select results_eq($$select r.* from json_array_elements(
    doc('corrections', 'id', null, null) -> 'figures') f,
    json_to_recordset(f -> 'changed') r (measure_name text, before_value numeric,
                                         after_value numeric)
    where f ->> 'slug' = 'kota-kediri' order by 1, 3$$,
  $$values ('Baseline', null::numeric, 3.5), ('Nilai akhir', null, 3.31),
    ('Nilai akhir', 3.31, 3.41), ('Peringkat nasional', null, 14),
    ('Peringkat nasional', 14, null)$$, 'before and after');
select ok(doc('city', 'id', 'kota-kediri', '2024', null, null)::text ~ 'Surat B-1/UJI/2024',
          'the city''s page names the letter');
reset session authorization;

-- What each sees of the tables, and pages.
select pg_temp.hand_in('madiun', 'm');
set session authorization tolok_desk;
create function pg_temp.sees(name text) returns text language plpgsql as $$
begin
  perform pg_temp.as_person(name);
  return (select count(*) from data.letter) || ' ' || (select count(*) from data.letter_figure)
         || ' ' || (select count(*) from data.fact_change) || ' '
         || (select count(*) from data.file);
end $$;
select is(array(select pg_temp.sees(n) from unnest('{kantor,kediri,madiun,asesor,kediri-gov,x}'
                                                   ::text[]) n),
  '{4 5 5 3,3 5 5 2,1 0 0 1,0 0 0 0,0 0 0 0,0 0 0 0}',
  'a city sees its letters, the office all, nobody else any');
select pg_temp.as_person('asesor');
select is(array[doc('letters', 'id', '1'), doc('letternew', 'id', null, null, null, null, null)]
  ::text, '{NULL,NULL}', 'an assessor has no such pages');
select pg_temp.as_person('kantor');
select ok(doc('letters', 'id', '1') is not null
  and doc('letternew', 'id', 'kota-madiun', '2024', null, null, null) is not null
  and doc('letternew', 'id', null, null, 'besar', null, null) is not null
  and doc('letternew', 'id', null, null, null, '{"region": "35.71", "year": "2024"}',
          '{"outcome": "invalid", "faults": {"file": "same", "region": "wrong", "year": "wrong"}}')
      is not null, 'the office has');
create function pg_temp.show(page text, id integer, sent text default null,
                             answer text default null) returns json
language sql as $$
  select case page when 'letter' then doc('letter', 'id', id::text, sent, answer)
                   when 'lettercheck' then doc('lettercheck', 'id', id::text, sent, answer)
                   else doc('letteredit', 'id', id::text, sent, answer) end $$;
create function pg_temp.at(state text) returns integer language sql as $$
  select min(l.id) from data.letter l where l.state = $1 $$;
select is(pg_temp.show('letter', pg_temp.at('confirmed')) #>> '{news,news_count}', '2',
          'what the round has not published');
select is(doc('edition', 'id', '2024', null, null) ->> 'news', '2', 'its round tells');
select ok(doc('editions', 'id', null, null, null) is not null, 'and the list of rounds');
select pg_temp.as_person('madiun');
select is(array[pg_temp.show('letter', pg_temp.at('draft')) ->> 'edits',
                pg_temp.show('letter', 2147483647) ->> 'edits'], '{true,NULL}', 'its own letter');
select is((pg_temp.show('lettercheck', pg_temp.at('draft')) -> 'faults' -> 0) ->> 'fault_word',
          'missing', 'what lacks');
select is(pg_temp.show('letteredit', pg_temp.at('draft'), '{"overall": "9", "seen": "1"}',
  '{"outcome": "invalid", "faults": {"overall": "scale"}}') ->> 'wrong_count', '1',
  'what is wrong');
select is(pg_temp.show('letteredit', pg_temp.at('draft'), '{"lines": "Output 9"}',
  '{"outcome": "invalid", "faults": {"rows": [{"n": 1, "line": "Output 9", "word": "scale"}]}}')
  ->> 'lines', 'Output 9', 'lines that were not taken stay');
select is(array(select pg_temp.show('letteredit', pg_temp.at('draft'), '{"lines": ""}',
  format('{"outcome": "invalid", "faults": {"lines": "%s"}}', w)) ->> 'lines_word'
  from unnest('{missing,long}'::text[]) w), '{missing,long}', 'why none was taken');
select is(pg_temp.show('letteredit', pg_temp.at('draft'),
  '{"overall": "3", "was_overall": "x", "seen": "1"}', '{"outcome": "conflict"}') ->> 'conflicting',
  '1', 'two versions of a field');
reset session authorization;
select pg_temp.saves('madiun', '{"number": "B-2", "issued": "25/11/2024", "publisher": "Uji",
  "overall": "3", "national_rank_in_group": "3", "national_rank_in_group_of": "50",
  "national_rank_in_group_group": "angkatan 2023", "improvement": "-0,2",
  "reason": "Menurut surat."}');
select pg_temp.does('madiun', 'submit');
set session authorization tolok_desk;
select pg_temp.as_person('kantor');
select is(pg_temp.show('letter', pg_temp.at('submitted')) ->> 'decides', 'true', 'who decides');
select ok(pg_temp.show('letter', pg_temp.at('submitted'), '{"reason": ""}',
  '{"outcome": "invalid", "faults": {"reason": "missing"}}') ->> 'bad_reason_word' = 'missing'
  and pg_temp.show('letter', pg_temp.at('submitted'), '{}', '{"outcome": "invalid", "faults":
  {"form": "same_person"}}') ->> 'form_word' = 'same_person', 'and why not');
reset session authorization;
select pg_temp.does('kantor', 'return', $$, 'Tidak terbaca.'$$);
set session authorization tolok_desk;
select pg_temp.as_person('madiun');
select is(pg_temp.show('letter', pg_temp.at('returned')) ->> 'reply', 'Tidak terbaca.',
          'a reason stays in view');
select ok(pg_temp.show('letteredit', pg_temp.at('returned')) is not null
  and pg_temp.show('lettercheck', pg_temp.at('returned')) is not null, 'where it is mended');
select is(doc('letterfile', 'id', pg_temp.at('returned')::text, null) #>> '{http,file,name}',
          'surat.pdf', 'its file');
select pg_temp.as_person('kediri');
select is(doc('letterfile', 'id', pg_temp.at('returned')::text, null)::text, null,
          'which another city does not read');
select ok(doc('letters', 'id', '1') is not null, 'a city has a list');
reset session authorization;
insert into pg_temp.person
select 'kantor3', 'office', pg_temp.make_person('kantor3', 'office');
select is(pg_temp.hand_in('kantor2', 'd', '35.73'), 'done', 'of those of the office who write one');
select pg_temp.saves('kantor3', '{"number": "B-3", "issued": "25/11/2024", "publisher": "Uji"}'),
       pg_temp.saves('kantor2', '{"overall": "3"}');
select is(pg_temp.does('kantor2', 'submit'), 'done', 'one sends it');
select is(pg_temp.does('kantor3', 'confirm', ', null, null'), 'invalid {"form": "same_person"}',
          'and none confirms it, whoever wrote last');
insert into data.letter (region, year, corrects, digest, name, by_office, created_by, saved_by)
select l.region, l.year, coalesce(l.corrects, l.id), l.digest, 'koreksi.pdf', l.by_office,
       l.created_by, l.created_by
from data.letter l where l.id = pg_temp.at('confirmed');
set session authorization tolok_desk;
select pg_temp.as_person('kediri');
select is(pg_temp.show('letter', pg_temp.at('confirmed')) #>> '{correction,open_id}',
          pg_temp.newest()::text, 'a correction that is under way');
reset session authorization;
insert into data.letter (region, year, digest, name, by_office, created_by, saved_by)
select r.code, 2024, (select l.digest from data.letter l limit 1), 'surat.pdf', true, p.id, p.id
from pg_temp.person p
cross join (select g.code from data.region g where g.code not in ('35.71', '35.77') limit 70) r
where p.name = 'kantor';
set session authorization tolok_desk;
select pg_temp.as_person('kantor');
select is(array(select doc('letters', 'id', n) ->> 'next_page' from unnest('{1,2,3}'::text[]) n),
          '{2,3,NULL}', 'a long list has pages');
reset session authorization;
select * from finish();
rollback;
