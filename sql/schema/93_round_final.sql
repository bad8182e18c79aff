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
