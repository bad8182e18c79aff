-- Rounds that are run here: who assesses whom, marks, and what comes of them.
set local role tolok_owner;
-- Who assesses whom, and the marks.

-- What there is to know of an assessor, so that nobody assesses their own.
create table data.assessor (
  account     integer primary key references data.account,
  home        data.code references data.region,
  province    data.code references data.province,
  institution data.line
);
create table data.assessor_former (       -- worked for it or advised it
  account integer not null references data.account,
  region  data.code not null references data.region,
  until   date,                            -- null: still
  primary key (account, region)
);
-- An institution that has advised a region; kept by the office.
create table data.adviser (
  id          integer generated always as identity primary key,
  region      data.code not null references data.region,
  institution data.line not null check (btrim(institution) <> ''),
  since       date not null,
  until       date,
  source      data.line not null check (btrim(source) <> ''),
  by          integer not null references data.account,
  at          timestamptz not null default now(),
  ended_at    timestamptz,                 -- it was a mistake
  check (since <= until)
);
create index on data.adviser (region);

create table data.assignment (
  id        integer generated always as identity primary key,
  round     data.code not null,
  region    data.code not null,
  dimension data.code not null,
  part      integer not null references data.part on delete cascade,
  assessor  integer not null references data.account,
  role      text not null check (role in ('lead', 'second')),
  seat      integer not null,              -- "Asesor 1": all that a city learns of whose mark it is
  since     timestamptz not null default now(),
  until     timestamptz,
  end_reason data.prose,
  signed_at timestamptz,
  unique (part, seat),
  check ((until is null) = (end_reason is null))
);
create unique index assignment_now on data.assignment (part, assessor) where until is null;
create unique index assignment_lead on data.assignment (part) where until is null
  and role = 'lead';
create index on data.assignment (assessor) where until is null;

-- Why an account may not assess a city: 'home', 'scope', 'former', 'adviser' or 'province'; null:
-- it may. `advised_years` count back from the end of the round's period or from today, whatever is
-- longer ago.
create function data.conflict_of(account integer, round text, region text) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  r data.round_run;
  s data.assessor;
  since date;
begin
  select x.* into r from data.round_run x where x.round = conflict_of.round;
  select x.* into s from data.assessor x where x.account = conflict_of.account;
  since := least(current_date, r.period_to) - make_interval(years => r.advised_years);
  return case
    when s.home = region then 'home'
    when exists (select from data.account a where a.id = account and a.region = conflict_of.region)
      then 'scope'
    when exists (select from data.assessor_former f
                 where f.account = conflict_of.account and f.region = conflict_of.region
                   and coalesce(f.until, 'infinity') > since) then 'former'
    when exists (select from data.adviser v
                 where v.region = conflict_of.region and v.ended_at is null
                   and lower(btrim(v.institution)) = lower(btrim(s.institution))
                   and coalesce(v.until, 'infinity') > since) then 'adviser'
    when not r.own_province
         and coalesce(s.province, (select g.province from data.region g where g.code = s.home))
             = (select e.province from data.entrant e
                where e.round = conflict_of.round and e.region = conflict_of.region)
      then 'province' end;
end $$;
create function data.refuse_conflict() returns trigger language plpgsql as $$
declare
  why text;
begin
  if new.until is null then
    why := data.conflict_of(new.assessor, new.round, new.region);
    if why is not null then
      raise exception 'a conflict of interest: %', why using errcode = 'TKCON', detail = why;
    elsif not exists (select from data.account a
                      where a.id = new.assessor and a.role = 'assessor' and a.state = 'active') then
      raise exception 'only an active assessor assesses' using errcode = 'TKCON',
        detail = 'assessor';
    end if;
  end if;
  return new;
end $$;
create trigger conflict before insert or update of assessor, round, region, until
  on data.assignment for each row execute function data.refuse_conflict();

-- The truth about a person is never refused: what makes an assignment forbidden ends it, and the
-- office is told. What was published stays as it is.
create function data.end_conflicts(who integer) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  with forbidden as (
    select a.id, data.conflict_of(a.assessor, a.round, a.region) as why, p.role, p.state
    from data.assignment a
    join data.round_run r on r.round = a.round and r.state in ('draft', 'open', 'final')
    join data.account p on p.id = a.assessor
    where a.until is null and (who is null or a.assessor = who)
  ), ended as (
    update data.assignment a
    set until = now(), end_reason = 'benturan kepentingan'
    from forbidden f
    where f.id = a.id and (f.why is not null or f.role <> 'assessor' or f.state <> 'active')
    returning a.round, a.region, a.id, a.dimension, a.assessor,
              coalesce(f.why, case when f.role <> 'assessor' then 'role' else f.state end) as why
  )
  insert into data.round_notice (round, region, word, detail)
  select e.round, e.region, 'conflict',
         jsonb_build_object('assignment', e.id, 'dimension', e.dimension, 'account', e.assessor,
                            'why', e.why)
  from ended e;
end $$;
create function data.follow_person() returns trigger language plpgsql as $$
declare
  row constant jsonb := case tg_op when 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
