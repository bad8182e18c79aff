-- Showing again that one is who signed in, by a one-time code or one's password. Both are judged
-- like signing in: act.confirm_begin says how the password is to be hashed and what a code is
-- compared with, and counts the try; then an act takes what came of it.

create or replace function act.confirm_begin(standard text)
returns table (attempt bigint, wait integer, setting text, sealed text, counter bigint,
               email text)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select b.*, case when b.wait = 0 then m.otp_secret end, m.otp_counter, m.email
  from act.me() m, act.sign_in_begin(m.email, standard) b where m.id is not null;
$$;

-- Whether the key is that of the account's password.
create or replace function act.fits(me data.account, key text) returns boolean
language sql immutable as $$
  select coalesce(case when key ~ '^[0-9a-f]{64}$'
                  then me.password_digest = act.hashed(key) end, false);
$$;

-- Uses up the try of who is signed in, with what came of it: an attempt is good for one key or
-- code.
create or replace function act.confirm(me data.account, attempt bigint, good boolean)
returns boolean
language plpgsql as $$
#variable_conflict use_variable
declare
  taken boolean;
begin
  update data.login_attempt a set outcome = case when good then 'done' else 'refused' end
  where a.id = attempt and a.outcome = 'open' and a.who = data.digest_of(me.email)
  returning good into taken;
  if taken is not true then
    perform act.note_once(me.id::text, 'refused', 'password', me.id::text, 'password');
  end if;
  return taken is true;
end $$;

-- Whether it was at most ten minutes ago that the person who is signed in showed who they are. Acts
-- that ask this say 'unproved' when it was not, and do nothing.
create or replace function act.proved() returns boolean
language sql stable as $$
  select coalesce((data.session_now('full')).proved_at > now() - interval '10 minutes', false);
$$;

-- A key of the password, or the step of a code that the program found right, which is used up; 0 is
-- that of a wrong one. Codes count as they do at the door (act.codes_wrong): whoever has somebody's
-- session could try them from many places.
create or replace function act.prove(attempt bigint, key text, counter bigint) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  good boolean;
begin
  if me.id is null then
    return act.said('signed_out');
  end if;
  if counter is null then
    good := act.fits(me, key);
  else
    perform from data.account a where a.id = me.id for update;
    update data.account a set otp_counter = counter where a.id = me.id and a.otp_secret is not null
      and a.otp_counter < counter
      and (act.codes_wrong(me.id) < 10
           or act.is_known(me.id, current_setting('tolok.source', true)));
    good := found;
    if not good then
      perform act.code_count(me.id);
    end if;
  end if;
  if not act.confirm(me, attempt, good) then
    return act.said('refused');
  end if;
  update data.session s set proved_at = now() where s.id = (data.session_now('full')).id;
  perform act.note('prove', 'account', me.id::text, me.region, null,
                   jsonb_build_object('with', case when counter is null then 'password' else 'code'
                                      end));
  return act.said('done', me.id);
end $$;
