-- Page report: the same figures as on the city's page.
begin;
\ir round.psql
select plan(18);

select ok(doc('report', 'id', 'kota-kediri', '1999', null) is null, 'an unknown round');
select ok(doc('report', 'id', 'nowhere', '2022', null) is null, 'an unknown city');
select ok(doc('report', 'id', 'kota-padang', '2022', null) is null, 'a city that took no part');
select ok(doc('report', 'id', 'kota-kediri', '2022', '7') is null, 'an unknown edition');

-- Which part of the city's page each part of the report is.
create temporary table shown as
select doc('report', 'id', 'kota-kediri', '2022', null) as card,
    doc('city', 'id', 'kota-kediri', '2022', null) as page;
select results_eq($$select card ->> 'city_name', card ->> 'round', card ->> 'number',
                  card ->> 'edition', length(card ->> 'digest') from shown$$,
                  $$values ('Kota Kediri', '2022', '1', null::text, 16)$$,
                  'the head, which names the publication by the beginning of its digest');
select is(card ->> 'standing', page ->> 'standing', 'main value') from shown;
select is(card ->> 'ranks', page ->> 'ranks', 'ranks') from shown;
select is(count(*), 11::bigint, 'components and dimensions, and nothing else')
from shown, json_array_elements(card -> 'measures') with ordinality c (m, n)
join lateral json_array_elements(page -> 'measures') with ordinality p (m, n) on p.n = c.n
where p.m::jsonb @> c.m::jsonb and c.m ->> 'list_word' in ('parts', 'dimensions');
select is(count(*), 6::bigint, 'six rounds')
from shown, json_array_elements(card -> 'history') with ordinality c (h, n)
join lateral json_array_elements(page -> 'history') with ordinality p (h, n) on p.n = c.n
where p.h::jsonb @> c.h::jsonb;
select is(json_array_length(card -> 'sources'), json_array_length(page -> 'sources'), 'sources')
    from shown;

select is(doc('report', 'id', 'kota-denpasar', '2020', null) ->> 'more_wins', 'true',
    'more quick wins than a sheet has room for');
select is((select count(*) from part('wins')), 6::bigint, 'six are shown');
select is(d -> 'gap' ->> 'why_word', 'never',
    'a participant without a figure has a card that says so')
from doc('report', 'id', 'kota-serang', '2022', null) d;
select results_eq($$select d ->> 'untold', d ->> 'components',
                  d ->> 'history' from doc('report', 'id', 'kota-serang', '2022', null) d$$,
                  $$values ('true', 'false', null::text)$$, 'and nothing to draw');
-- Six tenths are asked for, and a quarter is there.
select pg_temp.make_round('thin', '{"min_coverage": 0.6}', array['n mean 0.1', 'a leaf', 'b leaf'],
                          array['n a 3', 'n b 1'], array['35.71 b 1', '35.77 a 2', '35.77 b 2',
                          'Q.A b 2', 'Q.B b 2', 'Q.C b 2', 'Q.D b 2']);
select act.publish('thin');
select results_eq($$select g ->> 'why_word', g ->> 'covered', g ->> 'needed'
                    from (select doc('report', 'id', 'kota-kediri', 'thin',
                    null) -> 'gap' as g) d$$,
                  $$values ('thin', '25.0', '60')$$, 'coverage below the minimum is said');
select is(json_array_length(doc('report', 'id', 'kota-kediri', 'simulasi-2',
          null) -> 'matrix' -> 'rows'), 6,
          'the matrix, where there is one');
select is(doc('report', 'id', 'kota-kediri', 'simulasi-2', null, 'kota-serang')
          #>> '{mine,mine_name}', 'Kota Serang', 'the region of the visitor');
select is(doc('report', 'id', 'kota-kediri', '2022', null, 'kota-kediri') ->> 'self', 'true',
          'which may be this one');
select * from finish();
rollback;
