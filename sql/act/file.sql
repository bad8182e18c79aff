-- Files of a quick win. The program has looked at the bytes and asks first (act.file_ask), which
-- judges all that can be judged and reserves their room, so that nobody fills the disk with what is
-- refused or at the same moment; then it keeps them and adds the row (act.file_add), and removes
-- them at once when that is refused. When it dies in between, the reservation ends after an hour,
-- and the bytes go with it (act.file_lapsed). Adding one changes the record, so it takes
-- the row_version that was seen, and begins a new version when the newest one is not a draft any
-- more.

-- How much a quick win and a city may have: files of one quick win; of a city, files and bytes
-- within a day, and bytes in all.
create or replace function act.file_limits()
returns table (files integer, day_files integer, day_bytes bigint, all_bytes bigint)
language sql immutable as $$ values (20, 200, 200 * 1048576::bigint, 2048 * 1048576::bigint) $$;

-- Whether the quick win has these bytes already, or as many files as it may, {"file":
-- "same"|"many"}, or null: what is being written counts like what is there.
create or replace function act.file_full(held data.win, digest text) returns jsonb
language sql stable as $$
  select case
    when exists (select from data.win_file f
                 where f.win = held.id and f.digest = file_full.digest
                   and data.has_file(f.since, f.until, held.newest)) then '{"file": "same"}'::jsonb
    when (select count(*) from data.win_file f
          where f.win = held.id and data.has_file(f.since, f.until, held.newest))
         + (select count(*) from data.file_pending p where p.win = held.id)
         >= (select l.files from act.file_limits() l) then '{"file": "many"}' end;
$$;

-- Why a file can not be added to the quick win, {"file": "many"|"same"|"quota"}, or null.
create or replace function act.file_faults(held data.win, digest text, bytes integer) returns jsonb
language sql stable as $$
  select coalesce(act.file_full(held, file_faults.digest), case
    when u.day_files + w.files >= l.day_files
      or u.day_bytes + w.bytes + file_faults.bytes > l.day_bytes
      or u.all_bytes + w.bytes + file_faults.bytes > l.all_bytes
    then '{"file": "quota"}'::jsonb end)
  from act.file_limits() l
  cross join (
    select count(*) filter (where f.added_at > now() - interval '1 day') as day_files,
           coalesce(sum(b.bytes) filter (where f.added_at > now() - interval '1 day'), 0)
             as day_bytes,
           coalesce(sum(b.bytes), 0) as all_bytes
    from data.win_file f
    join data.win w on w.id = f.win
    cross join lateral (select sum(x.bytes) as bytes from data.file x
                        where x.digest in (f.digest, f.small)) b
    where w.region = held.region) u
  cross join (
    select count(*) as files, coalesce(sum(p.bytes), 0) as bytes from data.file_pending p
    where p.region = held.region) w;
$$;

-- What is said of a file that was sent, or a null outcome: it may be added, and the receipt of its
-- key waits for the answer. `faults` are what the program found wrong with it. Of the files that a
-- city adds at the same moment, one is counted after the other.
create or replace function act.file_judge(me data.account, held data.win, win integer, seen integer,
                                          key text, name text, caption text, digest text,
                                          bytes integer, faults jsonb)
returns data.outcome
language plpgsql as $$
#variable_conflict use_variable
declare
  answer data.outcome;
begin
  perform from data.region r where r.code = held.region for no key update;
  faults := nullif(coalesce(faults, act.file_faults(held, digest, bytes), '{}')
                   || coalesce(act.needed_fault('caption', pub.tidy(caption, false), 'line'),
                               '{}'), '{}');
  answer := act.win_begun(me, held, seen, key,
                          array['file_add', win::text, seen::text, name, pub.tidy(caption, false),
                               digest],
                          held.id = win, faults);
  if answer.outcome is null
     and (select v.state from data.win_version v where v.win = held.id and v.n = held.newest)
         = 'submitted' then
    answer := act.once_done(me.id, key, act.said('state', held));
  end if;
  return answer;
end $$;

