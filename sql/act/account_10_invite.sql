-- Accounts: invited, changed, ended, opened again, listed.

-- What a form wants an account to be: its dimensions are dim_all, or dim_CODE for each.
create or replace function act.account_wanted(fields jsonb) returns data.wanted
language sql stable as $$
  select row(
    lower(btrim(fields ->> 'email')), btrim(fields ->> 'name'), fields ->> 'role',
    nullif(fields ->> 'region', ''),
    case when fields ? 'dim_all' then '{*}'
         else (select array_agg(d.code::text order by d.ord) from data.dimension d
               where fields ? ('dim_' || d.code)) end,
    fields ->> 'sends' is distinct from 'operator', false,
    case when fields ->> 'agency' ~ '^[0-9]{1,9}$'
         then (fields ->> 'agency')::integer end)::data.wanted;
$$;

-- What is wrong with the role of an account, and with what belongs to it, by the name of the field.
-- Dimensions are asked of owners alone.
create or replace function act.role_faults(a data.wanted) returns jsonb
language sql stable
return jsonb_strip_nulls(jsonb_build_object(
  'role', case when a.role in ('office', 'assessor', 'operator', 'owner') then null
               else 'wrong' end,
  'region', case when (a.role in ('operator', 'owner')) is distinct from (a.region is not null)
                      or not exists (select from data.region r
                                     where r.code = coalesce(a.region, r.code))
                 then 'wrong' end,
  'dimension', case when a.role = 'owner'
                         and (coalesce(a.dimensions, '{}') = '{}'
                              or exists (select from unnest(a.dimensions) c
                                         where a.dimensions <> '{*}'
                                           and not exists (select from data.dimension d
                                                           where d.code = c)))
                         or a.role <> 'owner' and a.dimensions <> '{*}'
                    then 'wrong' end,
  'agency', case when a.agency is not null
                      and not exists (select from data.agency g
                                      where g.id = a.agency and g.region = a.region
                                        and g.closed_at is null and a.role = 'owner')
                 then 'wrong' end));

-- The same of all that an invitation says.
create or replace function act.account_faults(a data.wanted) returns jsonb
language sql stable
return jsonb_strip_nulls(jsonb_build_object(
         'email', case when data.is_address(a.email) then null else 'wrong' end,
         'name', case when data.is_person(a.name) then null else 'wrong' end))
       || act.role_faults(a);

-- Whether an account has invited as many in a day as it may: an operator of a city thirty, one of
-- the office six hundred. Each is a mail of the portal's to somebody who is perhaps a stranger.
create or replace function act.has_invited_enough(who integer) returns boolean
language sql stable as $$
  select (select count(*) from data.invitation i
          where i.created_by = a.id and i.purpose = 'invite'
            and i.created_at > now() - interval '1 day')
         >= case a.role when 'office' then 600 else 30 end
  from data.account a where a.id = who;
$$;

-- Whether somebody manages an account, which is not their own (data.manages).
create or replace function act.manages(me data.account, held data.account) returns boolean
language sql immutable
return data.manages(me.id, me.role, me.region, me.deputy, held.id, held.role, held.region,
                    held.deputy);

-- Whether somebody may make such an account: one that they would manage, and it is an owner or a
-- deputy when a city's operator makes it.
create or replace function act.may_make(me data.account, wanted data.wanted) returns boolean
language sql stable
return coalesce(data.manages(me.id, me.role, me.region, me.deputy, 0, wanted.role, wanted.region,
                             wanted.role = 'operator'), false);

-- How many deputies a city may have.
create or replace function act.deputies_most() returns integer language sql immutable return 3;

-- Makes or renews an invitation; `token` is shown once to who asked for it. Nobody's rights are
-- asked here: its callers do. An account that was invited and has not been used may be invited
-- anew, with another role; from the desk five times an hour for an address. One that was closed
-- comes back as one that is invited: nothing of what opened it is left.
create or replace function act.account_invite(wanted data.wanted, token text, me data.account)
returns data.outcome language plpgsql as $$
declare
  old data.account;
  new data.account;
  faults jsonb := act.account_faults(wanted);
