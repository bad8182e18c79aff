-- Page board: each sees what waits for him, and nothing of others.
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
select is_empty($$select * from page.board('id', null, 1)$$, 'nobody has no board');
select is_empty($$select * from page.board_wins('id', null, 1)$$, 'and sees nothing');

select pg_temp.as_person('kediri');
select results_eq($$select own, office, has_any, drafts, submitted, returned, has_none from page.board('id', null, 1)$$,
                  $$values (true, false, true, 1::bigint, 1::bigint, 0::bigint, false)$$, 'a city counts its own');
select results_eq($$select win, edits, sends, decides, shown from page.board_wins('id', null, 1)$$,
                  $$values ('Draf governance', true, true, false, false), ('Kiriman economy', false, false, false, false), ('Terbit governance', false, false, false, true)$$,
                  'what it can do something about comes first');
select results_eq($$select win from page.board_wins('id', 'published', 1)$$, $$values ('Terbit governance')$$, 'one state');
select results_eq($$select state, wins, current from page.board_states('id', 'draft', 1)$$,
                  $$values ('submitted', 1::bigint, false), ('draft', 1::bigint, true), ('published', 1::bigint, false)$$, 'the states that there are');
select results_eq($$select dimension_name, city from page.board_wins('en', 'submitted', 1)$$, $$values ('Economy', 'Kota Kediri')$$, 'in English');

select pg_temp.as_person('kediri-eco');
select results_eq($$select win from page.board_wins('id', null, 1)$$, $$values ('Kiriman economy')$$, 'an owner sees his dimension');
select pg_temp.as_person('madiun');
select results_eq($$select win, s_returned, edits from page.board_wins('id', null, 1)$$, $$values ('Kembali Madiun', true, true), ('Kiriman Madiun', false, false)$$,
                  'what came back is first');
select results_eq($$select returned, some_returned, some_drafts from page.board('id', null, 1)$$, $$values (1::bigint, true, false)$$, 'and counted');

select pg_temp.as_person('kantor');
select results_eq($$select office, has_any, waiting, none_waiting, oldest is not null from page.board('id', null, 1)$$, $$values (true, true, 2::bigint, false, true)$$,
                  'the office counts what it may read');
select results_eq($$select win, decides from page.board_wins('id', null, 1)$$,
                  $$values ('Kiriman economy', true), ('Kiriman Madiun', true), ('Kembali Madiun', false), ('Terbit governance', false)$$,
                  'what waits for it first, the oldest first');
select is_empty($$select * from page.board_wins('id', 'draft', 1)$$, 'no draft');
select results_eq($$select nothing, paged, last_page from page.board('id', 'draft', 1)$$, $$values (true, false, 1::bigint)$$, 'and says so');

select pg_temp.as_person('asesor');
select results_eq($$select win, edits, decides from page.board_wins('id', null, 1)$$, $$values ('Terbit governance', false, false)$$, 'an assessor reads what is published');
select results_eq($$select assessor, own, office from page.board('id', null, 1)$$, $$values (true, false, false)$$, 'as such');
reset session authorization;

-- Pages of twenty.
select pg_temp.make_win('Banyak ' || n, 'madiun', 'economy', 'draft') from generate_series(1, 21) n;
set session authorization tolok_desk;
select pg_temp.as_person('madiun');
select results_eq($$select paged, next, previous, last_page from page.board('id', null, 1)$$, $$values (true, true, false, 2::bigint)$$, 'more than twenty');
select results_eq($$select next, previous, previous_page from page.board('id', null, 2)$$, $$values (false, true, 1)$$, 'the second page');
select is((select count(*) from page.board_wins('id', null, 1)), 20::bigint, 'twenty');
select is((select count(*) from page.board_wins('id', null, 2)), 3::bigint, 'and three');
reset session authorization;
select * from finish();
rollback;
