-- The work of each kind of job, between act.job_hold and act.job_done. What says no is undone
-- (act.job_no).

create or replace function act.job_preview(job integer) returns table (preview integer)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  j data.job;
begin
  select x.* into strict j from data.job x where x.id = job;
  if not exists (select from data.round r where r.code = j.round and r.draft is not null) then
    perform act.job_no('draft');
  end if;
  preview := act.preview_make(j.round, j.asked_by);
  update data.job x set preview = job_preview.preview where x.id = job;
  perform act.note('preview', 'round', j.round, null, null, jsonb_build_object(
    'job', job, 'preview', preview,
    'digest', (select p.digest from data.preview p where p.id = preview)));
  return next;
end $$;

-- Publishes the preview that two people agreed on, if it is still what would be published.
create or replace function act.job_publish(job integer)
returns table (publication integer)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  q data.request;
  p data.preview;
  r data.round;
  made record;
begin
  select x.* into strict q from data.request x join data.job j on j.request = x.id
  where j.id = job;
  perform pg_advisory_xact_lock(hashtextextended('tolok publish', 0));
  select x.* into r from data.round x where x.code = q.round for update;
  select x.* into strict p from data.preview x where x.id = q.preview;
  if (select count(*) from data.account a where a.id in (q.asked_by, q.confirmed_by)
      and a.role = 'office' and a.state = 'active') <> 2 then
    perform act.job_no('people');
  elsif r.draft is null or r.draft is distinct from p.intake then
    perform act.job_no('draft');
  elsif r.publication is distinct from p.base then
    perform act.job_no('publication');
  elsif p.same then
    perform act.job_no('same');
  elsif p.state <> 'ready' or q.state <> 'confirmed' then
    perform act.job_no('withdrawn');
  end if;
  select x.* into strict made from act.publish_as(q.round, q.reason, p.id, jsonb_build_object(
    'job', job, 'preview', p.id, 'request', q.id, 'confirmed_by', q.confirmed_by)) x;
  if made.digest <> p.digest then
    perform act.job_no('digest', jsonb_build_object('digest', made.digest));
  end if;
  publication := made.publication;
  update data.request x set state = 'published', publication = made.publication,
    ended_at = clock_timestamp()
  where x.id = q.id;
  update data.job x set publication = made.publication where x.id = job;
  return next;
end $$;

-- The bytes of a package that was brought.
create or replace function act.job_package(job integer)
returns table (name text, bytes bytea, new_regions boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select j.name::text, p.bytes, j.new_regions
  from data.job j join data.job_package p on p.job = j.id
  where j.id = job_package.job;
$$;

-- Keeps what is wrong with a package, [{note, file, line, column, message}], of `total` faults.
create or replace function act.job_faults(job integer, faults jsonb, total integer)
returns table (kept bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
begin
  delete from data.job_fault f where f.job = job_faults.job;
  insert into data.job_fault (job, ord, note, file, line, "column", message)
  select job, f.ord, coalesce((f.x ->> 'note')::boolean, false), coalesce(f.x ->> 'file', ''),
         nullif(f.x ->> 'line', '')::integer, nullif(f.x ->> 'column', ''), f.x ->> 'message'
  from jsonb_array_elements(faults) with ordinality f (x, ord)
  limit 2000;
  get diagnostics kept = row_count;
  update data.job j
  set detail = case when total > 0 then jsonb_build_object('faults', total) else j.detail end,
      round = case when act.is_code(act.import_value('code')) then act.import_value('code')
                   else j.round end
  where j.id = job;
  return next;
end $$;

-- An import is done: of which round, and what of it was written (act.import_apply).
create or replace function act.job_imported(job integer, round text, said jsonb)
returns table (imported boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
begin
  update data.job j set round = job_imported.round, detail = said where j.id = job;
  imported := found;
  return next;
end $$;

-- Which publication an export takes, and what is wrong with it (act.publication_fault).
create or replace function act.job_export(job integer)
returns table (publication integer, n integer, digest text, fault text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  return query
  select p.id, p.n, p.digest, act.record_fault(p.id)
  from data.job j join data.publication p on p.id = j.publication
  where j.id = job_export.job;
end $$;

-- An export is done: the file lies under its digest.
create or replace function act.job_exported(job integer, digest text, name text, bytes integer)
returns table (exported boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
begin
  update data.job j set digest = job_exported.digest, name = job_exported.name,
    bytes = job_exported.bytes
  where j.id = job;
  exported := found;
  return next;
end $$;
