-- What lists of the desk say of a quick win stands beside it.
set local role tolok_owner;
\ir ../schema/63_win_reading.sql
do $$ begin perform data.tell_win(w.id) from data.win w; end $$;
create index if not exists read_win_plain on data.read_win using gin (plain ext.gin_trgm_ops);
create index if not exists audit_region on data.audit (region, id);
reset role;
