-- Page home: what the newest figures say, in every state of the data.
begin;
\ir round.psql
select plan(32);

create function pg_temp.found() returns text language sql as
$$select d ->> 'finding_word' from doc('home', 'id', null) d$$;

select results_eq(
  $$select r.* from doc('home', 'id', null) d, json_to_record(d) r
    (round text, participants integer, with_value integer, others integer, total integer,
     lowest numeric, highest numeric, previous_label text, finding_word text, rose_said text,
     paired integer, paired_said text, same integer, drawn_few boolean, awaited_label text)$$,
  $$values ('2024', 50, 14, 5, 19, 2.04, 3.93, '2023', 'rose', 'Lima', 5, 'lima', null::integer,
            false, null::text)$$,
  'all five of the fifty with two values rose, of how many is said');
select results_eq(
  $$select p ->> 'name', p ->> 'previous_shown', p ->> 'shown' from part('dots') p$$,
  $$values ('Kota Makassar', '3.14', '3.64'), ('Kota Banjarmasin', '3.31', '3.57'),
           ('Kota Cimahi', '3.51', '3.63'), ('Kota Bandung', '3.83', '3.93'),
           ('Kota Madiun', '3.71', '3.80')$$, 'the picture has the five, who moved farthest first');
select results_eq($$select p ->> 'left_name' from part('left_out') p$$, $$values ('Kota Ambon')$$,
                  'a value that a source only implies counts for nothing, which is said');
select is((select p ->> 'far_name' from part('farthest') p), 'Kota Makassar', 'one moved farthest');
select is((select count(*) from part('ranking')), 0::bigint, 'no values where there is a finding');
select results_eq(
  $$select (d ->> 'win_count')::bigint, (d ->> 'win_regions')::bigint,
           (d ->> 'figure_count')::bigint, (select count(*) from part('names'))
    from doc('home', 'id', null) d$$,
  $$select count(*), count(distinct w.region), (select count(*) from pub.figure),
           (select count(*) from pub.region r where r.listed) from data.quick_win w$$,
  'what is behind the three doors, and the names to choose from');

-- Who has published.
select results_eq(
  $$select (d ->> 'published')::int, (d ->> 'members')::int, (d ->> 'awaited_count')::int
    from doc('home', 'id', null) d$$, 'values (33, 50, 17)', 'how many of the fifty');
select results_eq(
  $$select p ->> 'kind_word', (p ->> 'size')::int, json_array_length(p -> 'regions')
    from part('tables') p$$,
  $$values ('many', 11, 11), ('one', 22, 22), ('none', 17, 17)$$, 'in three tables');
select is((select count(*) from part('years')), 6::bigint, 'by year');
select is_empty(
  $$select from part('tables.regions') p where json_array_length(p -> 'cells') <> 6$$,
  'a cell for each');
select results_eq(
  $$select c ->> 'cell_round', c ->> 'shown', c ->> 'awaited'
    from part('tables.regions') p, json_array_elements(p -> 'cells') c
    where p ->> 'slug' = 'kota-madiun'$$,
  $$values ('2019', null, 'true'), ('2020', null, 'true'), ('2021', '3.46', 'false'),
           ('2022', null, 'true'), ('2023', '3.71', 'false'), ('2024', '3.80', 'false')$$,
  'a value, a ring where it took part, or nothing');
select is_empty(
  $$select from part('tables.regions') p, json_array_elements(p -> 'cells') c
    where c ->> 'shown' is not null and c ->> 'awaited' = 'true'$$, 'never a value and a ring');
select is_empty(
  $$select from part('tables.regions') p
    join pub.region r on r.slug = p ->> 'slug', json_array_elements(p -> 'cells') c
    where c ->> 'awaited' = 'true' and r.cohort_year > (c ->> 'cell_round')::int$$,
  'and no ring before it was selected');

select results_eq(
  $$select count(*), count(distinct p ->> 'slug'), count(distinct p ->> 'dimension')
    from part('wins') p$$,
  'values (3::bigint, 3::bigint, 3::bigint)', 'three quick wins of as many dimensions');
select is((select sum((p ->> 'win_total')::bigint) from part('dimensions') p),
          (select count(dimension)::numeric from data.quick_win), 'quick wins by dimension');

