-- What goes on within a city before anything is sent: an owner hands a draft to the operator, an
-- operator asks those who look after the dimension of a quick win for something.

-- Hands the draft over, where its writer does not send alone. The record as it is then.
create or replace function act.win_hand(me data.account, win integer) returns void
language plpgsql as $$
declare
  held data.win;
begin
  update data.win w set handed_by = me.id, handed_at = now() where w.id = win
  returning w.* into held;
  perform act.note('win_hand', 'win', win::text, held.region, null,
                   jsonb_build_object('n', held.newest));
end $$;

-- An operator asks for a field, or for something of the whole, in words. What was handed over goes
-- back with it.
create or replace function act.ask_add(win integer, key text, field text, question text)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.win := act.win_hold(me, win);
  words text := pub.tidy(question, true);
  answer data.outcome;
  state text := (select v.state from data.win_version v
                 where v.win = held.id and v.n = held.newest);
  faults jsonb := act.needed_fault('question', words, 'prose');
begin
  if field <> '' and not exists (select from pub.win_field f where f.name = field) then
    faults := coalesce(faults, '{}') || '{"field": "wrong"}';
  end if;
  answer := act.begun(me, key, array['ask_add', win::text, field, words],
                          me.role = 'operator' and held.id = win, faults);
  if answer.outcome is not null then
    return answer;
  elsif state = 'submitted' then
    return act.once_done(me.id, key, act.said('state', held));
  end if;
  insert into data.ask (win, field, question, asked_by)
  values (win, coalesce(field, ''), words, me.id);
  update data.win w set handed_by = null, handed_at = null where w.id = win;
  perform act.note('ask_add', 'win', win::text, held.region, null,
                   jsonb_build_object('n', held.newest));
  return act.once_done(me.id, key, act.said('done', held));
end $$;

-- Whoever writes the record says that it is done, in words if they like.
create or replace function act.ask_answer(ask integer, key text, reply text)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  asked data.ask;
  held data.win;
  words text := pub.tidy(reply, true);
  fault text := act.field_fault(words, 'prose');
  answer data.outcome;
begin
  select a.* into asked from data.ask a where a.id = ask;
  held := act.win_hold(me, asked.win);
  select a.* into asked from data.ask a where a.id = ask for update;
  answer := act.begun(me, key, array['ask_answer', ask::text, words], held.id = asked.win,
                          case when fault is not null
                               then jsonb_build_object('reply', fault) end);
  if answer.outcome is not null then
    return answer;
  elsif asked.closed_at is not null then
    return act.once_done(me.id, key, act.said('state', held));
  end if;
  update data.ask a
  set answer = nullif(words, ''), answered_by = me.id, answered_at = now()
  where a.id = ask;
  perform act.note('ask_answer', 'win', asked.win::text, held.region, null,
                   jsonb_build_object('n', held.newest));
  return act.once_done(me.id, key, act.said('done', held));
end $$;

-- An operator is content, or does not need it any more.
create or replace function act.ask_close(ask integer, key text)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  asked data.ask;
  held data.win;
  answer data.outcome;
begin
  select a.* into asked from data.ask a where a.id = ask;
  held := act.win_hold(me, asked.win);
  select a.* into asked from data.ask a where a.id = ask for update;
  answer := act.begun(me, key, array['ask_close', ask::text],
                          me.role = 'operator' and held.id = asked.win);
  if answer.outcome is not null then
    return answer;
  elsif asked.closed_at is not null then
    return act.once_done(me.id, key, act.said('state', held));
  end if;
  update data.ask a set closed_by = me.id, closed_at = now() where a.id = ask;
  perform act.note('ask_close', 'win', asked.win::text, held.region, null,
                   jsonb_build_object('n', held.newest));
  return act.once_done(me.id, key, act.said('done', held));
end $$;
