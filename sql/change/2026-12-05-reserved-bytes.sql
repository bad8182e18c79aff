-- Bytes of a file are reserved before they are written.
set local role tolok_owner;

create table data.file_pending (
  account integer not null references data.account,
  key     text not null,
  win     integer not null references data.win,
  region  data.code not null,
  digest  data.sha256 not null,
  bytes   integer not null,
  at      timestamptz not null default now(),
  primary key (account, key)
);
create index file_pending_region on data.file_pending (region);
create index file_pending_digest on data.file_pending (digest);
create index file_pending_old on data.file_pending (at);
alter table data.file_pending enable row level security, force row level security;
create policy owner on data.file_pending to tolok_owner using (true) with check (true);
reset role;
