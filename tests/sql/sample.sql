-- The simulated rounds of sql/sample: full enough to see every page, and never taken for real ones.
begin;
select plan(11);

create temporary view sample as
select p.id as publication, p.round::text as round, p.version, p.year, p.n, p.simulated
from pub.publication p where p.current and p.round ~ '^simulasi';

select results_eq('select round from sample order by year',
    array['simulasi-1', 'simulasi-2', 'simulasi'], 'three rounds');
select is_empty('select from sample where not simulated', 'each is marked as simulated');
select is_empty($$select round from sample left join pub.result s using (publication)
                  where s.criterion = 'index' group by round having count(*) <> 50$$,
                  'with all fifty');
select is_empty($$select round from sample join pub.result s using (publication)
                  where s.criterion = 'index' group by round having count(*)
                  filter (where s.label like '%=') < 2$$, 'and ties');
select results_eq($$select round,
                                     (select count(*) from pub.result s
                                     where s.publication = sample.publication
                                     and s.criterion = 'index' and s.value is null) > 0
                    from sample order by year$$,
                  $$values ('simulasi-1', true), ('simulasi-2', true), ('simulasi', false)$$,
                      'some regions join in the last one only');
select is_empty($$select round from sample join pub.result s using (publication) group by round
                  having count(*) filter (where s.value = 0) = 0 or count(*)
                  filter (where s.value is null) = 0$$,
                'some marks are zero, others are missing or do not apply');
select results_eq($$select round,
                    (select count(distinct s."group") from pub.result s
                    where s.publication = sample.publication)
                    from sample order by year$$,
                  $$values ('simulasi-1', 2::bigint), ('simulasi-2', 1), ('simulasi', 1)$$,
                      'one has groups');
select results_eq($$select s.round,
                    b.round::text from sample s join pub.publication p on p.id = s.publication
                    left join pub.publication b on b.id = p.before order by s.year$$,
                  $$values ('simulasi-1', null), ('simulasi-2', null), ('simulasi', 'simulasi-2')$$,
                  'what changed its method is compared with nothing');
select is((select simulated from pub.standard_round()), false, 'the newest round is a real one');
select unalike(doc('home', 'id', null)::text, '%simula%',
    'the first page shows the newest real one');
select is(doc('city', 'id', 'kota-kediri', null, null) ->> 'simulated', 'false',
    'a city shows its real figures first');

select * from finish();
rollback;
