-- What acts on quick wins share.

-- The answer with its record as it is then.
create or replace function act.said(word text, held data.win, faults jsonb default null)
returns data.outcome
language sql immutable
return row(word, held.id, held.newest, held.row_version, faults)::data.outcome;

-- The answer that was given to this key before (an idempotency key), or a null outcome: then it is
-- taken, and act.once_done keeps the answer. A second sender waits for the first one here, or at
-- the record. Answers are kept for two days (act.tidy). `anew`: what else comes with the key is a
-- request of its own, and has its answer from now on.
create or replace function act.once(account integer, key text, asked text[],
                                    anew boolean default false) returns data.outcome
language plpgsql as $$
#variable_conflict use_variable
declare
  digest text := data.digest_of(to_jsonb(asked)::text);
  earlier data.receipt;
begin
  if key !~ '^[A-Za-z0-9_-]{16,64}$' or key is null then
    return act.said('invalid', faults => '{"key": "wrong"}');
  end if;
  insert into data.receipt (account, key, asked) values (account, key, digest)
    on conflict do nothing;
  if found then
    return null;
  end if;
  select r.* into earlier from data.receipt r where r.account = once.account and r.key = once.key
    for update;
  if earlier.asked = digest then
    return earlier.answer;
  elsif not anew then
    return act.said('key_used');
  end if;
  update data.receipt r set asked = digest, answer = null, at = now()
  where r.account = once.account and r.key = once.key;
  return null;
end $$;

-- Only what was done spends a key: who is refused puts it right and sends the same form once more.
create or replace function act.once_done(account integer, key text, answer data.outcome)
returns data.outcome
language plpgsql as $$
#variable_conflict use_variable
begin
  if answer.outcome = 'done' then
    update data.receipt r set answer = once_done.answer
    where r.account = once_done.account and r.key = once_done.key;
  else
    delete from data.receipt r where r.account = once_done.account and r.key = once_done.key;
  end if;
  return answer;
end $$;

-- The fields of a version that people write, and what each may hold. Everything else of a request
-- is no field.
create or replace function act.win_fields() returns table (name text, kind text, needed boolean)
language sql stable as $$ select f.name, f.kind, f.needed from pub.win_field f where f.said $$;

-- What a form sent in a language, as it is stored. After a conflict it says of a field whether what
-- another one saved is kept: then it was not sent.
create or replace function act.win_read(lang text, fields jsonb) returns jsonb
language sql stable as $$
  select coalesce(jsonb_object_agg(f.name, pub.meant(lang, f.kind, fields ->> f.name)), '{}')
  from pub.win_field f
  where jsonb_typeof(fields -> f.name) = 'string'
    and fields ->> ('keep_' || f.name) is distinct from 'theirs';
$$;

-- Whether it is a day, a month or a year.
create or replace function act.is_day(t text) returns boolean language sql immutable as $$
  select case when t ~ '^(19|20)[0-9]{2}(-(0[1-9]|1[0-2]))?$' then true
    when t ~ '^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'
    then right(t, 2)::integer <= extract(day from make_date(left(t, 4)::integer,
                                                            substr(t, 6, 2)::integer,
    1) + interval '1 month -1 day')
    else false end;
$$;

-- What is wrong with a text of that kind, or null; numbers come with a decimal point.
create or replace function act.field_fault(t text, kind text) returns text
language sql immutable as $$
  select case
    when t is null or (t = '' and kind <> 'links') then null
    when kind = 'date' then case when not act.is_day(t) then 'date' end
    when kind in ('number', 'amount') and t ~ '^-?[0-9]{16,}([.][0-9]+)?$' then 'large'
    when kind = 'number' then case when t !~ '^-?[0-9]{1,15}([.][0-9]{1,6})?$' then 'number' end
    when kind = 'amount' then case when t !~ '^[0-9]{1,15}([.][0-9]{1,6})?$' then 'number' end
    when kind = 'win' then case when t !~ '^[0-9]{1,9}$' then 'wrong' end
    when length(t) > case kind when 'prose' then 8000 else 500 end then 'long'
    when t ~ '[\u0001-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]'
      or (kind <> 'prose' and t ~ '\n') then 'control'
    when kind = 'links' and not pub.is_link(t) then 'link' end;
$$;

-- The fault of a text that has to be there, {field: word}, or null.
create or replace function act.needed_fault(field text, t text, kind text) returns jsonb
language sql immutable as $$
  select jsonb_build_object(field, f.fault)
  from (select case when coalesce(btrim(t), '') = '' then 'missing'
                    else act.field_fault(t, kind) end as fault) f
  where f.fault is not null;
