-- Files of quick wins: for the desk with the rights of who asks, for the public those of what is
-- published.

-- The files of one version, in the order that people gave them, with what it says of each.
create or replace function pub.desk_files(win integer, n integer)
returns table (file integer, name text, caption text, kind text, bytes integer, picture boolean,
               since integer, added_at timestamptz, place integer)
language sql stable
begin atomic
  select f.id, f.name, coalesce(e.caption, f.caption), b.kind, b.bytes,
    b.kind in ('png', 'jpeg', 'webp'), f.since, f.added_at, coalesce(e.place, f.id)
  from data.win_file f
  join data.file b on b.digest = f.digest
  left join lateral (select x.caption, x.place from data.win_file_edit x
                     where x.file = f.id and x.n <= desk_files.n
                     order by x.n desc limit 1) e on true
  where f.win = desk_files.win and data.has_file(f.since, f.until, desk_files.n)
  order by coalesce(e.place, f.id), f.id;
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
select f.id, w.public_id as quick_win, f.name, coalesce(e.caption, f.caption) as caption, b.kind,
  b.bytes, b.digest, b.kind in ('png', 'jpeg', 'webp') as picture, f.small,
  coalesce(e.place, f.id) as place
from data.win_file f
join data.win w on w.id = f.win
join data.file b on b.digest = f.digest
left join lateral (select x.caption, x.place from data.win_file_edit x
                   where x.file = f.id and x.n <= w.published
                   order by x.n desc limit 1) e on true
-- What data.has_file says, which the public's role may not call.
where f.since <= w.published and (f.until is null or w.published < f.until);
