-- Searching by words: what compares them, and the tables that pages read have them, so that the
-- quick wins themselves need no index of
-- words; and a publication that replaces another may say why. The tables for reading are made by
-- 2026-11-27-one-quick-win.sql.
set local role tolok_owner;
create schema if not exists ext;
comment on schema ext is 'extensions of PostgreSQL; nothing of ours';
create extension if not exists unaccent schema ext;
create extension if not exists pg_trgm schema ext;
create extension if not exists fuzzystrmatch schema ext;
alter table data.quick_win drop column if exists search;
alter table data.publication add column if not exists reason text check (reason <> '');
reset role;
