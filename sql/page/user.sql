-- Page user: one account, whose role the office may change.

create or replace function page.user(lang text, id integer, sent jsonb, answer jsonb)
returns table (account integer, person text, address text, demo boolean, wants_office boolean, wants_assessor boolean, wants_operator boolean, wants_owner boolean,
               faults boolean, fault_role boolean, fault_region boolean, fault_dimension boolean, fault_state boolean)
language sql stable
begin atomic
  select a.id, a.name::text, a.email, a.demo, w.role = 'office', w.role = 'assessor', w.role = 'operator', w.role = 'owner',
         "user".answer is not null, "user".answer -> 'faults' ? 'role', "user".answer -> 'faults' ? 'region', "user".answer -> 'faults' ? 'dimension',
         "user".answer ->> 'outcome' = 'state'
  from data.account a
  cross join lateral (select coalesce("user".sent ->> 'role', a.role)) w (role)
  where a.id = "user".id and a.state <> 'disabled' and a.id <> (select data.actor()) and (select data.actor_role()) = 'office';
end;

create or replace function page.user_regions(lang text, id integer, sent jsonb, answer jsonb)
returns table (code text, region_label text, chosen boolean)
language sql stable
begin atomic
  select r.code::text, r.name, r.code = coalesce(user_regions.sent ->> 'region', a.region)
  from data.account a
  cross join pub.region r
  where a.id = user_regions.id and (select data.actor_role()) = 'office'
  order by r.bare, r.slug;
end;

create or replace function page.user_dimensions(lang text, id integer, sent jsonb, answer jsonb)
returns table (code text, dimension_label text, chosen boolean)
language sql stable
begin atomic
  select d.code::text, pub.pick(lang, d.name_id, d.name_en), d.code = coalesce(user_dimensions.sent ->> 'dimension', a.dimension)
  from data.account a
  cross join pub.dimension d
  where a.id = user_dimensions.id and (select data.actor_role()) = 'office'
  order by d.ord;
end;
