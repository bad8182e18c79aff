-- Page file: a file of a published quick win. The web server sends the bytes.

create or replace function page.file(lang text, id integer, ukuran text) returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select (select row_to_json(h) from (
              select (select row_to_json(x) from (
                        select case when ukuran = 'kecil' then coalesce(f.small, f.digest)
                                    else f.digest end as digest,
                               f.kind as kind,
                               f.name as name) x) as file) h)
             as http
    from pub.file f
    where f.id = file.id) d;
end;
