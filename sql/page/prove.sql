-- Page prove: asks once more who it is, before what a form does. It is shown in the place of that
-- form's answer only, and keeps what was typed.

create or replace function page.prove(lang text, sent jsonb, answer jsonb) returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select nullif(o.word, 'unproved') as fault_word,
           ((prove.answer ->> 'n')::integer + 59) / 60 as minutes,
           (select json_agg(x) from (
              select k.key as kept_name,
                     k.value as kept_value
              from jsonb_each_text(prove.sent) k) x) as kept
    from (select prove.answer ->> 'outcome') o (word)
    where o.word is not null and (select data.actor()) is not null) d;
end;
