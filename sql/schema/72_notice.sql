-- What people are told: lines of their board, which go out by mail too where they want that; and
-- what the office tells cities.

create table data.post (
  id        integer generated always as identity primary key,
  title     data.line not null check (title <> ''),
  body      data.prose not null check (body <> ''),
  regions   data.code[] check (regions <> '{}'),       -- null: all
  posted_by integer not null references data.account,
  posted_at timestamptz not null default now(),
  ended_at  timestamptz
);

create table data.notice (
  id        bigint generated always as identity primary key,
  account   integer not null references data.account,
  -- what became of a quick win, or something that the office tells
  kind      text not null check (kind in ('published', 'returned', 'rejected', 'joined',
                                          'withdrawn', 'post')),
  win       integer references data.win,
  post      integer references data.post,
  at        timestamptz not null default now(),
  read_at   timestamptz,
  mailed_at timestamptz,                  -- when it was seen to whether it needs a mail
  check ((kind = 'post') = (post is not null)),
  check (num_nonnulls(win, post) = 1)
);
create index on data.notice (account, id) where read_at is null;
create index notice_unmailed on data.notice (at) where mailed_at is null;

-- Whether they want mails of what waits for them, and when the last of these was made.
alter table data.account
  add column mails boolean not null default true,
  add column mailed_at timestamptz;

-- Mails of the day are made once.
create table data.mail_day (day date primary key);

-- Who writes a quick win hears what the office has decided, whichever act it was.
create function data.tell_decision() returns trigger language plpgsql
set search_path = pg_catalog, pg_temp as $$
begin
  insert into data.notice (account, kind, win)
  select a.id, new.state, w.id
  from data.win w
  join data.account a on a.region = w.region and a.state = 'active'
    and a.role in ('operator', 'owner') and data.in_scope(w.dimension, a.dimensions)
  where w.id = new.win
    and exists (select from data.account o where o.id = new.decided_by and o.role = 'office');
  return null;
end $$;
create trigger tell after update of state on data.win_version for each row
  when (old.state is distinct from new.state
        and new.state in ('published', 'returned', 'rejected', 'joined', 'withdrawn'))
  execute function data.tell_decision();

do $$
declare
  name text;
begin
  foreach name in array array['post', 'notice', 'mail_day'] loop
    execute format('alter table data.%s enable row level security, force row level security', name);
    execute format('create policy owner on data.%s to tolok_owner using (true) with check (true)',
                   name);
  end loop;
end $$;
create policy desk on data.notice for select to tolok_desk using (
  account = (select data.actor()));
-- The office sees what it told, everybody what they were told.
create policy desk on data.post for select to tolok_desk using (
  (select data.actor_role()) = 'office'
  or exists (select from data.notice n where n.post = post.id));
