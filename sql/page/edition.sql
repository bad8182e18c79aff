-- Page edition: one round at the desk: what waits of it, its next step, and what was published. For
-- the office alone.

create or replace function page.edition(lang text, round text, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select r.code as round,
           pub.pick(lang, r.title_id, r.title_en) as title,
           r.year,
           r.simulated as mock,
           r.n,
           answer ->> 'outcome' as outcome_word,
           -- What has to be done next.
           case when w.id is not null then 'request'
                when r.job is not null then 'job'
                when r.request is not null then 'request'
                when r.preview is not null then 'preview'
                when r.draft then 'draft'
                when r.n is not null then 'none'
                else 'empty' end as step_word,
           r.job is null and r.request is null and r.draft as computes,
           r.job is null and r.request is null and r.gathered as gathers,
           (select g.news from act.gathered_news() g where g.round = r.code) as news,
           date_trunc('second', r.draft_at) as draft_at,
           r.draft_regions,
           (select row_to_json(x) from (
              select j.id as job_id, j.kind as k_word, w.due_at
              from data.job j where j.id = r.job) x) as job,
           (select row_to_json(x) from (
              select p.id as preview_id,
                     p.same,
                     date_trunc('second', p.made_at) as made_at,
                     data.person_name(p.made_by) as made_name,
                     p.base is null as first,
                     nullif(p.changed_values, 0) as changed_values,
                     nullif(p.changed_ranks, 0) as changed_ranks,
                     nullif(p.entering, 0) as entering,
                     nullif(p.leaving, 0) as leaving,
                     p.regions
              from data.preview p
              where p.id = coalesce((select q.preview from data.request q where q.id = r.request),
                                    r.preview)) x) as preview,
           (select row_to_json(x) from (
              select q.state as q_word,
                     q.asked_by = data.actor() as mine,
                     data.person_name(q.asked_by) as asked_name,
                     date_trunc('second', q.asked_at) as asked_at,
                     data.person_name(q.confirmed_by) as confirmed_name,
                     date_trunc('second', q.publish_at) as publish_at
              from data.request q
              where q.id = r.request) x) as request,
           (select json_agg(x) from (
              select p.n as edition,
                     date_trunc('second', p.published_at) as published_at,
                     p.current,
                     p.supersedes is not null as corrects,
                     p.reason,
                     p.digest,
                     p.record,
                     data.person_name(q.asked_by) as asker,
                     data.person_name(q.confirmed_by) as confirmer
              from pub.publication p
              left join data.request q on q.publication = p.id
              where p.round = r.code
              order by p.n desc) x) as editions,
           (select json_agg(x) from (
              select j.id as job_id,
                     j.kind as k_word,
                     j.state as s_word,
                     j.name as file,
                     date_trunc('second', j.asked_at) as at,
                     data.person_name(j.asked_by) as person
              from data.job j
              where j.round = r.code
              order by j.id desc
              limit 20) x) as jobs
    from act.office_rounds() r
    -- What two people agreed on, before its time.
    left join lateral (select j.id, date_trunc('second', j.due_at) as due_at from data.job j
                       where j.id = r.job and j.state = 'queued' and j.due_at > now()) w on true
    where r.code = edition.round) d;
end;
