-- Accounts to look around with, which `make run` makes anew each time and prints. They are marked
-- as what they are, and are ended when an instance starts in another way.

create or replace function act.demo_make(email text, name text, role text, region text,
                                         dimensions text, setting text, key text, sealed text)
returns table (address text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  made data.account;
begin
  insert into data.account as a (email, name, role, region, dimensions, demo, state,
                                 password_setting, password_digest, otp_secret)
  values (email, name, role, (select r.code from data.region r where r.slug = demo_make.region),
          string_to_array(dimensions, ','), true, 'active', setting,
          act.hashed(key), sealed)
  on conflict on constraint account_email_key do update
    set state = 'active', password_setting = excluded.password_setting,
        password_digest = excluded.password_digest, otp_secret = excluded.otp_secret,
        otp_counter = 0, role = excluded.role, region = excluded.region,
        dimensions = excluded.dimensions
    where a.demo
  returning a.* into made;
  if made.id is null then
    raise exception '% is somebody''s account', email;
  end if;
  perform act.sessions_close(made.id), act.recovery_set(made.id, null),
          act.note('account_demo', 'account', made.id::text, made.region,
                   after => act.account_view(made));
  address := made.email;
  return next;
end $$;

-- The sealed secret of a demo account's codes; no row for anybody else's.
create or replace function act.demo_secret(address text) returns table (email text, sealed text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.email, a.otp_secret from data.account a where a.email = lower(btrim(address)) and a.demo
         and a.state = 'active' and a.otp_secret is not null;
$$;

create or replace function act.demo_end() returns table (ended bigint)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select count(act.account_end(a.id, 'demo', null)) from data.account a where a.demo
         and a.state <> 'disabled';
$$;
