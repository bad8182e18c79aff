-- Files of quick wins: for the desk with the rights of who asks, for the public those of what is
-- published.

-- The files of one version, in the order in which they came.
create or replace function pub.desk_files(win integer, n integer)
returns table (file integer, name text, caption text, kind text, bytes integer, picture boolean,
               since integer, added_at timestamptz)
language sql stable
begin atomic
  select f.id, f.name, f.caption, b.kind, b.bytes, b.kind in ('png', 'jpeg', 'webp'), f.since,
    f.added_at
  from data.win_file f
  join data.file b on b.digest = f.digest
  where f.win = desk_files.win and data.has_file(f.since, f.until, desk_files.n)
  order by f.id;
end;

-- One file that one may read; no row when there is none.
create or replace function pub.desk_file(id integer)
returns table (name text, kind text, digest text, small text)
language sql stable
begin atomic
  select f.name, b.kind, b.digest, f.small
  from data.win_file f
  join data.file b on b.digest = f.digest
  where f.id = desk_file.id;
end;

-- Those of the version that the public reads.
create or replace view pub.file as
select f.id, w.public_id as quick_win, f.name, f.caption, b.kind, b.bytes, b.digest,
  b.kind in ('png', 'jpeg', 'webp') as picture, f.small
from data.win_file f
join data.win w on w.id = f.win
join data.file b on b.digest = f.digest
-- What data.has_file says, which the public's role may not call.
where f.since <= w.published and (f.until is null or w.published < f.until);
