-- Topics of quick wins, which the office mends: their names, the words that find them, and what the
-- words say of a single quick win.

-- What people typed as the words of a topic, in their one form: 'bank sampah, kompos*'.
create or replace function act.topic_words(typed text) returns text
language sql immutable
return (
  select string_agg(distinct w.word, ', ')
  from regexp_split_to_table(pub.tidy(typed, true), '[,;\n]') t (part)
  cross join lateral (select regexp_replace(lower(btrim(t.part)), '\s+', ' ', 'g')) w (word)
  where w.word <> '');

-- What is wrong with such words, or null: each begins with a letter or a digit, has at most 60
-- signs and ends with * at most.
create or replace function act.topic_words_fault(words text) returns text
language sql stable
return case
  when coalesce(words, '') = '' then 'missing'
  when length(words) > 2000 then 'long'
  when exists (select from string_to_table(words, ', ') w (word)
               where w.word !~ '^[[:alnum:]][[:alnum:] ''-]{0,58}[[:alnum:]]?[*]?$'
                  or act.topic_query(w.word) is null) then 'wrong' end;

-- Gives a topic names and words. `seen` is the version that the form was made from.
create or replace function act.topic_save(topic text, seen integer, key text, name_id text,
                                          name_en text, words text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  id_name constant text := pub.tidy(coalesce(name_id, ''), false);
  en_name constant text := pub.tidy(coalesce(name_en, ''), false);
  finds constant text := act.topic_words(coalesce(words, ''));
  old data.topic;
  answer data.outcome;
  faults jsonb;
begin
  answer := act.office_begun(me, key, array['topic_save', topic, seen::text, id_name, en_name,
                                            finds]);
  if answer.outcome is not null then
    return answer;
  end if;
  select t.* into old from data.topic t where t.code = topic for update;
  if old.code is null then
    return act.once_done(me.id, key, act.refuse('topic_save', topic));
  end if;
  faults := jsonb_strip_nulls(jsonb_build_object(
    'name_id', case when id_name = '' then 'missing' when length(id_name) > 60 then 'long' end,
    'name_en', case when en_name = '' then 'missing' when length(en_name) > 60 then 'long' end,
    'words', act.topic_words_fault(finds)));
  if faults <> '{}' then
    return act.once_done(me.id, key, act.said('invalid', null::integer, faults));
  elsif old.row_version is distinct from seen then
    return act.once_done(me.id, key, act.said('state', null::integer));
  end if;
  update data.topic t
  set name_id = id_name, name_en = en_name, words = finds, row_version = old.row_version + 1
  where t.code = topic;
  perform act.note('topic_save', 'topic', topic, null,
                   jsonb_build_object('name_id', old.name_id, 'name_en', old.name_en,
                                      'words', old.words),
                   jsonb_build_object('name_id', id_name, 'name_en', en_name, 'words', finds));
  return act.once_done(me.id, key, act.said('done', null::integer));
end $$;

-- Says of a quick win, by its public number, that it is about the topic ('yes') or not ('no'),
-- whatever the words say; where they say the same already, nothing is kept.
create or replace function act.topic_mend(topic text, key text, win text, holds text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome;
  taken integer;
  by_words boolean;
begin
  answer := act.office_begun(me, key, array['topic_mend', topic, win, holds]);
  if answer.outcome is not null then
    return answer;
  end if;
  perform from data.topic t where t.code = topic for update;
  if not found then
    return act.once_done(me.id, key, act.refuse('topic_mend', topic));
  end if;
  select w.id, w.whole @@ act.topic_query(t.words) into taken, by_words
  from data.read_win w join data.topic t on t.code = topic
  where w.id = case when win ~ '^[0-9]{1,9}$' then win::integer end;
  if taken is null or holds is null or holds not in ('yes', 'no') then
    return act.once_done(me.id, key, act.said('invalid', null::integer, '{"win": "unknown"}'));
  end if;
  delete from data.topic_mend m where m.topic = topic_mend.topic and m.quick_win = taken;
  if by_words <> (holds = 'yes') then
    insert into data.topic_mend (topic, quick_win, holds) values (topic, taken, holds = 'yes');
  end if;
  perform act.note(case when holds = 'yes' then 'topic_add' else 'topic_take' end, 'topic', topic,
                   null, null, jsonb_build_object('quick_win', taken));
  return act.once_done(me.id, key, act.said('done', null::integer));
end $$;
