-- Rules 1 to 5: the state, exact, computed and value of every cell (criterion x region) of an
-- intake.

-- State of a node from the weight of its applicable children and the weight of those that are
-- present (null: there is none). `rule` is the method's rule for missing children. Equality with
-- the least coverage suffices.
create or replace function calc.node_state(rule text, min_coverage numeric, applicable numeric,
                                           present numeric)
returns text language sql immutable parallel safe as $$
  select case when applicable is null then 'not_applicable'
              when rule = 'worst' then 'value'
              when present is null then 'no_data'
              when rule = 'strict' and present < applicable then 'no_data'
              when rule = 'drop' and present < min_coverage * applicable then 'no_data'
              else 'value' end
$$;

-- What a missing child counts as: the scale's minimum, under worst its worse end; null: the rule
-- counts none.
create or replace function calc.blank(rule text, higher_is_better boolean, scale_min numeric,
                                      scale_max numeric) returns numeric
language sql immutable parallel safe as $$
  select case when rule = 'scale_min' or rule = 'worst' and higher_is_better then scale_min
              when rule = 'worst' then scale_max end
$$;

-- The exact of a node in state value, from sums over the children that enter it: of their weights,
-- of weight times value and of weight times logarithm, and from the lowest and highest value. A
-- geometric mean is 0 as soon as one value is not positive; where all values are the same it is
-- that value.
create or replace function calc.node_exact(
  aggregate text, weight numeric, weighted numeric, log_sum numeric, lowest numeric,
    highest numeric) returns numeric
language sql immutable parallel safe as $$
  select case when aggregate = 'mean' then calc.quotient(weighted, weight)
              when lowest <= 0 then 0
              when lowest = highest then calc.quotient(lowest, 1)
              else calc.geometric(log_sum, weight) end
$$;

-- Makes the working tables of one computation anew; they live until calc.drop_work or the end of
-- the session. Criteria are known by their `ord` there and regions by a number, so that joins and
-- sorts are on integers.
create or replace function calc.make_work() returns void
language plpgsql as $$
begin
  perform calc.drop_work();
  create temp table calc_criterion (ord integer, code data.code, height integer, aggregate text,
                                    round_step numeric, root boolean);
  create temp table calc_edge (parent integer, child integer, weight numeric, no integer);
  create temp table calc_region (no integer, code data.code, "group" text, grp integer);
  create temp table calc_cell (
    criterion integer, region integer,
    -- value, no_data or not_applicable: what marks and children say, before an official figure
    own      text,
    exact    numeric,   -- null unless own is value
    computed numeric,
    official numeric,
    value    numeric,   -- official, else computed; null: the cell has no value
    -- Weights with a figure, of those that apply (null: nothing applies), and those that apply, of
    -- all that are not outside (null: all are): 15 decimals.
    coverage numeric,
    applicable numeric
  );
end $$;

create or replace function calc.drop_work() returns void
language plpgsql set client_min_messages = warning as $$
begin
  drop table if exists pg_temp.calc_criterion, pg_temp.calc_edge, pg_temp.calc_region,
    pg_temp.calc_cell;
end $$;

-- The tree and the participants of an intake, and the cells of its leaves: a leaf's exact and value
-- are its mark.
create or replace function calc.fill_leaves(intake integer) returns void
language plpgsql as $$
declare
  method_id integer := (select i.method from data.intake i where i.id = fill_leaves.intake);
