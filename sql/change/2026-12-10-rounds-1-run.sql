-- Rounds that are run here: their steps, who takes part, what cities say.
set local role tolok_owner;
-- Rounds that are run here: their steps, who takes part, and what is asked of them. What everybody
-- may do when stands in data.round_right, and nowhere else; sql/act/round_10_right.sql answers from
-- it. Such a round becomes an intake (20_round.sql) when its last cell is decided, and from there
-- on is published as any other one.

-- The time zone of a province. In Kalimantan the western half has that of Java.
alter table data.province add column if not exists zone text generated always as (
  case when left(code, 1) in ('1', '2', '3') or code in ('61', '62') then 'Asia/Jakarta'
       when left(code, 1) in ('5', '6', '7') then 'Asia/Makassar'
       else 'Asia/Jayapura' end) stored;

-- A round is named without reference to data.round, whose row begins with its first intake.
create table data.round_run (
  round       data.code primary key,
  title_id    data.line not null check (btrim(title_id) <> ''),
  title_en    data.line not null check (btrim(title_en) <> ''),
  year        integer not null check (year between 1900 and 2200),
  -- what evidence is about
  period_from date not null,
  period_to   date not null,
  method      integer not null references data.method,
  -- simulated, with a copy of its method; it is deleted whole
  rehearsal   boolean not null default false,
  state       text not null default 'draft'
    check (state in ('draft', 'open', 'final', 'published', 'off')),
  -- blind: nobody sees another one's marks until all of a city and dimension have signed. panel:
  -- the lead marks for all, each other one agrees by signing, or notes a dissent.
  how         text not null default 'blind' check (how in ('blind', 'panel')),
  marks       integer not null default 2 check (marks between 1 and 5),      -- that a cell needs
  -- how many steps of a criterion's options marks may differ and still be averaged
  tolerance   integer not null default 1 check (tolerance between 0 and 9),
  repair_everywhere boolean not null default false,    -- or only where a question asks
  own_province boolean not null default false,         -- an assessor may be of the city's province
  advised_years integer not null default 3 check (advised_years between 0 and 30),
  -- how much of the index's weight may be not applicable without a reason
  na_limit    numeric not null default 0.10 check (na_limit between 0 and 1),
  na_reason   data.prose,
  -- days from the beginning of final: in which the assessors may agree, and leads may answer
  agree_days  integer not null default 7 check (agree_days between 0 and 30),
  answer_days integer not null default 14 check (answer_days between 0 and 60),
  row_version integer not null default 1,
  created_by  integer not null references data.account,
  created_at  timestamptz not null default now(),
  opened_at   timestamptz,
  final_at    timestamptz,
  ended_at    timestamptz,
  off_reason  data.prose,
  check (period_from <= period_to),
  check ((state = 'off') = (off_reason is not null)),
  check (state not in ('open', 'final') or opened_at is not null),
  check (state <> 'final' or final_at is not null)
);
create unique index round_run_title on data.round_run (lower(title_id)) where state <> 'off';
create index on data.round_run (method);

-- The five steps that the clock begins and ends; `final` is a state, which the office begins.
create function data.step_place(step text) returns integer language sql immutable strict
parallel safe
return array_position(array['self', 'review', 'repair', 'verify', 'reply'], step);

-- Who may write what in which step. `needs`: also this has to be so (act.round_right).
create table data.round_right (
  step  text not null,
  role  text not null,
  kind  text not null,
  needs text check (needs in ('asked', 'thread', 'unsigned', 'unsent', 'objected', 'lead',
                              'answering', 'agreeing')),
  primary key (step, role, kind)
);
insert into data.round_right (step, role, kind, needs) values
  ('self', 'operator', 'answer', null), ('self', 'owner', 'answer', null),
  ('self', 'operator', 'evidence', null), ('self', 'owner', 'evidence', null),
  ('self', 'operator', 'report', null), ('self', 'owner', 'report', null),
  ('self', 'operator', 'target', null),
  ('review', 'assessor', 'question', null), ('review', 'assessor', 'recommendation', null),
  ('review', 'assessor', 'verdict', 'lead'),
  ('review', 'operator', 'words', 'thread'), ('review', 'owner', 'words', 'thread'),
  ('repair', 'operator', 'answer', 'asked'), ('repair', 'owner', 'answer', 'asked'),
  ('repair', 'operator', 'evidence', 'asked'), ('repair', 'owner', 'evidence', 'asked'),
  ('repair', 'operator', 'report', null), ('repair', 'owner', 'report', null),
  ('verify', 'assessor', 'mark', 'unsigned'), ('verify', 'assessor', 'signature', 'unsigned'),
  ('verify', 'assessor', 'question', null), ('verify', 'assessor', 'meeting', null),
  ('verify', 'assessor', 'recommendation', null),
  ('verify', 'operator', 'evidence', 'asked'), ('verify', 'owner', 'evidence', 'asked'),
  ('verify', 'operator', 'words', 'thread'), ('verify', 'owner', 'words', 'thread'),
  ('reply', 'operator', 'objection', 'unsent'), ('reply', 'operator', 'evidence', 'objected'),
  ('reply', 'assessor', 'objection_answer', 'lead'),
  ('final', 'assessor', 'objection_answer', 'answering'),
  ('final', 'assessor', 'agreement', 'agreeing'),
  ('final', 'office', 'decision', null);

create table data.round_step (
  round  data.code not null references data.round_run on delete cascade,
  step   text not null check (data.step_place(step) is not null),
  opens  timestamptz not null,
  closes timestamptz not null,
  primary key (round, step),
  check (opens < closes)
);