begin
  perform act.token_judge(token);
  if faults <> '{}' then
    return act.said('invalid', faults => faults);
  end if;
  -- Of two who invite the same address, or for the same city, at once the second one sees what the
  -- first one did.
  perform pg_advisory_xact_lock(hashtextextended('tolok invite ' || wanted.email, 0)),
          pg_advisory_xact_lock(hashtextextended('tolok invite to ' || wanted.region, 0));
  select a.* into old from data.account a where a.email = wanted.email for update;
  -- A city takes over what it manages alone.
  if old.state = 'active' or (old.id is not null and me.id is not null
                              and not act.manages(me, old)) then
    return act.said('state', old.id, '{"email": "known"}');
  elsif me.id is not null
        and (select count(*) from data.invitation i
             where i.account = old.id and i.purpose = 'invite'
               and i.created_at > now() - interval '1 hour') >= 5 then
    return act.said('invalid', faults => '{"email": "often"}');
  elsif act.has_invited_enough(me.id) then
    return act.said('invalid', faults => '{"email": "many"}');
  elsif wanted.deputy
        and (select count(*) from data.account a
             where a.region = wanted.region and a.deputy and a.state <> 'disabled'
               and a.id is distinct from old.id) >= act.deputies_most() then
    return act.said('invalid', faults => '{"role": "deputies"}');
  end if;
  if old.state = 'disabled' then
    perform act.account_forget(old.id);
  end if;
  insert into data.account as a (email, name, role, region, dimensions, sends, deputy, agency,
                                 created_by)
  values (wanted.email, wanted.name, wanted.role, wanted.region, wanted.dimensions, wanted.sends,
          wanted.deputy, wanted.agency, me.id)
  on conflict on constraint account_email_key do update
    set name = excluded.name, role = excluded.role, region = excluded.region,
        dimensions = excluded.dimensions, sends = excluded.sends, deputy = excluded.deputy,
        agency = excluded.agency, state = 'invited'
    where a.state <> 'active'
  returning a.* into strict new;
  perform act.link_make(new.id, 'invite', token, me.id, interval '7 days');
  perform act.note('account_invite', 'account', new.id::text, new.region, act.account_view(old),
                   act.account_view(new), me.id);
  return act.said('done', new.id);
end $$;

-- Nothing is left of what opened an account.
create or replace function act.account_forget(account integer) returns void language plpgsql as $$
begin
  update data.account a
  set password_setting = null, password_digest = null, otp_secret = null, signed_in_at = null,
      state = 'invited'
  where a.id = account_forget.account;
  perform act.recovery_set(account_forget.account, null);
end $$;

-- Tells all who are of the office of an account that is to be one of them.
create or replace function act.office_tell(account integer) returns void language sql as $$
  insert into data.mail (account, about)
  select a.id, office_tell.account from data.account a
  where a.role = 'office' and a.state = 'active' and a.id <> office_tell.account;
$$;

-- By somebody who is signed in: the office invites anybody, a city's operator the owners of the
-- city's dimensions and deputies. Whoever makes, strengthens or ends an account shows who they are
-- (act.proved).
create or replace function act.invite(fields jsonb, token text, mails boolean default false)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me data.account := act.me();
  wanted data.wanted := act.account_wanted(fields);
  said data.outcome;
begin
  if not act.may_make(me, wanted) then
    return act.refuse('invite', '', me.region, jsonb_strip_nulls(jsonb_build_object(
      'role', case when wanted.role in ('office', 'assessor', 'operator', 'owner')
                   then wanted.role end,
      'region', (select r.code from data.region r where r.code = wanted.region))));
  elsif not act.proved() then
    return act.said('unproved');
  end if;
  said := act.link_again(token);
  if said.outcome is not null then
    return said;
  end if;
  wanted.deputy := me.role = 'operator' and wanted.role = 'operator';
  said := act.account_invite(wanted, token, me);
  if said.outcome = 'done' and wanted.role = 'office' and mails then
    perform act.office_tell(said.id);
  end if;
  return said;
