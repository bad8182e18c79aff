-- What pages read follows one quick win at a time. The tables that pages read follow from the
-- others, so that what is there can be dropped;
-- they are made anew, and the code fills them.
set local role tolok_owner;
do $$
declare
  dropped text;
begin
  for dropped in select c.oid::regclass::text from pg_class c
                 where c.relnamespace = 'data'::regnamespace and c.relkind = 'r' and c.relname like
                   'read\_%' loop
    execute 'drop table ' || dropped;
  end loop;
end $$;
drop function if exists data.follow(), data.follow_wins(), data.follow_members() cascade;
create table data.read_publication (
  id           integer primary key,
  round        text not null,
  n            integer not null,
  current      boolean not null,
  standard     boolean not null,
  ord          integer not null,
  before       integer,
  earlier      boolean not null,
  published_at timestamptz not null,
  supersedes   integer,
  reason       text,
  digest       text not null,
  previous_digest text,
  intake       integer not null,
  title_id     text not null,
  title_en     text not null,
  label_id     text not null,
  label_en     text not null,
  year         integer not null,
  simulated    boolean not null,
  programme    boolean not null,
  source       text not null,
  method       integer not null,
  version      text not null,
  scale_min    numeric not null,
  scale_max    numeric not null,
  rounding     text not null,
  rank_on      text not null,
  ties         text not null,
  missing      text not null,
  min_coverage numeric not null,
  higher_is_better boolean not null,
  direction    integer not null,
  draws        integer not null,
  weight_spread numeric not null,
  main         text not null,
  main_aggregate text not null,
  main_step    numeric,
  unique (round, n)
);
create index on data.read_publication (ord) where current;
create table data.read_criterion (
  publication integer not null,
  code        text not null,
  ord         integer not null,
  height      integer not null,
  aggregate   text not null,
  round_step  numeric,
  kind        text not null,
  name_id     text not null,
  name_en     text not null,
  about_id    text,
  about_en    text,
  root        boolean not null,
  main        boolean not null,
  dimension   text,
  dimension_ord integer,
  parents_id  text,
  parents_en  text,
  part_ord    integer,
  weight      numeric,
  share       numeric,
  stroke      numeric,
  participants integer not null,
  ranked      integer not null,
  groups      integer not null,
  provinces   integer not null,
  kinds       integer not null,
  official    boolean not null,
  sourced     boolean not null,
  lowest      numeric,
  quartile_low numeric,
  median      numeric,
  quartile_high numeric,
  highest     numeric,
  primary key (publication, code)
);
create table data.read_group (
  publication integer not null,
  criterion   text not null,
  "group"     text not null,
  size        integer not null,
  ranked      integer not null,
  intervals   boolean,
  lowest      numeric,
  quartile_low numeric,
  median      numeric,
  quartile_high numeric,
  highest     numeric,
  median_shown numeric,
  median_at   numeric,
  quartile_low_shown numeric,
  quartile_high_shown numeric,
  quartile_at numeric,
  quartile_width numeric,
  primary key (publication, criterion, "group")
);
create table data.read_result (
  publication integer not null,
  criterion   text not null,
  region      text not null,
  "group"     text not null,
  status      text not null,
  value       numeric,
  shown       numeric,
  bar         text,
  at          numeric,
  exact       numeric,
  computed    numeric,
  computed_shown numeric,
  official    numeric,
  rank        integer,
  label       text,
  "of"        integer,
  rank_low    numeric,
  rank_high   numeric,
  rank_low_at numeric,
  rank_high_at numeric,
  rank_at     numeric,
  contribution numeric,
  source      text,
  ref         integer,
  source_url  text,
  source_name text,
  primary key (publication, criterion, region)
);
create index on data.read_result (region, publication);
create index on data.read_result (publication) where official is not null;
create table data.read_entrant (
  publication integer not null,
  region      text not null,
  simulated   boolean not null,
  year        integer not null,
  round       text collate "C" not null,
  name        text not null,
  bare        text not null,
  "group"     text not null,
  slug        text not null,
  kind        text,
  member      boolean not null,
  province    text,
  province_slug text,
  province_name text,
  status      text not null,
  value       numeric,
  shown       numeric,
  bar         text,
  at          numeric,
  exact       numeric,
  computed    numeric,
  computed_shown numeric,
  official    numeric,
  rank        integer,
  label       text,
  "of"        integer,
  rank_low    numeric,
  rank_high   numeric,
  ref         integer,
  said_by     text,
  source_url  text,
  source_name text,
  has_value   boolean not null,
  has_dimension boolean not null,
  parts_told  boolean not null,
  dimensions_told boolean not null,
  others_told boolean not null,
  apart       boolean not null,
  untold      boolean not null,
  covered     numeric,
  governance  numeric not null,
  branding    numeric not null,
  economy     numeric not null,
  living      numeric not null,
  society     numeric not null,
  environment numeric not null,
  ministry_rank numeric,
  ministry_scope text,
  ministry_group text,
  ministry_of integer,
  ministry_implied boolean,
  improvement numeric,
  improvement_source text,
  target      numeric,
  target_source text,
  has_facts   boolean not null,
  example     boolean not null,
  primary key (publication, region)
);
create index on data.read_entrant (region, simulated, year, round);
create table data.read_change (
  publication integer not null,
  criterion   text not null,
  region      text not null,
  ord         integer not null,
  main        boolean not null,
  name_id     text not null,
  name_en     text not null,
  slug        text not null,
  name        text not null,
  bare        text not null,
  valued      boolean not null,
  entered     boolean not null,
  left_out    boolean not null,
  old_value   numeric,
  new_value   numeric,
  old_shown   numeric,
  new_shown   numeric,
  old_label   text,
  new_label   text,
  primary key (publication, criterion, region)
);
create table data.read_region (
  code        text primary key,
  slug        text not null unique,
  name        text not null,
  bare        text not null,
  kind        text,
  province    text,
  province_slug text,
  province_name text,
  population  integer,
  area        numeric,
  member      boolean not null,
  cohort_year integer,
  listed      boolean not null,
  publication integer,
  value       numeric,
  shown       numeric,
  label_id    text,
  label_en    text,
  has_facts   boolean not null,
  wins        integer not null,
  real_past   boolean not null,
  simulated_past boolean not null,
  targets     boolean not null,
  x           numeric,
  y           numeric,
  near_x      numeric,
  near_y      numeric,
  longitude   numeric,
  words       text not null,
  at          numeric
);
create index on data.read_region (province);
create table data.read_figure (
  id          integer primary key,
  region      text not null,
  year        integer,
  measure     text not null,
  ord         integer,
  unit        text,
  name_id     text not null,
  name_en     text not null,
  value       numeric not null,
  shown       numeric not null,
  rank_scope  text,
  "group"     text,
  denominator integer,
  confidence  text not null,
  note        text,
  source      text not null,
  source_url  text,
  source_name text not null
);
create index on data.read_figure (region, year);
create table data.read_win (
  id          integer primary key,
  region      text not null,
  slug        text not null,
  name        text not null,
  bare        text not null,
  kind        text,
  province    text,
  province_slug text,
  province_name text,
  dimension   text,
  dimension_ord integer,
  dimension_id text,
  dimension_en text,
  title       text not null,
  summary     text not null,
  agency      text,
  agency_slug text,
  agency_name text,
  year        integer,
  newest      boolean not null,
  source      text not null,
  source_url  text,
  source_name text not null,
  source_text text,
  plain       text not null,
  whole       tsvector not null
);
create index on data.read_win (region, newest);
create index on data.read_win (dimension, year desc nulls last, id);
create index on data.read_win (year desc nulls last, id desc) where newest;
create index on data.read_win (agency_slug);
create index on data.read_win using gin (whole);
create table data.read_word (
  word        text primary key,
  stem_id     text not null,
  stem_en     text not null,
  wins        integer not null,
  told        integer not null,
  places      integer not null
);
create index on data.read_word (stem_id);
create index on data.read_word (stem_en);
create index on data.read_word using gin (word ext.gin_trgm_ops);
create table data.read_stem (
  stem text primary key,
  wins integer not null
);
create table data.read_code (digest text not null);
create function data.follow() returns trigger language plpgsql as $$
begin
  if to_regprocedure('act.refresh(boolean)') is not null then
    perform act.refresh(tg_argv[0]::boolean);
  end if;
  return null;
