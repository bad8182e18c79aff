-- Page winnew: begins a quick win with its name and its dimension; all else comes afterwards.

create or replace function page.winnew(lang text, sent jsonb, answer jsonb)
returns table (title text, chooses boolean, owns boolean, dimension text, dimension_name text, city text, has_faults boolean, fault_title boolean,
               fault_dimension boolean, used boolean)
language sql stable
begin atomic
  select coalesce(sent ->> 'title', ''), (select data.actor_role()) = 'operator', (select data.actor_role()) = 'owner', d.code, pub.pick(lang, d.name_id, d.name_en),
         coalesce((select r.name from pub.region r where r.code = (select data.actor_region())), (select data.actor_region())), answer -> 'faults' is not null
         and jsonb_typeof(answer -> 'faults') = 'object', coalesce(answer -> 'faults' ? 'title', false), coalesce(answer -> 'faults' ? 'dimension', false),
         coalesce(answer ->> 'outcome' = 'key_used', false)
  from (values (1)) one (n)
  left join pub.dimension d on d.code = (select data.actor_dimension())
  where (select data.actor_role()) in ('operator', 'owner');
end;

create or replace function page.winnew_dimensions(lang text, sent jsonb, answer jsonb)
returns table (code text, name text, chosen boolean)
language sql stable
begin atomic
  select d.code, pub.pick(lang, d.name_id, d.name_en), coalesce(sent ->> 'dimension' = d.code, false) from pub.dimension d order by d.ord;
end;
