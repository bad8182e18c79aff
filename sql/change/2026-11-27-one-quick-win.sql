-- What pages read follows one quick win at a time. The tables are made again, and the code fills them.
\ir 2026-11-22-tables-for-reading.sql
set local role tolok_owner;
drop index if exists data.quick_win_region_idx;
create index if not exists quick_win_newest on data.quick_win (region, year desc nulls last, id desc);
create index if not exists win_public on data.win ((10000 + id));
reset role;
