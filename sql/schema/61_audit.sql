-- What was done: one row for each act, append-only and as a hash chain, in an order that can not be
-- changed without a trace. Each row's digest covers the row and the digest of the row before it;
-- data.audit_head holds the newest number and digest, so that numbers have no gaps and a row that
-- is missing at the end shows too. `tolok audit verify` walks the chain and prints the head, which
-- may be written down elsewhere.
-- The four kinds that the page of the trail tells apart.
create function data.trail_kind(act text, subject text) returns text
language sql immutable parallel safe
return case when act in ('refused', 'sign_in_refused', 'sign_in_throttled') then 'ditolak'
  when subject in ('win', 'topic') then 'quickwin'
  when subject in ('round', 'letter') then 'putaran'
  else 'akun' end;

create table data.audit (
  id         bigint primary key,
  at         timestamptz not null,
  account    integer,                     -- null: the operator's command, or nobody who is known
  -- their address as it was then, 'tolok' for the command, '-' for nobody
  actor      text not null,
  source     text not null,               -- where the request came from
  request    text not null,               -- its id, as in the logs
  act        text not null check (act <> ''),          -- 'sign_in', 'win_submit'
  subject    text not null,               -- kind and id of what it was done to
  subject_id text not null,
  region     data.code,                   -- whose matter it is
  -- what changed: never a secret, and no word that not all who read the row may read
  before     jsonb,
  after      jsonb,
  previous   data.sha256 not null,
  digest     data.sha256 not null,
  kind       text generated always as (data.trail_kind(act, subject)) stored,
  -- of marks, decisions and objections: of which round, and who reads it besides the office and
  -- whoever did it; null is as ever
  round      data.code,
  audience   text check (audience in ('marks', 'decisions'))
);
create index on data.audit (subject, subject_id, id);
create index audit_kind on data.audit (kind, id);
create index audit_at on data.audit (at);
create index audit_account on data.audit (account, kind, id);
create index audit_region on data.audit (region, kind, id);

-- Who reads a row: the office all, a city what was done in its matters, by whomever, anybody what
-- they did.
create function data.reads_audit(account integer, region text, my_id integer, my_role text,
                                 my_region text) returns boolean
language plpgsql immutable parallel safe as $$
begin
  return coalesce(my_role = 'office' or account = my_id
                  or (my_role = 'operator' and region = my_region), false);
end $$;

-- How much a person has done in a day (of western Indonesia): nobody with an account makes the
-- trail grow without an end.
create table data.person_day (
  account integer not null references data.account,
  day     date not null,
  acts    integer not null,
  primary key (account, day)
);
create index person_day_old on data.person_day (day);

create table data.audit_head (
  one    boolean primary key default true check (one),
  id     bigint not null,
  digest data.sha256 not null
);
insert into data.audit_head (id, digest) values (0, repeat('0', 64));

create function data.audit_digest(r data.audit) returns text language sql stable
return data.digest_of((jsonb_build_array(
  r.id, to_char(r.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), r.account, r.actor,
    r.source, r.request, r.act, r.subject,
  r.subject_id, r.region, r.before, r.after, r.previous)
  || case when r.round is null and r.audience is null then '[]'
          else jsonb_build_array(r.round, r.audience) end)::text);

-- The head's row is locked until the transaction ends: acts are numbered in the order in which they
-- are committed.
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
