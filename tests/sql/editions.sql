-- Pages editions, edition, preview and job: what the office sees of a publication on its way, and
-- nobody else; the states of each, as they are drawn.
begin;
\ir desk.psql
\ir round.psql
select plan(30);
insert into pg_temp.person
select 'kedua', 'office', pg_temp.make_person('kedua', 'office');
create function pg_temp.id_of(name text) returns integer language sql as $$
  select p.id from pg_temp.person p where p.name = id_of.name
$$;
create temp table kept (name text primary key, id integer);
grant all on kept to public;
create function pg_temp.kept(name text) returns text language sql as $$
  select k.id::text from kept k where k.name = kept.name
$$;
-- A job as it stands.
create function pg_temp.job(name text, said jsonb) returns void language sql as $$
  with made as (
    insert into data.job overriding system value
    select (jsonb_populate_record(null::data.job, jsonb_build_object(
      'id', nextval(pg_get_serial_sequence('data.job', 'id')), 'asked_by', pg_temp.id_of('kantor'),
      'asked_at', now(), 'due_at', now(), 'attempts', 1, 'stage', 'queued', 'new_regions', false)
      || said)).*
    returning id)
  insert into kept select job.name, id from made
$$;
create function pg_temp.page(name text, which text default null, sent text default null,
                             answer text default null) returns json language sql as $$
  select case name when 'editions' then doc('editions', 'id', which, sent, answer)
                   when 'edition' then doc('edition', 'id', which, sent, answer)
                   when 'preview' then doc('preview', 'id', which, sent, answer)
                   else doc('job', 'id', which, sent, answer) end
$$;

-- One round with a correction, one that is new, one whose draft nobody has computed.
create function pg_temp.round_of(round text, variadic marks text[]) returns void language sql as $$
  select pg_temp.make_round(round, '{"draws": 10}', array['n mean 0.1', 'x leaf', 'y leaf'],
                            array['n x 1', 'n y 1'], marks, '{}', array['35.77 kohort 2023'])
$$;
select pg_temp.round_of('uji-t', '35.71 x 4', '35.71 y 3', '35.77 x 2', '35.77 y 2', '35.78 x 1',
                        '35.78 y 5', '35.79 x 3', '35.79 y 3');
select act.publish('uji-t');
select pg_temp.round_of('uji-t', '35.71 x 6', '35.71 y 3', '35.77 x 2', '35.77 y 2', '35.78 x 1',
                        '35.78 y nd', '35.76 x 0', '35.76 y 0');
insert into kept select 'change', act.preview_make('uji-t', pg_temp.id_of('kantor'));
select pg_temp.round_of('uji-u', '35.71 x 4', '35.71 y na', '35.77 x 2', '35.77 y 2', '35.78 x 1',
                        '35.78 y 1', '35.79 x 3', '35.79 y 3', '35.76 x 5', '35.76 y 5',
                        '35.75 x 6', '35.75 y 6');
insert into kept select 'first', act.preview_make('uji-u', pg_temp.id_of('kedua'));
select pg_temp.round_of('uji-v', '35.71 x 4', '35.71 y 3');
update data.intake set simulated = true where round = 'uji-v';

-- Another preview like one of these, and what two people said of it.
create function pg_temp.another(name text, like_what text, said jsonb, asked jsonb default null)
returns void language sql as $$
  with made as (
    insert into data.preview overriding system value
    select (jsonb_populate_record(p, jsonb_build_object(
      'id', nextval(pg_get_serial_sequence('data.preview', 'id'))) || said)).*
    from data.preview p where p.id = pg_temp.kept(like_what)::integer
    returning *), noted as (
    insert into kept select another.name, id from made)
  insert into data.request overriding system value
  select (jsonb_populate_record(null::data.request, jsonb_build_object(
    'id', nextval(pg_get_serial_sequence('data.request', 'id')), 'preview', m.id, 'round', m.round,
    'n', m.n, 'asked_by', pg_temp.id_of('kantor'), 'asked_at', now()) || asked)).*
  from made m where asked is not null
