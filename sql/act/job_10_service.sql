-- What the service calls. Of two connections one does the work, in one transaction that begins with
-- act.job_hold and ends with act.job_done; the other one says each second that the service lives
-- and how far it is (act.job_beat), and what came of work that was undone (act.job_end). A job
-- whose service was not heard of for five seconds is taken again, three times at most: whatever its
-- work had written is gone with its transaction.

create or replace function act.job_lost() returns interval
language sql immutable return interval '5 seconds';

-- The job whose turn it is, which is the caller's from then on. No row: there is nothing to do.
create or replace function act.job_take()
returns table (job integer, kind text, round text, attempt integer)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  t data.job;
begin
  loop
    select j.* into t from data.job j
    where case j.state when 'queued' then j.due_at <= now()
                       when 'running' then j.beat_at < now() - act.job_lost() end
      and not exists (select from data.job o
                      where o.round = j.round and o.id <> j.id and o.state = 'running'
                        and o.beat_at >= now() - act.job_lost())
    order by j.due_at, j.id limit 1 for update skip locked;
    if t.id is null then
      return;
    end if;
    if t.cancel_at is not null then
      perform act.job_close(t.id, 'cancelled', who => t.cancel_by);
    elsif t.attempts >= 3 then
      perform act.job_close(t.id, 'failed', 'crash', jsonb_build_object('attempts', t.attempts));
    else
      exit;
    end if;
  end loop;
  update data.job j
  set state = 'running', attempts = j.attempts + 1, began_at = clock_timestamp(),
      beat_at = clock_timestamp(), moved_at = clock_timestamp(), stage = 'queued', n = null,
      m = null
  where j.id = t.id;
  perform act.job_told(t.id, case when t.attempts = 0 then 'began' else 'again' end,
                       jsonb_build_object('attempt', t.attempts + 1));
  return query select t.id, t.kind, t.round::text, t.attempts + 1;
end $$;

-- The service lives, and is at `stage`, `n` of `m`. Whether it shall stop: the job was cancelled,
-- or is its no more. While the work's own last statement holds the row nothing is told.
create or replace function act.job_beat(job integer, attempt integer, stage text, n integer,
                                        m integer)
returns table (stop boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  t data.job;
begin
  select j.* into t from data.job j where j.id = job for no key update skip locked;
  if t.id is not null then
    stop := t.state <> 'running' or t.attempts <> attempt or t.cancel_at is not null;
    update data.job j
    set beat_at = clock_timestamp(),
        moved_at = case when (j.stage, j.n, j.m) is distinct from (job_beat.stage, job_beat.n,
                              job_beat.m) then clock_timestamp() else j.moved_at end,
        stage = job_beat.stage, n = job_beat.n, m = job_beat.m
    where j.id = job and not stop;
    if not stop and t.stage <> stage then
      perform act.job_told(job, 'stage', jsonb_build_object('stage', stage));
    end if;
  end if;
  stop := coalesce(stop, false);
  return next;
end $$;

-- Begins the work: whatever this transaction does is done for whoever asked. False: another
-- service is still at it.
create or replace function act.job_hold(job integer, attempt integer) returns table (held boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
begin
  perform set_config('tolok.job', job::text, true), set_config('tolok.progress', 'on', true),
          set_config('tolok.request', 'job-' || job, true);
  held := pg_try_advisory_xact_lock(hashtext('tolok job'), job)
          and exists (select from data.job j where j.id = job and j.state = 'running'
                      and j.attempts = attempt);
  return next;
end $$;

-- Ends it, in the same transaction. What was cancelled meanwhile is undone.
create or replace function act.job_done(job integer) returns table (done boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
begin
  perform from data.job j where j.id = job and j.state = 'running' and j.cancel_at is null
    for update;
  done := found;
  if done then
    perform act.job_close(job, 'done');
  end if;
  return next;
end $$;

-- What came of work that was undone: 'cancelled', 'refused' or 'failed', and why.
create or replace function act.job_end(job integer, attempt integer, state text, word text,
                                       detail jsonb)
returns table (ended boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  t data.job;
begin
  select j.* into t from data.job j where j.id = job for no key update;
  ended := t.state = 'running' and t.attempts = attempt;
  -- Work that was undone and not cancelled is done again.
  ended := ended and (state <> 'cancelled' or t.cancel_at is not null);
  if ended then
    if t.cancel_at is not null then
      perform act.job_close(job, 'cancelled', who => t.cancel_by);
    else
      perform act.job_close(job, state, word, detail);
    end if;
  end if;
  return next;
end $$;

-- Work that says no ends with this: all of it is undone, and act.job_end told the word.
create or replace function act.job_no(word text, detail jsonb default null) returns void
language plpgsql as $$
begin
  raise exception using errcode = 'TKREF', message = word, detail = coalesce(detail::text, '');
end $$;

-- For the operator: the newest jobs.
create or replace function act.job_list()
returns table (job text, kind text, round text, state text, asked text, by text, what text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select j.id::text, j.kind, j.round::text, j.state, to_char(j.asked_at, 'YYYY-MM-DD HH24:MI'),
         a.email, coalesce(j.word, case when j.state = 'queued' and j.due_at > now()
                                        then 'due ' || to_char(j.due_at, 'YYYY-MM-DD HH24:MI')
                                        when j.state = 'running'
                                        then concat_ws(' ', j.stage, j.n || '/' || j.m) end)
  from data.job j join data.account a on a.id = j.asked_by
  order by j.id desc limit 100;
$$;

-- And what became of one of them.
create or replace function act.job_log(job integer)
returns table (at text, word text, detail text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select to_char(l.at, 'YYYY-MM-DD HH24:MI:SS'), l.word, l.detail::text
  from data.job_log l where l.job = job_log.job order by l.ord;
$$;
