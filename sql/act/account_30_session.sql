-- Sessions and the second step of signing in.

-- A row for a new token; the source and the browser are those of the transaction.
create or replace function act.session_begin(account integer, level text, attempt bigint,
                                             token text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into data.session (account, digest, level, attempt, source, agent, expires_at)
  values (account, data.digest_of(token), level, attempt,
          coalesce(current_setting('tolok.source', true), ''),
          coalesce(current_setting('tolok.agent', true), ''),
          now() + case level when 'full' then interval '12 hours' else interval '10 minutes' end);
$$;

-- What the program needs to judge a code: the sealed secret (null: none yet, the account has to
-- enrol) and the step that is used up.
create or replace function act.code_state()
returns table (account integer, email text, sealed text, counter bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.id, a.email, a.otp_secret, a.otp_counter
  from data.session_now('password') s join data.account a on a.id = s.account;
$$;

-- The session of level 'password' becomes one of level 'full' under a new token; the old one is
-- dead.
create or replace function act.session_raise(s data.session, token text, how text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if length(token) < 40 then
    raise exception 'a token of too few letters';
  end if;
  update data.session o set ended_at = now() where o.id = s.id;
  update data.login_attempt a set outcome = 'done' where a.id = s.attempt;
  update data.account a set signed_in_at = now() where a.id = s.account;
  perform act.session_begin(s.account, 'full', s.attempt, token);
  perform act.note('sign_in', 'account', s.account::text, null, null,
                   jsonb_build_object('with', how), s.account);
  return row('done', s.account, null, null, null)::data.outcome;
end $$;

-- A code that the program found right, of time step `counter`. Of two senders of the same code one
-- gets in. A null counter: it was wrong; the fifth wrong one ends the session.
create or replace function act.code_accept(counter bigint, token text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  s data.session := data.session_now('password');
begin
  if s.id is null then
    return row('signed_out', null, null, null, null)::data.outcome;
  end if;
  update data.account a set otp_counter = counter where a.id = s.account
    and a.otp_secret is not null and a.otp_counter < counter;
  if found then
    return act.session_raise(s, token, 'code');
  end if;
  return act.code_refuse(s);
end $$;

create or replace function act.code_refuse(s data.session) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update data.session o set tries = o.tries + 1, ended_at = case when o.tries >= 4 then now() end
    where o.id = s.id;
  perform act.note('sign_in_refused', 'account', s.account::text, null, null, '{"step": "code"}',
                   s.account);
  return row('refused', null, null, null, null)::data.outcome;
end $$;

create or replace function act.recovery_accept(code text, token text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  s data.session := data.session_now('password');
begin
  if s.id is null then
    return row('signed_out', null, null, null, null)::data.outcome;
  end if;
  update data.recovery_code r set used_at = now() where r.account = s.account
    and r.digest = data.digest_of(code) and r.used_at is null;
  if found then
    return act.session_raise(s, token, 'recovery');
  end if;
  return act.code_refuse(s);
end $$;

-- The first code of a new secret, found right by the program: secret and recovery codes are kept,
-- and the session is raised. Only an account that has no secret yet gets one here.
create or replace function act.code_enrol(sealed text, counter bigint, recovery text[], token text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  s data.session := data.session_now('password');
begin
  if s.id is null then
    return row('signed_out', null, null, null, null)::data.outcome;
  end if;
  update data.account a set otp_secret = sealed, otp_counter = counter where a.id = s.account
    and a.otp_secret is null and counter > 0;
  if not found then
    return act.code_refuse(s);
  end if;
  delete from data.recovery_code r where r.account = s.account;
  insert into data.recovery_code (account, digest) select s.account, data.digest_of(c)
    from unnest(recovery) c;
  perform act.note('code_enrol', 'account', s.account::text, null, null, null, s.account);
  return act.session_raise(s, token, 'code');
end $$;

create or replace function act.touch() returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update data.session s set seen_at = now() where s.id = (data.session_now('full')).id;
  return row('done', null, null, null, null)::data.outcome;
end $$;

-- Ends the session of this transaction's token, whatever its level.
create or replace function act.sign_out() returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  whose integer;
begin
  update data.session s set ended_at = now()
  where s.digest = data.digest_of(current_setting('tolok.token', true)) and s.ended_at is null
  returning s.account into whose;
  if whose is null then
    return row('signed_out', null, null, null, null)::data.outcome;
  end if;
  perform act.note('sign_out', 'account', whose::text, null, null, null, whose);
  return row('done', null, null, null, null)::data.outcome;
end $$;

-- Ends one of one's own sessions.
create or replace function act.session_end(session integer) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me integer := data.actor();
begin
  if me is null then
    return row('signed_out', null, null, null, null)::data.outcome;
  end if;
  update data.session s set ended_at = now() where s.id = session and s.account = me
    and s.ended_at is null;
  if not found then
    perform act.note('refused', 'session', session::text, null, null, null);
    return row('forbidden', null, null, null, null)::data.outcome;
  end if;
  perform act.note('session_end', 'session', session::text, null, null, null);
  return row('done', session, null, null, null)::data.outcome;
end $$;
