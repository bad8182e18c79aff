-- How much a person has done in a day is counted.
set local role tolok_owner;
create table data.person_day (
  account integer not null references data.account,
  day     date not null,
  acts    integer not null,
  primary key (account, day)
);
create index person_day_old on data.person_day (day);
alter table data.person_day enable row level security, force row level security;
create policy owner on data.person_day to tolok_owner using (true) with check (true);
reset role;
