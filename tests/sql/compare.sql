-- Page compare.
begin;
\ir round.psql
select plan(63);

-- The document of an address, or the elements of one of its lists.
create function pg_temp.asked(path text, kota text, round text default null, q text default null)
returns setof json language plpgsql as $$
declare
  document json := doc('compare', 'id', kota, round, q);
begin
  if path is not null and document is not null then
    return query select part(path);
  elsif document is not null then
    return next document;
  end if;
end $$;

-- A value of the document.
create function pg_temp.said(name text, kota text, round text default null, q text default null)
returns text language sql as $$select pg_temp.asked(null, kota, round, q) ->> name$$;

\set three '{kota-madiun,kota-serang,kota-kediri}'
\set two '{kota-madiun,kota-kediri}'

-- Which round.
select is(pg_temp.said('round_name', :'three'), '2021', 'the newest in which two have a figure');
select is(pg_temp.said('round_name', '{kota-madiun,kota-bandung}'), '2024', 'here a newer one');
select is(pg_temp.said('round_name', '{kota-serang,kota-kediri}'), '2024',
          'without such a round the newest');
select is(pg_temp.said('round_name', :'two', '2022'), '2022', 'the one that is asked for');
select is_empty($$select pg_temp.asked(null, '{kota-madiun,kota-kediri}', '1999')$$,
                'an unknown round');

-- Who.
select results_eq(
  $$select r.* from pg_temp.asked(null, null) p, json_to_record(p) r
    (several boolean, everyone integer, room boolean, chosen text, http text, measures text)$$,
  'values (false, 0, true, null::text, null::text, null::text)', 'nobody yet');
select results_eq(
  $$select r.*, p -> 'chosen' -> 0 ->> 'others'
    from pg_temp.asked(null, '{kota-kediri}') p, json_to_record(p) r
    (several boolean, everyone integer, room boolean, rounds text, lacks text)$$,
  'values (false, 1, true, null::text, null::text, null::text)', 'one');
select is(pg_temp.said('room', '{kota-kediri,kota-madiun,kota-serang,kota-bandung,kota-jambi,'
                               'kota-ambon}'), 'false', 'six are enough');
select results_eq(
  $$select p ->> 'city', p ->> 'others'
    from pg_temp.asked('chosen', '{kota-madiun,kota-serang,kota-kediri}') p$$,
  $$values ('Kota Madiun', 'kota-serang,kota-kediri'), ('Kota Serang', 'kota-madiun,kota-kediri'),
           ('Kota Kediri', 'kota-madiun,kota-serang')$$,
  'in the order asked; leaving one out keeps the rest');
select results_eq(
  $$select p -> 'http' ->> 'status', p ->> 'several', p ->> 'kota_list'
    from pg_temp.asked(null, '{kota-madiun,nowhere,kota-kediri,elsewhere}') p$$,
  $$values ('404', 'true', 'kota-madiun,kota-kediri')$$,
  'an unknown one: not found, and the others stay');
select results_eq($$select p ->> 'unknown_slug' from part('unknown') p$$,
                  $$values ('nowhere'), ('elsewhere')$$, 'which ones');
select results_eq(
  $$select count(*) filter (where p ->> 'option_slug' = 'kota-madiun'), count(*) >= 49
    from pg_temp.asked('options', '{kota-madiun}') p$$,
  'values (0::bigint, true)', 'who is chosen is no choice, and everybody else is');

-- The three of the main path.
select results_eq(
  $$select m ->> 'measure', m ->> 'spread', r.*
    from pg_temp.asked('measures', '{kota-madiun,kota-serang,kota-kediri}') m,
         json_array_elements(m -> 'cities') c,
         json_to_record(c) r (city text, shown numeric, status_word text, place_word text,
                              distance numeric)$$,
  $$values ('Nilai akhir', '0.40', 'Kota Madiun', 3.46, 'value', 'best', null::numeric),
           ('Nilai akhir', '0.40', 'Kota Serang', null, 'no_data', null, null),
           ('Nilai akhir', '0.40', 'Kota Kediri', 3.06, 'value', null, -0.40)$$,
  'what can be compared; no data is not zero');
select results_eq(
  $$select r.* from part('measures.medians') p,
      json_to_record(p) r (group_name text, ranked integer, shown numeric, value numeric)$$,
  $$values ('peserta reguler', 8, 2.90, 2.895)$$,
  'the median of their group below them');
select results_eq(
  $$select p ->> 'valued', p ->> 'valued_word'
    from pg_temp.asked(null, '{kota-madiun,kota-serang,kota-kediri}') p$$,
  $$values ('2', 'some')$$, 'how many have a main value');
