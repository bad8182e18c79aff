-- Rule 7, first half: what the draws are made of. Draws are doubles; nothing of rules 1 to 6 comes
-- from here.

-- What draw `draw` multiplies the weight of an edge by: 1 + spread * (2u - 1), u from the SHA-256
-- of the edge's name.
create or replace function calc.draw_multiplier(
  round text, draw integer, parent text, child text,
    spread double precision) returns double precision
language sql stable parallel safe as $$
  select 1 + spread * (2 * (('x' || left(encode(sha256(convert_to(
      round || '|' || draw || '|' || parent || '|' || child, 'UTF8')), 'hex'), 13))::bit(52)::bigint
    / 4503599627370496::double precision) - 1)
$$;

-- The criteria that are drawn, into pg_temp.calc_drawn: all, or those of the ranked root alone.
create or replace function calc.fill_drawn(method integer, all_roots boolean) returns void
language plpgsql as $$
begin
  create temp table calc_drawn as
    with recursive below (ord) as (
      select k.ord from pg_temp.calc_criterion k
      where all_roots or k.code = (select m.criterion from calc.main m where m.method = $1)
      union
      select e.child from below b join pg_temp.calc_edge e on e.parent = b.ord
    )
    select b.ord from below b;
  analyze pg_temp.calc_drawn;
end $$;

-- What every cell brings into the draws, from pg_temp.calc_cell, into pg_temp.calc_entry:
--   value  NaN: computed anew in each draw; else what it is in all of them (its mark, its official
--          figure, what stands for it when it is missing, or 0 where it is left out). A root is
--          computed wherever its own children give it a value, whatever its official figure.
--   used   1 when the cell enters its parents, 0 when it is left out: decided once, with the
--          method's own weights
--   log    of `value` for geometric parents: -Infinity where it is not positive
create or replace function calc.fill_entries(blank numeric) returns void
language plpgsql as $$
begin
  create temp table calc_entry (
    criterion integer, region integer, value double precision, used double precision,
      log double precision);
  insert into pg_temp.calc_entry
  select f.criterion, f.region, f.value, f.used,
         case when f.used = 0 then 0 when f.value > 0 then ln(f.value) else '-Infinity' end
  from (
    select c.criterion, c.region,
           case when k.height > 0 and c.own = 'value' and (k.root or c.official is null) then 'NaN'
                when k.root then 0
                else coalesce(calc.to_double(coalesce(c.value, u.blank)), 0) end as value,
           case when coalesce(c.value, u.blank) is null then 0 else 1 end as used
    from pg_temp.calc_cell c
    join pg_temp.calc_drawn d on d.ord = c.criterion
    join pg_temp.calc_criterion k on k.ord = c.criterion
    cross join lateral (select case when c.own = 'no_data' then fill_entries.blank end) u (blank)
  ) f;
  analyze pg_temp.calc_entry;
end $$;

-- The columns that the drawn tree is computed from, into pg_temp.calc_slot. Side v has one row per
-- region, side w one row per draw; `place` counts within the side. `top` is the greatest height
-- that still reads the column.
--   value  a criterion's fixed value, where it has one in some region
--   used   whether a criterion enters its parents, where it does so in some regions only
--   log    the logarithm of a leaf under a geometric mean
--   weight an edge's drawn weight
--   base   the sum of a parent's drawn weights over the children that enter it in every region
create or replace function calc.fill_slots() returns void
language plpgsql as $$
begin
  create temp table calc_trait as
    select k.ord, k.height, k.aggregate, k.root, e.always_computed, e.always_fixed, e.always_used,
           coalesce(u.top, k.height + 1) as top, coalesce(u.geomean, false) as under_geomean
    from pg_temp.calc_criterion k
    cross join lateral (
      select max(p.height) as top, bool_or(p.aggregate = 'geomean') as geomean
      from pg_temp.calc_edge e
      join pg_temp.calc_drawn d on d.ord = e.parent
      join pg_temp.calc_criterion p on p.ord = e.parent
      where e.child = k.ord) u
    join (select criterion, bool_and(value = 'NaN') as always_computed,
          bool_and(value <> 'NaN') as always_fixed,
                 bool_and(used = 1) as always_used
          from pg_temp.calc_entry group by criterion) e on e.criterion = k.ord;
  create temp table calc_slot as
    select side, kind, id, top, (row_number() over (partition by side order by kind,
                                                    id))::integer as place
    from (
      select 'v' as side, 'value' as kind, ord as id,
        case when height = 0 then top else height end as top
      from pg_temp.calc_trait where not always_computed
      union all
      select 'v', 'used', ord, top from pg_temp.calc_trait where not always_used and not root
      union all
      select 'v', 'log', ord, top from pg_temp.calc_trait where height = 0 and under_geomean
      union all
      select 'w', 'weight', e.no, p.height from pg_temp.calc_edge e
        join pg_temp.calc_trait p on p.ord = e.parent
      union all
      select 'w', 'base', p.ord, p.height from pg_temp.calc_trait p
      where exists (select from pg_temp.calc_edge e join pg_temp.calc_trait t on t.ord = e.child
                    where e.parent = p.ord and t.always_used)
    ) s;
  analyze pg_temp.calc_trait, pg_temp.calc_slot;
end $$;

-- The numbers of the slots of side v, per region, into pg_temp.calc_vector; and a place for those
-- of side w.
create or replace function calc.fill_vectors() returns void
language plpgsql as $$
begin
  create temp table calc_vector as
    select e.region, r.grp, s.place, case s.kind when 'value' then e.value when 'used' then e.used
      else e.log end as x
    from pg_temp.calc_slot s
    join pg_temp.calc_entry e on e.criterion = s.id
    join pg_temp.calc_region r on r.no = e.region
    where s.side = 'v';
  create temp table calc_weight (draw integer, place integer, parent integer, always_used boolean,
                                 x double precision);
  analyze pg_temp.calc_vector;
end $$;

-- Those of side w of the draws lowest to highest, into pg_temp.calc_weight.
create or replace function calc.fill_weights(round text, lowest integer, highest integer,
                                             spread numeric) returns void
language plpgsql as $$
begin
  truncate pg_temp.calc_weight;
  insert into pg_temp.calc_weight
    select d.draw, s.place, e.parent, t.always_used,
           calc.to_double(e.weight)
           * calc.draw_multiplier(fill_weights.round, d.draw, p.code, c.code,
                                  fill_weights.spread::double precision)
    from generate_series(fill_weights.lowest, fill_weights.highest) d (draw)
    cross join pg_temp.calc_edge e
    join pg_temp.calc_slot s on s.side = 'w' and s.kind = 'weight' and s.id = e.no
    join pg_temp.calc_criterion p on p.ord = e.parent
    join pg_temp.calc_criterion c on c.ord = e.child
    join pg_temp.calc_trait t on t.ord = e.child;
  insert into pg_temp.calc_weight
    select w.draw, s.place, w.parent, false, sum(w.x)
    from pg_temp.calc_weight w
    join pg_temp.calc_slot s on s.side = 'w' and s.kind = 'base' and s.id = w.parent
    where w.always_used
    group by w.draw, s.place, w.parent;
  analyze pg_temp.calc_weight;
end $$;
