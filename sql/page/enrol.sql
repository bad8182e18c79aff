-- Page enrol: connecting an authenticator, once. The secret is the program's to make; after the act
-- the page shows the recovery codes.

create or replace function page.enrol(lang text, ke text, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select coalesce(enrol.sent ->> 'ke', enrol.ke) as ke,
           enrol.answer ->> 'outcome' = 'refused' as refused,
           (select row_to_json(h) from (select '/masuk/kode' as location) h
            where c.sealed is not null) as http
    from (select) one
    left join act.code_state() c on true) d;
end;
