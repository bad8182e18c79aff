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

-- A new draft with these words.
create or replace function act.win_draft(win integer, n integer, me data.account, words jsonb)
returns data.win_version
language sql as $$
  insert into data.win_version
  select v.* from act.win_filled(jsonb_populate_record(null::data.win_version, jsonb_build_object(
    'win', win, 'n', n, 'state', 'draft', 'saved_by', me.id, 'saved_at', now())), words) v
  returning win_version;
$$;

-- The version that is saved to: the newest one while it is a draft, or a new one after it. The
-- record as it is then; all null when the newest version is with the office.
create or replace function act.win_write(me data.account, held data.win, fields jsonb)
returns data.win
language plpgsql as $$
declare
  names constant text := (select string_agg(f.name, ', ') from act.win_fields() f);
  old data.win_version;
  new data.win_version;
  saved data.win;
begin
  select v.* into old from data.win_version v where v.win = held.id and v.n = held.newest;
  if old.state = 'submitted' then
    return null;
  end if;
  new := act.win_filled(old, fields);
  if old.state = 'draft' then
    execute format('update data.win_version v set (%1$s, saved_by, saved_at) = (
      select %1$s, $2, now() from (select ($1).*) n) where v.win = ($1).win
        and v.n = ($1).n', names)
    using new, me.id;
  else
    new := act.win_draft(held.id, old.n + 1, me, act.win_words(new));
  end if;
  update data.win w
  set newest = new.n, row_version = w.row_version + 1,
      dimension = case when me.role = 'operator' and fields ? 'dimension'
                       then nullif(fields ->> 'dimension', '') else w.dimension end
  where w.id = held.id
  returning w.* into saved;
  perform act.note('win_save', 'win', held.id::text, held.region,
                   jsonb_strip_nulls(jsonb_build_object('n', held.newest,
                                                        'dimension', held.dimension)),
                   act.win_told(saved, old, new));
  return saved;
end $$;

create or replace function act.win_create(me data.account, fields jsonb) returns data.win
language plpgsql as $$
declare
  made data.win;
begin
  insert into data.win (region, dimension, created_by)
  values (me.region, case me.role when 'owner' then me.dimension
                     else nullif(fields ->> 'dimension', '') end, me.id)
  returning * into made;
  perform act.note('win_create', 'win', made.id::text, made.region, null,
                   act.win_told(made, null, act.win_draft(made.id, 1, me, fields)));
  return made;
end $$;

-- Saves; `win` null begins a record. Fields are those of act.win_fields and, for an operator, the
-- dimension; with a language they are as a form of that language sends them.
create or replace function act.win_save(win integer, seen integer, key text, fields jsonb,
                                        lang text default null) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me data.account := act.me();
  held data.win := act.win_hold(me, win);
  asked text[] := array['win_save', win::text, seen::text, fields::text, lang];
  saved data.win;
  faults jsonb;
  answer data.outcome;
begin
  if lang is not null then
    fields := act.win_read(lang, fields);
  end if;
  faults := act.win_faults(fields);
  if me.role = 'operator' and nullif(fields ->> 'dimension', '') is not null
     and not exists (select from data.dimension d where d.code = fields ->> 'dimension') then
    faults := coalesce(faults, '{}') || '{"dimension": "wrong"}';
  end if;
  answer := act.win_begun(me, held, seen, key, asked,
                          me.role in ('operator', 'owner') and (win is null or held.id = win),
                          faults);
  if answer.outcome is not null then
    return answer;
  end if;
  saved := case when win is null then act.win_create(me, fields)
                else act.win_write(me, held, fields) end;
  return act.once_done(me.id, key, case when saved.id is null then act.said('state', held)
                                        else act.said('done', saved) end);
end $$;

-- Sends the draft to the office. Faults name what is still missing.
create or replace function act.win_submit(win integer, seen integer, key text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.win := act.win_hold(me, win);
  answer data.outcome := act.win_begun(me, held, seen, key,
                                       array['win_submit', win::text, seen::text], held.id = win);
  v data.win_version;
  missing jsonb;
begin
  if answer.outcome is not null then
    return answer;
  end if;
  select x.* into v from data.win_version x where x.win = win and x.n = held.newest;
  select jsonb_object_agg(f.name, 'missing') into missing from pub.win_field f
  where f.needed
    and btrim((to_jsonb(v) || jsonb_build_object('dimension', held.dimension)) ->> f.name) is null;
  if v.state <> 'draft' or missing is not null then
    return act.once_done(me.id, key, case when v.state <> 'draft' then act.said('state', held)
                                          else act.said('invalid', held, missing) end);
  end if;
  update data.win_version x set state = 'submitted', submitted_by = me.id, submitted_at = now()
  where x.win = win and x.n = held.newest;
  perform act.note('win_submit', 'win', win::text, held.region, '{"state": "draft"}',
                   jsonb_build_object('state', 'submitted', 'n', held.newest));
  return act.win_done(me, key, win);
end $$;

-- Begins a record with what a form of that language sends.
create or replace function act.win_begin(key text, fields jsonb, lang text) returns data.outcome
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select act.win_save(null, null, key, fields, lang)
$$;
