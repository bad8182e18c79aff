-- The rounds of the real years, as sql/load-rounds published them.
begin;
select plan(15);

create temporary view real_round as
select p.round, p.version, p.id as publication, p.intake
from pub.publication p
where p.current and not p.simulated and p.round in ('2019', '2020', '2021', '2022', '2023', '2024');

select results_eq('select round::text, version::text from real_round order by round',
$$values ('2019', '2019-1'), ('2020', '2020-1'), ('2021', '2021-1'), ('2022', '2021-1'),
  ('2023', '2021-1'), ('2024', '2021-1')$$,
  'six rounds; those of 2021 to 2024 have one method and can be compared');
select results_eq(
$$select r.round::text, count(*)::integer, count(s.value)::integer
  from real_round r join pub.result s on s.publication = r.publication and s.criterion = 'index'
      group by 1 order by 1$$,
$$values ('2019', 50, 1), ('2020', 52, 11), ('2021', 50, 8), ('2022', 52, 5), ('2023', 56, 16),
  ('2024', 57, 19)$$,
  'participants and how many of them have a final score');
select results_eq(
$$select r.round::text, s."group", count(*)::integer, count(s.value)::integer
  from real_round r join pub.result s on s.publication = r.publication and s.criterion = 'index'
  where s."group" <> 'umum' group by r.round, s."group" order by r.round, s."group" collate "C"$$,
$$values ('2020', '75 kab/kota (2017-2018)', 9, 9), ('2020', 'kohort 2019', 2, 1),
         ('2023', 'kohort 2022', 3, 2), ('2024', 'kohort 2023', 10, 10)$$,
         'groups apart from the national list');
select results_eq(
$$select r.round::text, s.region::text, s.value
  from real_round r join pub.result s on s.publication = r.publication
  where s.criterion = 'index' and s.value is not null order by r.round, s.region collate "C"$$,
$$select year::text, region::text, value from data.published_figure
  where measure = 'overall' and year is not null order by year, region collate "C"$$,
      'each published final score is the value of its round');
select results_eq(
$$select r.round::text, s.region::text, s.computed, s.official
  from real_round r join pub.result s on s.publication = r.publication
  where s.criterion = 'index' and s.computed is not null order by r.round, s.region collate "C"$$,
$$values ('2020', '63.03', 3.412, 3.41), ('2022', '35.71', 3.315, 3.31),
         ('2023', '32.16', 2.806, 2.81),
         ('2023', '36.03', 3.354, 3.35), ('2024', '15.71', 3.475, 3.48)$$,
  'the final score is computed where the five components are published');
select is_empty(
$$select from real_round r join pub.result s on s.publication = r.publication
  where s.criterion = 'index' and (s.rank_low is null) <> (s.computed is null)$$,
      'and has an interval there only');
select is_empty(
$$select from real_round r
  join pub.result s on s.publication = r.publication and s.status = 'value'
  where not exists (select from data.published_figure f
                    where f.region = s.region and f.year::text = r.round and f.value = s.value
                      and f.measure = case s.criterion when 'index' then 'overall'
                      else s.criterion end
                      and f.confidence in ('stated', 'inferred'))$$,
                      'nothing weak, in conflict or undated is in a round');
select is_empty(
$$select from real_round r join pub.result s on s.publication = r.publication and s.region = '32.16'
  where r.round = '2024' and s.status = 'value'$$,
      'the retold components of Kabupaten Bekasi are in no round');
select is_empty($$select from real_round r join pub.entrant a on a.publication = r.publication
  and a.region = '35.75'$$,
  'nor is the undated score of Kota Pasuruan');
select is_empty($$select from real_round r join data.publication p on p.id = r.publication
  join data.official o on o.intake = p.intake where o.source is null$$,
  'each official figure names its source');
select results_eq(
$$select s.criterion::text, s.value
  from real_round r
  join pub.result s on s.publication = r.publication and s.region = '35.71'
  join pub.criterion c on c.publication = r.publication and c.code = s.criterion
  where r.round = '2022' order by c.ord$$,
$$values ('index', 3.31), ('baseline', 3.60), ('output', 3.21), ('outcome', 3.23), ('impact', 3.07),
         ('quick_win', 3.65),
         ('governance', 2.75), ('branding', 2.75), ('economy', 3.5), ('living', 3.33),
         ('society', 3.33), ('environment', 2.75)$$,
  'Kota Kediri 2022, in the order of its criteria');
select is_empty(
$$select from real_round r
  join pub.result s on s.publication = r.publication and s.criterion = 'index'
  join data.published_figure f on f.region = s.region and f.year::text = r.round
  where f.measure = 'national_rank_in_group' and f.confidence = 'stated'
    and r.round in ('2020', '2024')
    and s."group" <> 'kohort 2019' and s.rank <> f.value$$,
  'where a group is published from its first place down, our rank is the published one');
select results_eq(
$$select r.round::text, e.child::text, e.weight
  from real_round r join pub.edge e on e.publication = r.publication
      where r.round in ('2020', '2022') order by r.round, e.ord$$,
$$values ('2020', 'baseline', 10::numeric), ('2020', 'output', 30), ('2020', 'outcome', 30),
         ('2020', 'impact', 20), ('2020', 'quick_win', 10),
         ('2022', 'baseline', 10), ('2022', 'output', 20), ('2022', 'outcome', 30),
         ('2022', 'impact', 20), ('2022', 'quick_win', 20)$$,
  'weights of the components');
select results_eq($$select c.code::text,
  c.aggregate from real_round r join pub.criterion c on c.publication = r.publication
  where r.round = '2019'$$,
  $$values ('index', 'leaf')$$, 'the final score of 2019 is taken as it is');
select matches(i.source, 'disimpulkan', 'the weights of 2020 are called inferred')
from real_round r join pub.publication i on i.id = r.publication where r.round = '2020';

select * from finish();
rollback;
