-- The facts are complete and stand as they were gathered. The digests and sums were computed from
-- the gathered files by another program; one of them changes only when somebody means to change the
-- data.
begin;
select plan(34);

select is(count(*), 514::bigint, 'every kota and kabupaten') from data.region where kind
    is not null;
select is(count(*), 38::bigint, 'every province') from data.province;
select is(count(*), 189::bigint, 'every published figure') from data.published_figure;
select is(count(*), 195::bigint, 'every quick win') from data.quick_win;
select is(count(*), 191::bigint, 'every cohort row') from data.cohort;
select results_eq(
  $$select kind, count(*) from data.region where member group by kind order by kind$$,
  $$values ('kabupaten', 25::bigint), ('kota', 25)$$, 'the fifty are 25 kabupaten and 25 kota');
select results_eq('select code::text from data.dimension order by ord',
  $$values ('governance'), ('branding'), ('economy'), ('living'), ('society'), ('environment')$$,
  'six dimensions in their order');

select is(md5(string_agg(concat_ws('|', f.region, coalesce(f.year::text, ''), f.measure, f.value,
                         coalesce(f.note, ''), f.source),
                         e'\n' order by f.id)), '7a399f5e1597e72916f3d9b2000684d4',
                         'no figure, note or source has changed')
from data.published_figure f;
select is(md5(string_agg(concat_ws('|', q.region, coalesce(q.dimension, ''), q.title, q.summary,
                                   coalesce(q.agency, ''),
                                   coalesce(q.year::text, ''), q.source), e'\n' order by q.id)),
          '9b68adb729506d0f2a47cb2fb068129c', 'no quick win has changed')
from data.quick_win q;
select is(md5(string_agg(concat_ws('|', region, year, evidence, source),
          e'\n' order by region collate "C", year)),
          '07a539f9124cb7aec2ecb6ecb5ef95a5', 'no cohort row has changed')
from data.cohort;
select is(md5(string_agg(concat_ws('|', r.code, r.name, r.kind, p.name, r.population, r.area_km2,
                         r.latitude, r.longitude),
                         e'\n' order by r.code collate "C")),
          'ef39794b18a11af26927bf1bc5453884', 'no region has changed')
from data.region r join data.province p on p.code = r.province;
select is(md5(string_agg(concat_ws('|', code, cohort_year), e'\n' order by code collate "C")),
          '24f30ee29554695f92d9b1e6ec64a916', 'the fifty and their cohorts')
from data.region where member;

select results_eq('select measure, count(*)::integer, sum(value)
    from data.published_figure group by measure order by measure collate "C"',
$$values
  ('action_plan_completion_pct', 3, 252.85), ('baseline', 6, 21.91), ('branding', 1, 2.75),
  ('collaboration_program', 1, 3.73), ('economy', 1, 3.5), ('environment', 1, 2.75),
      ('governance', 1, 2.75),
  ('impact', 6, 18.98), ('improvement', 6, 0.83), ('living', 1, 3.33), ('national_rank', 10, 62),
  ('national_rank_in_group', 23, 120), ('outcome', 6, 19.84), ('output', 6, 18.18),
      ('output_policy', 1, 4),
  ('overall', 61, 195.99), ('program_completion_pct', 7, 571.04), ('provincial_rank', 13, 29),
      ('quick_win', 6, 20.32),
  ('realization_pct_branding', 4, 343.71), ('realization_pct_economy', 4, 349.33),
  ('realization_pct_environment', 5, 485.7), ('realization_pct_governance', 4, 385.9),
  ('realization_pct_living', 4, 364.2), ('realization_pct_society', 4, 383.3),
      ('regency_rank_in_group', 1, 1),
  ('society', 1, 3.33), ('target', 2, 6.95)$$, 'number and sum of each measure');
select results_eq('select confidence, count(*)::integer
    from data.published_figure group by confidence order by confidence',
  $$values ('conflicting', 1), ('inferred', 6), ('stated', 176), ('undated', 1), ('weak', 5)$$,
      'how sure the figures are');
