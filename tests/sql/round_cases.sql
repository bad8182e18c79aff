-- Rounds run here: cases that go wrong elsewhere. Longer steps, another method, conflicts of
-- interest, panels, what does not apply, minutes of grace, keys.
begin;
\ir desk.psql
\ir rounds.psql
select plan(75);
-- A moment as forms send it, days from now.
create function pg_temp.at(days numeric) returns text language sql as $$
  select to_char((now() + days * interval '1 day') at time zone 'Asia/Jakarta',
                 'YYYY-MM-DD HH24:MI')
$$;
create function pg_temp.answers(who text, round text, region text, criterion text, seen integer,
    state text default 'value', value text default '3', reason text default 'x') returns text
language sql as $$
  select pg_temp.says(who, format('answer_save(%L, %L, %L, %s, KEY, %L, %L, %L)', round, region,
      criterion, seen, state, value, reason))
$$;
create function pg_temp.extends(round text, region text, step text, closes numeric,
    next numeric default null, reason text default 'Banjir') returns text language sql as $$
  select pg_temp.says('kantor', format('round_extend(%L, %L, %L, KEY, %L, %L, %L)', round, region,
      step, pg_temp.at(closes), pg_temp.at(next), reason))
$$;

-- Longer steps. In review, a week after self has closed, self is over for all; while self runs it
-- may be longer, but review is not swallowed. Self began 9 days ago and ends in 9 days, review is
-- from day 11 to 29.
select pg_temp.make_run('e');
select pg_temp.walk('e', 'self');
select is(pg_temp.extends('e', '35.71', 'review', 40), 'state', 'a step that has not begun');
select is(pg_temp.extends('e', '35.71', 'self', 5), 'invalid {"closes": "earlier"}',
    'a longer step ends later');
select is(pg_temp.extends('e', '35.71', 'self', 12, null, ' '), 'invalid {"reason": "missing"}',
    'for a reason');
select is(pg_temp.extends('e', '35.71', 'self', 35), 'invalid {"closes": "next"}',
    'it does not swallow the next one');
select is(pg_temp.extends('e', '35.71', 'self', 35, 36), 'done',
    'unless that is longer too');
select is((select string_agg(c.step || ' ' || round(extract(epoch from c.opens - now()) / 86400)
    || '-' || round(extract(epoch from c.closes - now()) / 86400), ', ' order by c.opens)
    from data.city_step c where c.round = 'e' and c.region = '35.71'),
    'self -9-35, review 35-36, repair 36-49, verify 51-69, reply 71-89',
    'a longer step moves the beginning of those after it');
select is((select string_agg(c.step || ' ' || round(extract(epoch from c.closes - now()) / 86400),
    ', ' order by c.opens) from data.city_step c where c.round = 'e' and c.region = '35.77'),
    'self 9, review 29, repair 49, verify 69, reply 89', 'of that city alone');
select act.round_shift('e', interval '-20 days');
select is(pg_temp.answers('kediri', 'e', '35.71', 'gov.a', 1), 'done',
    'a city with more time writes on');
select is(pg_temp.answers('madiun', 'e', '35.77', 'gov.a', 1), 'state', 'another one does not');
select is(pg_temp.says('asesor', $$question_ask('e', '35.71', null, 'gov.a', KEY, 'words', 'x',
    null)$$), 'state', 'its review has not begun');
select is(pg_temp.says('asesor', $$question_ask('e', '35.77', null, 'gov.a', KEY, 'words', 'x',
    null)$$), 'done', 'that of others has');
select is(pg_temp.extends('e', null, 'review', 11), 'state',
    'all get more only while it is so for all');
select is(pg_temp.extends('e', '35.77', 'self', 3), 'state',
    'what is over and followed by another step stays over');
select is(pg_temp.says('kantor', $$round_final('e', KEY)$$), 'state', 'final waits for all');

-- Two minutes' grace, and then no more; nobody sees them.
select pg_temp.make_run('m');
create function pg_temp.ends_in(round text, step text, seconds integer) returns void
language sql as $$
  select act.round_shift(ends_in.round, now() + seconds * interval '1 second' - s.closes)
  from data.round_step s where s.round = ends_in.round and s.step = ends_in.step
$$;
select pg_temp.ends_in('m', 'self', -119);
select is(pg_temp.answers('kediri', 'm', '35.71', 'gov.a', 1), 'done', 'a minute after closing');
select pg_temp.ends_in('m', 'self', -120);
select is(pg_temp.answers('kediri', 'm', '35.71', 'gov.a', 2), 'state', 'two minutes after it');
select is((select count(*) from pub.round_calendar c where c.round = 'm' and c.open), 0::bigint,
    'which no calendar says');
