-- Page winnew: who may begin a quick win, and with what.
begin;
\ir desk.psql
select plan(8);
set session authorization tolok_desk;
select pg_temp.as_person(null);
select is_empty($$select * from page.winnew('id', null, null)$$, 'nobody begins one');
select pg_temp.as_person('kantor');
select is_empty($$select * from page.winnew('id', null, null)$$, 'the office writes none');
select pg_temp.as_person('asesor');
select is_empty($$select * from page.winnew('id', null, null)$$, 'nor an assessor');
select pg_temp.as_person('kediri');
select results_eq($$select title, chooses, owns, city, has_faults from page.winnew('id', null, null)$$, $$values ('', true, false, 'Kota Kediri', false)$$, 'a city chooses the dimension');
select results_eq($$select title, has_faults, fault_title, fault_dimension from page.winnew('id', '{"title": "a\nb"}', '{"outcome": "invalid", "faults": {"title": "control"}}')$$,
                  $$values (E'a\nb', true, true, false)$$, 'what was typed stays');
select results_eq($$select code, chosen from page.winnew_dimensions('en', '{"dimension": "living"}', null) where chosen$$, $$values ('living', true)$$, 'and what was chosen');
select is((select used from page.winnew('id', '{}', '{"outcome": "key_used"}')), true, 'a form that was sent before');
select pg_temp.as_person('kediri-eco');
select results_eq($$select chooses, owns, dimension, dimension_name from page.winnew('en', null, null)$$, $$values (false, true, 'economy', 'Economy')$$, 'an owner writes for his own');
reset session authorization;
select * from finish();
rollback;
