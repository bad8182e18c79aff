-- Rounds, methods and inputs. A round is a code; everything else about it belongs to an intake.

-- A method: the settings and the tree of criteria. Rounds with the same version are comparable, so
-- a version has one content for ever; `digest` is the SHA-256 of the canonical text of settings and
-- tree.
create table data.method (
  id               integer generated always as identity primary key,
  version          data.code not null unique,
  digest           text not null,
  scale_min        numeric not null,
  scale_max        numeric not null,
  rounding         text not null check (rounding in ('half_up', 'half_even')),
  rank_on          text not null check (rank_on in ('value', 'exact')),
  ties             text not null check (ties in ('competition', 'dense')),
  missing          text not null check (missing in ('drop', 'scale_min', 'strict', 'worst')),
  min_coverage     numeric not null check (min_coverage between 0 and 1),
  higher_is_better boolean not null,
  draws            integer not null check (draws between 0 and 10000),
  weight_spread    numeric not null check (weight_spread >= 0 and weight_spread < 1),
  check (scale_min < scale_max)
);

-- Any node of a method's tree. Leaves are given marks, the others are computed.
create table data.criterion (
  method     integer not null references data.method on delete cascade,
  code       data.code not null,
  ord        integer not null,            -- first row in criteria.csv: display order
  height     integer not null,            -- 0 for a leaf, else 1 + the highest child
  aggregate  text not null check (aggregate in ('leaf', 'mean', 'geomean')),
  round_step numeric check (round_step > 0),    -- null: no rounding
  kind       text not null check (kind in ('index', 'component', 'dimension', 'subdimension',
                                           'indicator', 'other')),
  name_id    text not null,
  name_en    text not null,
  primary key (method, code),
  unique (method, ord)
);

-- A criterion may have several parents: a mark counts under its component and under its dimension.
create table data.criterion_edge (
  method integer not null,
  parent data.code not null,
  child  data.code not null,
  weight numeric not null check (weight > 0),
  ord    integer not null,                -- row in criteria.csv
  primary key (method, parent, child),
  unique (method, ord),
  foreign key (method, parent) references data.criterion on delete cascade,
  foreign key (method, child)  references data.criterion on delete cascade
);

create table data.round (
  code        data.code primary key,
  draft       integer,                    -- newest intake, not yet published; null: nothing waits
  -- newest publication, the one that pages show; null: none yet
  publication integer
);

-- One import of a round's inputs. Once published it never changes; a draft is replaced by the next
-- import.
create table data.intake (
  id          integer generated always as identity primary key,
  round       data.code not null references data.round,
  method      integer not null references data.method,
  title_id    text not null check (title_id <> ''),
  title_en    text not null check (title_en <> ''),
  year        integer not null check (year between 1900 and 2200),
  simulated   boolean not null,
  source      text not null,
  imported_at timestamptz not null default now(),
  -- of its package, tolok-round/1 or /2, in which its publication goes out again
  format      integer not null default 1 check (format in (1, 2))
);
create index on data.intake (round);
create index on data.intake (method);

-- Who takes part, in which group, under the name of that time.
create table data.participant (
  intake  integer not null references data.intake on delete cascade,
  region  data.code not null references data.region,
  name    text not null,
  "group" text not null,                  -- '' is a group like any other
  primary key (intake, region)
);
create index on data.participant (region);

-- A leaf's mark. A cell without a row is no_data. outside: the leaf is for other groups than this
-- region's, so it is no part of what could apply.
create table data.mark (
  intake    integer not null,
  region    data.code not null,
  criterion data.code not null,
  status    text not null check (status in ('value', 'not_applicable', 'no_data', 'outside')),
  value     numeric,
  primary key (intake, region, criterion),
  check ((status = 'value') = (value is not null)),
  foreign key (intake, region) references data.participant on delete cascade
);

-- Texts of a round of the second format, to the byte: guide.csv, minutes.txt and so on.
create table data.intake_text (
  intake integer not null references data.intake on delete cascade,
  file   text collate "C" not null,
  body   text not null,
  primary key (intake, file)
);

-- Figures as the authority published them, of any criterion; they win over our computation.
create table data.official (
  intake    integer not null,
  region    data.code not null,
  criterion data.code not null,
  value     numeric not null,
  note      text,
  source    text,
  primary key (intake, region, criterion),
  foreign key (intake, region) references data.participant on delete cascade
);