-- A key of another request.
create function pg_temp.keyed(value text) returns text language plpgsql as $$
declare
  said data.outcome;
begin
  perform pg_temp.as_person('kediri');
  said := act.answer_save('m', '35.71', 'gov.b', 1, 'satu-kunci-dua-kali', 'value', value, 'x');
  return said.outcome;
end $$;
select pg_temp.walk('m', 'self');
select is(pg_temp.keyed('1'), 'done', 'a key');
select is(pg_temp.keyed('2'), 'key_used', 'is one request''s');

-- Another version of the method, before self closes.
select pg_temp.make_method('uji-baru');
insert into data.criterion (method, code, ord, height, aggregate, kind, name_id, name_en)
select m.id, 'eco.b', 20, 0, 'leaf', 'indicator', 'eco.b', 'eco.b'
from data.method m where m.version = 'uji-baru';
insert into data.criterion_edge (method, parent, child, weight, ord)
select m.id, 'economy', 'eco.b', 1, 200 from data.method m where m.version = 'uji-baru';
delete from data.criterion c using data.method m
where m.id = c.method and m.version = 'uji-baru' and c.code = 'gov.a';
select is(pg_temp.says('kantor', $$round_method('m', KEY, 'uji-baru', '')$$),
    'invalid {"reason": "missing"}', 'a round is moved to another method for a reason');
select is(pg_temp.says('kantor', $$round_method('m', KEY, 'uji-m', 'x')$$),
    'invalid {"method": "same"}', 'another one');
select is(pg_temp.says('kantor', $$round_method('m', KEY, 'uji-baru', 'Kriteria baru')$$), 'done',
    'and it is moved');
select is((select string_agg(concat_ws(' ', c.criterion, c.state, case when c.aside then 'aside'
    end), ', ' order by c.criterion) from data.cell c where c.round = 'm' and c.region = '35.71'),
    'eco.a open, eco.b open, gov.a value aside, gov.b value',
    'leaves of the same code keep their answers, new ones are open, gone ones are laid aside');
select is(pg_temp.answers('kediri', 'm', '35.71', 'gov.a', 2), 'forbidden',
    'what is aside is no cell');
select is(pg_temp.answers('kediri', 'm', '35.71', 'eco.b', 1), 'done', 'what is new is one');
select throws_ok($$update data.criterion c set ord = 99 from data.method m
    where m.id = c.method and m.version = 'uji-baru' and c.code = 'eco.b'$$, '23001', null,
    'it is frozen now');
select lives_ok($$update data.criterion c set ord = 99 from data.method m
    where m.id = c.method and m.version = 'uji-m' and c.code = 'eco.a'$$, 'the one before is not');
-- A city that joins an open round.
select pg_temp.walk('m', 'self');
select is(pg_temp.says('kantor', $$entrant_add('m', '35.78', KEY, 'umum', null)$$),
    'invalid {"reason": "missing"}', 'who joins an open round does so for a reason');
select is(pg_temp.says('kantor', $$entrant_add('m', '35.78', KEY, 'umum', 'Terlambat surat')$$),
    'done', 'and joins');
select is((select count(*) from data.cell c where c.round = 'm' and c.region = '35.78'), 3::bigint,
    'with all cells');
select pg_temp.walk('m', 'review');
select is(pg_temp.says('kantor', $$entrant_add('m', '35.73', KEY, 'umum', 'x')$$), 'state',
    'not after self');
select is(pg_temp.says('kantor', $$round_method('m', KEY, 'uji-m', 'x')$$), 'state',
    'nor is the method another one then');
-- Repair: where a question asks, until it is due; or everywhere.
select is(pg_temp.says('asesor', format(
    'question_ask(''m'', ''35.71'', ''governance'', null, KEY, ''evidence'', ''SK?'', %L)',
    pg_temp.at(30))), 'done', 'a question on a dimension, until then');
select pg_temp.last_id() as question \gset
select pg_temp.walk('m', 'repair');
create function pg_temp.adds(criterion text) returns text language sql as $$
  select pg_temp.says('kediri', format('evidence_add(''m'', ''35.71'', KEY, %L, %L)',
    '{"kind": "link", "url": "https://a.id/b", "title": "t"}',
    jsonb_build_array(jsonb_build_object('criterion', criterion))))
