-- Page winfile: a file of a quick win, for those who may read a version that has it. The web server
-- sends the bytes.

create or replace function page.winfile(lang text, id integer, ukuran text) returns setof json
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
    from pub.desk_file(winfile.id) f) d;
end;
