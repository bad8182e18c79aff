-- The outbox of mails.
set local role tolok_owner;

create table data.mail (
  invitation integer primary key references data.invitation,
  sealed    text check (length(sealed) between 60 and 200),
  tries     integer not null default 0,
  next_at   timestamptz not null default now(),
  sent_at   timestamptz,
  failed_at timestamptz,
  fault     text,
  check (num_nonnulls(sealed, sent_at, failed_at) = 1)
);
create index on data.mail (next_at) where sealed is not null;

alter table data.mail enable row level security, force row level security;
create policy owner on data.mail to tolok_owner using (true) with check (true);
reset role;