$$;

-- Faults of what was sent, {field: 'long'|'control'|'date'|'number'|'large'|'link'|'links'}, or
-- null.
create or replace function act.win_faults(fields jsonb) returns jsonb language sql stable as $$
  select jsonb_object_agg(f.name, f.fault)
  from (
    select f.name, case
      when f.kind <> 'links' then act.field_fault(fields ->> f.name, f.kind)
      when jsonb_typeof(fields -> 'links') <> 'array' or jsonb_array_length(fields -> 'links') > 10
        then 'links'
      else (select max(act.field_fault(l, 'links'))
            from jsonb_array_elements_text(fields -> 'links') l) end as fault
    from act.win_fields() f where jsonb_typeof(fields -> f.name) <> 'null'
      and fields ->> f.name <> '') f
  where f.fault is not null;
$$;

-- What a version says, without what is empty.
create or replace function act.win_words(v data.win_version) returns jsonb language sql stable as $$
  select coalesce(jsonb_object_agg(f.name, to_jsonb(v) -> f.name)
                  filter (where jsonb_typeof(to_jsonb(v) -> f.name) <> 'null'), '{}')
  from act.win_fields() f;
$$;

-- What the trail keeps of a save: not the words, which the versions hold and not all who read the
-- trail may read, but which fields have others than before, each with a digest that only whoever
-- has the key of the database could compare with a guess.
create or replace function act.win_told(w data.win, old data.win_version, new data.win_version)
returns jsonb
language sql stable as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'n', w.newest, 'dimension', w.dimension,
    'fields', (
      select jsonb_object_agg(f.name, left(data.digest_of(concat_ws(' ', d.key, w.id, f.name,
                                                                    n.words -> f.name)), 32))
      from act.win_fields() f cross join data.decoy d
      where n.words -> f.name is distinct from o.words -> f.name)))
  from act.win_words(new) n (words) cross join act.win_words(old) o (words);
$$;

-- How often a city may save in a day, and how many versions it may begin, of new quick wins and of
-- old ones.
create or replace function act.win_limits() returns table (day_saves integer, day_versions integer)
language sql immutable as $$ values (5000, 200) $$;

-- Counts one of them; false: the city has written as much as is taken in a day. Those of one city
-- are counted one after the other.
create or replace function act.win_counts(city text, begins boolean) returns boolean
language plpgsql as $$
declare
  started constant integer := begins::integer;
begin
  insert into data.city_day as d (region, day, saves, versions)
  values (city, current_date, 1, started)
  on conflict (region, day) do update
    set saves = d.saves + 1, versions = d.versions + started
    where d.saves < (select l.day_saves from act.win_limits() l)
      and d.versions + started <= (select l.day_versions from act.win_limits() l);
  return found;
end $$;

-- A quick win that the account may write as its city, or decide on as the office, locked until the
-- transaction ends; all null when there is none, which is also what is said of other cities' ones.
create or replace function act.win_hold(me data.account, win integer, city boolean default true,
                                        office boolean default false) returns data.win
language plpgsql as $$
declare
  held data.win;
begin
  select w.* into held from data.win w
  where w.id = win
    and (office and me.role = 'office'
         or city and data.writes_win(w.region, w.dimension, me.role, me.region, me.dimensions))
  for update;
  return held;
end $$;

-- How each act on a quick win begins, which was `asked` for by its name and with what it was given,
-- the number first: the answer that ends it, or a null outcome, and then act.once_done has to keep
-- what becomes of it. `seen` is the row_version that the form was made from.
create or replace function act.win_begun(me data.account, held data.win, seen integer, key text,
                                         asked text[], may boolean, faults jsonb default null)
returns data.outcome
language plpgsql as $$
declare
  answer data.outcome;
begin
  if me.id is null then
    return act.said('signed_out');
  end if;
  answer := act.once(me.id, key, asked);
  if answer.outcome is not null then
    return answer;
  end if;
  answer := case
    when may is not true then act.refuse(asked[1], asked[2])
    when faults is not null then act.said('invalid', held, faults)
    when seen is distinct from held.row_version then act.said('conflict', held) end;
  return case when answer.outcome is not null then act.once_done(me.id, key, answer) end;
end $$;

-- How it ends where something changed: the record is another one than those who look at it have
-- seen.
create or replace function act.win_done(me data.account, key text, win integer)
returns data.outcome
language sql as $$
  with changed as (
    update data.win w set row_version = w.row_version + 1 where w.id = win returning w as held
  )
  select act.once_done(me.id, key, act.said('done', c.held)) from changed c;
$$;