end $$;
create trigger follow_insert after insert on data.round
  for each row when (new.publication is not null) execute function data.follow(false);
create trigger follow_change after update on data.round
  for each row when (new.publication is distinct from old.publication) execute function
    data.follow(false);
do $$
declare
  source text;
begin
  foreach source in array array['region', 'province', 'dimension', 'published_figure'] loop
    execute format('create trigger follow_change after update or delete or truncate on data.%s '
                   'for each statement execute function data.follow(true)', source);
    if source <> 'region' then
      execute format('create trigger follow_insert after insert on data.%s '
                     'for each statement execute function data.follow(true)', source);
    end if;
  end loop;
end $$;
create function data.follow_wins() returns trigger language plpgsql as $$
declare
  wins integer[];
  regions text[];
begin
  if to_regprocedure('act.refresh_wins(integer[], text[])') is null then
    return null;
  end if;
  if tg_op <> 'INSERT' then
    select array_agg(r.id), array_agg(r.region) into wins, regions from removed r;
  end if;
  if tg_op <> 'DELETE' then
    select wins || array_agg(a.id), regions || array_agg(a.region::text) into wins, regions from
      added a;
  end if;
  perform act.refresh_wins(wins, regions);
  return null;
end $$;
create trigger follow_insert after insert on data.quick_win
  referencing new table as added for each statement execute function data.follow_wins();
create trigger follow_change after update on data.quick_win
  referencing old table as removed new table as added for each statement execute function
    data.follow_wins();
create trigger follow_end after delete on data.quick_win
  referencing old table as removed for each statement execute function data.follow_wins();
create trigger follow_truncate after truncate on data.quick_win for each statement execute function
  data.follow(true);
create function data.follow_members() returns trigger language plpgsql as $$
begin
  if exists (select from added a where a.member) and to_regprocedure('act.refresh(boolean)') is not
    null then
    perform act.refresh(true);
  end if;
  return null;
end $$;
create trigger follow_insert after insert on data.region
  referencing new table as added for each statement execute function data.follow_members();
drop index if exists data.quick_win_region_idx;
create index if not exists quick_win_newest on data.quick_win (region, year desc nulls last, id
  desc);
create index if not exists win_public on data.win ((10000 + id));
reset role;
