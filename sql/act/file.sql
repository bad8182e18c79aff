-- Files of a quick win. The program has looked at the bytes and asks first whether there is room
-- (act.file_ask), so that nobody fills the disk with what is refused; then it keeps them and adds
-- the row (act.file_add). When it dies in between, bytes lie on disk that no row names: nobody can
-- ask for them, and the next try finds them there. Adding and removing change the record, so both
-- take the row_version that was seen, and begin a new version when the newest one is not a draft
-- any more.

-- How much a quick win and a city may have: files of one quick win; of a city, files and bytes
-- within a day, and bytes in all.
create or replace function act.file_limits()
returns table (files integer, day_files integer, day_bytes bigint, all_bytes bigint)
language sql immutable as $$ values (20, 200, 200 * 1048576::bigint, 2048 * 1048576::bigint) $$;

-- Why a file can not be added to the quick win, {"file": "many"|"same"|"quota"}, or null. `digest`
-- null: of any content.
create or replace function act.file_faults(held data.win, digest text, bytes integer) returns jsonb
language sql stable as $$
  select case
    when exists (select from data.win_file f
                 where f.win = held.id and f.digest = file_faults.digest
                   and data.has_file(f.since, f.until, held.newest)) then '{"file": "same"}'::jsonb
    when (select count(*) from data.win_file f
          where f.win = held.id and data.has_file(f.since, f.until, held.newest)) >= l.files
            then '{"file": "many"}'
    when u.day_files >= l.day_files or u.day_bytes + bytes > l.day_bytes
      or u.all_bytes + bytes > l.all_bytes then '{"file": "quota"}' end
  from act.file_limits() l
  cross join (
    select count(*) filter (where f.added_at > now() - interval '1 day') as day_files,
           coalesce(sum(b.bytes) filter (where f.added_at > now() - interval '1 day'), 0)
             as day_bytes,
           coalesce(sum(b.bytes), 0) as all_bytes
    from data.win_file f
    join data.win w on w.id = f.win
    join data.file b on b.digest = f.digest
    where w.region = held.region) u;
$$;

-- Whether it is worth keeping bytes for this quick win: 'done', or why not. It changes nothing and
-- is no promise.
create or replace function act.file_ask(win integer, seen integer, digest text, bytes integer)
returns data.outcome
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.win;
  faults jsonb;
begin
  select w.* into held from data.win w where w.id = win and data.writes_win(w.region, w.dimension,
         me.role, me.region, me.dimension);
  faults := act.file_faults(held, digest, bytes);
  return case
    when me.id is null then act.said('signed_out')
    when held.id is null then act.said('forbidden')
    when faults is not null then act.said('invalid', held, faults)
    when seen is distinct from held.row_version then act.said('conflict', held)
    else act.said('done', held) end;
end $$;

-- The quick win with a draft as its newest version, made if need be; all null when the newest one
-- is with the office.
create or replace function act.file_draft(me data.account, held data.win) returns data.win
language plpgsql as $$
begin
  return case (select v.state from data.win_version v where v.win = held.id and v.n = held.newest)
    when 'draft' then held else act.win_write(me, held, '{}') end;
end $$;

-- Adds a file to the draft. `faults` are what the program found wrong with it, null: nothing, and
-- the bytes are kept.
create or replace function act.file_add(win integer, seen integer, key text, name text,
                                        caption text, digest text, kind text, bytes integer,
                                        faults jsonb)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.win := act.win_hold(me, win);
  asked text[] := array['file_add', win::text, seen::text, name, caption, digest];
  draft data.win;
  made integer;
  answer data.outcome;
begin
  -- Of the files that a city adds at the same moment, one is counted after the other.
  perform from data.region r where r.code = held.region for no key update;
  caption := btrim(caption);
  faults := nullif(coalesce(faults, act.file_faults(held, digest, bytes), '{}')
                   || coalesce(act.needed_fault('caption', caption, 'line'), '{}'), '{}');
  answer := act.win_begun(me, held, seen, key, asked, held.id = win, faults);
  if answer.outcome is not null then
    return answer;
  end if;
  draft := act.file_draft(me, held);
  if draft.id is null then
    return act.once_done(me.id, key, act.said('state', held));
  end if;
  insert into data.file (digest, kind, bytes) values (digest, kind, bytes) on conflict do nothing;
  insert into data.win_file (win, digest, name, caption, since, added_by)
  values (win, digest, name, caption, draft.newest, me.id)
  returning id into made;
  perform act.note('file_add', 'win', win::text, held.region, null, jsonb_build_object(
    'file', made, 'name', name, 'caption', caption, 'kind', kind, 'bytes', bytes, 'digest', digest,
    'n', draft.newest));
  return act.win_done(me, key, win);
end $$;

-- Takes a file from the draft; versions before it keep it.
create or replace function act.file_remove(win integer, file integer, seen integer, key text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.win := act.win_hold(me, win);
  draft data.win;
  old data.win_file;
  answer data.outcome;
begin
  select f.* into old from data.win_file f
  where f.id = file and f.win = held.id and data.has_file(f.since, f.until, held.newest);
  answer := act.win_begun(me, held, seen, key,
                          array['file_remove', win::text, file::text, seen::text], old.id = file);
  if answer.outcome is not null then
    return answer;
  end if;
  draft := act.file_draft(me, held);
  if draft.id is null then
    return act.once_done(me.id, key, act.said('state', held));
  end if;
  update data.win_file f set until = draft.newest where f.id = file;
  perform act.note('file_remove', 'win', win::text, held.region, jsonb_build_object(
    'file', file, 'name', old.name, 'caption', old.caption, 'digest', old.digest),
    jsonb_build_object('n', draft.newest));
  return act.win_done(me, key, win);
end $$;

-- For the operator: every file that a row names.
create or replace function act.file_list() returns table (digest text, bytes integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select f.digest, f.bytes from data.file f order by f.digest;
$$;
