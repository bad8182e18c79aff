-- A rehearsal is walked by moving its dates, never the clock, and is deleted whole.

-- Moves the whole calendar of a round.
create or replace function act.round_shift(round text, by interval) returns void
language plpgsql as $$
#variable_conflict use_variable
begin
  update data.extension x set closes = x.closes + by where x.round = round_shift.round;
  update data.round_step s set opens = s.opens + by, closes = s.closes + by
  where s.round = round_shift.round;
  update data.question q set due = q.due + by where q.round = round_shift.round;
  update data.round_run r set final_at = r.final_at + by where r.round = round_shift.round;
end $$;

-- So that now is the middle of that step of the round, or, for `final`, a day after the last city's
-- last step.
create or replace function act.round_walk(round text, step text) returns void
language plpgsql as $$
#variable_conflict use_variable
declare
  at constant timestamptz := case step
    when 'final' then (
      select max(c.closes) + interval '1 day' from data.city_step c
      where c.round = round_walk.round)
    else (select s.opens + (s.closes - s.opens) / 2 from data.round_step s
          where s.round = round_walk.round and s.step = round_walk.step) end;
begin
  if at is null then
    raise exception 'round % has no step %', round, step;
  end if;
  perform act.round_shift(round, now() - at);
end $$;

create or replace function act.rehearsal_walk(round text, key text, step text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  begun record := act.round_office(me, key, array['rehearsal_walk', round, step], round);
begin
  if (begun.answer).outcome is not null then
    return begun.answer;
  elsif not (begun.held).rehearsal or (begun.held).state not in ('draft', 'open') then
    return act.round_not(me, key, 'state', 'rehearsal_walk', round);
  elsif step is distinct from 'final' and not exists (
    select from data.round_step s where s.round = rehearsal_walk.round
    and s.step = rehearsal_walk.step) then
    return act.round_not(me, key, null, 'rehearsal_walk', round, faults => '{"step": "unknown"}');
  end if;
  perform act.round_walk(round, step),
          act.note('rehearsal_walk', 'round', round, null, null, jsonb_build_object('step', step));
  return act.round_done(me, key);
end $$;

-- All of it; not what was published, which is taken away with everything simulated.
create or replace function act.rehearsal_delete(round text, key text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  begun record := act.round_office(me, key, array['rehearsal_delete', round], round);
begin
  if (begun.answer).outcome is not null then
    return begun.answer;
  elsif not (begun.held).rehearsal or exists (
    select from data.round x where x.code = rehearsal_delete.round
    and x.publication is not null) then
    return act.round_not(me, key, 'state', 'rehearsal_delete', round);
  end if;
  perform act.round_erase(round),
          act.note('rehearsal_delete', 'round', round);
  return act.round_done(me, key);
end $$;

create or replace function act.round_erase(round text) returns void language plpgsql as $$
#variable_conflict use_variable
declare
  methods constant integer[] := array(
    select m.id from data.method m
    where m.version = 'gladi-' || round or starts_with(m.version, 'gladi-' || round || '-'));
begin
  perform act.round_drop_intake(round);
  delete from data.job j where j.round = round_erase.round;
  delete from data.request q where q.round = round_erase.round;
  delete from data.preview v where v.round = round_erase.round;
  delete from data.round r where r.code = round_erase.round;
  delete from data.saves s where s.round = round_erase.round;
  delete from data.round_run r where r.round = round_erase.round;
  delete from data.method m where m.id = any (methods)
    and not exists (select from data.round_run r where r.method = m.id);
end $$;
