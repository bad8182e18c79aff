-- The right of reply: a city objects to what would count, and the lead answers.

create or replace function act.objection_save(round text, region text, criterion text,
                                              seen integer, key text, state text, value text,
                                              text text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.round_begun(me, key, array['objection_save', round, region, criterion,
                                                        seen::text, state, value, text]);
  held data.cell;
  old data.objection;
  word text;
  faults jsonb;
begin
  if answer.outcome is not null then
    return answer;
  end if;
  held := act.cell_hold(round, region, criterion);
  word := case when held.round is null then 'forbidden'
          else act.round_right(me, 'objection', round, region, held.dimension, criterion) end;
  if word is not null then
    return act.round_not(me, key, word, 'objection_save', round, region);
  end if;
  faults := nullif(coalesce(act.value_faults((select r.method from data.round_run r
                                              where r.round = objection_save.round),
                                             criterion, state, value, false), '{}')
                   || coalesce(act.needed_fault('text', text, 'prose'), '{}'), '{}');
  select o.* into old from data.objection o
  where o.round = objection_save.round and o.region = objection_save.region
    and o.criterion = objection_save.criterion;
  if faults is not null then
    return act.round_not(me, key, null, 'objection_save', round, region, faults);
  elsif seen is distinct from old.row_version then
    return act.round_not(me, key, 'conflict', 'objection_save', round, region);
  end if;
  insert into data.objection as o (round, region, criterion, dimension, part, state, value, text,
                                   by)
  values (round, region, criterion, held.dimension, held.part, state,
          case when state = 'value' then trim_scale(value::numeric) end, pub.tidy(text, true),
          me.id)
  on conflict on constraint objection_pkey do update
    set state = excluded.state, value = excluded.value, text = excluded.text, by = excluded.by,
        at = now(), row_version = o.row_version + 1;
  perform act.note('objection_save', 'round', round, region, null,
                   jsonb_build_object('criterion', criterion), null, round, 'marks');
  return act.round_done(me, key, null, null, coalesce(old.row_version, 0) + 1);
end $$;

create or replace function act.objection_drop(round text, region text, criterion text, key text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.round_begun(me, key, array['objection_drop', round, region,
                                                        criterion]);
  held data.objection;
  word text;
begin
  if answer.outcome is not null then
    return answer;
  end if;
  select o.* into held from data.objection o
  where o.round = objection_drop.round and o.region = objection_drop.region
    and o.criterion = objection_drop.criterion for update;
  word := case when held.round is null then 'forbidden'
          else act.round_right(me, 'objection', round, region, held.dimension, criterion) end;
  if word is not null then
    return act.round_not(me, key, word, 'objection_drop', round, region);
  end if;
  delete from data.objection o
  where o.round = objection_drop.round and o.region = objection_drop.region
    and o.criterion = objection_drop.criterion;
  perform act.note('objection_drop', 'round', round, region, null,
                   jsonb_build_object('criterion', criterion), null, round, 'marks');
  return act.round_done(me, key);
end $$;

-- All of them, in one act; afterwards none is changed.
create or replace function act.objections_send(round text, region text, key text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.round_begun(me, key, array['objections_send', round, region]);
  word text;
  sent bigint;
begin
  if answer.outcome is not null then
    return answer;
  end if;
  perform from data.entrant e where e.round = objections_send.round
    and e.region = objections_send.region for no key update;
  word := act.round_right(me, 'objection', round, region, null);
  if word is not null then
    return act.round_not(me, key, word, 'objections_send', round, region);
  end if;
  update data.objection o set sent_at = now()
  where o.round = objections_send.round and o.region = objections_send.region;
  get diagnostics sent = row_count;
  if sent = 0 then
    return act.round_not(me, key, null, 'objections_send', round, region, '{"form": "none"}');
  end if;
  insert into data.reply_sent (round, region, objections, by) values (round, region, sent, me.id);
  perform act.note('objections_send', 'round', round, region, null,
                   jsonb_build_object('n', sent), null, round, 'marks');
  return act.round_done(me, key, null, sent::integer);
end $$;

-- The lead answers, once, what was sent or stands as sent since the window has closed.
create or replace function act.objection_answer(round text, region text, criterion text, key text,
                                                verdict text, value text, text text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.round_begun(me, key, array['objection_answer', round, region,
                                                        criterion, verdict, value, text]);
  held data.objection;
  word text;
  faults jsonb;
begin
  if answer.outcome is not null then
    return answer;
  end if;
  select o.* into held from data.objection o
  where o.round = objection_answer.round and o.region = objection_answer.region
    and o.criterion = objection_answer.criterion for update;
  word := case when held.round is null then 'forbidden'
          else act.round_right(me, 'objection_answer', round, region, held.dimension,
                               criterion) end;
  if word is null and (held.verdict is not null or held.sent_at is null and exists (
    select from data.city_step c where c.round = objection_answer.round
    and c.region = objection_answer.region and c.step = 'reply'
    and now() < c.closes + act.grace())) then
    word := 'state';
  end if;
  if word is not null then
    return act.round_not(me, key, word, 'objection_answer', round, region);
  end if;
  faults := coalesce(act.needed_fault('text', text, 'prose'), '{}')
    || case when coalesce(verdict not in ('accept', 'partly', 'reject'), true)
            then '{"verdict": "wrong"}'
            when verdict = 'partly' then coalesce(act.value_faults(
              (select r.method from data.round_run r where r.round = objection_answer.round),
              criterion, 'value', value, false), '{}')
            when coalesce(value, '') <> '' then '{"value": "wrong"}' else '{}' end;
  if faults <> '{}' then
    return act.round_not(me, key, null, 'objection_answer', round, region, faults);
  end if;
  update data.objection o
  set verdict = objection_answer.verdict, answer = pub.tidy(text, true), answered_by = me.id,
      answered_at = now(),
      proposed_state = case verdict when 'accept' then o.state when 'partly' then 'value' end,
      proposed = case verdict when 'accept' then o.value
                              when 'partly' then trim_scale(objection_answer.value::numeric) end
  where o.round = objection_answer.round and o.region = objection_answer.region
    and o.criterion = objection_answer.criterion;
  -- In final a rejected one leaves nothing to decide on by itself.
  if verdict = 'reject' then
    perform act.decision_settle(round, region, criterion);
  end if;
  perform act.note('objection_answer', 'round', round, region, null,
                   jsonb_build_object('criterion', criterion), null, round, 'marks');
  return act.round_done(me, key);
end $$;
