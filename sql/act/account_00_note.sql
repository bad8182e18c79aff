-- Who asks, and the audit trail's one entrance. A transaction of the desk begins with act.enter;
-- everything else in the files account_* and win_* asks data.actor. What an act refuses is an
-- answer, not an error, so that the trail has a row of it.
--
-- A page of the desk sends act.enter first and its page functions after it in one REPEATABLE READ
-- READ ONLY transaction, as all pages do; page functions run with the rights of tolok_desk, so that
-- the policies of sql/schema/69_desk.sql hold in them. An act is act.enter and one function in a
-- READ COMMITTED transaction on the primary: acts wait for each other at a record, at a form's key
-- and at the head of the trail, and have to see then what the other one did. It is sent again after
-- a lost connection with the same key, whatever became of it. act.sign_in_begin and act.sign_in are
-- two transactions, since between them the program hashes for 50 ms.

-- Where somebody comes from, as it is counted and kept: of an address of IPv6 its network, of which
-- each subscriber has one.
create or replace function act.network(source text) returns text
language plpgsql immutable as $$
begin
  if source !~ '^[0-9a-fA-F:]*:[0-9a-fA-F:.]*$' then
    return source;
  elsif source ~* '^::ffff:[0-9.]+$' then
    return substr(source, 8);
  end if;
  return network(set_masklen(source::inet, 64))::text;
exception when invalid_text_representation then
  return source;
end $$;

-- The token of the visitor's cookie ('' when there is none), the request's id, where it came from,
-- what the browser calls itself and its mark (act.is_known) hold until the transaction ends. No
-- row: nobody is signed in. level 'password' waits for the one-time code, as which nothing but
-- code_* and sign_out can be done. `stale`: call act.touch, in a transaction that writes.
create or replace function act.enter(token text, request text, source text, agent text,
                                     browser text default '')
returns table (session integer, account integer, email text, name text, role text, region text,
               level text, enrolled boolean,
               stale boolean, region_name text, seconds_left integer)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('tolok.token', coalesce(token, ''), true),
    set_config('tolok.request', coalesce(request, ''), true),
          set_config('tolok.source', act.network(coalesce(source, '')), true),
          set_config('tolok.browser', case when length(browser) >= 40 then data.digest_of(browser)
                                      else '' end, true),
          set_config('tolok.agent', left(regexp_replace(coalesce(agent, ''), '[^ -~]', '?', 'g'),
                                         200), true);
  return query
  select s.id, a.id, a.email, a.name::text, a.role, a.region::text, s.level,
         a.otp_secret is not null,
         s.seen_at < now() - interval '1 minute', r.name,
         -- Being asked for a page makes the half hour new, to the minute.
         extract(epoch from least(interval '29 minutes', s.expires_at - now()))::integer
  from (select f.* from data.session_now('full') f union all select p.*
        from data.session_now('password') p) s
  join data.account a on a.id = s.account
  left join data.region r on r.code = a.region;
end $$;

-- The account that is signed in, all null when none is.
create or replace function act.me() returns data.account
language sql stable as $$
  select a from data.account a where a.id = data.actor();
$$;

-- What an act answers (data.outcome), of whom or of what, with the faults of its fields.
create or replace function act.said(word text, id integer default null, faults jsonb default null)
returns data.outcome
language sql immutable
return row(word, id, null, null, faults)::data.outcome;

-- How many acts of a person are taken in a day: more than anybody does by hand. What ends something
-- or makes one safe goes on up to twice as many: also when somebody else has used a session up.
create or replace function act.day_limit(act text) returns integer language sql immutable as $$
  select 10000 * case when day_limit.act = any (array['prove', 'password_change', 'session_end',
    'sessions_end', 'account_disable', 'win_withdraw']) then 2 else 1 end;
$$;

-- Counts one; false: it was enough.
create or replace function act.day_counts(account integer, act text) returns boolean
language plpgsql as $$
#variable_conflict use_variable
begin
  insert into data.person_day as d (account, day, acts) values (account, current_date, 1)
  on conflict on constraint person_day_pkey do update set acts = d.acts + 1
    where d.acts < act.day_limit(act);
  return found;
