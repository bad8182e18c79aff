-- Page topics: what quick wins are about, as the office mends it, and those that are about nothing
-- yet. For the office alone.

create or replace function page.topics(lang text, sent jsonb, answer jsonb) returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select answer ->> 'outcome' as outcome_word,
           (select json_agg(x) from (
              select t.code,
                     pub.pick(lang, t.name_id, t.name_en) as name,
                     t.words,
                     (select count(*) from pub.quick_win w where t.code = any (w.topics)) as wins
              from pub.topic t
              order by t.ord) x) as topics,
           (select json_agg(x) from (
              select w.id as win, w.title, w.name as city
              from pub.quick_win w
              where w.topics = '{}'
              order by w.bare, w.title, w.id
              limit 300) x) as wins
    where (select data.actor_role()) = 'office') d;
end;
