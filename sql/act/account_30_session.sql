-- Sessions and the second step of signing in.

-- A row for a new token; the source and the browser are those of the transaction.
create or replace function act.session_begin(account integer, level text, attempt bigint,
                                             token text) returns void
language sql as $$
  insert into data.session (account, digest, level, attempt, source, agent, browser, expires_at)
  values (account, data.digest_of(token), level, attempt,
          coalesce(current_setting('tolok.source', true), ''),
          coalesce(current_setting('tolok.agent', true), ''),
          case level when 'full' then act.browser() end,
          now() + case level when 'full' then interval '12 hours' else interval '10 minutes' end);
$$;

-- Ends all sessions of an account, but for one if one is named: also one that is just beginning,
-- as whoever raises a session holds the account's row (act.half_session). And its open links.
create or replace function act.sessions_close(account integer, but integer default null)
returns void language plpgsql as $$
#variable_conflict use_variable
begin
  perform from data.account a where a.id = account for update;
  update data.session s set ended_at = now()
  where s.account = account and s.ended_at is null and s.id is distinct from but;
end $$;
create or replace function act.links_close(account integer) returns void language sql as $$
  update data.invitation i set closed_at = now()
  where i.account = links_close.account and i.closed_at is null;
$$;

-- A link takes the place of those before it.
create or replace function act.link_make(account integer, purpose text, token text, who integer,
                                         good interval) returns void
language sql as $$
  select act.links_close(account);
  insert into data.invitation (account, purpose, digest, created_by, expires_at)
  values (account, purpose, data.digest_of(token), who, now() + good);
$$;

-- What is said of a link whose token has been seen before, as when a form is sent once more: done,
-- or that another one has taken its place, or somebody has used it. No outcome: it is new.
create or replace function act.link_again(token text) returns data.outcome
language sql stable
return (select case when i.closed_at is null and i.expires_at > now()
                    then act.said('done', i.account)
                    else act.said('key_used', i.account) end
        from data.invitation i where i.digest = data.digest_of(token));

-- A key of 64 hexadecimal digits, which the program makes of a password, as it is kept.
create or replace function act.hashed(key text) returns text
language sql immutable as $$ select encode(sha256(decode(key, 'hex')), 'hex') $$;

-- A password as it is kept. It makes an account that was invited one that is used.
create or replace function act.password_set(account integer, setting text, key text) returns void
language sql as $$
  update data.account a
  set state = 'active', password_setting = setting, password_digest = act.hashed(key)
  where a.id = account;
$$;

-- New recovery codes in the place of the old ones; null: none.
create or replace function act.recovery_set(account integer, codes text[]) returns void
language sql as $$
  delete from data.recovery_code r where r.account = recovery_set.account;
  insert into data.recovery_code (account, digest)
  select recovery_set.account, data.digest_of(c) from unnest(codes) c;
$$;

-- Raises when a token is too short to be one that nobody guesses.
create or replace function act.token_judge(token text) returns void language plpgsql as $$
begin
  if length(token) < 40 then
    raise exception 'a token of too few letters';
  end if;
end $$;

