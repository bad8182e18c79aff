-- Page winfiles: the files of a quick win: adding one, and taking one away. Who does not write sees the list.

create or replace function page.winfiles(lang text, id integer, sent jsonb, answer jsonb)
returns table (id integer, win text, titled boolean, untitled boolean, city text, seen integer, writes boolean, locked boolean, opens boolean, caption text,
               has_files boolean, no_files boolean, files_count bigint, has_faults boolean, in_conflict boolean, used boolean, fault_file boolean,
               fault_caption boolean)
language sql stable
begin atomic
  select w.id, w.title, w.title <> '', coalesce(w.title, '') = '', w.city, w.row_version, w.writes and w.newest and w.state <> 'submitted',
         w.writes and w.state = 'submitted', w.writes and w.state not in ('draft', 'submitted'), sent ->> 'caption',
         f.count > 0, f.count = 0, f.count, coalesce(jsonb_typeof(answer -> 'faults') = 'object', false),
         coalesce(answer ->> 'outcome' in ('conflict', 'state'), false), coalesce(answer ->> 'outcome' = 'key_used', false),
         coalesce(answer -> 'faults' ? 'file', false), coalesce(answer -> 'faults' ? 'caption', false)
  from pub.desk_win(winfiles.id) w
  cross join lateral (select count(*) as count from pub.desk_files(w.id, w.n)) f;
end;

create or replace function page.winfiles_files(lang text, id integer, sent jsonb, answer jsonb)
returns table (file_id integer, name text, caption text, kind text, kilobytes numeric, picture boolean, removable boolean)
language sql stable
begin atomic
  select f.file, f.name, f.caption, upper(f.kind), greatest(round(f.bytes / 1024.0), 1), f.picture, w.writes and w.newest and w.state <> 'submitted'
  from pub.desk_win(winfiles_files.id) w
  cross join lateral pub.desk_files(w.id, w.n) f
  order by f.file;
end;

-- What has to be put right, in the order of the fields. Each word for a fault is a section of its name.
create or replace function page.winfiles_faults(lang text, id integer, sent jsonb, answer jsonb)
returns table (field text, file_missing boolean, file_empty boolean, file_large boolean, file_other boolean, file_name_kind boolean, file_broken boolean,
               file_mixed boolean, file_macro boolean, file_same boolean, file_many boolean, file_quota boolean, file_room boolean,
               file_infected boolean, file_unscanned boolean,
               caption_missing boolean, caption_wrong boolean)
language sql stable
begin atomic
  select f.field, f.field = 'file' and f.word = 'missing', f.word = 'empty', f.word = 'large', f.word = 'kind', f.word = 'name', f.word = 'broken', f.word = 'mixed',
         f.word = 'macro', f.word = 'same', f.word = 'many', f.word = 'quota', f.word = 'room',
         f.word = 'infected', f.word = 'unscanned',
         f.field = 'caption' and f.word = 'missing', f.field = 'caption' and f.word <> 'missing'
  from (select 1 as ord, 'file' as field, answer -> 'faults' ->> 'file' as word
        union all
        select 2, 'caption', answer -> 'faults' ->> 'caption') f
  where f.word is not null
  order by f.ord;
end;
