-- One's own account. Whoever changes what opens it gives the password once more
-- (act.confirm_begin); the act takes the attempt and the key.

-- A new password; all other sessions are over.
create or replace function act.password_change(attempt bigint, key text, setting text, new_key text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me data.account := act.me();
begin
  if me.id is null then
    return row('signed_out', null, null, null, null)::data.outcome;
  elsif not act.confirm(me, attempt, act.fits(me, key)) then
    return row('refused', null, null, null, null)::data.outcome;
  end if;
  update data.account a set password_setting = setting,
  password_digest = encode(sha256(decode(new_key, 'hex')), 'hex') where a.id = me.id;
  update data.session s set ended_at = now()
  where s.account = me.id and s.ended_at is null and s.id <> (data.session_now('full')).id;
  update data.invitation i set closed_at = now() where i.account = me.id and i.closed_at is null;
  perform act.note('password_change', 'account', me.id::text, me.region, null, null);
  return row('done', me.id, null, null, null)::data.outcome;
end $$;

-- New recovery codes in the place of the old ones.
create or replace function act.recovery_renew(attempt bigint, key text, recovery text[])
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me data.account := act.me();
begin
  if me.id is null then
    return row('signed_out', null, null, null, null)::data.outcome;
  elsif not act.confirm(me, attempt, act.fits(me, key)) then
    return row('refused', null, null, null, null)::data.outcome;
  end if;
  delete from data.recovery_code r where r.account = me.id;
  insert into data.recovery_code (account, digest) select me.id, data.digest_of(c)
    from unnest(recovery) c;
  perform act.note('recovery_renew', 'account', me.id::text, me.region, null, null);
  return row('done', me.id, null, null, null)::data.outcome;
end $$;

-- Ends all of one's sessions but this one.
create or replace function act.sessions_end() returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me integer := data.actor();
begin
  if me is null then
    return row('signed_out', null, null, null, null)::data.outcome;
  end if;
  update data.session s set ended_at = now()
  where s.account = me and s.ended_at is null and s.id <> (data.session_now('full')).id;
  perform act.note('sessions_end', 'account', me::text, null, null, null);
  return row('done', me, null, null, null)::data.outcome;
end $$;

-- What the page of one's account shows beside what the policies let it read.
create or replace function act.own_state() returns table (session integer, codes_left bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (data.session_now('full')).id, (select count(*) from data.recovery_code r
                                         where r.account = data.actor() and r.used_at is null)
  where data.actor() is not null;
$$;
