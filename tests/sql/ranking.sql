-- Page ranking: the real rounds, and small rounds made here for what the real ones do not have.
begin;
\ir round.psql
select plan(58);

create function pg_temp.listed(round text, measure text default null, sorted text default 'peringkat', in_group text default null,
                               province text default null, kind text default null, island text default null, edition integer default null)
returns table (slug text, label text) language sql as $$
  select slug, label from page.ranking_rows('id', round, measure, in_group, province, kind, island, sorted, edition)
$$;

-- The address.
select results_eq($$select status, location from page.ranking('id', null, null, null, null, null, null, 'peringkat', null)$$,
                  $$values (302, '/peringkat/2024')$$, 'without a round: on to the newest real one');
select is_empty($$select * from page.ranking('id', '1999', null, null, null, null, null, 'peringkat', null)$$, 'no such round');
select is_empty($$select * from page.ranking('id', '2024', 'nothing', null, null, null, null, 'peringkat', null)$$, 'no such criterion');
select is_empty($$select * from page.ranking('id', '2024', null, null, null, null, null, 'peringkat', 99)$$, 'no such edition');

-- A real round that is not complete.
select results_eq($$select status, part, criterion, incomplete, complete, participants, ranked, unranked, lowest, highest, simulated
                    from page.ranking('id', '2024', null, null, null, null, null, 'peringkat', null)$$,
                  $$values (null::integer, false, 'index', true, false, 57::bigint, 19::bigint, 38::bigint, 2.04, 3.93, false)$$,
                  'head of 2024: an order among those that have a figure');
select results_eq($$select count(*), count(*) filter (where first_of_group), count(*) filter (where last_of_group)
                    from page.ranking_rows('id', '2024', null, null, null, null, null, 'peringkat', null)$$,
                  'values (19::bigint, 2::bigint, 2::bigint)', 'a table for each group');
select results_eq($$select group_name, slug, label, group_of from page.ranking_rows('id', '2024', null, null, null, null, null, 'peringkat', null) where first_of_group$$,
                  $$values ('umum', 'kota-bandung', '1', 9), ('kohort 2023', 'kota-blitar', '1', 10)$$, 'the larger group first, each with its own first place');
select is((select count(*) from page.ranking_missing('id', '2024', null, null, null, null, null, 'peringkat', null)), 38::bigint, 'who has no figure is listed apart');
select is_empty($$select slug from page.ranking_missing('id', '2024', null, null, null, null, null, 'peringkat', null)
                  intersect select slug from pg_temp.listed('2024')$$, 'and never ranked');
select results_eq($$select official.shown, official.differs, official.computed_shown
                    from page.ranking_rows('id', '2022', null, null, null, null, null, 'peringkat', null) official where slug = 'kota-kediri'$$,
                  'values (3.31, true, 3.315)', 'official and computed figure where they differ');
select is((select count(*) from page.ranking_rows('id', '2024', null, null, null, null, null, 'peringkat', null) where not linked), 0::bigint,
          'each official figure links its source');
select is((select bool_or(intervals) from page.ranking_rows('id', '2024', null, null, null, null, null, 'peringkat', null)), false,
          'no interval where not every ranked region of the group has one');

-- The ministry's own ranks.
select results_eq($$select ministry_rank, ministry_group, ministry_of, in_nation, uncounted
                    from page.ranking_rows('id', '2024', null, null, null, null, null, 'peringkat', null)
                    where slug in ('kota-madiun', 'kabupaten-batanghari') order by slug desc$$,
                  $$values (3::numeric, 'reguler', null::integer, true, true), (8, 'kohort 2023', 50, false, false)$$,
                  'with group and denominator as far as the source tells them');
select is((select ministry_unknown from page.ranking_rows('id', '2024', null, null, null, null, null, 'peringkat', null) where slug = 'kota-makassar'), true,
          'or that it tells none');
select is((select ministry from page.ranking('id', '2024', 'outcome', null, null, null, null, 'peringkat', null)), false, 'only beside the final score');

-- Changes.
select results_eq($$select change, better, worse, rose from page.ranking_rows('id', '2024', null, null, null, null, null, 'peringkat', null) where slug = 'kota-makassar'$$,
                  'values (0.50, true, false, true)', 'the change since the round before');
select is((select fresh from page.ranking_rows('id', '2024', null, null, null, null, null, 'peringkat', null) where slug = 'kota-jambi'), true, 'or nothing to compare with');
select results_eq($$select compared, previous_label, method_differs from page.ranking('id', '2021', null, null, null, null, null, 'peringkat', null)$$,
                  'values (false, null::text, true)', 'another method is not compared');

-- Filters and order.
select results_eq($$select f.label from pg_temp.listed('2024', province => 'jambi') f order by 1$$,
                  $$select a.label from pg_temp.listed('2024') a
                    join data.region r on r.slug = a.slug and r.province = '15' order by 1$$, 'a filter changes no rank');
