-- A city takes over a quick win that the portal shows for it from another source.

-- It becomes a record of the desk: what the portal says is its first version, and number, address
-- and source stay. The record of a number that the account may write, made if need be and locked;
-- all null when there is none.
create or replace function act.win_adopt(me data.account, number integer) returns data.win
language plpgsql as $$
#variable_conflict use_variable
declare
  shown data.quick_win;
  held data.win;
begin
  select q.* into shown from data.quick_win q where q.id = number for update;
  select w.* into held from data.win w where w.public_id = shown.id for update;
  if not data.writes_win(shown.region, coalesce(held.dimension, shown.dimension), me.role,
                         me.region, me.dimensions) then
    return null;
  elsif held.id is not null then
    return held;
  end if;
  insert into data.win (region, dimension, published, created_by, claimed, claimed_source,
                        claimed_by, claimed_at)
  values (shown.region, shown.dimension, 1, me.id, shown.id, shown.source, me.id, now())
  returning * into held;
  insert into data.win_version (win, n, state, title, summary, agency, started, saved_by,
                                decided_at)
  values (held.id, 1, 'published', shown.title, shown.summary, shown.agency, shown.year::text,
          me.id, now());
  perform act.note('win_claim', 'win', held.id::text, held.region, null,
                   jsonb_build_object('n', 1, 'number', shown.id));
  return held;
end $$;

-- Who writes that dimension may; one that was taken over before is done.
create or replace function act.win_claim(number integer, key text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.win;
  answer data.outcome;
begin
  if me.id is null then
    return act.said('signed_out');
  end if;
  -- A board has many such forms with one key.
  answer := act.once(me.id, key, array['win_claim', number::text], true);
  if answer.outcome is not null then
    return answer;
  end if;
  held := act.win_adopt(me, number);
  return act.once_done(me.id, key, case when held.id is null
    then act.refuse('win_claim', number::text) else act.said('done', held) end);
end $$;
