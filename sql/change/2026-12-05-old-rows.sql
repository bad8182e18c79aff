-- Old rows are found by their age, and what a stranger repeats is told once in the trail.
set local role tolok_owner;

create index login_attempt_old on data.login_attempt (at);
create index wrong_code_old on data.wrong_code (at);
create index invitation_old on data.invitation (created_at) where purpose = 'forgot';
create index session_old on data.session (expires_at) where level = 'password';

create table data.told (
  quarter timestamptz not null,
  who     text not null,
  source  text not null,
  act     text not null,
  what    text not null,
  primary key (quarter, who, source, act, what)
);
alter table data.told enable row level security, force row level security;
create policy owner on data.told to tolok_owner using (true) with check (true);
reset role;
