-- Invitations in one go: a line for each, as people paste them from a sheet.

-- What a line says, as a form says it: address; name; role; region; dimensions. Of an operator's
-- city only owners and deputies are invited: address; name; dimensions, or "wakil". What can not be
-- read is null, and `unread` says which part.
create or replace function act.invite_fields(me data.account, line text)
returns jsonb language sql stable as $$
  select jsonb_strip_nulls(jsonb_build_object(
           'email', p.part[1], 'name', p.part[2], 'role', r.role, 'region', g.region,
           'unread', case when r.role is null then 'role'
                          when p.place <> '' and g.region is null then 'region'
                          when x.unknown then 'dimension' end))
         || coalesce(x.ticked, '{}')
  from (select part, case me.role when 'office' then part[4] else '' end as place,
               lower(case me.role when 'office' then coalesce(part[3], '')
                                  else coalesce(part[3], '') end) as third
        from (select array(select btrim(t, E' \u00a0"')
                           from regexp_split_to_table(invite_fields.line, E'[;\t]') t) as part) s) p
  cross join lateral (
    select case when me.role = 'operator'
                then case when p.third in ('wakil', 'wakil operator') then 'operator'
                          else 'owner' end
                else (select w.role
                      from (values ('operator', 'operator'), ('operator kota', 'operator'),
                                   ('pengampu', 'owner'), ('pengampu dimensi', 'owner'),
                                   ('owner', 'owner'), ('asesor', 'assessor'),
                                   ('assessor', 'assessor'), ('kantor', 'office'),
                                   ('kantor program', 'office'), ('office', 'office'))
                        w (word, role)
                      where w.word = p.third) end as role) r
  cross join lateral (
    select case me.role when 'operator' then me.region
           else (select d.code from pub.region d
                 where lower(p.place) in (d.code, d.slug, lower(d.name)) limit 1) end as region) g
  cross join lateral (
    select jsonb_object_agg('dim_' || k.code, 'ya') filter (where k.code is not null) as ticked,
           coalesce(bool_or(k.code is null), false) as unknown
    from string_to_table(case when r.role = 'owner'
                              then case me.role when 'operator' then p.part[3]
                                   else p.part[5] end end, ',') t (word)
    cross join lateral (
      select case when lower(btrim(t.word)) in ('semua', 'all') then 'all'
             else (select d.code from data.dimension d
                   where regexp_replace(lower(btrim(t.word)), '^smart ', '')
                         in (d.code, lower(d.name_id), lower(d.name_en))) end as code) k
    where btrim(t.word) <> '') x;
$$;

-- One of them. Whom one may not make is a fault of the line.
create or replace function act.invite_line(line text, token text, mails boolean)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me data.account := act.me();
  fields jsonb;
begin
  if me.id is null or me.role not in ('office', 'operator') then
    return act.refuse('invite');
  end if;
  fields := act.invite_fields(me, line);
  if fields ? 'unread' then
    return act.said('invalid', faults => jsonb_build_object(fields ->> 'unread', 'unread'));
  elsif not act.may_make(me, act.account_wanted(fields)) then
    return act.said('invalid', faults => '{"role": "wrong"}');
  end if;
  return act.invite(fields, token, mails);
end $$;

-- Who was invited days ago and has not come, of those whom one manages: the numbers of their
-- accounts.
create or replace function act.unseen() returns table (account integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.id
  from act.me() me
  cross join data.account a
  where me.role in ('office', 'operator') and a.state = 'invited' and act.manages(me, a)
    and not exists (select from data.invitation i
                    where i.account = a.id and i.created_at > now() - interval '3 days')
  order by a.id
  limit 200;
$$;

-- A new link for one of them.
create or replace function act.remind(account integer, token text, mails boolean)
returns data.outcome
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select act.reinvite(account, token);
$$;
