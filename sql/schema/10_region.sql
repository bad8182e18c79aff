-- Regions (kabupaten and kota), the six dimensions and the facts that were published about regions.

-- Codes and slugs are text: 35.10 is not 35.1.
create domain data.code as text check (value ~ '^[A-Za-z0-9._-]{1,64}$');
create domain data.slug as text check (value ~ '^[a-z0-9._-]{1,64}$');

create table data.province (
  code data.code primary key,             -- Kemendagri code, two digits
  slug data.slug not null unique,         -- 'jawa-timur'
  name text not null
);

create table data.region (
  code        data.code primary key,      -- Kemendagri code '35.71', or a package's own code
  -- 'kota-kediri'; a new region of a package: its lower-case code
  slug        data.slug not null unique,
  name        text not null check (name <> ''),
  -- null: a region that only a package knows
  kind        text check (kind in ('kota', 'kabupaten')),
  province    data.code references data.province,
  population  integer check (population > 0),
  area_km2    numeric check (area_km2 > 0),
  -- centroid; for island regencies it can lie in the sea
  latitude    numeric check (latitude between -90 and 90),
  longitude   numeric check (longitude between -180 and 180),
  member      boolean not null default false,   -- one of the portal's fifty
  -- first year of selection into the programme; null: not known
  cohort_year integer,
  -- of code, population and area; null: a region of a package
  source      text
);
create index on data.region (province);

-- Which region was selected in which year, as far as sources tell.
create table data.cohort (
  region   data.code not null references data.region,
  year     integer not null,
  evidence text not null check (evidence in ('stated', 'inferred', 'conflicting')),
  source   text not null,
  primary key (region, year)
);

create table data.dimension (
  code    data.code primary key,          -- 'governance'; also the class and the symbol of its mark
  ord     integer not null unique,
  name_id text not null,
  name_en text not null,
  about_id text not null,                 -- what the dimension covers, a few words
  about_en text not null
);

-- Figures exactly as they were published, each with its source. City pages read them directly; the
-- packages of the real years are generated from them.
create table data.published_figure (
  id          integer primary key,        -- row order of the data file
  region      data.code not null references data.region,
  year        integer,                    -- null: the source bears no date
  measure     text not null,
  value       numeric not null,
  -- of a rank: among whom
  rank_scope  text check (rank_scope in ('national', 'province', 'group')),
  "group"     text,                       -- group as the source states it
  -- how many were evaluated or ranked together, as stated
  denominator integer check (denominator > 0),
  confidence  text not null check (confidence in ('stated', 'inferred', 'weak', 'conflicting',
                                                  'undated')),
  note        text,
  source      text not null check (source <> ''),
  check ((measure like '%rank%') = (rank_scope is not null)),   -- a rank says among whom
  check ((year is null) = (confidence = 'undated'))
);
create index on data.published_figure (region, year);
