-- The five schemas of ours (05_words.sql has one for extensions). Tables, and whatever a
-- constraint, trigger, default or policy uses, live in `data`; the other four hold code only and
-- are replaced live by `make db-code`.
create schema data;   -- tables
create schema calc;   -- the engine: pure arithmetic and the computation of a publication
create schema pub;    -- views of published rows: all that tolok_web may read
create schema page;   -- one function per page and per section of a page
create schema act;    -- every write: import, publish

comment on schema data is 'tables; what is here changes only through sql/change';
comment on schema calc is 'the arithmetic of the ranking';
comment on schema pub  is 'published rows, the only ones that public pages read';
comment on schema page is 'one function per page and section';
comment on schema act  is 'writes';

-- What has been applied from sql/change to this database.
create table data.change (
  name       text primary key,
  applied_at timestamptz not null default now()
);
