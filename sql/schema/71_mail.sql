-- A transactional outbox: mails that take a link to whom it is for, and such as tell somebody that
-- their authenticator was forgotten, or that there is another account like theirs. The link's token
-- lies here sealed with a key that is in no database (cgi-bin/safe/secure.h), and only until the
-- mail has gone or will never go. For acts alone: nobody at the desk reads it.
create table data.mail (
  id        integer generated always as identity primary key,
  invitation integer unique references data.invitation,   -- whose link it takes,
  account   integer references data.account,           -- or whom it tells
  sealed    text check (length(sealed) between 60 and 200),
  made_at   timestamptz not null default now(),
  tries     integer not null default 0,
  next_at   timestamptz not null default now(),
  sent_at   timestamptz,
  failed_at timestamptz,
  fault     text,                         -- what the mail server said last, or why it was given up
  waiting   boolean not null generated always as (sent_at is null and failed_at is null) stored,
  topic     text not null default 'authenticator'      -- of what without a link and an account
    check (topic in ('authenticator', 'codes', 'decision', 'daily')),
  about     integer references data.account,           -- the account that it tells of
  count     integer,                      -- how many things a mail of decisions or of the day tells
  check (num_nonnulls(invitation, account) = 1),
  check (num_nonnulls(sent_at, failed_at) < 2),
  check ((sealed is not null) = (invitation is not null and waiting))
);
create index on data.mail (next_at) where waiting;

alter table data.mail enable row level security, force row level security;
create policy owner on data.mail to tolok_owner using (true) with check (true);
