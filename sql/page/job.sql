-- Page job: work that takes longer than a page: how far it is, and what came of it. For the office
-- alone.

create or replace function page.job(lang text, id integer, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  with stage as (
    -- What each kind of work goes through, and how long that takes, roughly.
    select * from (values
      ('import', 1, 'read', 2), ('import', 2, 'check', 4), ('import', 3, 'write', 4),
      ('gather', 1, 'read', 1), ('gather', 2, 'check', 1), ('gather', 3, 'write', 1),
      ('gather', 4, 'cells', 1), ('gather', 5, 'draws', 7), ('gather', 6, 'results', 1),
      ('gather', 7, 'compare', 1), ('gather', 8, 'digest', 1),
      ('preview', 1, 'cells', 1), ('preview', 2, 'draws', 7), ('preview', 3, 'results', 1),
      ('preview', 4, 'compare', 1), ('preview', 5, 'digest', 1),
      ('publish', 1, 'copy', 2), ('publish', 2, 'digest', 3), ('publish', 3, 'pages', 4),
      ('export', 1, 'read', 3), ('export', 2, 'zip', 1)) s (kind, ord, stage, weight)
  )
  select row_to_json(d) from (
    select j.id,
           j.kind as k_word,
           j.state as s_word,
           j.state in ('queued', 'running') as open,
           j.state = 'queued' and j.due_at > now() as scheduled,
           date_trunc('second', j.due_at) as due_at,
           j.state in ('queued', 'running') and j.due_at <= now() as live,
           j.state in ('queued', 'running') and j.cancel_at is not null as stopping,
           j.state in ('queued', 'running') and j.cancel_at is null
             and not (j.state = 'queued' and j.request is not null) as stops,
           case when j.state = 'queued' and j.request is not null then j.preview end as withdraw_at,
           j.kind = 'export' and j.state = 'done' and j.digest is not null as saved,
           j.kind = 'import' and j.state in ('refused', 'failed', 'cancelled') as brings,
           j.kind in ('import', 'gather') and j.state = 'done' and r.draft and r.job is null
             and r.request is null and r.preview is null as computes,
           r.code as round,
           pub.pick(lang, r.title_id, r.title_en) as title,
           j.name as file,
           data.person_name(j.asked_by) as asked_name,
           date_trunc('second', j.asked_at) as asked_at,
           data.person_name(j.cancel_by) as cancel_name,
           case when j.attempts > 1 then j.attempts end as attempts,
           case when j.state = 'running' then j.stage end as stage_word,
           case when j.state = 'running' and j.m > 0 then j.n end as n,
           case when j.state = 'running' and j.m > 0 then j.m end as m,
           case when j.state = 'done' then 100
                when j.state = 'running' then
                  (select round(100.0 * (coalesce(sum(s.weight) filter (where s.ord < at.ord), 0)
                                       + coalesce(sum(s.weight) filter (where s.ord = at.ord)
                                                  * j.n / nullif(j.m, 0)::numeric, 0))
                                / sum(s.weight))
                   from stage s where s.kind = j.kind)
                else 0 end as percent,
           (select json_agg(x) from (
              select s.stage as step_word,
                     case when j.state = 'done' or s.ord < at.ord then 'done'
                          when s.ord = at.ord and j.state = 'running' then 'now'
                          when s.ord = at.ord then 'ended'
                          else 'later' end as done_word
              from stage s
              where s.kind = j.kind
              order by s.ord) x) as steps,
           j.word as why_word,
           act.fault_said(lang, j.detail ->> 'message') as message,
           (j.detail ->> 'faults')::integer as fault_count,
           (j.detail ->> 'regions')::integer as regions,
           nullif((j.detail ->> 'new_regions')::integer, 0) as new_regions,
           (j.detail ->> 'criteria')::integer as criteria,
           (j.detail ->> 'marks')::integer as marks,
           nullif((j.detail ->> 'official')::integer, 0) as official,
           (j.detail ->> 'replaced')::boolean as replaced,
           (select json_agg(x) from (
              select f.file as in_file, f.line, nullif(f."column", '') as part,
                     act.fault_said(lang, f.message) as fault
              from data.job_fault f
              where f.job = j.id and not f.note
              order by f.ord) x) as faults,
           (select json_agg(x) from (
              select f.file as in_file, f.line, nullif(f."column", '') as part,
                     act.fault_said(lang, f.message) as fault
              from data.job_fault f
              where f.job = j.id and f.note
              order by f.ord) x) as notes,
           case when j.kind in ('preview', 'gather') then j.preview end as preview,
           case when j.kind = 'publish' then p.n end as edition,
           answer ->> 'outcome' as outcome_word,
           (select json_agg(x) from (
              select l.word as l_word,
                     date_trunc('second', l.at) as at
              from data.job_log l
              where l.job = j.id and l.word <> 'stage'
              order by l.ord) x) as log
    from data.job j
    left join act.office_rounds() r on r.code = j.round
    left join pub.publication p on p.id = j.publication
    left join lateral (select s.ord from stage s
                       where s.kind = j.kind and s.stage = j.stage) at on true
    where j.id = job.id) d;
end;
