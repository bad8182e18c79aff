-- Page changes: every change between real rounds of one method.
begin;
\ir round.psql
select plan(7);

select results_eq(
  $$select (d ->> 'move_count')::int, (d ->> 'rose_count')::int from doc('changes', 'id', null) d$$,
  $$select count(*)::int, count(*) filter (where e.value > o.value)::int
    from pub.publication p
    join pub.entrant e on e.publication = p.id
    join pub.entrant o on o.publication = p.before and o.region = e.region
    where p.current and not p.simulated and e.value is not null and o.value is not null$$,
  'all that moved, and how many rose');
select results_eq(
  $$select p ->> 'from_label', p ->> 'to_label', (p ->> 'moved')::int, (p ->> 'rose')::int,
           (p ->> 'fell')::int, p ->> 'far_name' from part('pairs') p$$,
  $$values ('2023', '2024', 6, 6, null::int, 'Kota Makassar'),
           ('2022', '2023', 3, 3, null, 'Kota Banjarmasin'),
           ('2021', '2022', 3, 2, 1, 'Kota Kediri')$$, 'the newest rounds first');
select results_eq(
  $$select r.* from part('pairs.rows') p, json_to_record(p) r
    (place_label text, name text, change numeric, implied boolean) limit 3$$,
  $$values ('1', 'Kota Makassar', 0.50, false), ('2', 'Kota Banjarmasin', 0.26, false),
           ('3', 'Kota Ambon', 0.23, true)$$, 'ranked by how far they rose');
select is_empty(
  $$select from part('pairs.rows') p, json_to_record(p) r
    (change numeric, value numeric, previous numeric) where change <> value - previous$$,
  'a change is what lies between');
select is((select count(*) from part('pairs.wins')), 3::bigint,
          'with quick wins of that year of who rose most');
select results_eq(
  $$select d #>> '{mine,mine_name}',
           (select count(*) from part('pairs.rows') p where p ->> 'marked' = 'true')
    from doc('changes', 'id', 'kota-madiun') d$$,
  $$values ('Kota Madiun', 1::bigint)$$, 'the own region is marked');

-- Where no two rounds may be compared.
update data.read_publication set before = null;
select is(doc('changes', 'id', null) ->> 'pairs', null, 'nothing is told');

select * from finish();
rollback;
