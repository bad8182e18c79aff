-- The desk as it began: accounts, the audit trail, quick wins that cities write.
-- 2026-12-01-desk-since-it-began.sql has what came later.
set local role tolok_owner;

create domain data.line as text
  check (length(value) <= 500 and value !~
    '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]');
create domain data.prose as text
  check (length(value) <= 8000 and value !~
    '[\u0001-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]');
create domain data.sha256 as text check (value ~ '^[0-9a-f]{64}$');

create function data.digest_of(secret text) returns text language sql immutable strict parallel safe
return encode(sha256(convert_to(secret, 'UTF8')), 'hex');

create table data.account (
  id         integer generated always as identity primary key,
  email      text not null unique check (email = lower(email) and length(email) <= 254 and email ~
    '^[^[:space:][:cntrl:]@<>"(),;:\\]+@[a-z0-9.-]+[.][a-z]{2,}$'),
  name       data.line not null check (name <> ''),
  role       text not null check (role in ('office', 'assessor', 'operator', 'owner')),
  region     data.code references data.region,
  dimension  data.code references data.dimension,
  state      text not null default 'invited' check (state in ('invited', 'active', 'disabled')),
  password_setting text check (password_setting ~
    '^\$argon2id\$v=19\$m=[0-9]+,t=[0-9]+,p=1\$[A-Za-z0-9+/]{22}$'),
  password_digest  data.sha256,
  otp_secret  text check (otp_secret <> ''),
  otp_counter bigint not null default 0,
  created_at  timestamptz not null default now(),
  created_by  integer references data.account,
  signed_in_at timestamptz,
  check ((region is not null) = (role in ('operator', 'owner'))),
  check ((dimension is not null) = (role = 'owner')),
  check ((password_setting is null) = (password_digest is null)),
  check (state <> 'active' or password_digest is not null)
);
create index on data.account (region);

create table data.recovery_code (
  account integer not null references data.account,
  digest  data.sha256 not null,
  used_at timestamptz,
  primary key (account, digest)
);

create table data.invitation (
  id         integer generated always as identity primary key,
  account    integer not null references data.account,
  purpose    text not null check (purpose in ('invite', 'reset')),
  digest     data.sha256 not null unique,
  created_by integer references data.account,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  closed_at  timestamptz
);
create index on data.invitation (account);

create table data.login_attempt (
  id      bigint generated always as identity primary key,
  at      timestamptz not null default clock_timestamp(),
  who     data.sha256 not null,
  source  text not null,
  outcome text not null default 'open' check (outcome in ('open', 'refused', 'password', 'done'))
);
create index on data.login_attempt (who, at);
create index on data.login_attempt (source, at);

create table data.session (
  id         integer generated always as identity primary key,
  account    integer not null references data.account,
  digest     data.sha256 not null unique,
  level      text not null check (level in ('password', 'full')),
  attempt    bigint,
  tries      integer not null default 0,
  source     text not null,
  agent      data.line not null,
  created_at timestamptz not null default now(),
  seen_at    timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at   timestamptz
);
create index on data.session (account);

create table data.decoy (
  key text not null default encode(sha256(convert_to(gen_random_uuid()::text ||
    gen_random_uuid()::text, 'UTF8')), 'hex')
);
insert into data.decoy default values;

create function data.session_now(wanted text) returns data.session
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s from data.session s join data.account a on a.id = s.account
  where s.digest = data.digest_of(current_setting('tolok.token', true)) and s.level = wanted
    and s.ended_at is null and s.expires_at > now() and s.seen_at > now() - interval '30 minutes'
      and a.state = 'active';
$$;

create function data.actor() returns integer
language sql stable security definer set search_path = pg_catalog, pg_temp as $$ select
  (data.session_now('full')).account $$;
create function data.actor_role() returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$ select a.role from
  data.account a where a.id = data.actor() $$;
create function data.actor_region() returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$ select a.region
  from data.account a where a.id = data.actor() $$;
create function data.actor_dimension() returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$ select a.dimension
  from data.account a where a.id = data.actor() $$;

create table data.audit (
  id         bigint primary key,
  at         timestamptz not null,
  account    integer,
  actor      text not null,
  source     text not null,
  request    text not null,
  act        text not null check (act <> ''),
  subject    text not null,
  subject_id text not null,
  region     data.code,
  before     jsonb,
  after      jsonb,
  previous   data.sha256 not null,
  digest     data.sha256 not null
);
create index on data.audit (account, id);
create index on data.audit (subject, subject_id, id);

create table data.audit_head (
  one    boolean primary key default true check (one),
  id     bigint not null,
  digest data.sha256 not null
);
insert into data.audit_head (id, digest) values (0, repeat('0', 64));

create function data.audit_digest(r data.audit) returns text language sql stable
return data.digest_of(jsonb_build_array(
  r.id, to_char(r.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), r.account, r.actor,
    r.source, r.request, r.act, r.subject,
  r.subject_id, r.region, r.before, r.after, r.previous)::text);

create function data.chain_audit() returns trigger language plpgsql as $$
begin
  update data.audit_head h set id = h.id + 1 returning h.id, h.digest into strict new.id,
    new.previous;
  new.at := clock_timestamp();
  new.digest := data.audit_digest(new);
  update data.audit_head h set digest = new.digest;
  return new;
