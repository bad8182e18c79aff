-- Gathered rounds: the package of a year out of the table of published facts, which is imported
-- like any other. Settings and tree depend on the version of the method alone, as rounds of one
-- version are comparable; what can be said about a single year is its source text.

-- The figures that enter a round. What is weak, in conflict or without a date stays a fact on the
-- city's page; so do targets, improvements, percentages of completion and the ministry's own ranks.
create or replace view act.gathered_figure as
select f.year, f.region, f.measure, f.value, f.note, f.source
from pub.figure f
where f.confidence in ('stated', 'inferred')
  and f.measure in ('overall', 'baseline', 'output', 'outcome', 'impact', 'quick_win',
                    'governance', 'branding', 'economy', 'living', 'society', 'environment');

-- Which weights the final score had, since which year, and where they are from.
create or replace view act.gathered_weight (since, version, baseline, output, outcome, impact,
                                            quick_win, origin) as values
(2019, '2019-1', null::integer, null::integer, null::integer, null::integer, null::integer,
 'Bobot komponen tahun 2019 tidak diketahui, jadi nilai akhir tidak dihitung ulang.'),
(2020, '2020-1', 10, 30, 30, 20, 10,
 'Bobot 10/30/30/20/10 disimpulkan, bukan dinyatakan: hanya bobot itu yang cocok dengan '
 'satu-satunya daerah yang kelima komponennya terbit, Kabupaten Banjar.'),
(2021, '2021-1', 10, 20, 30, 20, 20,
 'Bobot 10/20/30/20/20 menurut surat B-1013/DJAI/AI.01.02/10/2021, sebagaimana dikutip '
 'https://pelitasumsel.com/2022/01/14/'
 'penilaian-smart-city-muba-capai-nilai-tertinggi-di-sumsel');

-- Whether anything but the final score enters a round of that year.
create or replace function act.gathers_parts(year integer) returns boolean
language sql stable
return (select w.baseline is not null from act.gathered_weight w
        where w.since <= gathers_parts.year order by w.since desc limit 1);

