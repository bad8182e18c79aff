-- Who may sign in at the desk, and who is asking. The program never says which account it speaks
-- for: it puts the token of a cookie into tolok.token for one transaction (act.enter), and the
-- functions below find the account from the token's digest. So a statement that somebody runs by
-- hand as tolok_desk is nobody's, unless they have a token.
--
-- Nothing here can be turned back into a secret. Tokens are random (256 bits) and kept as SHA-256.
-- Of a password there is the setting of argon2id (cost and salt) and the SHA-256 of the key that it
-- gives: the program computes the key, the database compares, so the role of the program can
-- neither read what would open an account nor open one without the password. The secret of one-time
-- codes is sealed with a key that is in no database (cgi-bin/safe/secret.h).

-- What people type: one line, and prose. Control characters and what turns the direction of writing
-- are no text.
create domain data.line as text
  check (length(value) <= 500
         and value !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]');
create domain data.prose as text
  check (length(value) <= 8000
         and value !~ '[\u0001-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]');
create domain data.sha256 as text check (value ~ '^[0-9a-f]{64}$');

create function data.digest_of(secret text) returns text language sql immutable strict parallel safe
return encode(sha256(convert_to(secret, 'UTF8')), 'hex');

-- No address looks like another one by signs that nobody sees.
create function data.is_address(email text) returns boolean
language sql immutable parallel safe
return email = lower(email) and length(email) <= 254
       and email ~ '^[^[:space:][:cntrl:]@<>"(),;:\\]+@[a-z0-9.-]+[.][a-z]{2,}$'
       and email !~ '[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]';
-- Official letters call people by their name: it is no address, and no place for one.
create function data.is_person(name text) returns boolean
language sql immutable parallel safe
return name <> '' and length(name) <= 80
       and name !~ '[/:{}<>@\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]';

create table data.account (
  id         integer generated always as identity primary key,
  email      text not null unique check (data.is_address(email)),
  name       data.line not null check (data.is_person(name)),
  -- office: the programme office. operator: a city. owner: dimensions of a city (OPD pengampu).
  role       text not null check (role in ('office', 'assessor', 'operator', 'owner')),
  region     data.code references data.region,
  state      text not null default 'invited' check (state in ('invited', 'active', 'disabled')),
  password_setting text
    check (password_setting ~ '^\$argon2id\$v=19\$m=[0-9]+,t=[0-9]+,p=1\$[A-Za-z0-9+/]{22}$'),
  password_digest  data.sha256,           -- of the key, in hexadecimal digits
  -- sealed for this address; null: none yet
  otp_secret  text check (otp_secret <> ''),
  -- the step of the newest code that was accepted: it and older ones are used up
  otp_counter bigint not null default 0,
  created_at  timestamptz not null default now(),
  created_by  integer references data.account,         -- null: the operator's command
  signed_in_at timestamptz,
  demo       boolean not null default false,           -- made by `make run` to look around with
  -- Their scope in that city: codes of data.dimension in their order, or '{*}', which is all of
  -- them and what has none. An operator has all (data.guard_scope).
  dimensions text[],
  -- An owner sends to the office alone; else an operator of the city does it for them.
  sends      boolean not null default true,
  -- An operator whom another one of the city has made (data.manages).
  deputy     boolean not null default false,
  check ((region is not null) = (role in ('operator', 'owner'))),
  check (case when role in ('operator', 'owner') then coalesce(dimensions <> '{}', false)
         else dimensions is null end and (dimensions = '{*}' or '*' <> all (dimensions))
         and (not deputy or role = 'operator')),
  check ((password_setting is null) = (password_digest is null)),
  check (state <> 'active' or password_digest is not null)
);
create index on data.account (region);

-- Dimensions are known ones, each once, in the order of the programme; who has no city has none,
-- and who speaks for a city has all.
create function data.guard_scope() returns trigger language plpgsql as $$
begin
  if new.role = 'operator' then
    new.dimensions := '{*}';
  elsif new.role <> 'owner' then
    new.dimensions := null;
  elsif new.dimensions <> '{*}' then
    new.dimensions := (select array_agg(coalesce(d.code, k.code) order by d.ord)
                       from (select distinct c from unnest(new.dimensions) c) k (code)
                       left join data.dimension d on d.code = k.code);
    if exists (select from unnest(new.dimensions) c
               where c is null or not exists (select from data.dimension d where d.code = c)) then
      raise exception 'a dimension is none' using errcode = 'foreign_key_violation';
    end if;
  end if;
  return new;
end $$;
create trigger scope before insert or update of role, dimensions on data.account
  for each row execute function data.guard_scope();

-- What an account is wanted to be, as it was typed.
create type data.wanted as (email text, name text, role text, region text, dimensions text[],
                            sends boolean, deputy boolean, agency integer);

-- Single use, each 80 random bits.
create table data.recovery_code (
  account integer not null references data.account,
  digest  data.sha256 not null,
  used_at timestamptz,
  primary key (account, digest)
);

-- A link that lets its holder choose a password: of a new account, or after a reset, which spares
-- nobody the one-time code. People who forgot their password ask for one themselves; a row of that
-- kind is made for every address that is asked for, with an account or without.
create table data.invitation (
  id         integer generated always as identity primary key,
  account    integer references data.account,
  purpose    text not null check (purpose in ('invite', 'reset', 'forgot')),
  digest     data.sha256 not null unique,
  created_by integer references data.account,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  closed_at  timestamptz,                 -- used, or another one took its place
  asked_for  data.sha256,                 -- of the address
  asked_from text,                        -- the source
  check ((purpose = 'forgot') = (asked_for is not null and asked_from is not null)),
  check (account is not null or purpose = 'forgot')
);
create index on data.invitation (account);
create index invitation_sent on data.invitation (created_by, created_at);
create index on data.invitation (asked_for, created_at) where purpose = 'forgot';
create index on data.invitation (asked_from, created_at) where purpose = 'forgot';
create index invitation_old on data.invitation (created_at) where purpose = 'forgot';

