-- Page jobfile: the package that a job made, for the office. The web server sends the bytes.

create or replace function page.jobfile(lang text, id integer) returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select (select row_to_json(h) from (
              select (select row_to_json(x) from (
                        select f.digest as digest,
                               'zip' as kind,
                               f.name as name) x) as file) h)
             as http
    from act.job_file(jobfile.id) f) d;
end;
