-- Agencies of cities, as everybody may see them, and what is asked of their people.

create or replace view pub.agency as
select a.id, a.region, a.name, a.short, a.contact, d.dimension, d.part
from data.agency a join data.agency_dimension d on d.agency = a.id
where a.closed_at is null;

-- Which agency leads each dimension of a region, and which ones support it; no row where there is
-- none.
create or replace function pub.city_agencies(lang text, region text) returns setof json
language sql stable
begin atomic
  select json_agg(x) from (
    select d.code as dimension,
           pub.pick(lang, d.name_id, d.name_en) as dimension_name,
           min(a.name) filter (where a.part = 'lead') as leader,
           string_agg(a.name, ', ' order by a.name) filter (where a.part = 'support')
             as supporters
    from pub.agency a join pub.dimension d on d.code = a.dimension
    where a.region = city_agencies.region
    group by d.ord, d.code, d.name_id, d.name_en
    order by d.ord) x
  having count(*) > 0;
end;

-- What goes on within a city about a quick win: who handed its draft over, what was asked of those
-- who look after its dimension, the open ones first, and what one may do about it. No row for those
-- of other places.
create or replace function pub.desk_asking(lang text, win integer, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select data.person_name(w.handed_by) as handed_by,
           pub.moment(w.handed_at) as handed_at,
           me.role = 'operator' as may_ask,
           sent ->> 'question' as question_typed,
           answer -> 'faults' ->> 'question' as question_fault_word,
           answer -> 'faults' ->> 'field' as field_fault,
           case when sent ? 'reply' then sent ->> 'reply' end as reply_typed,
           answer -> 'faults' ->> 'reply' as reply_fault,
           (select json_agg(x) from (
              select f.name as field_code,
                     pub.pick(lang, f.name_id, f.name_en) as field_label,
                     coalesce(sent ->> 'field' = f.name, false) as chosen
              from pub.win_field f
              where f.said
              order by f.ord) x) as choices,
           (select json_agg(x) from (
              select a.id as ask,
                     pub.pick(lang, f.name_id, f.name_en) as about,
                     nullif(a.field, '') as about_field,
                     a.question,
                     data.person_name(a.asked_by) as asked_by,
                     pub.moment(a.asked_at) as asked_at,
                     a.answer as reply,
                     data.person_name(a.answered_by) as replied_by,
                     pub.moment(a.answered_at) as replied_at,
                     pub.moment(a.closed_at) as closed_at,
                     a.closed_at is null and me.role = 'operator' as closes,
                     a.closed_at is null and a.answered_at is null and me.role = 'owner' as replies
              from data.ask a left join pub.win_field f on f.name = a.field
              where a.win = w.id
              order by a.closed_at is not null, a.id desc) x) as asks
    from data.win w
    cross join (select data.actor_role() as role, data.actor_region() as region offset 0) me
    where w.id = desk_asking.win and w.region = me.region
      and (me.role = 'operator' or w.handed_at is not null
           or exists (select from data.ask a where a.win = w.id))) d;
end;

-- The form of an agency, with what was typed before what is stored. Of a dimension that another one
-- leads it says which.
create or replace function pub.agency_form(lang text, region text, agency integer, sent jsonb,
                                           answer jsonb)
returns table (name text, short text, reach text, fault_word text, bad_name_word text,
               bad_short text, bad_contact text, bad_region text, parts json)
language sql stable
begin atomic
  select case when t.sent is not null then t.sent ->> 'name' else a.name end,
         case when t.sent is not null then t.sent ->> 'short' else a.short end,
         case when t.sent is not null then t.sent ->> 'contact' else a.contact end,
         nullif(agency_form.answer ->> 'outcome', 'done'),
         case when t.faults ->> 'name' in ('missing', 'known') then t.faults ->> 'name'
              when t.faults ? 'name' then 'long' end,
         t.faults ->> 'short', t.faults ->> 'contact', t.faults ->> 'region',
         (select json_agg(x) from (
            select m.code as dimension,
                   pub.pick(lang, m.name_id, m.name_en) as dimension_name,
                   coalesce(t.sent ->> ('part_' || m.code), o.part, '') as part_word,
                   t.faults ->> ('part_' || m.code) as bad_part,
                   (select l.name from data.agency_dimension d join data.agency l on l.id = d.agency
                    where d.region = agency_form.region and d.dimension = m.code
                      and d.part = 'lead' and d.agency is distinct from agency_form.agency)
                     as led_by
            from pub.dimension m
            left join data.agency_dimension o
              on o.agency = agency_form.agency and o.dimension = m.code
            order by m.ord) x)
  from (select case when agency_form.answer ->> 'outcome' <> 'done' then agency_form.sent end
                 as sent,
               agency_form.answer -> 'faults' as faults) t
  left join data.agency a on a.id = agency_form.agency;
end;
