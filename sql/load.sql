-- Everything that an empty database needs before its code: roles, schemas, tables. Run by etc/db as
-- superuser in one transaction, followed by the code (sql/code.sql) and the data
-- (sql/data/load.sql).
\ir policy/00_roles.sql
grant create on database :"DBNAME" to tolok_owner;
set role tolok_owner;
\ir schema/00_schemas.sql
\ir schema/05_words.sql
\ir schema/10_region.sql
\ir schema/20_round.sql
\ir schema/30_publication.sql
\ir schema/40_quick_win.sql
\ir schema/50_read.sql
\ir schema/51_follow.sql
\ir schema/60_account.sql
\ir schema/61_audit.sql
\ir schema/61_record.sql
\ir schema/62_win.sql
\ir schema/63_win_reading.sql
\ir schema/64_topic.sql
\ir schema/65_agency.sql
\ir schema/69_desk.sql
\ir schema/70_file.sql
\ir schema/71_mail.sql
\ir schema/72_letter.sql
\ir schema/72_notice.sql
\ir schema/80_job.sql
\ir schema/90_round_run.sql
\ir schema/91_round_cell.sql
\ir schema/92_round_mark.sql
\ir schema/93_round_final.sql
\ir schema/94_round_rows.sql
reset role;
