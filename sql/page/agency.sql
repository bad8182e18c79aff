-- Page agency: one agency of the register, for whoever keeps it.

create or replace function page.agency(lang text, id integer, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select a.id as agency,
           a.name as agency_name,
           r.code as region,
           r.name as city,
           f.*,
           (select json_agg(x) from (
              select p.name as person, p.id as account
              from data.account p
              where p.agency = a.id and p.state <> 'disabled'
              order by p.name, p.id) x) as people
    from (select data.actor_role() as role, data.actor_region() as region offset 0) me
    join data.agency a on a.id = agency.id and a.closed_at is null
      and (me.role = 'office' or me.role = 'operator' and a.region = me.region)
    join pub.region r on r.code = a.region
    cross join lateral pub.agency_form(lang, a.region, a.id, sent, answer) f) d;
end;
