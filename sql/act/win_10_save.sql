-- A city writes: saves and submits. `seen` is the row_version that the form was made from, `key`
-- the form's own: sent twice, done once.
--
-- What is saved is merged field by field. A form sends, beside a field, the mark of the value that
-- it was made from (was_FIELD, pub.mark): what only one side has changed since is taken from there,
-- and where both have, the field stays as it is stored and the outcome is 'conflict', so that the
-- page can show both. Without a mark the value is known when the record is still the one seen. What
-- can be saved is saved, whatever else is wrong: 'invalid' and 'conflict' are about the fields that
-- are left.

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
      dimension = case when fields ? 'dimension' then nullif(fields ->> 'dimension', '')
                  else w.dimension end
  where w.id = held.id
  returning w.* into saved;
  perform act.note('win_save', 'win', held.id::text, held.region,
                   jsonb_strip_nulls(jsonb_build_object('n', held.newest,
                                                        'dimension', held.dimension)),
                   act.win_told(saved, old, new));
  return saved;
end $$;

-- The dimension of a new record: what was chosen, or the only one of its writer.
create or replace function act.win_dimension(me data.account, fields jsonb) returns text
language sql immutable
return case when data.chooses(me.dimensions) then nullif(fields ->> 'dimension', '')
            else me.dimensions[1] end;

create or replace function act.win_create(me data.account, fields jsonb) returns data.win
language plpgsql as $$
declare
  made data.win;
begin
  insert into data.win (region, dimension, created_by)
  values (me.region, act.win_dimension(me, fields), me.id)
  returning * into made;
  perform act.note('win_create', 'win', made.id::text, made.region, null,
                   act.win_told(made, null, act.win_draft(made.id, 1, me, fields)));
  return made;
end $$;

