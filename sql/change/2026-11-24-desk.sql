-- The desk: accounts, the audit trail, quick wins that cities write.
\ir ../policy/00_roles.sql
set local role tolok_owner;
\ir ../schema/60_account.sql
\ir ../schema/61_audit.sql
\ir ../schema/62_win.sql
\ir ../schema/69_desk.sql
-- A quick win that is published does not make everything anew.
create or replace function data.follow() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'quick_win' and to_regprocedure('act.refresh_wins()') is not null then
    perform act.refresh_wins();
  elsif to_regprocedure('act.refresh(boolean)') is not null then
    perform act.refresh(tg_argv[0]::boolean);
  end if;
  return null;
end $$;
reset role;
