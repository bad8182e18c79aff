-- Wrong one-time codes count per account, and its holder is told.
set local role tolok_owner;

create table data.wrong_code (
  account integer not null references data.account,
  at      timestamptz not null default clock_timestamp()
);
create index on data.wrong_code (account, at);
alter table data.wrong_code enable row level security, force row level security;
create policy owner on data.wrong_code to tolok_owner using (true) with check (true);

alter table data.mail
  add column topic text not null default 'authenticator'
    check (topic in ('authenticator', 'codes'));
reset role;
