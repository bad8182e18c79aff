-- Captions and the order of files can be changed, and a file that was taken away put back.
set local role tolok_owner;

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
create or replace function data.guard_win_file() returns trigger language plpgsql as $$
begin
  if (old.until is null) = (new.until is null)
    or not data.is_draft(old.win, coalesce(old.until, new.until))
    or to_jsonb(old) - 'until' <> to_jsonb(new) - 'until' then
    raise exception 'a file of a quick win stays what it is' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

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

alter table data.win_file_edit enable row level security, force row level security;
create policy owner on data.win_file_edit to tolok_owner using (true) with check (true);
create policy desk on data.win_file_edit for select to tolok_desk using (
  exists (select from data.win_file f join data.win_version v on v.win = f.win
          where f.id = file and v.n >= win_file_edit.n));
reset role;
