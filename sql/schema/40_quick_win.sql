-- Quick wins (program percepatan) and programmes that a source names as such.

create table data.quick_win (
  id        integer primary key,          -- row order of the data file; part of its address
  region    data.code not null references data.region,
  dimension data.code references data.dimension,   -- null: the source does not say
  title     text not null check (title <> ''),
  summary   text not null,
  agency    text,                         -- perangkat daerah; null: the source does not say
  year      integer,
  source    text not null check (source <> '')
);
create index quick_win_newest on data.quick_win (region, year desc nulls last, id desc);
create index on data.quick_win (dimension);
