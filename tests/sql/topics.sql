-- Pages topics and topic, and the acts behind them: the office mends what quick wins are about.
begin;
\ir desk.psql
select plan(31);
create function pg_temp.page(topic text default null, sent text default null,
                             answer text default null) returns json language sql as $$
  select case when topic is null then doc('topics', 'id', sent, answer)
              else doc('topic', 'id', topic, sent, answer) end
$$;
create function pg_temp.asks(name text, call text) returns text language plpgsql as $$
declare
  said text;
begin
  perform pg_temp.as_person(name);
  execute 'select concat_ws('' '', o.outcome, o.faults) from '
    || replace(call, 'KEY', quote_literal(pg_temp.new_key())) || ' o' into said;
  return said;
end $$;
grant usage on sequence pg_temp.form_key to public;
create function pg_temp.topics(win integer) returns text language sql as $$
  select array_to_string(w.topics, ' ') from pub.quick_win w where w.id = win
$$;
insert into data.quick_win (id, region, title, summary, source)
select 9001, '35.71', 'Uji embung', 'Embung menahan hujan.', 'uji'
union all select 9002, '35.71', 'Uji lain', 'Tanpa kata dari topik.', 'uji';

set session authorization tolok_desk;
select is(pg_temp.as_person('kediri') || (select count(pg_temp.page())), 'kediri@uji.go.id0',
          'a city has no such page');
select is((select count(pg_temp.page('banjir'))), 0::bigint, 'nor that of a topic');
select pg_temp.as_person('kantor');
select ok(pg_temp.page() is not null, 'the office has');
select is((select count(*) from part('topics')), (select count(*) from pub.topic), 'all topics');
select is((select (p ->> 'wins')::bigint from part('topics') p where p ->> 'code' = 'banjir'),
          (select count(*) from pub.quick_win w where 'banjir' = any (w.topics)),
          'each with its number of quick wins');
select is((select count(*) from part('wins') w where (w ->> 'win')::integer in (9001, 9002)),
          2::bigint, 'and those that have none');
select is((select count(pg_temp.page('tak-ada'))), 0::bigint, 'what is no topic has no page');

-- Words.
select is(pg_temp.asks('kediri', 'act.topic_save(''banjir'', 1, KEY, ''A'', ''B'', ''c'')'),
          'forbidden', 'a city changes no topic');
select is(pg_temp.asks('kantor', 'act.topic_save(''tak-ada'', 1, KEY, ''A'', ''B'', ''c'')'),
          'forbidden', 'nobody one that is not there');
select is(pg_temp.asks('kantor', format('act.topic_save(''banjir'', 1, KEY, %L, %L, %L)', id, en,
                                         w)), 'invalid ' || faults, 'refused: ' || faults)
from (values ('', 'Flood', 'banjir', '{"name_id": "missing"}'),
             (repeat('a', 61), ' ', 'banjir', '{"name_en": "missing", "name_id": "long"}'),
             ('Banjir', 'Flood', ' , ;', '{"words": "missing"}'),
             ('Banjir', 'Flood', '*air', '{"words": "wrong"}'),
             ('Banjir', 'Flood', 'a & b', '{"words": "wrong"}'),
             ('Banjir', 'Flood', repeat('kata, ', 500) || repeat('x', 70), '{"words": "wrong"}'))
     v (id, en, w, faults);
select is(pg_temp.asks('kantor', 'act.topic_save(''banjir'', 9, KEY, ''A'', ''B'', ''c'')'),
          'state', 'what somebody else has changed is not overwritten');
select is(pg_temp.asks('kantor', 'act.topic_save(''banjir'', 1, KEY, ''Banjir dan air'','
                                 ' ''Floods'','
                                 ' e''Banjir;\n embung*,  EMBUNG* '')'), 'done', 'it is saved');
select is((select t.words || '|' || t.row_version from pub.topic t where t.code = 'banjir'),
          'banjir, embung*|2', 'its words in one form');
select is(pg_temp.topics(9001), 'banjir', 'which find quick wins at once');

-- Single quick wins.
select is(pg_temp.asks('kediri', 'act.topic_mend(''banjir'', KEY, ''9002'', ''yes'')'), 'forbidden',
          'a city mends none');
select is(pg_temp.asks('kantor', format('act.topic_mend(''banjir'', KEY, %L, %L)', w, h)),
          'invalid {"win": "unknown"}', concat_ws(' ', 'refused:', w, h))
from (values ('12x', 'yes'), ('999999999', 'yes'), ('9002', 'perhaps')) v (w, h);
select is(pg_temp.asks('kantor', 'act.topic_mend(''banjir'', KEY, ''9002'', ''yes'')'), 'done',
          'the office puts one in');
select is(pg_temp.asks('kantor', 'act.topic_mend(''banjir'', KEY, ''9001'', ''no'')'), 'done',
          'and takes one out');
select is(pg_temp.topics(9002) || '|' || pg_temp.topics(9001), 'banjir|', 'so it is');
select pg_temp.page('banjir');
select results_eq($$select (w ->> 'win')::integer, w ->> 'added' from part('wins') w
                    where (w ->> 'win')::integer > 9000$$, $$values (9002, 'true')$$,
                  'the page tells which one the office put in');
select results_eq($$select (w ->> 'win')::integer from part('refused') w$$, $$values (9001)$$,
                  'and which it took out');
select is(pg_temp.asks('kantor', 'act.topic_mend(''banjir'', KEY, ''9001'', ''yes'')'), 'done',
          'it is put back');
reset session authorization;
select is((select string_agg(m.quick_win::text, ' ') from data.topic_mend m
           where m.quick_win > 9000), '9002', 'what the words say anyhow is not kept');
set session authorization tolok_desk;
select pg_temp.page('banjir', '{"name_id": "", "words": "x"}',
                    '{"outcome": "invalid", "faults": {"name_id": "missing", "name_en": "long",
                      "words": "wrong", "win": "unknown"}}');
select pg_temp.page('banjir', null, jsonb_build_object('outcome', word)::text)
from unnest(array['state', 'key_used']) word;
select pg_temp.page(null, '{}', jsonb_build_object('outcome', word)::text)
from unnest(array['invalid', 'key_used']) word;
reset session authorization;
update data.topic set words = 'takadakata' where code = 'sampah';
set session authorization tolok_desk;
select pg_temp.as_person('kantor');
select is(pg_temp.page('sampah') ->> 'count', null, 'a topic may have none');

select * from finish();
rollback;
