-- The tables that pages read, made anew. They follow from the others, so that what is there can be dropped; the code fills them.
\ir ../policy/00_roles.sql
set local role tolok_owner;
\ir ../schema/05_words.sql
do $$
declare
  dropped text;
begin
  for dropped in select c.oid::regclass::text from pg_class c
                 where c.relnamespace = 'data'::regnamespace and c.relkind = 'r' and c.relname like 'read\_%' loop
    execute 'drop table ' || dropped;
  end loop;
end $$;
drop function if exists data.follow(), data.follow_wins(), data.follow_members() cascade;
\ir ../schema/50_read.sql
\ir ../schema/51_follow.sql
reset role;
