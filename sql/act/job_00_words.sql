-- What the acts on jobs, previews and requests share. Rows are locked in the order preview,
-- request, job; data.round, which an import holds for as long as it takes, by no act of the desk.

-- Who asked for the job that the service is at in this transaction (act.job_hold): whom the trail
-- names. Nobody but the service is believed.
create or replace function act.job_asker() returns integer
language sql stable as $$
  select j.asked_by from data.job j
  where session_user = 'tolok_job' and j.state = 'running'
    and j.id = nullif(current_setting('tolok.job', true), '')::integer;
$$;

-- One line of what becomes of a job, whose row is locked.
create or replace function act.job_told(job integer, word text, detail jsonb default null)
returns void language sql as $$
  insert into data.job_log (job, ord, word, detail)
  select job_told.job, coalesce(max(l.ord), 0) + 1, job_told.word, job_told.detail
  from data.job_log l where l.job = job_told.job;
$$;

-- A new job, and its number; the service hears of it when the transaction has ended.
create or replace function act.job_add(new data.job) returns integer
language plpgsql as $$
declare
  made integer;
begin
  insert into data.job (kind, round, asked_by, due_at, preview, request, publication, new_regions,
                        name, digest, bytes)
  values (new.kind, new.round, new.asked_by, coalesce(new.due_at, now()), new.preview, new.request,
          new.publication, coalesce(new.new_regions, false), new.name, new.digest, new.bytes)
  returning id into made;
  perform act.job_told(made, 'asked'), pg_notify('tolok_job', '');
  return made;
end $$;

-- Ends a job. A publication that came to nothing ends its request too.
create or replace function act.job_close(job integer, state text, word text default null,
                                         detail jsonb default null, who integer default null)
returns void language plpgsql as $$
#variable_conflict use_variable
begin
  update data.job j
  set state = job_close.state, word = job_close.word,
      detail = coalesce(job_close.detail, j.detail), ended_at = clock_timestamp()
  where j.id = job;
  delete from data.job_package p where p.job = job_close.job;
  perform act.job_told(job, state, jsonb_strip_nulls(jsonb_build_object('word', word) || coalesce(
    detail, '{}')));
  if state <> 'done' then
    update data.request r
    set state = case when job_close.state = 'cancelled' then 'withdrawn' else 'refused' end,
        word = job_close.word, ended_at = clock_timestamp(), ended_by = who
    from data.job j
    where j.id = job and r.id = j.request and r.state = 'confirmed';
  end if;
end $$;

-- Previews of a round that are not good any more, but one: their results go, whoever asked to
-- publish them asked in vain, and a publication that waits for its time does not come.
create or replace function act.preview_outdate(round text, why text, but integer default null)
returns void language plpgsql as $$
#variable_conflict use_variable
declare
  old integer;
  asked data.request;
begin
  for old in
    update data.preview p set state = 'outdated', why = preview_outdate.why,
      ended_at = clock_timestamp()
    where p.round = preview_outdate.round and p.state = 'ready' and p.id is distinct from but
    returning p.id
  loop
    delete from data.preview_result r where r.preview = old;
    update data.request r set state = 'withdrawn', word = preview_outdate.why,
      ended_at = clock_timestamp()
    where r.preview = old and r.state in ('asked', 'confirmed')
    returning * into asked;
    if asked.id is not null then
      perform act.job_close(j.id, 'refused', preview_outdate.why)
      from data.job j where j.request = asked.id and j.state = 'queued';
      perform act.note('request_withdraw', 'round', round, null, null,
                       jsonb_build_object('request', asked.id, 'why', why));
    end if;
  end loop;
end $$;

-- How an act of the office begins, which was `asked` for by its name and with what it was given:
-- the answer that ends it, or a null outcome, and then act.once_done has to keep what becomes of
-- it.
create or replace function act.office_begun(me data.account, key text, asked text[])
returns data.outcome language plpgsql as $$
declare
  answer data.outcome;
begin
  if me.id is null then
    return act.said('signed_out');
  elsif me.role <> 'office' then
    return act.refuse(asked[1], asked[2]);
  end if;
  return act.once(me.id, key, asked);
end $$;
