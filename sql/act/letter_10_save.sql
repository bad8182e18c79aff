-- Handing a letter in: its file begins it, then its figures are typed or pasted, then it is sent.
-- Of a form that may be saved again and again only what one side has changed is taken, as with
-- quick wins (act.merge).

-- How many letters a region may begin in a day, and have at all.
create or replace function act.letter_limits() returns table (day_letters integer, letters integer)
language sql immutable as $$ values (20, 500) $$;

-- What is wrong with a new letter, or null. `same`: the region has handed this file in.
create or replace function act.letter_new_faults(me data.account, region text, year text,
                                                 digest text, faults jsonb) returns jsonb
language sql stable as $$
  select nullif(coalesce(letter_new_faults.faults, case
      when exists (select from data.letter l
                   where l.region = letter_new_faults.region and l.digest = letter_new_faults.digest
                     and l.corrects is null and l.state <> 'withdrawn') then '{"file": "same"}'
      when (select count(*) filter (where l.created_at > now() - interval '1 day')
                     >= m.day_letters or count(*) >= m.letters
            from data.letter l cross join act.letter_limits() m
            where l.region = letter_new_faults.region
            group by m.day_letters, m.letters) then '{"file": "quota"}' end::jsonb, '{}')
    || case when not exists (select from pub.region r where r.code = letter_new_faults.region)
            then '{"region": "wrong"}' else '{}'::jsonb end
    || case when letter_new_faults.year !~ '^\d{4}$' or letter_new_faults.year is null
              or letter_new_faults.year::integer not between 2019 and
                 extract(year from now() at time zone interval '7:00')
            then '{"year": "wrong"}' else '{}'::jsonb end, '{}');
$$;

-- What is said of a letter that begins with this file, or a null outcome.
create or replace function act.letter_judge(me data.account, city text, year text, key text,
                                            name text, digest text, faults jsonb)
returns data.outcome
language plpgsql as $$
#variable_conflict use_variable
declare
  answer data.outcome;
begin
  if me.id is null then
    return act.said('signed_out');
  end if;
  perform from data.region r where r.code = city for no key update;
  answer := act.once(me.id, key, array['letter_add', city, year, name, digest]);
  if answer.outcome is not null then
    return answer;
  end if;
  faults := act.letter_new_faults(me, city, year, digest, faults);
  answer := case when me.role not in ('office', 'operator') then act.refuse('letter_add', '')
                 when faults is not null
                 then act.said('invalid', null::integer, faults) end;
  return case when answer.outcome is not null then act.once_done(me.id, key, answer) end;
end $$;

-- Whose letter it is: an operator speaks for their city.
create or replace function act.letter_city(me data.account, region text) returns text
language sql immutable return case me.role when 'operator' then me.region else region end;

-- Asks before the bytes are written (act.file_ask), and adds the letter when they are
-- (act.file_add).
create or replace function act.letter_ask(key text, region text, year text, name text, digest text,
                                          kind text, bytes integer, faults jsonb,
                                          small text default null, small_bytes integer default 0)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  city constant text := act.letter_city(me, region);
  answer data.outcome;
begin
  delete from data.file_pending p where p.account = me.id and p.key = key;
  answer := act.letter_judge(me, city, year, key, name, digest, faults);
  if answer.outcome is not null then
    return answer;
  end if;
  insert into data.file_pending (account, key, region, digest, bytes, small)
  values (me.id, key, city, digest, bytes + small_bytes, small);
  return act.said('reserved', null::integer);
end $$;

create or replace function act.letter_add(key text, region text, year text, name text, digest text,
                                          kind text, bytes integer, faults jsonb,
                                          small text default null, small_bytes integer default 0)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  city constant text := act.letter_city(me, region);
  reserved boolean;
  answer data.outcome;
  made data.letter;
begin
  delete from data.file_pending p
  where p.account = me.id and p.key = key and p.region = city and p.digest = digest
    and p.bytes = bytes + small_bytes and p.small is not distinct from small;
  reserved := found;
  answer := act.letter_judge(me, city, year, key, name, digest, faults);
  if answer.outcome is not null then
    return answer;
  elsif not reserved then
    return act.once_done(me.id, key, act.said('invalid', null::integer, '{"file": "room"}'));
  end if;
  insert into data.file (digest, kind, bytes)
  select f.* from (values (digest, kind, bytes), (small, kind, small_bytes)) f (digest, kind, bytes)
  where f.digest is not null
  on conflict do nothing;
  insert into data.letter (region, year, digest, small, name, by_office, created_by, saved_by)
  values (city, year::integer, digest, small, name, me.role = 'office', me.id, me.id)
  returning * into made;
  perform act.note('letter_add', 'letter', made.id::text, city, null, jsonb_build_object(
    'year', made.year, 'kind', kind, 'bytes', bytes, 'digest', digest));
  return act.once_done(me.id, key, act.said('done', made));
