-- Who takes part in a round.

create or replace function act.entrant_add(round text, region text, key text, "group" text,
                                           reason text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  grp constant text := btrim(coalesce("group", ''));
  begun record := act.round_office(me, key, array['entrant_add', round, region, grp, reason],
                                   round);
  faults jsonb;
begin
  if (begun.answer).outcome is not null then
    return begun.answer;
  elsif (begun.held).state <> 'draft'
        and not ((begun.held).state = 'open' and exists (
          select from data.round_step s where s.round = entrant_add.round and s.step = 'self'
          and now() < s.closes)) then
    return act.round_not(me, key, 'state', 'entrant_add', round, region);
  end if;
  faults := jsonb_strip_nulls(jsonb_build_object(
    'region', case when not exists (select from data.region g where g.code = region) then 'unknown'
                   when exists (select from data.entrant e where e.round = entrant_add.round
                                and e.region = entrant_add.region) then 'taken' end,
    'group', case when act.field_fault(grp, 'line') is not null
                    then act.field_fault(grp, 'line')
                  when exists (select from data.entrant e
                               where e.round = entrant_add.round and e."group" <> grp
                                 and lower(regexp_replace(e."group", '\s+', '', 'g'))
                                     = lower(regexp_replace(grp, '\s+', '', 'g')))
                    then 'alike' end))
    || case when (begun.held).state = 'open'
            then coalesce(act.needed_fault('reason', reason, 'prose'), '{}') else '{}' end;
  if faults <> '{}' then
    return act.round_not(me, key, null, 'entrant_add', round, region, faults);
  end if;
  insert into data.entrant (round, region, name, "group", kind, province, zone, population,
                            area_km2, cohort_year, joined_reason)
  select round, g.code, g.name, grp, g.kind, g.province, coalesce(p.zone, 'Asia/Jakarta'),
         g.population, g.area_km2, g.cohort_year,
         case when (begun.held).state = 'open' then btrim(reason) end
  from data.region g left join data.province p on p.code = g.province where g.code = region;
  if (begun.held).state = 'open' then
    perform act.round_cells(round, region);
  end if;
  perform act.note('entrant_add', 'round', round, region, null,
                   act.with_reason(reason, jsonb_build_object('region', region, 'group', grp)));
  return act.round_done(me, key);
end $$;

create or replace function act.entrant_remove(round text, region text, key text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  begun record := act.round_office(me, key, array['entrant_remove', round, region], round);
begin
  if (begun.answer).outcome is not null then
    return begun.answer;
  elsif (begun.held).state <> 'draft' then
    return act.round_not(me, key, 'state', 'entrant_remove', round, region);
  end if;
  delete from data.entrant e where e.round = entrant_remove.round
    and e.region = entrant_remove.region;
  if not found then
    return act.round_not(me, key, 'forbidden', 'entrant_remove', round, region);
  end if;
  perform act.note('entrant_remove', 'round', round, region, null,
                   jsonb_build_object('region', region));
  return act.round_done(me, key);
end $$;

-- A city withdrew: its texts stay with the office.
create or replace function act.entrant_leave(round text, region text, key text, reason text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  begun record := act.round_office(me, key, array['entrant_leave', round, region, reason], round);
  faults jsonb := act.needed_fault('reason', reason, 'prose');
begin
  if (begun.answer).outcome is not null then
    return begun.answer;
  elsif not exists (select from data.entrant e where e.round = entrant_leave.round
                    and e.region = entrant_leave.region) then
    return act.round_not(me, key, 'forbidden', 'entrant_leave', round, region);
  elsif (begun.held).state not in ('open', 'final')
        or exists (select from data.entrant e where e.round = entrant_leave.round
                   and e.region = entrant_leave.region and e.left_at is not null) then
    return act.round_not(me, key, 'state', 'entrant_leave', round, region);
  elsif faults is not null then
    return act.round_not(me, key, null, 'entrant_leave', round, region, faults);
  end if;
  update data.entrant e set left_at = now(), left_reason = btrim(reason)
  where e.round = entrant_leave.round and e.region = entrant_leave.region;
  perform act.round_drop_intake(round),
          act.note('entrant_leave', 'round', round, region, null,
                   act.with_reason(reason, jsonb_build_object('region', region)));
  return act.round_done(me, key);
end $$;
