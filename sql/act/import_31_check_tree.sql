-- Faults of the tree that criteria.csv describes.

-- Fills import_node with the criteria and their heights (0 without children, else 1 + the highest
-- child) by taking away, again and again, those whose children are all gone. What can not be taken
-- away goes round in a cycle: each cycle is returned once, with the line of the row that closes it.
create or replace function act.import_tree() returns table (line integer, cycle text[])
language plpgsql as $$
declare
  level integer := 0;
begin
  insert into pg_temp.import_node (code, line, ord, aggregate)
  select distinct on (n.criterion) n.criterion, n.line, n.ord, n.aggregate
  from (select c.criterion, c.line, c.aggregate, row_number() over (order by c.line) as ord
        from pg_temp.import_criterion c) n
  order by n.criterion, n.ord;
  analyze pg_temp.import_node;
  loop
    update pg_temp.import_node n set height = level
    where n.height is null
      and not exists (select from pg_temp.import_criterion e join pg_temp.import_node child
                      on child.code = e.criterion
                      where e.parent = n.code and child.height is null);
    if not found then
      cycle := act.import_cycle();
      exit when cycle is null;
      line := (select min(e.line) from pg_temp.import_criterion e
               where e.criterion = cycle[1] and e.parent = cycle[cardinality(cycle)]);
      return next;
      update pg_temp.import_node n set height = level where n.code = any (cycle);
    end if;
    level := level + 1;
  end loop;
end $$;

-- One cycle among the nodes without a height, parents before children, beginning with its first
-- node in the file; NULL when every node has its height.
create or replace function act.import_cycle() returns text[] language plpgsql stable as $$
declare
  path text[] := '{}';
  node text := (select n.code from pg_temp.import_node n where n.height is null order by n.ord
                limit 1);
  first text;
begin
  while node is not null and node <> all (path) loop
    path := path || node;
    node := (select e.criterion from pg_temp.import_criterion e join pg_temp.import_node n
             on n.code = e.criterion
             where e.parent = node and n.height is null order by n.ord limit 1);
  end loop;
  if node is null then
    return null;
  end if;
  path := path[array_position(path, node):];
  first := (select n.code from pg_temp.import_node n where n.code = any (path) order by n.ord
            limit 1);
  return path[array_position(path, first):] || path[:array_position(path, first) - 1];
end $$;

-- Faults between criteria. Fills import_node on the way.
create or replace function act.import_check_tree()
returns table (file text, line integer, "column" text, message text) language plpgsql as $$
begin
  return query
  select 'criteria.csv', t.line, 'parent',
         'cycle: ' || array_to_string(t.cycle[:20] || case when cardinality(t.cycle) > 20 then '...'
                                      end || t.cycle[1],
                                      ' > ')
  from act.import_tree() t;
  return query
  select 'criteria.csv', c.line, 'parent', act.shown(c.parent) || ' is not a criterion of this file'
  from pg_temp.import_criterion c
  where c.parent <> '' and not exists (select from pg_temp.import_node n where n.code = c.parent)
  union all
  select 'criteria.csv', n.line, 'aggregate',
         case when n.aggregate = 'leaf' then format('%s is a leaf but has children, see line %s',
                                                    n.code, child.line)
              else format('%s is no leaf but has no children', n.code) end
  from pg_temp.import_node n
  left join (select c.parent, min(c.line) as line from pg_temp.import_criterion c
             group by c.parent) child
    on child.parent = n.code
  where n.code <> '' and n.aggregate in ('leaf', 'mean', 'geomean')
    and (n.aggregate = 'leaf') = (child.line is not null)
  union all
  select 'criteria.csv', r.line, 'kind',
         format('second root of kind index, the first is %s on line %s', r.first_code, r.first_line)
  from (select c.line, first_value(c.line) over w as first_line, first_value(c.criterion) over w
        as first_code
        from pg_temp.import_criterion c
        where c.parent = '' and c.kind = 'index'
          and not exists (select from pg_temp.import_criterion d where d.criterion = c.criterion
                          and d.line < c.line)
        window w as (order by c.line)) r
  where r.first_line < r.line
  union all
  -- The statement that draws a tree grows faster than the tree's height: beyond this it takes
  -- gigabytes.
  (select 'criteria.csv', n.line, 'parent', format('%s stands on %s levels, the most are 300',
                                                   n.code, n.height)
   from pg_temp.import_node n
   where n.height > 300
   order by n.height desc, n.line
   limit 1)
  union all
  select 'criteria.csv', null, null, 'no criteria'
         where not exists (select from pg_temp.import_criterion);
end $$;
