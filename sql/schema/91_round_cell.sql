-- What a city says in a round. One row per round, city and leaf that applies to it (data.cell) is
-- made when the round opens: a missing row never means anything. A part is what one dimension of
-- one city has of them: whoever may see or write cells may do so by part, so that policies compare
-- numbers. A leaf of no dimension belongs to the part `umum`.
create table data.part (
  id        integer generated always as identity primary key,
  round     data.code not null,
  region    data.code not null,
  dimension data.code not null,
  unique (round, region, dimension),
  foreign key (round, region) references data.entrant on delete cascade
);
create index on data.part (region);

create table data.cell (
  round     data.code not null,
  region    data.code not null,
  criterion data.code not null,
  dimension data.code not null,
  part      integer not null references data.part on delete cascade,
  -- open: nothing was said yet. no_data: the city says that it has none.
  state     text not null default 'open'
    check (state in ('open', 'value', 'not_applicable', 'no_data')),
  value     numeric,
  reason    data.prose,
  row_version integer not null default 1,
  saved_by  integer references data.account,
  saved_at  timestamptz,
  digest    data.sha256,                   -- of the newest version
  pieces    integer not null default 0,    -- of evidence, kept by data.count_pieces
  complete  boolean not null default false,            -- kept by data.judge_cell
  -- Its criterion is gone, as the round was moved to another version of the method.
  aside     boolean not null default false,
  primary key (round, region, criterion),
  check ((state = 'value') = (value is not null)),
  check (state <> 'not_applicable' or btrim(reason) <> '')
);
create index on data.cell (part);

-- Each save, with the digest of what it is and of the one before it.
create table data.answer_version (
  round     data.code not null,
  region    data.code not null,
  criterion data.code not null,
  n         integer not null,
  part      integer not null,
  state     text not null,
  value     numeric,
  reason    data.prose,
  by        integer not null references data.account,
  at        timestamptz not null,
  digest    data.sha256 not null,
  previous  data.sha256,
  primary key (round, region, criterion, n),
  foreign key (round, region, criterion) references data.cell on delete cascade
);

create function data.version_digest(what jsonb, previous text) returns text
language sql immutable parallel safe
return encode(sha256(convert_to(jsonb_build_array(what, previous)::text, 'UTF8')), 'hex');

-- What a guide asks of a leaf for that value.
create function data.asked_of(method integer, criterion text, value numeric, out pieces integer,
                              out reason boolean)
language plpgsql stable as $$
begin
  select coalesce(o.pieces, g.pieces), coalesce(o.reason, g.reason) into pieces, reason
  from data.guide g
  left join data.guide_option o on o.method = g.method and o.criterion = g.criterion
    and o.value = asked_of.value
  where g.method = asked_of.method and g.criterion = asked_of.criterion;
  pieces := coalesce(pieces, 0);
  reason := coalesce(reason, false);
end $$;
-- A cell is complete when it is not open and has the reason and the pieces of evidence that its
-- guide asks for; where there is no value, no pieces.
create function data.judge_cell() returns trigger language plpgsql as $$
declare
  asked record;
begin
  if new.state = 'open' then
    new.complete := false;
  elsif new.state <> 'value' then
    new.complete := true;
  else
    select * into asked from data.asked_of((select r.method from data.round_run r
                                            where r.round = new.round), new.criterion, new.value);
    new.complete := new.pieces >= asked.pieces
                    and (not asked.reason or coalesce(btrim(new.reason), '') <> '');
  end if;
  return new;
end $$;
create trigger judge before insert or update on data.cell for each row
  execute function data.judge_cell();

-- A piece of evidence: a file, by the digest of its bytes, or a link. It stays what it is; another
-- one takes its place.
create table data.evidence (
  id      integer generated always as identity primary key,
  region  data.code not null references data.region,
  round   data.code not null references data.round_run on delete cascade,    -- added in
  step    text not null,
  kind    text not null check (kind in ('file', 'link')),
  digest  data.sha256,
  bytes   integer check (bytes between 1 and 41943040),
  url     data.line check (url ~ '^https?://'),
  title   data.line not null check (btrim(title) <> ''),
  year    integer check (year between 1900 and 2200),
  public  boolean not null default false,  -- else for assessors only
  by      integer not null references data.account,
  at      timestamptz not null default now(),
  check ((kind = 'file') = (digest is not null and bytes is not null)),
  check ((kind = 'link') = (url is not null))
);
create index on data.evidence (region, round);

