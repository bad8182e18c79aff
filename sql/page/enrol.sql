-- Page enrol: connecting an authenticator, once. The secret is the program's to make; after the act
-- the page shows the recovery codes.

create or replace function page.enrol(lang text, ke text, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select coalesce(enrol.sent ->> 'ke', enrol.ke) as ke,
           enrol.answer ->> 'outcome' = 'refused' as refused,
           enrol.sent ->> 'to' as target,
           -- A form that goes on afterwards (page resume).
           (select json_agg(x) from (
              select case when (select data.actor()) is not null
                          then substr(k.key, 3) else k.key end as kept_name,
                     k.value as kept_value
              from jsonb_each_text(enrol.sent) k
              where k.key like 'k\_%') x) as kept,
           (select row_to_json(h) from (select '/masuk/kode' as location) h
            where c.sealed is not null) as http
    from (select) one
    left join act.code_state() c on true) d;
end;
