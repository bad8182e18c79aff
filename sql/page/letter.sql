-- Page letter: a letter beside its figures: the receipt, what the second person decides, and what
-- became of it. For its city's operator and the office.

create or replace function page.letter(lang text, id integer, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select l.id,
           l.city,
           l.slug,
           l.year,
           l.number,
           l.issued,
           l.publisher as signer,
           l.name,
           l.kind = 'pdf' as pdf,
           greatest(round(l.bytes / 1024.0), 1) as kilobytes,
           l.corrects,
           l.reason,
           l.reply,
           l.state as s_word,
           l.state = 'confirmed' as confirmed,
           l.state in ('confirmed', 'replaced') as agreed,
           l.row_version as seen,
           l.writes and l.state in ('draft', 'returned') as edits,
           l.writes and l.state in ('draft', 'submitted', 'returned') as withdraws,
           l.decides,
           (select data.actor_role()) = 'office' and l.state = 'submitted' and not l.decides as own,
           l.state = 'confirmed' and not exists (
             select from data.letter o
             where o.corrects = coalesce(l.corrects, l.id)
               and o.state in ('draft', 'submitted', 'returned')) as correctable,
           (select row_to_json(x) from (
              select o.id as open_id from data.letter o
              where l.state = 'confirmed' and o.corrects = coalesce(l.corrects, l.id)
                and o.state in ('draft', 'submitted', 'returned')) x) as correction,
           date_trunc('second', l.submitted_at) as submitted_at,
           l.submitted_name,
           date_trunc('second', l.decided_at) as decided_at,
           l.decided_name,
           pub.letter_source(l.number, l.issued, l.publisher) as source,
           (select json_agg(x) from pub.letter_rows(lang, l.words, t.changes) x) as figures,
           (select nullif(count(*), 0) from data.fact_change c where c.letter = l.id) as told,
           -- What the round of that year has not published yet.
           (select row_to_json(x) from (
              select g.round as news_round, g.news as news_count, g.fresh
              from act.gathered_news() g
              where g.year = l.year and l.state = 'confirmed'
                and not exists (select from data.job j
                                where j.round = g.round and j.state in ('queued', 'running'))) x)
             as news,
           answer ->> 'outcome' as outcome_word,
           coalesce(answer -> 'faults' ->> 'form', 'changed') as form_word,
           case when sent ? 'reason' then
             case answer -> 'faults' ->> 'reason' when 'missing' then 'missing'
               else case when answer -> 'faults' ? 'reason' then 'wrong' end end end
             as bad_reason_word,
           sent ->> 'reason' as reason_typed,
           coalesce(sent ->> 'confidence', 'stated') as sure_word
    from pub.desk_letter(letter.id) l
    cross join lateral act.letter_told(l.id) t) d;
end;
