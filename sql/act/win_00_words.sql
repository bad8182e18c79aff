-- What acts on quick wins share.

-- The answer with its record as it is then.
create or replace function act.said(word text, held data.win, faults jsonb default null)
returns data.outcome
language sql immutable
return row(word, held.id, held.newest, held.row_version, faults)::data.outcome;

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

-- How each act on a quick win begins (act.begun). `seen` is the row_version that the form was made
-- from.
create or replace function act.win_begun(me data.account, held data.win, seen integer, key text,
                                         asked text[], may boolean, faults jsonb default null)
returns data.outcome language sql as $$
  select act.begun(me, key, asked, may, faults, seen is distinct from held.row_version,
                   act.said('', held));
$$;

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
