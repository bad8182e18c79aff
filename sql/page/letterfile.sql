-- Page letterfile: the file of a letter, for those who may read it. The web server sends the bytes.

create or replace function page.letterfile(lang text, id integer, ukuran text) returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select (select row_to_json(h) from (
              select (select row_to_json(x) from (
                        select case when ukuran = 'kecil' then coalesce(l.small, l.digest)
                                    else l.digest end as digest,
                               f.kind as kind,
                               l.name) x) as file) h) as http
    from data.letter l
    join data.file f on f.digest = l.digest
    where l.id = letterfile.id) d;
end;
