-- Signing in: address and password first, then the one-time code. The program asks
-- act.sign_in_begin how the password is to be hashed, computes the key outside any transaction, and
-- gives it to act.sign_in. Each step is a transaction of its own, begun by act.enter.

-- The digest of the mark that the browser has brought along; null: it has none. Whoever has signed
-- in to an account has a mark, which opens nothing.
create or replace function act.browser() returns text
language sql stable
return nullif(current_setting('tolok.browser', true), '');

-- Whether somebody has signed in to that account before, from there or in this browser.
create or replace function act.is_known(account integer, source text) returns boolean
language sql stable as $$
  select exists (select from data.session s
                 where s.account = is_known.account and s.level = 'full'
                   and (s.source = is_known.source or s.browser = act.browser()));
$$;

-- Where a try for that address is counted: in the browser, when somebody has signed in there to its
-- account before, else in the source (device cookies). So who tries from the same place, as a
-- neighbour behind one address of IPv4 does, is another one.
create or replace function act.place(email text) returns text
language sql stable
return coalesce((select 'browser ' || s.browser
                 from data.account a join data.session s on s.account = a.id
                 where a.email = place.email and s.level = 'full' and s.browser = act.browser()
                 limit 1), current_setting('tolok.source', true), '');

-- Seconds until another try is heard, 0: now. Five failures in a quarter of an hour stop a place
-- for an address; thirty stop a place, and after twenty in an hour, from wherever, it is heard
-- once a minute for that address, unless this account has signed in from there before. So strangers
-- never lock anybody out of the browser with which they work, wherever they come from, nor, from
-- elsewhere, out of where they work. A right password without a right code counts as a failure.
create or replace function act.sign_in_wait(who text, source text) returns integer
language sql volatile as $$
  with here (known) as materialized (
    select coalesce(bool_or(act.is_known(c.id, sign_in_wait.source)), false)
    from data.account c where data.digest_of(c.email) = sign_in_wait.who)
  select coalesce(ceil(extract(epoch from max(until) - clock_timestamp())), 0)::integer
  from (
    (select a.at + interval '15 minutes' as until from data.login_attempt a
     where a.who = sign_in_wait.who and a.source = sign_in_wait.source and a.outcome <> 'done'
       and a.at > clock_timestamp() - interval '15 minutes'
     order by a.at desc offset 4 limit 1)
    union all
    (select a.at + interval '15 minutes' from data.login_attempt a
     where a.source = sign_in_wait.source and a.outcome <> 'done'
       and a.at > clock_timestamp() - interval '15 minutes'
       and not (select known from here)
     order by a.at desc offset 29 limit 1)
    union all
    (select own.at + interval '1 minute'
     from (select a.at from data.login_attempt a
           where a.who = sign_in_wait.who and a.source = sign_in_wait.source
             and a.at > clock_timestamp() - interval '1 minute'
           order by a.at desc limit 1) own
     where (select count(*) from data.login_attempt a
            where a.who = sign_in_wait.who and a.outcome <> 'done'
              and a.at > clock_timestamp() - interval '1 hour') >= 20
       and not (select known from here))) limits;
$$;

-- The account of an address, as act.note_once names it: '' where there is none.
create or replace function act.whose(email text) returns text
language sql stable as $$
  select coalesce((select a.id::text from data.account a where a.email = whose.email), '');
$$;

