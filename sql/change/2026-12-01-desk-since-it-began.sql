-- What became of the desk's tables between its first day and the day all of it was there. For a
-- time they were changed under the
-- names of the changes before this one, so a database of those days may have any part of this
-- already.
set local role tolok_owner;

alter table data.account add column if not exists demo boolean not null default false;

-- When somebody showed last who he is: as far as it is known, when his session began.
select not exists (
  select from pg_attribute where attrelid = 'data.session'::regclass and attname = 'proved_at') as
    unproved \gset
\if :unproved
alter table data.session add column proved_at timestamptz not null default now();
update data.session set proved_at = created_at;
\endif

-- Links for whoever has forgotten his password.
select not exists (
  select from pg_attribute where attrelid = 'data.invitation'::regclass and attname = 'asked_for')
    as unforgotten \gset
\if :unforgotten
alter table data.invitation
  alter account drop not null,
  drop constraint invitation_purpose_check,
  add column asked_for data.sha256,
  add column asked_from text,
  add constraint invitation_purpose_check check (purpose in ('invite', 'reset', 'forgot')),
  add check ((purpose = 'forgot') = (asked_for is not null and asked_from is not null)),
  add check (account is not null or purpose = 'forgot');
create index on data.invitation (asked_for, created_at) where purpose = 'forgot';
create index on data.invitation (asked_from, created_at) where purpose = 'forgot';
\endif

-- Mails that take no link. A mail of the first tables was made when its link was.
select not exists (select from pg_attribute where attrelid = 'data.mail'::regclass and attname =
  'waiting') as unwaited \gset
\if :unwaited
create temporary table mail_before on commit drop as
  select m.*, i.created_at as made_at from data.mail m join data.invitation i on i.id =
    m.invitation;
drop table data.mail;
create table data.mail (
  id        integer generated always as identity primary key,
  invitation integer unique references data.invitation,
  account   integer references data.account,
  sealed    text check (length(sealed) between 60 and 200),
  made_at   timestamptz not null default now(),
  tries     integer not null default 0,
  next_at   timestamptz not null default now(),
  sent_at   timestamptz,
  failed_at timestamptz,
  fault     text,
  waiting   boolean not null generated always as (sent_at is null and failed_at is null) stored,
  check (num_nonnulls(invitation, account) = 1),
  check (num_nonnulls(sent_at, failed_at) < 2),
  check ((sealed is not null) = (invitation is not null and waiting))
);
create index on data.mail (next_at) where waiting;
alter table data.mail enable row level security, force row level security;
create policy owner on data.mail to tolok_owner using (true) with check (true);
insert into data.mail (invitation, sealed, made_at, tries, next_at, sent_at, failed_at, fault)
select invitation, sealed, made_at, tries, next_at, sent_at, failed_at, fault from mail_before order
  by made_at, invitation;
\endif

create or replace function data.session_now(wanted text) returns data.session
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
create or replace function data.actor() returns integer
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (data.session_now('full')).account;
end $$;
create or replace function data.actor_role() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  me constant integer := data.actor();
begin
  return (select a.role from data.account a where a.id = me);
end $$;
create or replace function data.actor_region() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  me constant integer := data.actor();
begin
  return (select a.region from data.account a where a.id = me);
end $$;
create or replace function data.actor_dimension() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  me constant integer := data.actor();
begin
  return (select a.dimension from data.account a where a.id = me);
end $$;
create or replace function data.person_name(account integer) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select a.name from data.account a
          where a.id = person_name.account and (data.actor_role() = 'office' or a.region =
            data.actor_region()));
end $$;

alter policy desk on data.audit using (
  (select data.actor_role()) = 'office' or account = (select data.actor())
  or ((select data.actor_role()) = 'operator' and region = (select data.actor_region())));

-- A statement that changes no quick win makes nothing anew.
create or replace function data.follow_wins() returns trigger language plpgsql as $$
declare
  wins integer[];
  regions text[];
begin
  if to_regprocedure('act.refresh_wins(integer[], text[])') is null then
    return null;
  end if;
  if tg_op <> 'INSERT' then
    select array_agg(r.id), array_agg(r.region) into wins, regions from removed r;
  end if;
  if tg_op <> 'DELETE' then
    select wins || array_agg(a.id), regions || array_agg(a.region::text) into wins, regions from
      added a;
  end if;
  if wins is not null then
    perform act.refresh_wins(wins, regions);
  end if;
  return null;
end $$;
reset role;