select is((select count(*) from pg_temp.listed('2024', kind => 'kota')), 8::bigint, 'filter by kind');
select is((select count(*) from pg_temp.listed('2024', in_group => 'kohort 2023')), 10::bigint, 'filter by group');
select results_eq($$select slug from pg_temp.listed('2024', island => 'kalimantan', sorted => 'nama')$$, $$values ('kota-banjarmasin'), ('kabupaten-hulu-sungai-selatan')$$, 'filter by island group');
select is((select sum(n) from (select count(*) as n from pub.island i cross join lateral pg_temp.listed('2024', island => i.code)) every), 19::numeric,
          'every region is in one island group');
select is_empty($$select * from pg_temp.listed('2024', island => 'atlantis')$$, 'an island group that there is not has nobody');
select is((select count(*) from page.ranking_missing('id', '2024', null, null, null, null, 'papua', 'peringkat', null)), 0::bigint, 'and hides who has no figure');
select results_eq($$select matching, filtered, unfiltered from page.ranking('id', '2024', null, null, null, null, 'sumatera', 'peringkat', null)$$,
                  $$select count(*), true, false from pub.entrant e join pub.publication p on p.id = e.publication and p.round = '2024' and p.current
                    where e.province < '3'$$, 'how many pass it');
select results_eq($$select matching, some_match, nothing_matches, filtered from page.ranking('id', '2024', null, null, 'papua', null, null, 'peringkat', null)$$,
                  'values (0::bigint, false, true, true)', 'a filter that nobody passes');
select is((select slug from pg_temp.listed('2024', sorted => 'nama') limit 1), 'kota-ambon', 'by name, without the kind');
select is((select slug from pg_temp.listed('2024', sorted => 'perubahan') limit 1), 'kota-makassar', 'by change, the largest rise first');
select is((select slug from pg_temp.listed('2024', sorted => 'nilai') limit 1), 'kota-bandung', 'by value');
select is((select slug from pg_temp.listed('2024', sorted => 'provinsi') limit 1), 'kota-jambi', 'by province');

-- Menus.
select results_eq($$select href, here from page.ranking_rounds('id', '2024', 'outcome', null, 'jambi', null, 'sumatera', 'nama', null) where label in ('2019', '2024')$$,
                  $$values ('/peringkat/2019?provinsi=jambi&pulau=sumatera&urut=nama', false), ('/peringkat/2024?ukuran=outcome&provinsi=jambi&pulau=sumatera&urut=nama', true)$$,
                  'another round keeps the page, and the criterion where it has it');
select is((select "empty" from page.ranking_rounds('id', '2022', 'governance', null, null, null, null, 'peringkat', null) where label = '2024'), true,
          'a round without a value of the criterion says so');
select results_eq($$select code from page.ranking_measures('id', '2024', null, null, null, null, null, 'peringkat', null)$$,
                  $$values ('index'), ('baseline'), ('output'), ('outcome'), ('impact'), ('quick_win')$$, 'criteria that have a value');
select is((select count(*) filter (where chosen) from page.ranking_measures('id', '2024', 'governance', null, null, null, null, 'peringkat', null)), 1::bigint,
          'and the one that was asked for');
select results_eq($$select none_ranked, ranked from page.ranking('id', '2024', 'governance', null, null, null, null, 'peringkat', null)$$,
                  'values (true, 0::bigint)', 'a criterion without any value is a page, not a fault');

-- A small round: ties, zero, not applicable, another scale, intervals, a root without a name for its kind.
select pg_temp.make_round('t', '{"draws": 20}', array['n mean 0.1', 'x leaf', 'y leaf'], array['n x 1', 'n y 1'],
                          '{Q.A x 8,Q.A y 6,Q.B x 6,Q.B y 8,Q.C x 0,Q.C y 0,Q.D x na,Q.D y na,Q.E x nd}');
select lives_ok($$select act.publish('t')$$, 'a round is published');
select results_eq($$select name, label, shown, bar from page.ranking_rows('id', 't', null, null, null, null, null, 'peringkat', null)$$,
                  $$values ('Q.A', '1=', 7.0, '70.00%'), ('Q.B', '1=', 7.0, '70.00%'), ('Q.C', '3', 0.0, '3')$$, 'ties, and zero as a value');
select results_eq($$select name, unknown, excluded from page.ranking_missing('id', 't', null, null, null, null, null, 'peringkat', null)$$,
                  $$values ('Q.D', false, true), ('Q.E', true, false)$$, 'not applicable is not no data');
select is((select bool_and(intervals and rank_from = floor(rank_from) and rank_to = ceil(rank_to) and rank_from <= rank_to)
           from page.ranking_rows('id', 't', null, null, null, null, null, 'peringkat', null)), true, 'intervals in whole ranks');
select results_eq($$select complete, simulated, ministry, has_sources, has_provinces, has_kinds, several_groups
                    from page.ranking('id', 't', null, null, null, null, null, 'peringkat', null)$$,
                  'values (true, true, false, false, false, false, false)', 'regions without province and kind, figures without a source');

