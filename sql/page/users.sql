-- Page users: accounts. The office sees and invites all, a city's operator the city's; for anybody
-- else there is no such page.

create or replace function page.users(lang text, sent jsonb, answer jsonb) returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select o.typed ->> 'email' as email,
           o.typed ->> 'name' as name,
           coalesce(o.typed ->> 'role', 'operator') as wants_word,
           me.region as own_region,
           nullif(o.word, 'done') as fault_word,
           o.faults ->> 'email' as bad_email_word,
           o.faults ->> 'name' as bad_name,
           o.faults ->> 'role' as bad_role,
           o.faults ->> 'region' as bad_region,
           o.faults ->> 'dimension' as bad_dimension,
           case when o.faults ->> 'reason' <> 'missing' then 'prose' else o.faults ->> 'reason' end
             as bad_reason_word,
           o.account as fault_id,
           (select a.email from data.account a where o.word = 'done' and a.id = o.account)
             as made_for,
           o.word = 'done' and users.sent ? 'reason' as detached,
           (select json_agg(x) from (
              select r.code,
                     r.name as region_label,
                     r.code = o.typed ->> 'region' as chosen
              from pub.region r
              where me.role = 'office'
              order by r.bare, r.slug) x) as regions,
           (select json_agg(x) from (
              select m.code,
                     pub.pick(lang, m.name_id, m.name_en) as dimension_label,
                     m.code = o.typed ->> 'dimension' as chosen
              from pub.dimension m
              order by m.ord) x) as dimensions,
           (select json_agg(x) from (
              select a.id,
                     a.name as person,
                     a.email as address,
                     a.demo,
                     a.id = me.id as is_me,
                     a.role as is_word,
                     r.name as region_name,
                     pub.pick(lang, m.name_id, m.name_en) as dimension_name,
                     a.state as state_word,
                     (a.signed_in_at at time zone interval '7:00')::date as last_in,
                     (i.until at time zone interval '7:00')::date as until,
                     e.may_invite or e.may_detach or e.may_end as can_act,
                     e.may_invite as can_invite,
                     e.may_reset as can_reset,
                     e.may_detach as can_detach,
                     e.may_end as can_end,
                     o.word <> 'done' and a.id = o.account as opened
              from data.account a
              cross join lateral (
                select a.state = 'invited' and (me.role = 'office' or a.role = 'owner')
                         as may_invite,
                       a.state = 'active' and me.role = 'office' and a.id <> me.id as may_reset,
                       a.state = 'active' and a.id <> me.id
                         and (me.role = 'office' or a.role = 'owner') as may_detach,
                       a.state <> 'disabled' and me.role = 'office' and a.id <> me.id as may_end) e
              cross join lateral (
                select max(i.expires_at) as until
                from data.invitation i
                where i.account = a.id
                  and a.state = 'invited'
                  and i.closed_at is null
                  and i.expires_at > now()) i
              left join pub.region r on r.code = a.region
              left join pub.dimension m on m.code = a.dimension
              order by a.state = 'disabled',
                       array_position(array['office', 'assessor', 'operator', 'owner'], a.role),
                       r.bare nulls first,
                       m.ord nulls first,
                       a.email) x) as people
    -- Worked out once, though it is used often.
    from (select data.actor() as id, data.actor_role() as role, data.actor_region() as region
          offset 0) me
    cross join (
      select users.answer ->> 'outcome' as word,
             users.answer -> 'faults' as faults,
             (users.answer ->> 'id')::integer as account,
             case when users.answer ->> 'outcome' <> 'done' then users.sent end as typed) o
    where me.role in ('office', 'operator')) d;
end;