begin
  perform data.end_conflicts(coalesce(row ->> 'account', row ->> tg_argv[0])::integer);
  return null;
end $$;
create trigger conflict after update of role, region, state on data.account
  for each row execute function data.follow_person('id');
create trigger conflict after insert or update on data.assessor
  for each row execute function data.follow_person('account');
create trigger conflict after insert or update on data.assessor_former
  for each row execute function data.follow_person('account');
create trigger conflict after insert or update on data.adviser
  for each row execute function data.follow_person('none');

-- An assessor's mark of a cell. It belongs to the assignment: whoever takes a place begins empty.
-- `counts`: it is signed and of somebody assigned now, kept by data.follow_assignment. `agreed`: in
-- a panel, the lead's, to which this one has agreed by signing.
create table data.assessor_mark (
  assignment integer not null references data.assignment on delete cascade,
  criterion  data.code not null,
  round      data.code not null,
  region     data.code not null,
  dimension  data.code not null,
  part       integer not null,
  seat       integer not null,
  state      text not null check (state in ('open', 'value', 'not_applicable', 'no_data')),
  value      numeric,
  reason     data.prose,
  row_version integer not null default 1,
  saved_at   timestamptz not null default now(),
  digest     data.sha256 not null,
  agreed     boolean not null default false,
  counts     boolean not null default false,
  primary key (assignment, criterion),
  check ((state = 'value') = (value is not null)),
  foreign key (round, region, criterion) references data.cell on delete cascade
);
create index on data.assessor_mark (round, region, criterion);
create index on data.assessor_mark (part);
create table data.mark_version (
  assignment integer not null,
  criterion  data.code not null,
  n          integer not null,
  part       integer not null,
  state      text not null,
  value      numeric,
  reason     data.prose,
  at         timestamptz not null,
  digest     data.sha256 not null,
  previous   data.sha256,
  primary key (assignment, criterion, n),
  foreign key (assignment, criterion) references data.assessor_mark on delete cascade
);
-- For its author alone; it goes when the round is published.
create table data.mark_note (
  assignment integer not null,
  criterion  data.code not null,
  text       data.prose not null check (btrim(text) <> ''),
  primary key (assignment, criterion),
  foreign key (assignment) references data.assignment on delete cascade
);

create function data.follow_assignment() returns trigger language plpgsql as $$
begin
  update data.assessor_mark m set counts = new.until is null and new.signed_at is not null
  where m.assignment = new.id
    and m.counts <> (new.until is null and new.signed_at is not null);
  return null;
end $$;
create trigger follow after update of until, signed_at on data.assignment
  for each row execute function data.follow_assignment();
-- A signed mark stays as it is.
create function data.refuse_signed() returns trigger language plpgsql as $$
begin
  if exists (select from data.assignment a where a.id = new.assignment
             and (a.signed_at is not null or a.until is not null))
     and (tg_op = 'INSERT' or (old.state, old.value, old.reason) is distinct from
                              (new.state, new.value, new.reason)) then
    raise exception 'a signed mark stays as it is' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger signed before insert or update on data.assessor_mark for each row
  execute function data.refuse_signed();
-- What comes after the marks: objections, decisions, and what a round leaves behind.

-- One per cell at most. What is not sent when the window closes is sent as it stands.
create table data.objection (
  round     data.code not null,
  region    data.code not null,
  criterion data.code not null,
  dimension data.code not null,
  part      integer not null references data.part on delete cascade,
  state     text not null check (state in ('value', 'not_applicable', 'no_data')),  -- wanted
  value     numeric,
  text      data.prose not null check (btrim(text) <> ''),
  by        integer not null references data.account,
  at        timestamptz not null default now(),
  row_version integer not null default 1,
  sent_at   timestamptz,
  verdict   text check (verdict in ('accept', 'partly', 'reject')),
  proposed_state text,
  proposed  numeric,
  answer    data.prose,
  answered_by integer references data.account,
  answered_at timestamptz,
  primary key (round, region, criterion),
  foreign key (round, region, criterion) references data.cell on delete cascade,
  check ((state = 'value') = (value is not null)),
  check ((verdict is null) = (answer is null)),
  check ((verdict in ('accept', 'partly')) = (proposed_state is not null) or verdict is null)
);
create index on data.objection (part);
-- All of a city's objections, sent in one act.
create table data.reply_sent (
  round  data.code not null,
  region data.code not null,
  objections integer not null,
  by     integer not null references data.account,
  at     timestamptz not null default now(),
  primary key (round, region),
  foreign key (round, region) references data.entrant on delete cascade
);