select results_eq(
  $$select r.* from part('lacks.gaps') p, json_to_record(p) r
    (city text, outside boolean, everything boolean, missing text, elsewhere text, never boolean)$$,
  $$values ('Kota Serang', false, true, null::text, null::text, true)$$,
  'who has not published what others have');
select results_eq(
  $$select count(*), min(p ->> 'measure') filter (where n = 1),
           max(p ->> 'measure') filter (where n = 11)
    from part('lacks.unpublished') with ordinality u (p, n)$$,
  $$values (11::bigint, 'Baseline', 'Environment')$$, 'what nobody has, once');
select results_eq($$select p ->> 'head_label' from part('heads') p$$,
                  $$values ('2019'), ('2020'), ('2021'), ('2022'), ('2023'), ('2024')$$,
                  'the years');
select results_eq(
  $$select p ->> 'city', string_agg(coalesce(c ->> 'shown', '-'), ' ' order by n)
    from part('years') with ordinality y (p, k),
         json_array_elements(p -> 'cells') with ordinality e (c, n)
    group by k, 1
    order by k$$,
  $$values ('Kota Madiun', '- - 3.46 - 3.71 3.80'), ('Kota Serang', '- - - - - -'),
           ('Kota Kediri', '- 2.87 3.06 3.31 - -')$$, 'and the values of each');
select results_eq(
  $$select distinct c ->> 'cell_label' from part('years.cells') c
    where c ->> 'cell_here' = 'true'$$, $$values ('2021')$$, 'one of them is here');
select results_eq(
  $$select r.* from part('ranks') p, json_to_record(p) r
      (city text, rank_year integer, rank_value numeric, rank_group text, rank_of integer,
       rank_province text)
    where p ->> 'rank_name' = 'Peringkat nasional'$$,
  $$values ('Kota Madiun', 2024, 3::numeric, 'peserta reguler', null::integer, null::text),
           ('Kota Madiun', 2023, 3, null, 141, null), ('Kota Kediri', 2022, 22, null, null, null)$$,
  'ranks of the ministry with group and denominator');
select results_eq(
  $$select c ->> 'city', c -> 'wins' -> 0 ->> 'win'
    from part('dimensions') d, json_array_elements(d -> 'cities') c
    where d ->> 'dimension' = 'branding'$$,
  $$values ('Kota Madiun', null), ('Kota Serang', 'Wisata religi'),
           ('Kota Kediri', 'Prodamas Plus')$$, 'quick wins by dimension');
select results_eq(
  $$select count(distinct d ->> 'dimension'), min(json_array_length(d -> 'cities')),
           max(json_array_length(d -> 'cities')) from part('dimensions') d$$,
  'values (6::bigint, 3, 3)', 'a table for each dimension, and a row for each city in it');
select is((select count(*) from part('dimensions.cities.wins')),
          (select count(*) from pub.quick_win w
           where w.slug = any (:'three') and w.dimension is not null), 'all of theirs');
select results_eq($$select distinct p ->> 'city' from part('sources') p order by 1$$,
                  $$values ('Kota Kediri'), ('Kota Madiun')$$, 'who has a value has a source');
select results_eq(
  $$select r.* from pg_temp.asked('chosen', '{kota-serang,kota-kediri}') p, json_to_record(p) r
    (city text, population integer, area numeric, since integer)$$,
  $$values ('Kota Serang', 759929, 266.3, 2022), ('Kota Kediri', 301424, 67.2, 2019)$$, 'profile');

-- Where a value is, where not.
select results_eq(
  $$select r.* from pg_temp.asked('lacks.gaps', '{kota-madiun,kota-jambi,kota-kediri}', '2024') p,
      json_to_record(p) r (city text, everything boolean, never boolean, elsewhere text)$$,
  $$values ('Kota Kediri', true, false, '2020, 2021, 2022')$$, 'and where there is a value');
select results_eq(
  $$select p ->> 'city', p -> 'only' -> 0 ->> 'measure', p -> 'only' -> 0 ->> 'shown',
           p -> 'only' -> -1 ->> 'measure', p -> 'only' -> -1 ->> 'shown'
    from pg_temp.asked('lacks.waiting', '{kota-madiun,kota-kediri}', '2022') p$$,
  $$values ('Kota Kediri', 'Nilai akhir', '3.31', 'Environment', '2.75')$$, 'what only one has');
select is(pg_temp.said('valued_word', :'two', '2022'), 'one', 'is said on top');
select results_eq(
  $$select p ->> 'label', p ->> 'here', p ->> 'empty'
    from pg_temp.asked('rounds', '{kota-serang,kota-kediri}', '2022') p
    where p ->> 'label' in ('2019', '2022')$$,
  $$values ('2019', 'false', 'true'), ('2022', 'true', 'false')$$, 'the menu of rounds');
