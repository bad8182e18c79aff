-- Page user: one account, whose role the office may change.

create or replace function page.user(lang text, id integer, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select a.id as account,
           a.name as person,
           a.email as address,
           a.demo,
           coalesce("user".sent ->> 'role', a.role) as wants_word,
           "user".answer ->> 'outcome' as fault_word,
           "user".answer -> 'faults' ->> 'role' as bad_role,
           "user".answer -> 'faults' ->> 'region' as bad_region,
           "user".answer -> 'faults' ->> 'dimension' as bad_dimension,
           (select json_agg(x) from (
              select r.code,
                     r.name as region_label,
                     r.code = coalesce("user".sent ->> 'region', a.region) as chosen
              from pub.region r
              order by r.bare, r.slug) x) as regions,
           (select json_agg(x) from (
              select m.code,
                     pub.pick(lang, m.name_id, m.name_en) as dimension_label,
                     m.code = coalesce("user".sent ->> 'dimension', a.dimension) as chosen
              from pub.dimension m
              order by m.ord) x) as dimensions
    from data.account a
    where a.id = "user".id
      and a.state <> 'disabled'
      and a.id <> (select data.actor())
      and (select data.actor_role()) = 'office') d;
end;