-- The visitor's own region.
select results_eq(
  $$select d #>> '{mine,mine_name}', d #>> '{mine,mine_word}', d #>> '{dots,0,slug}',
           (select count(*) from part('dots') p where p ->> 'marked' = 'true'),
           (select count(*) from part('tables.regions') p where p ->> 'marked' = 'true')
    from doc('home', 'id', 'kota-madiun') d$$,
  $$values ('Kota Madiun', 'valued', null, 1::bigint, 1::bigint)$$,
  'is marked among those that moved, and among those that published');
select results_eq(
  $$select d #>> '{mine,mine_word}', doc('home', 'id', 'kota-mana') ->> 'mine'
    from doc('home', 'id', 'kota-serang') d$$,
  $$values ('empty', null::text)$$, 'also without a value; one that there is not is not');

-- A simulated round of a later year says nothing.
select pg_temp.make_round('zz', '{}', array['x leaf'], '{}', '{Q.A x 3}');
update data.intake set year = 2196 where round = 'zz';
select lives_ok($$select act.publish('zz')$$, 'published');
select is(doc('home', 'id', null) ->> 'round', '2024', 'a simulated round is never the newest');

-- A newer real round without a value is awaited.
select pg_temp.make_round('ww', '{}', array['x leaf'], '{}', '{Q.A x nd}');
update data.intake set year = 2197, simulated = false where round = 'ww';
select lives_ok($$select act.publish('ww')$$, 'a real round is published');
select results_eq(
  $$select d ->> 'round', d ->> 'awaited_label' from doc('home', 'id', null) d$$,
  $$values ('2024', 'ww')$$, 'without a value it is only awaited');

-- Rounds of one method with these values of regions Q.A, Q.B ..: first, then.
create function pg_temp.two(code text, first numeric[], then_ numeric[]) returns text
language plpgsql as $$
declare
  marks text[] := array(select format('Q.%s x %s', chr(64 + n::int), v)
                        from unnest(first) with ordinality u (v, n) where v is not null);
begin
  perform pg_temp.make_round(code || '1', '{}', array['x leaf 0.01'], '{}', marks);
  update data.intake set year = 2198, simulated = false where round = code || '1';
  perform act.publish(code || '1');
  perform pg_temp.make_round(code || '2', '{}', array['x leaf 0.01'], '{}',
    array(select format('Q.%s x %s', chr(64 + n::int), v)
          from unnest(then_) with ordinality u (v, n) where v is not null));
  update data.intake i set year = 2199, simulated = false,
         method = (select b.method from data.intake b where b.round = code || '1' limit 1)
  where i.round = code || '2';
  perform act.publish(code || '2');
  return (select d ->> 'finding_word' from doc('home', 'id', null) d);
end $$;

savepoint before;
select is(pg_temp.two('a', '{5,5,5,5,5}', '{4,4,4,4,3}'), 'fell', 'all fell');
select is((select p ->> 'far_name' from part('farthest') p), 'Q.E', 'one the farthest');
rollback to before;
select is(pg_temp.two('b', '{5,5,5,5,5}', '{4,6,6,5,6}'), 'mixed', 'some rose, some fell');
select results_eq(
  $$select d ->> 'rose_said', d ->> 'fell_within', d ->> 'same', d ->> 'farthest'
    from doc('home', 'en', null) d$$,
  $$values ('Three', 'one', '1', null::text)$$,
  'how many of each, in words, and nobody is named who is not alone');
rollback to before;
select is(pg_temp.two('c', '{5,5,5,5,5}', '{5,5,5,5,5}'), 'still', 'nobody moved');
rollback to before;
select is(pg_temp.two('d', '{5,5,5,5,5,5}', '{5,6,6,6,6,6}'), 'rose', 'some stayed, the rest rose');
select is(doc('home', 'id', null) ->> 'same', '1', 'which is said');
rollback to before;
select is(pg_temp.two('e', '{5,5,5,5,null}', '{6,6,6,6,6}'), 'values',
          'four pairs are no finding: the values are');
select results_eq(
  $$select count(*), (select count(*) from part('dots')) from part('ranking')$$,
  'values (5::bigint, 0::bigint)', 'and the picture shows those');
rollback to before;
select is(pg_temp.two('f', array_fill(5::numeric, '{14}'), array_fill(6::numeric, '{14}')), 'rose',
          'many rose');
select results_eq(
  $$select d ->> 'rose_said', d ->> 'drawn_few', (select count(*) from part('dots'))
    from doc('home', 'id', null) d$$,
  $$values ('14', 'true', 8::bigint)$$, 'a large number is no word, and eight are drawn');

select * from finish();
rollback;