begin
  insert into pg_temp.calc_criterion
  select c.ord, c.code, c.height, c.aggregate, c.round_step,
         not exists (select from data.criterion_edge e where e.method = c.method
                     and e.child = c.code)
  from data.criterion c where c.method = method_id;

  insert into pg_temp.calc_edge
  select p.ord, c.ord, e.weight, row_number() over (order by e.ord)
  from data.criterion_edge e
  join pg_temp.calc_criterion p on p.code = e.parent
  join pg_temp.calc_criterion c on c.code = e.child
  where e.method = method_id;

  insert into pg_temp.calc_region
  select row_number() over (order by p.region collate "C"), p.region, p."group",
         dense_rank() over (order by p."group" collate "C")
  from data.participant p where p.intake = fill_leaves.intake;
  analyze pg_temp.calc_criterion, pg_temp.calc_edge, pg_temp.calc_region;

  insert into pg_temp.calc_cell
  select c.ord, r.no,
    case when m.status = 'outside' then 'not_applicable' else coalesce(m.status, 'no_data') end,
    trim_scale(m.value), m.value, o.value,
    coalesce(o.value, m.value),
    case when coalesce(o.value, m.value) is not null then 1
         when m.status in ('not_applicable', 'outside') then null else 0 end,
    case when o.value is not null then 1
         when m.status = 'not_applicable' then 0 when m.status = 'outside' then null else 1 end
  from pg_temp.calc_criterion c
  cross join pg_temp.calc_region r
  left join (select * from data.mark k where k.intake = fill_leaves.intake) m
         on m.region = r.code and m.criterion = c.code
  left join (select * from data.official f where f.intake = fill_leaves.intake) o
         on o.region = r.code and o.criterion = c.code
  where c.height = 0;
  analyze pg_temp.calc_cell;
end $$;

-- The cells of all criteria of one height, from the cells below. A child enters with its value, a
-- missing one with what calc.blank says. The logarithm of each distinct value is taken once.
create or replace function calc.fill_height(intake integer, height integer) returns void
language plpgsql as $$
#variable_conflict use_column
begin
  insert into pg_temp.calc_cell
  with method as (
    select m.* from data.intake i join data.method m on m.id = i.method
      where i.id = fill_height.intake
  ),
  child as materialized (
    select e.parent, p.aggregate, e.weight, c.region, c.value is not null as present,
           c.value is not null or c.own <> 'not_applicable' as applicable,
           case when c.value is not null then c.value
                when c.own = 'no_data' then calc.blank(m.missing, m.higher_is_better, m.scale_min,
                                                       m.scale_max) end as value,
           c.coverage, c.applicable as share
    from method m
    cross join pg_temp.calc_criterion p
    join pg_temp.calc_edge e on e.parent = p.ord
    join pg_temp.calc_cell c on c.criterion = e.child
    where p.height = fill_height.height
  ),
  logarithm as materialized (
    select v.value, calc.long_ln(v.value) as ln
    from (select distinct value from child where aggregate = 'geomean' and value > 0) v
  ),
  node as (
    select c.parent, c.region, c.aggregate,
           calc.node_state(min(m.missing), min(m.min_coverage),
                           sum(c.weight) filter (where c.applicable),
                           sum(c.weight) filter (where c.present)) as own,
           sum(c.weight) filter (where c.value is not null) as weight,
             sum(c.weight * c.value) as weighted,
           sum(c.weight * l.ln) as log_sum, min(c.value) as lowest, max(c.value) as highest,
           calc.quotient(sum(c.weight * c.coverage),
                         sum(c.weight) filter (where c.applicable)) as coverage,
           calc.quotient(sum(c.weight * c.share),
                         sum(c.weight) filter (where c.share is not null)) as share
    from method m
    cross join child c
    left join logarithm l on c.aggregate = 'geomean' and l.value = c.value
    group by c.parent, c.region, c.aggregate
  )
  select n.parent, n.region, n.own, x.exact, r.computed, o.value, coalesce(o.value, r.computed),
         case when o.value is not null then 1 else n.coverage end,
         case when o.value is not null then 1 else n.share end
  from method m
  cross join node n
  join pg_temp.calc_criterion c on c.ord = n.parent
  join pg_temp.calc_region g on g.no = n.region
  cross join lateral (select case when n.own = 'value' then
    calc.node_exact(n.aggregate, n.weight, n.weighted, n.log_sum, n.lowest,
                    n.highest) end offset 0) x (exact)
  cross join lateral (select calc.round_step(x.exact, c.round_step,
                                             m.rounding) offset 0) r (computed)
  left join data.official o on o.intake = fill_height.intake and o.region = g.code
    and o.criterion = c.code;
end $$;

-- Every cell of an intake, height by height, into pg_temp.calc_cell.
create or replace function calc.fill_cells(intake integer) returns void
language plpgsql as $$
begin
  perform calc.make_work();
  perform calc.fill_leaves(intake);
  for height in 1 .. (select max(c.height) from pg_temp.calc_criterion c) loop
    perform calc.fill_height(intake, height);
    analyze pg_temp.calc_cell;
  end loop;
end $$;
