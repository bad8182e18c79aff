-- Page users: accounts. The office sees and invites all, a city's operator the city's; for anybody else there is no such page.

create or replace function page.users(lang text, sent jsonb, answer jsonb)
returns table (by_office boolean, by_city boolean, email text, name text, wants_office boolean, wants_assessor boolean, wants_operator boolean, wants_owner boolean,
               own_region text, faults boolean, fault_email boolean, fault_known boolean, fault_name boolean, fault_role boolean, fault_region boolean,
               fault_dimension boolean, fault_state boolean, fault_reason boolean, reason_missing boolean, reason_wrong boolean, fault_id integer,
               made_for text, detached boolean)
language sql stable
begin atomic
  select (select data.actor_role()) = 'office', (select data.actor_role()) = 'operator', case when o.word is distinct from 'done' then users.sent ->> 'email' end, case when o.word is distinct from 'done' then users.sent ->> 'name' end, w.role = 'office', w.role = 'assessor',
         w.role = 'operator', w.role = 'owner', (select data.actor_region()), coalesce(o.word, 'done') <> 'done', o.faults ->> 'email' = 'wrong', o.faults ->> 'email' = 'known',
         o.faults ? 'name', o.faults ? 'role', o.faults ? 'region', o.faults ? 'dimension', o.word = 'state' and o.faults is null,
         o.faults ? 'reason', o.faults ->> 'reason' = 'missing', o.faults ->> 'reason' <> 'missing', (users.answer ->> 'id')::integer,
         (select a.email from data.account a where o.word = 'done' and a.id = (users.answer ->> 'id')::integer),
         o.word = 'done' and users.sent ? 'reason'
  from (select users.answer ->> 'outcome', users.answer -> 'faults') o (word, faults)
  cross join (select coalesce(case when users.sent ? 'email' and users.answer ->> 'outcome' <> 'done' then users.sent ->> 'role' end, 'operator')) w (role)
  where (select data.actor_role()) in ('office', 'operator');
end;

create or replace function page.users_regions(lang text, sent jsonb, answer jsonb)
returns table (code text, region_label text, chosen boolean)
language sql stable
begin atomic
  select r.code::text, r.name, r.code = users_regions.sent ->> 'region' and users_regions.answer ->> 'outcome' <> 'done'
  from pub.region r
  where (select data.actor_role()) = 'office'
  order by r.bare, r.slug;
end;

create or replace function page.users_dimensions(lang text, sent jsonb, answer jsonb)
returns table (code text, dimension_label text, chosen boolean)
language sql stable
begin atomic
  select d.code::text, pub.pick(lang, d.name_id, d.name_en), d.code = users_dimensions.sent ->> 'dimension' and users_dimensions.answer ->> 'outcome' <> 'done'
  from pub.dimension d
  where (select data.actor_role()) in ('office', 'operator')
  order by d.ord;
end;

create or replace function page.users_people(lang text, sent jsonb, answer jsonb)
returns table (id integer, person text, address text, is_office boolean, is_assessor boolean, is_operator boolean, is_owner boolean, region_name text,
               dimension_name text, invited boolean, active boolean, disabled boolean, last_in date, came boolean, until date, open_until boolean, over boolean, demo boolean,
               can_invite boolean, can_reset boolean, can_detach boolean, can_end boolean, can_act boolean, opened boolean, is_me boolean)
language sql stable
begin atomic
  select a.id, a.name::text, a.email, a.role = 'office', a.role = 'assessor', a.role = 'operator', a.role = 'owner', r.name, pub.pick(lang, d.name_id, d.name_en),
         a.state = 'invited', a.state = 'active', a.state = 'disabled', (a.signed_in_at at time zone interval '7:00')::date, a.signed_in_at is not null,
         (i.until at time zone interval '7:00')::date, a.state = 'invited' and i.until > now(), a.state = 'invited' and i.until > now() is not true, a.demo,
         e.may_invite, e.may_reset, e.may_detach, e.may_end, e.may_invite or e.may_detach or e.may_end,
         users_people.answer ->> 'outcome' <> 'done' and a.id = (users_people.answer ->> 'id')::integer, a.id = (select data.actor())
  from data.account a
  cross join lateral (
    select a.state = 'invited' and (me.role = 'office' or a.role = 'owner') as may_invite, a.state = 'active' and me.role = 'office' and a.id <> me.id as may_reset,
           a.state = 'active' and a.id <> me.id and (me.role = 'office' or a.role = 'owner') as may_detach,
           a.state <> 'disabled' and me.role = 'office' and a.id <> me.id as may_end
    from (select (select data.actor_role()) as role, (select data.actor()) as id) me) e
  cross join lateral (select max(i.expires_at) as until from data.invitation i where i.account = a.id and i.closed_at is null) i
  left join pub.region r on r.code = a.region
  left join pub.dimension d on d.code = a.dimension
  where (select data.actor_role()) in ('office', 'operator')
  order by a.state = 'disabled', array_position(array['office', 'assessor', 'operator', 'owner'], a.role), r.bare nulls first, d.ord nulls first, a.email;
end;
