-- Page code: the one-time code, after the password.

create or replace function page.code(lang text, ke text, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select coalesce(code.sent ->> 'ke', code.ke) as ke,
           code.answer ->> 'outcome' as fault,
           (select row_to_json(h) from (select '/masuk/daftar-kode' as location) h
            where c.sealed is null) as http
    from act.code_state() c) d;
end;
