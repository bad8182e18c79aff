-- What the programme office asks for at the desk. What is not there for them is not there.

-- A package that was brought, to become the draft of its round.
create or replace function act.import_ask(key text, name text, package bytea, new_regions text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  name constant text := left(regexp_replace(coalesce(nullif(btrim(name), ''), 'paket.zip'),
    '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]', '?', 'g'), 200);
  digest text;
  answer data.outcome;
  fault text;
  job integer;
begin
  if me.role = 'office' then
    digest := encode(sha256(package), 'hex');
  end if;
  answer := act.office_begun(me, key, array['import_ask', name, digest, new_regions]);
  if answer.outcome is not null then
    return answer;
  end if;
  fault := case when coalesce(octet_length(package), 0) = 0 then 'missing'
                when octet_length(package) > 10485760 then 'large'
                when substr(package, 1, 2) <> '\x504b' then 'type' end;
  if fault is not null then
    return act.once_done(me.id, key, act.said('invalid', null::integer,
                                              jsonb_build_object('package', fault)));
  elsif (select count(*) from data.job j where j.kind = 'import' and j.ended_at is null) >= 5 then
    return act.once_done(me.id, key, act.said('state', null::integer));
  end if;
  job := act.job_add(jsonb_populate_record(null::data.job, jsonb_build_object(
    'kind', 'import', 'asked_by', me.id, 'name', name, 'digest', digest,
    'bytes', octet_length(package), 'new_regions', new_regions = 'yes')));
  insert into data.job_package (job, bytes) values (job, package);
  perform act.note('import_ask', 'round', '', null, null,
                   jsonb_build_object('job', job, 'digest', digest,
                                      'bytes', octet_length(package)));
  return act.once_done(me.id, key, act.said('done', job));
end $$;

-- A job on a round: where `may` is false its state does not allow it.
create or replace function act.round_ask(key text, kind text, round text, may boolean)
returns data.outcome
language plpgsql as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome;
  job integer;
begin
  answer := act.office_begun(me, key, array[case kind when 'preview' then 'preview_ask'
                                           else 'gather_ask' end, round]);
  if answer.outcome is not null then
    return answer;
  elsif may is not true
     or exists (select from data.job j where j.round = round_ask.round and j.kind = round_ask.kind
                and j.ended_at is null) then
    return act.once_done(me.id, key, act.said('state', null::integer));
  end if;
  begin
    job := act.job_add(jsonb_populate_record(null::data.job, jsonb_build_object(
      'kind', kind, 'round', round, 'asked_by', me.id)));
  exception when unique_violation then
    -- Somebody has asked for the same just now.
    return act.once_done(me.id, key, act.said('state', null::integer));
  end;
  if kind = 'preview' then
    perform act.note('preview_ask', 'round', round, null, null, jsonb_build_object('job', job));
  else
    perform act.note('gather_ask', 'round', round, null, null, jsonb_build_object('job', job));
  end if;
  return act.once_done(me.id, key, act.said('done', job));
end $$;

-- The draft of a round out of the table of facts.
create or replace function act.gather_ask(key text, round text) returns data.outcome
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select act.round_ask(key, 'gather', round,
                       exists (select from act.gathered_rounds() g
                               where g.round = gather_ask.round))
$$;

-- A preview of a round's draft; not while a publication of another one is waited for.
create or replace function act.preview_ask(key text, round text) returns data.outcome
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select act.round_ask(key, 'preview', round,
    exists (select from data.round r where r.code = preview_ask.round and r.draft is not null)
    and not exists (select from data.request q where q.round = preview_ask.round
                    and q.state in ('asked', 'confirmed')))
$$;

-- Throws the draft of a round away: somebody brought the wrong package. Not while something is done
-- with it or a publication of it is waited for.
create or replace function act.draft_drop(key text, round text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome;
  held data.round;
begin
  answer := act.office_begun(me, key, array['draft_drop', round]);
  if answer.outcome is not null then
    return answer;
  end if;
  select r.* into held from data.round r where r.code = round for update;
  if held.draft is null
     or exists (select from data.job j where j.round = draft_drop.round and j.ended_at is null
                and j.kind <> 'export')
     or exists (select from data.request q where q.round = draft_drop.round
                and q.state in ('asked', 'confirmed')) then
    return act.once_done(me.id, key, act.said('state', null::integer));
  end if;
  perform act.import_drop_draft(round);
  perform act.note('draft_drop', 'round', round, null,
                   jsonb_build_object('intake', held.draft), null);
  return act.once_done(me.id, key, act.said('done', null::integer));
end $$;

-- I have seen it.
create or replace function act.preview_open(preview integer, key text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  seen data.preview;
  answer data.outcome;
begin
  answer := act.office_begun(me, key, array['preview_open', preview::text]);
  if answer.outcome is not null then
    return answer;
  end if;
  select p.* into seen from data.preview p where p.id = preview for share;
  if seen.id is null then
    return act.once_done(me.id, key, act.refuse('preview_open', preview::text));
  elsif seen.state <> 'ready' then
    return act.once_done(me.id, key, act.said('state', preview));
  end if;
  insert into data.preview_seen (preview, account) values (preview, me.id) on conflict do nothing;
  if found then
    perform act.note('preview_open', 'round', seen.round, null, null,
                     jsonb_build_object('preview', preview, 'digest', seen.digest));
  end if;
  return act.once_done(me.id, key, act.said('done', preview));
end $$;

-- The instant of a day and a time of western Indonesia; null: at once.
create or replace function act.instant_of(day text, at text) returns timestamptz
language sql stable as $$
  select (day || ' ' || replace(at, '.', ':'))::timestamp at time zone 'Asia/Jakarta'
  where btrim(coalesce(day, '')) <> ''
$$;

-- What is wrong with when something is to be public, {day: .., time: ..}, or null.
create or replace function act.instant_faults(day text, at text) returns jsonb
language plpgsql stable as $$
declare
  wanted timestamptz;
begin
  if day = '' and at = '' then
    return null;
  elsif not (act.is_day(day) and length(day) = 10) then
    return '{"day": "date"}';
  elsif at !~ '^([01][0-9]|2[0-3])[:.][0-5][0-9]$' then
    return '{"time": "time"}';
  end if;
  wanted := act.instant_of(day, at);
  return case when wanted <= now() then '{"day": "past"}'
              when wanted > now() + interval '366 days' then '{"day": "far"}' end;
end $$;

-- Asks that a preview be published: as a correction of what is published with a reason, which all
-- read; perhaps for a time.
create or replace function act.request_ask(preview integer, key text, reason text, day text,
                                           "time" text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  reason constant text := pub.tidy(coalesce(reason, ''), true);
  day constant text := btrim(coalesce(day, ''));
  hour constant text := btrim(coalesce("time", ''));
  p data.preview;
  answer data.outcome;
  faults jsonb;
  made integer;
begin
  if me.role = 'office' and not act.proved() then
    return act.said('unproved', preview);
  end if;
  answer := act.office_begun(me, key,
                             array['request_ask', preview::text, reason, day, hour]);
  if answer.outcome is not null then
    return answer;
  end if;
  select x.* into p from data.preview x where x.id = preview for update;
  if p.id is null then
    return act.once_done(me.id, key, act.refuse('request_ask', preview::text));
  elsif p.state <> 'ready' or exists (
    select from data.request r where r.round = p.round and r.state in ('asked', 'confirmed')) then
    return act.once_done(me.id, key, act.said('state', preview));
  end if;
  faults := jsonb_strip_nulls(jsonb_build_object(
    'form', case when p.same then 'same' when not act.has_seen(preview, me.id) then 'unseen' end,
    'reason', case when p.base is null and reason <> '' then 'first'
                   when p.base is not null and reason = '' then 'missing'
                   when length(reason) > 2000 then 'long'
                   when act.note_fault(reason) is not null then 'control' end))
    || coalesce(act.instant_faults(day, hour), '{}');
  if faults <> '{}' then
    return act.once_done(me.id, key, act.said('invalid', preview, faults));
  end if;
  insert into data.request (preview, round, n, reason, publish_at, asked_by)
  values (preview, p.round, p.n, nullif(reason, ''), act.instant_of(day, hour), me.id)
  returning id into made;
  perform act.note('request_ask', 'round', p.round, null, null,
                   act.with_reason(reason, jsonb_build_object(
                     'request', made, 'preview', preview, 'n', p.n, 'digest', p.digest,
                     'publish_at', act.instant_of(day, hour))));
  return act.once_done(me.id, key, act.said('done', made));
end $$;

create or replace function act.has_seen(preview integer, account integer) returns boolean
language sql stable
return exists (select from data.preview_seen s where s.preview = $1 and s.account = $2);

-- How an act on a request begins, with its preview locked before it.
create or replace function act.request_held(request integer) returns data.request
language plpgsql as $$
#variable_conflict use_variable
declare
  held data.request;
begin
  perform from data.preview p
  where p.id = (select r.preview from data.request r where r.id = request) for share;
  select r.* into held from data.request r where r.id = request for update;
  return held;
end $$;

-- The second person, who has opened the same preview: it is published by a job, when it is due.
create or replace function act.request_confirm(request integer, key text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  held data.request;
  answer data.outcome;
  fault text;
  job integer;
begin
  if me.role = 'office' and not act.proved() then
    return act.said('unproved', request);
  end if;
  answer := act.office_begun(me, key, array['request_confirm', request::text]);
  if answer.outcome is not null then
    return answer;
  end if;
  held := act.request_held(request);
  if held.id is null then
    return act.once_done(me.id, key, act.refuse('request_confirm', request::text));
  elsif held.state <> 'asked' then
    return act.once_done(me.id, key, act.said('state', request));
  end if;
  fault := case when held.asked_by = me.id then 'same_person'
                when not act.has_seen(held.preview, me.id) then 'unseen' end;
  if fault is not null then
    perform act.note_once(me.id::text, 'refused', 'request_confirm', request::text, fault, null,
                          jsonb_build_object('request', request, 'why',
                            case when held.asked_by = me.id then 'same_person'
                                 else 'unseen' end));
    return act.once_done(me.id, key, act.said('invalid', request,
                                              jsonb_build_object('form', fault)));
  end if;
  update data.request r set state = 'confirmed', confirmed_by = me.id, confirmed_at = now()
  where r.id = request;
  job := act.job_add(jsonb_populate_record(null::data.job, jsonb_build_object(
    'kind', 'publish', 'round', held.round, 'asked_by', held.asked_by, 'preview', held.preview,
    'request', request, 'due_at', coalesce(held.publish_at, now()))));
  perform act.note('request_confirm', 'round', held.round, null, null,
                   jsonb_build_object('request', request, 'preview', held.preview, 'job', job,
                                      'asked_by', held.asked_by));
  return act.once_done(me.id, key, act.said('done', job));
end $$;

-- Takes a request back, before its job is at it.
create or replace function act.request_withdraw(request integer, key text, reason text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  reason constant text := pub.tidy(coalesce(reason, ''), true);
  faults constant jsonb := act.needed_fault('reason', reason, 'prose');
  held data.request;
  taken data.job;
  answer data.outcome;
begin
  answer := act.office_begun(me, key, array['request_withdraw', request::text, reason]);
  if answer.outcome is not null then
    return answer;
  end if;
  held := act.request_held(request);
  if held.id is null then
    return act.once_done(me.id, key, act.refuse('request_withdraw', request::text));
  elsif faults is not null then
    return act.once_done(me.id, key, act.said('invalid', request, faults));
  end if;
  select j.* into taken from data.job j where j.request = request and j.ended_at is null
    for no key update;
  if held.state not in ('asked', 'confirmed') or taken.state = 'running' then
    return act.once_done(me.id, key, act.said('state', request));
  end if;
  update data.request r
  set state = 'withdrawn', ended_by = me.id, ended_at = now(), withdrawal = reason
  where r.id = request;
  if taken.id is not null then
    perform act.job_close(taken.id, 'cancelled', who => me.id);
  end if;
  perform act.note('request_withdraw', 'round', held.round, null, null,
                   act.with_reason(reason, jsonb_build_object('request', request)));
  return act.once_done(me.id, key, act.said('done', request));
end $$;

-- Cancels a job: one that waits at once, one that runs within two seconds (act.job_beat).
create or replace function act.job_cancel(job integer, key text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  held data.job;
  answer data.outcome;
begin
  answer := act.office_begun(me, key, array['job_cancel', job::text]);
  if answer.outcome is not null then
    return answer;
  end if;
  perform act.request_held((select j.request from data.job j where j.id = job));
  select j.* into held from data.job j where j.id = job for no key update;
  if held.id is null then
    return act.once_done(me.id, key, act.refuse('job_cancel', job::text));
  elsif held.ended_at is not null
     -- What two people agreed on and has not begun is withdrawn, with a reason.
     or held.request is not null and held.state = 'queued' then
    return act.once_done(me.id, key, act.said('state', job));
  end if;
  if held.cancel_at is null then
    update data.job j set cancel_by = me.id, cancel_at = now() where j.id = job;
    perform act.job_told(job, 'cancel'), pg_notify('tolok_job', ''),
            act.note('job_cancel', 'round', coalesce(held.round, ''), null, null,
                     jsonb_build_object('job', job, 'kind', held.kind));
  end if;
  if held.state = 'queued' then
    perform act.job_close(job, 'cancelled', who => me.id);
  end if;
  return act.once_done(me.id, key, act.said('done', job));
end $$;

-- The package of a publication as one file; n '' is the newest.
create or replace function act.export_ask(key text, round text, n text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome;
  taken integer;
  job integer;
begin
  answer := act.office_begun(me, key, array['export_ask', round, n]);
  if answer.outcome is not null then
    return answer;
  end if;
  taken := (select f.publication from act.export_find(round, case when n ~ '^[0-9]{1,6}$'
                                                             then n::integer end) f
            where coalesce(n, '') ~ '^[0-9]{0,6}$');
  if taken is null then
    return act.once_done(me.id, key, act.refuse('export_ask', round));
  end if;
  job := act.job_add(jsonb_populate_record(null::data.job, jsonb_build_object(
    'kind', 'export', 'round', round, 'asked_by', me.id, 'publication', taken)));
  perform act.note('export_ask', 'round', round, null, null, jsonb_build_object('job', job));
  return act.once_done(me.id, key, act.said('done', job));
end $$;

-- The file that an export made, for the office; for thirty days.
create or replace function act.job_file(job integer)
returns table (digest text, name text, bytes integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select j.digest, j.name, j.bytes from data.job j
  where j.id = job_file.job and act.job_keeps(j) and data.actor_role() = 'office';
$$;

-- The rounds as the office sees them, with what waits; no row for anybody else.
create or replace function act.office_rounds()
returns table (code text, year integer, title_id text, title_en text, simulated boolean, n integer,
               published_at timestamptz, draft boolean, draft_at timestamptz, draft_regions bigint,
               draft_format integer, publication integer, preview integer, request integer,
               job integer, gathered boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.code, i.year, i.title_id, i.title_en, i.simulated, p.n, p.published_at,
         r.draft is not null, d.imported_at,
         case when r.draft is not null
              then (select count(*) from data.participant t where t.intake = r.draft) end,
         d.format, p.id, v.id, q.id,
         (select max(j.id) from data.job j where j.round = r.code and j.ended_at is null
          and j.kind <> 'export'),
         exists (select from act.gathered_rounds() g where g.round = r.code)
  from data.round r
  left join data.publication p on p.id = r.publication
  -- What is published gives a round its name, until another one is published.
  join data.intake i on i.id = coalesce(p.intake, r.draft)
  left join data.intake d on d.id = r.draft
  left join data.preview v on v.round = r.code and v.state = 'ready'
  left join data.request q on q.round = r.code and q.state in ('asked', 'confirmed')
  where data.actor_role() = 'office'
  order by i.year desc, r.code;
$$;
