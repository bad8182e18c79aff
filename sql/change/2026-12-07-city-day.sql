-- How much a city has written in a day is counted.
set local role tolok_owner;
create table data.city_day (
  region   data.code not null references data.region,
  day      date not null,
  saves    integer not null,
  versions integer not null,              -- those that were begun, of new and of old quick wins
  primary key (region, day)
);
create index city_day_old on data.city_day (day);
alter table data.city_day enable row level security, force row level security;
create policy owner on data.city_day to tolok_owner using (true) with check (true);
reset role;
