-- Writes the round package of one real year from the published figures. Variables: round (its year), dir (an existing folder).
-- Needs no more than schema pub, so the operator's role can run it.
\set ON_ERROR_STOP on
\set year :round

-- The figures that enter the round. What is weak, in conflict or without a date stays a fact on the city's page; so do
-- targets, improvements, percentages of completion and the ministry's own ranks.
create temporary view entering as
select region, measure, value, note, source
from pub.figure
where year = :year
  and confidence in ('stated', 'inferred')
  and measure in ('overall', 'baseline', 'output', 'outcome', 'impact', 'quick_win',
                  'governance', 'branding', 'economy', 'living', 'society', 'environment');
do $$
begin
  if not exists (select from entering) then
    raise exception 'no published figure of this year can enter a round';
  end if;
end $$;

-- Which weights the final score had. The rounds of one version are comparable, so settings and tree depend on the
-- version alone; what can be said about a single year is its source text.
create temporary view weights as
select version, baseline, output, outcome, impact, quick_win, origin
from (values
  (2019, '2019-1', null::integer, null::integer, null::integer, null::integer, null::integer,
   'Bobot komponen tahun 2019 tidak diketahui, jadi nilai akhir tidak dihitung ulang.'),
  (2020, '2020-1', 10, 30, 30, 20, 10,
   'Bobot 10/30/30/20/10 disimpulkan, bukan dinyatakan: hanya bobot itu yang cocok dengan satu-satunya daerah '
   'yang kelima komponennya terbit, Kabupaten Banjar.'),
  (2021, '2021-1', 10, 20, 30, 20, 20,
   'Bobot 10/20/30/20/20 menurut surat B-1013/DJAI/AI.01.02/10/2021, sebagaimana dikutip '
   'https://pelitasumsel.com/2022/01/14/penilaian-smart-city-muba-capai-nilai-tertinggi-di-sumsel')
) known (since, version, baseline, output, outcome, impact, quick_win, origin)
where since <= :year
order by since desc
limit 1;

\pset tuples_only on
\pset format unaligned
\o :dir/round.json
select json_build_object(
  'format', 'tolok-round/1',
  'code', :'year',
  'title', json_build_object('id', 'Evaluasi Smart City ' || :'year', 'en', 'Smart City Evaluation ' || :'year'),
  'year', :year,
  'simulated', false,
  'source', 'Nilai sebagaimana diterbitkan; sumber tercatat pada tiap nilai. ' || origin,
  'method', json_build_object(
    'version', version,
    'scale', json_build_object('min', '0', 'max', '4'),
    'rounding', 'half_up',
    'rank_on', 'value',
    'ties', 'competition',
    'missing', 'drop',
    'min_coverage', '0.5',
    'higher_is_better', true,
    'draws', 1000,
    'weight_spread', '0.25'))
from weights;

\pset tuples_only off
\pset format csv
\o :dir/criteria.csv
with component (ord, criterion, weight, name) as (
  select c.*
  from weights w,
       lateral (values (1, 'baseline', w.baseline, 'Baseline'), (2, 'output', w.output, 'Output'),
                       (3, 'outcome', w.outcome, 'Outcome'), (4, 'impact', w.impact, 'Impact'),
                       (5, 'quick_win', w.quick_win, 'Quick win')) c
  where c.column3 is not null
)
select criterion, parent, weight, aggregate, null as round_step, kind, name_id, name_en
from (
  select 0 as ord, 'index' as criterion, null as parent, null::integer as weight,
         case when exists (select from component) then 'mean' else 'leaf' end as aggregate,
         'index' as kind, 'Nilai akhir' as name_id, 'Overall score' as name_en
  union all
  select ord, criterion, 'index', weight, 'leaf', 'component', name, name from component
  union all
  -- The dimensions that a city publishes average to its impact, not to the index: they stand beside the index.
  select 10 + ord, code, null, null, 'leaf', 'dimension', name_id, name_en
  from pub.dimension
  where exists (select from component)
) node
order by ord;

-- The fifty, and whoever else has any reliable figure of the year, be it a percentage or a rank: it was evaluated.
-- A group of its own is only what the source ranks apart from the rest.
\o :dir/regions.csv
select r.code as region, r.name, coalesce(apart."group", 'umum') as "group"
from pub.region r
left join (select region, max("group") as "group"
           from pub.figure
           where year = :year and rank_scope = 'group' and confidence in ('stated', 'inferred')
           group by region) apart on apart.region = r.code
where r.member
   or exists (select from pub.figure f
              where f.region = r.code and f.year = :year and f.confidence in ('stated', 'inferred'))
order by r.code collate "C";

\o :dir/marks.csv
select region, measure as criterion, value, 'value' as status
from entering
where measure <> 'overall'
order by region collate "C", measure collate "C";

\o :dir/official.csv
select region, 'index' as criterion, value, note, source
from entering
where measure = 'overall'
order by region collate "C";
\o
