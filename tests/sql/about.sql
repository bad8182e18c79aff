-- Page about: the counts are those of the tables.
begin;
select plan(5);

select results_eq('select members, figure_count, win_count, first_year, last_year from page.about(''id'')',
                  $$select 50::bigint, (select count(*) from data.published_figure), (select count(*) from data.quick_win), 2019, 2024$$, 'what there is');
select is((select stated + inferred + weak + conflicting + undated from page.about('id')), (select figure_count from page.about('id')),
          'each figure has one mark of confidence');
select is((select weak from page.about('id')), (select count(*) from data.published_figure where confidence = 'weak'), 'counted by mark');
select results_eq('select sum(figures), sum(wins) from page.about_sources(''id'')',
                  'select figure_count::numeric, win_count::numeric from page.about(''id'')', 'each figure and quick win is under one source');
select ok((select bool_and(has_both = (has_figures_here and has_wins_here)) and bool_and(source_name <> '') from page.about_sources('id')), 'sources have names');

select * from finish();
rollback;
