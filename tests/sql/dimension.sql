-- Page dimension: one criterion over all cities.
begin;
\ir round.psql
select plan(38);

-- The document of an address, or the elements of one of its lists.
create function pg_temp.asked(path text, criterion text, round text, edition integer default null,
                              lang text default 'id', mine text default null)
returns setof json language plpgsql as $$
declare
  document json := doc('dimension', lang, criterion, round, edition::text, mine);
begin
  if path is not null and document is not null then
    return query select part(path);
  elsif document is not null then
    return next document;
  end if;
end $$;

-- The address.
select is(pg_temp.asked('http', 'governance', null) ->> 'location', '/dimensi/governance/2024',
          'without a round: on to the newest real one');
select is_empty($$select pg_temp.asked(null, 'nothing', '2024')$$, 'no such criterion');
select is_empty($$select pg_temp.asked(null, 'governance', '1999')$$, 'no such round');
select is_empty($$select pg_temp.asked(null, 'governance', '2024', 99)$$, 'no such edition');

-- A dimension with parts.
select results_eq(
  $$select r.participants, r.ranked + coalesce(r.unranked, 0), r.part_count, r.dimension,
           r.simulated,
           r.previous_label is not null, r.elsewhere_round
    from pg_temp.asked(null, 'governance', 'simulasi') p, json_to_record(p) r
    (participants integer, ranked integer, unranked integer, part_count integer, dimension text,
     simulated boolean, previous_label text, elsewhere_round text)$$,
  $$values (50, 50, null::integer, 'governance', true, true, null::text)$$,
  'a dimension and its parts');
select is((pg_temp.asked(null, 'governance', '2022') ->> 'win_count')::bigint,
          (select count(*) from data.quick_win where dimension = 'governance'),
          'with its quick wins');
select results_eq(
  $$select count(*), count(distinct p ->> 'slug'), min(json_array_length(p -> 'cells')),
           max(json_array_length(p -> 'cells'))
    from pg_temp.asked('rows', 'governance', 'simulasi') p$$,
  $$select (p ->> 'ranked')::bigint, (p ->> 'ranked')::bigint, 5, 5
    from pg_temp.asked(null, 'governance', 'simulasi') p$$,
  'a row for each city, with all of its parts');
select is_empty(
  $$select from pg_temp.asked('rows.cells', 'governance', 'simulasi') p
    where p ->> 'part' is not null and p ->> 'excluded' = 'true'$$,
  'a part that has a value applies');
select results_eq(
  $$select e.criterion, e.value from pg_temp.asked('rows', 'governance', 'simulasi') p
    cross join lateral json_array_elements(p -> 'cells') with ordinality c (cell, n)
    join pg_temp.asked('parts', 'governance', 'simulasi') with ordinality h (head, n) using (n)
    join pub.publication b on b.round = 'simulasi' and b.current
    join pub.entrant t on t.publication = b.id and t.slug = p ->> 'slug'
    join pub.result e on e.publication = b.id and e.region = t.region
      and e.criterion = h.head ->> 'part_code'
    where (c.cell ->> 'part')::numeric is distinct from e.value$$,
  $$select null::text, null::numeric where false$$, 'each under the head of its column');
select is((select array_agg((p ->> 'value')::numeric)
           from pg_temp.asked('rows', 'governance', 'simulasi') p),
          (select array_agg((p ->> 'value')::numeric order by (p ->> 'value')::numeric desc)
           from pg_temp.asked('rows', 'governance', 'simulasi') p), 'the best first');
select results_eq(
  $$select p ->> 'slug', (p ->> 'value')::numeric
    from pg_temp.asked('rows', 'governance', 'simulasi') p order by 1$$,
  $$select e.slug, r.value from pub.result r
    join pub.publication p on p.id = r.publication and p.round = 'simulasi' and p.current
    join pub.entrant e on e.publication = p.id and e.region = r.region
    where r.criterion = 'governance' and r.value is not null order by 1$$,
  'each value as it was published');
select is((select array_agg(p ->> 'part_name')
           from pg_temp.asked('parts', 'governance', 'simulasi') p),
          '{Baseline,Output,Outcome,Impact,"Quick win"}',
          'parts are called without the name of the whole');
select is((select array_agg(p ->> 'part_name')
           from pg_temp.asked('parts', 'output', 'simulasi', lang => 'en') p),
          '{Governance,Branding,Economy,Living,Society,Environment}', 'in both languages');
select results_eq(
  $$select count(*)::text, min((p ->> 'shown')::numeric), max((p ->> 'shown')::numeric)
    from pg_temp.asked('dots', 'governance', 'simulasi') p$$,
  $$select p ->> 'ranked', (p ->> 'lowest')::numeric, (p ->> 'highest')::numeric
    from pg_temp.asked(null, 'governance', 'simulasi') p$$, 'a dot for each value');

-- Changes.
select results_eq(
  $$select count(p ->> 'change'), count(*) filter (where p ->> 'change' is null)
    from pg_temp.asked('rows', 'index', 'simulasi') p$$,
  'values (47::bigint, 3::bigint)', 'the change since the round before');
select results_eq(
  $$select p ->> 'previous_label', p ->> 'method_differs'
    from pg_temp.asked(null, 'governance', 'simulasi-2') p$$,
  $$values (null, 'true')$$, 'another method is not compared');
