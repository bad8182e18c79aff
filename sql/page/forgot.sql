-- Page forgot: asking for a link to choose a new password. Who has signed in changes it at their
-- account.

create or replace function page.forgot(lang text, sent jsonb, answer jsonb) returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select o.said = 'done' as asked,
           forgot.sent ->> 'email' as email,
           nullif(o.said, 'done') as fault_word,
           ((forgot.answer ->> 'n')::integer + 59) / 60 as minutes,
           (select row_to_json(h) from (
              select case when o.said = 'throttled' then 429 end as status,
                     case when (select data.actor()) is not null then '/meja/akun' end as location)
              h) as http
    from (select forgot.answer ->> 'outcome') o (said)) d;
end;
