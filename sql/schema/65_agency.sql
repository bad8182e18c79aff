-- Agencies (perangkat daerah) of a city, with the dimensions that they lead or support; and what an
-- operator asks of those who look after a dimension.

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
