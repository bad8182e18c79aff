-- Page winnew: begins a quick win with its name and its dimension, one of those that its writer
-- looks after; all else comes afterwards.

create or replace function page.winnew(lang text, tiru integer, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select coalesce(sent ->> 'title', c.title) as title,
           c.id as copied,
           c.title as copied_win,
           c.name as copied_city,
           coalesce((select r.name from pub.region r where r.code = me.region), me.region) as city,
           o.code as dimension,
           pub.pick(lang, o.name_id, o.name_en) as dimension_name,
           answer ->> 'outcome' as outcome_word,
           coalesce(answer -> 'faults' ? 'title', false) as fault_title,
           coalesce(answer -> 'faults' ? 'dimension', false) as fault_dimension,
           (select json_agg(x) from (
              select o.code,
                     pub.pick(lang, o.name_id, o.name_en) as name,
                     coalesce(coalesce(sent ->> 'dimension', c.dimension) = o.code, false) as chosen
              from pub.dimension o
              where data.in_scope(o.code, me.dimensions)
              order by o.ord) x) as dimensions,
           data.in_scope(null, me.dimensions) as later
    from (select (select data.actor_role()) as role, (select data.actor_region()) as region,
                 (select data.actor_dimensions()) as dimensions) me
    left join pub.dimension o on o.code = me.dimensions[1] and not data.chooses(me.dimensions)
    -- The quick win of another region that is copied, from whose page people come.
    left join pub.quick_win c on c.region <> me.region
      and c.id = case when sent ->> 'copied' ~ '^[0-9]{1,9}$' then (sent ->> 'copied')::integer
                      else tiru end
    where me.role in ('operator', 'owner')) d;
end;
