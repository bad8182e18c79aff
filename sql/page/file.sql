-- Page file: a file of a published quick win. Its head row is all: the web server sends the bytes.

create or replace function page.file(lang text, id integer)
returns table (file text, file_kind text, file_name text)
language sql stable
begin atomic
  select f.digest, f.kind, f.name from pub.file f where f.id = file.id;
end;
