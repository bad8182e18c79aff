-- What acts of all forms share: keys of a form, and what is wrong with a text.

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

-- How an act begins that was `asked` for by its name and with what it was given, the number first:
-- the answer that ends it, or a null outcome, and then act.once_done has to keep what becomes of
-- it. `stale`: somebody has changed the record since the form was made; `held`: the record as
-- act.said tells it.
create or replace function act.begun(me data.account, key text, asked text[], may boolean,
                                     faults jsonb default null, stale boolean default false,
                                     held data.outcome default null) returns data.outcome
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
    when faults is not null
      then row('invalid', held.id, held.n, held.row_version, faults)::data.outcome
    when stale then row('conflict', held.id, held.n, held.row_version, null)::data.outcome end;
  return case when answer.outcome is not null then act.once_done(me.id, key, answer) end;
end $$;

-- A three-way merge of a form whose fields are of those kinds, {name: kind}: of the fields sent
-- those that change what is stored, and in how many both sides did something else. `known`: the
-- form was made from what is stored.
create or replace function act.merge(kinds jsonb, stored jsonb, sent jsonb, fields jsonb,
                                     known boolean, out news jsonb, out conflicts bigint)
language sql stable as $$
  select coalesce(jsonb_object_agg(f.name, m.mine) filter (where m.was = m.theirs), '{}'),
         count(*) filter (where m.was is distinct from m.theirs)
  from jsonb_each_text(kinds) f (name, kind)
  cross join lateral (
    select fields -> f.name as mine, pub.mark(f.kind, fields -> f.name) as ours,
           pub.mark(f.kind, stored -> f.name) as theirs) n
  cross join lateral (
    select n.mine, n.theirs,
           coalesce(sent ->> ('was_' || f.name), case when known then n.theirs end) as was) m
  where fields ? f.name and n.ours <> n.theirs and m.was is distinct from n.ours;
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
