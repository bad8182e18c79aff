-- Page code: the one-time code, after the password.

create or replace function page.code(lang text, ke text, sent jsonb, answer jsonb)
returns table (location text, ke text, faults boolean)
language sql stable
begin atomic
  select case when c.sealed is null then '/masuk/daftar-kode' end, coalesce(code.sent ->> 'ke', code.ke), code.answer is not null
  from act.code_state() c;
end;
