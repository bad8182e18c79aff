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
    return act.said('signed_out');
  elsif not act.confirm(me, attempt, act.fits(me, key)) then
    return act.said('refused');
  end if;
  perform act.password_set(me.id, setting, new_key),
          act.sessions_close(me.id, (data.session_now('full')).id), act.links_close(me.id),
          act.note('password_change', 'account', me.id::text, me.region);
  return act.said('done', me.id);
end $$;

-- New recovery codes in the place of the old ones.
create or replace function act.recovery_renew(attempt bigint, key text, recovery text[])
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me data.account := act.me();
begin
  if me.id is null then
    return act.said('signed_out');
  elsif not act.confirm(me, attempt, act.fits(me, key)) then
    return act.said('refused');
  end if;
  perform act.recovery_set(me.id, recovery),
          act.note('recovery_renew', 'account', me.id::text, me.region);
  return act.said('done', me.id);
end $$;

-- Ends all of one's sessions but this one.
create or replace function act.sessions_end() returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me integer := data.actor();
begin
  if me is null then
    return act.said('signed_out');
  end if;
  perform act.sessions_close(me, (data.session_now('full')).id),
          act.note('sessions_end', 'account', me::text);
  return act.said('done', me);
end $$;

-- What the page of one's account shows beside what the policies let it read.
create or replace function act.own_state() returns table (session integer, codes_left bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (data.session_now('full')).id, (select count(*) from data.recovery_code r
                                         where r.account = data.actor() and r.used_at is null)
  where data.actor() is not null;
$$;

-- Another name, by which everybody knows one from now on.
create or replace function act.name_change(name text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  new data.account;
begin
  name := btrim(regexp_replace(coalesce(name, ''), '\s+', ' ', 'g'));
  if me.id is null then
    return act.said('signed_out');
  elsif data.is_person(name) is not true then
    return act.said('invalid', me.id, jsonb_build_object(
      'name', case name when '' then 'nameless' else 'misnamed' end));
  elsif name <> me.name then
    update data.account a set name = name where a.id = me.id returning a.* into new;
    perform act.note('name_change', 'account', me.id::text, me.region,
                     jsonb_build_object('name', me.name), jsonb_build_object('name', new.name));
  end if;
  return act.said('done', me.id);
end $$;
