-- What lies sealed with a key that is in no database (cgi-bin/safe/secret.h): secrets of one-time
-- codes, for the address of their account, and tokens of links that wait in the outbox, for their
-- digest. A secret that is being connected lies with its session, for ten minutes, and is not
-- counted.

-- Whether something does.
create or replace function act.sealed_any() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from data.account a where a.otp_secret is not null)
         or exists (select from data.mail m where m.sealed is not null);
$$;

create or replace function act.sealed()
returns table (purpose text, id integer, owner text, sealed text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select 'codes', a.id, a.email, a.otp_secret from data.account a where a.otp_secret is not null
  union all
  select 'link', m.id, i.digest, m.sealed
  from data.mail m join data.invitation i on i.id = m.invitation
  where m.sealed is not null
  order by 1, 2;
$$;

-- The same secret, sealed otherwise; nothing when another one has taken its place meanwhile.
create or replace function act.reseal(purpose text, id integer, before text, sealed text)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
begin
  if purpose = 'codes' then
    update data.account a set otp_secret = sealed where a.id = id and a.otp_secret = before;
  else
    update data.mail m set sealed = sealed where m.id = id and m.sealed = before;
  end if;
end $$;

-- For an operator who has lost the key: everybody connects another authenticator, links that wait
-- are given up.
create or replace function act.sealed_forget(mails boolean)
returns table (accounts bigint, links bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update data.mail m set sealed = null, failed_at = now(), fault = 'the key was lost'
  where m.sealed is not null;
  get diagnostics links = row_count;
  select count(act.authenticator_forget(
    a, false, 'seal.key', sealed_forget.mails and a.state = 'active', null))
  into accounts from data.account a where a.otp_secret is not null;
  return next;
end $$;
