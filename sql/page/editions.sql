-- Page editions: what publishing waits for, all rounds, and a package to bring. For the office
-- alone.

create or replace function page.editions(lang text, kabar text, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  with round as (
    select r.*, pub.pick(lang, r.title_id, r.title_en) as title from act.office_rounds() r
  ), waits as (
    select case when q.state = 'confirmed' then 'confirmed'
                when q.asked_by = me.id then 'mine' else 'confirm' end as t_word,
           q.round, q.asked_at as at, q.asked_by as who, q.preview, null::integer as job,
           q.publish_at
    from data.request q
    cross join (select data.actor() as id) me
    where q.state in ('asked', 'confirmed')
    union all
    select 'ready', p.round, p.made_at, p.made_by, p.id, null, null
    from data.preview p
    where p.state = 'ready'
      and not p.same
      and not exists (select from data.request q
                      where q.preview = p.id and q.state in ('asked', 'confirmed'))
    union all
    select 'same', p.round, p.made_at, p.made_by, p.id, null, null
    from data.preview p
    where p.state = 'ready' and p.same
    union all
    select 'draft', r.code, r.draft_at, null, null, null, null
    from round r
    where r.draft and r.preview is null and r.job is null
    union all
    select 'running', j.round, j.asked_at, j.asked_by, null, j.id, null
    from data.job j
    where j.state in ('queued', 'running') and j.due_at <= now()
    union all
    select 'news', g.round, null, null, null, null, null
    from act.gathered_news() g
    where not exists (select from data.job j
                      where j.round = g.round and j.state in ('queued', 'running'))
      and not exists (select from data.request q
                      where q.round = g.round and q.state in ('asked', 'confirmed'))
  )
  select row_to_json(d) from (
    select coalesce(o.faults ->> 'package', kabar) as package_word,
           nullif(o.word, 'invalid') as outcome_word,
           o.typed ->> 'new_regions' as new_regions,
           (select nullif(count(*), 0) from waits w
            where w.t_word in ('confirm', 'ready', 'draft', 'news')) as waiting,
           (select json_agg(x) from (
              select w.t_word,
                     w.round,
                     coalesce(r.title, w.round) as title,
                     r.simulated as mock,
                     date_trunc('second', w.at) as at,
                     data.person_name(w.who) as person,
                     w.preview,
                     w.job,
                     date_trunc('second', w.publish_at) as publish_at,
                     (select g.news from act.gathered_news() g
                      where w.t_word = 'news' and g.round = w.round) as news_count
              from waits w
              left join round r on r.code = w.round
              order by array_position(array['confirm', 'running', 'ready', 'news', 'same', 'draft',
                                            'mine', 'confirmed'], w.t_word), w.at, w.round) x)
             as todo,
           (select json_agg(x) from (
              select r.code,
                     r.title,
                     r.simulated as mock,
                     r.gathered as collected,
                     r.n,
                     date_trunc('second', r.published_at) as published_at,
                     r.draft as drafted
              from round r
              order by r.simulated, r.year desc, r.code) x) as rounds,
           (select json_agg(x) from (
              select j.id as job_id,
                     j.kind as k_word,
                     j.state as s_word,
                     j.name as file,
                     date_trunc('second', j.asked_at) as at,
                     data.person_name(j.asked_by) as person
              from data.job j
              order by j.id desc
              limit 10) x) as jobs
    from (select data.actor_role() as role offset 0) me
    cross join (
      select editions.answer ->> 'outcome' as word,
             editions.answer -> 'faults' as faults,
             editions.sent as typed) o
    where me.role = 'office') d;
end;
