-- Accounts: invited, disabled, listed.

-- What is wrong with the role of an account, and with what belongs to it, by the name of the field.
create or replace function act.role_faults(role text, region text, dimension text) returns jsonb
language sql stable
return jsonb_strip_nulls(jsonb_build_object(
  'role', case when role in ('office', 'assessor', 'operator', 'owner') then null
               else 'wrong' end,
  'region', case when (role in ('operator', 'owner')) is distinct from (region is not null)
                      or not exists (select from data.region r
                                     where r.code = coalesce(role_faults.region, r.code))
                 then 'wrong' end,
  'dimension', case when (role = 'owner') is distinct from (dimension is not null)
                         or not exists (select from data.dimension d
                                        where d.code = coalesce(role_faults.dimension, d.code))
                    then 'wrong' end));

-- The same of all that an invitation says.
create or replace function act.account_faults(email text, name text, role text, region text,
                                              dimension text) returns jsonb
language sql stable
return jsonb_strip_nulls(jsonb_build_object(
         'email', case when data.is_address(email) then null else 'wrong' end,
         'name', case when data.is_person(name) then null else 'wrong' end))
       || act.role_faults(role, region, dimension);

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

-- Makes or renews an invitation; `token` is shown once to who asked for it. Nobody's rights are
-- asked here: its callers do. An account that was invited and has not been used may be invited
-- anew, with another role; from the desk five times an hour for an address.
create or replace function act.account_invite(email text, name text, role text, region text,
                                              dimension text, token text, who integer)
returns data.outcome language plpgsql as $$
#variable_conflict use_variable
declare
  old data.account;
  new data.account;
  faults jsonb;
begin
  perform act.token_judge(token);
  email := lower(btrim(email));
  name := btrim(name);
  faults := act.account_faults(email, name, role, region, dimension);
  if faults <> '{}' then
    return act.said('invalid', faults => faults);
  end if;
  -- Of two who invite the same address at once the second one sees what the first one did.
  perform pg_advisory_xact_lock(hashtextextended('tolok invite ' || email, 0));
  select a.* into old from data.account a where a.email = account_invite.email for update;
  -- A city renews invitations of its own owners only.
  if old.state <> 'invited'
     or (old.id is not null and (old.role <> 'owner' or old.region is distinct from region)
         and (select a.role from data.account a where a.id = who) = 'operator') then
    return act.said('state', old.id, '{"email": "known"}');
  elsif who is not null
        and (select count(*) from data.invitation i
             where i.account = old.id and i.purpose = 'invite'
               and i.created_at > now() - interval '1 hour') >= 5 then
    return act.said('invalid', faults => '{"email": "often"}');
  elsif act.has_invited_enough(who) then
    return act.said('invalid', faults => '{"email": "many"}');
  end if;
  insert into data.account as a (email, name, role, region, dimension, created_by)
  values (email, name, role, region, dimension, who)
  on conflict on constraint account_email_key do update
    set name = excluded.name, role = excluded.role, region = excluded.region,
        dimension = excluded.dimension
    where a.state = 'invited'
  returning a.* into strict new;
  perform act.link_make(new.id, 'invite', token, who, interval '7 days');
  perform act.note('account_invite', 'account', new.id::text, new.region, act.account_view(old),
                   act.account_view(new), who);
  return act.said('done', new.id);
end $$;

-- Tells all who are of the office of an account that is to be one of them.
create or replace function act.office_tell(account integer) returns void language sql as $$
  insert into data.mail (account, about)
  select a.id, office_tell.account from data.account a
  where a.role = 'office' and a.state = 'active' and a.id <> office_tell.account;
$$;

-- By somebody who is signed in: the office invites anybody, a city's operator the owners of the
-- city's dimensions. Whoever makes, strengthens or ends an account shows who they are (act.proved).
create or replace function act.invite(email text, name text, role text, region text, dimension text,
                                      token text, mails boolean default false)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me data.account := act.me();
  said data.outcome;