create or replace function act.gathered_rounds() returns table (round text, year integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct f.year::text, f.year from act.gathered_figure f
  where f.year >= (select min(w.since) from act.gathered_weight w) order by f.year;
$$;

-- round.json of a year.
create or replace function act.gather_settings(year integer) returns text
language sql stable as $$
  select json_build_object(
    'format', 'tolok-round/1',
    'code', $1::text,
    'title', json_build_object('id', 'Evaluasi Smart City ' || $1,
                               'en', 'Smart City Evaluation ' || $1),
    'year', $1,
    'simulated', false,
    'source', 'Nilai sebagaimana diterbitkan; sumber tercatat pada tiap nilai. ' || w.origin,
    'method', json_build_object(
      'version', w.version,
      'scale', json_build_object('min', '0', 'max', '4'),
      'rounding', 'half_up', 'rank_on', 'value', 'ties', 'competition', 'missing', 'drop',
      'min_coverage', '0.5', 'higher_is_better', true, 'draws', 1000, 'weight_spread', '0.25'))
  from act.gathered_weight w where w.since <= $1 order by w.since desc limit 1
$$;

-- criteria.csv. The dimensions that a city publishes average to its impact, not to the index: they
-- stand beside it.
create or replace function act.gather_criteria(year integer) returns text
language sql stable as $$
  with component as (
    select c.*
    from (select x.* from act.gathered_weight x where x.since <= $1
          order by x.since desc limit 1) w
    cross join lateral (values
      (1, 'baseline', w.baseline, 'Baseline'), (2, 'output', w.output, 'Output'),
      (3, 'outcome', w.outcome, 'Outcome'), (4, 'impact', w.impact, 'Impact'),
      (5, 'quick_win', w.quick_win, 'Quick win')) c (ord, criterion, weight, name)
    where c.weight is not null
  ), node as (
    select 0 as ord, 'index' as criterion, null as parent, null::integer as weight,
           case when exists (select from component) then 'mean' else 'leaf' end as aggregate,
           'index' as kind, 'Nilai akhir' as name_id, 'Overall score' as name_en
    union all
    select c.ord, c.criterion, 'index', c.weight, 'leaf', 'component', c.name, c.name
    from component c
    union all
    select 10 + d.ord, d.code, null, null, 'leaf', 'dimension', d.name_id, d.name_en
    from pub.dimension d where exists (select from component)
  )
  select e'criterion,parent,weight,aggregate,round_step,kind,name_id,name_en\n'
         || string_agg(concat_ws(',', n.criterion, coalesce(n.parent, ''),
                                 coalesce(n.weight::text, ''), n.aggregate, '', n.kind,
                                 act.export_field(n.name_id), act.export_field(n.name_en)),
                       e'\n' order by n.ord) || e'\n'
  from node n
$$;

-- regions.csv: the members, and whoever else has any reliable figure of the year, be it a
-- percentage or a rank: it was evaluated. A group of its own is only what the source ranks apart
-- from the rest.
create or replace function act.gather_regions(year integer) returns text
language sql stable as $$
  with said as materialized (
    select f.region, max(f."group") filter (where f.rank_scope = 'group') as apart
    from pub.figure f where f.year = $1 and f.confidence in ('stated', 'inferred')
    group by f.region
  )
  select e'region,name,group\n'
         || coalesce(string_agg(concat_ws(',', r.code, act.export_field(r.name),
                                          act.export_field(coalesce(s.apart, 'umum'))) || e'\n',
                                '' order by r.code collate "C"), '')
  from pub.region r left join said s on s.region = r.code
  where r.member or s.region is not null
$$;

-- The files of a gathered round's package; no row: there is no such round.
create or replace function act.gather_files(round text) returns table (file text, body text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select f.*
  from act.gathered_rounds() g
  cross join lateral (values
    ('round.json', act.gather_settings(g.year)),
    ('criteria.csv', act.gather_criteria(g.year)),
    ('regions.csv', act.gather_regions(g.year)),
    ('marks.csv', (
      select e'region,criterion,value,status\n'
             || coalesce(string_agg(concat_ws(',', x.region, x.measure, x.value, 'value') || e'\n',
                                    '' order by x.region collate "C", x.measure collate "C"), '')
      from act.gathered_figure x
      where x.year = g.year and x.measure <> 'overall' and act.gathers_parts(x.year))),
    ('official.csv', (
      select e'region,criterion,value,note,source\n'
             || coalesce(string_agg(concat_ws(',', x.region, 'index', x.value,
                                              act.export_field(x.note),
                                              act.export_field(x.source)) || e'\n',
                                    '' order by x.region collate "C"), '')
      from act.gathered_figure x where x.year = g.year and x.measure = 'overall'))
    ) f (file, body)
  where g.round = gather_files.round;
$$;

-- How many figures of each gathered round are other ones in the table of facts than in its draft,
-- or, without one, in what is published of it; `fresh`: there is no such round yet. For the office.
create or replace function act.gathered_news()
returns table (round text, year integer, news bigint, fresh boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select g.round, g.year, n.news, i.intake is null
  from act.gathered_rounds() g
  left join lateral (
    select coalesce(r.draft, p.intake) as intake
    from data.round r left join data.publication p on p.id = r.publication
    where r.code = g.round) i on true
  cross join lateral (
    select count(*) as news
    from (select x.region, pub.criterion_of(x.measure) as criterion, x.value
          from act.gathered_figure x
          where x.year = g.year and (x.measure = 'overall' or act.gathers_parts(g.year))) f
    full join (select o.region, o.criterion, o.value from data.official o where o.intake = i.intake
               union all
               select m.region, m.criterion, m.value from data.mark m where m.intake = i.intake) t
      using (region, criterion)
    where f.value is distinct from t.value) n
  where data.actor_role() = 'office' and n.news > 0;
$$;