$$;
create function pg_temp.confirmed(said jsonb) returns jsonb language sql as $$
  select jsonb_build_object('confirmed_by', pg_temp.id_of('kedua'), 'confirmed_at', now()) || said
$$;
select pg_temp.another('asked', 'change', '{"round": "uji-1"}',
                       '{"state": "asked", "reason": "Salah salin"}');
select pg_temp.another('waits', 'first', '{"round": "uji-2"}', pg_temp.confirmed(
  '{"state": "confirmed", "publish_at": "2099-01-01 00:00:00+07"}'));
select pg_temp.another('same', 'change', '{"round": "uji-3", "same": true, "changed_files": [],
  "changed_values": 0, "changed_ranks": 0, "entering": 0, "leaving": 0}');
select pg_temp.another('words', 'change', '{"round": "uji-4", "title_id": "Lain",
  "title_en": "Other", "year": 1999, "changed_files": ["round.json"],
  "changed_values": 0, "changed_ranks": 0, "changed_coverage": 0, "changed_intervals": 0,
  "changed_others": 0, "entering": 0, "leaving": 0}');
select pg_temp.another('old ' || why, 'change',
  jsonb_build_object('round', 'uji-5', 'state', 'outdated', 'why', why, 'ended_at', now()),
  jsonb_build_object('state', 'withdrawn', 'ended_at', now()) || said)
from (values ('draft', '{"word": "draft"}'::jsonb), ('publication', '{"word": "publication"}'),
             ('newer', '{"withdrawal": "Tunggu surat", "word": "newer"}')) v (why, said);
select pg_temp.another('ended ' || word, 'first', jsonb_build_object('round', 'uji-6', 'state',
  'outdated', 'why', 'draft', 'ended_at', now()), pg_temp.confirmed(jsonb_build_object(
    'state', 'refused', 'ended_at', now(), 'word', word)))
from unnest(array['digest', 'people', 'crash']) word;
select pg_temp.another('published', 'change', jsonb_build_object(
  'round', 'uji-t', 'state', 'published', 'ended_at', now(), 'n', 1),
  pg_temp.confirmed(jsonb_build_object('state', 'published', 'ended_at', now(), 'publication',
    (select p.id from data.publication p where p.round = 'uji-t'))));

select pg_temp.job('queued', '{"kind": "import", "state": "queued", "name": "nilai.zip"}');
select pg_temp.job('scheduled', jsonb_build_object(
  'kind', 'publish', 'round', 'uji-2', 'state', 'queued', 'due_at', '2099-01-01 00:00:00+07',
  'attempts', 0, 'preview', pg_temp.kept('waits')::integer,
  'request', (select r.id from data.request r where r.round = 'uji-2')));
select pg_temp.job('at ' || kind || ' ' || stage, jsonb_build_object(
  'kind', kind, 'state', 'running', 'stage', stage, 'round', case when kind = 'import' then null
  else 'r-' || kind || stage end, 'attempts', 2, 'publication', case when kind = 'export' then (
    select p.id from data.publication p where p.round = 'uji-t') end) || more)
from (values ('preview', 'draws', '{"n": 5, "m": 10}'::jsonb), ('preview', 'queued', '{}'),
             ('preview', 'cells', '{}'), ('preview', 'results', '{}'), ('preview', 'compare', '{}'),
             ('gather', 'read', '{}'), ('import', 'check', '{}'), ('import', 'write', '{}'),
             ('preview', 'digest', '{}'), ('export', 'zip', '{}')) v (kind, stage, more);
select pg_temp.job('at publish ' || stage, jsonb_build_object(
  'kind', 'publish', 'state', 'running', 'round', 'p-' || stage, 'stage', stage,
  'request', (select min(r.id) from data.request r), 'cancel_at', now(), 'cancel_by',
  pg_temp.id_of('kedua')))
from unnest(array['copy', 'pages']) stage;
select pg_temp.job('done ' || kind, jsonb_build_object('kind', kind, 'round', 'uji-' || tail,
  'state', 'done', 'ended_at', now(), 'name', 'nilai.zip') || more)
