-- A city throws a draft away, or begins one with the words of another of its own.

-- Files that were added to a draft, and what was said in it of others, as if it had never been;
-- bytes that nobody names any more go by the service, as those do that nobody came back to.
create or replace function act.file_drop(me data.account, held data.win) returns void
language sql as $$
  delete from data.win_file_edit e using data.win_file f
  where f.id = e.file and f.win = held.id and held.newest in (e.n, f.since);
  update data.win_file f set until = null
  where f.win = held.id and f.until = held.newest and f.since < held.newest;
  with gone as (
    delete from data.win_file f where f.win = held.id and f.since = held.newest
    returning f.id, f.digest, f.small
  ), named as (
    select distinct d.digest
    from gone g cross join lateral (values (g.digest), (g.small)) d (digest)
    where not exists (select from data.win_file o
                      where d.digest in (o.digest, o.small) and o.id not in (select id from gone))
  ), bare as (
    delete from data.file b using named n where b.digest = n.digest returning b.digest, b.bytes
  )
  insert into data.file_pending (account, key, win, region, digest, bytes, at)
  select me.id, 'thrown-away-' || b.digest, held.id, held.region, b.digest, b.bytes,
         now() - interval '1 day'
  from bare b
  on conflict (account, key) do nothing;
$$;

-- Of a draft that was never sent nothing stays but rows of the trail, which have no words of it;
-- one that changes something older leaves that as it was.
create or replace function act.win_drop(win integer, seen integer, key text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.win := act.win_hold(me, win);
  answer data.outcome := act.win_begun(me, held, seen, key,
                                       array['win_drop', win::text, seen::text], held.id = win);
begin
  if answer.outcome is not null then
    return answer;
  elsif not data.is_draft(held.id, held.newest) then
    return act.once_done(me.id, key, act.said('state', held));
  end if;
  perform act.file_drop(me, held);
  perform act.note('win_drop', 'win', win::text, held.region,
                   jsonb_build_object('n', held.newest), null);
  delete from data.win_version v where v.win = held.id and v.n = held.newest;
  if held.newest = 1 then
    delete from data.win_note o where o.win = held.id;
    delete from data.win w where w.id = held.id;
    return act.once_done(me.id, key, act.said('done', held));
  end if;
  update data.win w set newest = w.newest - 1 where w.id = held.id;
  perform data.tell_win(held.id);
  return act.win_done(me, key, win);
end $$;

-- A new record with the words of the newest version of another one of the same city, without its
-- files.
create or replace function act.win_copy(win integer, seen integer, key text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.win := act.win_hold(me, win);
  answer data.outcome := act.win_begun(me, held, seen, key,
                                       array['win_copy', win::text, seen::text], held.id = win);
  words jsonb;
begin
  if answer.outcome is not null then
    return answer;
  elsif not act.win_counts(held.region, true) then
    return act.once_done(me.id, key, act.said('quota', held));
  end if;
  select act.win_words(v) || jsonb_build_object('dimension', held.dimension) into words
  from data.win_version v where v.win = held.id and v.n = held.newest;
  return act.once_done(me.id, key, act.said('done', act.win_create(me, words)));
end $$;