end $$;

-- Ends an account and all of its sessions and invitations at once; what it did stays. Its callers
-- ask for rights.
create or replace function act.account_end(account integer, reason text, who integer)
returns data.outcome language plpgsql as $$
#variable_conflict use_variable
declare
  old data.account;
begin
  select a.* into old from data.account a where a.id = account for update;
  if old.id is null then
    return act.said('forbidden');
  elsif old.state = 'disabled' then
    return act.said('state', old.id);
  end if;
  update data.account a set state = 'disabled' where a.id = account;
  perform act.sessions_close(account), act.links_close(account),
          act.note('account_disable', 'account', account::text, old.region,
                   jsonb_build_object('state', old.state),
                   act.with_reason(reason, '{"state": "disabled"}'), who);
  return act.said('done', account);
end $$;

-- Somebody's account as whoever manages it is about to change it, locked; all null when they may
-- not.
create or replace function act.account_hold(me data.account, account integer) returns data.account
language plpgsql as $$
#variable_conflict use_variable
declare
  held data.account;
begin
  select a.* into held from data.account a where a.id = account for update;
  if not act.manages(me, held) then
    return null;
  end if;
  return held;
end $$;

-- With a reason, which the trail keeps; it can be opened again (act.reopen).
create or replace function act.disable(account integer, why text)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me data.account := act.me();
  held data.account := act.account_hold(me, account);
  faults jsonb := act.needed_fault('why', why, 'prose');
begin
  if held.id is null then
    return act.refuse('disable', account::text);
  elsif held.state = 'disabled' then
    return act.said('state', held.id);
  elsif faults is not null then
    return act.said('invalid', held.id, faults);
  elsif not act.proved() then
    return act.said('unproved', held.id);
  end if;
  return act.account_end(held.id, why, me.id);
end $$;

-- An account that was closed by mistake, as it was: its password and authenticator are good again,
-- its sessions and links are not. Who had not come yet is invited anew.
create or replace function act.reopen(account integer)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me data.account := act.me();
  held data.account := act.account_hold(me, account);
  opened text := case when held.password_digest is null then 'invited' else 'active' end;
begin
  if held.id is null then
    return act.refuse('reopen', account::text);
  elsif held.state <> 'disabled' or held.demo then
    return act.said('state', held.id);
  elsif not act.proved() then
    return act.said('unproved', held.id);
  end if;
  update data.account a set state = opened where a.id = held.id;
  perform act.note('account_reopen', 'account', held.id::text, held.region,
                   '{"state": "disabled"}', jsonb_build_object('state', opened), me.id);
  return act.said('done', held.id);
end $$;

-- For the operator's command, which is told in a sentence why not. `region` is a code or a slug,
-- `dimension` codes separated by commas, or `all`. Gives back the account's address and name.
create or replace function act.account_create(email text, name text, role text, region text,
                                              dimension text, token text)
