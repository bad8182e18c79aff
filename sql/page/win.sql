-- Page win: a quick win at the desk: what it says, what has become of it, and what the one who
-- reads it may do.

create or replace function page.win(lang text, id integer, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select w.id,
           w.n,
           w.title as win,
           w.city,
           w.slug,
           w.dimension,
           pub.pick(lang, w.dimension_name_id, w.dimension_name_en) as dimension_name,
           case when w.mending then 'mending' else w.state end as s_word,
           case when w.state = 'withdrawn' then w.reason end as withdrawal,
           w.decided_by,
           w.words ->> 'answer' as city_answer,
           case when w.times > 1 then w.times end as times,
           -- What the office said last, and what it said of single fields.
           (select row_to_json(x) from (
              select r.state as verdict_word, r.reason, r.at, r.by_name
              from pub.desk_reply(w.id, w.n) r) x) as reply,
           w.saved_at,
           w.submitted_at,
           w.decided_at,
           w.public_id,
           pub.desk_seen(w.row_version, sent, answer) as seen,
           -- What came from another source.
           (select row_to_json(x) from (
              select pub.moment(k.claimed_at) as claimed_at,
                     data.person_name(k.claimed_by) as claimed_by,
                     pub.source_url(k.claimed_source) as source_url,
                     pub.source_name(k.claimed_source) as source_name,
                     w.n = 1 as first
              from data.win k where k.id = w.id and k.claimed is not null) x) as claim,
           case when not may.edit then null when w.state = 'draft' then 'continue' else 'begin' end
             as edit_word,
           case when may.decide then 'decide' when may.withdraw then 'withdraw'
                when may.edit and w.state = 'draft' then 'drop'
                when may.join then 'join' end as act_word,
           may.withdraw as withdraws,
           may.edit and w.state = 'draft' as drops,
           w.writes as copies,
           may.decide and w.n > 1 as compares,
           may.edit and w.newest as adds,
           answer ->> 'outcome' as outcome_word,
           case when fault.word is null then null
                when sent ? 'note' then 'note'
                when sent ? 'kept' then 'kept'
                when sent ? 'reason' then 'reason'
                when sent ? 'why' then 'why' end as fault_word,
           case when fault.word <> 'missing' then 'long' else fault.word end as wrong_word,
           sent ->> 'note' as note,
           sent ->> 'reason' as return_reason,
           sent ->> 'why' as withdraw_reason,
           (select a from pub.desk_asking(lang, w.id, sent, answer) a) as asking,
           sent ->> 'join_reason' as join_reason,
           may.recall as recalls,
           may.join as joins,
           -- Those of the same city that the public reads: what it may be joined to.
           (select json_agg(x) from (
              select q.id as keep_id,
                     q.title as keep_win,
                     coalesce(q.id::text = sent ->> 'kept', false) as chosen
              from pub.quick_win q
              where q.region = w.region and q.id <> w.number and (may.join or may.decide)
              order by q.plain, q.id) x) as keeps,
           (select json_agg(x) from (
              select s.code,
                     case lang when 'en' then s.name_en else s.text end as standard,
                     coalesce(sent -> 'standard' ? s.code, false) as ticked
              from pub.standard_reason s
              where may.decide
              order by s.ord) x) as standards,
           -- The one that says it now.
           (select row_to_json(x) from (
              select j.joined as kept_id, q.title as kept_win
              from data.win j left join pub.quick_win q on q.id = j.joined
              where j.id = w.id and w.state = 'joined') x) as joined,
           w.writes and w.state = 'submitted' and w.unopened as unread,
           -- What the office notes for itself.
           (select data.actor_role()) = 'office' as notes,
           answer -> 'faults' ->> 'internal' as bad_internal_word,
           sent ->> 'internal' as internal,
           (select json_agg(x) from (
              select o.note, pub.moment(o.at) as at, data.person_name(o.written_by) as by_name
              from data.win_note o where o.win = w.id
              order by o.id) x) as office_notes,
           case when may.decide and w.unopened then w.id end as opens,
           (select json_agg(x) from (
              select v.field as f_word,
                     v.label,
                     v.kind as is_word,
                     v.value,
                     m.remark as told,
                     sent ->> ('remark_' || v.field) as typed
              from pub.desk_values(lang, w.words) v
              left join pub.desk_reply(w.id, w.n) r on true
              left join data.win_remark m on m.win = w.id and m.n = r.n and m.field = v.field
              order by v.ord) x) as fields,
           w.words -> 'links' as link_url,
           (select json_agg(x) from (
              select f.file, f.name, f.caption, f.picture, f.kind = 'pdf' as tab
              from pub.desk_files(w.id, w.n) f
              order by f.place, f.file) x) as files,
           -- Its versions, the newest first, each with what became of it.
           (select json_agg(x) from (
              select v.n as number,
                     v.state as s_word,
                     v.n = 1 and k.claimed is not null as taken,
                     pub.moment(v.saved_at) as saved_at,
                     data.person_name(v.saved_by) as saved_by,
                     pub.moment(v.submitted_at) as submitted_at,
                     data.person_name(v.submitted_by) as submitted_by,
                     pub.moment(v.decided_at) as decided_at,
                     data.person_name(v.decided_by) as decided_by,
                     v.answer as city_answer,
                     v.reason
              from data.win_version v
              join data.win k on k.id = v.win
              where v.win = w.id
              order by v.n desc) x) as versions,
           (select json_agg(x) from (
              select a.id, a.win, a.city, a.shown, a.desk, a.takes
              from pub.alike_wins(w.title, w.region, w.id) a
              where may.decide
              order by a.place) x) as alike
    from pub.desk_win(win.id) w
    cross join lateral (
      select w.writes and w.state <> 'submitted' as edit,
             (select data.actor_role()) = 'office' and w.state = 'submitted' as decide,
             w.writes and w.state = 'submitted' and w.unopened as recall,
             w.writes and w.state <> 'submitted' and w.state <> 'joined' as join,
             (w.writes and w.state = 'submitted')
             or ((w.writes or (select data.actor_role()) = 'office') and w.public_id is not null)
               as withdraw) may
    cross join lateral (select coalesce(answer -> 'faults' ->> 'reason',
                                        answer -> 'faults' ->> 'kept') as word) fault) d;
end;