-- Tries to sign in, kept for a day. An address without an account is counted like any other.
create table data.login_attempt (
  id      bigint generated always as identity primary key,
  at      timestamptz not null default clock_timestamp(),
  who     data.sha256 not null,           -- of the address
  source  text not null,                  -- where it came from
  outcome text not null default 'open' check (outcome in ('open', 'refused', 'password', 'done'))
);
create index on data.login_attempt (who, at);
create index on data.login_attempt (source, at);
create index login_attempt_old on data.login_attempt (at);

-- Wrong one-time codes of an account, from wherever, kept for a day: whoever sends them knows its
-- password.
create table data.wrong_code (
  account integer not null references data.account,
  at      timestamptz not null default clock_timestamp()
);
create index on data.wrong_code (account, at);
create index wrong_code_old on data.wrong_code (at);

-- What the trail was told within a quarter of an hour and is not told again: of an account (empty:
-- of none), from a source.
create table data.told (
  quarter timestamptz not null,
  who     text not null,
  source  text not null,
  act     text not null,
  what    text not null,
  primary key (quarter, who, source, act, what)
);

-- level 'password': the password was right and the one-time code is awaited; it opens nothing else.
-- A step up makes a new row with a new token.
create table data.session (
  id         integer generated always as identity primary key,
  account    integer not null references data.account,
  digest     data.sha256 not null unique,
  level      text not null check (level in ('password', 'full')),
  -- of data.login_attempt; null: it began with an invitation
  attempt    bigint,
  tries      integer not null default 0,  -- wrong codes
  source     text not null,
  agent      data.line not null,          -- what the browser calls itself
  created_at timestamptz not null default now(),
  seen_at    timestamptz not null default now(),
  -- when they last showed who they are (step-up authentication): by signing in, or since by a
  -- code or their password
  proved_at  timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at   timestamptz,
  -- the secret that it is connecting, until its first code; sealed for this session
  pending    text,
  -- of the mark of the browser, by which it is known again (act.is_known)
  browser    data.sha256
);
create index on data.session (account);
create index session_old on data.session (expires_at) where level = 'password';

-- Makes up the salt of an address that has no account, always the same one, and goes into digests
-- of words that somebody could guess.
create table data.decoy (
  key text not null default encode(sha256(convert_to(gen_random_uuid()::text
                                                     || gen_random_uuid()::text, 'UTF8')), 'hex')
);
insert into data.decoy default values;

-- The session of this transaction's token, if it is of that level and neither ended, idle for 30
-- minutes nor over. Policies ask this and what follows many times a page: PL/pgSQL keeps its plans,
-- which SQL functions with the rights of their owner make anew at every call.
create function data.session_now(wanted text) returns data.session
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  wanted_digest constant text := data.digest_of(current_setting('tolok.token', true));
  found_one data.session;
begin
  select s.* into found_one from data.session s join data.account a on a.id = s.account
  where s.digest = wanted_digest and s.level = wanted
    and s.ended_at is null and s.expires_at > now() and s.seen_at > now() - interval '30 minutes'
      and a.state = 'active';
  return found_one;
end $$;

-- Who is asking, for policies: null when nobody is signed in. What a query compares rows with is
-- worked out before it: a small table is read row by row, and a function in its condition is called
-- for each.
create function data.actor() returns integer
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (data.session_now('full')).account;
end $$;
create function data.actor_role() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  me constant integer := data.actor();
begin
  return (select a.role from data.account a where a.id = me);
end $$;
create function data.actor_region() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  me constant integer := data.actor();
begin
  return (select a.region from data.account a where a.id = me);
end $$;
-- Their scope in that region, for data.in_scope.
create function data.actor_dimensions() returns text[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  me constant integer := data.actor();
begin
  return (select a.dimensions from data.account a where a.id = me);
end $$;

-- Whether what belongs to a dimension, or to none, is in a scope. Policies ask it for each row, of
-- those of the region: region = (select data.actor_region()) and
-- data.in_scope(dimension, (select data.actor_dimensions())).
create function data.in_scope(dimension text, mine text[]) returns boolean
language plpgsql immutable parallel safe as $$
begin
  return coalesce(mine && array[dimension, '*'], false);
end $$;

-- Whether there is something to choose in a scope: an owner of one dimension writes for that one.
create function data.chooses(mine text[]) returns boolean language sql immutable parallel safe
return coalesce(mine = '{*}' or cardinality(mine) > 1, false);

-- Who may reset, close and open again an account, detach its authenticator and change what it is
-- for: the office those of others, whoever speaks for a city those of its owners and the deputies
-- that the city has made, a deputy those of its owners.
create function data.manages(my_id integer, my_role text, my_region text, my_deputy boolean,
                             id integer, role text, region text, deputy boolean) returns boolean
language plpgsql immutable parallel safe as $$
begin
  return coalesce(id <> my_id
                  and (my_role = 'office'
                       or (my_role = 'operator' and region = my_region
                           and (role = 'owner' or (deputy and not my_deputy)))), false);
end $$;

-- The name of somebody with whom the one who asks works: of their city, or anybody's for the
-- office. Null for others.
create function data.person_name(account integer) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select a.name from data.account a
          where a.id = person_name.account and (data.actor_role() = 'office'
                                                or a.region = data.actor_region()));
end $$;