$$;
select is(pg_temp.adds('gov.b'), 'done', 'opens its cells');
select is(pg_temp.adds('eco.a'), 'state', 'and no others');
select is(pg_temp.answers('kediri', 'm', '35.71', 'gov.b', 2), 'state', 'for what it asks');
update data.question set due = now() - interval '121 seconds' where id = :question;
select is(pg_temp.adds('gov.b'), 'state', 'until it is due');
update data.question set due = null where id = :question;
select is(pg_temp.adds('gov.b'), 'done', 'or without an end');
select is(pg_temp.says('asesor2', format('question_close(%s, KEY)', :question)), 'forbidden',
    'who did not ask does not close it');
select is(pg_temp.says('asesor', format('question_close(%s, KEY)', :question)), 'done',
    'who asked does');
select is(pg_temp.adds('gov.b'), 'state', 'and then it is shut');
update data.round_run set repair_everywhere = true where round = 'm';
select is(pg_temp.adds('eco.a'), 'done', 'a round may open all for repair');

-- Conflicts of interest.
select pg_temp.make_run('c', '{"own_province": "no"}');
create function pg_temp.assigns(who text, role text default 'second') returns text
language sql as $$
  select pg_temp.says('kantor', format('assign(''c'', ''35.76'', ''governance'', KEY, %s, %L)',
      pg_temp.id_of(who), role))
$$;
create function pg_temp.person(who text, fields text) returns text language sql as $$
  select pg_temp.says('kantor', format('assessor_set(%s, KEY, %L)', pg_temp.id_of(who), fields))
$$;
select is(pg_temp.assigns('kediri'), 'invalid {"assessor": "unknown"}',
    'an operator assesses none');
select pg_temp.person('asesor3', '{"home": "35.78"}');
select is(pg_temp.assigns('asesor3'), 'invalid {"why": "province", "assessor": "conflict"}',
    'whose home is in the province');
select pg_temp.person('asesor3', '{"province": "73", "former": [{"region": "35.76",
    "until": "2029-06-30"}]}');
select is(pg_temp.assigns('asesor3'), 'invalid {"why": "former", "assessor": "conflict"}',
    'who has worked for it within three years');
select pg_temp.person('asesor3', '{"province": "73", "former": [{"region": "35.76",
    "until": "2019-06-30"}], "institution": "Universitas Uji"}');
