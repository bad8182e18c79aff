-- Page topic: one topic, its names and words, the quick wins about it, and what the office said of
-- single ones against the words. For the office alone.

create or replace function page.topic(lang text, topic text, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select t.code,
           pub.pick(lang, t.name_id, t.name_en) as name,
           t.row_version as seen,
           answer ->> 'outcome' as outcome_word,
           answer -> 'faults' ->> 'name_id' as bad_name_id,
           answer -> 'faults' ->> 'name_en' as bad_name_en,
           answer -> 'faults' ->> 'words' as bad_words,
           answer -> 'faults' ->> 'win' as bad_win,
           coalesce("topic".sent ->> 'name_id', t.name_id) as name_id,
           coalesce("topic".sent ->> 'name_en', t.name_en) as name_en,
           coalesce("topic".sent ->> 'words', t.words) as words,
           (select nullif(count(*), 0) from pub.quick_win w where t.code = any (w.topics)) as count,
           (select json_agg(x) from (
              select w.id as win, w.title, w.name as city, m.holds as added
              from pub.quick_win w
              left join pub.topic_mend m on m.topic = t.code and m.quick_win = w.id
              where t.code = any (w.topics)
              order by w.bare, w.title, w.id) x) as wins,
           (select json_agg(x) from (
              select w.id as win, w.title, w.name as city
              from pub.topic_mend m
              join pub.quick_win w on w.id = m.quick_win
              where m.topic = t.code and not m.holds
              order by w.bare, w.title, w.id) x) as refused
    from pub.topic t
    where t.code = topic.topic and (select data.actor_role()) = 'office') d;
end;
