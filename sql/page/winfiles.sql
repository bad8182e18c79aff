-- Page winfiles: the files of a quick win: adding one, and taking one away. Who does not write sees
-- the list.

create or replace function page.winfiles(lang text, id integer, sent jsonb, answer jsonb)
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
           answer -> 'faults' ->> 'file' as file_word,
           case when answer -> 'faults' ->> 'caption' <> 'missing' then 'wrong'
                else answer -> 'faults' ->> 'caption' end as caption_word,
           (select count(*) from pub.desk_files(w.id, w.n)) as files_count,
           (select json_agg(x) from (
              select f.file as file_id,
                     f.name,
                     f.caption,
                     upper(f.kind) as kind,
                     greatest(round(f.bytes / 1024.0), 1) as kilobytes,
                     f.picture
              from pub.desk_files(w.id, w.n) f
              order by f.file) x) as files
    from pub.desk_win(winfiles.id) w) d;
end;
