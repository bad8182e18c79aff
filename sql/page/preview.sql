-- Page preview: what publishing the draft of a round would show, beside what is published, and the
-- consent of two people. Its rows are there for who has opened it (act.preview_open): nobody agrees
-- to what they have not seen. For the office alone.

create or replace function page.preview(lang text, preview integer, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  with row as (
    select r.*,
           coalesce(pub.shown(r.value, p.round_step), r.value) as shown,
           coalesce(pub.shown(r.value_before, p.round_step), r.value_before) as shown_before,
           r.value - r.value_before as difference,
           p.higher_is_better,
           g.slug,
           r.news in ('enters', 'leaves')
             or r.news = 'changed' and r.value is distinct from r.value_before as counts
    from data.preview p
    join data.preview_row r on r.preview = p.id
    left join pub.region g on g.code = r.region
    where p.id = preview.preview
      and exists (select from data.preview_seen s
                  where s.preview = p.id and s.account = data.actor())
  ), told as (
    select r.ord,
           r."group",
           row_to_json(x) as told,
           r.counts
    from row r
    cross join lateral (
      select r.name,
             r.slug,
             r.label,
             r.value,
             r.shown,
             case when r.counts then r.value_before end as value_before,
             r.shown_before,
             nullif(r.difference, 0) as difference,
             case when r.difference <> 0
                  then case when (r.difference > 0) = r.higher_is_better then 'up' else 'down' end
                  end as way_word,
             nullif(r.label_before, r.label) as label_before,
             r.low,
             nullif(r.high, r.low) as high,
             case when r.coverage < 1 then round(100 * r.coverage, 1) end as coverage,
             case when r.applicable < 1 then round(100 * r.applicable, 1) end as applicable,
             r.news as news_word,
             r.news = 'changed' and not r.counts and r.label_before = r.label as elsewhere
      ) x
  )
  select row_to_json(d) from (
    select p.id as preview,
           p.round,
           pub.pick(lang, p.title_id, p.title_en) as title,
           p.simulated as mock,
           p.state as p_word,
           p.state = 'outdated' as outdated,
           p.why as why_word,
           p.base is null as first,
           p.n as next_n,
           b.n as base_n,
           nullif(pub.pick(lang, b.title_id, b.title_en), pub.pick(lang, p.title_id, p.title_en))
             as title_before,
           nullif(b.year, p.year) as year_before,
           p.year,
           date_trunc('second', b.published_at) as base_at,
           p.same,
           date_trunc('second', p.made_at) as made_at,
           data.person_name(p.made_by) as made_name,
           p.method as version,
           p.draws,
           p.regions,
           p.criteria,
           p.digest,
           pub.pick(lang, p.main_name_id, p.main_name_en) as main_name,
           p.scale_min,
           p.scale_max,
           nullif(p.changed_values, 0) as changed_values,
           nullif(p.changed_ranks, 0) as changed_ranks,
           nullif(p.changed_coverage, 0) as changed_coverage,
           nullif(p.changed_intervals, 0) as changed_intervals,
           nullif(p.changed_others, 0) as changed_others,
           nullif(p.entering, 0) as entering,
           nullif(p.leaving, 0) as leaving,
           p.base is not null and not p.same and p.entering = 0 and p.leaving = 0
             and p.changed_values = 0 and p.changed_ranks = 0 as quiet,
           (select json_agg(f.file) from unnest(p.changed_files) f (file)) as files,
           s.mine as seen,
           s.others as readers,
           (select json_agg(t.told order by t.ord) from told t where t.counts) as changed,
           (select json_agg(x) from (
              select nullif(t."group", '') as group_name,
                     substring(t."group" from '^kohort (\d{4})$') as cohort,
                     t."group" = 'umum' as regular,
                     json_agg(t.told order by t.ord) as rows
              from told t
              group by t."group"
              order by min(t.ord)) x) as groups,
           p.state = 'ready' and q.id is null and not p.same as asks,
           q.id as request,
           q.state as q_word,
           q.n as request_n,
           q.word as ended_word,
           q.reason,
           q.withdrawal,
           q.asked_by = me.id as mine,
           q.state = 'asked' and q.asked_by <> me.id as confirms,
           q.state in ('asked', 'confirmed') as withdraws,
           data.person_name(q.asked_by) as asked_name,
           date_trunc('second', q.asked_at) as asked_at,
           data.person_name(q.confirmed_by) as confirmed_name,
           date_trunc('second', q.confirmed_at) as confirmed_at,
           date_trunc('second', q.publish_at) as publish_at,
           (select max(j.id) from data.job j where j.request = q.id) as job,
           o.typed ->> 'reason' as reason_typed,
           o.typed ->> 'day' as day_typed,
           o.typed ->> 'time' as time_typed,
           o.typed ->> 'why' as why_typed,
           o.typed ? 'why' as withdrawing,
           nullif(o.word, 'invalid') as outcome_word,
           case when not o.typed ? 'why' then o.bad_reason end as bad_reason_word,
           case when o.typed ? 'why' then o.bad_reason end as bad_why_word,
           o.faults ->> 'day' as bad_day_word,
           o.faults ->> 'time' as bad_time_word,
           o.faults ->> 'form' as form_word
    from data.preview p
    cross join (select data.actor() as id offset 0) me
    left join pub.publication b on b.id = p.base
    cross join lateral (
      select bool_or(s.account = me.id) is true as mine,
             json_agg(data.person_name(s.account) order by s.seen_at)
               filter (where s.account <> me.id) as others
      from data.preview_seen s
      where s.preview = p.id) s
    left join lateral (
      select r.* from data.request r where r.preview = p.id
        and (p.state <> 'ready' or r.state in ('asked', 'confirmed'))
      order by r.id desc
      limit 1) q on true
    cross join (
      select preview.answer ->> 'outcome' as word,
             preview.answer -> 'faults' as faults,
             case preview.answer -> 'faults' ->> 'reason' when 'missing' then 'missing'
               else case when preview.answer -> 'faults' ? 'reason' then 'wrong' end end
               as bad_reason,
             coalesce(preview.sent, '{}') as typed) o
    where p.id = preview.preview) d;
end;
