-- The outbox: links that a mail takes to whom they are for. The link's token lies here sealed with a key that is in no database
-- (cgi-bin/lib/secure.h), and only until the mail has gone or will never go. For acts alone: nobody at the desk reads it.
create table data.mail (
  invitation integer primary key references data.invitation,
  sealed    text check (length(sealed) between 60 and 200),
  tries     integer not null default 0,
  next_at   timestamptz not null default now(),
  sent_at   timestamptz,
  failed_at timestamptz,
  fault     text,                         -- what the mail server said last, or why it was given up
  check (num_nonnulls(sealed, sent_at, failed_at) = 1)
);
create index on data.mail (next_at) where sealed is not null;

alter table data.mail enable row level security, force row level security;
create policy owner on data.mail to tolok_owner using (true) with check (true);
