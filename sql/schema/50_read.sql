-- What pages read: flat copies of what follows from publications and facts, worked out once when
-- those change instead of at every visit. Schema pub shows them to the pages, act.read_* works them
-- out, and act.publish fills what is frozen with a publication. Quick wins and facts change
-- otherwise too: then the triggers of 51_follow.sql call act.refresh. Nothing here says anything
-- new: all of it may be emptied and made again at any time. Text stands here without the domains,
-- and without references to other tables, since those were checked where it comes from. They are
-- tables and no materialised views, whose readers would wait for each refresh, and which would go
-- with each function of theirs that is replaced.

-- One row per publication, with its round and method.
create table data.read_publication (
  id           integer primary key,
  round        text not null,
  n            integer not null,
  current      boolean not null,          -- the newest of its round
  standard     boolean not null,          -- what an address without a round means
  -- order of menus: real rounds by year, then simulated ones; editions of one round share it
  ord          integer not null,
  -- the newest publication of the round before with the same method, real with real: what values
  -- are compared with
  before       integer,
  -- there is any earlier round of the same kind, real or simulated
  earlier      boolean not null,
  published_at timestamptz not null,
  supersedes   integer,                   -- the publication that it replaced
  reason       text,                      -- and why, as far as that was said
  digest       text not null,
  previous_digest text,
  intake       integer not null,
  title_id     text not null,
  title_en     text not null,
  label_id     text not null,             -- what menus call the round
  label_en     text not null,
  year         integer not null,
  simulated    boolean not null,
  -- real and on the programme's scale: the published facts of its year belong to it
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
  direction    integer not null,          -- 1: higher is better, else -1
  draws        integer not null,
  weight_spread numeric not null,
  main         text not null,             -- the criterion that it is ranked by,
  main_aggregate text not null,           -- how that is computed,
  main_step    numeric,                   -- and rounded
  blank        numeric,                   -- what a missing child counts as; null: it does not
  record       text,                      -- digest of its record; null: it is simulated
  unique (round, n)
);
-- The newest round of which something is true is looked for from here, and no further than needed.
create index on data.read_publication (ord) where current;

-- One row per publication and criterion of its tree: what the criterion is, and how all its values
-- lie.
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
  -- what it covers, for the programme's own dimensions and components
  about_id    text,
  about_en    text,
  root        boolean not null,
  main        boolean not null,           -- the publication is ranked by it
  dimension   text,                       -- its own code where it is one of the six dimensions
  dimension_ord integer,
  parents_id  text,                       -- names of what it counts under
  parents_en  text,
  -- a child of the main criterion: its place there; else null
  part_ord    integer,
  weight      numeric,                    -- and its weight,
  share       numeric,                    -- its share of all weights in percent, one decimal,
  participants integer not null,
  ranked      integer not null,           -- how many have a value
  -- how many groups, provinces and kinds of region take part
  groups      integer not null,
  provinces   integer not null,
  kinds       integer not null,
  official    boolean not null,           -- some value is official,
  sourced     boolean not null,           -- and names its source
  lowest      numeric,                    -- of all values, whatever their group
  quartile_low numeric,
  median      numeric,
  quartile_high numeric,
  highest     numeric,
  primary key (publication, code)
);

-- The same of one group.
create table data.read_group (
  publication integer not null,
  criterion   text not null,
  "group"     text not null,
  size        integer not null,           -- how many take part
  ranked      integer not null,
  -- it is whole: five or more are ranked, and each has an interval
  intervals   boolean not null,
  lowest      numeric,
  quartile_low numeric,
  median      numeric,
  quartile_high numeric,
  highest     numeric,
  median_shown numeric,
  quartile_low_shown numeric,
  quartile_high_shown numeric,
  primary key (publication, criterion, "group")
);

-- One row per publication, criterion and participant.
create table data.read_result (
  publication integer not null,
  criterion   text not null,
  region      text not null,
  "group"     text not null,
  status      text not null,
  value       numeric,
  shown       numeric,                    -- value as it is read
  exact       numeric,
  computed    numeric,
  computed_shown numeric,
  official    numeric,
  rank        integer,
  label       text,
  "of"        integer,
  rank_low    numeric,                    -- the interval of ranks, in whole ranks
  rank_high   numeric,
  -- what a child of the main criterion adds to the computed value, three decimals
  contribution numeric,
  source      text,                       -- where the value comes from
  -- number of that source on the city's page; null without a value
  ref         integer,
  source_url  text,                       -- of the source of an official value
  source_name text,
  coverage    numeric,
  applicable  numeric not null,
  primary key (publication, criterion, region)
);
create index on data.read_result (region, publication);
create index on data.read_result (publication) where official is not null;

