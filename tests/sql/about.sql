-- Page about: the counts are those of the tables.
begin;
select plan(6);

select results_eq(
  $$select * from json_to_record(doc('about', 'id'))
    as (members bigint, figure_count bigint, win_count bigint, first_year integer,
        last_year integer)$$,
  $$select 50::bigint, (select count(*) from data.published_figure),
      (select count(*) from data.quick_win), 2019, 2024$$,
  'what there is');
select results_eq(
  $$select stated + inferred + weak + conflicting + undated,
    weak from json_to_record(doc('about', 'id'))
    as (stated bigint, inferred bigint, weak bigint, conflicting bigint, undated bigint)$$,
  $$select count(*), count(*) filter (where confidence = 'weak') from data.published_figure$$,
  'each figure has one mark of confidence');
select results_eq(
  $$select sum(r.figures), sum(r.wins) from part('sources') p,
      json_to_record(p) r (figures bigint, wins bigint)$$,
  $$select count(*)::numeric,
      (select count(*)::numeric from data.quick_win) from data.published_figure$$,
  'each figure and quick win is under one source');
select is_empty($$select from part('sources') s where coalesce(s ->> 'source_name', '') = ''$$,
    'sources have names');
select is_empty($$select from part('sources') s where s ->> 'figures' = '0' or s ->> 'wins' = '0'$$,
    'none is not counted');

truncate data.published_figure, data.quick_win cascade;
select act.refresh(true);
select results_eq(
  $$select * from json_to_record(doc('about', 'id'))
    as (figure_count bigint, first_year integer, sources text, simulations boolean)$$,
  'values (0::bigint, null::integer, null::text, true)',
  'a site without figures');

select * from finish();
rollback;
