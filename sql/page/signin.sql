-- Page signin: address and password. Who has signed in already is sent on.

create or replace function page.signin(lang text, ke text, keluar text, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select coalesce(signin.sent ->> 'ke', signin.ke) as ke,
           signin.sent ->> 'email' as email,
           signin.answer ->> 'outcome' as fault_word,
           signin.keluar is not null and signin.answer is null as left_now,
           ((signin.answer ->> 'n')::integer + 59) / 60 as minutes,
           (select row_to_json(h) from (
              select case when ke ~ '^/meja(/[A-Za-z0-9_-]+)*([?][A-Za-z0-9=&_-]*)?$' then ke
                          else '/meja' end as location) h
            where (select data.actor()) is not null) as http) d;
end;
