-- What is changed of the files of a quick win after they were added (act.file_add): their captions,
-- their order, which of them there are.

-- What a form says of the files there, as it sends all of them with each of its buttons: of each
-- file its caption, in the field caption_NUMBER.
create or replace function act.captions(win integer, n integer, fields jsonb)
returns table (file integer, field text, stored text, said text, place integer)
language sql stable as $$
  select f.file, c.field, f.caption,
    pub.tidy(coalesce(fields ->> c.field, f.caption), false), f.place
  from pub.desk_files(captions.win, captions.n) f
  cross join lateral (select 'caption_' || f.file as field) c;
$$;

-- What has to be put right in them, {caption_NUMBER: word}, or null.
create or replace function act.caption_faults(win integer, n integer, fields jsonb) returns jsonb
language sql stable as $$
  select jsonb_object_agg(c.field, w.fault -> c.field)
  from act.captions(caption_faults.win, caption_faults.n, fields) c
  cross join lateral (select act.needed_fault(c.field, c.said, 'line') as fault) w
  where w.fault is not null;
$$;

-- Writes captions and places into the draft.
create or replace function act.file_say(win integer, n integer, fields jsonb, swap integer[])
returns void language sql as $$
  insert into data.win_file_edit (file, n, caption, place)
  select c.file, file_say.n, c.said, coalesce(o.place, c.place)
  from act.captions(file_say.win, file_say.n, fields) c
  left join act.captions(file_say.win, file_say.n, '{}') o
    on c.file = any (swap) and o.file = any (swap) and o.file <> c.file
  where c.said <> c.stored or o.file is not null
  on conflict (file, n) do update set caption = excluded.caption, place = excluded.place;
$$;

-- What the buttons of the list of files do, each of which saves the captions as well. The name of
-- the act is the first of what was `asked`: 'file_change' does no more, 'file_move' exchanges the
-- file with the one before it (step -1) or behind it (1), 'file_remove' takes it from the draft, as
-- versions before it keep it, and 'file_restore' puts back what was taken from this draft.
create or replace function act.file_do(asked text[], win integer, file integer, seen integer,
                                       key text, fields jsonb, step integer default 0)
returns data.outcome
language plpgsql as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.win := act.win_hold(me, win);
  draft data.win;
  old data.win_file;
  faults jsonb := act.caption_faults(held.id, held.newest, fields);
  beside integer;
  answer data.outcome;
begin
  select f.* into old from data.win_file f
  where f.id = file and f.win = held.id
    and case asked[1] when 'file_restore'
             then f.until = held.newest and data.is_draft(held.id, held.newest)
             else data.has_file(f.since, f.until, held.newest) end;
  if asked[1] = 'file_restore' then
    faults := coalesce(faults, act.file_full(held, old.digest));
  end if;
  answer := act.win_begun(me, held, seen, key, asked,
                          case asked[1] when 'file_change' then held.id = win
                                        else old.id = file end, faults);
  if answer.outcome is not null then
    return answer;
  end if;
  select n.file into beside
  from pub.desk_files(held.id, held.newest) f
  join pub.desk_files(held.id, held.newest) n on sign(n.place - f.place) = step and step <> 0
  where f.file = file_do.file
  order by abs(n.place - f.place)
  limit 1;
  if asked[1] in ('file_change', 'file_move') and beside is null
     and not exists (select from act.captions(held.id, held.newest, fields) c
                     where c.said <> c.stored) then
    return act.once_done(me.id, key, act.said('done', held));
  end if;
  draft := act.file_draft(me, held);
  if draft.id is null then
    return act.once_done(me.id, key, act.said('state', held));
  end if;
  perform act.file_say(held.id, draft.newest, fields, array[file, beside]);
  if asked[1] = 'file_remove' then
    update data.win_file f set until = draft.newest where f.id = file;
    perform act.note('file_remove', 'win', win::text, held.region,
                     jsonb_build_object('file', file, 'digest', old.digest),
                     jsonb_build_object('n', draft.newest));
  elsif asked[1] = 'file_restore' then
    update data.win_file f set until = null where f.id = file;
    perform act.note('file_restore', 'win', win::text, held.region, null,
                     jsonb_build_object('file', file, 'digest', old.digest, 'n', draft.newest));
  else
    perform act.note('file_change', 'win', win::text, held.region, null,
                     jsonb_build_object('n', draft.newest));
  end if;
  return act.win_done(me, key, win);
end $$;

create or replace function act.file_change(win integer, seen integer, key text, fields jsonb)
returns data.outcome
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select act.file_do(array['file_change', win::text, seen::text, fields::text],
                     win, null, seen, key, fields)
$$;

create or replace function act.file_up(win integer, file integer, seen integer, key text,
                                       fields jsonb)
returns data.outcome
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select act.file_do(array['file_move', win::text, file::text, seen::text, fields::text, '-1'],
                     win, file, seen, key, fields, -1)
$$;

create or replace function act.file_down(win integer, file integer, seen integer, key text,
                                         fields jsonb)
returns data.outcome
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select act.file_do(array['file_move', win::text, file::text, seen::text, fields::text, '1'],
                     win, file, seen, key, fields, 1)
$$;

create or replace function act.file_remove(win integer, file integer, seen integer, key text,
                                           fields jsonb)
returns data.outcome
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select act.file_do(array['file_remove', win::text, file::text, seen::text, fields::text],
                     win, file, seen, key, fields)
$$;

create or replace function act.file_restore(win integer, file integer, seen integer, key text,
                                            fields jsonb)
returns data.outcome
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select act.file_do(array['file_restore', win::text, file::text, seen::text, fields::text],
                     win, file, seen, key, fields)
$$;

-- What was removed from a draft and can be put back, for those who write it.
create or replace function act.file_gone(win integer)
returns table (file integer, name text, caption text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select f.id, f.name, coalesce(e.caption, f.caption)
  from data.win w
  join data.win_file f on f.win = w.id and f.until = w.newest
  left join lateral (select x.caption from data.win_file_edit x
                     where x.file = f.id order by x.n desc limit 1) e on true
  where w.id = file_gone.win and data.is_draft(w.id, w.newest)
    and data.writes_win(w.region, w.dimension, data.actor_role(), data.actor_region(),
                        data.actor_dimensions())
  order by f.id;
$$;