end $$;

-- Writes one row of the trail, and so counts each act of a person. `who` is the account that did
-- it, when it is not (yet) the one signed in. What a job does was done by who asked for it.
create or replace function act.note(
  act text, subject text, subject_id text, region text default null, before jsonb default null,
  after jsonb default null, who integer default null, round text default null,
  audience text default null)
returns void language plpgsql as $$
declare
  account integer := coalesce(who, data.actor(), act.job_asker());
begin
  -- Signing in has limits of its own, and strangers' tries are nobody's acts.
  if who is null and data.actor() is not null and not act.day_counts(account, act) then
    raise exception 'that was enough for a day' using errcode = 'TKDAY';
  end if;
  insert into data.audit (account, actor, source, request, act, subject, subject_id, region, before,
                          after, round, audience)
  values (account,
          coalesce((select a.email from data.account a where a.id = account), case session_user
                   when 'tolok_desk' then '-' else 'tolok' end),
          coalesce(current_setting('tolok.source', true), ''),
          coalesce(current_setting('tolok.request', true), ''),
          act, subject, coalesce(subject_id, ''), region, before, after, round, audience);
end $$;

-- The same of what somebody can repeat as often as they like: one row in a quarter of an hour for
-- `whom`, an account ('' is none: nobody grows the trail with addresses that they make up), from
-- this source; of several things (`what`) thirty rows at most, and of one act thirty from
-- everywhere: a network of IPv6 has more sources than the disk has room for. Whether it is new.
create or replace function act.told_first(whom text, act text, what text) returns boolean
language plpgsql as $$
declare
  began timestamptz := date_bin('15 minutes', clock_timestamp(), 'epoch');
  here text := coalesce(current_setting('tolok.source', true), '');
begin
  insert into data.told (quarter, who, source, act, what)
  select began, whom, here, told_first.act, told_first.what
  where (select greatest(count(*) filter (where t.source = here),
                         count(*) filter (where t.act = told_first.act))
         from data.told t where t.quarter = began and t.who = whom) < 30
  on conflict do nothing;
  return found;
end $$;
create or replace function act.note_once(
  whom text, act text, subject text, subject_id text, what text default '',
  region text default null, after jsonb default null, who integer default null)
returns void language sql as $$
  select act.note(act, subject, subject_id, region, null, after, who)
  where act.told_first(whom, act, what);
$$;

-- The same of what a stranger has done with an address, which takes as long whether the address has
-- an account or not, and whether it is a row or none: else the time would tell who has one.
create or replace function act.note_evenly(whom text, act text, subject text, subject_id text,
                                           after jsonb default null)
returns void language plpgsql as $$
declare
  first boolean := act.told_first(whom, act, '');
begin
  perform act.note(act, subject, subject_id, after => after);
  if not first then
    raise exception 'told already' using errcode = 'TKTLD';
  end if;
exception when sqlstate 'TKTLD' then
  -- The row is gone, and so is the number that it had.
end $$;

-- The answer to who may not do it, with a row of the trail; who is not signed in hears that alone.
create or replace function act.refuse(what text, id text default null, region text default null,
                                      asked jsonb default null)
returns data.outcome language plpgsql as $$
begin
  if data.actor() is null then
    return act.said('signed_out');
  end if;
  perform act.note_once(data.actor()::text, 'refused', what, id, concat_ws(' ', what, id), region,
                        asked);
  return act.said('forbidden');
end $$;

-- A reason as the trail keeps it, beside what else is to be said; nothing when there is none.
create or replace function act.with_reason(reason text, said jsonb default '{}') returns jsonb
language sql immutable
return jsonb_strip_nulls(said || jsonb_build_object('reason', nullif(btrim(reason), '')));

