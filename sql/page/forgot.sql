-- Page forgot: asking for a link to choose a new password. Who has signed in changes it at his account.

create or replace function page.forgot(lang text, sent jsonb, answer jsonb)
returns table (location text, status integer, asking boolean, email text, asked boolean, faults boolean, missing boolean, throttled boolean, minutes integer)
language sql stable
begin atomic
  select case when data.actor() is not null then '/meja/akun' end, case when o.said = 'throttled' then 429 end, o.said is distinct from 'done',
         forgot.sent ->> 'email', o.said = 'done', o.said <> 'done', o.said = 'invalid', o.said = 'throttled',
         (((forgot.answer ->> 'n')::integer + 59) / 60)::integer
  from (select forgot.answer ->> 'outcome') o (said);
end;
