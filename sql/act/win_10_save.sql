-- A city writes: saves and submits. `seen` is the row_version that the form was made from; when
-- another one was saved since, nothing happens and the outcome is 'conflict' with the present
-- row_version, so that the page can show both. `key` is the form's own: sent twice, done once.

-- What the fields sent make of a version: '' empties one, one that was not sent stays.
create or replace function act.win_filled(v data.win_version, fields jsonb) returns data.win_version
language sql stable as $$
  select jsonb_populate_record(v, coalesce((
    select jsonb_object_agg(f.name, nullif(fields -> f.name, '""')) from act.win_fields() f
           where fields ? f.name), '{}'));
$$;

-- The version that is saved to: the newest one while it is a draft, or a new one after it.
create or replace function act.win_write(me data.account, held data.win, fields jsonb)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  old data.win_version;
  new data.win_version;
begin
  select v.* into old from data.win_version v where v.win = held.id and v.n = held.newest;
  if old.state = 'submitted' then
    return row('state', held.id, held.newest, held.row_version, null)::data.outcome;
  end if;
  new := act.win_filled(old, fields);
  if old.state = 'draft' then
    update data.win_version v set (title, summary, problem, solution, agency, started, cost, figure,
                                   figure_before, figure_after,
      figure_source, lesson, contact, links, partners, saved_by,
      saved_at) = (new.title, new.summary, new.problem, new.solution, new.agency,
      new.started, new.cost, new.figure, new.figure_before, new.figure_after, new.figure_source,
      new.lesson, new.contact, new.links,
      new.partners, me.id, now())
    where v.win = held.id and v.n = held.newest;
  else
    new.n := old.n + 1;
    new.state := 'draft';
    new.saved_by := me.id;
    new.saved_at := now();
    new.reason := null;
    new.submitted_by := null;
    new.submitted_at := null;
    new.decided_by := null;
    new.decided_at := null;
    insert into data.win_version select new.*;
  end if;
  update data.win w set newest = new.n, row_version = w.row_version + 1,
    dimension = case when me.role = 'operator' and fields ? 'dimension'
      then nullif(fields ->> 'dimension', '') else w.dimension end
  where w.id = held.id;
  perform act.note('win_save', 'win', held.id::text, held.region,
                   act.win_words(old) || jsonb_build_object('n', old.n, 'dimension',
                                                            held.dimension),
                   act.win_words(new) || jsonb_build_object('n', new.n, 'dimension',
                                                            (select w.dimension from data.win w
                                                             where w.id = held.id)));
  return row('done', held.id, new.n, held.row_version + 1, null)::data.outcome;
end $$;

create or replace function act.win_create(me data.account, fields jsonb) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  made data.win;
begin
  insert into data.win (region, dimension, created_by)
  values (me.region, case me.role when 'owner' then me.dimension else nullif(fields ->> 'dimension',
         '') end, me.id) returning * into made;
  insert into data.win_version
  select f.* from act.win_filled(jsonb_populate_record(null::data.win_version, jsonb_build_object(
    'win', made.id, 'n', 1, 'state', 'draft', 'saved_by', me.id, 'saved_at', now())), fields) f;
  perform act.note('win_create', 'win', made.id::text, made.region, null,
                   (select act.win_words(v) from data.win_version v where v.win = made.id)
                   || jsonb_build_object('n', 1, 'dimension', made.dimension));
  return row('done', made.id, 1, 1, null)::data.outcome;
end $$;

-- Saves; `win` null begins a record. Fields are those of act.win_fields and, for an operator, the
-- dimension; with a language they are as a form of that language sends them.
create or replace function act.win_save(win integer, seen integer, key text, fields jsonb,
                                        lang text default null) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me data.account := act.me();
  held data.win;
  asked text := fields::text;
  faults jsonb;
  answer data.outcome;
begin
  if me.id is null then
    return row('signed_out', null, null, null, null)::data.outcome;
  end if;
  answer := act.once(me.id, key, array['win_save', win::text, seen::text, asked, lang]);
  if answer.outcome is not null then
    return answer;
  end if;
  if lang is not null then
    fields := act.win_read(lang, fields);
  end if;
  faults := act.win_faults(fields);
  if me.role = 'operator' and nullif(fields ->> 'dimension', '') is not null
     and not exists (select from data.dimension d where d.code = fields ->> 'dimension') then
    faults := coalesce(faults, '{}') || '{"dimension": "wrong"}';
  end if;
  if win is not null then
    held := act.win_hold(me, win);
  end if;
  answer := case
    when me.role not in ('operator', 'owner') or (win is not null and held.id is null)
      then act.win_refuse('win_save', win)
    when faults is not null then row('invalid', win, null, held.row_version, faults)::data.outcome
    when win is null then act.win_create(me, fields)
    when seen is distinct from held.row_version then row('conflict', win, held.newest,
                                                         held.row_version, null)::data.outcome
    else act.win_write(me, held, fields) end;
  return act.once_done(me.id, key, answer);
end $$;

-- Sends the draft to the office. Faults name what is still missing.
create or replace function act.win_submit(win integer, seen integer, key text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.win;
  v data.win_version;
  missing jsonb;
  answer data.outcome;
begin
  if me.id is null then
    return row('signed_out', null, null, null, null)::data.outcome;
  end if;
  answer := act.once(me.id, key, array['win_submit', win::text, seen::text]);
  if answer.outcome is not null then
    return answer;
  end if;
  held := act.win_hold(me, win);
  select x.* into v from data.win_version x where x.win = held.id and x.n = held.newest;
  select jsonb_object_agg(f.name, 'missing') into missing from act.win_fields() f where f.needed
         and btrim(to_jsonb(v) ->> f.name) is not distinct from null;
  if held.dimension is null then
    missing := coalesce(missing, '{}') || '{"dimension": "missing"}';
  end if;
  if held.id is null or me.role not in ('operator', 'owner') then
    answer := act.win_refuse('win_submit', win);
  elsif seen is distinct from held.row_version then
    answer := row('conflict', win, held.newest, held.row_version, null)::data.outcome;
  elsif v.state <> 'draft' then
    answer := row('state', win, held.newest, held.row_version, null)::data.outcome;
  elsif missing is not null then
    answer := row('invalid', win, held.newest, held.row_version, missing)::data.outcome;
  else
    update data.win_version x set state = 'submitted', submitted_by = me.id, submitted_at = now()
      where x.win = win and x.n = held.newest;
    update data.win w set row_version = w.row_version + 1 where w.id = win;
    perform act.note('win_submit', 'win', win::text, held.region, '{"state": "draft"}',
                     jsonb_build_object('state', 'submitted', 'n', held.newest));
    answer := row('done', win, held.newest, held.row_version + 1, null)::data.outcome;
  end if;
  return act.once_done(me.id, key, answer);
end $$;

-- Begins a record with what a form of that language sends.
create or replace function act.win_begin(key text, fields jsonb, lang text) returns data.outcome
language sql security definer set search_path = pg_catalog, pg_temp as $$ select act.win_save(null,
  null, key, fields, lang) $$;