select is((select p ->> 'href' from part('rounds') p where p ->> 'label' = '2022'),
          '/banding?kota=kota-serang,kota-kediri&putaran=2022', 'keeps who is chosen');
select results_eq(
  $$select p ->> 'head_label', p ->> 'charted'
    from pg_temp.asked('heads', '{kota-madiun,kota-kediri}') p
    where p ->> 'method_changed' = 'true'$$,
  $$values ('2020', 'true'), ('2021', 'true')$$, 'where the method changed');
select results_eq(
  $$select p ->> 'slug', string_agg(c ->> 'cell_label', ' ')
    from part('years') p, json_array_elements(p -> 'cells') c
    where c ->> 'comparable' = 'true'
    group by 1
    order by 1$$,
  $$values ('kota-kediri', '2022'), ('kota-madiun', '2023 2024')$$,
  'what may be joined with the value before');

-- A small round: largest differences first, equal values, another direction, simulated.
select pg_temp.make_round('t', '{}', array['n mean', 'x leaf', 'y leaf', 'z leaf', 'w leaf'],
                          array['n x 1', 'n y 1'],
                          array['35.71 x 2', '35.71 y 5', '35.71 z 4', '35.77 x 3', '35.77 y 9',
                                '35.77 z 4', '35.77 w 1', 'Q.A x 0', 'Q.A y na', 'Q.A z nd']);
update data.region set name = code where code = 'Q.A';
select lives_ok($$select act.publish('t')$$, 'a round is published');
select results_eq(
  $$select p ->> 'measure', (p ->> 'spread')::numeric
    from pg_temp.asked('measures', '{kota-kediri,kota-madiun,q.a}', 't') p$$,
  $$values ('n mean', 6.00), ('y leaf', 4.00), ('x leaf', 3.00), ('z leaf', 0.00)$$,
  'the main one, then the largest differences');
select results_eq(
  $$select p ->> 'measure', p ->> 'leading' from part('measures') p$$,
  $$values ('n mean', 'true'), ('y leaf', 'true'), ('x leaf', 'true'), ('z leaf', 'false')$$,
  'what is in the picture: the main one and its children');
select results_eq(
  $$select r.* from part('measures') m, json_array_elements(m -> 'cities') c,
      json_to_record(c) r (city text, status_word text, shown text)
    where m ->> 'measure' = 'y leaf'$$,
  $$values ('Kota Kediri', 'value', '5.00'), ('Kota Madiun', 'value', '9.00'),
           ('Q.A', 'not_applicable', null)$$, 'not applicable');
select is((select c ->> 'value' from part('measures') m, json_array_elements(m -> 'cities') c
           where m ->> 'measure' = 'x leaf' and c ->> 'city' = 'Q.A'), '0', 'zero is a value');
select results_eq(
  $$select c ->> 'city', c ->> 'place_word', c ->> 'distance'
    from part('measures') m, json_array_elements(m -> 'cities') c
    where m ->> 'measure' = 'z leaf' and c ->> 'value' is not null$$,
  $$values ('Kota Kediri', 'equal', null), ('Kota Madiun', 'equal', null)$$,
  'equal values: none is the best');
select results_eq(
  $$select c ->> 'measure', p ->> 'city'
    from part('lacks.waiting') p, json_array_elements(p -> 'only') c$$,
  $$values ('w leaf', 'Kota Madiun')$$, 'only one has it');
select results_eq(
  $$select r.* from part('lacks.gaps') p, json_to_record(p) r
    (city text, outside boolean, everything boolean, missing text)$$,
  $$values ('Q.A', false, false, 'z leaf')$$, 'what at least two others have, by name');
select results_eq(
  $$select r.* from pg_temp.asked('lacks.gaps', '{kota-kediri,kota-serang}', 't') p,
      json_to_record(p) r (city text, outside boolean, everything boolean, missing text)
    where r.city = 'Kota Serang'$$,
  $$values ('Kota Serang', true, false, null::text)$$,
  'who takes no part is said to take none');
select results_eq(
  $$select r.* from pg_temp.asked(null, '{kota-kediri,kota-madiun}', 't') p, json_to_record(p) r
    (simulated boolean, asked_round text, dimensions text, ranks text)$$,
  $$values (true, 't', null::text, null::text)$$, 'no facts beside simulated figures');
select pg_temp.make_round('t', '{"higher_is_better": false}', array['x leaf'], '{}',
                          array['35.71 x 2', '35.77 x 3']);
