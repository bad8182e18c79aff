-- Searching by words: the tables that pages read have them, so that the quick wins themselves need no index of words; and a publication
-- that replaces another may say why.
\ir 2026-11-22-tables-for-reading.sql
set local role tolok_owner;
alter table data.quick_win drop column if exists search;
alter table data.publication add column if not exists reason text check (reason <> '');
reset role;
