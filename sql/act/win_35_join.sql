-- A city joins two of its quick wins: the record goes, and the address that it had leads to the one
-- that is kept.

-- What the newest version says goes along into a draft of the kept one, if it is a draft and
-- `carry` says so: then the city goes on there. What the kept one says stays where the other one
-- says nothing. The outcome is that of the kept one.
create or replace function act.win_join(win integer, seen integer, key text, kept integer,
                                        carry text default null) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.win := act.win_hold(me, win);
  target data.win;
  newest data.win_version;
  moves boolean;
  answer data.outcome;
begin
  if held.published is not null and not act.proved() then
    return act.said('unproved', win);
  end if;
  answer := act.win_begun(me, held, seen, key,
                          array['win_join', win::text, seen::text, kept::text, carry],
                          held.id = win);
  if answer.outcome is not null then
    return answer;
  end if;
  select v.* into newest from data.win_version v where v.win = held.id and v.n = held.newest;
  if act.can_keep(held, kept) then
    target := act.win_adopt(me, kept);
  end if;
  moves := newest.state = 'draft' and carry is not null;
  if newest.state = 'submitted' or (moves and exists (
       select from data.win_version v where v.win = target.id and v.n = target.newest
                                        and v.state = 'submitted')) then
    return act.once_done(me.id, key, act.said('state', held));
  elsif target.id is null then
    return act.once_done(me.id, key, act.said('invalid', held, '{"kept": "wrong"}'));
  end if;
  if moves then
    target := act.win_write(me, target, act.win_words(newest));
  end if;
  update data.win_version v set state = 'joined', decided_by = me.id, decided_at = now()
  where v.win = held.id and (v.state = 'published' or (v.n = held.newest and v.state = 'draft'));
  perform act.win_point(me, held, kept, null);
  update data.win w set row_version = w.row_version + 1 where w.id = held.id;
  perform act.note('win_join', 'win', win::text, held.region,
                   jsonb_build_object('state', newest.state),
                   jsonb_build_object('state', 'joined', 'n', held.newest, 'number', kept));
  return act.once_done(me.id, key, act.said('done', target));
end $$;