-- What the program needs to judge a code: the sealed secret (null: none yet, the account has to
-- enrol) and the step that is used up; and the secret that the session is connecting, if it is.
create or replace function act.code_state()
returns table (account integer, email text, sealed text, counter bigint, session integer,
               pending text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.id, a.email, a.otp_secret, a.otp_counter, s.id, s.pending
  from data.session_now('password') s join data.account a on a.id = s.account;
$$;

-- The session that waits for its second step, as it is once nobody else has anything to do with the
-- account: codes of one account are judged one after another, and whatever ends its sessions or the
-- account comes before or after. All null: there is none, or not any more.
create or replace function act.half_session() returns data.session
language plpgsql as $$
declare
  s data.session := data.session_now('password');
begin
  perform from data.account a where a.id = s.account for update;
  return data.session_now('password');
end $$;

-- The session of level 'password' becomes one of level 'full' under a new token; the old one is
-- dead.
create or replace function act.session_raise(s data.session, token text, how text)
returns data.outcome
language plpgsql as $$
begin
  perform act.token_judge(token);
  update data.session o set ended_at = now() where o.id = s.id;
  update data.login_attempt a set outcome = 'done' where a.id = s.attempt;
  update data.account a set signed_in_at = now() where a.id = s.account;
  perform act.session_begin(s.account, 'full', s.attempt, token),
          act.note('sign_in', 'account', s.account::text,
                   after => jsonb_build_object('with', how), who => s.account);
  return act.said('done', s.account);
end $$;

-- A code that the program found right, of time step `counter`. Of two senders of the same code one
-- gets in. A null counter: it was wrong; the fifth wrong one ends the session.
create or replace function act.code_accept(counter bigint, token text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  s data.session := act.half_session();
begin
  if act.codes_wrong(s.account) >= 10 and not act.is_known(s.account, s.source) then
    return act.code_refuse(s);
  end if;
  update data.account a set otp_counter = counter where a.id = s.account
    and a.otp_secret is not null and a.otp_counter < counter;
  if found then
    return act.session_raise(s, token, 'code');
  end if;
  perform act.code_count(s.account);
  return act.code_refuse(s);
end $$;

-- Wrong codes of an account within an hour, from wherever. After ten of them a code is judged only
-- where the account has signed in before, and a recovery code anywhere: three of a million codes
-- are right at any time, and whoever has the password could try them from many places.
create or replace function act.codes_wrong(account integer) returns integer
language sql volatile as $$
  select count(*)::integer from data.wrong_code w
  where w.account = codes_wrong.account and w.at > clock_timestamp() - interval '1 hour';
$$;
-- One more. The holder is told of the fifth.
create or replace function act.code_count(account integer) returns void
language sql as $$
  insert into data.wrong_code (account) select code_count.account
  where code_count.account is not null;
  insert into data.mail (account, topic) select code_count.account, 'codes'
  where act.codes_wrong(code_count.account) = 5
    and not exists (select from data.mail m
                    where m.account = code_count.account and m.topic = 'codes'
                      and m.made_at > clock_timestamp() - interval '1 hour');
$$;

create or replace function act.code_refuse(s data.session) returns data.outcome
language plpgsql as $$
begin
  if s.id is null then
    return act.said('signed_out');
  end if;
  update data.session o set tries = o.tries + 1, ended_at = case when o.tries >= 4 then now() end
    where o.id = s.id;
  perform act.note_once(s.account::text, 'sign_in_refused', 'account', s.account::text, 'code',
                        after => '{"step": "code"}', who => s.account);
  return act.said('refused');
end $$;

create or replace function act.recovery_accept(code text, token text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  s data.session := act.half_session();
begin
  update data.recovery_code r set used_at = now() where r.account = s.account
    and r.digest = data.digest_of(code) and r.used_at is null;
  if found then
    return act.session_raise(s, token, 'recovery');
  end if;
  return act.code_refuse(s);
end $$;

-- The secret that a session is connecting, sealed for that session: the first one that is made for
-- it, so that a wrong code and a second window show the same. No row: nobody who has given their
-- password and has no secret yet.
create or replace function act.enrol_begin(sealed text) returns table (pending text)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update data.session s set pending = coalesce(s.pending, enrol_begin.sealed)
  from data.session_now('password') n join data.account a on a.id = n.account
  where s.id = n.id and a.otp_secret is null
  returning s.pending;
$$;

-- The first code of a new secret, found right by the program: secret and recovery codes are kept,
-- and the session is raised. Only an account that has no secret yet gets one here.
create or replace function act.code_enrol(sealed text, counter bigint, recovery text[], token text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  s data.session := act.half_session();
begin
  update data.account a set otp_secret = sealed, otp_counter = counter where a.id = s.account
    and a.otp_secret is null and counter > 0;
  if not found then
    return act.code_refuse(s);
  end if;
  update data.session o set pending = null where o.id = s.id;
  perform act.recovery_set(s.account, recovery),
          act.note('code_enrol', 'account', s.account::text, who => s.account);
  return act.session_raise(s, token, 'code');
end $$;

create or replace function act.touch() returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update data.session s set seen_at = now() where s.id = (data.session_now('full')).id;
  return act.said('done');
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
    return act.said('signed_out');
  end if;
  perform act.note('sign_out', 'account', whose::text, who => whose);
  return act.said('done');
end $$;

-- Ends one of one's own sessions.
create or replace function act.session_end(session integer) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
begin
  update data.session s set ended_at = now()
  where s.id = session and s.account = data.actor() and s.ended_at is null;
  if not found then
    return act.refuse('session', session::text);
  end if;
  perform act.note('session_end', 'session', session::text);
  return act.said('done', session);
end $$;