-- Asks before the bytes are written: 'reserved', and act.file_add with the same key is expected; or
-- what act.file_add would say.
create or replace function act.file_ask(win integer, seen integer, key text, name text,
                                        caption text, digest text, kind text, bytes integer,
                                        faults jsonb, small text default null,
                                        small_bytes integer default 0)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.win := act.win_hold(me, win);
  answer data.outcome;
begin
  delete from data.file_pending p where p.account = me.id and p.key = key;
  answer := act.file_judge(me, held, win, seen, key, name, caption, digest, bytes + small_bytes,
                           faults);
  if answer.outcome is not null then
    return answer;
  end if;
  insert into data.file_pending (account, key, win, region, digest, bytes, small)
  values (me.id, key, win, held.region, digest, bytes + small_bytes, small);
  return act.said('reserved', held);
end $$;

-- The quick win with a draft as its newest version, made if need be; all null when the newest one
-- is with the office.
create or replace function act.file_draft(me data.account, held data.win) returns data.win
language plpgsql as $$
begin
  return case (select v.state from data.win_version v where v.win = held.id and v.n = held.newest)
    when 'draft' then held else act.win_write(me, held, '{}') end;
end $$;

-- Adds a file to the draft, whose bytes were reserved and are kept; `faults`: they could not be.
-- Whatever it answers, nothing is reserved any more.
create or replace function act.file_add(win integer, seen integer, key text, name text,
                                        caption text, digest text, kind text, bytes integer,
                                        faults jsonb, small text default null,
                                        small_bytes integer default 0)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.win := act.win_hold(me, win);
  reserved boolean;
  draft data.win;
  made integer;
  answer data.outcome;
begin
  delete from data.file_pending p where p.account = me.id and p.key = key and p.win = win
    and p.digest = digest and p.bytes = bytes + small_bytes and p.small is not distinct from small;
  reserved := found;
  answer := act.file_judge(me, held, win, seen, key, name, caption, digest, bytes + small_bytes,
                           faults);
  if answer.outcome is not null then
    return answer;
  elsif not reserved then
    return act.once_done(me.id, key, act.said('invalid', held, '{"file": "room"}'));
  end if;
  draft := act.file_draft(me, held);
  insert into data.file (digest, kind, bytes)
  select f.* from (values (digest, kind, bytes), (small, kind, small_bytes)) f (digest, kind, bytes)
  where f.digest is not null
  on conflict do nothing;
  insert into data.win_file (win, digest, small, name, caption, since, added_by)
  values (win, digest, small, name, pub.tidy(caption, false), draft.newest, me.id)
  returning id into made;
  perform act.note('file_add', 'win', win::text, held.region, null, jsonb_build_object(
    'file', made, 'kind', kind, 'bytes', bytes, 'digest', digest, 'n', draft.newest));
  return act.win_done(me, key, win);
end $$;

-- Whether the bytes are of use to anybody, asked by somebody whose file was refused while nobody
-- else keeps bytes (depot_hold).
create or replace function act.file_named(digest text) returns table (named boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from data.file f where f.digest = file_named.digest)
         or exists (select from data.file_pending p
                    where file_named.digest in (p.digest, p.small))
  where data.actor() is not null;
$$;

-- Ends reservations that nobody came back to: the bytes that are of no use to anybody, asked while
-- nobody keeps any.
create or replace function act.file_lapsed() returns table (digest text)
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with gone as (
    delete from data.file_pending p where p.at < now() - interval '1 hour' returning p.*)
  select distinct d.digest::text
  from gone g
  cross join lateral (values (g.digest), (g.small)) d (digest)
  where d.digest is not null
    and not exists (select from data.file f where f.digest = d.digest)
    and not exists (select from data.file_pending p
                    where d.digest in (p.digest, p.small)
                      and p.at >= now() - interval '1 hour');
$$;

-- Whether the file that a job made is kept still.
create or replace function act.job_keeps(j data.job) returns boolean language sql stable
return j.kind = 'export' and j.state = 'done' and j.ended_at > now() - interval '30 days';

-- For the operator: every file that a row names.
create or replace function act.file_list() returns table (digest text, bytes integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select f.digest, f.bytes from data.file f
  union
  select j.digest, j.bytes from data.job j where act.job_keeps(j)
  order by 1;
$$;
