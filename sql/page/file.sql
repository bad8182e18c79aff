-- Page file: a file of a published quick win. The web server sends the bytes.

create or replace function page.file(lang text, id integer) returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select (select row_to_json(h) from (
              select (select row_to_json(x) from (
                        select f.digest as digest, f.kind as kind, f.name as name) x) as file) h)
             as http
    from pub.file f
    where f.id = file.id) d;
end;
