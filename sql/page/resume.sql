-- Page resume: a form whose session was over keeps what was typed: first with the fields of signing
-- in, and then, for whoever has signed in, as the form that goes on.

create or replace function page.resume(lang text, sent jsonb, answer jsonb) returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select (select row_to_json(h) from (select 303 as status, '/meja' as location) h
            where resume.answer is null) as http,
           me.inside,
           resume.sent ->> 'to' as target,
           resume.sent ->> 'email' as email,
           case when resume.answer ->> 'outcome' not in ('ended', 'done')
                then resume.answer ->> 'outcome' end as fault_word,
           ((resume.answer ->> 'n')::integer + 59) / 60 as minutes,
           (select json_agg(x) from (
              select case when me.inside then substr(k.key, 3) else k.key end as kept_name,
                     k.value as kept_value
              from jsonb_each_text(resume.sent) k
              where k.key like 'k\_%') x) as kept
    from (select (select data.actor()) is not null as inside) me) d;
end;
