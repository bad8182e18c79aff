-- A round run here, from the office's draft to the preview of its publication: who may do what
-- when, and what counts. Everything through acts, as people do it.
begin;
\ir desk.psql
\ir rounds.psql
select plan(106);

-- The office prepares.
select pg_temp.make_method('uji-drop');
update data.method set missing = 'drop' where version = 'uji-drop';
select pg_temp.make_method('uji-lain');
create function pg_temp.creates(who text, round text, more jsonb) returns text language sql as $$
  select pg_temp.says(who, format('round_create(KEY, %L, %L)', round, '{"title_id": "Putaran",
    "title_en": "Round", "year": "2031", "from": "2030-01-01", "to": "2030-12-31",
    "method": "uji-lain"}'::jsonb || more))
$$;
select is(pg_temp.creates(name, 'x', '{}'), 'forbidden', name || ' makes no round')
from unnest(array['asesor', 'kediri', 'kediri-gov']) name;
select is(pg_temp.creates('kantor', '2024', '{}'), 'invalid {"round": "taken"}',
    'a round that was gathered is not run here');
select is(pg_temp.creates('kantor', 'x', '{"method": "uji-drop"}'),
    'invalid {"method": "missing_rule"}', 'under a method in which a blank may pay none is run');
select is(pg_temp.creates('kantor', 'x', '{"to": "2029-12-31", "marks": "9", "title_en": " "}'),
    'invalid {"to": "order", "marks": "wrong", "title_en": "missing"}', 'faults have their fields');
select is(pg_temp.creates('kantor', 'x', '{}'), 'done', 'a draft');
select is(pg_temp.creates('kantor', 'y', '{}'), 'invalid {"title_id": "taken"}',
    'titles tell rounds apart');
select is(pg_temp.says('kantor', $$round_open('x', KEY)$$),
    'invalid {"dates": "missing", "entrants": "missing"}', 'what is missing keeps it from opening');
select is(pg_temp.says('kantor', $$round_dates('x', 1, KEY, '{"self":
    ["2031-01-01 08:00", "2031-02-01 16:00"], "verify": ["2031-01-15 08:00", "2031-03-01 16:00"],
    "pause": ["2031-01-15 08:00", "2031-03-01 16:00"]}')$$),
    'invalid {"pause": "wrong", "verify": "order"}', 'steps follow each other');
select pg_temp.says('kantor', $$entrant_add('x', '35.71', KEY, 'Umum', null)$$);
select is(pg_temp.says('kantor', $$entrant_add('x', '35.77', KEY, 'umum ', null)$$),
    'invalid {"group": "alike"}', 'names of groups differ in more than case and blanks');
select is(pg_temp.says('kantor', $$round_off('x', KEY, 'tidak jadi')$$), 'done', 'called off');

-- The round. Kediri and Madiun have two assessors each, Mojokerto none.
select pg_temp.make_run('r');
select results_eq($$select region::text, criterion::text from data.cell where round = 'r'
    order by 1, 2$$, $$values ('35.71', 'eco.a'), ('35.71', 'gov.a'), ('35.71', 'gov.b'),
    ('35.76', 'eco.a'), ('35.76', 'gov.a'), ('35.76', 'gov.b'), ('35.76', 'wisata'),
    ('35.77', 'eco.a'), ('35.77', 'gov.a'), ('35.77', 'gov.b')$$,
    'each city has a row for each leaf that applies to its group');
select throws_ok($$update data.criterion_edge e set weight = 9 from data.method m
    where m.id = e.method and m.version = 'uji-r' and e.child = 'gov.a'$$, '23001', null,
    'its method is frozen');
select is(pg_temp.says('kantor', $$guide_set('r', 'gov.a', KEY, '{"text": "x"}')$$), 'state',
    'and so is the guide');

-- Self: answers and evidence.
create function pg_temp.answers(who text, region text, criterion text, seen text, state text,
    value text, reason text default null) returns text language sql as $$
  select pg_temp.says(who, format('answer_save(''r'', %L, %L, %s, KEY, %L, %L, %L)', region,
      criterion, seen, state, value, reason))
$$;
select is(pg_temp.answers('kediri-gov', '35.71', 'gov.a', '1', 'value', '3'), 'done',
    'an owner answers in their dimension');
select is(pg_temp.answers('kediri-gov', '35.71', 'eco.a', '1', 'value', '3'), 'forbidden',
    'in no other');
select is(pg_temp.answers('kediri', '35.71', 'eco.a', '1', 'value', '0'), 'done',
    'an operator in all; zero is a value');
select is(pg_temp.answers('madiun', '35.71', 'gov.a', '2', 'value', '1'), 'forbidden',
    'another city does not');
select is(pg_temp.answers('asesor', '35.71', 'gov.a', '2', 'value', '1'), 'forbidden',
    'nor an assessor');
select is(pg_temp.answers('kantor', '35.71', 'gov.a', '2', 'value', '1'), 'forbidden',
    'nor the office');
select is(pg_temp.answers('kediri', '35.71', 'wisata', '1', 'value', '1'), 'forbidden',
    'what is no cell of its group has no answer');
select is(pg_temp.answers('mojokerto', '35.76', 'wisata', '1', 'value', '1'), 'done',
    'of the other group it has');
select is(pg_temp.answers('kediri', '35.71', 'gov.a', '1', 'value', '2'), 'conflict',
    'somebody has saved since');
select is(pg_temp.answers('kediri', '35.71', 'gov.b', '1', state, value, reason), fault, fault)
from (values ('value', '9', null, 'invalid {"value": "scale"}'),
    ('value', '2.5', null, 'invalid {"value": "options"}'),
    ('value', '1.234', null, 'invalid {"value": "decimals"}'),
    ('value', 'tiga', null, 'invalid {"value": "wrong"}'),
    ('value', '', null, 'invalid {"value": "missing"}'),
    ('open', null, null, 'invalid {"state": "wrong"}'),
    ('no_data', '1', null, 'invalid {"value": "wrong"}'),
    ('not_applicable', null, ' ', 'invalid {"reason": "missing"}')) v (state, value, reason, fault);
select is(pg_temp.answers('kediri', '35.71', 'gov.a', '2', 'not_applicable', null, 'x'),
    'invalid {"state": "not_allowed"}', 'where the guide has no condition everything applies');
create function pg_temp.cell(region text, criterion text) returns text language sql as $$
  select concat_ws(' ', c.state, trim_scale(c.value), c.pieces,
                   case when c.complete then 'complete' end)
  from data.cell c where c.round = 'r' and c.region = cell.region and c.criterion = cell.criterion
$$;
select is(pg_temp.answers('kediri', '35.71', 'gov.b', '1', 'value', '4', 'ada'), 'done',
    'an answer');
select is(pg_temp.cell('35.71', 'gov.b'), 'value 4 0', 'which asks for a piece of evidence');
select is(pg_temp.says('kediri-gov', $$evidence_add('r', '35.71', KEY, '{"kind": "link",
    "url": "https://kediri.go.id/sk", "title": "SK tim"}',
    '[{"dimension": "governance", "page": "3"}]')$$), 'done', 'a link, of the whole dimension');
select pg_temp.last_id() as piece \gset
select is(pg_temp.cell('35.71', 'gov.b'), 'value 4 1 complete', 'the cell is complete with it');
select is(pg_temp.says('kediri', format('evidence_use(%s, ''r'', KEY, ''eco.a'', null, null)',
    :piece)), 'done', 'one piece serves many cells');
select pg_temp.last_id() as use \gset
select is(pg_temp.says('kediri-gov', format('evidence_drop(%s, KEY)', :use)), 'forbidden',
    'of other dimensions an owner takes none off');
select is(pg_temp.says('kediri', format('evidence_drop(%s, KEY)', :use)), 'done',
    'the operator does');
select is(pg_temp.says('kediri', $$evidence_add('r', '35.71', KEY, '{"kind": "file",
    "digest": "aa", "title": "SK"}', '[{"criterion": "gov.a"}]')$$),
    'invalid {"bytes": "wrong", "digest": "wrong"}', 'a file has a digest and a size');
select is(pg_temp.says('kediri-gov', $$send('r', '35.71', 'governance', KEY)$$), 'done',
    'what is there is sent');
select is(current_setting('tolok_test.n'), '2', 'with how many are complete');
select is((select count(*) from data.answer_version v where v.round = 'r'), 4::bigint,
    'each save is a version');
-- A save whose key comes again is answered as it was, also after closing.
create function pg_temp.saves_with(key text) returns text language plpgsql as $$
declare
  said data.outcome;
begin
  perform pg_temp.as_person('madiun');
  said := act.answer_save('r', '35.77', 'gov.a', 1, key, 'value', '2', 'x');
  return concat_ws(' ', said.outcome, said.row_version);
end $$;
select is(pg_temp.saves_with('kunci-kunci-kunci-1'), 'done 2', 'a save');
select pg_temp.walk('r', 'review');
select is(pg_temp.saves_with('kunci-kunci-kunci-1'), 'done 2', 'the same key after closing');
select is(pg_temp.answers('madiun', '35.77', 'gov.a', '2', 'value', '1'), 'state',
    'another one is too late');
select is(pg_temp.says('kediri', $$target_set('r', '35.71', null, KEY, '3.5')$$), 'state',
    'and so is a target');

-- Review: questions, no marks.
select is(pg_temp.says('asesor', $$mark_save('r', '35.71', 'gov.a', null, KEY, 'value', '3', 'x',
    null)$$), 'state', 'in the first stage there are no marks');
select is(pg_temp.says('asesor', $$question_ask('r', '35.71', null, 'gov.a', KEY, 'answer',
    'Benarkah 3?', null)$$), 'done', 'an assessor asks');
select is(pg_temp.says('asesor3', $$question_ask('r', '35.71', null, 'gov.a', KEY, 'answer',
    'Benarkah 3?', null)$$), 'forbidden', 'one who is not assigned does not');
select is(pg_temp.says('asesor', $$question_ask('r', '35.71', 'governance', null, KEY, 'evidence',
    'SK mana?', '2020-01-01 10:00')$$), 'invalid {"due": "past"}', 'until a time to come');
select is(pg_temp.says('asesor', $$recommend('r', '35.71', KEY, '{"text": "Bentuk forum",
    "dimension": "governance"}')$$), 'done', 'and recommends');

-- Repair, where a question asks.
select pg_temp.walk('r', 'repair');
select is(pg_temp.answers('kediri', '35.71', 'gov.a', '2', 'value', '2'), 'done',
    'what a question asks for is open');
select is(pg_temp.answers('kediri', '35.71', 'gov.b', '2', 'value', '2'), 'state',
    'exactly that cell');
select is(pg_temp.says('kediri', format(
    'evidence_use(%s, ''r'', KEY, ''gov.a'', null, null)', :piece)), 'state', 'for exactly that');
select is(pg_temp.answers('madiun', '35.77', 'gov.a', '2', 'value', '1'), 'state',
    'and that city');

-- Verify: two that differ, and one who is replaced.
select pg_temp.walk('r', 'verify');
select is(pg_temp.says('asesor', $$mark_save('r', '35.71', 'gov.a', null, KEY, 'value', '3', null,
    null)$$), 'invalid {"reason": "missing"}', 'a mark that differs from the answer has a reason');
select is(pg_temp.says('asesor', $$sign('r', '35.71', 'governance', KEY)$$),
    'invalid {"form": "open"}', 'who has not marked all does not sign');
select is(pg_temp.mark_all('r', '35.71', 'governance', 'asesor', '3'), 'done done done',
    'marks and a signature');
select is(pg_temp.says('asesor', $$mark_save('r', '35.71', 'gov.a', 1, KEY, 'value', '1', 'x',
    null)$$), 'state', 'a signed mark stays');
select is(pg_temp.mark_all('r', '35.71', 'economy', 'asesor', '1'), 'done done', 'another part');
select is(pg_temp.mark_all('r', '35.71', 'governance', 'asesor2', '4'), 'done done done',
    'the second');
select is(pg_temp.mark_all('r', '35.71', 'economy', 'asesor2', '3'), 'done done',
    'who differs by two in one cell');
-- Asesor 2 turns out to be from Madiun.
select is(pg_temp.says('kantor', format('assessor_set(%s, KEY, ''{"home": "35.77"}'')',
    pg_temp.id_of('asesor2'))), 'done', 'the truth about a person is taken');
select is((select string_agg(a.region || ' ' || a.end_reason, ', ' order by a.id)
    from data.assignment a where a.round = 'r' and a.until is not null),
    '35.77 benturan kepentingan, 35.77 benturan kepentingan', 'it ends what is forbidden now');
select is((select count(*) from data.round_notice n where n.round = 'r' and n.word = 'conflict'),
    2::bigint, 'and tells the office');
select is(pg_temp.says('kantor', format(
    'assign(''r'', ''35.77'', ''economy'', KEY, %s, ''second'')', pg_temp.id_of('asesor2'))),
    'invalid {"why": "home", "assessor": "conflict"}', 'they are not assigned there again');
select is(pg_temp.says('asesor2', $$mark_save('r', '35.77', 'gov.a', null, KEY, 'value', '3', 'x',
    null)$$), 'forbidden', 'and mark nothing there');
select is(pg_temp.says('kantor', format(
    'assign(''r'', ''35.77'', %L, KEY, %s, ''second'')', d, pg_temp.id_of('asesor3'))),
    'done', 'another one takes the place in ' || d) from unnest(array['governance', 'economy']) d;
select is((select count(*) from data.assessor_mark m join data.assignment a on a.id = m.assignment
    where a.assessor = pg_temp.id_of('asesor3')), 0::bigint, 'and begins empty');
select is(pg_temp.mark_all('r', '35.77', d, who, '2'), s, who || ' marks ' || d)
from (values ('governance', 'done done done'), ('economy', 'done done')) p (d, s),
    unnest(array['asesor', 'asesor3']) who;

-- Reply.
select pg_temp.walk('r', 'reply');
select is(pg_temp.says('kediri-gov', $$objection_save('r', '35.71', 'gov.a', null, KEY, 'value',
    '4', 'Lihat halaman 3')$$), 'forbidden', 'an owner does not object');
select is(pg_temp.says('kediri', $$objection_save('r', '35.71', 'gov.a', null, KEY, 'value', '4',
    'Lihat halaman 3')$$), 'done', 'the operator does');
select is(pg_temp.says('kediri', format(
    'evidence_use(%s, ''r'', KEY, ''gov.a'', null, null)', :piece)), 'done', 'with evidence');
select is(pg_temp.says('kediri', format(
    'evidence_use(%s, ''r'', KEY, ''eco.a'', null, null)', :piece)), 'state', 'there alone');
select is(pg_temp.says('asesor', $$objection_answer('r', '35.71', 'gov.a', KEY, 'reject', null,
    'tidak')$$), 'state', 'the lead answers what was sent');
select is(pg_temp.says('kediri', $$objection_save('r', '35.71', 'gov.b', null, KEY, 'value', '2',
    'Salah')$$), 'done', 'a second one');
select is(pg_temp.says('kediri', $$objection_save('r', '35.71', 'gov.b', 1, KEY, 'value', '4',
    'Salah ketik')$$), 'done', 'that is mended');
select is(pg_temp.says('kediri', $$objections_send('r', '35.71', KEY)$$), 'done', 'sent');
select is(pg_temp.says('kediri', $$objection_drop('r', '35.71', 'gov.b', KEY)$$), 'state',
    'and stays');
select is(pg_temp.says('asesor2', $$objection_answer('r', '35.71', 'gov.a', KEY, 'reject', null,
    'tidak')$$), 'forbidden', 'the second does not answer');
select is(pg_temp.says('asesor', $$objection_answer('r', '35.71', 'gov.a', KEY, 'accept', null,
    'benar')$$), 'done', 'the lead does');

-- Final.
select is(pg_temp.says('kantor', $$round_final('r', KEY)$$), 'state', 'not while steps run');
select pg_temp.walk('r', 'final');
select is(pg_temp.says('kantor', $$entrant_leave('r', '35.76', KEY, 'Surat wali kota')$$), 'done',
    'a city withdraws');
select is(pg_temp.answers('mojokerto', '35.76', 'wisata', '2', 'value', '1'), 'state',
    'and says no more');
select is(pg_temp.says('kantor', $$round_final('r', KEY)$$), 'done', 'final');
create function pg_temp.decisions() returns text language sql as $$
  select string_agg(concat_ws(' ', d.region, d.criterion, d.state, trim_scale(d.value), d.how,
      case d.state when 'open' then d.why end), ', ' order by d.region, d.criterion)
  from data.decision d where d.round = 'r'
$$;
select is(pg_temp.decisions(), '35.71 eco.a open spread, 35.71 gov.a open objection, '
    '35.71 gov.b open objection, 35.77 eco.a value 2 mean, 35.77 gov.a value 2 mean, '
    '35.77 gov.b value 2 mean', 'what the rules decide, and what they leave open');
select is(pg_temp.says('kantor', $$round_preview('r', KEY)$$), 'invalid {"form": "open"}',
    'nothing is previewed while a cell is open');
select is(pg_temp.says('asesor', $$objection_answer('r', '35.71', 'gov.b', KEY, 'reject', null,
    'tidak ada')$$), 'done', 'the lead answers in final too');
select is((select concat_ws(' ', d.state, trim_scale(d.value), d.how) from data.decision d
    where d.round = 'r' and d.region = '35.71' and d.criterion = 'gov.b'), 'value 3.5 mean',
    'which decides the cell');
select is(pg_temp.says('kantor', $$decide('r', KEY, '[{"region": "35.71", "criterion": "eco.a",
    "seen": 1}]', 'value', '3', 'pleno')$$), 'state', 'the assessors have days to agree');
select is(pg_temp.says('asesor', $$agree('r', '35.71', 'eco.a', KEY, 'value', '2', 'sepakat')$$),
    'done', 'one says what it should be');
select is(pg_temp.says('asesor2', $$agree('r', '35.71', 'eco.a', KEY, 'value', '2', 'sepakat')$$),
    'done', 'the other one too');
select is(pg_temp.says('kantor', $$decide('r', KEY, '[{"region": "35.71", "criterion": "gov.a",
    "seen": 1}]', 'value', '4', '')$$), 'invalid {"reason": "missing"}', 'with a reason');
select is(pg_temp.says('kantor', $$decide('r', KEY, '[{"region": "35.71", "criterion": "gov.a",
    "seen": 9}]', 'value', '4', 'pleno')$$), 'conflict', 'of what was seen');
select is(pg_temp.says('kantor', $$decide('r', KEY, '[{"region": "35.71", "criterion": "gov.a",
    "seen": 1}]', 'value', '4', 'pleno')$$), 'done', 'the plenary decides');
select is(pg_temp.decisions(), '35.71 eco.a value 2 agreed, 35.71 gov.a value 4 plenary, '
    '35.71 gov.b value 3.5 mean, 35.77 eco.a value 2 mean, 35.77 gov.a value 2 mean, '
    '35.77 gov.b value 2 mean', 'nothing is open');
select is(pg_temp.says('kantor', $$decide('r', KEY, '[{"region": "35.77", "criterion": "gov.a",
    "seen": 1}]', 'value', '1', 'bukti lain')$$), 'done', 'what was decided is changed');
select is((select m.detail ->> 'after' from data.minutes m where m.round = 'r'
    and m.word = 'changed'), '1', 'and that stands in the minutes');
select is(pg_temp.says('kantor', $$round_preview('r', KEY)$$), 'done', 'a preview');
select results_eq($$select m.region::text, m.criterion::text, m.status, trim_scale(m.value)
    from data.mark m join data.round r on r.draft = m.intake where r.code = 'r' order by 1, 2$$,
    $$values ('35.71', 'eco.a', 'value', 2.0), ('35.71', 'gov.a', 'value', 4.0),
    ('35.71', 'gov.b', 'value', 3.5), ('35.71', 'wisata', 'outside', null),
    ('35.77', 'eco.a', 'value', 2.0), ('35.77', 'gov.a', 'value', 1.0),
    ('35.77', 'gov.b', 'value', 2.0), ('35.77', 'wisata', 'outside', null)$$,
    'the intake is what was decided, of the cities that have not left');
select * from finish();
rollback;