-- `standard` is how the program hashes now ('$argon2id$v=19$m=47104,t=2,p=1$'), for an address that
-- has no account: it gets a salt that is made up, the same one every time, so that it takes as long
-- and looks like any other. wait > 0: nothing is to be hashed.
create or replace function act.sign_in_begin(email text, standard text)
returns table (attempt bigint, wait integer, setting text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  who text := data.digest_of(lower(btrim(email)));
  source text := act.place(lower(btrim(email)));
begin
  -- Tries for one address are counted one after another.
  perform pg_advisory_xact_lock(hashtextextended('tolok sign in ' || who, 0));
  wait := act.sign_in_wait(who, source);
  if wait > 0 then
    -- Once from here, for whichever address: a row for each account would take longer than none.
    perform act.note_once('', 'sign_in_throttled', 'address', left(who, 16),
                          after => jsonb_build_object('wait', wait));
    return next;
    return;
  end if;
  insert into data.login_attempt (who, source) values (who, source) returning id into attempt;
  setting := coalesce(
    (select a.password_setting from data.account a where a.email = lower(btrim(sign_in_begin.email))
     and a.state = 'active'),
    (select standard || rtrim(encode(substr(sha256(convert_to(d.key || who, 'UTF8')), 1, 16),
                                     'base64'), '=') from data.decoy d));
  return next;
end $$;

-- Takes back a try that nothing was compared with, as all places for hashing were taken: who is
-- asked to come back is not held up for it.
create or replace function act.sign_in_back(attempt bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from data.login_attempt a
  where a.id = attempt and a.outcome = 'open'
    and a.source in (current_setting('tolok.source', true), 'browser ' || act.browser());
  return found;
end $$;

-- A session of level 'password', good for ten minutes, when the key (64 hexadecimal digits) is
-- right: outcome 'done', else 'refused'. An attempt is good for one key.
create or replace function act.sign_in(attempt bigint, email text, key text, token text)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  who text := data.digest_of(lower(btrim(email)));
  found_id integer;
  tried data.login_attempt;
begin
  select a.* into tried from data.login_attempt a where a.id = attempt for update;
  if tried.who = who and tried.outcome = 'open' and length(token) >= 40 then
    select a.id into found_id from data.account a
    where a.email = lower(btrim(sign_in.email)) and a.state = 'active'
      and act.fits(a, key)
    for update;
  end if;
  update data.login_attempt a set outcome = case when found_id is null then 'refused'
    else 'password' end
  where a.id = attempt and a.outcome = 'open';
  if found_id is null then
    perform act.note_evenly(act.whose(lower(btrim(email))), 'sign_in_refused', 'address',
                            left(who, 16), after => '{"step": "password"}');
    return act.said('refused');
  end if;
  perform act.session_begin(found_id, 'password', attempt, token),
          act.note('sign_in_password', 'account', found_id::text, who => found_id);
  return act.said('done', found_id);
end $$;

-- The same password, hashed as it is done now: right after its key, made by an older setting, was
-- found right.
create or replace function act.password_rehash(key text, setting text, new_key text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  held data.account;
begin
  select a.* into held from data.account a where a.id = (data.session_now('password')).account
         for update;
  if held.id is null or not act.fits(held, key) then
    return act.said('refused');
  end if;
  perform act.password_set(held.id, setting, new_key),
    act.note('password_rehash', 'account', held.id::text, held.region,
                   jsonb_build_object('setting', left(held.password_setting, -23)),
                   jsonb_build_object('setting', left(setting, -23)), held.id);
  return act.said('done', held.id);
end $$;

-- What an open invitation or reset is for; no row when there is none.
create or replace function act.invitation_find(invitation text)
returns table (email text, name text, role text, purpose text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.email, a.name::text, a.role, i.purpose
  from data.invitation i join data.account a on a.id = i.account
  where i.digest = data.digest_of(invitation) and i.closed_at is null and i.expires_at > now()
    and a.state <> 'disabled';
$$;

-- Takes a password for it, once, ends all other sessions, and begins one that waits for the
-- one-time code: a reset spares nobody that.
create or replace function act.invitation_accept(invitation text, setting text, key text,
                                                 token text)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  used data.invitation;
begin
  update data.invitation i set closed_at = now()
  from data.account a
  where i.digest = data.digest_of(invitation) and i.closed_at is null and i.expires_at > now()
    and a.id = i.account and a.state <> 'disabled'
  returning i.* into used;
  if used.id is null then
    return act.said('refused');
  end if;
  perform act.password_set(used.account, setting, key), act.sessions_close(used.account),
          act.links_close(used.account),
          act.session_begin(used.account, 'password', null, token),
          act.note(case used.purpose when 'invite' then 'account_accept' else 'password_reset' end,
                   'account', used.account::text, who => used.account);
  return act.said('done', used.account);
end $$;

-- A reset that whoever manages an account hands over, good for thirty minutes. Nobody resets their
-- own password, as that would spare them the present one.
create or replace function act.reset(account integer, token text)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.account;
  said data.outcome;
begin
  select a.* into held from data.account a where a.id = account and a.state = 'active';
  if not act.manages(me, held) or length(token) < 40 then
    return act.refuse('reset', account::text);
  elsif not act.proved() then
    return act.said('unproved', account);
  end if;
  said := act.link_again(token);
  if said.outcome is not null then
    return said;
  end if;
  perform act.link_make(account, 'reset', token, me.id, interval '30 minutes'),
          act.note('password_reset_offer', 'account', account::text, held.region);
  return act.said('done', account);
end $$;