end $$;

-- Writes these words into a letter that is not sent: '' empties a field.
create or replace function act.letter_write(me data.account, held data.letter, news jsonb)
returns data.letter
language plpgsql as $$
declare
  words jsonb := jsonb_strip_nulls(pub.letter_words(held.id) || (
    select coalesce(jsonb_object_agg(f.key, nullif(f.value, '""')), '{}') from jsonb_each(news) f));
  saved data.letter;
begin
  update data.letter l
  set number = words ->> 'number', issued = words ->> 'issued', publisher = words ->> 'publisher',
      reason = words ->> 'reason', saved_by = me.id, saved_at = now(), state = 'draft',
      row_version = l.row_version + 1
  where l.id = held.id
  returning l.* into saved;
  delete from data.letter_figure g where g.letter = held.id;
  insert into data.letter_figure (letter, measure, value, denominator, "group")
  select held.id, f.measure, max((words ->> f.name)::numeric) filter (where f.part = 'value'),
         max((words ->> f.name)::integer) filter (where f.part = 'of'),
         max(words ->> f.name) filter (where f.part = 'group')
  from pub.letter_field f
  where f.measure is not null and words ? f.name
  group by f.measure;
  perform act.note('letter_save', 'letter', held.id::text, held.region, null,
                   jsonb_build_object('fields', (select jsonb_object_agg(k, '')
                                                 from jsonb_object_keys(news) k)));
  return saved;
end $$;

-- Saves what is sound and nobody else has changed. A number that another letter of the region has
-- is a fault.
create or replace function act.letter_take(me data.account, held data.letter, seen integer,
                                           sent jsonb, words jsonb, faults jsonb)
returns data.outcome
language plpgsql as $$
declare
  merged record;
  saved data.letter := held;
begin
  if held.corrects is null and exists (
    select from data.letter l
    where l.region = held.region and l.id <> held.id and l.corrects is null
      and l.state <> 'withdrawn'
      and lower(regexp_replace(l.number, '\s', '', 'g'))
          = lower(regexp_replace(words ->> 'number', '\s', '', 'g'))) then
    faults := coalesce(faults, '{}') || '{"number": "known"}';
  end if;
  select * into merged from act.merge(
    (select jsonb_object_agg(f.name, f.kind) from pub.letter_field f),
    pub.letter_words(held.id), sent,
    words - array(select jsonb_object_keys(coalesce(faults, '{}'))), seen = held.row_version);
  if merged.news <> '{}' then
    saved := act.letter_write(me, held, merged.news);
  end if;
  return case when merged.conflicts > 0 then act.said('conflict', saved, faults)
              when faults is not null then act.said('invalid', saved, faults)
              else act.said('done', saved) end;
exception when unique_violation then
  -- Somebody has saved that number just now.
  return act.said('invalid', held, coalesce(faults, '{}') || '{"number": "known"}');
end $$;

