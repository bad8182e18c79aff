-- Intervals: the ranks of drawn values and their percentiles.

-- A drawn value as a whole number of 1e-9, halves away from zero. A double lies beside the half
-- that it stands for by some units of its last place; the factor is that much more than 1e9, so
-- that such a half is still rounded up.
create or replace function calc.draw_units(value double precision) returns double precision
language sql immutable parallel safe as $$
  select sign(value) * floor(abs(value) * 1000000000.000004::double precision + 0.5)
$$;

-- Ranks the rows (draw, region, grp, root, value) of the statement `drawn` within draw, root and
-- group (competition ranking), and adds to pg_temp.calc_count how often each region had each rank.
create or replace function calc.count_ranks(drawn text, higher_is_better boolean) returns void
language plpgsql as $$
begin
  execute format($sql$
    insert into pg_temp.calc_count
    select root, region, rank, count(*)
    from (
      select root, region,
             rank() over (partition by draw, root, grp order by calc.draw_units(value) %s) as rank
      from (%s) d where value is not null) r
    group by root, region, rank
  $sql$, case when higher_is_better then 'desc' else 'asc' end, drawn);
end $$;

-- Per root and region of pg_temp.calc_count the 5th, 50th and 95th percentile over `draws` draws.
-- Percentile p lies at place p (draws - 1) / 100 of the sorted ranks, counted from 0, and is
-- interpolated linearly between its neighbours: exact with two decimals.
create or replace function calc.percentiles(draws integer)
returns table (root integer, region integer, low numeric, median numeric, high numeric)
language plpgsql as $$
begin
  return query
    with counted as (
      select c.root, c.region, c.rank,
             sum(sum(c.n)) over (partition by c.root, c.region order by c.rank) as upto
      from pg_temp.calc_count c group by c.root, c.region, c.rank
    ),
    place as (
      select p, div(p * (draws - 1), 100) + 1 as below, mod(p * (draws - 1), 100) as part
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
    select t.root, t.region, trim_scale(max(t.rank) filter (where t.p = 5)),
           trim_scale(max(t.rank) filter (where t.p = 50)),
           trim_scale(max(t.rank) filter (where t.p = 95))
    from percentile t group by t.root, t.region;
end $$;

-- Whether intervals of a group say something: it is whole, so that everybody ranked has one, and
-- has at least five.
create or replace function calc.group_whole(ranked bigint, intervals bigint) returns boolean
language sql immutable parallel safe as $$
  select ranked >= 5 and intervals = ranked
$$;

-- Draws that are done at once: what is too much for one statement is done in up to ten parts, so
-- that who waits sees something move.
create or replace function calc.draw_part(draws integer, cells bigint) returns integer
language sql immutable parallel safe as $$
  select greatest(1, ceil(draws / least(10, 1 + draws * cells / 5000000)::numeric)::integer)
$$;

-- The intervals of the intake whose cells are in pg_temp.calc_cell: of its roots that are not
-- leaves, and since the second format of the ranked one alone, for whole groups.
create or replace function calc.intervals(intake integer)
returns table (root integer, region integer, low numeric, median numeric, high numeric)
language plpgsql as $$
declare
  method    data.method;
  taken     data.intake;
  statement text;
  part      integer;
begin
  select i.* into taken from data.intake i where i.id = intervals.intake;
  select m.* into method from data.method m where m.id = taken.method;
  perform calc.drop_draws();
  if method.draws = 0 then
    return;
  end if;
  perform calc.fill_drawn(method.id, taken.format = 1);
  perform calc.fill_entries(calc.blank(method.missing, method.higher_is_better, method.scale_min,
                                       method.scale_max));
  perform calc.fill_slots();
  perform calc.fill_vectors();
  -- A high tree would hand hundreds of columns through hundreds of subqueries: arrays take a
  -- quarter of the memory there.
  statement := calc.draw_statement(wide => (select count(*) > 1500 from pg_temp.calc_slot)
                                           or (select max(height) > 40 from pg_temp.calc_trait),
                                   zero => calc.drawn_zero(taken.format, exists (
                                     select from pg_temp.calc_entry e where e.value < 0)));
  if statement is not null then
    create temp table calc_count (root integer, region integer, rank bigint, n bigint);
    part := calc.draw_part(method.draws, (select count(*) from pg_temp.calc_entry));
    for lowest in 1 .. method.draws by part loop
      perform calc.tell('draws', (lowest - 1) / part, (method.draws + part - 1) / part);
      perform calc.fill_weights(taken.round, lowest, least(lowest + part - 1, method.draws),
                                method.weight_spread);
      perform calc.count_ranks(statement, method.higher_is_better);
    end loop;
    perform calc.tell('results');
    return query
    with root as (
      select distinct c.root from pg_temp.calc_count c
    ),
    cell as (
      select r.root, g.grp, g.no, c.value is not null as ranked
      from root r
      join pg_temp.calc_cell c on c.criterion = r.root
      join pg_temp.calc_region g on g.no = c.region
    )
    select i.root, i.region, i.low, i.median, i.high
    from (select p.*, calc.group_whole(count(*) filter (where c.ranked) over same,
                                       count(p.region) over same) as whole
          from cell c
          left join calc.percentiles(method.draws) p on p.root = c.root and p.region = c.no
          window same as (partition by c.root, c.grp)) i
    where i.region is not null and (taken.format = 1 or i.whole);
  end if;
  perform calc.drop_draws();
end $$;

create or replace function calc.drop_draws() returns void
language plpgsql set client_min_messages = warning as $$
begin
  drop table if exists pg_temp.calc_entry, pg_temp.calc_trait, pg_temp.calc_slot,
    pg_temp.calc_vector, pg_temp.calc_weight, pg_temp.calc_name, pg_temp.calc_node,
    pg_temp.calc_drawn, pg_temp.calc_count;
end $$;
