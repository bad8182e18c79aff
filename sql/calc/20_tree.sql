-- The criterion that a method's rounds are ranked by: its root of kind index, else its first root.
create or replace view calc.main as
select distinct on (c.method) c.method, c.code as criterion, c.aggregate, c.round_step
from data.criterion c
where not exists (select from data.criterion_edge e where e.method = c.method and e.child = c.code)
order by c.method, (c.kind = 'index') desc, c.ord;

-- Height of every criterion of a method: 0 for a leaf, else 1 + the highest child. Heights are the
-- order of computation: all criteria of one height are computed together. The tree has no cycle;
-- one that had would end at a height equal to the number of criteria.
create or replace function calc.tree_heights(method integer)
  returns table (code text, height integer)
language sql stable as $$
  with recursive climb (code, height) as (
    select c.code::text, 0 from data.criterion c where c.method = $1 and c.aggregate = 'leaf'
    union
    select e.parent, climb.height + 1
    from climb
    join data.criterion_edge e on e.method = $1 and e.child = climb.code
    where climb.height < (select count(*) from data.criterion c where c.method = $1)
  )
  select climb.code, max(climb.height) from climb group by climb.code
$$;
