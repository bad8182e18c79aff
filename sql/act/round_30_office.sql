-- The office while a round is open: who assesses whom, longer steps, another version of the method,
-- and what ends a round.

-- What everybody has to know of an assessor before they are given a city.
create or replace function act.assessor_set(account integer, key text, fields jsonb)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.office_begun(me, key, array['assessor_set', account::text,
                                                         fields::text]);
  faults jsonb;
begin
  if answer.outcome is not null then
    return answer;
  elsif not exists (select from data.account a where a.id = account and a.role = 'assessor') then
    return act.round_not(me, key, 'forbidden', 'assessor_set', account::text);
  end if;
  faults := jsonb_strip_nulls(jsonb_build_object(
    'home', case when nullif(fields ->> 'home', '') is not null and not exists (
      select from data.region g where g.code = fields ->> 'home') then 'unknown' end,
    'province', case when nullif(fields ->> 'province', '') is not null and not exists (
      select from data.province p where p.code = fields ->> 'province') then 'unknown' end,
    'institution', act.field_fault(fields ->> 'institution', 'line'),
    'former', case when exists (
      select from jsonb_array_elements(coalesce(fields -> 'former', '[]')) f
      where not exists (select from data.region g where g.code = f ->> 'region')
         or nullif(f ->> 'until', '') is not null
            and not (act.is_day(f ->> 'until') and length(f ->> 'until') = 10)) then 'wrong' end));
  if faults <> '{}' then
    return act.round_not(me, key, null, 'assessor_set', account::text, faults => faults);
  end if;
  delete from data.assessor_former f where f.account = assessor_set.account;
  insert into data.assessor_former (account, region, until)
  select distinct on (f ->> 'region') account, f ->> 'region', nullif(f ->> 'until', '')::date
  from jsonb_array_elements(coalesce(fields -> 'former', '[]')) f
  order by f ->> 'region', nullif(f ->> 'until', '')::date desc nulls first;
  insert into data.assessor (account, home, province, institution)
  values (account, nullif(fields ->> 'home', ''), nullif(fields ->> 'province', ''),
          nullif(btrim(fields ->> 'institution'), ''))
  on conflict on constraint assessor_pkey do update
    set home = excluded.home, province = excluded.province, institution = excluded.institution;
  perform act.note('assessor_set', 'account', account::text);
  return act.round_done(me, key, account);
end $$;

create or replace function act.adviser_add(key text, fields jsonb) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.office_begun(me, key, array['adviser_add', fields::text]);
  faults jsonb;
  made integer;
begin
  if answer.outcome is not null then
    return answer;
  end if;
  faults := coalesce(act.needed_fault('institution', fields ->> 'institution', 'line'), '{}')
    || coalesce(act.needed_fault('source', fields ->> 'source', 'line'), '{}')
    || jsonb_strip_nulls(jsonb_build_object(
      'region', case when not exists (select from data.region g where g.code = fields ->> 'region')
                     then 'unknown' end,
      'from', case when not coalesce(act.is_day(fields ->> 'from')
                                     and length(fields ->> 'from') = 10, false) then 'date' end,
      'until', case when nullif(fields ->> 'until', '') is null then null
                    when not (act.is_day(fields ->> 'until') and length(fields ->> 'until') = 10)
                      then 'date'
                    when fields ->> 'until' < fields ->> 'from' then 'order' end));
  if faults <> '{}' then
    return act.round_not(me, key, null, 'adviser_add', null, faults => faults);
  end if;
  insert into data.adviser (region, institution, since, until, source, by)
  values (fields ->> 'region', btrim(fields ->> 'institution'), (fields ->> 'from')::date,
          nullif(fields ->> 'until', '')::date, btrim(fields ->> 'source'), me.id)
  returning id into made;
  perform act.note('adviser_add', 'round', '', fields ->> 'region', null,
                   jsonb_build_object('region', fields ->> 'region',
                                      'name', btrim(fields ->> 'institution')));
  return act.round_done(me, key, made);
end $$;

