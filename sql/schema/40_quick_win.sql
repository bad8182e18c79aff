-- Quick wins (program percepatan) and programmes that a source names as such.

create table data.quick_win (
  id        integer primary key,          -- row order of the data file; part of its address
  region    data.code not null references data.region,
  dimension data.code references data.dimension,   -- null: the source does not say
  title     text not null check (title <> ''),
  summary   text not null,
  agency    text,                         -- perangkat daerah; null: the source does not say
  year      integer,
  source    text not null check (source <> ''),
  -- Indonesian stemming; 'simple' beside it so that names and English words are found as written.
  search    tsvector generated always as (
    setweight(to_tsvector('indonesian', title), 'A') || setweight(to_tsvector('simple', title), 'A') ||
    setweight(to_tsvector('indonesian', summary), 'B') || setweight(to_tsvector('simple', summary), 'B') ||
    setweight(to_tsvector('simple', coalesce(agency, '')), 'C')) stored
);
create index on data.quick_win using gin (search);
create index on data.quick_win (region);
create index on data.quick_win (dimension);
