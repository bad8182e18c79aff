-- Page winnew: who may begin a quick win, and with what.
begin;
\ir desk.psql
select plan(13);
create function pg_temp.begun(lang text, sent text default null, answer text default null)
returns json language sql as $$ select doc('winnew', lang, null, sent, answer) $$;
set session authorization tolok_desk;
select pg_temp.as_person(null);
select ok(pg_temp.begun('id') is null, 'nobody begins one');
select pg_temp.as_person('kantor');
select ok(pg_temp.begun('id') is null, 'the office writes none');
select pg_temp.as_person('asesor');
select ok(pg_temp.begun('id') is null, 'nor an assessor');
select pg_temp.as_person('kediri');
select results_eq(
  $$select r.* from pg_temp.begun('id') d,
    json_to_record(d) r (title text, dimension text, city text, outcome_word text)$$,
  $$values (null::text, null::text, 'Kota Kediri', null::text)$$, 'a city chooses the dimension');
select results_eq(
  $$select r.* from pg_temp.begun('id', '{"title": "a\nb"}',
                                  '{"outcome": "invalid", "faults": {"title": "control"}}') d,
    json_to_record(d) r (title text, outcome_word text, fault_title boolean,
        fault_dimension boolean)$$,
  $$values (E'a\nb', 'invalid', true, false)$$, 'what was typed stays');
select is(pg_temp.begun('id', '{}', '{"outcome": "invalid", "faults": {"dimension": "wrong"}}')
          ->> 'fault_dimension', 'true', 'what is no dimension is told');
select pg_temp.begun('en', '{"dimension": "living"}');
select results_eq(
  $$select p ->> 'code' from part('dimensions') p where (p ->> 'chosen')::boolean$$,
  $$values ('living')$$, 'what was chosen stays');
select is((select count(*) from part('dimensions')), 6::bigint, 'of six');
select is(pg_temp.begun('id', '{}', '{"outcome": "key_used"}') ->> 'outcome_word', 'key_used',
          'a form that was sent before');
select is(pg_temp.begun('id', '{}', '{"outcome": "quota"}') ->> 'outcome_word', 'quota',
          'what is enough for a day');
-- From the page of one of another region.
select results_eq(
  $$select d ->> 'title', d ->> 'copied', d ->> 'copied_city'
    from pub.quick_win w, doc('winnew', 'id', w.id::text, null, null) d
    where w.title = 'Lapor Bantul'$$,
  $$select w.title, w.id::text, 'Kabupaten Bantul' from pub.quick_win w
    where w.title = 'Lapor Bantul'$$, 'one that is copied gives its name');
select is((select d ->> 'copied' from pub.quick_win w, doc('winnew', 'id', w.id::text, null, null) d
           where w.title = 'E-SPTPD'), null, 'of one''s own there is nothing to copy');
select pg_temp.as_person('kediri-eco');
select results_eq(
  $$select d ->> 'dimension', d ->> 'dimension_name' from pg_temp.begun('en') d$$,
  $$values ('economy', 'Economy')$$, 'an owner writes for their own');
reset session authorization;
select * from finish();
rollback;
