-- Page winnew: begins a quick win with its name and its dimension, which an owner does not choose;
-- all else comes afterwards.

create or replace function page.winnew(lang text, sent jsonb, answer jsonb) returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select sent ->> 'title' as title,
           coalesce((select r.name from pub.region r where r.code = me.region), me.region) as city,
           o.code as dimension,
           pub.pick(lang, o.name_id, o.name_en) as dimension_name,
           answer ->> 'outcome' as outcome_word,
           coalesce(answer -> 'faults' ? 'title', false) as fault_title,
           coalesce(answer -> 'faults' ? 'dimension', false) as fault_dimension,
           (select json_agg(x) from (
              select c.code,
                     pub.pick(lang, c.name_id, c.name_en) as name,
                     coalesce(sent ->> 'dimension' = c.code, false) as chosen
              from pub.dimension c
              order by c.ord) x) as dimensions
    from (select (select data.actor_role()) as role, (select data.actor_region()) as region,
                 (select data.actor_dimension()) as dimension) me
    left join pub.dimension o on o.code = me.dimension
    where me.role in ('operator', 'owner')) d;
end;