select is(pg_temp.assigns('asesor3'), 'done', 'longer ago is no conflict');
select pg_temp.last_id() as assignment \gset
select is(pg_temp.assigns('asesor3'), 'invalid {"assessor": "taken"}', 'once');
select is(pg_temp.assigns('asesor', 'lead'), 'done', 'a lead');
select is(pg_temp.assigns('asesor2', 'lead'), 'invalid {"role": "lead_taken"}', 'there is one');
select is(pg_temp.says('kantor', $$adviser_add(KEY, '{"region": "35.76",
    "institution": "universitas uji", "from": "2028-01-01", "source": "Surat"}')$$), 'done',
    'their institution turns out to have advised the city');
select is((select a.end_reason from data.assignment a where a.id = :assignment)::text,
    'benturan kepentingan', 'which ends the assignment');
select is((select n.detail ->> 'why' from data.round_notice n where n.round = 'c'), 'adviser',
    'and the office is told why');
update data.account set state = 'disabled' where id = pg_temp.id_of('asesor2');
select is((select count(*) from data.assignment a where a.round = 'c' and a.until is null
    and a.assessor = pg_temp.id_of('asesor2')), 0::bigint, 'so does an account that is closed');
update data.account set state = 'active' where id = pg_temp.id_of('asesor2');
select throws_ok(format('update data.assignment set until = null, end_reason = null where id = %s',
    :assignment), 'TKCON', null, 'not even by hand it begins again');

-- A panel: the second's dissent, and a signature that is opened again.
select pg_temp.make_run('p', '{"how": "panel", "tolerance": "0", "agree_days": "0"}');
select pg_temp.walk('p', 'verify');
select is(pg_temp.mark_all('p', '35.71', 'governance', 'asesor', '3'), 'done done done', 'a lead');
select is(pg_temp.says('asesor2', $$mark_save('p', '35.71', 'gov.a', null, KEY, 'value', '3', null,
    null)$$), 'invalid {"reason": "missing"}', 'a dissent has a reason');
select is(pg_temp.says('asesor2', $$mark_save('p', '35.71', 'gov.a', null, KEY, 'value', '1', 'x',
    'catatan')$$), 'done', 'a dissent');
select is(pg_temp.says('asesor2', $$sign('p', '35.71', 'governance', KEY)$$), 'done', 'signed');
select is((select string_agg(m.criterion || ' ' || trim_scale(m.value), ', ' order by m.criterion)
    from data.assessor_mark m where m.round = 'p' and m.seat = 2 and m.counts),
    'gov.a 1, gov.b 3', 'what they do not dissent from is the lead''s');
select a.id as signed from data.assignment a where a.round = 'p' and a.region = '35.71'
    and a.dimension = 'governance' and a.seat = 2 \gset
select is(pg_temp.says('kantor', format('sign_reopen(%s, KEY, ''Keliru'')', :signed)), 'done',
    'the office opens a signature');
select is((select count(*) from data.assessor_mark m where m.assignment = :signed and m.counts),
    0::bigint, 'whose marks count no more');
select is(pg_temp.says('asesor2', $$sign('p', '35.71', 'governance', KEY)$$), 'done',
    'until signed');
select throws_ok(format('update data.assessor_mark set value = 4 where assignment = %s', :signed),
    '23001', null, 'a signed mark is not changed, not even by hand');
select pg_temp.walk('p', 'reply');
select is(pg_temp.says('kantor', format('sign_reopen(%s, KEY, ''Keliru'')', :signed)), 'state',
    'not after the reply has opened');
-- Objections that were not sent stand as sent when the window closes.
select pg_temp.says('kediri', $$objection_save('p', '35.71', 'gov.b', null, KEY, 'value', '4',
    'x')$$);
select is(pg_temp.says('kediri', $$objection_drop('p', '35.71', 'gov.b', KEY)$$), 'done',
    'an objection is taken back');
select is(pg_temp.says('kediri', $$objections_send('p', '35.71', KEY)$$),
    'invalid {"form": "none"}', 'none to send');
select pg_temp.says('kediri', $$objection_save('p', '35.71', 'gov.b', null, KEY, 'not_applicable',
    null, 'x')$$);
select pg_temp.walk('p', 'final');
select is(pg_temp.says('kantor', $$round_final('p', KEY)$$), 'done', 'final');
select is(pg_temp.says('asesor', $$objection_answer('p', '35.71', 'gov.b', KEY, 'accept', null,
    'ya')$$), 'done', 'the lead accepts what was not sent');
select is((select string_agg(concat_ws(' ', d.criterion, d.why), ', ' order by d.criterion)
    from data.decision d where d.round = 'p' and d.region = '35.71' and d.state = 'open'),
    'eco.a short, gov.a spread, gov.b objection', 'open: too few marks, a dissent, an objection');
-- What does not apply, beyond the round's limit.
select is(pg_temp.says('kantor', $$decide('p', KEY, '[{"region": "35.71", "criterion": "gov.b",
    "seen": 1}]', 'not_applicable', null, 'Tidak ada laut')$$), 'done', 'it does not apply');
select is(pg_temp.says('kantor', $$decide('p', KEY, '[{"region": "35.71", "criterion": "gov.a",
    "seen": 1}]', 'not_applicable', null, 'x')$$), 'invalid {"state": "not_allowed"}',
    'only where the guide has a condition');
select pg_temp.says('kantor', format('decide(''p'', KEY, %L, ''value'', ''2'', ''pleno'')', (
  select jsonb_agg(jsonb_build_object('region', d.region, 'criterion', d.criterion, 'seen', 1))
  from data.decision d where d.round = 'p' and d.state = 'open')));
select is(pg_temp.says('kantor', $$round_preview('p', KEY)$$), 'invalid {"form": "na_limit"}',
    'more than a tenth of the index needs a reason');
select is(pg_temp.says('kantor', $$round_na_reason('p', KEY, 'Kabupaten tanpa laut')$$), 'done',
    'a reason');
select is(pg_temp.says('kantor', $$round_preview('p', KEY)$$), 'done', 'with which it goes on');

-- Counts in cells are what counting says.
select is_empty($$select c.round, c.region, c.criterion, c.pieces, n.pieces
    from data.cell c
    cross join lateral (
      select count(*) as pieces from data.evidence_use u
      where u.part = c.part and u.until is null
        and (u.criterion is null or u.criterion = c.criterion)) n
    where c.pieces <> n.pieces$$, 'counts of evidence are right');
select * from finish();
rollback;
