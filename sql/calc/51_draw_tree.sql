-- Rule 7, second half: the statement that computes the tree once per draw and region. It joins one
-- row per draw (the drawn weights) with one row per region (the marks), so that a node is a plain
-- expression over columns of the joined row, without an aggregate; each height of the tree is one
-- subquery around the one below. Trees with more columns than a row of PostgreSQL can have (1664)
-- keep them in arrays, which is about three times slower and has no limit.

-- What a drawn node is at most when it is not positive. Where terms of both signs are added,
-- doubles leave up to 1e-13 of a sum that is 0; where none is negative, what is left is a value.
-- The first format took it for 0 everywhere, and its publications stay what they are.
create or replace function calc.drawn_zero(format integer, negative boolean)
  returns double precision
language sql immutable parallel safe as $$
  select case when format = 1 or negative then 1e-13 else 0 end
$$;

-- How slots and nodes are spelled, into pg_temp.calc_name: w17 and n3, or w[17] and n1[3].
create or replace function calc.fill_names(wide boolean) returns void
language plpgsql as $$
begin
  create temp table calc_name as
    select s.kind, s.id, format(case when wide then '%s[%s]' else '%s%s' end, s.side,
                                s.place) as name
    from pg_temp.calc_slot s
    union all
    select 'node', t.ord,
           case when wide then format('n%s[%s]', t.height,
                                      row_number() over (partition by t.height order by t.ord))
                else format('n%s', t.ord) end
    from pg_temp.calc_trait t where t.height > 0;
end $$;

-- The expression of every node, into pg_temp.calc_node. Sums are cut into stretches of 64 terms,
-- since the parser's depth is the number of terms of one stretch.
--   mean     (v1*w1+v2*w2+..)/(base+u3*w3+..)          u: the used slots of children that are
--            sometimes left out
--   geomean  exp((l1*w1+l2*w2+..)/(base+..))           a computed child that is not positive:
--            logarithm -Infinity
-- `zero`: what a computed child is at most when it is not positive (calc.drawn_zero).
create or replace function calc.fill_nodes(zero double precision) returns void
language plpgsql as $$
begin
  create temp table calc_node as
    with term as (
      select e.parent, e.no, w.name as weight, u.name as used,
             case when p.aggregate = 'mean' then coalesce(n.name, v.name)
                  when t.height = 0 then l.name
                  else format('case when %s<=%s::float8 then ''-Infinity'' else ln(%s) end',
                              n.name, fill_nodes.zero, n.name)
             end as entry,
             p.aggregate = 'geomean' and t.height > 0 and u.name is not null as guarded
      from pg_temp.calc_edge e
      join pg_temp.calc_trait p on p.ord = e.parent
      join pg_temp.calc_trait t on t.ord = e.child
      join pg_temp.calc_name w on w.kind = 'weight' and w.id = e.no
      left join pg_temp.calc_name v on v.kind = 'value' and v.id = e.child
      left join pg_temp.calc_name n on n.kind = 'node' and n.id = e.child
      left join pg_temp.calc_name l on l.kind = 'log' and l.id = e.child
      left join pg_temp.calc_name u on u.kind = 'used' and u.id = e.child
    ),
    stretch as (
      select parent, no / 64 as part,
             string_agg(case when guarded then format('case when %s=0 then 0 else (%s)*%s end',
                                                      used, entry, weight)
                             else format('(%s)*%s', entry, weight) end,
                               '+' order by no) as weighted,
             string_agg(used || '*' || weight, '+' order by no) as weight
      from term group by parent, no / 64
    ),
    total as (
      select parent, string_agg('(' || weighted || ')', '+' order by part) as weighted,
             string_agg('(' || weight || ')', '+' order by part) as weight
      from stretch group by parent
    )
    select t.ord, t.height, t.top, t.root, m.name,
           case when t.always_computed then f.formula
                when t.always_fixed then v.name
                else format('case when %s=''NaN'' then %s%s end', v.name, f.formula,
                            case when t.root then '' else ' else ' || v.name end) end as formula
    from pg_temp.calc_trait t
    join total s on s.parent = t.ord
    join pg_temp.calc_name m on m.kind = 'node' and m.id = t.ord
    left join pg_temp.calc_name v on v.kind = 'value' and v.id = t.ord
    left join pg_temp.calc_name b on b.kind = 'base' and b.id = t.ord
    cross join lateral (
      select format(case when t.aggregate = 'geomean' then 'exp((%s)/(%s))' else '((%s)/(%s))' end,
                    s.weighted, concat_ws('+', b.name, s.weight))) f (formula);
end $$;

-- One side of the join: select <key>, its slots, from <table>.
create or replace function calc.side_text(side text, source text, key text, wide boolean)
  returns text
language plpgsql as $$
begin
  return format('(select %s, %s from (select %s, array_agg(x order by place) as a from %s '
                'group by %s offset 0) s offset 0) %s',
    key,
    case when wide then 'a as ' || side
         else coalesce((select string_agg(format('a[%s] as %s%s', s.place, s.side, s.place),
                                          ', ' order by s.place)
                        from pg_temp.calc_slot s where s.side = side_text.side), '1') end,
    key, source, key, 'side_' || side);
end $$;

-- The whole statement: rows (draw, region, grp, root, value) of all roots that are computed
-- somewhere; null when there is none. `value` is unrounded; null where the root has no value in
-- that region. `wide` keeps the numbers in arrays.
create or replace function calc.draw_statement(wide boolean, zero double precision) returns text
language plpgsql as $$
declare
  rows  text;
  roots text;
begin
  perform calc.fill_names(wide);
  perform calc.fill_nodes(zero);
  select string_agg(format('(%s, %s)', n.ord, n.name), ', ') into roots
  from pg_temp.calc_node n join pg_temp.calc_trait t using (ord)
  where n.root and not t.always_fixed;
  if roots is null then
    return null;
  end if;
  rows := format('%s cross join %s', calc.side_text('w', 'pg_temp.calc_weight', 'draw', wide),
                                     calc.side_text('v', 'pg_temp.calc_vector', 'region, grp',
                                                    wide));
  for level in 1 .. (select max(height) from pg_temp.calc_node) loop
    rows := format('(select draw, region, grp, %s from %s offset 0) q',
                   calc.level_columns(level, wide), rows);
  end loop;
  return format('select draw, region, grp, root, value from %s '
                'cross join lateral (values %s) r (root, value)', rows, roots);
end $$;

-- What the subquery of one height returns: its nodes, and what heights above still read.
create or replace function calc.level_columns(level integer, wide boolean) returns text
language plpgsql as $$
begin
  if wide then
    return concat_ws(', ', 'v', 'w',
      (select string_agg(format('n%s', h), ', ' order by h) from generate_series(1, level - 1) h),
      (select format('array[%s] as n%s', string_agg(n.formula, ', ' order by n.ord), level)
       from pg_temp.calc_node n where n.height = level));
  end if;
  return concat_ws(', ',
    (select string_agg(s.side || s.place, ', ' order by s.side, s.place) from pg_temp.calc_slot s
     where s.top > level),
    (select string_agg(n.name, ', ' order by n.ord) from pg_temp.calc_node n
     where n.height < level and (n.root or n.top > level)),
    (select string_agg(n.formula || ' as ' || n.name, ', ' order by n.ord)
     from pg_temp.calc_node n where n.height = level));
end $$;
