-- Page agencies: the register of a city's agencies, for its operator; the office chooses the city.

create or replace function page.agencies(lang text, daerah text, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select r.code as region,
           r.name as city,
           r.slug,
           me.role = 'office' as chooses,
           (select json_agg(x) from (
              select c.code, c.name as region_label, c.code = r.code as chosen
              from pub.region c
              where me.role = 'office' and c.listed
              order by c.bare, c.slug) x) as regions,
           (select json_agg(x) from (
              select c.code, c.name as region_label, count(*) as agencies
              from data.agency a join pub.region c on c.code = a.region
              where me.role = 'office' and a.closed_at is null
              group by c.code, c.name, c.bare
              order by c.bare, c.code) x) as kept,
           f.*,
           (select json_agg(x) from (
              select a.id as agency, a.name as agency_name, a.short, a.contact,
                     (select string_agg(pub.pick(lang, m.name_id, m.name_en), ', ' order by m.ord)
                      from data.agency_dimension o join pub.dimension m on m.code = o.dimension
                      where o.agency = a.id and o.part = 'lead') as leads,
                     (select string_agg(pub.pick(lang, m.name_id, m.name_en), ', ' order by m.ord)
                      from data.agency_dimension o join pub.dimension m on m.code = o.dimension
                      where o.agency = a.id and o.part = 'support') as supports,
                     (select nullif(count(*), 0) from data.account p
                      where p.agency = a.id and p.state <> 'disabled') as people
              from data.agency a
              where a.region = r.code and a.closed_at is null
              order by a.name, a.id) x) as agencies
    from (select data.actor_role() as role, data.actor_region() as region offset 0) me
    left join pub.region r on r.code = case me.role when 'operator' then me.region
                                       else coalesce(sent ->> 'region', agencies.daerah) end
    cross join lateral pub.agency_form(lang, r.code, null, sent, answer) f
    where me.role in ('office', 'operator')) d;
end;
