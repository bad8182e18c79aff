-- Intervals: the ranks of drawn values and their percentiles.

-- A drawn value as a whole number of 1e-9, halves away from zero. A double lies beside the half
-- that it stands for by some units of its last place; the factor is that much more than 1e9, so
-- that such a half is still rounded up.
create or replace function calc.draw_units(value double precision) returns double precision
language sql immutable parallel safe as $$
  select sign(value) * floor(abs(value) * 1000000000.000004::double precision + 0.5)
$$;

-- Ranks the rows (draw, region, grp, root, value) of the statement `drawn` within draw, root and
-- group (competition ranking) and returns per root and region the 5th, 50th and 95th percentile
-- over `draws` draws. Percentile p lies at place p (draws - 1) / 100 of the sorted ranks, counted
-- from 0, and is interpolated linearly between its neighbours: exact with two decimals. It is read
-- off the number of draws per rank.
create or replace function calc.rank_intervals(drawn text, draws integer, higher_is_better boolean)
returns table (root integer, region integer, low numeric, median numeric, high numeric)
language plpgsql as $$
begin
  return query execute format($sql$
    with ranked as (
      select root, region,
             rank() over (partition by draw, root, grp order by calc.draw_units(value) %s) as rank
      from (%s) d where value is not null
    ),
    counted as (
      select root, region, rank,
             sum(count(*)) over (partition by root, region order by rank) as upto
      from ranked group by root, region, rank
    ),
    place as (
      select p, div(p * ($1 - 1), 100) + 1 as below, mod(p * ($1 - 1), 100) as part
      from unnest(array[5, 50, 95]::numeric[]) p
    ),
    percentile as (
      select c.root, c.region, p.p,
             (min(c.rank) filter (where c.upto >= p.below) * (100 - p.part)
              + coalesce(min(c.rank) filter (where c.upto >= p.below + 1),
                         0) * p.part) / 100 as rank
      from counted c cross join place p
      group by c.root, c.region, p.p, p.part
    )
    select root, region, trim_scale(max(rank) filter (where p = 5)),
      trim_scale(max(rank) filter (where p = 50)),
           trim_scale(max(rank) filter (where p = 95))
    from percentile group by root, region
  $sql$, case when higher_is_better then 'desc' else 'asc' end, drawn) using draws;
end $$;

-- The intervals of the intake whose cells are in pg_temp.calc_cell, for its roots that are not
-- leaves.
create or replace function calc.intervals(intake integer)
returns table (root integer, region integer, low numeric, median numeric, high numeric)
language plpgsql as $$
declare
  method    data.method;
  round     text := (select i.round from data.intake i where i.id = intervals.intake);
  statement text;
begin
  select m.* into method from data.intake i join data.method m on m.id = i.method
    where i.id = intervals.intake;
  perform calc.drop_draws();
  if method.draws = 0 then
    return;
  end if;
  perform calc.fill_entries(method.missing, method.scale_min);
  perform calc.fill_slots();
  perform calc.fill_numbers(round, method.draws, method.weight_spread);
  -- A high tree would hand hundreds of columns through hundreds of subqueries: arrays take a
  -- quarter of the memory there.
  statement := calc.draw_statement(wide => (select count(*) > 1500 from pg_temp.calc_slot)
                                           or (select max(height) > 40 from pg_temp.calc_trait));
  if statement is not null then
    return query select * from calc.rank_intervals(statement, method.draws,
                                                   method.higher_is_better);
  end if;
  perform calc.drop_draws();
end $$;

create or replace function calc.drop_draws() returns void
language plpgsql set client_min_messages = warning as $$
begin
  drop table if exists pg_temp.calc_entry, pg_temp.calc_trait, pg_temp.calc_slot,
    pg_temp.calc_vector,
                       pg_temp.calc_weight, pg_temp.calc_name, pg_temp.calc_node;
end $$;
