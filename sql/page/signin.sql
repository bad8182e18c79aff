-- Page signin: address and password. Who has signed in already is sent on.

create or replace function page.signin(lang text, ke text, sent jsonb, answer jsonb)
returns table (location text, ke text, email text, refused boolean, throttled boolean, minutes integer, faults boolean, returns boolean)
language sql stable
begin atomic
  select case when data.actor() is not null then '/meja' end, coalesce(signin.sent ->> 'ke', signin.ke), signin.sent ->> 'email',
         signin.answer ->> 'outcome' = 'refused', signin.answer ->> 'outcome' = 'throttled',
         (((signin.answer ->> 'n')::integer + 59) / 60)::integer, signin.answer is not null, signin.ke is not null and signin.answer is null;
end;
