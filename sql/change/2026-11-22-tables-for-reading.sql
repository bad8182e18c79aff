-- The tables that pages read. They follow from the others, so that what is there can be dropped; the code fills them.
\ir ../policy/00_roles.sql
set local role tolok_owner;
drop table if exists data.read_publication, data.read_criterion, data.read_group, data.read_entrant, data.read_result,
                     data.read_region, data.read_figure, data.read_win, data.read_code;
drop function if exists data.follow(), data.follow_members() cascade;
\ir ../schema/50_read.sql
reset role;