select is_empty($$select id from data.published_figure where note ~* 'keandalan lemah|KONFLIK'
  and confidence in ('stated', 'inferred')$$,
  'what a note calls weak or in conflict is marked so');
select is_empty($$select id from data.published_figure where note ~ 'tersirat'
  and confidence <> 'inferred'$$,
  'what a source only implies is marked so');
select is_empty($$select id from data.published_figure
                  where (measure ~ 'rank') <> (rank_scope is not null)
                     or (measure = 'national_rank') <> coalesce(rank_scope = 'national', false)
                     or (measure = 'provincial_rank') <> coalesce(rank_scope = 'province', false)$$,
                     'each rank says among whom');
select is_empty($$select id from data.published_figure where denominator is not null
  and note !~ ('\m' || denominator || '\M')$$,
  'a number of ranked regions stands in the note');
select is_empty($$select id from data.published_figure
                  where "group" ~ 'kohort' and note !~ "group" and note !~ 'di kelompok 25'$$,
                  'a cohort as group stands in the note');
select is_empty($$select id from data.published_figure where rank_scope = 'group'
  and value > denominator$$,
  'no rank beyond the number ranked');
select is_empty($$select id from data.published_figure where source !~ '^https?://'
  and source !~ '\d{4}'$$,
  'a figure without an address names its office and date');
select is_empty($$select id from data.quick_win where source !~ '^https?://'
  and source !~ '\d{4}'$$,
  'a quick win without an address names its office and date');
select is_empty('select code from data.region where source is null', 'each region has its source');
select is_empty('select slug from data.region group by slug having count(*) > 1',
    'slugs are unique');
select is_empty($$select slug from data.region where slug !~ '^(kota|kabupaten)(-[a-z0-9]+)+$'$$,
    'slugs are plain');
select is_empty($$select slug from data.province where slug !~ '^[a-z]+(-[a-z]+)*$'$$,
    'slugs of provinces too');
select results_eq($$select slug::text,
  code::text from data.region where name ~ 'Kediri$' order by code$$,
  $$values ('kabupaten-kediri', '35.06'), ('kota-kediri', '35.71')$$,
      'the two Kediri are told apart');
select is_empty($$select code from data.region where left(code, 2) <> province$$,
    'a region lies in the province of its code');
select results_eq($$select cohort_year from data.region where code in ('33.02', '33.74')
  order by code$$,
  $$values (2019), (2017)$$, 'a disputed year does not count, the first of two does');

select results_eq(
  $$select measure, value from data.published_figure where region = '35.71' and year = 2022
      order by measure collate "C"$$,
  $$values ('baseline', 3.60), ('branding', 2.75), ('economy', 3.5), ('environment', 2.75),
           ('governance', 2.75),
           ('impact', 3.07), ('improvement', 0.25), ('living', 3.33), ('national_rank', 22),
           ('outcome', 3.23),
           ('output', 3.21), ('overall', 3.31), ('provincial_rank', 4), ('quick_win', 3.65),
           ('society', 3.33),
           ('target', 3.4)$$, 'Kota Kediri 2022');
select results_eq(
  $$select q.dimension::text,
    q.title from data.quick_win q join data.dimension d on d.code = q.dimension
    where q.region = '35.71' and q.year = 2022 order by d.ord$$,
  $$values ('governance', 'E-SPTPD'), ('branding', 'Prodamas Plus'),
           ('economy', 'KURNIA (Kredit Usaha Melayani Warga)'),
           ('living', 'Home Care Peduli'), ('society', 'English Massive'),
           ('environment', 'Bank Sampah')$$,
  'the six quick wins of Kota Kediri, one for each dimension');
select isnt_empty($$select
  from pub.found_wins('sampah', null, null, null, null, 'kota-kediri', null)$$,
  'a quick win is found by a word of its title');
select isnt_empty($$select from data.quick_win where region = '36.73'$$,
    'Kota Serang has quick wins');
select is_empty($$select from data.published_figure where region = '36.73'$$,
    'and no published figure');

select * from finish();
rollback;
