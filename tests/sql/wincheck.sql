-- Page wincheck: all answers once more, and what is missing.
begin;
\ir desk.psql
select plan(11);
\ir desk_wins.psql
select pg_temp.make_win('Draf', 'kediri', 'governance', 'draft');
select pg_temp.make_win('Terbit', 'kediri', 'governance', 'published');
set session authorization tolok_desk;
select pg_temp.as_person('madiun');
select is_empty($$select * from page.wincheck('id', pg_temp.id_of('Draf'), null, null)$$, 'not another city''s');
select pg_temp.as_person('kantor');
select is_empty($$select * from page.wincheck('id', pg_temp.id_of('Terbit'), null, null)$$, 'nor the office''s');
select pg_temp.as_person('kediri');
select results_eq($$select ready, has_faults, seen from page.wincheck('id', pg_temp.id_of('Draf'), null, null)$$, $$values (true, false, 1)$$, 'complete');
select results_eq($$select location, status from page.wincheck('id', pg_temp.id_of('Terbit'), null, null)$$, $$select '/meja/quickwin/' || pg_temp.id_of('Terbit'), 303$$, 'what is no draft is not sent');
select is((select count(*) from page.wincheck_fields('id', pg_temp.id_of('Draf'), null, null)), 16::bigint, 'all fields');
select results_eq($$select field, is_words, empty, missing from page.wincheck_fields('id', pg_temp.id_of('Draf'), null, null) where field in ('title', 'lesson') order by field$$,
                  $$values ('lesson', false, true, false), ('title', true, false, false)$$, 'an empty one says so');
reset session authorization;
select pg_temp.save('kediri', 'Draf', '{"agency": "", "dimension": "", "links": "https://a.id"}');
set session authorization tolok_desk;
select results_eq($$select ready, has_faults from page.wincheck('id', pg_temp.id_of('Draf'), null, null)$$, $$values (false, true)$$, 'something is missing');
select results_eq($$select field, f_dimension, f_agency from page.wincheck_faults('id', pg_temp.id_of('Draf'), null, null)$$, $$values ('dimension', true, false), ('agency', false, true)$$, 'what');
select results_eq($$select field from page.wincheck_fields('id', pg_temp.id_of('Draf'), null, null) where missing$$, $$values ('dimension'), ('agency')$$, 'and where');
select results_eq($$select link_url from page.wincheck_links('id', pg_temp.id_of('Draf'), null, null)$$, $$values ('https://a.id')$$, 'its links');
select is((select in_conflict from page.wincheck('id', pg_temp.id_of('Draf'), '{}', '{"outcome": "conflict"}')), true, 'somebody saved in between');
reset session authorization;
select * from finish();
rollback;