-- Where it serves: a cell, or a whole dimension (criterion null). From and until when by step, so
-- that what an assessor saw can be shown for ever.
create table data.evidence_use (
  id        integer generated always as identity primary key,
  evidence  integer not null references data.evidence on delete cascade,
  round     data.code not null,
  region    data.code not null,
  dimension data.code not null,
  part      integer not null references data.part on delete cascade,
  criterion data.code,
  page      data.line,
  step      text not null,
  since     timestamptz not null default now(),
  by        integer not null references data.account,
  until_step text,
  until     timestamptz,
  check ((until is null) = (until_step is null)),
  foreign key (round, region, criterion) references data.cell on delete cascade
);
create index on data.evidence_use (part);
create index on data.evidence_use (round, region, criterion);
create unique index evidence_use_once
  on data.evidence_use (evidence, part, coalesce(criterion, '')) where until is null;

create function data.count_pieces() returns trigger language plpgsql as $$
declare
  u constant data.evidence_use := case tg_op when 'DELETE' then old else new end;
  more constant integer := case tg_op
    when 'INSERT' then (new.until is null)::integer
    when 'DELETE' then -(old.until is null)::integer
    else (new.until is null)::integer - (old.until is null)::integer end;
begin
  if more <> 0 then
    -- What the desk shows of a cell has changed, not what its city says.
    update data.cell c set pieces = c.pieces + more
    where c.part = u.part and (u.criterion is null or c.criterion = u.criterion);
  end if;
  return null;
end $$;
create trigger count after insert or update of until or delete on data.evidence_use
  for each row execute function data.count_pieces();

-- What an assessor asks a city for, on a cell or a dimension: it opens exactly that, until then.
create table data.question (
  id        integer generated always as identity primary key,
  round     data.code not null,
  region    data.code not null,
  dimension data.code not null,
  part      integer not null references data.part on delete cascade,
  criterion data.code,
  asks      text not null check (asks in ('answer', 'evidence', 'words')),
  text      data.prose not null check (btrim(text) <> ''),
  due       timestamptz,
  by        integer not null references data.account,
  at        timestamptz not null default now(),
  closed_by integer references data.account,
  closed_at timestamptz,
  check ((closed_by is null) = (closed_at is null)),
  foreign key (round, region, criterion) references data.cell on delete cascade
);
create index on data.question (part) where closed_at is null;
-- The thread below it, which is never published.
create table data.question_line (
  question integer not null references data.question on delete cascade,
  n        integer not null,
  part     integer not null,
  text     data.prose not null check (btrim(text) <> ''),
  by       integer not null references data.account,
  at       timestamptz not null default now(),
  primary key (question, n)
);

-- That a city has sent what it has; what is saved counts, sent or not.
create table data.submission (
  id        integer generated always as identity primary key,
  round     data.code not null,
  region    data.code not null,
  dimension data.code,                     -- null: all
  step      text not null,
  complete  integer not null,
  cells     integer not null,
  by        integer not null references data.account,
  at        timestamptz not null default now(),
  foreign key (round, region) references data.entrant on delete cascade
);
create index on data.submission (round, region);

-- Where a city wants to be when the round is over; criterion '': the index.
create table data.target (
  round     data.code not null,
  region    data.code not null,
  criterion text not null,
  value     numeric not null,
  by        integer not null references data.account,
  at        timestamptz not null default now(),
  primary key (round, region, criterion),
  foreign key (round, region) references data.entrant on delete cascade
);

-- How much somebody has saved for a city in a minute, until the trail is told so in one row: each
-- save would else wait for the head of the trail (data.audit_head), which bounds a desk to some 200
-- a second.
create table data.saves (
  account integer not null references data.account,
  round   data.code not null,
  region  data.code not null,
  kind    text not null check (kind in ('answer', 'mark')),
  minute  timestamptz not null,
  saves   integer not null,
  digest  data.sha256 not null,            -- of the last one
  source  text not null,
  request text not null,
  primary key (account, round, region, kind, minute)
);
