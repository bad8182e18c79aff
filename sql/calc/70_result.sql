-- The whole result of an intake: one row per participant and criterion, whether it has a value or
-- not. Ranks are null where there is no value, intervals where a root was not drawn. Deterministic:
-- the same intake gives the same rows.
create or replace function calc.results(intake integer)
returns table (region data.code, criterion data.code, "group" text, status text, value numeric,
               exact numeric, computed numeric,
               official numeric, rank integer, label text, "of" integer,
               rank_low numeric, rank_median numeric, rank_high numeric,
               coverage numeric, applicable numeric)
language plpgsql as $$
#variable_conflict use_column
declare
  method data.method;
begin
  select m.* into method from data.intake i join data.method m on m.id = i.method
    where i.id = results.intake;
  perform calc.tell('cells');
  perform calc.fill_cells(results.intake);
  return query
  select r.code, k.code, r."group", case when c.value is not null then 'value' else c.own end,
         c.value, c.exact, c.computed, c.official, p.rank, p.label, p."of", i.low, i.median, i.high,
         trim_scale(round(c.coverage, 4)), trim_scale(round(coalesce(c.applicable, 0), 4))
  from pg_temp.calc_cell c
  join pg_temp.calc_criterion k on k.ord = c.criterion
  join pg_temp.calc_region r on r.no = c.region
  left join calc.ranks(method.rank_on, method.ties, method.higher_is_better) p
         on p.criterion = c.criterion and p.region = c.region
  left join calc.intervals(results.intake) i on i.root = c.criterion and i.region = c.region;
  perform calc.drop_work();
end $$;