returns table (address text, shown_name text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  wanted data.wanted;
  said data.outcome;
  field text;
begin
  wanted := row(lower(btrim(email)), btrim(coalesce(name, split_part(email, '@', 1))), role,
                coalesce((select r.code from data.region r where r.slug = account_create.region),
                         region),
                case dimension when 'all' then '{*}' else string_to_array(dimension, ',') end,
                true, false, null);
  said := act.account_invite(wanted, token, null);
  if said.outcome = 'state' then
    raise exception '% has an account already', wanted.email;
  elsif said.outcome <> 'done' then
    field := (select k from jsonb_object_keys(said.faults) k limit 1);
    raise exception 'not an account: % %', field, case field
        when 'email' then 'is no mail address'
        when 'name' then 'is empty, longer than 80 characters or holds a control character or one '
                         'of /:{}<>@'
        when 'region' then 'is none that is known, or such an account has none'
        when 'dimension' then 'is none that is known, or such an account has none'
        else 'is none of office, assessor, operator and owner' end;
  end if;
  return query select a.email, a.name::text from data.account a where a.id = said.id;
end $$;

create or replace function act.account_disable(email text, reason text)
returns table (address text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  said data.outcome;
begin
  address := lower(btrim(email));
  said := act.account_end((select a.id from data.account a where a.email = address), reason, null);
  if said.outcome = 'state' then
    raise exception '% is disabled already', address;
  elsif said.outcome <> 'done' then
    raise exception 'there is no account %', address;
  end if;
  return next;
end $$;

create or replace function act.account_list()
returns table (email text, name text, role text, region text, dimension text, state text,
               codes text, signed_in text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.email, a.name::text, a.role, r.slug::text,
         case when a.role <> 'owner' then null when a.dimensions = '{*}' then 'all'
           else array_to_string(a.dimensions, ',') end, a.state,
         case when a.otp_secret is null then 'no' else 'yes' end,
         to_char(a.signed_in_at, 'YYYY-MM-DD HH24:MI')
  from data.account a left join data.region r on r.code = a.region
  order by a.role, a.region, a.dimensions, a.email;
$$;

-- An account as an invitation would make it.
create or replace function act.wanted(a data.account) returns data.wanted language sql immutable
return row(a.email, a.name, a.role, a.region, a.dimensions, a.sends, a.deputy,
           a.agency)::data.wanted;

-- A new link for somebody who was invited and has not come yet.
create or replace function act.reinvite(account integer, token text)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me data.account := act.me();
  held data.account := act.account_hold(me, account);
  said data.outcome;
begin
  if held.state is distinct from 'invited' then
    return act.refuse('reinvite', account::text);
  elsif not act.proved() then
    return act.said('unproved', account);
  end if;
  said := act.link_again(token);
  if said.outcome is not null then
    return said;
  end if;
  return act.account_invite(act.wanted(held), token, me);
end $$;

-- Gives somebody another role, region or scope, by whoever manages the account and could make one
-- like that. Whose role or region is another one signs in anew; a scope holds from the next page
-- on. Nobody changes their own.
create or replace function act.account_change(account integer, fields jsonb,
                                              mails boolean default false)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  old data.account := act.account_hold(me, account);
  wanted data.wanted := act.account_wanted(fields);
  new data.account;
begin
  wanted.email := old.email;
  wanted.name := old.name;
  if old.id is null
     or me.role <> 'office'
        and (not act.may_make(me, wanted) or wanted.role = 'operator' and old.role = 'owner') then
    return act.refuse('account_change', account::text);
  elsif old.state = 'disabled' then
    return act.said('state', old.id);
  elsif act.account_faults(wanted) <> '{}' then
    return act.said('invalid', old.id, act.account_faults(wanted));
  elsif not act.proved() then
    return act.said('unproved', old.id);
  end if;
  update data.account a
  set role = wanted.role, region = wanted.region, dimensions = wanted.dimensions,
      sends = wanted.sends, agency = wanted.agency,
      deputy = a.deputy and wanted.role = 'operator' and me.role <> 'office'
  where a.id = account
  returning a.* into new;
  -- A link that was made for the one role does not lead to the other.
  if (new.role, new.region) is distinct from (old.role, old.region) then
    perform act.sessions_close(account), act.links_close(account);
  end if;
  perform act.note('account_change', 'account', account::text, new.region, act.account_view(old),
                   act.account_view(new));
  if mails and new.role = 'office' and old.role <> 'office' then
    perform act.office_tell(account);
  end if;
  return act.said('done', account);
end $$;