begin
  if me.role = 'office' or (me.role = 'operator' and role = 'owner' and region = me.region) then
    if not act.proved() then
      return act.said('unproved');
    end if;
    said := act.link_again(token);
    if said.outcome is not null then
      return said;
    end if;
    said := act.account_invite(email, name, role, region, dimension, token, me.id);
    if said.outcome = 'done' and role = 'office' and mails then
      perform act.office_tell(said.id);
    end if;
    return said;
  end if;
  return act.refuse('invite', '', me.region, jsonb_strip_nulls(jsonb_build_object(
    'role', case when role in ('office', 'assessor', 'operator', 'owner') then role end, 'region',
    (select r.code from data.region r where r.code = invite.region))));
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

-- By the office; nobody ends their own account.
create or replace function act.disable(account integer, reason text)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me data.account := act.me();
begin
  if me.role = 'office' and account <> me.id then
    if not act.proved() then
      return act.said('unproved', account);
    end if;
    return act.account_end(account, reason, me.id);
  end if;
  return act.refuse('disable', account::text);
end $$;

-- For the operator's command, which is told in a sentence why not. `region` is a code or a slug.
-- Gives back the account's address and name.
create or replace function act.account_create(email text, name text, role text, region text,
                                              dimension text, token text)
returns table (address text, shown_name text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  said data.outcome;
  field text;
begin
  said := act.account_invite(email, coalesce(name, split_part(email, '@', 1)), role,
                             coalesce((select r.code from data.region r
                                       where r.slug = account_create.region), region), dimension,
                             token, null);
  if said.outcome = 'state' then
    raise exception '% has an account already', lower(btrim(email));
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
  select a.email, a.name::text, a.role, r.slug::text, a.dimension::text, a.state,
         case when a.otp_secret is null then 'no' else 'yes' end,
         to_char(a.signed_in_at, 'YYYY-MM-DD HH24:MI')
  from data.account a left join data.region r on r.code = a.region
  order by a.role, a.region, a.dimension, a.email;
$$;

-- A new link for somebody who was invited and has not come yet.
create or replace function act.reinvite(account integer, token text)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.account;
  said data.outcome;
begin
  select a.* into held from data.account a where a.id = account;
  if held.state = 'invited' and (me.role = 'office' or (me.role = 'operator' and held.role = 'owner'
                                                        and held.region = me.region)) then
    if not act.proved() then
      return act.said('unproved', account);
    end if;
    said := act.link_again(token);
    if said.outcome is not null then
      return said;
    end if;
    return act.account_invite(held.email, held.name, held.role, held.region, held.dimension, token,
                              me.id);
  end if;
  return act.refuse('reinvite', account::text);
end $$;

-- The office gives somebody another role, region or dimension, who signs in anew. Nobody changes
-- their own.
create or replace function act.account_change(account integer, role text, region text,
                                              dimension text, mails boolean default false)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  old data.account;
  new data.account;
begin
  select a.* into old from data.account a where a.id = account for update;
  if me.role is distinct from 'office' or old.id is null or old.id = me.id then
    return act.refuse('account_change', account::text);
  elsif old.state = 'disabled' then
    return act.said('state', old.id);
  elsif act.role_faults(role, region, dimension) <> '{}' then
    return act.said('invalid', old.id, act.role_faults(role, region, dimension));
  elsif not act.proved() then
    return act.said('unproved', old.id);
  end if;
  update data.account a set role = role, region = region, dimension = dimension where a.id = account
    returning a.* into new;
  -- A link that was made for the one role does not lead to the other.
  perform act.sessions_close(account), act.links_close(account),
          act.note('account_change', 'account', account::text, new.region, act.account_view(old),
                   act.account_view(new));
  if mails and new.role = 'office' and old.role <> 'office' then
    perform act.office_tell(account);
  end if;
  return act.said('done', account);
end $$;
