-- Page code: the one-time code, after the password.

create or replace function page.code(lang text, ke text, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select coalesce(code.sent ->> 'ke', code.ke) as ke,
           nullif(code.answer ->> 'outcome', 'done') as fault,
           code.sent ->> 'to' as target,
           -- A form that goes on afterwards (page resume).
           (select json_agg(x) from (
              select k.key as kept_name, k.value as kept_value
              from jsonb_each_text(code.sent) k
              where k.key like 'k\_%') x) as kept,
           (select row_to_json(h) from (select '/masuk/daftar-kode' as location) h
            where c.sealed is null) as http
    from act.code_state() c) d;
end;
