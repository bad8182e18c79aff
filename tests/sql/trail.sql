-- Page trail: who sees which acts, and how a change is shown.
begin;
\ir desk.psql
select plan(14);
\ir desk_wins.psql
select pg_temp.make_win('Program', 'kediri', 'governance', 'published');
select pg_temp.make_win('Lain', 'madiun', 'economy', 'draft');
select pg_temp.save('kediri', 'Program', '{"title": "Program dua"}');
set session authorization tolok_desk;
select pg_temp.as_person(null);
select is_empty($$select * from page.trail('id', null, 1)$$, 'nobody has no trail');
select is_empty($$select * from page.trail_rows('id', null, 1)$$, 'nor an entry');
select pg_temp.as_person('kediri');
select results_eq($$select act, actor from page.trail_rows('id', pg_temp.id_of('Program'), 1) where opens$$,
                  $$values ('win_save', 'kediri@uji.go.id'), ('win_publish', 'kantor@uji.go.id'), ('win_submit', 'kediri@uji.go.id'), ('win_create', 'kediri@uji.go.id')$$, 'a city sees the way of its quick win');
select results_eq($$select f_word, value, removed, added, opens_change, closes_change from page.trail_rows('id', pg_temp.id_of('Program'), 1) where a_word = 'win_save' and f_word = 'title'$$,
                  $$values ('title', 'Program', true, false, true, false), ('title', 'Program dua', false, true, false, true)$$, 'from what to what');
select results_eq($$select city, one_win, win, nothing from page.trail('id', pg_temp.id_of('Program'), 1)$$, $$values (true, true, 'Program dua', false)$$, 'of which it is');
select is((select bool_or(has_source) from page.trail_rows('id', pg_temp.id_of('Program'), 1) where actor = 'kantor@uji.go.id'), false, 'where the office sits is not told');
select is((select count(*) from page.trail_rows('id', pg_temp.id_of('Lain'), 1)), 0::bigint, 'nothing of another city');
select pg_temp.as_person('kediri-eco');
select is((select count(*) from page.trail_rows('id', pg_temp.id_of('Program'), 1)), 0::bigint, 'an owner sees what he did');
select pg_temp.as_person('kantor');
select is((select count(distinct subject_id) from page.trail_rows('id', null, 1) where is_win), 2::bigint, 'the office sees all');
select is((select bool_and(o = 1 and c = 1) from (select count(*) filter (where opens) as o, count(*) filter (where closes) as c from page.trail_rows('id', null, 1) group by id) e), true,
          'each entry opens and closes once');
select results_eq($$select office, entries = (select count(*) from data.audit), page_number from page.trail('id', null, 1)$$, $$values (true, true, 1)$$, 'counted');
select is((select subject_name from page.trail_rows('id', null, 1) where opens and a_word = 'win_submit' and subject_id = pg_temp.id_of('Program')::text), 'Program',
          'a quick win is called by the name that one may read');
select ok((select bool_and(a_word like 'win%') and count(*) > 0 from page.trail_rows('id', null, 1, 'quickwin')), 'of one kind');
select is((select count(*) from page.trail_rows('id', null, 1, 'putaran')) > 0, (select count(*) from data.audit where subject = 'round') > 0, 'or another');
reset session authorization;
select * from finish();
rollback;
