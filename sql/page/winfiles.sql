-- Page winfiles: the files of a quick win: adding some, what each shows, their order, taking one
-- away. Who does not write sees the list.

create or replace function page.winfiles(lang text, id integer, tambah integer, kabar text,
                                         sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select w.id,
           w.title as win,
           w.city,
           w.row_version as seen,
           w.writes and w.newest and w.state <> 'submitted' as writes,
           w.writes and w.state = 'submitted' as locked,
           w.writes and w.state not in ('draft', 'submitted') as opens,
           sent ->> 'caption' as caption,
           case when answer ->> 'outcome' = 'state' then 'conflict' else answer ->> 'outcome' end
             as outcome_word,
           -- What has to be put right in each field.
           (select json_agg(x) from (
              select nullif(f.value ->> 'name', '') as sent_name,
                     f.value -> 'faults' ->> 'file' as file_word
              from jsonb_array_elements(answer -> 'faults' -> 'files') f
              where f.value -> 'faults' ? 'file') x) as wrong,
           (select json_agg(x) from (
              select f.file as captioned, f.name as caption_of,
                     case answer -> 'faults' ->> ('caption_' || f.file) when 'missing'
                       then 'missing' else 'wrong' end as saying_word
              from pub.desk_files(w.id, w.n) f
              where answer -> 'faults' ? ('caption_' || f.file)
              order by f.place, f.file) x) as sayings,
           answer -> 'faults' ->> 'file' as restore_word,
           (select case max(f.value -> 'faults' ->> 'caption') when 'missing' then 'missing'
                   else case when bool_or(f.value -> 'faults' ? 'caption') then 'wrong' end end
            from jsonb_array_elements(answer -> 'faults' -> 'files') f) as caption_word,
           -- What was just done.
           coalesce(nullif((answer -> 'faults' ->> 'added')::integer, 0),
                    case when answer is null then tambah end) as added,
           case when answer is null then kabar end as news_word,
           answer is null and kabar <> 'besar' as news_done,
           (select count(*) from pub.desk_files(w.id, w.n)) as files_count,
           (select json_agg(x) from (
              select f.file as file_id,
                     f.name,
                     f.caption,
                     coalesce(sent ->> ('caption_' || f.file), f.caption) as said,
                     sent ->> ('caption_' || f.file) <> f.caption as unsaved,
                     case answer -> 'faults' ->> ('caption_' || f.file) when 'missing'
                       then 'missing' else case when answer -> 'faults' ? ('caption_' || f.file)
                                                then 'wrong' end end as said_word,
                     upper(f.kind) as kind,
                     f.kind = 'pdf' as tab,
                     greatest(round(f.bytes / 1024.0), 1) as kilobytes,
                     f.picture,
                     row_number() over (order by f.place, f.file) > 1 as up,
                     row_number() over (order by f.place desc, f.file desc) > 1 as down
              from pub.desk_files(w.id, w.n) f
              order by f.place, f.file) x) as files,
           -- What was taken away and can be put back.
           (select json_agg(x) from (
              select g.file as gone_id, g.name as gone_name, g.caption as gone_caption
              from act.file_gone(w.id) g) x) as gone
    from pub.desk_win(winfiles.id) w) d;
end;
