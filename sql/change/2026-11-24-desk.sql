-- The desk: accounts, the audit trail, quick wins that cities write.
\ir ../policy/00_roles.sql
set local role tolok_owner;
\ir ../schema/60_account.sql
\ir ../schema/61_audit.sql
\ir ../schema/62_win.sql
\ir ../schema/63_win_reading.sql
\ir ../schema/69_desk.sql
reset role;
