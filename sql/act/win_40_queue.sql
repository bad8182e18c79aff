-- The queue of the office: who reads what, several decisions at once, and notes of its own.

-- The quick wins that a form ticked, each with the row_version that was seen: "12:4".
create or replace function act.ticked(fields jsonb) returns table (id integer, seen integer)
language sql stable as $$
  select distinct split_part(t.text, ':', 1)::integer, split_part(t.text, ':', 2)::integer
  from jsonb_array_elements_text(case jsonb_typeof(fields -> 'win') when 'array'
                                 then fields -> 'win' else '[]' end) t (text)
  where t.text ~ '^[0-9]{1,9}:[0-9]{1,9}$'
  order by 1, 2;
$$;

-- How such an act begins: the answer that ends it, or a null outcome.
create or replace function act.queue_begun(me data.account, key text, what text, fields jsonb)
returns data.outcome
language plpgsql as $$
declare
  answer data.outcome;
  many bigint := (select count(*) from act.ticked(fields));
begin
  if me.id is null then
    return act.said('signed_out');
  end if;
  answer := act.once(me.id, key, array[what, fields::text]);
  if answer.outcome is not null then
    return answer;
  end if;
  answer := case when me.role <> 'office'
    then act.refuse(case what when 'queue_decide' then 'queue_decide' else 'queue_assign' end)
    when many = 0 then act.said('invalid', null::data.win, '{"win": "missing"}')
    when many > 50 then act.said('invalid', null::data.win, '{"win": "many"}') end;
  return case when answer.outcome is not null then act.once_done(me.id, key, answer) end;
end $$;

-- One verdict and one reason for all of them, or for none when one of them can not be decided: the
-- outcome is what was said of that one.
create or replace function act.queue_decide(key text, fields jsonb) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me data.account := act.me();
  verdict text := case when fields ->> 'verdict' in ('published', 'returned', 'rejected')
                       then fields ->> 'verdict' end;
  one record;
  said data.outcome;
  answer data.outcome;
begin
  if verdict = 'published' and me.role = 'office' and not act.proved() then
    return act.said('unproved');
  end if;
  answer := act.queue_begun(me, key, 'queue_decide', fields);
  if answer.outcome is not null then
    return answer;
  elsif verdict is null then
    return act.once_done(me.id, key,
                         act.said('invalid', null::data.win, '{"verdict": "missing"}'));
  end if;
  answer := act.said('done');
  begin
    for one in select t.id, t.seen from act.ticked(fields) t loop
      said := act.win_verdict(one.id, one.seen, left(data.digest_of(key || one.id), 40), verdict,
                              act.reason_said(fields));
      if said.outcome <> 'done' then
        raise exception 'one can not be decided' using errcode = 'TKONE';
      end if;
    end loop;
  exception when sqlstate 'TKONE' then
    answer := said;
  end;
  return act.once_done(me.id, key, answer);
end $$;

-- Somebody of the office reads them, or nobody ('tanpa') does. A city is not told.
create or replace function act.queue_assign(key text, fields jsonb) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me data.account := act.me();
  chosen integer := (select a.id from data.account a
                     where a.role = 'office' and a.state = 'active'
                       and a.id::text = fields ->> 'reader');
  changed integer;
  answer data.outcome := act.queue_begun(me, key, 'queue_assign', fields);
begin
  if answer.outcome is not null then
    return answer;
  elsif chosen is null and fields ->> 'reader' is distinct from 'tanpa' then
    return act.once_done(me.id, key,
                         act.said('invalid', null::data.win, '{"reader": "missing"}'));
  end if;
  for changed in update data.win w set reader = chosen
    where w.id in (select t.id from act.ticked(fields) t) and w.told is not null
      and w.reader is distinct from chosen
    returning w.id loop
    perform act.note('win_assign', 'win', changed::text, null, null,
                     jsonb_build_object('reader', chosen));
  end loop;
  return act.once_done(me.id, key, act.said('done'));
end $$;

-- A note of the office for itself. The trail has no word of it, as cities read that.
create or replace function act.note_add(win integer, key text, said text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.win := act.win_hold(me, win, false, true);
  note text := pub.tidy(said, true);
  fault text := act.needed_fault('internal', note, 'prose') ->> 'internal';
  answer data.outcome;
begin
  if held.told is null then
    held := null;
  end if;
  answer := act.win_begun(me, held, held.row_version, key, array['note_add', win::text, note],
                          held.id = win);
  if answer.outcome is not null then
    return answer;
  elsif fault is not null then
    return act.once_done(me.id, key,
                         act.said('invalid', held, jsonb_build_object('internal', fault)));
  end if;
  insert into data.win_note (win, note, written_by) values (win, note, me.id);
  perform act.note('note_add', 'win', win::text, null, null, null);
  return act.once_done(me.id, key, act.said('done', held));
end $$;
