-- A city writes: answers, evidence, what it sends, and words in answer to questions.

-- The cell that an act is about, locked; all null: there is none.
create or replace function act.cell_hold(round text, region text, criterion text)
returns data.cell language sql as $$
  select c from data.cell c
  where c.round = cell_hold.round and c.region = cell_hold.region
    and c.criterion = cell_hold.criterion and not c.aside
  for no key update
$$;

create or replace function act.answer_save(round text, region text, criterion text, seen integer,
                                           key text, state text, value text, reason text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.round_begun(me, key, array['answer_save', round, region, criterion,
                                                        seen::text, state, value, reason]);
  held data.cell;
  word text;
  faults jsonb;
  words constant text := nullif(pub.tidy(coalesce(reason, ''), true), '');
begin
  if answer.outcome is not null then
    return answer;
  end if;
  held := act.cell_hold(round, region, criterion);
  word := case when held.round is null then 'forbidden'
          else act.round_right(me, 'answer', round, region, held.dimension, criterion) end;
  if word is not null then
    return act.round_not(me, key, word, 'answer_save', round, region);
  end if;
  faults := coalesce(act.value_faults((select r.method from data.round_run r
                                       where r.round = answer_save.round),
                                      criterion, state, value, true), '{}')
    || jsonb_strip_nulls(jsonb_build_object('reason', case
      when state = 'not_applicable' and words is null then 'missing'
      else act.field_fault(words, 'prose') end));
  if faults <> '{}' then
    return act.round_not(me, key, null, 'answer_save', round, region, faults);
  elsif seen is distinct from held.row_version then
    return act.round_not(me, key, 'conflict', 'answer_save', round, region);
  end if;
  held.state := state;
  held.value := case when state = 'value' then trim_scale(value::numeric) end;
  held.reason := words;
  held.row_version := held.row_version + 1;
  held.saved_by := me.id;
  held.saved_at := now();
  insert into data.answer_version (round, region, criterion, n, part, state, value, reason, by, at,
                                   digest, previous)
  values (round, region, criterion, held.row_version, held.part, state, held.value, words, me.id,
          held.saved_at,
          data.version_digest(jsonb_build_object(
            'round', round, 'region', region, 'criterion', criterion, 'n', held.row_version,
            'state', state, 'value', held.value, 'reason', words, 'by', me.id,
            'at', held.saved_at), held.digest), held.digest)
  returning digest into held.digest;
  update data.cell c
  set state = held.state, value = held.value, reason = held.reason,
      row_version = held.row_version, saved_by = held.saved_by, saved_at = held.saved_at,
      digest = held.digest
  where c.round = held.round and c.region = held.region and c.criterion = held.criterion;
  perform act.saved(me, round, region, 'answer', held.digest);
  return act.round_done(me, key, null, held.row_version, held.row_version);
end $$;

-- Where the city wants to be: of the index, or of a criterion.
create or replace function act.target_set(round text, region text, criterion text, key text,
                                          value text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.round_begun(me, key, array['target_set', round, region, criterion,
                                                        value]);
  word text;
  faults jsonb;
  used integer;
begin
  if answer.outcome is not null then
    return answer;
  end if;
  select r.method into used from data.round_run r where r.round = target_set.round;
  word := case when criterion is not null and not exists (
                 select from data.criterion c where c.method = used
                 and c.code = criterion) then 'forbidden'
               else act.round_right(me, 'target', round, region, null) end;
  if word is not null then
    return act.round_not(me, key, word, 'target_set', round, region);
  end if;
  faults := act.value_faults(used, criterion, 'value', value, false);
  if faults is not null then
    return act.round_not(me, key, null, 'target_set', round, region, faults);
  end if;
  insert into data.target (round, region, criterion, value, by)
  values (round, region, coalesce(criterion, ''), value::numeric, me.id)
  on conflict on constraint target_pkey do update
    set value = excluded.value, by = excluded.by, at = now();
  perform act.note('target_set', 'round', round, region, null,
                   jsonb_strip_nulls(jsonb_build_object('criterion', criterion)));
  return act.round_done(me, key);
end $$;

-- Files of a city in a step.
create or replace function act.evidence_limits() returns table (files integer, bytes bigint)
language sql immutable as $$ values (600, 2147483648) $$;

-- Whether the account may use evidence there now: null, 'forbidden' or 'state'. criterion null: the
-- whole dimension.
create or replace function act.use_right(me data.account, round text, region text,
                                         dimension text, criterion text) returns text
language plpgsql stable as $$
#variable_conflict use_variable
declare
  wanted text := dimension;
begin
  if criterion is not null then
    select c.dimension into wanted from data.cell c
    where c.round = use_right.round and c.region = use_right.region
      and c.criterion = use_right.criterion and not c.aside;
  elsif not exists (select from data.part p
                    where p.round = use_right.round and p.region = use_right.region
                      and p.dimension = use_right.dimension) then
    wanted := null;
  end if;
  return case when wanted is null then 'forbidden'
         else act.round_right(me, 'evidence', round, region, wanted, criterion) end;
end $$;

-- A piece that is there serves a cell or a dimension too.
create or replace function act.use_add(me data.account, evidence integer, round text, region text,
                                       dimension text, criterion text, page text)
returns integer language sql as $$
  insert into data.evidence_use (evidence, round, region, dimension, part, criterion, page, step,
                                 by)
  select use_add.evidence, p.round, p.region, p.dimension, p.id, use_add.criterion,
         nullif(btrim(page), ''),
         act.round_step_now((select r from data.round_run r where r.round = p.round), p.region),
         me.id
  from data.part p
  where p.round = use_add.round and p.region = use_add.region
    and p.dimension = coalesce((select c.dimension from data.cell c
                                where c.round = use_add.round and c.region = use_add.region
                                  and c.criterion = use_add.criterion and not c.aside),
                               use_add.dimension)
  on conflict do nothing
  returning id
$$;

-- What is wrong with a piece, or null.
create or replace function act.evidence_faults(piece jsonb) returns jsonb
language plpgsql stable as $$
begin
  return nullif(coalesce(act.needed_fault('title', piece ->> 'title', 'line'), '{}')
    || jsonb_strip_nulls(jsonb_build_object(
      'kind', case when coalesce(piece ->> 'kind' not in ('file', 'link'), true) then 'wrong' end,
      'digest', case when piece ->> 'kind' = 'file'
                          and coalesce(piece ->> 'digest', '') !~ '^[0-9a-f]{64}$' then 'wrong' end,
      'bytes', case when piece ->> 'kind' <> 'file' then null
                    when coalesce(piece ->> 'bytes', '') !~ '^[1-9][0-9]{0,8}$' then 'wrong'
                    when (piece ->> 'bytes')::integer > 41943040 then 'large' end,
      'url', case when piece ->> 'kind' = 'link' and (not pub.is_link(piece ->> 'url')) is not false
                  then 'link' end,
      'year', case when coalesce(piece ->> 'year', '') !~ '^((19|20|21)[0-9]{2})?$'
                   then 'wrong' end)), '{}');
end $$;

create or replace function act.evidence_add(round text, region text, key text, piece jsonb,
                                            uses jsonb) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.round_begun(me, key, array['evidence_add', round, region, piece::text,
                                                        uses::text]);
  words text[];
  faults jsonb;
  here text;
  made integer;
begin
  if answer.outcome is not null then
    return answer;
  elsif jsonb_typeof(uses) is distinct from 'array' or jsonb_array_length(uses) not between 1
                                                                                    and 200 then
    return act.round_not(me, key, null, 'evidence_add', round, region, '{"uses": "missing"}');
  end if;
  words := array(select coalesce(act.use_right(me, round, region, u ->> 'dimension',
                                               u ->> 'criterion'), 'may')
                 from jsonb_array_elements(uses) u);
  if words && array['forbidden', 'state'] then
    return act.round_not(me, key, case when 'forbidden' = any (words) then 'forbidden'
                                  else 'state' end, 'evidence_add', round, region);
  end if;
  faults := act.evidence_faults(piece);
  if faults is not null then
    return act.round_not(me, key, null, 'evidence_add', round, region, faults);
  end if;
  here := act.round_step_now((select r from data.round_run r where r.round = evidence_add.round),
                             region);
  -- Those of a city are counted one after the other.
  perform from data.entrant e
  where e.round = evidence_add.round and e.region = evidence_add.region for no key update;
  if piece ->> 'kind' = 'file' and (
    select count(*) >= l.files or coalesce(sum(e.bytes), 0) + (piece ->> 'bytes')::bigint > l.bytes
    from act.evidence_limits() l
    left join data.evidence e on e.region = evidence_add.region and e.round = evidence_add.round
      and e.step = here and e.kind = 'file'
    group by l.files, l.bytes) then
    return act.round_not(me, key, 'quota', 'evidence_add', round, region);
  end if;
  insert into data.evidence (region, round, step, kind, digest, bytes, url, title, year, public,
                             by)
  values (region, round, here, piece ->> 'kind',
          case when piece ->> 'kind' = 'file' then piece ->> 'digest' end,
          case when piece ->> 'kind' = 'file' then (piece ->> 'bytes')::integer end,
          case when piece ->> 'kind' = 'link' then piece ->> 'url' end,
          btrim(piece ->> 'title'), nullif(piece ->> 'year', '')::integer,
          coalesce(piece ->> 'public', '') = 'yes', me.id)
  returning id into made;
  perform act.use_add(me, made, round, region, u ->> 'dimension', u ->> 'criterion', u ->> 'page')
  from jsonb_array_elements(uses) u;
  perform act.note('evidence_add', 'round', round, region, null,
                   jsonb_build_object('evidence', made, 'kind', piece ->> 'kind'));
  return act.round_done(me, key, made);
end $$;

create or replace function act.evidence_use(evidence integer, round text, key text,
                                            criterion text, dimension text, page text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.round_begun(me, key, array['evidence_use', evidence::text, round,
                                                        criterion, dimension, page]);
  region text;
  word text;
  made integer;
begin
  if answer.outcome is not null then
    return answer;
  end if;
  select e.region into region from data.evidence e where e.id = evidence;
  word := case when region is null then 'forbidden'
          else act.use_right(me, round, region, dimension, criterion) end;
  if word is not null then
    return act.round_not(me, key, word, 'evidence_use', round, region);
  elsif act.field_fault(page, 'line') is not null then
    return act.round_not(me, key, null, 'evidence_use', round, region, '{"page": "wrong"}');
  end if;
  made := act.use_add(me, evidence, round, region, dimension, criterion, page);
  if made is null then
    return act.round_not(me, key, null, 'evidence_use', round, region, '{"criterion": "taken"}');
  end if;
  perform act.note('evidence_use', 'round', round, region, null,
                   jsonb_build_object('evidence', evidence, 'use', made));
  return act.round_done(me, key, made);
end $$;

create or replace function act.evidence_drop(use integer, key text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.round_begun(me, key, array['evidence_drop', use::text]);
  held data.evidence_use;
  word text;
begin
  if answer.outcome is not null then
    return answer;
  end if;
  select u.* into held from data.evidence_use u where u.id = use for update;
  word := case when held.id is null then 'forbidden'
          else act.use_right(me, held.round, held.region, held.dimension, held.criterion) end;
  if word is null and held.until is not null then
    word := 'state';
  end if;
  if word is not null then
    return act.round_not(me, key, word, 'evidence_drop', held.round, held.region);
  end if;
  update data.evidence_use u
  set until = now(),
      until_step = act.round_step_now((select r from data.round_run r where r.round = held.round),
                                      held.region)
  where u.id = use;
  perform act.note('evidence_drop', 'round', held.round, held.region, null,
                   jsonb_build_object('evidence', held.evidence, 'use', use));
  return act.round_done(me, key, use);
end $$;

-- What is there is sent; it is never refused for what is lacking. n: how many cells are complete.
create or replace function act.send(round text, region text, dimension text, key text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.round_begun(me, key, array['send', round, region, dimension]);
  word text;
  step text;
  counted record;
  made integer;
begin
  if answer.outcome is not null then
    return answer;
  end if;
  step := act.round_step_now((select r from data.round_run r where r.round = send.round), region);
  word := case when dimension is not null and not exists (
                 select from data.part p where p.round = send.round and p.region = send.region
                 and p.dimension = send.dimension) then 'forbidden'
               else act.round_right(me, 'report', round, region, dimension) end;
  if word is not null then
    return act.round_not(me, key, word, 'send', round, region);
  end if;
  select count(*) filter (where c.complete) as complete, count(*) as cells into counted
  from data.cell c
  where c.round = send.round and c.region = send.region and not c.aside
    and (dimension is null or c.dimension = send.dimension);
  insert into data.submission (round, region, dimension, step, complete, cells, by)
  values (round, region, dimension, step, counted.complete, counted.cells, me.id)
  returning id into made;
  perform act.note('send', 'round', round, region, null,
                   jsonb_strip_nulls(jsonb_build_object('dimension', dimension, 'step', step,
                                                        'n', counted.complete)));
  return act.round_done(me, key, made, counted.complete::integer);
end $$;

-- Words below a question.
create or replace function act.question_reply(question integer, key text, text text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.round_begun(me, key, array['question_reply', question::text, text]);
  held data.question;
  word text;
  faults jsonb := act.needed_fault('text', text, 'prose');
begin
  if answer.outcome is not null then
    return answer;
  end if;
  select q.* into held from data.question q where q.id = question for update;
  word := case when held.id is null then 'forbidden'
          else act.round_right(me, 'words', held.round, held.region, held.dimension) end;
  if word is null and (held.closed_at is not null or held.due + act.grace() <= now()) then
    word := 'state';
  end if;
  if word is not null or faults is not null then
    return act.round_not(me, key, word, 'question_reply', held.round, held.region, faults);
  end if;
  insert into data.question_line (question, n, part, text, by)
  select question, coalesce(max(l.n), 0) + 1, held.part, pub.tidy(text, true), me.id
  from data.question_line l where l.question = question_reply.question;
  perform act.note('question_reply', 'round', held.round, held.region, null,
                   jsonb_build_object('question', question));
  return act.round_done(me, key, question);
end $$;

-- What became of a recommendation of a round before this one.
create or replace function act.report_save(recommendation integer, key text, round text,
                                           text text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.round_begun(me, key, array['report_save', recommendation::text,
                                                        round, text]);
  held data.recommendation;
  word text;
  made integer;
  faults jsonb := act.needed_fault('text', text, 'prose');
begin
  if answer.outcome is not null then
    return answer;
  end if;
  select x.* into held from data.recommendation x where x.id = recommendation;
  word := case when held.id is null or held.round = round and not held.letter then 'forbidden'
          else act.round_right(me, 'report', round, held.region, held.dimension) end;
  if word is not null or faults is not null then
    return act.round_not(me, key, word, 'report_save', round, held.region, faults);
  end if;
  insert into data.recommendation_report (recommendation, round, step, text, by)
  values (recommendation, round,
          act.round_step_now((select r from data.round_run r where r.round = report_save.round),
                             held.region), pub.tidy(text, true), me.id)
  returning id into made;
  perform act.note('report_save', 'round', round, held.region, null,
                   jsonb_build_object('recommendation', recommendation));
  return act.round_done(me, key, made);
end $$;