-- Official figures without a source, groups, and an older edition.
select pg_temp.make_round('t', '{"draws": 20}', array['n mean 0.1', 'x leaf', 'y leaf'], array['n x 1', 'n y 1'],
                          '{Q.A x 8,Q.A y 6,Q.B x 6,Q.B y 8,Q.C x 0,Q.C y 0}', '{Q.C n 9.25,Q.F n 5}', '{Q.C h,Q.F h}');
select lives_ok($$select act.publish('t')$$, 'published');
select results_eq($$select name, label, group_of, shown, differs, computed_shown, intervals
                    from page.ranking_rows('id', 't', null, null, null, null, null, 'peringkat', null)$$,
                  $$values ('Q.A', '1=', 2, 7.0, null, 7.0, true), ('Q.B', '1=', 2, 7.0, null, 7.0, true),
                           ('Q.C', '1', 2, 9.25, true, 0.0, false), ('Q.F', '2', 2, 5.0, null, null, false)$$,
                  'groups are tables of their own; an interval is shown where the whole group has one');
select results_eq($$select edition, old_edition, several_groups from page.ranking('id', 't', null, null, null, null, null, 'peringkat', 1)$$,
                  'values (1, true, false)', 'an older edition says that it is one');
select is((select count(*) from pg_temp.listed('t', edition => 1)), 3::bigint, 'and shows what it had');

-- The smaller value wins.
select pg_temp.make_round('t', '{"higher_is_better": false}', array['x leaf'], '{}', '{Q.A x 8,Q.B x 6}');
select lives_ok($$select act.publish('t')$$, 'published');
select results_eq($$select name, label from page.ranking_rows('id', 't', null, null, null, null, null, 'peringkat', null)$$,
                  $$values ('Q.B', '1'), ('Q.A', '2')$$, 'a root that is a leaf, and the smaller value first');
select results_eq($$select count(*), count(*) filter (where listed), count(*) filter (where others)
                    from page.ranking_dots('id', '2024', null, 'kohort 2023', null, null, null, 'peringkat', null)$$,
                  'values (19::bigint, 10::bigint, 9::bigint)', 'the picture has all values, and knows which a filter hides');
select results_eq($$select count(*), count(previous), bool_and(listed), min(value), max(value) from page.ranking_dots('id', '2024', null, null, null, null, null, 'peringkat', null)$$,
                  'values (19::bigint, 6::bigint, true, 2.04, 3.93)', 'each with the value of the round before, where that may be compared');
select is((select count(previous) from page.ranking_dots('id', '2021', null, null, null, null, null, 'peringkat', null)), 0::bigint, 'and none of a round with another method');
select results_eq($$select paired, rose, fell, same from page.ranking('id', '2024', null, null, null, null, null, 'peringkat', null)$$,
                  'values (6::bigint, 6::bigint, 0::bigint, 0::bigint)', 'how many rose');
select results_eq($$select paired, rose + fell + same from page.ranking('id', 'simulasi', null, null, null, null, null, 'peringkat', null)$$,
                  'values (47::bigint, 47::bigint)', 'and fell, and stayed');
select results_eq($$select bool_or(known_change), coalesce(bool_or(better), false), coalesce(bool_or(worse), false), bool_and(fresh), count(previous)
                    from page.ranking_rows('id', 'simulasi-2', null, null, null, null, null, 'perubahan', null)$$,
                  'values (false, false, false, true, 0::bigint)', 'no row of a round whose method changed has a change');
select results_eq($$select group_name from page.ranking_groups('id', '2024', null, 'umum', null, null, null, 'peringkat', null)$$,
                  $$values ('umum'), ('kohort 2023')$$, 'the groups to choose from');
select is((select count(*) from page.ranking_places('id', '2024', null, null, 'jambi', null, null, 'peringkat', null) where chosen and is_province), 1::bigint,
          'the provinces too');
select results_eq($$select name, chosen from page.ranking_places('en', '2024', null, null, null, null, 'jawa', 'peringkat', null) where is_island$$,
                  $$values ('Sumatra', false), ('Java', true), ('Bali and Nusa Tenggara', false), ('Kalimantan', false), ('Sulawesi', false), ('Maluku', false)$$,
                  'and the island groups that take part, from west to east');

-- An official figure can move a region out of the interval that its components give it.
select pg_temp.make_round('v', '{"draws": 7}', array['i mean', 'a leaf', 'b leaf'], array['i a 1', 'i b 1'],
                          '{Q.A a 4,Q.A b 4,Q.B a 3,Q.B b 3}', '{Q.A i 1}');
select is((select n from act.publish('v')), 1, 'published');
select results_eq($$select name, label, rank_from, rank_to, spread from page.ranking_rows('id', 'v', null, null, null, null, null, 'peringkat', null)$$,
                  $$values ('Q.B', '1', 2::numeric, 2::numeric, true), ('Q.A', '2', 1, 1, true)$$,
                  'then the interval is shown, although it is one rank wide');

select * from finish();
rollback;