-- Who takes part, as they were when they joined.
create table data.entrant (
  round       data.code not null references data.round_run on delete cascade,
  region      data.code not null references data.region,
  name        text not null,
  "group"     data.line not null,
  kind        text,
  province    data.code,
  zone        text not null,
  population  integer,
  area_km2    numeric,
  cohort_year integer,
  joined_at   timestamptz not null default now(),
  joined_reason data.prose,                -- of one that joined an open round
  -- It withdrew: its texts stay with the office, and it counts nowhere.
  left_at     timestamptz,
  left_reason data.prose,
  primary key (round, region),
  check ((left_at is null) = (left_reason is null))
);
create index on data.entrant (region);

-- A longer step, of one city or of all (null).
create table data.extension (
  id     integer generated always as identity primary key,
  round  data.code not null,
  step   text not null,
  region data.code,
  closes timestamptz not null,
  reason data.prose not null check (btrim(reason) <> ''),
  by     integer not null references data.account,
  at     timestamptz not null default now(),
  foreign key (round, step) references data.round_step on delete cascade
);
create index on data.extension (round);

-- Each city's own calendar, which follows from the two above (data.follow_calendar): a longer step
-- moves the beginning of those that come after it.
create table data.city_step (
  round  data.code not null,
  region data.code not null,
  step   text not null,
  opens  timestamptz not null,
  closes timestamptz not null,
  primary key (round, region, step),
  foreign key (round, region) references data.entrant on delete cascade
);

create function data.make_calendar(round text) returns void language sql
set search_path = pg_catalog, pg_temp as $$
  delete from data.city_step c where c.round = make_calendar.round;
  insert into data.city_step (round, region, step, opens, closes)
  select e.round, e.region, s.step,
         greatest(s.opens, max(w.closes) over earlier), w.closes
  from data.entrant e
  join data.round_step s on s.round = e.round
  cross join lateral (
    select greatest(s.closes, max(x.closes)) as closes from data.extension x
    where x.round = s.round and x.step = s.step and (x.region is null or x.region = e.region)) w
  where e.round = make_calendar.round
  window earlier as (partition by e.region order by data.step_place(s.step)
                     rows between unbounded preceding and 1 preceding)
$$;
create function data.follow_calendar() returns trigger language plpgsql as $$
declare
  moved text;
begin
  if tg_op = 'DELETE' then
    for moved in select distinct c.round from changed c loop
      if exists (select from data.round_run r where r.round = moved) then
        perform data.make_calendar(moved);
      end if;
    end loop;
  else
    for moved in select distinct c.round from changed c loop
      perform data.make_calendar(moved);
    end loop;
  end if;
  return null;
end $$;
do $$
declare
  source text;
begin
  foreach source in array array['round_step', 'entrant', 'extension'] loop
    execute format('create trigger calendar_added after insert on data.%s referencing new table '
                   'as changed for each statement execute function data.follow_calendar()', source);
    execute format('create trigger calendar_gone after delete on data.%s referencing old table '
                   'as changed for each statement execute function data.follow_calendar()', source);
    if source <> 'entrant' then
      execute format('create trigger calendar_moved after update on data.%s referencing new table '
                     'as changed for each statement execute function data.follow_calendar()',
                     source);
    end if;
  end loop;
end $$;

-- What the guide says of a leaf. It belongs to the method's version and is frozen with it.
create table data.guide (
  method    integer not null,
  criterion data.code not null,
  text      data.prose,
  dimension data.code references data.dimension,       -- null: that of the tree
  na        data.prose,                    -- the condition of "not applicable"; null: there is none
  pieces    integer not null default 0 check (pieces between 0 and 20),   -- of evidence
  reason    boolean not null default false,
  groups    text[],                        -- of the round that it is for; null: all
  was       data.code,                     -- its code in the version before
  primary key (method, criterion),
  foreign key (method, criterion) references data.criterion on delete cascade
);
-- Where a leaf has options, answers and marks are one of them. What it asks for wins over the leaf.
create table data.guide_option (
  method    integer not null,
  criterion data.code not null,
  value     numeric not null,
  label     data.line not null,
  pieces    integer check (pieces between 0 and 20),
  reason    boolean,
  primary key (method, criterion, value),
  foreign key (method, criterion) references data.guide on delete cascade
);
-- The version that a version follows, and whether values of both may be compared.
create table data.method_after (
  method      integer primary key references data.method on delete cascade,
  predecessor integer not null references data.method,
  comparable  boolean not null,
  reason      data.prose not null,
  check (method <> predecessor)
);

-- A method that an opened round uses stays as it is, with its guide. Rehearsals have copies.
create function data.refuse_used_method() returns trigger language plpgsql as $$
declare
  named constant jsonb := case tg_op when 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
begin
  if exists (select from data.round_run r
             where r.method = coalesce(named ->> 'method', named ->> 'id')::integer
               and not r.rehearsal and r.state in ('open', 'final', 'published')) then
    raise exception 'the method of an open round stays as it is' using errcode
      = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
do $$
declare
  source text;
begin
  foreach source in array array['method', 'criterion', 'criterion_edge', 'guide',
                                'guide_option'] loop
    execute format('create trigger used before insert or update or delete on data.%s '
                   'for each row execute function data.refuse_used_method()', source);
  end loop;
end $$;

-- What an office person has to know, that nobody did by hand.
create table data.round_notice (
  id     integer generated always as identity primary key,
  round  data.code not null references data.round_run on delete cascade,
  region data.code,
  word   text not null,
  detail jsonb,
  at     timestamptz not null default now()
);
create index on data.round_notice (round);
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
reset role;
