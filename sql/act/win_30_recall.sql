-- Between sending and deciding: the office opens what was sent, a city calls it back before that.

-- Somebody of the office has the words before them: what the page of a record says once it was
-- shown. Nothing else changes, also not for whoever has the form open.
create or replace function act.win_open(win integer) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.win := act.win_hold(me, win, false, true);
begin
  if me.id is null then
    return act.said('signed_out');
  elsif held.id is null then
    return act.refuse('win_open', win::text);
  end if;
  update data.win_version v set opened_by = me.id, opened_at = now()
  where v.win = held.id and v.n = held.newest and v.state = 'submitted' and v.opened_at is null;
  if found then
    perform act.note('win_open', 'win', win::text, held.region, null,
                     jsonb_build_object('n', held.newest));
  end if;
  return act.said('done', held);
end $$;

-- What nobody of the office has opened is a draft again.
create or replace function act.win_recall(win integer, seen integer, key text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.win := act.win_hold(me, win);
  answer data.outcome := act.win_begun(me, held, seen, key,
                                       array['win_recall', win::text, seen::text], held.id = win);
begin
  if answer.outcome is not null then
    return answer;
  end if;
  update data.win_version v set state = 'draft', submitted_by = null, submitted_at = null
  where v.win = held.id and v.n = held.newest and v.state = 'submitted' and v.opened_at is null;
  if not found then
    return act.once_done(me.id, key, act.said('state', held));
  end if;
  perform act.note('win_recall', 'win', win::text, held.region, '{"state": "submitted"}',
                   jsonb_build_object('state', 'draft', 'n', held.newest));
  return act.win_done(me, key, win);
end $$;
