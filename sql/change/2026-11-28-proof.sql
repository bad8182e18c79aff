-- When who is signed in has shown last who he is: for sessions that are open, when they began.
set local role tolok_owner;
alter table data.session add column if not exists proved_at timestamptz not null default now();
update data.session set proved_at = created_at;
reset role;
