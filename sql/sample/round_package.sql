-- Writes the round package of one simulated round: the fifty, six dimensions of five components each. Variables: round, dir (an
-- existing folder). Every figure is invented here, the same at every run, and says nothing about any region; it is there
-- so that every page can be seen full. Nothing of this folder is part of an install.
\set ON_ERROR_STOP on

-- Three rounds. The first has a method of its own, so nothing may be compared with it, and two groups; the others may be
-- compared with each other.
create temporary view setting as
select *
from (values
  ('simulasi-1', 2024, 1, 'simulasi-1', 'Simulasi pertama', 'First simulation', 20, 20, 20, 20, 20),
  ('simulasi-2', 2025, 2, 'simulasi-2', 'Simulasi kedua', 'Second simulation', 10, 20, 30, 20, 20),
  ('simulasi', 2026, 3, 'simulasi-2', 'Simulasi ketiga', 'Third simulation', 10, 20, 30, 20, 20)
) known (round, year, n, version, title_id, title_en, baseline, output, outcome, impact, quick_win)
where known.round = :'round';

-- A number from 0 to 1 that looks random and follows from the words alone.
create function pg_temp.chance(variadic words text[]) returns numeric language sql immutable as
$$ select ('x' || left(md5(array_to_string(words, '|')), 7))::bit(28)::integer / 268435456.0 $$;

create temporary view component as
select c.*
from setting s,
     lateral (values (1, 'baseline', s.baseline, 'Baseline'), (2, 'output', s.output, 'Output'),
                     (3, 'outcome', s.outcome, 'Outcome'), (4, 'impact', s.impact, 'Impact'),
                     (5, 'quick_win', s.quick_win, 'Quick win')) c (ord, code, weight, name);

\pset tuples_only on
\pset format unaligned
\o :dir/round.json
select json_build_object(
  'format', 'tolok-round/1',
  'code', round,
  'title', json_build_object('id', title_id, 'en', title_en),
  'year', year,
  'simulated', true,
  'source', 'Data simulasi: semua angka dibuat untuk uji coba, tidak dari daerah mana pun.',
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
from setting;

-- A mark counts under its component, of which the index is made, and under its dimension, which stands beside it.
\pset tuples_only off
\pset format csv
\o :dir/criteria.csv
select criterion, parent, weight, aggregate, round_step, kind, name_id, name_en
from (
  select 0 as ord, 0 as part, 'index' as criterion, null as parent, null::integer as weight, 'mean' as aggregate,
         0.01 as round_step, 'index' as kind, 'Nilai akhir' as name_id, 'Overall score' as name_en
  union all
  select ord, 0, code, 'index', weight, 'mean', 0.01, 'component', name, name from component
  union all
  select 10 * ord, 0, code, null, null, 'mean', 0.01, 'dimension', name_id, name_en from pub.dimension
  union all
  select 10 * d.ord, c.ord, d.code || '.' || c.code, p.code, p.weight, 'leaf', null, 'indicator', c.name || ' ' || d.name_id, d.name_en || ' ' || lower(c.name)
  from pub.dimension d
  cross join component c
  cross join lateral (values (c.code, 1), (d.code, c.weight)) p (code, weight)
) node
order by ord, part, criterion, parent;

\o :dir/regions.csv
select r.code as region, r.name, case when s.n = 1 then r.kind else 'umum' end as "group"
from pub.region r, setting s
where r.member
order by r.code collate "C";

-- A region has a level of its own that moves from round to round, each dimension leans one way or the other, and each
-- mark has its own noise, in steps of 0.05 so that some values are equal. A few cells are zero, not
-- known, or not applicable; what is not known becomes less, and two or three regions join in the last round only.
\o :dir/marks.csv
with cell as (
  select r.code as region, d.code || '.' || c.code as criterion, s.n,
         pg_temp.chance(r.code, d.code, c.code) as fate, pg_temp.chance(r.code, 'late') < 0.05 as late,
         2.1 + 1.1 * pg_temp.chance(r.code)
             + s.n * (0.24 * pg_temp.chance(r.code, 'pace') - 0.04)
             + 0.7 * (pg_temp.chance(r.code, d.code) - 0.5)
             + 0.4 * (pg_temp.chance(d.code, c.code) - 0.5)
             + 0.5 * (pg_temp.chance(r.code, d.code, c.code, s.n::text) - 0.5) as level
  from pub.region r
  cross join pub.dimension d
  cross join component c
  cross join setting s
  where r.member
)
select region, criterion,
       case when status = 'value' then case when fate < 0.006 then 0 else round(least(greatest(level, 0), 4) * 20) / 20 end end as value,
       status
from cell
cross join lateral (select case when fate >= 0.985 then 'not_applicable'
                                when fate >= 0.93 + 0.015 * n or n < 3 and late then 'no_data'
                                else 'value' end as status) s
order by region collate "C", criterion collate "C";
\o
