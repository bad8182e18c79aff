-- Page prove: asks once more who it is, before what a form does. It is shown in the place of that form's answer only, and keeps what was typed.

create or replace function page.prove(lang text, sent jsonb, answer jsonb)
returns table (faults boolean, refused boolean, throttled boolean, minutes integer)
language sql stable
begin atomic
  select o.word <> 'unproved', o.word = 'refused', o.word = 'throttled', ((prove.answer ->> 'n')::integer + 59) / 60
  from (select prove.answer ->> 'outcome') o (word)
  where o.word is not null and (select data.actor()) is not null;
end;

create or replace function page.prove_kept(lang text, sent jsonb, answer jsonb)
returns table (kept_name text, kept_value text)
language sql stable
begin atomic
  select k.key, k.value from jsonb_each_text(prove_kept.sent) k;
end;