-- An account as the trail shows it: none of its secrets.
create or replace function act.account_view(a data.account) returns jsonb
language sql immutable as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'email', a.email, 'name', a.name, 'role', case when a.deputy then 'deputy' else a.role end,
    'region', a.region,
    'dimensions', case when a.role = 'owner' then array_to_string(a.dimensions, ',') end,
    'sends', case when a.role = 'owner' then case when a.sends then 'alone' else 'operator' end end,
    'state', a.state));
$$;

-- Whether the head of the trail can be had within two seconds: every act of the desk waits for it.
create or replace function act.trail_free() returns table (free boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp
set lock_timeout = '2s' as $$
begin
  perform from data.audit_head for share;
  free := true;
  return next;
exception when lock_not_available then
  free := false;
  return next;
end $$;

-- What a row of the trail says has changed, for those who read the row. The words of drafts and the
-- names of files are a city's: rows of earlier versions that hold them say to the office only which
-- fields there were, as rows do now.
create or replace function act.audit_told(id bigint) returns table (before jsonb, after jsonb)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  role constant text := data.actor_role();
  open constant text[] := array['n', 'dimension', 'fields', 'file', 'kind', 'bytes', 'digest'];
  r data.audit;
begin
  select a.* into r from data.audit a
  where a.id = id
    and data.reads_audit(a.account, a.region, data.actor(), role, data.actor_region())
    and data.reads_told(a.audience, a.round, a.account, data.actor(), role, data.my_audiences());
  if r.id is null then
    return;
  elsif role = 'office' and r.act in ('win_create', 'win_save', 'file_add', 'file_remove') then
    before := (select jsonb_object_agg(e.key, e.value) from jsonb_each(r.before) e
               where e.key = any (open));
    after := (select jsonb_object_agg(e.key, e.value) filter (where e.key = any (open))
                     || jsonb_build_object('fields', jsonb_object_agg(e.key, '')
                                             filter (where e.key <> all (open)))
              from jsonb_each(r.after) e
              where e.key = any (open) or e.value is distinct from r.before -> e.key);
    after := jsonb_strip_nulls(after || jsonb_build_object(
      'fields', coalesce(r.after -> 'fields', after -> 'fields')));
  else
    before := r.before;
    after := r.after;
  end if;
  return next;
end $$;

-- The number of the first row of a day of western Indonesia, or of so many days later; null when
-- what was typed is no day. It tells nothing but how many rows there are, which their numbers tell.
create or replace function act.audit_from(day text, later integer) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  began timestamptz;
begin
  if day !~ '^20[0-9]{2}-[01][0-9]-[0-3][0-9]$' or day is null then
    return null;
  end if;
  began := (day::date + later)::timestamp at time zone 'Asia/Jakarta';
  return coalesce((select a.id from data.audit a where a.at >= began order by a.at limit 1),
                  (select h.id + 1 from data.audit_head h));
exception when datetime_field_overflow then
  return null;
end $$;

-- The whole trail, from its first row to its head: how many rows there are, the digest of the last
-- one, and the first row at which something is wrong. `fault` is null when nothing is: 'changed' (a
-- row does not fit its digest, or the place it stands at), 'missing' (rows before this one are
-- gone), 'end' (rows after this one are gone).
create or replace function act.audit_verify()
returns table (rows bigint, head text, bad bigint, fault text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  r data.audit;
  last bigint := 0;
begin
  rows := 0;
  head := repeat('0', 64);
  for r in select a.* from data.audit a order by a.id loop
    if r.id <> last + 1 then
      bad := r.id;
      fault := 'missing';
    elsif r.previous <> head or r.digest <> data.audit_digest(r) then
      bad := r.id;
      fault := 'changed';
    end if;
    exit when fault is not null;
    rows := rows + 1;
    last := r.id;
    head := r.digest;
  end loop;
  if fault is null and not exists (select from data.audit_head h where h.id = last
                                   and h.digest = head) then
    bad := last;
    fault := 'end';
  end if;
  return next;
end $$;

-- The number of the row of that digest: one that was written down once must stay. No row when it is
-- gone.
create or replace function act.audit_find(digest text) returns table (id bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.id from data.audit a where a.digest = audit_find.digest;
$$;
