-- Page users: accounts, fifty a page. The office sees and invites all, a city's operator the
-- city's; for anybody else there is no such page. Filters are those of its address.

create or replace function page.users(lang text, cari text, daerah text, peran text, keadaan text,
                                      halaman integer, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  with me as materialized (
    select a.id, a.role, a.region, a.deputy from data.account a
    where a.id = (select data.actor()) and a.role in ('office', 'operator')
  ), account as materialized (
    select a.id, a.email, a.name, a.role, a.region, a.dimensions, a.deputy, a.state,
           a.signed_in_at, a.demo, r.name as region_name, r.bare,
           a.state = 'invited' and i.until is null as lapsed
    from me
    cross join data.account a
    left join pub.region r on r.code = a.region
    left join (
      select n.account, max(n.expires_at) as until
      from data.invitation n
      where n.closed_at is null and n.expires_at > now()
      group by n.account) i on i.account = a.id
  ), found as materialized (
    select a.*
    from account a
    where (users.daerah is null or a.region = users.daerah)
      and (users.peran is null or a.role = users.peran)
      and (users.cari is null
           or strpos(lower(a.name || ' ' || a.email || ' ' || coalesce(a.region_name, '')),
                     lower(btrim(users.cari))) > 0)
  ), shown as materialized (
    select f.*,
           row_number() over (
             order by f.state = 'disabled',
                      array_position(array['office', 'assessor', 'operator', 'owner'], f.role),
                      f.bare nulls first, f.deputy, f.dimensions, f.email) as place
    from found f
    where users.keadaan is null
          or case users.keadaan when 'lapsed' then f.lapsed
             when 'never' then f.state = 'invited' else f.state = users.keadaan end
  )
  select row_to_json(d) from (
    select o.typed ->> 'email' as email,
           o.typed ->> 'name' as name,
           coalesce(o.typed ->> 'role',
                    case me.role when 'office' then 'operator' else 'owner' end) as wants_word,
           me.region as own_region,
           me.role = 'office' or not me.deputy as deputizes,
           nullif(o.word, 'done') as fault_word,
           o.faults ->> 'email' as bad_email_word,
           o.faults ->> 'name' as bad_name,
           o.faults ->> 'role' as bad_role_word,
           o.faults ->> 'region' as bad_region,
           o.faults ->> 'dimension' as bad_dimension,
           (select a.email from data.account a where o.word = 'done' and a.id = o.account)
             as made_for,
           (select json_agg(x) from (
              select r.code, r.name as region_label, r.code = o.typed ->> 'region' as chosen
              from pub.region r
              where me.role = 'office'
              order by r.bare, r.slug) x) as regions,
           (select json_agg(x) from (
              select g.id as agency_code, coalesce(g.short, g.name) as agency_label,
                     coalesce(o.typed ->> 'agency' = g.id::text, false) as chosen
              from data.agency g
              where g.region = me.region and g.closed_at is null
              order by g.name, g.id) x) as agencies,
           o.typed ->> 'sends' is distinct from 'operator' as alone,
           (select json_agg(x) from (
              select m.code,
                     pub.pick(lang, m.name_id, m.name_en) as dimension_label,
                     coalesce(o.typed ? ('dim_' || m.code), false) as chosen
              from pub.dimension m
              order by m.ord) x) as dimensions,
           coalesce(o.typed ? 'dim_all', false) as every_dimension,
           -- Where accounts are, for the filter.
           cari,
           daerah,
           peran as peran_word,
           keadaan as keadaan_word,
           (select json_agg(x) from (
              select a.region as code, min(a.region_name) as region_label,
                     a.region is not distinct from users.daerah as chosen
              from account a
              where me.role = 'office' and a.region is not null
              group by a.region
              order by min(a.bare), a.region) x) as places,
           (select json_agg(x) from (
              select s.state as s_word, count(*) as accounts,
                     s.state is not distinct from users.keadaan as current
              from (values (1, 'active'), (2, 'never'), (3, 'lapsed'), (4, 'disabled'))
                s (ord, state)
              join found f on case s.state when 'lapsed' then f.lapsed
                              when 'never' then f.state = 'invited' else f.state = s.state end
              group by s.ord, s.state
              order by s.ord) x) as states,
           (select count(*) from found) as all_found,
           halaman as page_number,
           case when halaman > 1 then halaman - 1 end as previous_page,
           case when c.count > 50 * halaman then halaman + 1 end as next_page,
           case when c.count > 50 then (c.count + 49) / 50 end as last_page,
           (select json_agg(x) from (
              select a.id,
                     a.name as person,
                     a.email as address,
                     a.demo,
                     a.id = me.id as is_me,
                     a.role as is_word,
                     a.deputy,
                     a.region_name,
                     a.dimensions = '{*}' as whole,
                     pub.scope_name(lang, a.dimensions) as scope,
                     a.state as state_word,
                     a.lapsed,
                     (a.signed_in_at at time zone interval '7:00')::date as last_in,
                     data.manages(me.id, me.role, me.region, me.deputy, a.id, a.role, a.region,
                                  a.deputy) as manages
              from shown a
              where a.place > 50 * (halaman - 1) and a.place <= 50 * halaman
              order by a.place) x) as people
    from me
    cross join (select count(*) as count from shown) c
    cross join (
      select users.answer ->> 'outcome' as word,
             users.answer -> 'faults' as faults,
             (users.answer ->> 'id')::integer as account,
             case when users.answer ->> 'outcome' <> 'done' then users.sent end as typed) o) d;
end;