-- Who changed a field last, and when: the trail knows. For those who write the record.
create or replace function act.field_saved(win integer, field text)
returns table (account integer, at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.account, a.at
  from data.win w
  join data.audit a on a.subject = 'win' and a.subject_id = w.id::text
  where w.id = field_saved.win and a.act in ('win_create', 'win_save')
    and data.writes_win(w.region, w.dimension, data.actor_role(), data.actor_region(),
                        data.actor_dimensions())
    and (a.after -> 'fields' ? field_saved.field
         or a.after -> field_saved.field is distinct from a.before -> field_saved.field)
  order by a.id desc
  limit 1;
$$;

-- What is wrong with the fields sent, or null. Nobody moves a record out of their own scope.
create or replace function act.win_wrong(me data.account, fields jsonb) returns jsonb
language sql stable as $$
  select nullif(coalesce(act.win_faults(fields), '{}') || coalesce((
    select jsonb_object_agg(f.name, 'wrong')
    from pub.win_field f
    cross join lateral (select nullif(fields ->> f.name, '') as value) v
    where f.kind = 'choice' and (f.said or data.chooses(me.dimensions))
      and (v.value <> all (array(select c.code from pub.win_choices('id', f.name) c))
           or f.name = 'dimension' and fields ? 'dimension'
              and not data.in_scope(v.value, me.dimensions))
      or f.kind = 'win' and v.value ~ '^[0-9]{1,9}$'
         and not exists (select from data.quick_win q
                         where q.id = v.value::integer and q.region <> me.region)), '{}'), '{}');
$$;

-- Saves what is sound and nobody else has changed. A version that is no draft any more is followed
-- by another one, unless there is nothing to put into it.
create or replace function act.win_take(me data.account, held data.win, seen integer, sent jsonb,
                                        fields jsonb, faults jsonb) returns data.outcome
language plpgsql as $$
declare
  old data.win_version;
  merged record;
  saved data.win := held;
begin
  select v.* into old from data.win_version v where v.win = held.id and v.n = held.newest;
  if old.state = 'submitted' then
    return act.said('state', held);
  end if;
  if not data.chooses(me.dimensions) then
    fields := fields - 'dimension';
  end if;
  select * into merged from act.merge(
    (select jsonb_object_agg(f.name, f.kind) from pub.win_field f),
    act.win_words(old) || jsonb_build_object('dimension', held.dimension), sent,
    fields - array(select jsonb_object_keys(coalesce(faults, '{}'))), seen = held.row_version);
  if merged.news <> '{}'
     or (old.state <> 'draft' and faults is null and merged.conflicts = 0) then
    if not act.win_counts(held.region, old.state <> 'draft') then
      return act.said('quota', held);
    end if;
    saved := act.win_write(me, held, merged.news);
  end if;
  return case when merged.conflicts > 0 then act.said('conflict', saved, faults)
              when faults is not null then act.said('invalid', saved, faults)
              else act.said('done', saved) end;
end $$;

-- Saves; `win` null begins a record, which only what is all sound does. Fields are those of
-- act.win_fields and, for whoever has several, the dimension; with a language they are as a form of
-- that language sends them.
create or replace function act.win_save(win integer, seen integer, key text, fields jsonb,
                                        lang text default null) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me data.account := act.me();
  held data.win := act.win_hold(me, win);
  words jsonb := case when lang is null then fields else act.win_read(lang, fields) end;
  faults jsonb := act.win_wrong(me, words);
  answer data.outcome;
begin
  if me.id is null then
    return act.said('signed_out');
  end if;
  -- Of a record that is there a key is only to say that this was done already: marks tell the rest.
  answer := act.once(me.id, key, array['win_save', win::text, seen::text, fields::text, lang],
                     win is not null);
  if answer.outcome is not null then
    return answer;
  end if;
  return act.once_done(me.id, key, case
    when (me.role in ('operator', 'owner') and (win is null or held.id = win)) is not true
      then act.refuse('win_save', win::text)
    when win is not null then act.win_take(me, held, seen, fields, words, faults)
    when faults is not null then act.said('invalid', held, faults)
    when not data.in_scope(act.win_dimension(me, words), me.dimensions)
      then act.said('invalid', held, '{"dimension": "missing"}')
    when not act.win_counts(me.region, true) then act.said('quota', held)
    else act.said('done', act.win_create(me, words)) end);
end $$;

-- Sends the draft to the office, with what the city answers to its last reason, or hands it to the
-- operator where its writer does not send alone (data.account, sends). Faults name what is still
-- missing.
create or replace function act.win_submit(win integer, seen integer, key text,
                                          reply text default null) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.win := act.win_hold(me, win);
  answer data.outcome := act.win_begun(me, held, seen, key,
                                       array['win_submit', win::text, seen::text, reply],
                                       held.id = win);
  v data.win_version;
  words text := pub.tidy(reply, true);
  fault text := act.field_fault(words, 'prose');
  missing jsonb;
begin
  if answer.outcome is not null then
    return answer;
  end if;
  select x.* into v from data.win_version x where x.win = win and x.n = held.newest;
  select jsonb_object_agg(f.name, 'missing') into missing from pub.win_field f
  where f.needed
    and btrim((to_jsonb(v) || jsonb_build_object('dimension', held.dimension)) ->> f.name) is null;
  if fault is not null then
    missing := coalesce(missing, '{}') || jsonb_build_object('answer', fault);
  end if;
  if v.state <> 'draft' or missing is not null then
    return act.once_done(me.id, key, case when v.state <> 'draft' then act.said('state', held)
                                          else act.said('invalid', held, missing) end);
  end if;
  if not me.sends then
    update data.win_version x set answer = nullif(words, '')
    where x.win = win and x.n = held.newest;
    perform act.win_hand(me, win);
    return act.win_done(me, key, win);
  end if;
  update data.win_version x
  set state = 'submitted', submitted_by = me.id, submitted_at = now(), answer = nullif(words, '')
  where x.win = win and x.n = held.newest;
  update data.win w set handed_by = null, handed_at = null
  where w.id = win and w.handed_at is not null;
  perform act.note('win_submit', 'win', win::text, held.region, '{"state": "draft"}',
                   jsonb_build_object('state', 'submitted', 'n', held.newest));
  return act.win_done(me, key, win);
end $$;

-- Begins a record with what a form of that language sends.
create or replace function act.win_begin(key text, fields jsonb, lang text) returns data.outcome
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select act.win_save(null, null, key, fields, lang)
$$;
