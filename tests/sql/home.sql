-- Page home: the newest real round among the fifty.
begin;
\ir round.psql
select plan(21);

select results_eq(
  $$select * from json_to_record(doc('home', 'id')) as
    (round text, participants integer, with_value integer, without_value integer, lowest numeric,
     highest numeric, previous_label text, total integer)$$,
  $$values ('2024', 50, 14, 36, 2.04, 3.93, '2023', 19)$$,
  'the newest round counts the fifty, and knows that others have figures too');
select is((doc('home', 'id') ->> 'win_count')::bigint, (select count(*) from data.quick_win),
          'how many quick wins');

select results_eq(
  $$select count(*), count(p ->> 'value') from part('dots') p$$,
  'values (50::bigint, 14::bigint)', 'the fifty on the map');
select is_empty(
  $$select from part('dots') p, json_to_record(p) r (longitude numeric, latitude numeric)
    where longitude not between 94.5 and 141.5 or latitude not between -11.5 and 6.5$$,
  'all on the map');
select results_eq(
  $$select r.longitude, r.latitude, r.shown from part('dots') p, json_to_record(p) r
    (slug text, longitude numeric, latitude numeric, shown numeric) where slug = 'kota-madiun'$$,
  $$select longitude, latitude, 3.80 from data.region where slug = 'kota-madiun'$$,
  'a dot is at its place');

select results_eq(
  $$select p ->> 'slug', p ->> 'shown' from part('ranking') p limit 2$$,
  $$values ('kota-bandung', '3.93'), ('kota-madiun', '3.80')$$, 'the best values first');
select is((select count(*) from part('ranking')), 14::bigint, 'all of them');
select is((select count(*) from part('ranking') p where p ->> 'source_url' is null), 0::bigint,
          'each with its source');
select results_eq(
  $$select (p ->> 'change') is not null from part('ranking') p
    where p ->> 'slug' in ('kota-jambi', 'kota-ambon') order by p ->> 'slug'$$,
  'values (true), (false)', 'changes where there are two values');

select results_eq(
  $$select p ->> 'slug', p ->> 'change' from part('movers') p limit 2$$,
  $$values ('kota-makassar', '0.50'), ('kota-banjarmasin', '0.26')$$, 'the largest rises first');
select is_empty(
  $$select from part('movers') p, json_to_record(p) r
    (change numeric, value numeric, previous numeric)
    where change <= 0 or change <> value - previous$$, 'and only rises');
select is_empty(
  $$select from part('movers') p join data.region r on r.slug = p ->> 'slug' where not r.member$$,
  'of the fifty');

select results_eq($$select count(*), count(distinct p ->> 'slug') from part('wins') p$$,
                  'values (6::bigint, 6::bigint)', 'six quick wins of six regions');
select is((select max(year)::text from data.quick_win),
          (select max(p ->> 'win_year') from part('wins') p), 'the newest ones');
select is((select sum((p ->> 'win_total')::bigint) from part('dimensions') p),
          (select count(dimension)::numeric from data.quick_win), 'quick wins by dimension');
select results_eq($$select distinct p ->> 'valued_round' from part('dimensions') p$$,
                  $$values ('2022')$$,
                  'and the newest real round in which somebody has a value');

-- A simulated round of a later year does not come first.
select pg_temp.make_round('zz', '{}', array['x leaf'], '{}', '{Q.A x 3}');
update data.intake set year = 2199 where round = 'zz';
select lives_ok($$select act.publish('zz')$$, 'published');
select is(doc('home', 'id') ->> 'round', '2024', 'a simulated round is never the newest');

-- A newer real round with another method: nothing is compared.
select pg_temp.make_round('yy', '{}', array['x leaf'], '{}', array['35.71 x 3', '35.77 x 9']);
update data.intake set year = 2198, simulated = false where round = 'yy';
select lives_ok($$select act.publish('yy')$$, 'a real round is published');
select results_eq(
  $$select * from json_to_record(doc('home', 'en')) as
    (round text, previous_label text, earlier boolean, movers text)$$,
  $$values ('yy', null::text, true, null::text)$$,
  'its method is another one, so nobody rose');
select is((select count(p ->> 'change') from part('ranking') p), 0::bigint,
          'and no change is told');

select * from finish();
rollback;