-- One row per publication and participant, under the name of that time, with its result for the
-- main criterion: columns that data.read_result has too mean the same.
create table data.read_entrant (
  publication integer not null,
  region      text not null,
  -- of its round, with its year and code: by these a region's rounds are found from the newest on,
  simulated   boolean not null,
  year        integer not null,           -- and no further than needed
  round       text collate "C" not null,
  name        text not null,
  bare        text not null,              -- name without its kind
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
  said_by     text,                       -- source of the value, where it is official
  source_url  text,
  source_name text,
  has_value   boolean not null,           -- of any criterion
  has_dimension boolean not null,         -- of any of the six dimensions
  -- some child of the main criterion has a value or does not apply
  parts_told  boolean not null,
  dimensions_told boolean not null,       -- the same of dimensions that are no such child
  others_told boolean not null,           -- and of all other criteria
  apart       boolean not null,           -- there are dimensions that count for nothing else
  -- there are children or dimensions, and none of them is told
  untold      boolean not null,
  -- weight of the main criterion's children with a value, in percent of those that apply
  covered     numeric,
  -- the ministry's own rank for the year beside an official value of a real round
  ministry_rank numeric,
  ministry_scope text,
  ministry_group text,
  ministry_of integer,
  ministry_implied boolean,
  -- published facts of the year, for rounds of the programme
  improvement numeric,
  improvement_source text,
  target      numeric,
  target_source text,
  -- any fact was published for the year of a round of the programme
  has_facts   boolean not null,
  -- whose main value can be followed best: most children with a value, official too, best
  example     boolean not null,
  profile     json,                       -- its values of the six dimensions, by their codes
  primary key (publication, region)
);
create index on data.read_entrant (region, simulated, year, round);

-- What a publication that replaced another changed: values, who takes part, and ranks by the main
-- criterion. Criteria that only one of them has are not compared; that the method changed says so.
create table data.read_change (
  publication integer not null,
  criterion   text not null,
  region      text not null,
  ord         integer not null,           -- of the criterion
  main        boolean not null,
  name_id     text not null,              -- of the criterion
  name_en     text not null,
  slug        text not null,
  name        text not null,              -- of the region, at that time
  bare        text not null,
  valued      boolean not null,           -- its value is another one; else only its rank
  entered     boolean not null,           -- it took no part before,
  left_out    boolean not null,           -- or takes none any more
  old_value   numeric,
  new_value   numeric,
  old_shown   numeric,
  new_shown   numeric,
  old_label   text,                       -- rank
  new_label   text,
  primary key (publication, criterion, region)
);

-- One row per region that has a page: it is one of the fifty, or something was published about it.
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
  area        numeric,                    -- km2, one decimal
  member      boolean not null,
  cohort_year integer,
  listed      boolean not null,           -- it is in the directory
  publication integer,                    -- what its page shows when nothing else is asked
  value       numeric,                    -- its newest main value of a real round
  shown       numeric,
  label_id    text,                       -- and the round of that
  label_en    text,
  has_facts   boolean not null,
  wins        integer not null,
  -- its history of real rounds, or of simulated ones, tells something
  real_past   boolean not null,
  simulated_past boolean not null,
  targets     boolean not null,           -- targets of its own were published
  longitude   numeric,
  words       text not null,              -- what the directory's search looks through
  at          numeric,                    -- how high that newest value lies on its scale: 0 to 100
  latitude    numeric
);
create index on data.read_region (province);

-- Published figures with what their measure is called.
create table data.read_figure (
  id          integer primary key,
  region      text not null,
  year        integer,
  measure     text not null,
  ord         integer,                    -- of the measure
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

-- Quick wins with their region and dimension.
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
  agency      text,                       -- as the source writes it,
  -- and under one name for all regions: 'dinas-lingkungan-hidup',
  agency_slug text,
  agency_name text,                       -- 'Dinas Lingkungan Hidup'
  year        integer,
  newest      boolean not null,           -- of its region
  source      text not null,
  source_url  text,
  source_name text not null,
  source_text text,                       -- what the source says beside its address
  plain       text not null,              -- its title in words that can be compared (pub.plain)
  -- all its words: A title, B summary, C agency and the city's own story, D region and province
  whole       tsvector not null,
  size        text,                       -- how many people its region has (pub.population_size)
  topics      text[] not null,            -- what it is about (data.topic), in their order
  -- how many of six things it tells: problem, means, steps, results, lessons, a picture
  substance   integer not null,
  measured    boolean not null,           -- a figure from before or after is among them
  picture     integer,                    -- its first one
  copied      integer,                    -- the quick win that it copies,
  criterion   text                        -- and the criterion that it serves
);
create index on data.read_win (region, newest);
create index on data.read_win (dimension, year desc nulls last, id);
create index on data.read_win (year desc nulls last, id desc) where newest;
create index on data.read_win (agency_slug);
create index on data.read_win (copied);
create index on data.read_win (criterion);
create index on data.read_win using gin (whole);
create index read_win_plain on data.read_win using gin (plain ext.gin_trgm_ops);

-- Every word of quick wins and of the directory, by which what visitors type is understood.
create table data.read_word (
  word        text primary key,
  stem_id     text not null,              -- its stem in Indonesian
  stem_en     text not null,              -- and, should it be English, there
  wins        integer not null,           -- how many quick wins have it,
  -- how many of them say what they are about with it (pub.telling_words),
  told        integer not null,
  -- and of how many places in the directory it is part of the name
  places      integer not null
);
create index on data.read_word (stem_id);
create index on data.read_word (stem_en);
create index on data.read_word using gin (word ext.gin_trgm_ops);

-- How many quick wins say what they are about with a word of that Indonesian stem.
create table data.read_stem (
  stem text primary key,
  wins integer not null
);

-- The digest of the code that made all this: when that changes, all of it is made again.
create table data.read_code (digest text not null);
