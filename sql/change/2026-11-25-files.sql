-- Files of quick wins.
set local role tolok_owner;
\ir ../schema/70_file.sql
reset role;