end $$;
create trigger chain before insert on data.audit for each row execute function data.chain_audit();

create function data.refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is only added to' using errcode = 'restrict_violation';
end $$;
create trigger immutable before update or delete or truncate on data.audit
  for each statement execute function data.refuse_audit_change();

create table data.win (
  id          integer generated always as identity primary key,
  region      data.code not null references data.region,
  dimension   data.code references data.dimension,
  row_version integer not null default 1,
  newest      integer not null default 1,
  published   integer,
  created_by  integer not null references data.account,
  created_at  timestamptz not null default now()
);
create index on data.win (region);

create table data.win_version (
  win     integer not null references data.win,
  n       integer not null check (n > 0),
  state   text not null default 'draft' check (state in ('draft', 'submitted', 'published',
    'returned', 'superseded', 'withdrawn')),
  reason  data.prose,
  title         data.line,
  summary       data.prose,
  problem       data.prose,
  solution      data.prose,
  agency        data.line,
  started       date,
  cost          numeric check (cost >= 0),
  figure        data.line,
  figure_before numeric,
  figure_after  numeric,
  figure_source data.line,
  lesson        data.prose,
  contact       data.line,
  links         data.line[] check (cardinality(links) <= 10),
  partners      data.prose,
  saved_by     integer not null references data.account,
  saved_at     timestamptz not null default now(),
  submitted_by integer references data.account,
  submitted_at timestamptz,
  decided_by   integer references data.account,
  decided_at   timestamptz,
  primary key (win, n),
  check (state in ('draft', 'withdrawn') or title <> ''),
  check (state not in ('returned', 'withdrawn') or reason <> '')
);

create function data.guard_win_version() returns trigger language plpgsql as $$
declare
  steps constant text[] := array['draft>draft', 'draft>submitted', 'draft>withdrawn',
    'submitted>published', 'submitted>returned',
                                 'submitted>withdrawn', 'published>superseded',
                                   'published>withdrawn'];
  status constant text[] := array['state', 'reason', 'submitted_by', 'submitted_at', 'decided_by',
    'decided_at'];
begin
  if old.state || '>' || new.state <> all (steps) then
    raise exception 'a quick win that is % can not become %', old.state, new.state using errcode =
      'restrict_violation';
  elsif old.state <> 'draft' and to_jsonb(old) - status <> to_jsonb(new) - status then
    raise exception 'a quick win that was submitted keeps its words' using errcode =
      'restrict_violation';
  end if;
  return new;
end $$;
create trigger guard before update on data.win_version for each row execute function
  data.guard_win_version();

create type data.outcome as (outcome text, id integer, n integer, row_version integer, faults
  jsonb);

create table data.receipt (
  account integer not null references data.account,
  key     text not null check (key ~ '^[A-Za-z0-9_-]{16,64}$'),
  asked   data.sha256 not null,
  answer  data.outcome,
  at      timestamptz not null default now(),
  primary key (account, key)
);
create index on data.receipt (at);

create function data.writes_win(region text, dimension text, my_role text, my_region text,
  my_dimension text) returns boolean
language sql immutable parallel safe
return coalesce(my_role in ('operator', 'owner') and region = my_region and (my_role = 'operator' or
  dimension = my_dimension), false);

create function data.reads_win(region text, dimension text, published integer, my_role text,
  my_region text, my_dimension text)
returns boolean language sql immutable parallel safe
return coalesce(my_role = 'office' or (my_role = 'assessor' and published is not null), false)
       or data.writes_win(region, dimension, my_role, my_region, my_dimension);

create function data.reads_version(state text, my_role text) returns boolean language sql immutable
  parallel safe
return coalesce(my_role in ('operator', 'owner') or (my_role = 'office' and state <> 'draft') or
  (my_role = 'assessor' and state = 'published'), false);

do $$
declare
  name text;
begin
  foreach name in array array['account', 'recovery_code', 'invitation', 'login_attempt', 'session',
    'decoy', 'audit', 'audit_head', 'win',
                              'win_version', 'receipt'] loop
    execute format('alter table data.%s enable row level security, force row level security', name);
    if name = 'audit' then
      execute 'create policy owner_reads on data.audit for select to tolok_owner using (true)';
      execute 'create policy owner_adds on data.audit for insert to tolok_owner with check (true)';
    else
      execute format('create policy owner on data.%s to tolok_owner using (true) with check (true)',
        name);
    end if;
  end loop;
end $$;

create policy desk on data.account for select to tolok_desk using (
  (select data.actor_role()) = 'office' or id = (select data.actor())
  or ((select data.actor_role()) = 'operator' and region = (select data.actor_region())));
create policy desk on data.invitation for select to tolok_desk using (
  (select data.actor_role()) in ('office', 'operator') and exists (select from data.account a where
    a.id = invitation.account));
create policy desk on data.session for select to tolok_desk using (account = (select data.actor()));
create policy desk on data.audit for select to tolok_desk using (
  (select data.actor_role()) = 'office' or account = (select data.actor()));
create policy desk on data.win for select to tolok_desk using (
  data.reads_win(region, dimension, published, (select data.actor_role()), (select
    data.actor_region()), (select data.actor_dimension())));
create policy desk on data.win_version for select to tolok_desk using (
  data.reads_version(state, (select data.actor_role())) and exists (select from data.win w where
    w.id = win_version.win));
reset role;
