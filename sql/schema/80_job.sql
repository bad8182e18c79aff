-- Work that takes longer than a request: a job is a row, and the service `job` (`tolok job serve`)
-- does one after another as a role of its own. How publishing becomes one: a preview of the draft
-- is computed and kept, an office account asks that it be published, another one confirms, and the
-- job that follows copies what was kept. The programme office sees all of it, nobody else any of
-- it.

-- What publishing the draft of a round would show, computed once (data.preview_result) and compared
-- with what is published (data.preview_row). Previews and what hangs on them name a round without
-- referring to it: imports hold that table for as long as they take.
create table data.preview (
  id        integer generated always as identity primary key,
  round     data.code not null,
  intake    integer references data.intake on delete set null,   -- the draft; null: replaced
  base      integer references data.publication,       -- compared with; null: the round has none
  n         integer not null check (n > 0),            -- of the publication that it would be
  made_at   timestamptz not null default now(),
  made_by   integer references data.account,
  -- outdated: the draft or what is published is another one, or a newer preview took its place
  state     text not null default 'ready' check (state in ('ready', 'outdated', 'published')),
  why       text check (why in ('draft', 'publication', 'newer')),
  ended_at  timestamptz,
  title_id  text not null,
  title_en  text not null,
  year      integer not null,
  simulated boolean not null,
  method    text not null,                 -- its version
  main      data.code not null,            -- the criterion that the round is ranked by,
  main_name_id text not null,              -- its names and its rounding
  main_name_en text not null,
  round_step numeric,
  scale_min numeric not null,              -- of the method
  scale_max numeric not null,
  higher_is_better boolean not null,
  draws     integer not null,
  regions   integer not null,
  criteria  integer not null,
  digest    data.sha256 not null,          -- of the package that it would be published as
  -- That package is to the byte the one of `base`: there is nothing to correct.
  same      boolean not null,
  -- Regions that enter and leave; those whose value, rank, coverage or interval in the ranked
  -- criterion is another one; those where something else is.
  entering  integer not null,
  leaving   integer not null,
  changed_values    integer not null,
  changed_ranks     integer not null,
  changed_coverage  integer not null,
  changed_intervals integer not null,
  changed_others    integer not null,
  -- Files of the package that differ from those of `base`.
  changed_files     text[] not null,
  check ((state = 'ready') = (ended_at is null)),
  check ((state = 'outdated') = (why is not null))
);
create index on data.preview (round);
create index on data.preview (intake);
create index on data.preview (base);
create unique index preview_ready on data.preview (round) where state = 'ready';

-- The results of a preview that is ready, as data.result has those of a publication.
create table data.preview_result (
  preview     integer not null references data.preview on delete cascade,
  region      data.code not null,
  criterion   data.code not null,
  "group"     text not null,
  status      text not null,
  value       numeric,
  exact       numeric,
  computed    numeric,
  official    numeric,
  rank        integer,
  label       text,
  "of"        integer,
  rank_low    numeric,
  rank_median numeric,
  rank_high   numeric,
  coverage    numeric,
  applicable  numeric not null,
  primary key (preview, criterion, region)
);

-- The ranking by its main criterion, beside what is published.
create table data.preview_row (
  preview integer not null references data.preview on delete cascade,
  ord     integer not null,                -- by group and rank
  region  data.code not null,
  name    text not null,                   -- of that time
  "group" text not null,
  value   numeric,
  rank    integer,
  label   text,
  "of"    integer,
  low     numeric,
  median  numeric,
  high    numeric,
  coverage   numeric,
  applicable numeric,
  value_before numeric,
  label_before text,
  low_before   numeric,
  high_before  numeric,
  coverage_before   numeric,
  applicable_before numeric,
  -- 'changed', be it only in another criterion
  news    text check (news in ('enters', 'leaves', 'changed')),
  primary key (preview, ord),
  unique (preview, region)
);

-- Who has opened the page of a preview: nobody confirms what they have not seen.
create table data.preview_seen (
  preview integer not null references data.preview on delete cascade,
  account integer not null references data.account,
  seen_at timestamptz not null default now(),
  primary key (preview, account)
);