create or replace function act.letter_save(letter integer, seen integer, key text, fields jsonb,
                                           lang text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me constant data.account := act.me();
  held constant data.letter := act.letter_hold(me, letter);
  words constant jsonb := act.letter_read(lang, fields);
  answer data.outcome;
begin
  if me.id is null then
    return act.said('signed_out');
  end if;
  answer := act.once(me.id, key, array['letter_save', letter::text, seen::text, fields::text,
                                       lang], true);
  if answer.outcome is not null then
    return answer;
  end if;
  return act.once_done(me.id, key, case
    when data.writes_letter(held.region, held.by_office, me.role, me.region) is not true
      then act.refuse('letter_save', letter::text)
    when held.state not in ('draft', 'returned') then act.said('state', held)
    else act.letter_take(me, held, seen, fields, words, act.letter_wrong(words, held.year)) end);
end $$;

-- What somebody pasted, line by line: which field, what is meant, and what is wrong with it. A line
-- is a name and a value with something between them, as tables of a text or sheet are copied; a
-- rank may say "13 dari 191" and name its group in brackets.
create or replace function act.letter_lines(lang text, said text, year integer)
returns table (n bigint, line text, field text, words jsonb, fault text)
language sql stable as $$
  with line as (
    select l.n, btrim(l.line) as line,
           regexp_match(btrim(l.line), '^(.*?)\s*[:;=|]+\s*(.*)$') as parted,
           regexp_match(btrim(l.line), '^(.*?)\s*([-−–+]?\d.*)$') as numbered
    from regexp_split_to_table(pub.tidy(replace(letter_lines.said, E'\t', ' : '), true), '\n')
      with ordinality l (line, n)
    where btrim(l.line) <> ''
  ), named as (
    select l.n, l.line,
           btrim(regexp_replace(lower(regexp_replace(
                   coalesce(l.parted[1], l.numbered[1], l.line), '^[-•*\d.)\s]+', '')),
                   '^(nilai|indeks|skor|score|smart)\s+(?=\S)', '')) as name,
           coalesce(l.parted[2], l.numbered[2], '') as value
    from line l
  ), known as (
    select n.*, f.name as field, f.unit, f.measure
    from named n
    left join lateral (
      select f.* from pub.letter_field f
      where f.part = 'value'
        and (n.name in (lower(f.name_id), lower(f.name_en), f.name, replace(f.name, '_', ' '))
             or f.name = 'overall' and n.name in ('akhir', 'total', 'pencapaian', 'nilai', 'indeks',
                                                  'indeks pencapaian', 'smart city')
             or f.name = 'improvement' and n.name in ('peningkatan', 'indeks improvement')
             or f.name = 'provincial_rank' and n.name in ('peringkat provinsi',
                                                          'peringkat tingkat provinsi')
             or f.name = 'national_rank_in_group' and n.name in ('peringkat dalam kelompok',
                                                                 'peringkat kelompok'))
      order by f.ord limit 1) f on true
  ), read as (
    select k.*, count(*) over (partition by k.field) as times,
           regexp_match(k.value, '^(\d+)(?:\s*(?:dari|of|/)\s*(\d+))?[^(\d]*(?:\(([^)]+)\))?$')
             as rank
    from known k
  )
  select r.n, r.line, r.field,
         case when r.field is null then '{}'
              when r.unit = 'rank' then jsonb_strip_nulls(jsonb_build_object(
                r.field, r.rank[1], r.field || '_of', r.rank[2],
                r.field || '_group', case when r.field = 'national_rank_in_group'
                                          then pub.group_meant(r.rank[3]) end))
              else jsonb_build_object(r.field, pub.meant(lang, 'number', r.value)) end,
         case when r.field is null then 'name'
              when r.times > 1 then 'twice'
              when r.value = '' then 'empty'
              when r.unit = 'rank' and r.rank is null then 'rank' end
  from read r
  order by r.n;
$$;

-- Takes the sound lines of what was pasted, and tells what is wrong with the others:
-- {"rows": [{n, line, word}]}.
create or replace function act.letter_paste(letter integer, seen integer, key text, lang text,
                                            lines text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  held data.letter := act.letter_hold(me, letter);
  may constant boolean := data.writes_letter(held.region, held.by_office, me.role, me.region);
  lines constant text := coalesce(lines, '');
  answer data.outcome;
  words jsonb;
  wrong jsonb;
begin
  answer := act.letter_begun(me, held, seen, key,
    array['letter_paste', letter::text, seen::text, lang, lines], may,
    case when btrim(lines) = '' then '{"lines": "missing"}'
         when length(lines) > 8000 then '{"lines": "long"}' end::jsonb);
  if answer.outcome is not null then
    return answer;
  elsif held.state not in ('draft', 'returned') then
    return act.once_done(me.id, key, act.said('state', held));
  end if;
  with row as (
    select r.n, r.line, r.words, coalesce(r.fault, (
             select min(f.value) from jsonb_each_text(act.letter_wrong(r.words, held.year)) f))
             as fault
    from act.letter_lines(lang, lines, held.year) r
  )
  select coalesce((select jsonb_object_agg(w.key, w.value)
                   from row r cross join lateral jsonb_each(r.words) w
                   where r.fault is null), '{}'),
         (select jsonb_agg(jsonb_build_object('n', r.n, 'line', left(r.line, 120), 'word', r.fault)
                           order by r.n) from row r where r.fault is not null)
  into words, wrong;
  if words <> '{}' then
    held := act.letter_write(me, held, words);
  end if;
  return act.once_done(me.id, key, case
    when wrong is null then act.said('done', held)
    else act.said('invalid', held, jsonb_build_object('rows', wrong)) end);
end $$;

-- Sends it to the office.
create or replace function act.letter_submit(letter integer, seen integer, key text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  held constant data.letter := act.letter_hold(me, letter);
  answer data.outcome;
  faults jsonb;
begin
  answer := act.letter_begun(me, held, seen, key,
    array['letter_submit', letter::text, seen::text],
    data.writes_letter(held.region, held.by_office, me.role, me.region));
  if answer.outcome is not null then
    return answer;
  end if;
  faults := act.letter_lacks(held, pub.letter_words(letter));
  if held.state not in ('draft', 'returned') or faults is not null then
    return act.once_done(me.id, key, case
      when held.state not in ('draft', 'returned') then act.said('state', held)
      else act.said('invalid', held, faults) end);
  end if;
  update data.letter l set state = 'submitted', submitted_by = me.id, submitted_at = now()
  where l.id = letter;
  perform act.note('letter_submit', 'letter', letter::text, held.region, null,
                   jsonb_build_object('state', 'submitted', 'year', held.year));
  return act.letter_done(me, key, letter);
end $$;