from (values
  ('import', 'v', '{"detail": {"regions": 1, "new_regions": 1, "criteria": 3, "marks": 2,
    "official": 1, "replaced": true}}'::jsonb),
  ('gather', 't', '{"detail": {"regions": 4, "new_regions": 0, "criteria": 3, "marks": 8,
    "official": 0, "replaced": false}}'),
  ('preview', 't', jsonb_build_object('preview', pg_temp.kept('change')::integer)),
  ('publish', 't', jsonb_build_object('request', (
    select r.id from data.request r where r.round = 'uji-t'), 'publication', (
    select p.id from data.publication p where p.round = 'uji-t'))),
  ('export', 't', jsonb_build_object('digest', repeat('a', 64), 'publication', (
    select p.id from data.publication p where p.round = 'uji-t')))) v (kind, tail, more);
select pg_temp.job(state || ' ' || word, jsonb_build_object('kind', kind, 'round', round, 'state',
  state, 'word', nullif(word, ''), 'ended_at', now(), 'name', 'nilai.zip', 'cancel_by',
  case when state = 'cancelled' then pg_temp.id_of('kedua') end, 'detail', detail, 'request',
  case when kind = 'publish' then (select min(r.id) from data.request r) end))
from (values
  ('import', null, 'refused', 'faults', '{"faults": 3}'::jsonb),
  ('import', null, 'refused', 'unreadable', '{"message": "a damaged zip archive"}'),
  ('import', null, 'failed', 'crash', '{}'), ('preview', 'uji-u', 'failed', 'error', '{}'),
  ('preview', 'uji-u', 'failed', 'internal', '{}'), ('preview', 'uji-u', 'cancelled', '', '{}'),
  ('publish', 'uji-u', 'refused', 'draft', '{}'),
  ('publish', 'uji-u', 'refused', 'publication', '{}'),
  ('publish', 'uji-u', 'refused', 'newer', '{}'), ('publish', 'uji-u', 'refused', 'digest', '{}'),
  ('publish', 'uji-u', 'refused', 'people', '{}'),
  ('publish', 'uji-u', 'refused', 'withdrawn', '{}'),
  ('publish', 'uji-u', 'refused', 'same', '{}'), ('publish', 'uji-u', 'refused', 'fault', '{}'))
  v (kind, round, state, word, detail);
insert into data.job_fault
select pg_temp.kept('refused faults')::integer, n, n = 4, 'marks.csv', n, 'value', message
from (values (1, '4.5 is off the scale 0 to 4'), (2, 'missing'), (3, 'x'), (4, 'y')) v (n, message);
insert into data.job_log (job, ord, word)
select pg_temp.kept('failed crash')::integer, n, word
from unnest(array['asked', 'began', 'stage', 'again', 'cancel', 'done', 'refused', 'failed',
                  'cancelled']) with ordinality l (word, n);

create function pg_temp.seen_by(who text) returns text language sql as $$
  select pg_temp.as_person(who);
  select concat_ws(' ', case when pg_temp.page('editions') is not null then 'editions' end,
    case when pg_temp.page('edition', 'uji-t') is not null then 'edition' end,
    case when pg_temp.page('preview', pg_temp.kept('change')) is not null then 'preview' end,
    case when pg_temp.page('job', pg_temp.kept('queued')) is not null then 'job' end)
$$;
set session authorization tolok_desk;

-- Who sees them.
select is(array(select pg_temp.seen_by(who)
                from unnest(array[null, 'asesor', 'kediri', 'kediri-gov', 'kantor']) who),
          '{"","","","","editions edition preview job"}', 'the office sees them, and nobody else');
select is(array[pg_temp.page('edition', 'tidak-ada')::text,
                pg_temp.page('preview', '2147483647')::text,
                pg_temp.page('job', '2147483647')::text],
          '{NULL,NULL,NULL}', 'what is none is none');

-- All that waits.
select pg_temp.page('editions');
select is(array(select t ->> 't_word' from part('todo') t where t ->> 'round' like 'uji-%'),
          '{ready,ready,ready,same,draft,mine,confirmed}',
          'what one can do something about comes first');