select lives_ok($$select act.publish('t', 'Arah lain')$$, 'another direction');
select results_eq(
  $$select c ->> 'city', c ->> 'place_word', (c ->> 'distance')::numeric
    from pg_temp.asked('measures.cities', '{kota-madiun,kota-kediri}', 't') c$$,
  $$values ('Kota Madiun', null, 1.00), ('Kota Kediri', 'best', null)$$,
  'the best is the lowest where lower is better, and the others are above it');
select is(pg_temp.said('lower_better', :'two', 't'), 'true', 'which is said');
select is(pg_temp.said('round_name', :'three'), '2021', 'a simulated round is never the default');

-- Who can be chosen where there are too many for a menu.
create function pg_temp.menu(kota text, q text,
                             out menu_word text, out finder boolean, out options bigint)
language sql as $$
  select r.menu_word, r.finder, (select count(*) from part('options'))
  from pg_temp.asked(null, kota, null, q) p,
       json_to_record(p) r (menu_word text, finder boolean)$$;
select results_eq($$select menu_word, finder from pg_temp.menu(null, null)$$,
                  $$values ('all', false)$$, 'a menu of all');
select results_eq(
  $$select p ->> 'option_slug', p ->> 'option_name'
    from pg_temp.asked('options', '{kota-madiun}', null, 'kediri') p$$,
  $$values ('kabupaten-kediri', 'Kabupaten Kediri'), ('kota-kediri', 'Kota Kediri')$$,
  'a search finds by name');
select results_eq($$select * from pg_temp.menu('{kota-madiun}', 'kediri')$$,
                  $$values (null::text, true, 2::bigint)$$, 'and takes the menu''s place');
select is((pg_temp.menu('{kota-madiun}', 'madiun kota')).options, 0::bigint,
          'who is chosen already is not found again');
insert into data.region (code, slug, name, kind, member, province)
select 'B.' || n, 'b.' || n, 'Kota ' || n, 'kota', true, '34' from generate_series(1, 700) n;
select results_eq($$select * from pg_temp.menu(null, null)$$,
                  $$values (null::text, true, 0::bigint)$$,
                  'too many: nobody is offered before one is chosen');
select results_eq($$select menu_word, finder from pg_temp.menu('{kota-madiun}', null)$$,
                  $$values ('near', true)$$, 'then those nearby');
select set_eq(
  $$select r.province_name from pg_temp.asked('options', '{kota-madiun}') p
    join pub.region r on r.slug = p ->> 'option_slug'$$,
  $$values ('Jawa Timur')$$, 'of the same province');
select is((pg_temp.menu('{b.1}', null)).options, 150::bigint, 'the menu ends somewhere');
select is((pg_temp.menu(null, 'kota')).options, 150::bigint, 'and so does what is found');
select is(p ->> 'finding', '{"first_city":"Kota Madiun","last_city":"Kota Kediri","lead":0.40}',
    'who is first, and by how much')
from doc('compare', 'id', '{kota-madiun,kota-serang,kota-kediri}', null, null) p;
select is((select count(*) from part('dimensions.cities') c
          where json_array_length(c -> 'wins') > 2), 0::bigint,
          'of many quick wins two of a dimension are named')
from doc('compare', 'id', '{kota-denpasar,kota-kediri}', null, null) p;
select isnt_empty($$select from part('dimensions.cities') c where (c ->> 'more')::integer > 0$$,
    'and the others are counted');
select ok(doc('compare', 'id', '{kota-kediri,kota-bandung}', 'simulasi-2', null) is not null,
    'a simulated round');
select results_eq($$select m ->> 'city',
                  json_array_length(m -> 'matrix' -> 'rows') from part('matrices') m$$,
                  $$values ('Kota Kediri', 6), ('Kota Bandung', 6)$$, 'has a matrix for each');
select is((select count(*) from pub.compare_examples('id', 'kota-kediri') x
           where x.example_count not between 2 and 6
           or x.example_count <> cardinality(string_to_array(x.example_list, ','))), 0::bigint,
          'comparisons to begin with are of two to six regions');
select is((select string_to_array(x.example_list, ',')
          from pub.compare_examples('id', 'kota-serang') x where x.example_word = 'alike'),
          array['kota-serang'] || (select array_agg(p ->> 'peer_slug' order by u.k)
                            from pub.region r cross join pub.publication s
                            cross join pub.city_alike('id', s.id, r.code) a
                            cross join json_array_elements(a -> 'peers') with ordinality u (p, k)
                            where r.slug = 'kota-serang' and s.standard),
                            'a city with those that its page calls similar');
select * from finish();
rollback;
