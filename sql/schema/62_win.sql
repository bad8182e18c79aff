-- Quick wins as cities write them. A record has versions: a draft is changed as often as one likes,
-- and is frozen when it is submitted; the office publishes or returns it, and the next change
-- begins a new version. What is published is copied to data.quick_win, which the public pages
-- follow from.
create table data.win (
  id          integer generated always as identity primary key,
  region      data.code not null references data.region,
  -- who may write it besides the city: the owner of this dimension
  dimension   data.code references data.dimension,
  -- grows with every change of the record or of a version; who saves says which one they saw
  row_version integer not null default 1,
  newest      integer not null default 1, -- the number of the newest version
  published   integer,                    -- and of the one that the public reads
  created_by  integer not null references data.account,
  created_at  timestamptz not null default now(),
  -- One that the portal showed already, from another source, before its city took it over: its
  -- number there, and that source. What it said then is its first version.
  claimed        integer unique check (claimed between 1 and 9999),
  claimed_source text,
  claimed_by     integer references data.account,
  claimed_at     timestamptz,
  joined         integer,                 -- the number of the one that says it now
  reader         integer references data.account,      -- who of the office reads it
  check (num_nulls(claimed, claimed_source, claimed_by, claimed_at) in (0, 4))
);
create index on data.win (region);

create table data.win_version (
  win     integer not null references data.win,
  n       integer not null check (n > 0),
  state   text not null default 'draft' check (state in ('draft', 'submitted', 'published',
                                                         'returned', 'superseded', 'withdrawn',
                                                         'rejected', 'joined')),
  reason  data.prose,                     -- why it was returned, rejected, withdrawn
  -- What it says; a draft may lack anything.
  title         data.line,
  summary       data.prose,
  problem       data.prose,
  solution      data.prose,
  agency        data.line,                -- perangkat daerah
  -- a day, a month or a year (ISO 8601)
  started       text check (started ~ '^(19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-[0-3][0-9])?)?$'),
  cost          numeric check (cost >= 0),             -- rupiah
  figure        data.line,                -- what was measured, with its unit
  figure_before numeric,
  figure_after  numeric,
  figure_source data.line,
  lesson        data.prose,
  contact       data.line,
  links         data.line[] check (cardinality(links) <= 10),
  partners      data.prose,               -- who is sought for replicating it
  saved_by     integer not null references data.account,
  saved_at     timestamptz not null default now(),
  submitted_by integer references data.account,
  submitted_at timestamptz,
  decided_by   integer references data.account,        -- who published, returned or withdrew it
  decided_at   timestamptz,
  needs        data.prose,                -- people, tools and rules that it takes
  progress     text,                      -- how it stands (pub.win_progress)
  criterion    data.code,                 -- of the main criterion's children, the one it serves
  copied       integer,                   -- the number of the quick win that it copies,
  changed      data.prose,                -- and what is done in another way here
  answer       data.prose,                -- what the city says to the office's last reason
  opened_by    integer references data.account,        -- the first of the office to open it
  opened_at    timestamptz,
  primary key (win, n),
  constraint win_version_named check (state in ('draft', 'withdrawn', 'joined') or title <> ''),
  constraint win_version_reasoned
    check (state not in ('returned', 'withdrawn', 'rejected') or reason <> '')
);

-- What the office says of single fields, beside its reason.
create table data.win_remark (
  win    integer not null,
  n      integer not null,
  field  text not null,
  remark data.prose not null check (btrim(remark) <> ''),
  primary key (win, n, field),
  foreign key (win, n) references data.win_version
);

-- How much a city has written in a day (of western Indonesia): an account of one must not fill the
-- disk, however slowly.
create table data.city_day (
  region   data.code not null references data.region,
  day      date not null,
  saves    integer not null,
  versions integer not null,              -- those that were begun, of new and of old quick wins
  primary key (region, day)
);
create index city_day_old on data.city_day (day);

-- What the office notes for itself; no city reads it.
create table data.win_note (
  id         integer generated always as identity primary key,
  win        integer not null references data.win,
  note       data.prose not null check (btrim(note) <> ''),
  written_by integer not null references data.account,
  at         timestamptz not null default now()
);
create index on data.win_note (win);

-- Numbers of quick wins that the public read once: what their pages say in the place of them.
create table data.win_gone (
  quick_win integer primary key,
  region    data.code not null references data.region,
  by_office boolean not null,             -- else its city took it back
  at        timestamptz not null default now(),
  reason    data.prose,                   -- null: from before readers were told
  kept      integer,                      -- the one that it was joined to, which says it now
  check (kept <> quick_win)
);

-- A version is what it was when it was submitted, and no state can be skipped.
create function data.guard_win_version() returns trigger language plpgsql as $$
declare
  steps constant text[] := array['draft>draft', 'draft>submitted', 'draft>withdrawn',
                                 'submitted>published', 'submitted>returned',
                                 'submitted>rejected', 'submitted>joined', 'submitted>draft',
                                 'submitted>submitted', 'draft>joined', 'published>joined',
                                 'submitted>withdrawn', 'published>superseded',
                                 'published>withdrawn'];
  status constant text[] := array['state', 'reason', 'submitted_by', 'submitted_at', 'decided_by',
                                  'decided_at', 'opened_by', 'opened_at'];
begin
  if old.state || '>' || new.state <> all (steps) then
    raise exception 'a quick win that is % can not become %', old.state,
      new.state using errcode = 'restrict_violation';
  elsif old.state <> 'draft' and to_jsonb(old) - status <> to_jsonb(new) - status then
    raise exception 'a quick win that was submitted keeps its words'
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger guard before update on data.win_version for each row
  execute function data.guard_win_version();

-- What an act gives back: 'done', or why not: 'signed_out', 'forbidden' (also of what is not
-- there), 'conflict' (somebody saved in between), 'state', 'unproved' (act.proved), 'invalid' with
-- faults {field: word}, 'key_used' (of another request).
create type data.outcome as (outcome text, id integer, n integer, row_version integer,
                             faults jsonb);

-- What was answered to a request with this idempotency key: when it is sent again it is answered
-- the same and does nothing.
create table data.receipt (
  account integer not null references data.account,
  key     text not null check (key ~ '^[A-Za-z0-9_-]{16,64}$'),
  asked   data.sha256 not null,           -- of the act and what it was given
  answer  data.outcome,
  at      timestamptz not null default now(),
  primary key (account, key)
);
create index on data.receipt (at);
