-- What comes with PostgreSQL and compares words: accents (unaccent), pairs of three letters
-- (pg_trgm), letters that differ (fuzzystrmatch).
create schema if not exists ext;
comment on schema ext is 'extensions of PostgreSQL; nothing of ours';
create extension if not exists unaccent schema ext;
create extension if not exists pg_trgm schema ext;
create extension if not exists fuzzystrmatch schema ext;
