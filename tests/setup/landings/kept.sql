-- Names the tables of which some row or column is not what keep.sql wrote down. Columns that are
-- new since do not count; one that has become another is read from that.
do $$
declare
  held record;
  good boolean;
begin
  for held in select * from kept.held loop
    execute
      format('select count(*) = %s and
          md5(string_agg(r, e''\n'' order by r collate "C")) is not distinct from %L
                    from (select jsonb_build_array(%s)::text as r from data.%I) t',
                   held.rows, held.digest, (select string_agg(coalesce(b.expression,
                     format('%I', c)), ', ' order by n) from
                     unnest(held.columns) with ordinality k (c, n) left join (values ('account',
                     'dimension', 'case role when ''owner'' then dimensions[1] end'))
                     b (name, was, expression) on b.name = held.name and b.was = k.c),
                   held.name) into good;
    if not good then
      raise notice 'data.% is not what it was', held.name;
    end if;
  end loop;
end $$;