select is((select count(*) from part('todo') t where t ->> 't_word' = 'running'), 13::bigint,
          'what runs is among it');
select is((select array_agg(r ->> 'code') from part('rounds') r where r ->> 'code' like 'uji-%'),
          '{uji-t,uji-u,uji-v}', 'real rounds come first');
select pg_temp.as_person('kedua');
select pg_temp.page('editions', 'besar');
select is((select t ->> 't_word' from part('todo') t where t ->> 'round' = 'uji-1'), 'confirm',
          'the second person is asked');
select is(array(select pg_temp.page('editions', null, '{"new_regions": "yes"}', format(
                  '{"outcome": "invalid", "faults": {"package": "%s"}}', w)) ->> 'package_word'
                from unnest(array['missing', 'large', 'type', 'infected', 'unscanned']) w),
          '{missing,large,type,infected,unscanned}', 'what is wrong with a package');
select is(pg_temp.page('editions', null, '{}', '{"outcome": "key_used"}') ->> 'outcome_word',
          'key_used', 'a form that was sent before');

-- A round.
select is(array(select pg_temp.page('edition', r) ->> 'step_word'
                from unnest(array['uji-t', 'uji-u', 'uji-v']) r),
          '{preview,preview,draft}', 'what comes next');
select is(pg_temp.page('edition', 'uji-v', '{}', '{"outcome": "state"}') ->> 'outcome_word',
          'state', 'what can not be done now');
select pg_temp.page('edition', 'uji-v', '{}', '{"outcome": "key_used"}');
select pg_temp.page('edition', 'uji-t');
select results_eq(
  $$select e ->> 'edition', e ->> 'asker', e ->> 'confirmer' from part('editions') e$$,
  $$values ('1', 'Uji kantor', 'Uji kedua')$$, 'who published what');
select results_eq(
  $$select r.* from part('preview') p, json_to_record(p) r
    (changed_values integer, entering integer, leaving integer, first boolean)$$,
  'values (2, 1, 1, false)', 'what its preview would change');

-- A preview: its rows are for who has opened it.
select is(array[pg_temp.page('preview', pg_temp.kept('change')) ->> 'groups',
                pg_temp.page('preview', pg_temp.kept('change')) ->> 'asks'], '{NULL,true}',
          'who has not opened a preview does not see its rows');
select (act.preview_open(pg_temp.kept(name)::integer, 'kunci-kedua-' || name || name)).outcome
from unnest(array['change', 'first', 'asked', 'waits', 'same', 'words']) name;
select pg_temp.as_person('kantor');
select (act.preview_open(pg_temp.kept(name)::integer, 'kunci-kantor-' || name || name)).outcome
from unnest(array['change', 'asked', 'waits']) name;
select pg_temp.page('preview', pg_temp.kept('change'));
select is(array(select p ->> 'news_word' from part('changed') p order by 1),
          '{changed,changed,enters,leaves}', 'values that change, and who enters and leaves');
select is(array(select coalesce(g ->> 'group_name', '') from part('groups') g),
          array(select coalesce(g ->> 'group_name', '') from part('groups') g
                where json_array_length(g -> 'rows') > 0), 'group by group');