select is_empty(
  $$select from pg_temp.asked('rows', 'governance', 'simulasi-2') p
    where coalesce(p ->> 'change', p ->> 'previous', p ->> 'grade_word') is not null$$,
  'and no row of it has a change');

-- Nobody has a value.
select results_eq(
  $$select p ->> 'ranked', p ->> 'lowest', p ->> 'elsewhere_round', p ->> 'rows'
    from pg_temp.asked(null, 'governance', '2024') p$$,
  $$values ('0', null, '2022', null)$$, 'nobody yet: where somebody has, and no table');
select results_eq(
  $$select p ->> 'label', p ->> 'empty' from pg_temp.asked('rounds', 'governance', '2024') p
    where p ->> 'label' in ('2022', '2024')$$,
  $$values ('2022', 'false'), ('2024', 'true')$$, 'the menu says which rounds have values');
select is((select p ->> 'href' from pg_temp.asked('rounds', 'output', '2024') p
           where p ->> 'here' = 'true'), '/dimensi/output/2024', 'its links keep the criterion');

-- A small round: who has no value and why, no parts, many parts.
select pg_temp.make_round('t', '{"min_coverage": "0.6"}',
  array['n mean 0.1', 'x leaf', 'y leaf', 'z leaf', 'm mean']
    || array(select 'm' || i || ' leaf' from generate_series(1, 9) i),
  array['n x 1', 'n y 1', 'n z 1'] || array(select 'm m' || i || ' 1' from generate_series(1, 9) i),
  '{Q.A x 8,Q.A y 6,Q.A z 7,Q.B x 6,Q.C x na,Q.C y na,Q.C z na,Q.D m1 3}');
select lives_ok($$select act.publish('t')$$, 'a round is published');
select results_eq(
  $$select r.* from pg_temp.asked('missing', 'n', 't') p, json_to_record(p) r
    (name text, excluded boolean, known_parts integer, all_parts integer)$$,
  $$values ('Q.B', false, 1, 3), ('Q.C', true, null, 0), ('Q.D', false, null, 3)$$,
  'too few parts, not applicable, nothing at all');
select results_eq(
  $$select p ->> 'part_count', p ->> 'parts' from pg_temp.asked(null, 'm', 't') p$$,
  $$values ('9', null)$$, 'nine parts are too many for columns');
select results_eq(
  $$select p ->> 'part_count', p ->> 'parts' from pg_temp.asked(null, 'x', 't') p$$,
  $$values (null::text, null::text)$$, 'a leaf has none');
select results_eq(
  $$select p ->> 'name', p ->> 'cells' from pg_temp.asked('rows', 'x', 't') p$$,
  $$values ('Q.A', null), ('Q.B', null)$$, 'nor has a row of it');
select results_eq(
  $$select p ->> 'dimension', p ->> 'win_count' from pg_temp.asked(null, 'n', 't') p$$,
  $$values (null::text, null::text)$$, 'no dimension of the programme, no quick wins');

-- With few values it is about what can be copied.
select results_eq(
  $$select count(*), count(distinct p ->> 'slug'), min(p ->> 'dimension'), max(p ->> 'dimension')
    from pg_temp.asked('wins', 'governance', '2022') p$$,
  $$values (6::bigint, 6::bigint, 'governance', 'governance')$$,
  'quick wins of the dimension, of six regions');
select is_empty($$select pg_temp.asked('wins', 'governance', 'simulasi')$$,
                'with many it is about the values');
select is_empty($$select pg_temp.asked('wins', 'baseline', '2022')$$,
                'what is no dimension has no quick wins');
select is_empty($$select pg_temp.asked('serving', 'baseline', '2022')$$,
                'none serves this criterion');
update data.read_win set criterion = 'baseline' where id in (100, 101);
select results_eq($$select (p ->> 'id')::integer from pg_temp.asked('serving', 'baseline', '2022') p
                    order by 1$$, $$values (100), (101)$$, 'those of which their cities say so do');
select is_empty($$select pg_temp.asked('serving', 'baseline', 'simulasi')$$,
                'but none in a simulated round');
select results_eq(
  $$select (select d #>> '{mine,mine_word}'), (select count(*) from part('rows') p
           where p ->> 'marked' = 'true'), (select count(*) from part('dots') p
           where p ->> 'marked' = 'true')
    from pg_temp.asked(null, 'governance', 'simulasi', mine => 'kota-serang') d$$,
  $$values ('valued', 1::bigint, 1::bigint)$$, 'the own region is marked');

-- Another edition.
select pg_temp.make_round('t', '{"min_coverage": "0.6"}', array['x leaf'], '{}', '{Q.A x 1}');
select lives_ok($$select act.publish('t', 'Salah.')$$, 'published');
select is(pg_temp.asked(null, 'x', 't', 1) ->> 'edition', '1',
    'an older edition says that it is one');
select results_eq($$select (p ->> 'value')::numeric from pg_temp.asked('rows', 'x', 't', 1) p$$,
                  $$values (8::numeric), (6)$$, 'and shows what it had');

-- The smaller value wins.
select pg_temp.make_round('u', '{"higher_is_better": false}', array['x leaf'], '{}',
                          '{Q.A x 8,Q.B x 6}');
select is((select n from act.publish('u')), 1, 'published');
select results_eq($$select p ->> 'name' from pg_temp.asked('rows', 'x', 'u') p$$,
                  $$values ('Q.B'), ('Q.A')$$, 'the smaller value first where that is better');

select * from finish();
rollback;
