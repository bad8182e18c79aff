-- An assessor asks, marks, signs and recommends.

-- What one is assigned to there, locked until the transaction ends: marks and signatures wait for
-- each other here.
create or replace function act.assignment_hold(me data.account, round text, region text,
                                               dimension text) returns data.assignment
language sql as $$
  select a from data.assignment a
  where a.assessor = me.id and a.until is null and a.round = assignment_hold.round
    and a.region = assignment_hold.region and a.dimension = assignment_hold.dimension
  for no key update
$$;

create or replace function act.question_ask(round text, region text, dimension text,
                                            criterion text, key text, asks text, text text,
                                            due text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.round_begun(me, key, array['question_ask', round, region, dimension,
                                                        criterion, asks, text, due]);
  p data.part;
  until constant timestamptz := act.moment_of(due);
  word text;
  made integer;
  faults jsonb;
begin
  if answer.outcome is not null then
    return answer;
  end if;
  select x.* into p from data.part x
  where x.round = question_ask.round and x.region = question_ask.region
    and x.dimension = coalesce((select c.dimension from data.cell c
                                where c.round = question_ask.round
                                  and c.region = question_ask.region
                                  and c.criterion = question_ask.criterion and not c.aside),
                               case when criterion is null then question_ask.dimension end);
  word := case when p.id is null then 'forbidden'
          else act.round_right(me, 'question', round, region, p.dimension) end;
  if word is not null then
    return act.round_not(me, key, word, 'question_ask', round, region);
  end if;
  faults := coalesce(act.needed_fault('text', text, 'prose'), '{}')
    || jsonb_strip_nulls(jsonb_build_object(
      'asks', case when coalesce(asks not in ('answer', 'evidence', 'words'), true)
                   then 'wrong' end,
      'due', case when coalesce(due, '') = '' then null when until is null then 'date'
                  when until <= now() then 'past' end));
  if faults <> '{}' then
    return act.round_not(me, key, null, 'question_ask', round, region, faults);
  end if;
  insert into data.question (round, region, dimension, part, criterion, asks, text, due, by)
  values (round, region, p.dimension, p.id, criterion, asks, pub.tidy(text, true), until, me.id)
  returning id into made;
  perform act.note('question_ask', 'round', round, region, null,
                   jsonb_strip_nulls(jsonb_build_object('question', made, 'kind', asks,
                                                        'until', until)));
  return act.round_done(me, key, made);
end $$;

-- Who asked closes it, or the office.
create or replace function act.question_close(question integer, key text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.round_begun(me, key, array['question_close', question::text]);
  held data.question;
  word text;
begin
  if answer.outcome is not null then
    return answer;
  end if;
  select q.* into held from data.question q where q.id = question for update;
  word := case when held.id is null or not (held."by" = me.id or me.role = 'office')
                 then 'forbidden'
               when held.closed_at is not null then 'state' end;
  if word is not null then
    return act.round_not(me, key, word, 'question_close', held.round, held.region);
  end if;
  update data.question q set closed_at = now(), closed_by = me.id where q.id = question;
  perform act.note('question_close', 'round', held.round, held.region, null,
                   jsonb_build_object('question', question));
  return act.round_done(me, key, question);
end $$;

-- What is wrong with a mark, or null. A reason is needed where it differs from the answer, where
-- the guide asks for one, and for a dissent.
create or replace function act.mark_faults(r data.round_run, held data.cell,
                                           mine data.assignment, state text, value text,
                                           reason text) returns jsonb
language plpgsql stable as $$
#variable_conflict use_variable
declare
  faults jsonb := act.value_faults(r.method, held.criterion, state, value, true);
  x numeric;
begin
  if faults is null and reason is null then
    x := case when state = 'value' then value::numeric end;
    if (state, x) is distinct from (held.state, held.value)
       or (r.how = 'panel' and mine.role <> 'lead')
       or (state = 'value' and (data.asked_of(r.method, held.criterion, x)).reason) then
      faults := '{"reason": "missing"}';
    end if;
  elsif act.field_fault(reason, 'prose') is not null then
    faults := coalesce(faults, '{}')
              || jsonb_build_object('reason', act.field_fault(reason, 'prose'));
  end if;
  return faults;
end $$;

create or replace function act.mark_save(round text, region text, criterion text, seen integer,
                                         key text, state text, value text, reason text, note text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.round_begun(me, key, array['mark_save', round, region, criterion,
                                                        seen::text, state, value, reason, note]);
  r data.round_run;
  held data.cell;
  mine data.assignment;
  old data.assessor_mark;
  new data.assessor_mark;
  word text;
  words constant text := nullif(pub.tidy(coalesce(reason, ''), true), '');
  aside constant text := nullif(pub.tidy(coalesce(note, ''), true), '');
  faults jsonb;
begin
  if answer.outcome is not null then
    return answer;
  end if;
  select c.* into held from data.cell c
  where c.round = mark_save.round and c.region = mark_save.region
    and c.criterion = mark_save.criterion and not c.aside;
  if held.round is not null then
    mine := act.assignment_hold(me, round, region, held.dimension);
  end if;
  word := case when held.round is null then 'forbidden'
          else act.round_right(me, 'mark', round, region, held.dimension, criterion) end;
  if word is not null then
    return act.round_not(me, key, word, 'mark_save', round, region);
  end if;
  select x.* into r from data.round_run x where x.round = mark_save.round;
  faults := act.mark_faults(r, held, mine, state, value, words);
  if act.field_fault(aside, 'prose') is not null then
    faults := coalesce(faults, '{}') || '{"note": "long"}';
  end if;
  select m.* into old from data.assessor_mark m
  where m.assignment = mine.id and m.criterion = mark_save.criterion;
  if faults is not null then
    return act.round_not(me, key, null, 'mark_save', round, region, faults);
  elsif seen is distinct from old.row_version then
    return act.round_not(me, key, 'conflict', 'mark_save', round, region);
  end if;
  new := jsonb_populate_record(old, jsonb_build_object(
    'assignment', mine.id, 'criterion', criterion, 'round', round, 'region', region,
    'dimension', held.dimension, 'part', held.part, 'seat', mine.seat, 'state', state,
    'value', case when state = 'value' then trim_scale(value::numeric) end, 'reason', words,
    'row_version', coalesce(old.row_version, 0) + 1, 'saved_at', now(), 'agreed', false,
    'counts', false));
  new.digest := data.version_digest(to_jsonb(new) - array['digest', 'counts', 'agreed'],
                                    old.digest);
  if old.assignment is null then
    insert into data.assessor_mark values (new.*);
  else
    update data.assessor_mark m
    set (state, value, reason, row_version, saved_at, digest)
        = (new.state, new.value, new.reason, new.row_version, new.saved_at, new.digest)
    where m.assignment = new.assignment and m.criterion = new.criterion;
  end if;
  insert into data.mark_version (assignment, criterion, n, part, state, value, reason, at, digest,
                                 previous)
  values (new.assignment, new.criterion, new.row_version, new.part, new.state, new.value,
          new.reason, new.saved_at, new.digest, old.digest);
  delete from data.mark_note n where n.assignment = mine.id and n.criterion = mark_save.criterion;
  insert into data.mark_note (assignment, criterion, text)
  select mine.id, criterion, aside where aside is not null;
  perform act.saved(me, round, region, 'mark', new.digest);
  return act.round_done(me, key, null, new.row_version, new.row_version);
end $$;

-- The newest round before this one that was published and in which the city took part.
create or replace function act.round_last(round text, region text) returns text
language sql stable as $$
  select r.round::text from data.round_run r
  join data.entrant e on e.round = r.round and e.left_at is null
  where r.state = 'published' and not r.rehearsal and r.round <> round_last.round
    and e.region = round_last.region
    and r.ended_at < (select x.created_at from data.round_run x where x.round = round_last.round)
  order by r.ended_at desc limit 1
$$;

-- What keeps somebody from signing, or null.
create or replace function act.sign_fault(r data.round_run, mine data.assignment) returns text
language sql stable as $$
  select case
    when r.how = 'panel' and mine.role <> 'lead' and not exists (
      select from data.assignment a where a.part = mine.part and a.until is null
      and a.role = 'lead' and a.signed_at is not null) then 'lead'
    when (r.how = 'blind' or mine.role = 'lead') and exists (
      select from data.cell c where c.part = mine.part and not c.aside
      and not exists (select from data.assessor_mark m where m.assignment = mine.id
                      and m.criterion = c.criterion and m.state <> 'open')) then 'open'
    when mine.role = 'lead' and exists (
      select from data.recommendation x
      where x.region = mine.region and x.dimension = mine.dimension
        and (x.round = act.round_last(r.round, mine.region) or x.round = r.round and x.letter)
        and not exists (select from data.recommendation_verdict v
                        where v.recommendation = x.id and v.round = r.round)) then 'verdict' end
$$;

-- The marks of the lead, to which somebody agrees by signing.
create or replace function act.agree_with_lead(mine data.assignment) returns void
language plpgsql as $$
begin
  insert into data.assessor_mark (assignment, criterion, round, region, dimension, part, seat,
                                  state, value, digest, agreed)
  select mine.id, m.criterion, m.round, m.region, m.dimension, m.part, mine.seat, m.state, m.value,
         m.digest, true
  from data.assessor_mark m
  join data.assignment a on a.id = m.assignment and a.until is null and a.role = 'lead'
  join data.cell c on c.round = m.round and c.region = m.region and c.criterion = m.criterion
    and not c.aside
  where a.part = mine.part
  on conflict do nothing;
end $$;

create or replace function act.sign(round text, region text, dimension text, key text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.round_begun(me, key, array['sign', round, region, dimension]);
  r data.round_run;
  mine data.assignment;
  word text;
  fault text;
begin
  if answer.outcome is not null then
    return answer;
  end if;
  mine := act.assignment_hold(me, round, region, dimension);
  word := case when dimension is null then 'forbidden'
          else act.round_right(me, 'signature', round, region, dimension) end;
  if word is not null then
    return act.round_not(me, key, word, 'sign', round, region);
  end if;
  select x.* into r from data.round_run x where x.round = sign.round;
  fault := act.sign_fault(r, mine);
  if fault is not null then
    return act.round_not(me, key, null, 'sign', round, region, jsonb_build_object('form', fault));
  end if;
  if r.how = 'panel' and mine.role <> 'lead' then
    perform act.agree_with_lead(mine);
  end if;
  update data.assignment a set signed_at = now() where a.id = mine.id;
  perform act.note('sign', 'round', round, region, null,
                   jsonb_build_object('dimension', dimension, 'assignment', mine.id,
                                      'digest', (select data.digest_of(string_agg(
                                                   m.digest, ' ' order by m.criterion))
                                                 from data.assessor_mark m
                                                 where m.assignment = mine.id)),
                   null, round, 'marks');
  return act.round_done(me, key, mine.id);
end $$;

create or replace function act.recommend(round text, region text, key text, fields jsonb)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.round_begun(me, key, array['recommend', round, region, fields::text]);
  named constant text := nullif(fields ->> 'criterion', '');
  place text := nullif(fields ->> 'dimension', '');
  p data.part;
  word text;
  number integer;
  made integer;
  faults jsonb;
begin
  if answer.outcome is not null then
    return answer;
  end if;
  if named is not null then
    place := (select c.dimension from data.cell c where c.round = recommend.round
                  and c.region = recommend.region and c.criterion = named and not c.aside);
  end if;
  select x.* into p from data.part x
  where x.round = recommend.round and x.region = recommend.region
    and x.dimension = place;
  word := case when p.id is null then 'forbidden'
          else act.round_right(me, 'recommendation', round, region, p.dimension) end;
  if word is not null then
    return act.round_not(me, key, word, 'recommend', round, region);
  end if;
  faults := coalesce(act.needed_fault('text', fields ->> 'text', 'prose'), '{}')
    || jsonb_strip_nulls(jsonb_build_object(
      'agency', act.field_fault(fields ->> 'agency', 'line'),
      'due', case when coalesce(fields ->> 'due', '') <> ''
                       and not (act.is_day(fields ->> 'due') and length(fields ->> 'due') = 10)
                  then 'date' end));
  if faults <> '{}' then
    return act.round_not(me, key, null, 'recommend', round, region, faults);
  end if;
  -- Numbers of a city are given one after the other.
  perform from data.entrant e
  where e.round = recommend.round and e.region = recommend.region for no key update;
  number := (select coalesce(max(x.n), 0) + 1 from data.recommendation x
        where x.round = recommend.round and x.region = recommend.region);
  insert into data.recommendation (round, region, n, part, dimension, criterion, text, agency, due,
                                   by)
  values (round, region, number, p.id, p.dimension, named, pub.tidy(fields ->> 'text', true),
          nullif(btrim(fields ->> 'agency'), ''), nullif(fields ->> 'due', '')::date, me.id)
  returning id into made;
  perform act.note('recommend', 'round', round, region, null,
                   jsonb_build_object('recommendation', made, 'n', number));
  return act.round_done(me, key, made, number);
end $$;

-- What the lead makes of what became of a recommendation.
create or replace function act.verdict(recommendation integer, round text, key text,
                                       verdict text, text text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.round_begun(me, key, array['verdict', recommendation::text, round,
                                                        verdict, text]);
  held data.recommendation;
  word text;
  faults jsonb;
begin
  if answer.outcome is not null then
    return answer;
  end if;
  select x.* into held from data.recommendation x where x.id = recommendation;
  word := case when held.id is null or held.round = round and not held.letter then 'forbidden'
          else act.round_right(me, 'verdict', round, held.region, held.dimension) end;
  if word is not null then
    return act.round_not(me, key, word, 'verdict', round, held.region);
  end if;
  faults := jsonb_strip_nulls(jsonb_build_object(
    'verdict', case when coalesce(verdict not in ('done', 'partly', 'not'), true)
                    then 'wrong' end,
    'text', act.field_fault(text, 'prose')));
  if faults <> '{}' then
    return act.round_not(me, key, null, 'verdict', round, held.region, faults);
  end if;
  insert into data.recommendation_verdict (recommendation, round, verdict, text, by)
  values (recommendation, round, verdict, nullif(btrim(text), ''), me.id)
  on conflict on constraint recommendation_verdict_pkey do update
    set verdict = excluded.verdict, text = excluded.text, by = excluded.by, at = now();
  perform act.note('verdict', 'round', round, held.region, null,
                   jsonb_build_object('recommendation', recommendation));
  return act.round_done(me, key, recommendation);
end $$;

-- An interview or a visit. meeting null: a new one.
create or replace function act.meeting_save(meeting integer, round text, region text, key text,
                                            fields jsonb) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.round_begun(me, key, array['meeting_save', meeting::text, round,
                                                        region, fields::text]);
  starts constant timestamptz := act.moment_of(fields ->> 'starts');
  held data.meeting;
  word text;
  faults jsonb;
begin
  if answer.outcome is not null then
    return answer;
  end if;
  if meeting is not null then
    select m.* into held from data.meeting m
    where m.id = meeting and m.round = meeting_save.round and m.region = meeting_save.region
      and (m.by = me.id or me.id = any (m.panel)) for update;
  end if;
  word := case when meeting is not null and held.id is null then 'forbidden'
          else act.round_right(me, 'meeting', round, region, null) end;
  if word is not null then
    return act.round_not(me, key, word, 'meeting_save', round, region);
  end if;
  faults := jsonb_strip_nulls(jsonb_build_object(
    'kind', case when coalesce(fields ->> 'kind' not in ('interview', 'visit'), true)
                 then 'wrong' end,
    'starts', case when starts is null then 'date' end,
    'minutes', case when coalesce(fields ->> 'minutes', '') !~ '^[1-9][0-9]{0,3}$'
                      or (fields ->> 'minutes')::integer not between 5 and 1440 then 'wrong' end,
    'place', act.field_fault(fields ->> 'place', 'line')));
  if faults <> '{}' then
    return act.round_not(me, key, null, 'meeting_save', round, region, faults);
  end if;
  if meeting is null then
    insert into data.meeting (round, region, kind, starts, minutes, place, panel, people, by)
    values (round, region, fields ->> 'kind', starts, (fields ->> 'minutes')::integer,
            nullif(fields ->> 'place', ''), array[me.id], coalesce(fields -> 'people', '[]'),
            me.id)
    returning id into meeting;
  else
    update data.meeting m
    set (kind, starts, minutes, place, people, row_version)
        = (fields ->> 'kind', meeting_save.starts, (fields ->> 'minutes')::integer,
           nullif(fields ->> 'place', ''), coalesce(fields -> 'people', '[]'), m.row_version + 1)
    where m.id = meeting;
  end if;
  perform act.note('meeting_save', 'round', round, region, null,
                   jsonb_build_object('meeting', meeting, 'kind', fields ->> 'kind'));
  return act.round_done(me, key, meeting);
end $$;

-- What was found there, of a criterion.
create or replace function act.finding_add(meeting integer, key text, criterion text, text text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.round_begun(me, key, array['finding_add', meeting::text, criterion,
                                                        text]);
  held data.meeting;
  c data.cell;
  word text;
  faults jsonb := act.needed_fault('text', text, 'prose');
begin
  if answer.outcome is not null then
    return answer;
  end if;
  select m.* into held from data.meeting m where m.id = meeting for update;
  select x.* into c from data.cell x where x.round = held.round and x.region = held.region
    and x.criterion = finding_add.criterion and not x.aside;
  word := case when c.round is null then 'forbidden'
          else act.round_right(me, 'meeting', held.round, held.region, c.dimension) end;
  if word is not null or faults is not null then
    return act.round_not(me, key, word, 'finding_add', held.round, held.region, faults);
  end if;
  insert into data.finding (meeting, n, part, criterion, text, by)
  select meeting, coalesce(max(f.n), 0) + 1, c.part, criterion, pub.tidy(text, true), me.id
  from data.finding f where f.meeting = finding_add.meeting;
  perform act.note('finding_add', 'round', held.round, held.region, null,
                   jsonb_build_object('meeting', meeting, 'criterion', criterion));
  return act.round_done(me, key, meeting);
end $$;
