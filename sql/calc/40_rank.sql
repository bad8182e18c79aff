-- Rule 6: ranks per criterion and group among the regions that have a value, from
-- pg_temp.calc_cell. `label` is the rank, followed by = when it is shared; "of" is how many are
-- ranked.
create or replace function calc.ranks(rank_on text, ties text, higher_is_better boolean)
returns table (criterion integer, region integer, rank integer, label text, "of" integer)
language plpgsql as $$
#variable_conflict use_column
begin
  return query
  select k.criterion, k.region, k.rank, k.rank || case when k.shared > 1 then '=' else '' end,
    k."of"
  from (
    select v.criterion, v.region,
           (case when ranks.ties = 'dense' then dense_rank() over best
            else rank() over best end)::integer as rank,
           count(*) over (partition by v.criterion, v.grp, v.merit) as shared,
           (count(*) over (partition by v.criterion, v.grp))::integer as "of"
    from (
      -- merit: the compared figure, turned so that more is better. The official figure is compared
      -- under either rule.
      select c.criterion, c.region, r.grp,
             case when ranks.higher_is_better then 1 else -1 end
             * case when ranks.rank_on = 'exact' then coalesce(c.official, c.exact)
               else c.value end as merit
      from pg_temp.calc_cell c
      join pg_temp.calc_region r on r.no = c.region
      where c.value is not null
    ) v
    window best as (partition by v.criterion, v.grp order by v.merit desc)
  ) k;
end $$;
