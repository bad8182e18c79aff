-- An account has several dimensions of its city, or all; agencies of a city; what an operator asks
-- of those who look after a dimension.
set local role tolok_owner;
alter table data.account
  add column dimensions text[],
  add column sends boolean not null default true,
  add column deputy boolean not null default false;
update data.account
set dimensions = case role when 'owner' then array[dimension::text] when 'operator' then '{*}' end;
drop policy desk on data.win;
drop function data.actor_dimension();
drop function data.reads_win(text, text, integer, text, text, text);
drop function data.writes_win(text, text, text, text, text);
alter table data.account drop column dimension;
alter table data.account
  add constraint account_check1
  check (case when role in ('operator', 'owner') then coalesce(dimensions <> '{}', false)
         else dimensions is null end and (dimensions = '{*}' or '*' <> all (dimensions))
         and (not deputy or role = 'operator'));

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

-- The rules of who may do what with a quick win: policies and acts ask these. Of the account there
-- are role, region and dimensions. They are asked for each row, with what was worked out once for
-- all rows: PL/pgSQL keeps its plans, which SQL functions that can not become part of a query make
-- anew each time.
create function data.writes_win(region text, dimension text, my_role text,
                                           my_region text, my_dimensions text[]) returns boolean
language plpgsql immutable parallel safe as $$
begin
  return coalesce(my_role in ('operator', 'owner') and region = my_region, false)
         and data.in_scope(dimension, my_dimensions);
end $$;

create function data.reads_win(region text, dimension text, published integer,
                                          my_role text, my_region text,
                                          my_dimensions text[]) returns boolean
language plpgsql immutable parallel safe as $$
begin
  return coalesce(my_role = 'office' or (my_role = 'assessor' and published is not null), false)
         or data.writes_win(region, dimension, my_role, my_region, my_dimensions);
end $$;

create policy desk on data.win for select to tolok_desk using (
  data.reads_win(region, dimension, published, (select data.actor_role()),
                 (select data.actor_region()), (select data.actor_dimensions())));

create table data.agency (
  id         integer generated always as identity primary key,
  region     data.code not null references data.region,
  name       data.line not null check (name <> ''),    -- 'Dinas Tenaga Kerja'
  short      data.line check (short <> ''),            -- 'Disnaker'
  contact    data.line check (contact <> ''),          -- an address of the office, never a person's
  created_at timestamptz not null default now(),
  closed_at  timestamptz,
  unique (id, region)
);
create unique index agency_name on data.agency (region, lower(name)) where closed_at is null;

-- One agency leads a dimension; the region stands here too, so that the database knows it.
create table data.agency_dimension (
  agency    integer not null,
  region    data.code not null,
  dimension data.code not null references data.dimension,
  part      text not null check (part in ('lead', 'support')),
  primary key (agency, dimension),
  foreign key (agency, region) references data.agency (id, region)
);
create unique index agency_lead on data.agency_dimension (region, dimension) where part = 'lead';

-- Owners belong to one, or to none that is registered.
alter table data.account
  add column agency integer,
  add foreign key (agency, region) references data.agency (id, region);

-- An owner who does not send alone hands a draft to the operator: who did, and when.
alter table data.win
  add column handed_by integer references data.account,
  add column handed_at timestamptz;

-- What an operator asks of those who look after the dimension of a quick win: to fill a field, or
-- something of the whole ('').
create table data.ask (
  id          integer generated always as identity primary key,
  win         integer not null references data.win,
  field       text not null,
  question    data.prose not null check (question <> ''),
  asked_by    integer not null references data.account,
  asked_at    timestamptz not null default now(),
  answer      data.prose,
  answered_by integer references data.account,
  answered_at timestamptz,
  closed_by   integer references data.account,
  closed_at   timestamptz,
  check ((answered_by is null) = (answered_at is null)),
  check ((closed_by is null) = (closed_at is null))
);
create index on data.ask (win);

do $$
declare
  name text;
begin
  foreach name in array array['agency', 'agency_dimension', 'ask'] loop
    execute format('alter table data.%s enable row level security, force row level security', name);
    execute format('create policy owner on data.%s to tolok_owner using (true) with check (true)',
                   name);
  end loop;
end $$;

-- The office sees the registers of all cities, a city its own.
create policy desk on data.agency for select to tolok_desk using (
  (select data.actor_role()) = 'office' or region = (select data.actor_region()));
create policy desk on data.agency_dimension for select to tolok_desk using (
  (select data.actor_role()) = 'office' or region = (select data.actor_region()));
-- What a city asks within itself nobody else reads.
create policy desk on data.ask for select to tolok_desk using (
  (select data.actor_region()) is not null
    and exists (select from data.win w where w.id = ask.win));
reset role;
