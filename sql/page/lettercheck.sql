-- Page lettercheck: all that a letter says and what it changes of the published facts, before it is
-- sent. For whoever writes it.

create or replace function page.lettercheck(lang text, id integer, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select (select row_to_json(h) from (
              select 303 as status, '/meja/surat/' || l.id as location) h
            where l.state not in ('draft', 'returned') and sent is null) as http,
           l.id,
           l.city,
           l.year,
           l.number,
           l.issued,
           l.publisher as signer,
           l.name,
           l.corrects,
           l.reason,
           l.row_version as seen,
           nullif(answer ->> 'outcome', 'invalid') as outcome_word,
           pub.letter_source(l.number, l.issued, l.publisher) as source,
           (select json_agg(x) from (
              select f.key as f_word,
                     f.value as fault_word,
                     pub.pick(lang, n.name_id, n.name_en) as label
              from jsonb_each_text(t.faults) f
              join pub.letter_field n on n.name = f.key
              order by n.ord) x) as faults,
           (select json_agg(x) from pub.letter_rows(lang, l.words, t.changes) x) as figures
    from pub.desk_letter(lettercheck.id) l
    cross join lateral act.letter_told(l.id) t
    where l.writes) d;
end;
