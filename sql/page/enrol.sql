-- Page enrol: connecting an authenticator, once. The secret is the program's to make; after the act the page shows the recovery codes.

create or replace function page.enrol(lang text, ke text, sent jsonb, answer jsonb)
returns table (location text, ke text, faults boolean)
language sql stable
begin atomic
  select case when c.sealed is not null then '/masuk/kode' end, coalesce(enrol.sent ->> 'ke', enrol.ke), enrol.answer ->> 'outcome' = 'refused'
  from (select) one left join act.code_state() c on true;
end;
