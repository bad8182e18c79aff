-- Page winfile: a file of a quick win, for those who may read a version that has it. Its head row is all: the web server sends the bytes.

create or replace function page.winfile(lang text, id integer)
returns table (file text, file_kind text, file_name text)
language sql stable
begin atomic
  select f.digest, f.kind, f.name from pub.desk_file(winfile.id) f;
end;
