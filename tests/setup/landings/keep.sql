-- Writes down what the tables of a landing hold, before it is brought up to date; pg_temp.kept in
-- kept.sql asks whether they still do.
create schema kept;
create table kept.held (name text primary key, columns text[] not null, rows bigint not null, digest
  text);
do $$
declare
  held record;
begin
  for held in
    select c.relname as name, array_agg(a.attname::text order by a.attname) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not
      a.attisdropped
    where c.relnamespace = 'data'::regnamespace and c.relkind = 'r' and c.relname not like 'read\_%'
      and c.relname <> 'change'
    group by c.relname
  loop
    execute
      format('insert into kept.held select %L, %L, count(*),
          md5(string_agg(r, e''\n'' order by r collate "C"))
                    from (select jsonb_build_array(%s)::text as r from data.%I) t',
                   held.name, held.columns, (select string_agg(format('%I', c), ', ') from
                     unnest(held.columns) c), held.name);
  end loop;
end $$;