-- Made when final opens, one per cell. `why`: what leaves it open for the plenary; `how` it was
-- decided.
create table data.decision (
  round     data.code not null,
  region    data.code not null,
  criterion data.code not null,
  dimension data.code not null,
  part      integer not null references data.part on delete cascade,
  state     text not null check (state in ('open', 'value', 'not_applicable', 'no_data')),
  value     numeric,
  reason    data.prose,
  how       text check (how in ('one', 'mean', 'no_data', 'agreed', 'plenary')),
  why       text check (why in ('objection', 'short', 'states', 'na', 'spread')),
  marks     integer not null,              -- that count, and between what they lie
  low       numeric,
  high      numeric,
  row_version integer not null default 1,
  by        integer references data.account,           -- null: by itself
  at        timestamptz not null default now(),
  digest    data.sha256 not null,
  primary key (round, region, criterion),
  foreign key (round, region, criterion) references data.cell on delete cascade,
  check ((state = 'value') = (value is not null)),
  check ((state = 'open') = (how is null)),
  check (state <> 'open' or why is not null),
  check (how is null or how not in ('agreed', 'plenary') or btrim(reason) <> '')
);
create index on data.decision (part);
create index decision_open on data.decision (round) where state = 'open';
create table data.decision_version (
  round     data.code not null,
  region    data.code not null,
  criterion data.code not null,
  n         integer not null,
  state     text not null,
  value     numeric,
  reason    data.prose,
  how       text,
  by        integer references data.account,
  at        timestamptz not null,
  digest    data.sha256 not null,
  previous  data.sha256,
  primary key (round, region, criterion, n),
  foreign key (round, region, criterion) references data.decision on delete cascade
);
-- What the assessors of an open cell say before the plenary (penyelarasan).
create table data.agreement (
  assignment integer not null references data.assignment on delete cascade,
  criterion  data.code not null,
  round      data.code not null,
  region     data.code not null,
  part       integer not null,
  state      text not null check (state in ('value', 'not_applicable', 'no_data')),
  value      numeric,
  reason     data.prose not null check (btrim(reason) <> ''),
  at         timestamptz not null default now(),
  primary key (assignment, criterion),
  foreign key (round, region, criterion) references data.decision on delete cascade
);
-- The minutes of the plenary: what was written into them, and what stands there by itself.
create table data.minutes (
  round data.code not null references data.round_run on delete cascade,
  n     integer not null,
  word  text not null check (word in ('text', 'final', 'preview', 'changed', 'na', 'published')),
  text  data.prose,
  detail jsonb,
  by    integer references data.account,
  at    timestamptz not null default now(),
  primary key (round, n)
);

create table data.recommendation (
  id        integer generated always as identity primary key,
  round     data.code not null,
  region    data.code not null,
  n         integer not null check (n > 0),
  part      integer references data.part on delete cascade,
  dimension data.code,
  criterion data.code,
  text      data.prose not null check (btrim(text) <> ''),
  agency    data.line,
  due       date,
  letter    boolean not null default false,            -- typed from the letter of a year before
  by        integer not null references data.account,
  at        timestamptz not null default now(),
  unique (round, region, n),
  foreign key (round, region) references data.entrant on delete cascade
);
-- What became of it, said in a later round; and what the lead there makes of that.
create table data.recommendation_report (
  id     integer generated always as identity primary key,
  recommendation integer not null references data.recommendation on delete cascade,
  round  data.code not null references data.round_run on delete cascade,
  step   text not null,
  text   data.prose not null check (btrim(text) <> ''),
  by     integer not null references data.account,
  at     timestamptz not null default now()
);
create index on data.recommendation_report (recommendation);
create table data.recommendation_verdict (
  recommendation integer not null references data.recommendation on delete cascade,
  round   data.code not null references data.round_run on delete cascade,
  verdict text not null check (verdict in ('done', 'partly', 'not')),
  text    data.prose,
  by      integer not null references data.account,
  at      timestamptz not null default now(),
  primary key (recommendation, round)
);

-- An interview or a visit. Place, link and names are never public; names go after a year.
create table data.meeting (
  id      integer generated always as identity primary key,
  round   data.code not null,
  region  data.code not null,
  kind    text not null check (kind in ('interview', 'visit')),
  starts  timestamptz not null,
  minutes integer not null check (minutes between 5 and 1440),
  place   data.line,
  panel   integer[] not null default '{}',             -- accounts
  people  jsonb not null default '[]',                 -- [{office, name}]
  checklist jsonb not null default '[]',
  by      integer not null references data.account,
  at      timestamptz not null default now(),
  row_version integer not null default 1,
  foreign key (round, region) references data.entrant on delete cascade
);
create index on data.meeting (round, region);
create table data.finding (
  meeting   integer not null references data.meeting on delete cascade,
  n         integer not null,
  part      integer not null references data.part on delete cascade,
  criterion data.code not null,
  text      data.prose not null check (btrim(text) <> ''),
  by        integer not null references data.account,
  at        timestamptz not null default now(),
  primary key (meeting, n)
);

-- A round that is published says so.
create function data.follow_publication() returns trigger language plpgsql as $$
begin
  update data.round_run r set state = 'published', ended_at = now()
  where r.round = new.code and r.state = 'final';
  if found then
    delete from data.mark_note n using data.assignment a
    where a.id = n.assignment and a.round = new.code;
  end if;
  return null;
end $$;
create trigger run after update of publication on data.round for each row
  when (new.publication is not null)
  execute function data.follow_publication();

-- A mark may be outside.
alter table data.mark drop constraint mark_status_check,
  add constraint mark_status_check
    check (status in ('value', 'not_applicable', 'no_data', 'outside'));
reset role;
