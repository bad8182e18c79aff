-- What a letter would change of the facts, beside what stands, for who reads the letter; and what
-- keeps it from being sent, {field: word}. PL/pgSQL keeps its plans.
create or replace function act.letter_told(letter integer)
returns table (changes jsonb, faults jsonb)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query
  select coalesce((select jsonb_agg(to_jsonb(c)) from act.letter_changes(l, w.words) c), '[]'),
         act.letter_lacks(l, w.words)
  from data.letter l
  cross join lateral (select pub.letter_words(l.id) as words offset 0) w
  where l.id = letter_told.letter
    and data.reads_letter(l.region, data.actor_role(), data.actor_region());
end $$;
