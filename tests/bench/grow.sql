-- What `grow` does. Variables: cities, rounds. In the first transaction the rounds go, past the
-- triggers that keep what was published; in the second the cities come; then each round is
-- published in a transaction of its own.
\set round_count '(6 * ':rounds')'
set jit = off;

begin;
set local session_replication_role = replica;
truncate data.round, data.intake, data.method, data.criterion, data.criterion_edge,
         data.participant, data.mark, data.official,
         data.publication, data.result;
set local session_replication_role = origin;
select act.refresh(true);
commit;

-- Copy number k of a region, of its facts and of its quick wins.
begin;
insert into data.region (code, slug, name, kind, province, population, area_km2, latitude,
    longitude, member, cohort_year, source)
select 'b' || k || '.' || r.code, 'bangkitan-' || k || '-' || r.slug,
       r.name || ' (bangkitan ' || k || ')', r.kind, r.province,
       r.population, r.area_km2, r.latitude, r.longitude, r.member, r.cohort_year, 'bangkitan'
from data.region r cross join generate_series(2, :cities) k
order by k, r.code;
insert into data.published_figure (id, region, year, measure, value, rank_scope, "group",
    denominator, confidence, note, source)
select f.id + 1000000 * k, 'b' || k || '.' || f.region, f.year, f.measure, f.value, f.rank_scope,
       f."group", f.denominator, f.confidence,
       f.note, 'Data bangkitan, https://bangkitan.example/' || k || '/' || f.id
from data.published_figure f cross join generate_series(2, :cities) k;
insert into data.quick_win (id, region, dimension, title, summary, agency, year, source)
select w.id + 1000000 * k, 'b' || k || '.' || w.region, w.dimension,
       w.title || ' (bangkitan ' || k || ')', w.summary, w.agency, w.year,
       'Data bangkitan, https://bangkitan.example/' || k || '/' || w.id
from data.quick_win w cross join generate_series(2, :cities) k;
commit;

-- The tree of the real rounds since 2021: five components under the index, and the six dimensions
-- beside it.
insert into data.method (version, digest, scale_min, scale_max, rounding, rank_on, ties, missing,
                         min_coverage, higher_is_better,
                         draws, weight_spread)
values ('bangkitan-1', 'bangkitan', 0, 4, 'half_up', 'value', 'competition', 'drop', 0.5, true, 20,
    0.25);
insert into data.criterion (method, code, ord, height, aggregate, round_step, kind, name_id,
    name_en)
select m.id, c.*
from data.method m,
     (values ('index', 1, 1, 'mean', null::numeric, 'index', 'Nilai akhir', 'Overall score'),
             ('baseline', 2, 0, 'leaf', null, 'component', 'Baseline', 'Baseline'),
             ('output', 3, 0, 'leaf', null, 'component', 'Output', 'Output'),
             ('outcome', 4, 0, 'leaf', null, 'component', 'Outcome', 'Outcome'),
             ('impact', 5, 0, 'leaf', null, 'component', 'Impact', 'Impact'),
             ('quick_win', 6, 0, 'leaf', null, 'component', 'Quick win', 'Quick win')) c;
insert into data.criterion (method, code, ord, height, aggregate, kind, name_id, name_en)
select m.id, d.code, 10 + d.ord, 0, 'leaf', 'dimension', d.name_id, d.name_en from data.method m,
    data.dimension d;
insert into data.criterion_edge (method, parent, child, weight, ord)
select m.id, 'index', e.*
from data.method m, (values ('baseline', 10, 2), ('output', 20, 3), ('outcome', 30, 4),
    ('impact', 20, 5), ('quick_win', 20, 6)) e;

-- A number from 0 to 1 that follows from its name.
create function pg_temp.chance(name text) returns numeric language sql immutable as $$
  select (('x' || left(md5(name), 8))::bit(32)::bigint / 4294967296.0)::numeric
$$;

-- The draft of a year's round: marks from 1.00 to 4.00, one in thirty missing, and an official
-- figure for every second region.
create procedure pg_temp.draft(year integer) language plpgsql as $$
#variable_conflict use_variable
declare
  made integer;
begin
  insert into data.round (code) values (year::text);
  insert into data.intake (round, method, title_id, title_en, year, simulated, source)
  select year::text, m.id, 'Putaran bangkitan ' || year, 'Generated round ' || year, year, false,
      'Data bangkitan untuk pengukuran.'
  from data.method m
  returning id into made;
  insert into data.participant (intake, region, name, "group")
  select made, r.code, r.name, 'umum' from data.region r where r.member;
  insert into data.mark (intake, region, criterion, status, value)
  select made, p.region, c.code, 'value',
      round(1 + 3 * pg_temp.chance(concat_ws(' ', year, p.region, c.code)), 2)
  from data.participant p cross join data.criterion c
  where p.intake = made and c.height = 0
      and pg_temp.chance(concat_ws(' ', 'missing', year, p.region, c.code)) > 0.033;
  insert into data.official (intake, region, criterion, value, source)
  select made, p.region, 'index',
         round(1.5 + 2 * pg_temp.chance(concat_ws(' ', 'official', year, p.region)), 2),
         'Data bangkitan, https://bangkitan.example/' || year
  from data.participant p
  where p.intake = made and pg_temp.chance(concat_ws(' ', 'official', p.region)) < 0.5;
  update data.round set draft = made where code = year::text;
end $$;

select format('begin; call pg_temp.draft(%1$s); select act.publish(%1$L); commit', y)
from generate_series(2025 - :round_count, 2024) y \gexec
