-- Pages that follow cities through time show ten rounds, however many there are.
begin;
\ir round.psql
select plan(19);

-- Fourteen real rounds, of 2001 to 2014, in which Q.A takes part; Q.B in the last four, and the
-- newest has a second publication.
do $$ begin
  for year in 2001..2014 loop
    perform pg_temp.make_round('r' || year, '{"scale_max": 4}', array['n leaf'], '{}',
                               array['Q.A n ' || 1 + (year - 2001) * 0.1] || case when year > 2010
                               then array['Q.B n 2'] else '{}' end);
    update data.intake set simulated = false, year = make_round.year
    from (select year) make_round
        where id = (select draft from data.round where code = 'r' || make_round.year);
    perform act.publish('r' || year);
  end loop;
end $$;
select pg_temp.make_round('r2014', '{"scale_max": 4}', array['n leaf'], '{}',
    array['Q.A n 3', 'Q.B n 2']);
update data.intake set simulated = false,
    year = 2014 where id = (select draft from data.round where code = 'r2014');
select act.publish('r2014', 'Nilai keliru');

-- Which rounds: '11:r2004 10:r2005 ...'.
create function pg_temp.past(regions text[], round text) returns text language sql as $$
  select string_agg(k.place || ':' || p.round, ' ' order by k.place desc)
  from pub.past(regions, false,
      (select p.id from pub.publication p where p.round = past.round and p.n = 1)) k
      join pub.publication p on p.id = k.publication
$$;
select is(pg_temp.past('{Q.A}', null),
    '11:r2004 10:r2005 9:r2006 8:r2007 7:r2008 6:r2009 5:r2010 4:r2011 3:r2012 2:r2013 1:r2014',
    'the ten newest, and that there is an older one');
select is(pg_temp.past('{Q.A}', 'r2005'), pg_temp.past('{Q.A}', null),
    'also where the oldest of them is read');
select is(pg_temp.past('{Q.A}', 'r2014'), pg_temp.past('{Q.A}', null),
    'or an older publication of the newest');
select is(pg_temp.past('{Q.A}', 'r2004'), '4:r2001 3:r2002 2:r2003 1:r2004 0:r2014',
    'an older one: those that end with it, and the way to the newest');
select is(pg_temp.past('{Q.B}', 'r2012'), '4:r2011 3:r2012 2:r2013 1:r2014', 'few rounds: all');
select is(pg_temp.past('{Q.B,Q.A}', 'r2014'), pg_temp.past('{Q.A}', null),
    'of several regions: each round once');
select is((select count(*) from pub.past('{Q.A}', true, null)), 0::bigint, 'the other kind apart');
select is_empty($$select * from pub.past('{}', false, null)$$, 'of nobody');

select is(doc('city', 'id', 'q.a', null, null) ->> 'older_href', '/kota/q.a?putaran=r2004',
    'and the way to older rounds');
select results_eq($$select min(r ->> 'label'), max(r ->> 'label'), count(*) from part('rounds') r$$,
    $$values ('r2005', 'r2014', 10::bigint)$$, 'the menu of a city');
select results_eq($$select d ->> 'older_href',
                  d ->> 'newer_href' from doc('city', 'id', 'q.a', 'r2002', null) d$$,
                  $$values (null::text, '/kota/q.a?putaran=r2014')$$, 'or to newer ones');
select ok(doc('city', 'id', 'q.a', 'r2003', null) is not null, 'a round of old');
select results_eq($$select h ->> 'past_label', h ->> 'shown' from part('history') h$$,
                  $$values ('r2001', '1.00'), ('r2002', '1.10'), ('r2003', '1.20')$$,
                  'the history ends with the round that is read');
insert into data.published_figure (id, region, year, measure, value, confidence, source)
select 9000 + y, 'Q.A', y, 'target', 3, 'stated',
    'a' from unnest(array[2003, 2004, 2006, 2014, 2015]) y;
-- The rounds of a history that have a target.
create function pg_temp.aimed(document json) returns text language sql as $$
  select string_agg(h ->> 'past_label', ' ') from json_array_elements(document -> 'history') h
      where h ->> 'aim' is not null
$$;
select is(pg_temp.aimed(doc('city', 'id', 'q.a', null, null)), 'r2006 r2014 2015',
    'targets of the years that are shown');
select is(pg_temp.aimed(doc('city', 'id', 'q.a', 'r2003', null)), 'r2003', 'and of no newer ones');
select results_eq(
  $$select c ->> 'cell_label', p ->> 'slug', (c ->> 'shown')::numeric
    from (select doc('compare', 'id', '{q.b,q.a}', null, null)) d (document),
         part('years') p, json_array_elements(p -> 'cells') c
    where c ->> 'cell_label' in ('r2005', 'r2014')$$,
  $$values ('r2005', 'q.b', null::numeric), ('r2014', 'q.b', 2.00), ('r2005', 'q.a', 1.40),
           ('r2014', 'q.a', 3.00)$$, 'a comparison of the same rounds');
select results_eq(
  $$select min(p ->> 'label'), max(p ->> 'label'),
    doc('compare', 'id', '{q.b,q.a}', null, null) ->> 'older_href'
    from part('rounds') p$$,
  $$values ('r2005', 'r2014', '/banding?kota=q.b,q.a&putaran=r2004')$$, 'and its menu');
-- The rounds of a report: first, last, and how many.
create function pg_temp.sheet(document json) returns text language sql as $$
  select concat_ws(' ', min(h ->> 'past_round'), max(h ->> 'past_round'), count(h ->> 'past_round'),
      count(*))
  from json_array_elements(document -> 'history') h
$$;
select is(pg_temp.sheet(doc('report', 'id', 'q.a', 'r2013', null)), 'r2010 r2014 5 6',
    'a report has room for six rows');
select is(pg_temp.sheet(doc('report', 'id', 'q.a', 'r2006', null)), 'r2005 r2010 6 6',
    'and always for its own round');
select * from finish();
rollback;
