-- Files that belong to quick wins. The bytes are on disk under their digest (cgi-bin/safe/depot.h),
-- each once; here is what they are and to which versions they belong, so that a version that was
-- submitted keeps its files as it keeps its words.

-- What the program found the bytes to be (cgi-bin/http/media_type.h). A file has a row here before
-- anybody may ask for it.
create table data.file (
  digest  data.sha256 primary key,
  kind    text not null check (kind in ('pdf', 'png', 'jpeg', 'webp', 'xlsx')),
  bytes   integer not null check (bytes between 1 and 10485760),
  kept_at timestamptz not null default now()
);

create table data.win_file (
  id       integer generated always as identity primary key,
  win      integer not null references data.win,
  digest   data.sha256 not null references data.file,
  small    data.sha256 references data.file,   -- the same picture as pages show it
  name     data.line not null check (name <> '' and length(name) <= 120),
  -- what it shows, also for who can not see it
  caption  data.line not null check (btrim(caption) <> ''),
  since    integer not null,              -- the first version that it belongs to
  until    integer,                       -- the first one that it does not belong to any more
  added_by integer not null references data.account,
  added_at timestamptz not null default now(),
  foreign key (win, since) references data.win_version,
  check (until >= since)
);
create index on data.win_file (win);
create index on data.win_file (digest);
create index on data.win_file (small);

-- Bytes that are being written, before their file is added: they count like those that are. A row
-- whose sender was not heard of again goes after an hour, with the bytes.
create table data.file_pending (
  account integer not null references data.account,
  key     text not null,                  -- of the form
  win     integer,                        -- whose; also one that was thrown away meanwhile
  region  data.code not null,
  digest  data.sha256 not null,
  bytes   integer not null,               -- of both
  at      timestamptz not null default now(),
  small   data.sha256,                    -- what is written beside it
  primary key (account, key)
);
create index file_pending_region on data.file_pending (region);
create index file_pending_digest on data.file_pending (digest);
create index file_pending_small on data.file_pending (small);
create index file_pending_old on data.file_pending (at);

-- What people have changed of a file since it was added: from version n on it has this caption and
-- stands at this place among the others, which is at first its number.
create table data.win_file_edit (
  file    integer not null references data.win_file,
  n       integer not null,
  caption data.line not null check (btrim(caption) <> ''),
  place   integer not null,
  primary key (file, n)
);

-- Whether that version may still be changed.
create function data.is_draft(win integer, n integer) returns boolean language sql stable as $$
  select exists (select from data.win_version v
                 where v.win = is_draft.win and v.n = is_draft.n and v.state = 'draft');
$$;

-- A file is taken from the versions to come, and put back while that version is a draft. Nothing
-- else of it ever changes.
create function data.guard_win_file() returns trigger language plpgsql as $$
begin
  if (old.until is null) = (new.until is null)
    or not data.is_draft(old.win, coalesce(old.until, new.until))
    or to_jsonb(old) - 'until' <> to_jsonb(new) - 'until' then
    raise exception 'a file of a quick win stays what it is' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger guard before update on data.win_file for each row
  execute function data.guard_win_file();

-- What a version said of its files it says for ever.
create function data.guard_win_file_edit() returns trigger language plpgsql as $$
begin
  if (tg_op = 'UPDATE' and (old.file, old.n) <> (new.file, new.n))
    or not exists (select from data.win_file f
                   where f.id = new.file and data.is_draft(f.win, new.n)) then
    raise exception 'a version keeps what it says of its files'
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger guard before insert or update on data.win_file_edit for each row
  execute function data.guard_win_file_edit();

-- Whether a file belongs to a version.
create function data.has_file(since integer, until integer, n integer) returns boolean
  language sql immutable parallel safe
return n >= since and (until is null or n < until);

-- Who may read a version may read its files; so a file's row is seen through the policies of
-- data.win_version. These stand here and not in 69_desk.sql, so that a database that has that
-- already gets them too.
do $$
declare
  name text;
begin
  foreach name in array array['file', 'win_file', 'file_pending', 'win_file_edit'] loop
    execute format('alter table data.%s enable row level security, force row level security', name);
    execute format('create policy owner on data.%s to tolok_owner using (true) with check (true)',
                   name);
  end loop;
end $$;
create policy desk on data.win_file for select to tolok_desk using (
  exists (select from data.win_version v where v.win = win_file.win
          and data.has_file(since, until, v.n)));
create policy desk on data.win_file_edit for select to tolok_desk using (
  exists (select from data.win_file f join data.win_version v on v.win = f.win
          where f.id = file and v.n >= win_file_edit.n));
