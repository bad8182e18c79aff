-- Page user: one account, for whoever manages it: its scope, links for it, and closing it.

create or replace function page.user(lang text, id integer, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select a.id as account,
           a.name as person,
           a.email as address,
           a.demo,
           a.role as is_word,
           a.deputy,
           r.name as region_name,
           a.dimensions = '{*}' as whole,
           pub.scope_name(lang, a.dimensions) as scope,
           a.state as state_word,
           i.until,
           (a.signed_in_at at time zone interval '7:00')::date as last_in,
           coalesce(o.typed ->> 'role', a.role) as wants_word,
           me.region as own_region,
           nullif(o.word, 'done') as fault_word,
           o.faults ->> 'role' as bad_role_word,
           o.faults ->> 'region' as bad_region,
           o.faults ->> 'dimension' as bad_dimension,
           case when o.faults ->> 'reason' <> 'missing' then 'prose' else o.faults ->> 'reason' end
             as bad_reason_word,
           case when o.faults ->> 'why' <> 'missing' then 'prose' else o.faults ->> 'why' end
             as bad_why_word,
           case when o.word = 'done' then a.email end as made_for,
           coalesce(o.word = 'done' and "user".sent ? 'reason', false) as detached,
           a.state <> 'disabled' and (me.role = 'office' or a.role = 'owner') as can_change,
           a.state = 'invited' as can_invite,
           a.state = 'active' as can_reset,
           a.state <> 'disabled' as can_end,
           a.state = 'disabled' and not a.demo as can_reopen,
           (select json_agg(x) from (
              select r.code,
                     r.name as region_label,
                     r.code = coalesce(o.typed ->> 'region', a.region) as chosen
              from pub.region r
              where me.role = 'office'
              order by r.bare, r.slug) x) as regions,
           (select json_agg(x) from (
              select g.id as agency_code, coalesce(g.short, g.name) as agency_label,
                     coalesce(coalesce(o.typed ->> 'agency', a.agency::text) = g.id::text,
                              false) as chosen
              from data.agency g
              where g.region = a.region and g.closed_at is null
              order by g.name, g.id) x) as agencies,
           coalesce(o.typed ->> 'sends', case when not a.sends then 'operator' end)
             is distinct from 'operator' as alone,
           (select json_agg(x) from (
              select m.code,
                     pub.pick(lang, m.name_id, m.name_en) as dimension_label,
                     coalesce(o.typed ? ('dim_' || m.code),
                              m.code = any (a.dimensions), false) as chosen
              from pub.dimension m
              order by m.ord) x) as dimensions,
           coalesce(o.typed ? 'dim_all', a.role = 'owner' and a.dimensions = '{*}')
             as every_dimension
    from data.account me
    join data.account a on a.id = "user".id
      and data.manages(me.id, me.role, me.region, me.deputy, a.id, a.role, a.region, a.deputy)
    left join pub.region r on r.code = a.region
    cross join lateral (
      select (max(n.expires_at) at time zone interval '7:00')::date as until
      from data.invitation n
      where n.account = a.id and a.state = 'invited' and n.closed_at is null
        and n.expires_at > now()) i
    cross join (
      select "user".answer ->> 'outcome' as word,
             "user".answer -> 'faults' as faults,
             case when "user".answer ->> 'outcome' <> 'done' and "user".sent ? 'role'
                  then "user".sent end as typed) o
    where me.id = (select data.actor())) d;
end;
