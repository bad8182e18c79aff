-- Page letteredit: what a letter says: its head, its figures by form or pasted. For whoever writes
-- it, until it is sent.

create or replace function page.letteredit(lang text, id integer, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  with letter as (
    select l.* from pub.desk_letter(letteredit.id) l where l.writes
  ), input as (
    select i.*
    from letter l
    cross join lateral pub.letter_inputs(
      lang, l.words, case when letteredit.sent ? 'lines' then null else letteredit.sent end,
      case when letteredit.sent ? 'lines' then null else letteredit.answer end) i
    where i.box <> 'reason' or l.corrects is not null or l.words ? 'reason' or exists (
      select from act.letter_told(l.id) t where t.faults ? 'reason')
  )
  select row_to_json(d) from (
    select (select row_to_json(h) from (
              select 303 as status, '/meja/surat/' || l.id as location) h
            where l.state not in ('draft', 'returned') and sent is null) as http,
           l.id,
           l.city,
           l.year,
           l.number,
           l.corrects,
           l.name,
           l.kind = 'pdf' as pdf,
           l.reply,
           l.row_version as seen,
           l.state in ('draft', 'returned') as open,
           pub.moment(l.saved_at) as saved_at,
           case when (l.saved_at at time zone interval '7:00')::date
                     = (now() at time zone interval '7:00')::date
                then pub.clock(lang, l.saved_at) end as saved_clock,
           answer ->> 'outcome' as outcome_word,
           answer ->> 'outcome' is distinct from 'invalid' or sent ? 'lines' as quiet_invalid,
           answer ->> 'outcome' is distinct from 'conflict' as quiet_conflict,
           answer ->> 'outcome' is distinct from 'state' as quiet_state,
           (select nullif(count(*), 0) from input i where i.fault is not null) as wrong_count,
           (select count(*) from input i where i.differs) as conflicting,
           (select count(*) from pub.letter_figures(lang, l.words)) as filled,
           answer -> 'faults' ->> 'lines' as lines_word,
           (select json_agg(x) from (
              select (r.value ->> 'n')::integer as line_number,
                     r.value ->> 'line' as line_text,
                     r.value ->> 'word' as fault_word
              from jsonb_array_elements(answer -> 'faults' -> 'rows') r) x) as rows,
           -- What could not be taken stays to be mended.
           coalesce((select string_agg(r.value ->> 'line', e'\n')
                     from jsonb_array_elements(answer -> 'faults' -> 'rows') r),
                    sent ->> 'lines') as lines,
           (select json_agg(x) from (
              select b.box as box_word,
                     (select json_agg(y) from (
                        select i.field as f_word,
                               i.label,
                               i.kind as is_word,
                               i.part as part_word,
                               i.value,
                               i.mark,
                               i.fault as fault_word,
                               i.differs,
                               i.stored
                        from input i
                        where i.box = b.box
                        order by i.ord) y) as fields
              from (select i.box, min(i.ord) as ord from input i group by i.box) b
              order by b.ord) x) as boxes,
           (select json_agg(x) from (
              select distinct f."group" as known_group
              from pub.figure f
              where f.rank_scope = 'group' and f."group" <> ''
              order by 1) x) as groups
    from letter l) d;
end;