-- That a preview be published: asked for by one office account, confirmed by another one.
create table data.request (
  id         integer generated always as identity primary key,
  preview    integer not null references data.preview,
  round      data.code not null,
  n          integer not null,
  reason     text check (reason <> ''),    -- of a correction
  publish_at timestamptz,                  -- not before; null: when it is confirmed
  asked_by   integer not null references data.account,
  asked_at   timestamptz not null default now(),
  confirmed_by integer references data.account,
  confirmed_at timestamptz,
  state      text not null default 'asked'
    check (state in ('asked', 'confirmed', 'published', 'withdrawn', 'refused')),
  ended_by   integer references data.account,          -- null: by itself
  ended_at   timestamptz,
  word       text,                         -- why it came to nothing by itself
  withdrawal text check (withdrawal <> ''),            -- and why somebody withdrew it
  publication integer references data.publication,
  check (confirmed_by <> asked_by),
  check ((confirmed_by is null) = (confirmed_at is null)),
  check (state not in ('confirmed', 'published') or confirmed_by is not null),
  check ((state in ('asked', 'confirmed')) = (ended_at is null)),
  check ((state = 'published') = (publication is not null))
);
create index on data.request (preview);
create unique index request_open on data.request (round) where state in ('asked', 'confirmed');

-- Kinds are more to come.
create table data.job (
  id        integer generated always as identity primary key,
  kind      text not null check (kind in ('preview', 'publish', 'import', 'gather', 'export')),
  round     data.code,                     -- null: an upload that was not read yet
  asked_by  integer not null references data.account,
  asked_at  timestamptz not null default now(),
  due_at    timestamptz not null default now(),        -- not before
  -- done: what was wanted. refused: it came to its end, which says no. failed: an error of ours.
  state     text not null default 'queued'
    check (state in ('queued', 'running', 'done', 'refused', 'failed', 'cancelled')),
  attempts  integer not null default 0,
  began_at  timestamptz,                   -- the newest attempt
  beat_at   timestamptz,                   -- when its service was last heard of
  ended_at  timestamptz,
  cancel_by integer references data.account,
  cancel_at timestamptz,
  -- What it is at, and how far: n of m.
  stage     text not null default 'queued',
  n         integer,
  m         integer,
  moved_at  timestamptz,
  word      text,                          -- why it was refused or failed,
  detail    jsonb,                         -- and what goes with it
  preview   integer references data.preview,           -- made, or published
  request   integer references data.request,
  publication integer references data.publication,     -- made, or exported
  new_regions boolean not null default false,          -- an import creates regions
  name      data.line,                     -- of the file that was brought, or is to be taken
  digest    data.sha256,                   -- and of its bytes
  bytes     integer,
  check ((state in ('queued', 'running')) = (ended_at is null)),
  check ((state in ('refused', 'failed')) = (word is not null)),
  check ((kind = 'publish') = (request is not null)),
  check (kind <> 'export' or publication is not null),
  check (kind in ('import', 'export') or round is not null)
);
create index job_due on data.job (due_at, id) where state in ('queued', 'running');
create index on data.job (round);
create index on data.job (preview);
create index on data.job (request);
create index on data.job (publication);
create unique index job_open on data.job (round, kind)
  where state in ('queued', 'running') and kind in ('preview', 'publish', 'gather');

-- The bytes of a package that was brought, until it was read.
create table data.job_package (
  job   integer primary key references data.job on delete cascade,
  bytes bytea not null
);

-- What is wrong with a package, or (note) may be an oversight, in the order of its files and lines.
create table data.job_fault (
  job      integer not null references data.job on delete cascade,
  ord      integer not null,
  note     boolean not null,
  file     text not null,
  line     integer,
  "column" text,
  message  text not null,
  primary key (job, ord)
);

-- What became of a job, in order.
create table data.job_log (
  job    integer not null references data.job on delete cascade,
  ord    integer not null,
  at     timestamptz not null default clock_timestamp(),
  word   text not null,
  detail jsonb,
  primary key (job, ord)
);

do $$
declare
  name text;
begin
  foreach name in array array['preview', 'preview_result', 'preview_row', 'preview_seen',
                              'request', 'job', 'job_package', 'job_fault', 'job_log'] loop
    execute format('alter table data.%s enable row level security, force row level security', name);
    execute format('create policy owner on data.%s to tolok_owner using (true) with check (true)',
                   name);
    if name not in ('preview_result', 'job_package') then
      execute format('create policy desk on data.%s for select to tolok_desk '
                     'using ((select data.actor_role()) = ''office'')', name);
    end if;
  end loop;
end $$;