-- It was a mistake.
create or replace function act.adviser_end(adviser integer, key text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.office_begun(me, key, array['adviser_end', adviser::text]);
  held data.adviser;
begin
  if answer.outcome is not null then
    return answer;
  end if;
  select v.* into held from data.adviser v where v.id = adviser for update;
  if held.id is null or held.ended_at is not null then
    return act.round_not(me, key, case when held.id is null then 'forbidden' else 'state' end,
                         'adviser_end', adviser::text);
  end if;
  update data.adviser v set ended_at = now() where v.id = adviser;
  perform act.note('adviser_end', 'round', '', held.region, null,
                   jsonb_build_object('region', held.region, 'name', held.institution));
  return act.round_done(me, key, adviser);
end $$;

create or replace function act.assign(round text, region text, dimension text, key text,
                                      assessor integer, role text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  begun record := act.round_office(me, key, array['assign', round, region, dimension,
                                                  assessor::text, role], round);
  place integer;
  made integer;
  why text;
  faults jsonb;
begin
  if (begun.answer).outcome is not null then
    return begun.answer;
  elsif not exists (select from data.entrant e
                    where e.round = assign.round and e.region = assign.region)
     or not exists (select from act.round_leaves((begun.held).method) l
                    where l.dimension = assign.dimension) then
    return act.round_not(me, key, 'forbidden', 'assign', round, region);
  elsif (begun.held).state not in ('draft', 'open')
     or exists (select from data.entrant e where e.round = assign.round
                and e.region = assign.region and e.left_at is not null) then
    return act.round_not(me, key, 'state', 'assign', round, region);
  end if;
  insert into data.part (round, region, dimension) values (round, region, dimension)
  on conflict do nothing;
  select p.id into place from data.part p
  where p.round = assign.round and p.region = assign.region and p.dimension = assign.dimension;
  faults := jsonb_strip_nulls(jsonb_build_object(
    'role', case when coalesce(role not in ('lead', 'second'), true) then 'wrong'
                 when role = 'lead' and exists (
                   select from data.assignment a where a.part = place and a.until is null
                   and a.role = 'lead') then 'lead_taken' end,
    'assessor', case when not exists (select from data.account a where a.id = assessor
                                      and a.role = 'assessor' and a.state = 'active')
                       then 'unknown'
                     when exists (select from data.assignment a where a.part = place
                                  and a.until is null and a.assessor = assign.assessor)
                       then 'taken' end));
  if faults = '{}' then
    why := data.conflict_of(assessor, round, region);
    if why is not null then
      faults := jsonb_build_object('assessor', 'conflict', 'why', why);
    end if;
  end if;
  if faults <> '{}' then
    return act.round_not(me, key, null, 'assign', round, region, faults);
  end if;
  insert into data.assignment (round, region, dimension, part, assessor, role, seat)
  select round, region, dimension, place, assessor, role, coalesce(max(a.seat), 0) + 1
  from data.assignment a where a.part = place
  returning id into made;
  perform act.note('assign', 'round', round, region, null,
                   jsonb_build_object('dimension', dimension, 'assignment', made,
                                      'assessor', assessor),
                   null, round, 'decisions');
  return act.round_done(me, key, made);
end $$;

-- An assignment of the round, locked with it.
create or replace function act.assignment_office(me data.account, key text, asked text[],
                                                 assignment integer, out held data.assignment,
                                                 out run data.round_run, out answer data.outcome)
language plpgsql as $$
begin
  answer := act.office_begun(me, key, asked);
  if answer.outcome is null then
    select a.* into held from data.assignment a where a.id = assignment for update;
    select r.* into run from data.round_run r where r.round = held.round;
    if held.id is null then
      answer := act.round_not(me, key, 'forbidden', asked[1], assignment::text);
    end if;
  end if;
end $$;

create or replace function act.assign_end(assignment integer, key text, reason text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  begun record := act.assignment_office(me, key, array['assign_end', assignment::text, reason],
                                        assignment);
  held data.assignment := begun.held;
  faults jsonb := act.needed_fault('reason', reason, 'prose');
begin
  if (begun.answer).outcome is not null then
    return begun.answer;
  elsif held.until is not null or (begun.run).state not in ('draft', 'open') then
    return act.round_not(me, key, 'state', 'assign_end', held.round, held.region);
  elsif faults is not null then
    return act.round_not(me, key, null, 'assign_end', held.round, held.region, faults);
  end if;
  update data.assignment a set until = now(), end_reason = btrim(reason) where a.id = assignment;
  perform act.note('assign_end', 'round', held.round, held.region, null,
                   act.with_reason(reason, jsonb_build_object('dimension', held.dimension,
                                                              'assignment', assignment)),
                   null, held.round, 'decisions');
  return act.round_done(me, key, assignment);
end $$;

-- A signature is final; the office opens it with a reason, before the city's reply opens.
create or replace function act.sign_reopen(assignment integer, key text, reason text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  begun record := act.assignment_office(me, key, array['sign_reopen', assignment::text, reason],
                                        assignment);
  held data.assignment := begun.held;
  faults jsonb := act.needed_fault('reason', reason, 'prose');
begin
  if (begun.answer).outcome is not null then
    return begun.answer;
  elsif held.until is not null or held.signed_at is null or (begun.run).state <> 'open'
     or data.is_told(held.round, held.region) then
    return act.round_not(me, key, 'state', 'sign_reopen', held.round, held.region);
  elsif faults is not null then
    return act.round_not(me, key, null, 'sign_reopen', held.round, held.region, faults);
  end if;
  update data.assignment a set signed_at = null where a.id = assignment;
  -- What came of agreeing with the lead is gone with the signature.
  delete from data.assessor_mark m where m.assignment = sign_reopen.assignment and m.agreed;
  perform act.note('sign_reopen', 'round', held.round, held.region, null,
                   act.with_reason(reason, jsonb_build_object('dimension', held.dimension,
                                                              'assignment', assignment)),
                   null, held.round, 'marks');
  return act.round_done(me, key, assignment);
end $$;

-- What keeps a step from being longer for a city: 'state', 'earlier', or 'next', when the one after
-- it would be swallowed.
create or replace function act.extend_fault(round text, region text, step text,
                                            closes timestamptz, next timestamptz)
returns text language plpgsql stable as $$
#variable_conflict use_variable
declare
  mine data.city_step;
  after data.city_step;
  third data.city_step;
begin
  select c.* into mine from data.city_step c
  where c.round = extend_fault.round and c.region = extend_fault.region
    and c.step = extend_fault.step;
  select c.* into after from data.city_step c
  where c.round = extend_fault.round and c.region = extend_fault.region
    and data.step_place(c.step) > data.step_place(step)
  order by data.step_place(c.step) limit 1;
  select c.* into third from data.city_step c
  where c.round = extend_fault.round and c.region = extend_fault.region
    and data.step_place(c.step) > data.step_place(after.step)
  order by data.step_place(c.step) limit 1;
  return case
    when mine.step is null or now() < mine.opens or now() >= after.opens then 'state'
    when closes <= mine.closes or closes <= now() then 'earlier'
    when closes >= coalesce(next, after.closes) then 'next'
    when next is not null and (after.step is null or next <= after.closes
                               or next >= third.closes) then 'next' end;
end $$;

-- A longer step, of one city or of all; `next`: the new end of the step after it too.
create or replace function act.round_extend(round text, region text, step text, key text,
                                            closes text, next text, reason text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  begun record := act.round_office(me, key, array['round_extend', round, region, step, closes,
                                                  next, reason], round);
  until constant timestamptz := act.moment_of(closes);
  next_until constant timestamptz := act.moment_of(next);
  words text[];
  faults jsonb;
begin
  if (begun.answer).outcome is not null then
    return begun.answer;
  elsif not exists (select from data.round_step s
                    where s.round = round_extend.round and s.step = round_extend.step)
     or region is not null and not exists (
       select from data.entrant e where e.round = round_extend.round
       and e.region = round_extend.region) then
    return act.round_not(me, key, 'forbidden', 'round_extend', round, region);
  end if;
  words := array(
    select distinct act.extend_fault(round, e.region, step, until, next_until)
    from data.entrant e
    where e.round = round_extend.round and e.left_at is null
      and (region is null or e.region = round_extend.region));
  if (begun.held).state <> 'open' or 'state' = any (words) or cardinality(words) = 0 then
    return act.round_not(me, key, 'state', 'round_extend', round, region);
  end if;
  faults := coalesce(act.needed_fault('reason', reason, 'prose'), '{}')
    || jsonb_strip_nulls(jsonb_build_object(
      'closes', case when until is null then 'date'
                     when 'earlier' = any (words) then 'earlier'
                     when 'next' = any (words) and nullif(next, '') is null then 'next' end,
      'next', case when nullif(next, '') is null then null
                   when next_until is null then 'date'
                   when 'next' = any (words) then 'next' end));
  if faults <> '{}' then
    return act.round_not(me, key, null, 'round_extend', round, region, faults);
  end if;
  insert into data.extension (round, step, region, closes, reason, by)
  select round, x.step, region, x.closes, btrim(reason), me.id
  from (values (step, until), ((
      select s.step from data.round_step s
      where s.round = round_extend.round
        and data.step_place(s.step) > data.step_place(round_extend.step)
      order by data.step_place(s.step) limit 1), next_until)) x (step, closes)
  where x.closes is not null;
  perform act.note('round_extend', 'round', round, region, null,
                   act.with_reason(reason, jsonb_build_object('step', step, 'until', until)));
  return act.round_done(me, key);
end $$;

-- The round goes on with another version of the method: leaves of the same code keep their answers.
create or replace function act.round_method(round text, key text, method text, reason text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  begun record := act.round_office(me, key, array['round_method', round, method, reason], round);
  m data.method;
  before text;
  faults jsonb;
begin
  if (begun.answer).outcome is not null then
    return begun.answer;
  elsif (begun.held).state <> 'open' or not exists (
    select from data.round_step s where s.round = round_method.round and s.step = 'self'
    and now() < s.closes) then
    return act.round_not(me, key, 'state', 'round_method', round);
  end if;
  select x.* into m from data.method x where x.version = method;
  select x.version into before from data.method x where x.id = (begun.held).method;
  faults := coalesce(act.needed_fault('reason', reason, 'prose'), '{}')
    || jsonb_strip_nulls(jsonb_build_object('method', case
      when m.id is null then 'unknown'
      when m.missing <> 'worst' then 'missing_rule'
      when m.id = (begun.held).method then 'same'
      when exists (select from act.round_leaves(m.id) l where l.dimensions > 1)
        then 'dimension' end));
  if faults <> '{}' then
    return act.round_not(me, key, null, 'round_method', round, faults => faults);
  end if;
  update data.round_run r
  set method = case when r.rehearsal then act.method_copy(m.id, 'gladi-' || round || '-'
                                                          || r.row_version) else m.id end,
      row_version = r.row_version + 1
  where r.round = round_method.round;
  perform act.round_cells(round);
  -- What the guide asks is another thing.
  update data.cell c set pieces = c.pieces where c.round = round_method.round;
  perform act.note('round_method', 'round', round, null, jsonb_build_object('method', before),
                   act.with_reason(reason, jsonb_build_object('method', method)));
  return act.round_done(me, key, null, null, (begun.held).row_version + 1);
end $$;

-- A round is called off.
create or replace function act.round_off(round text, key text, reason text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  begun record := act.round_office(me, key, array['round_off', round, reason], round);
  faults jsonb := act.needed_fault('reason', reason, 'prose');
begin
  if (begun.answer).outcome is not null then
    return begun.answer;
  elsif (begun.held).state not in ('draft', 'open', 'final') then
    return act.round_not(me, key, 'state', 'round_off', round);
  elsif faults is not null then
    return act.round_not(me, key, null, 'round_off', round, faults => faults);
  end if;
  perform act.round_drop_intake(round);
  update data.round_run r
  set state = 'off', off_reason = btrim(reason), ended_at = now(), row_version = r.row_version + 1
  where r.round = round_off.round;
  perform act.note('round_off', 'round', round, null,
                   jsonb_build_object('state', (begun.held).state),
                   act.with_reason(reason, jsonb_build_object('state', 'off')));
  return act.round_done(me, key);
end $$;