select is((select json_agg(f #>> '{}') from part('readers') f)::text, '["Uji kedua"]',
          'who else has opened it');
select pg_temp.page('preview', pg_temp.kept('change'), '{"reason": "", "day": "x", "time": "9"}',
                    format('{"outcome": "invalid", "faults": {"reason": "%s", "day": "%s",
                            "time": "time", "form": "%s"}}', reason, day, form)::text)
from (values ('missing', 'date', 'same'), ('long', 'past', 'unseen'),
             ('control', 'far', 'same_person')) v (reason, day, form);
select results_eq(
  $$select d.* from json_to_record(nullif(current_setting('tap.document'), '')::json) d
    (bad_reason_word text, bad_day_word text, bad_time_word text, form_word text,
     reason_typed text, day_typed text, outcome_word text)$$,
  $$values ('wrong', 'far', 'time', 'same_person', '', 'x', null::text)$$,
  'what is wrong is told, what was typed stays');
select results_eq(
  $$select d.* from json_to_record(pg_temp.page('preview', pg_temp.kept('asked'),
      '{"why": ""}', '{"outcome": "invalid", "faults": {"reason": "missing"}}')) d
    (bad_why_word text, bad_reason_word text, withdrawing boolean, mine boolean,
     confirms boolean)$$,
  $$values ('missing', null::text, true, true, false)$$, 'a reason to withdraw');
select pg_temp.page('preview', pg_temp.kept('asked'), '{"why": "x"}',
                    '{"outcome": "invalid", "faults": {"reason": "long"}}');
select pg_temp.page('preview', pg_temp.kept('waits'), '{}', '{"outcome": "state"}'),
       pg_temp.page('preview', pg_temp.kept('published'), '{}', '{"outcome": "key_used"}');
select pg_temp.as_person('kedua');
select is(pg_temp.page('preview', pg_temp.kept('asked')) ->> 'confirms', 'true',
          'the second person may confirm');
select is(array[pg_temp.page('preview', pg_temp.kept('same')) ->> 'asks',
                pg_temp.page('preview', pg_temp.kept('words')) ->> 'quiet'],
          '{false,true}', 'what changes nothing is not asked for, what changes words is');
select pg_temp.page('preview', pg_temp.kept('first'));
select is((select count(*) from part('groups.rows')), 6::bigint, 'a first publication shows all');
select is(array(select pg_temp.page('preview', pg_temp.kept('old ' || w)) ->> 'why_word'
                from unnest(array['draft', 'publication', 'newer']) w),
          '{draft,publication,newer}', 'why a preview does not hold any more');
select is(array(select pg_temp.page('preview', pg_temp.kept('ended ' || w)) ->> 'ended_word'
                from unnest(array['digest', 'people', 'crash']) w),
          '{digest,people,crash}', 'why a wish came to nothing');

-- Jobs.
select is(array(select pg_temp.page('job', k.id::text) ->> 'percent' from kept k
                where k.name like 'at preview %' order by k.id), '{41,0,0,73,82,91}',
          'how far it is');
select pg_temp.page('job', k.id::text)
from kept k where k.name ~ '^(at|done|queued|scheduled|refused \w+$|failed|cancelled)';
select pg_temp.page('job', pg_temp.kept('refused faults'));
select is((select count(*) from part('faults')), 3::bigint, 'all that is wrong is told');
select is(pg_temp.page('job', pg_temp.kept('done import'), '{}',
                       '{"outcome": "state"}') ->> 'outcome_word', 'state',
          'what has ended is not stopped');

-- While a round is at work.
reset session authorization;
update data.job set round = 'uji-u' where id = pg_temp.kept('at preview draws')::integer;
insert into data.request (preview, round, n, asked_by, state)
select pg_temp.kept('change')::integer, 'uji-t', 2, pg_temp.id_of('kantor'), 'asked';
-- What pages read of a correction.
update data.read_publication set supersedes = id, reason = 'Salah salin' where round = 'uji-t';
set session authorization tolok_desk;
select pg_temp.as_person('kantor');
select is(array(select pg_temp.page('edition', r) ->> 'step_word'
                from unnest(array['uji-u', 'uji-t']) r), '{job,request}', 'and while that goes on');
select is((select p ->> 'mine' from part('request') p), 'true', 'who asked is told so');
select is((select e ->> 'reason' from part('editions') e), 'Salah salin',
          'a correction has a reason');
select pg_temp.as_person('kedua');
select pg_temp.page('edition', 'uji-t');
reset session authorization;
update data.request set state = 'confirmed', confirmed_by = pg_temp.id_of('kedua'),
  confirmed_at = now(), publish_at = '2099-01-01 00:00:00+07'
where preview = pg_temp.kept('change')::integer;
set session authorization tolok_desk;
select pg_temp.as_person('kedua');
select pg_temp.page('edition', 'uji-t');
select is((select q ->> 'confirmed_name' from part('request') q), 'Uji kedua',
          'and who has confirmed it');

select * from finish();
rollback;
