-- What the acts of rounds that are run here share. Each begins with its form's key (act.once),
-- which is looked at before the step: what was done is answered as it was, also after closing. Then
-- comes who may do it at all ('forbidden'), whether now ('state'), what is wrong with it
-- ('invalid') and whether somebody was faster ('conflict').

create or replace function act.round_begun(me data.account, key text, asked text[])
returns data.outcome language plpgsql as $$
begin
  if me.id is null then
    return act.said('signed_out');
  end if;
  return act.once(me.id, key, asked);
end $$;

-- An act that was not done: `word`, or what is wrong with its fields. What is forbidden has a row
-- of the trail.
create or replace function act.round_not(me data.account, key text, word text, act text,
                                         round text, region text default null,
                                         faults jsonb default null)
returns data.outcome language plpgsql as $$
#variable_conflict use_variable
begin
  return act.once_done(me.id, key, case
    when word = 'forbidden' then act.refuse(act, round, region)
    else act.said(coalesce(word, 'invalid'), null::integer, faults) end);
end $$;
create or replace function act.round_done(me data.account, key text, id integer default null,
                                          n integer default null,
                                          row_version integer default null)
returns data.outcome language plpgsql as $$
#variable_conflict use_variable
begin
  return act.once_done(me.id, key, row('done', id, n, row_version, null)::data.outcome);
end $$;

-- Two minutes' grace at the end of a step, which nobody is told of.
create or replace function act.grace() returns interval language sql immutable
return interval '2 minutes';

-- Of a region that the account looks after, that dimension (null: all of it).
create or replace function act.in_reach(me data.account, region text, dimension text)
returns boolean language plpgsql stable as $$
declare
  mine record;
begin
  select * into mine from data.my_scope();
  return coalesce(mine.region = in_reach.region
                  and (mine.dimensions is null or dimension = any (mine.dimensions)), false);
end $$;

-- A moment as forms send it, of western Indonesia; null: it is none.
create or replace function act.moment_of(said text) returns timestamptz
language plpgsql stable as $$
begin
  if said ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2} ([01][0-9]|2[0-3])[:.][0-5][0-9]$'
     and act.is_day(left(said, 10)) then
    return act.instant_of(left(said, 10), substr(said, 12));
  end if;
  return null;
end $$;

-- What the trail is told of many saves, in one row for a person, a city and a minute: of minutes
-- that are over, at most so many; how many there were.
create or replace function act.saves_tell(account integer, most integer) returns bigint
language plpgsql as $$
#variable_conflict use_variable
declare
  s data.saves;
  told bigint := 0;
  source constant text := coalesce(current_setting('tolok.source', true), '');
  request constant text := coalesce(current_setting('tolok.request', true), '');
begin
  for s in
    delete from data.saves x
    where (x.account, x.round, x.region, x.kind, x.minute) in (
      select y.account, y.round, y.region, y.kind, y.minute from data.saves y
      where (saves_tell.account is null or y.account = saves_tell.account)
        and y.minute < date_trunc('minute', now())
      order by y.minute limit most for update skip locked)
    returning x.*
  loop
    perform set_config('tolok.source', s.source, true),
            set_config('tolok.request', s.request, true);
    if s.kind = 'answer' then
      perform act.note('answers_saved', 'round', s.round, s.region, null,
                       jsonb_build_object('saves', s.saves, 'digest', s.digest), s.account);
    else
      perform act.note('marks_saved', 'round', s.round, s.region, null,
                       jsonb_build_object('saves', s.saves, 'digest', s.digest), s.account,
                       s.round, 'marks');
    end if;
    told := told + 1;
  end loop;
  if told > 0 then
    perform set_config('tolok.source', source, true), set_config('tolok.request', request, true);
  end if;
  return told;
end $$;

-- Counts a save, of a person's day too.
create or replace function act.saved(me data.account, round text, region text, kind text,
                                     digest text) returns void
language plpgsql as $$
#variable_conflict use_variable
begin
  if not act.day_counts(me.id, kind) then
    raise exception 'that was enough for a day' using errcode = 'TKDAY';
  end if;
  insert into data.saves as s (account, round, region, kind, minute, saves, digest, source, request)
  values (me.id, round, region, kind, date_trunc('minute', now()), 1, digest,
          coalesce(current_setting('tolok.source', true), ''),
          coalesce(current_setting('tolok.request', true), ''))
  on conflict on constraint saves_pkey do update
    set saves = s.saves + 1, digest = excluded.digest, request = excluded.request;
  if exists (select from data.saves s
             where s.account = me.id and s.minute < date_trunc('minute', now())) then
    perform act.saves_tell(me.id, 10);
  end if;
end $$;

-- What is wrong with a state and a value of a leaf, {state: .., value: ..}, or null. `options`:
-- where the guide has some it has to be one of them.
create or replace function act.value_faults(method integer, criterion text, state text,
                                            value text, options boolean)
returns jsonb language plpgsql stable as $$
#variable_conflict use_variable
declare
  m data.method;
  x numeric;
  fault text;
begin
  if coalesce(state not in ('value', 'not_applicable', 'no_data'), true) then
    return '{"state": "wrong"}';
  elsif state = 'not_applicable' and not exists (
    select from data.guide g where g.method = value_faults.method
                               and g.criterion = value_faults.criterion and g.na is not null) then
    return '{"state": "not_allowed"}';
  elsif state <> 'value' then
    return case when coalesce(value, '') <> '' then '{"value": "wrong"}'::jsonb end;
  elsif coalesce(value, '') = '' then
    return '{"value": "missing"}';
  elsif value !~ '^-?[0-9]{1,15}([.][0-9]{1,6})?$' then
    return '{"value": "wrong"}';
  end if;
  x := value::numeric;
  select y.* into m from data.method y where y.id = method;
  fault := case
    when x not between m.scale_min and m.scale_max then 'scale'
    when scale(trim_scale(x)) > 2 then 'decimals'
    when options and exists (select from data.guide_option o
                             where o.method = value_faults.method
                               and o.criterion = value_faults.criterion)
         and not exists (select from data.guide_option o
                         where o.method = value_faults.method
                           and o.criterion = value_faults.criterion and o.value = x)
      then 'options' end;
  return case when fault is not null then jsonb_build_object('value', fault) end;
end $$;
