-- Page board: each sees what waits for them, and nothing of others.
begin;
\ir desk.psql
select plan(20);
\ir desk_wins.psql
select pg_temp.make_win('Draf governance', 'kediri', 'governance', 'draft');
select pg_temp.make_win('Kiriman economy', 'kediri', 'economy', 'submitted');
select pg_temp.make_win('Terbit governance', 'kediri', 'governance', 'published');
select pg_temp.make_win('Kembali Madiun', 'madiun', 'governance', 'returned');
select pg_temp.make_win('Kiriman Madiun', 'madiun', 'governance', 'submitted');

set session authorization tolok_desk;
select pg_temp.as_person(null);
select ok(doc('board', 'id', null, '1') is null, 'nobody has no board');

select pg_temp.as_person('kediri');
select results_eq(
  $$select d.* from json_to_record(doc('board', 'id', null, '1')) d
    (own boolean, drafts integer, submitted integer, returned integer, waiting integer)$$,
  'values (true, 1, 1, null::integer, 1)', 'a city counts its own, and what waits for it');
select results_eq(
  $$select w.* from part('wins') p, json_to_record(p) w (win text, edits boolean, shown boolean)$$,
  $$values ('Draf governance', true, false), ('Kiriman economy', false, false),
           ('Terbit governance', false, true)$$,
  'what it can do something about comes first');
select doc('board', 'id', 'published', '1');
select results_eq($$select p ->> 'win' from part('wins') p$$, $$values ('Terbit governance')$$,
                  'one state');
select doc('board', 'id', 'draft', '1');
select results_eq(
  $$select s.* from part('states') p,
      json_to_record(p) s (s_word text, wins integer, current boolean)$$,
  $$values ('submitted', 1, false), ('draft', 1, true), ('published', 1, false)$$,
  'the states that there are');
select doc('board', 'en', 'submitted', '1');
select results_eq(
  $$select w.* from part('wins') p, json_to_record(p) w (dimension_name text, city text)$$,
  $$values ('Economy', 'Kota Kediri')$$, 'in English');

select pg_temp.as_person('kediri-eco');
select doc('board', 'id', null, '1');
select results_eq($$select p ->> 'win' from part('wins') p$$, $$values ('Kiriman economy')$$,
                  'an owner sees their dimension');
select pg_temp.as_person('madiun');
select results_eq(
  $$select d.* from json_to_record(doc('board', 'id', null, '1')) d (returned integer,
      drafts integer)$$,
  'values (1, null::integer)', 'what came back is counted');
select results_eq(
  $$select w.* from part('wins') p, json_to_record(p) w (win text, s_word text, edits boolean)$$,
  $$values ('Kembali Madiun', 'returned', true), ('Kiriman Madiun', 'submitted', false)$$,
  'and first');

select pg_temp.as_person('kantor');
select results_eq(
  $$select own, submitted, oldest is not null, oldest_win = (part('wins') ->> 'id')::bigint
    from json_to_record(doc('board', 'id', null, '1'))
      as (own boolean, submitted integer, oldest text, oldest_win bigint) limit 1$$,
  'values (false, 2, true, true)', 'the office counts what it may read, and finds the oldest');
select results_eq(
  $$select w.* from part('wins') p, json_to_record(p) w (win text, s_word text)$$,
  $$values ('Kiriman economy', 'submitted'), ('Kiriman Madiun', 'submitted'),
           ('Kembali Madiun', 'returned'), ('Terbit governance', 'published')$$,
  'what waits for it first, the oldest first');
select results_eq(
  $$select d.* from json_to_record(doc('board', 'id', 'draft', '1')) d
    (wins text, listed boolean, last_page integer)$$,
  'values (null::text, false, null::integer)', 'it has no draft, and is told so');

select pg_temp.as_person('asesor');
select results_eq(
  $$select d.* from json_to_record(doc('board', 'id', null, '1')) d (own boolean,
      waiting integer)$$,
  'values (false, null::integer)', 'nothing waits for an assessor');
select results_eq(
  $$select w.* from part('wins') p, json_to_record(p) w (win text, edits boolean)$$,
  $$values ('Terbit governance', false)$$, 'who reads what is published');
reset session authorization;

-- Pages of twenty.
select pg_temp.make_win('Banyak ' || n, 'madiun', 'economy', 'draft') from generate_series(1, 20) n;
select pg_temp.as_person('madiun');
select act.win_save(null, null, pg_temp.new_key(), '{"summary": "Belum ada namanya"}');
set session authorization tolok_desk;
select pg_temp.as_person('madiun');
select results_eq(
  $$select d.* from json_to_record(doc('board', 'id', null, '1')) d
    (next_page integer, previous_page integer, last_page integer)$$,
  'values (2, null::integer, 2)', 'more than twenty');
select is((select count(*) from part('wins')), 20::bigint, 'twenty');
select results_eq(
  $$select d.* from json_to_record(doc('board', 'id', 'draft', '1')) d
    (next_page integer, listed boolean, last_page integer)$$,
  'values (2, true, 2)', 'of one state too');
select doc('board', 'id', 'draft', '2');
select results_eq(
  $$select w.* from part('wins') p, json_to_record(p) w (win text, dimension_name text)$$,
  'values (null::text, null::text)', 'one has no name yet, and no dimension');
select results_eq(
  $$select d.* from json_to_record(doc('board', 'id', null, '2')) d
    (next_page integer, previous_page integer, page_number integer)$$,
  'values (null::integer, 1, 2)', 'the second page');
select is((select count(*) from part('wins')), 3::bigint, 'and three');
reset session authorization;
select * from finish();
rollback;
