-- Another authenticator. The password stays: whoever knows it connects a new one at the next
-- sign-in, and gets new recovery codes.

-- Forgets what makes the codes of an account, ends its sessions and tells its holder where mails go
-- out. Its callers ask for rights.
create or replace function act.authenticator_forget(held data.account, own boolean, reason text,
                                                    mails boolean, who integer) returns void
language plpgsql as $$
#variable_conflict use_variable
begin
  update data.account a set otp_secret = null where a.id = held.id;
  perform act.recovery_set(held.id, null), act.sessions_close(held.id);
  if mails then
    insert into data.mail (account) values (held.id);
  end if;
  perform act.note(case when own then 'authenticator_renew' else 'authenticator_reset' end,
                   'account', held.id::text, held.region, null, act.with_reason(reason), who);
end $$;

-- For somebody who lost theirs and has no recovery codes, by whoever manages their account. Nobody
-- helps themselves so.
create or replace function act.authenticator_reset(account integer, reason text, mails boolean)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.account;
  faults jsonb := act.needed_fault('reason', reason, 'prose');
begin
  select a.* into held from data.account a where a.id = account for update;
  if not act.manages(me, held) then
    return act.refuse('authenticator_reset', account::text);
  elsif held.state <> 'active' or held.otp_secret is null then
    return act.said('state', held.id);
  elsif faults is not null then
    return act.said('invalid', held.id, faults);
  elsif not act.proved() then
    return act.said('unproved', held.id);
  end if;
  perform act.authenticator_forget(held, false, reason, mails, me.id);
  return act.said('done', held.id);
end $$;

-- One's own, after the password: a session that waits for the new one takes the place of all
-- others.
create or replace function act.authenticator_renew(attempt bigint, key text, mails boolean,
                                                   token text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me data.account := act.me();
begin
  if me.id is null then
    return act.said('signed_out');
  elsif length(token) < 40 or not act.confirm(me, attempt, act.fits(me, key)) then
    return act.said('refused');
  end if;
  perform act.authenticator_forget(me, true, null, mails, me.id),
          act.session_begin(me.id, 'password', null, token);
  return act.said('done', me.id);
end $$;

-- For the operator's command, for whom nobody at the desk is left.
create or replace function act.account_authenticator(email text, reason text, mails boolean)
returns table (address text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  held data.account;
begin
  address := lower(btrim(email));
  select a.* into held from data.account a where a.email = address for update;
  if held.id is null then
    raise exception 'there is no account %', address;
  elsif held.state <> 'active' or held.otp_secret is null then
    raise exception '% has no authenticator', address;
  end if;
  perform act.authenticator_forget(held, false, reason, mails, null);
  return next;
end $$;
