-- Page ranking: the real rounds, and small rounds made here for what the real ones do not have.
begin;
\ir round.psql
select plan(65);

-- The document of an address, or the elements of one of its lists.
create function pg_temp.asked(path text, round text, measure text default null,
  sorted text default 'peringkat', in_group text default null, province text default null,
  kind text default null, island text default null, edition integer default null,
  lang text default 'id', size text default null, words text default null,
  mine text default null)
returns setof json language plpgsql as $$
declare
  document json := doc('ranking', lang, round, measure, in_group, province, kind, island, size,
                       words, sorted, edition::text, mine);
begin
  if path is not null and document is not null then
    return query select part(path);
  elsif document is not null then
    return next document;
  end if;
end $$;

create function pg_temp.listed(round text, measure text default null,
  sorted text default 'peringkat', in_group text default null, province text default null,
  kind text default null, island text default null, edition integer default null)
returns table (slug text, label text) language sql as $$
  select r.* from pg_temp.asked('tables.rows', round, measure, sorted, in_group, province, kind,
                                island, edition) p, json_to_record(p) r (slug text, label text)
$$;

-- The address.
select is(pg_temp.asked('http', null) ->> 'location', '/peringkat/2024',
          'without a round: on to the newest real one');
select is_empty($$select pg_temp.asked(null, '1999')$$, 'no such round');
select is_empty($$select pg_temp.asked(null, '2024', 'nothing')$$, 'no such criterion');
select is_empty($$select pg_temp.asked(null, '2024', edition => 99)$$, 'no such edition');

-- A real round that is not complete.
select results_eq(
  $$select r.* from pg_temp.asked(null, '2024') p, json_to_record(p) r
    (http text, part boolean, criterion text, complete boolean, participants integer,
     ranked integer,
     unranked integer, lowest numeric, highest numeric, simulated boolean)$$,
  $$values (null::text, false, 'index', false, 57, 19, 38, 2.04, 3.93, false)$$,
  'head of 2024: an order among those that have a figure');
select results_eq(
  $$select r.*, json_array_length(p -> 'rows') from pg_temp.asked('tables', '2024') p,
    json_to_record(p) r (group_name text, group_of integer, intervals boolean)$$,
  $$values ('umum', 9, false, 9), ('kohort 2023', 10, false, 10)$$,
  'a table for each group, the larger one first');
select results_eq(
  $$select p #>> '{rows,0,slug}', p #>> '{rows,0,label}' from pg_temp.asked('tables', '2024') p$$,
  $$values ('kota-bandung', '1'), ('kota-blitar', '1')$$, 'each with its own first place');
select is((select count(*) from pg_temp.asked('missing', '2024')), 38::bigint,
          'who has no figure is listed apart');
select is_empty($$select p ->> 'slug' from pg_temp.asked('missing', '2024') p
                  intersect select slug from pg_temp.listed('2024')$$, 'and never ranked');
select results_eq(
  $$select r.shown, r.computed_shown from pg_temp.asked('tables.rows', '2022') p,
    json_to_record(p) r
    (slug text, shown numeric, computed numeric, computed_shown numeric)
    where slug = 'kota-kediri' and computed is not null$$,
  'values (3.31, 3.315)', 'official and computed figure where they differ');
select is_empty(
  $$select from pg_temp.asked('tables.rows', '2024') p where p ->> 'source_url' is null$$,
  'each official figure links its source');

-- The ministry's own ranks.
select results_eq(
  $$select r.ministry_rank, r.ministry_group, r.ministry_of, r.scope_word
    from pg_temp.asked('tables.rows', '2024') p, json_to_record(p) r
    (slug text, ministry_rank numeric, ministry_group text, ministry_of integer, scope_word text)
    where slug in ('kota-madiun', 'kabupaten-batanghari') order by slug desc$$,
  $$values (3::numeric, 'peserta reguler', null::integer, 'national'),
           (8, 'peserta angkatan 2023', 50, 'group')$$,
  'with group and denominator as far as the source tells them');
select is((select p ->> 'ministry_rank' from pg_temp.asked('tables.rows', '2024') p
           where p ->> 'slug' = 'kota-makassar'), null, 'or that it tells none');
select is(pg_temp.asked(null, '2024', 'outcome') ->> 'ministry', 'false',
          'only beside the final score');

-- Changes.
select results_eq(
  $$select r.change, r.moved_word, r.grade_word from pg_temp.asked('tables.rows', '2024') p,
    json_to_record(p) r (slug text, change numeric, moved_word text, grade_word text)
    where slug in ('kota-makassar', 'kota-jambi') order by slug desc$$,
  $$values (0.50, 'rose', 'better'), (null, null, null)$$,
  'the change since the round before, or nothing to compare with');
select results_eq(
  $$select r.* from pg_temp.asked(null, '2021') p, json_to_record(p) r
    (previous_label text, method_differs boolean)$$,
  'values (null::text, true)', 'another method is not compared');

-- Filters and order.
select results_eq($$select f.label from pg_temp.listed('2024', province => 'jambi') f order by 1$$,
                  $$select a.label from pg_temp.listed('2024') a
                    join data.region r on r.slug = a.slug and r.province = '15' order by 1$$,
                  'a filter changes no rank');
select is((select count(*) from pg_temp.listed('2024', kind => 'kota')), 8::bigint,
          'filter by kind');
select is((select count(*) from pg_temp.listed('2024', in_group => 'kohort 2023')), 10::bigint,
          'filter by group');
select results_eq(
  $$select slug from pg_temp.listed('2024', island => 'kalimantan', sorted => 'nama')$$,
  $$values ('kota-banjarmasin'), ('kabupaten-hulu-sungai-selatan')$$, 'filter by island group');
select is((select sum(n) from (
             select count(*) as n
             from pub.island i cross join lateral pg_temp.listed('2024', island => i.code)) every),
          19::numeric, 'every region is in one island group');
select is_empty($$select * from pg_temp.listed('2024', island => 'atlantis')$$,
                'an island group that there is not has nobody');
select is_empty($$select pg_temp.asked('missing', '2024', island => 'papua')$$,
                'and hides who has no figure');
select results_eq(
  $$select r.* from pg_temp.asked(null, '2024', island => 'sumatera') p, json_to_record(p) r
    (matching bigint, filtered boolean)$$,
  $$select count(*), true from pub.entrant e
    join pub.publication p on p.id = e.publication and p.round = '2024' and p.current
    where e.province < '3'$$, 'how many pass it');
select results_eq(
  $$select r.* from pg_temp.asked(null, '2024', province => 'papua') p, json_to_record(p) r
    (matching bigint, filtered boolean, tables text)$$,
  'values (null::bigint, true, null::text)', 'a filter that nobody passes');
select is((select slug from pg_temp.listed('2024', sorted => 'nama') limit 1), 'kota-ambon',
          'by name, without the kind');
select is((select slug from pg_temp.listed('2024', sorted => 'perubahan') limit 1), 'kota-makassar',
          'by change, the largest rise first');
select is((select slug from pg_temp.listed('2024', sorted => 'nilai') limit 1), 'kota-bandung',
          'by value');
select is((select slug from pg_temp.listed('2024', sorted => 'provinsi') limit 1), 'kota-jambi',
          'by province');

-- Menus.
select results_eq(
  $$select r.href, r.here from pg_temp.asked('rounds', '2024', 'outcome', 'nama',
      province => 'jambi', island => 'sumatera') p, json_to_record(p) r
    (href text, label text, here boolean) where label in ('2019', '2024')$$,
  $$values ('/peringkat/2019?provinsi=jambi&pulau=sumatera&urut=nama', false),
           ('/peringkat/2024?ukuran=outcome&provinsi=jambi&pulau=sumatera&urut=nama', true)$$,
  'another round keeps the page, and the criterion where it has it');
select is((select p ->> 'empty' from pg_temp.asked('rounds', '2022', 'governance') p
           where p ->> 'label' = '2024'), 'true',
          'a round without a value of the criterion says so');
select results_eq(
  $$select p ->> 'code' from pg_temp.asked('kinds.measures', '2024') p$$,
  $$values ('index'), ('baseline'), ('output'), ('outcome'), ('impact'), ('quick_win')$$,
  'criteria that have a value');
select results_eq($$select p ->> 'kind_word' from pg_temp.asked('kinds', '2024') p$$,
                  $$values ('index'), ('component')$$, 'by what they are');
select is((select count(*) from pg_temp.asked('kinds.measures', '2024', 'governance') p
           where p ->> 'chosen' = 'true'), 1::bigint, 'and the one that was asked for');
select results_eq(
  $$select r.* from pg_temp.asked(null, '2024', 'governance') p, json_to_record(p) r
    (ranked integer, lowest numeric)$$,
  'values (0, null::numeric)', 'a criterion without any value is a page, not a fault');

-- A small round: ties, zero, not applicable, another scale, intervals, a root without a name for
-- its kind.
select pg_temp.make_round('t', '{"draws": 20}', array['n mean 0.1', 'x leaf', 'y leaf'],
                          array['n x 1', 'n y 1'],
                          '{Q.A x 8,Q.A y 6,Q.B x 6,Q.B y 8,Q.C x 0,Q.C y 0,Q.D x na,Q.D y na,Q.E '
                              'x nd}');
select lives_ok($$select act.publish('t')$$, 'a round is published');
select results_eq(
  $$select r.* from pg_temp.asked('tables.rows', 't') p, json_to_record(p) r
    (name text, label text, shown numeric)$$,
  $$values ('Q.A', '1=', 7.0), ('Q.B', '1=', 7.0), ('Q.C', '3', 0.0)$$,
  'ties, and zero as a value');
select results_eq(
  $$select r.* from pg_temp.asked('missing', 't') p, json_to_record(p) r
    (name text, excluded boolean)$$,
  $$values ('Q.D', true), ('Q.E', false)$$, 'not applicable is not no data');
select results_eq(
  $$select r.* from pg_temp.asked(null, 't') p, json_to_record(p) r
    (complete boolean, simulated boolean, ministry boolean, sources boolean, provinces text,
     both_kinds boolean, groups text)$$,
  'values (true, true, false, false, null::text, false, null::text)',
  'regions without province and kind, figures without a source');

-- Official figures without a source, groups, and an older edition.
select pg_temp.make_round('t', '{"draws": 20}', array['n mean 0.1', 'x leaf', 'y leaf'],
                          array['n x 1', 'n y 1'],
                          '{Q.A x 8,Q.A y 6,Q.B x 6,Q.B y 8,Q.C x 0,Q.C y 0}',
                          '{Q.C n 9.25,Q.F n 5}', '{Q.C h,Q.F h}');
select lives_ok($$select act.publish('t', 'Salah.')$$, 'published');
select results_eq(
  $$select r.* from pg_temp.asked('tables.rows', 't') p, json_to_record(p) r
    (name text, label text, shown numeric, computed numeric, computed_shown numeric)$$,
  $$values ('Q.A', '1=', 7.0, null, 7.0), ('Q.B', '1=', 7.0, null, 7.0),
           ('Q.C', '1', 9.25, 0.0, 0.0), ('Q.F', '2', 5.0, null, null)$$,
  'groups are tables of their own');
select results_eq(
  $$select r.* from pg_temp.asked('tables', 't') p, json_to_record(p) r
    (group_name text, group_of integer, intervals boolean)$$,
  $$values ('g', 2, false), ('h', 2, false)$$,
  'an interval of few says nothing');
select results_eq(
  $$select r.* from pg_temp.asked('tables', 'simulasi') p, json_to_record(p) r
    (group_name text, group_of integer, intervals boolean)$$,
  $$values (null::text, 50, true)$$,
  'it is shown where a whole group has one');
select results_eq(
  $$select r.* from pg_temp.asked(null, 't', edition => 1) p, json_to_record(p) r
    (edition integer, groups text)$$,
  'values (1, null::text)', 'an older edition says that it is one');
select is((select count(*) from pg_temp.listed('t', edition => 1)), 3::bigint,
          'and shows what it had');

-- The smaller value wins.
select pg_temp.make_round('t', '{"higher_is_better": false}', array['x leaf'], '{}',
                          '{Q.A x 8,Q.B x 6}');
select lives_ok($$select act.publish('t', 'Salah.')$$, 'published');
select results_eq($$select slug is not null, label from pg_temp.listed('t')$$,
                  $$values (true, '1'), (true, '2')$$, 'a root that is a leaf');
select is(pg_temp.asked(null, 't') #>> '{tables,0,rows,0,name}', 'Q.B', 'the smaller value first');
select results_eq(
  $$select count(*), count(*) filter (where p ->> 'listed' = 'true')
    from pg_temp.asked('dots', '2024', in_group => 'kohort 2023') p$$,
  'values (19::bigint, 10::bigint)',
  'the picture has all values, and knows which a filter hides');
select results_eq(
  $$select count(*), count(r.previous), bool_and(r.listed), min(r.value), max(r.value)
    from pg_temp.asked('dots', '2024') p, json_to_record(p) r
    (previous numeric, listed boolean, value numeric)$$,
  'values (19::bigint, 6::bigint, true, 2.04, 3.93)',
  'each with the value of the round before, where that may be compared');
select is((select count(p ->> 'previous') from pg_temp.asked('dots', '2021') p), 0::bigint,
          'and none of a round with another method');
select results_eq(
  $$select r.* from pg_temp.asked(null, '2024') p, json_to_record(p) r
    (paired integer, rose integer, fell integer, same integer)$$,
  'values (6, 6, 0, 0)', 'how many rose');
select results_eq(
  $$select r.paired, r.rose + r.fell + r.same from pg_temp.asked(null, 'simulasi') p,
    json_to_record(p) r (paired integer, rose integer, fell integer, same integer)$$,
  'values (47, 47)', 'and fell, and stayed');
select is_empty(
  $$select from pg_temp.asked('tables.rows', 'simulasi-2', null, 'perubahan') p
    where coalesce(p ->> 'change', p ->> 'previous', p ->> 'grade_word') is not null$$,
  'no row of a round whose method changed has a change');
select results_eq($$select p ->> 'group_name' from pg_temp.asked('groups', '2024') p$$,
                  $$values ('umum'), ('kohort 2023')$$, 'the groups to choose from');
select is((select count(*) from pg_temp.asked('provinces', '2024', province => 'jambi') p
           where p ->> 'chosen' = 'true'), 1::bigint, 'the provinces too');
select results_eq(
  $$select p ->> 'name', coalesce((p ->> 'chosen')::boolean, false)
    from pg_temp.asked('islands', '2024', island => 'jawa', lang => 'en') p$$,
  $$values ('Sumatra', false), ('Java', true), ('Bali and Nusa Tenggara', false),
           ('Kalimantan', false), ('Sulawesi', false), ('Maluku', false)$$,
  'and the island groups that take part, from west to east');

-- By name and by number of inhabitants, and the visitor's own region.
select is((select count(*) from pg_temp.asked('tables.rows', '2024', words => 'kab. Ban barat')),
          1::bigint, 'every word of a name has to fit, however it is written');
select is((select count(*) from pg_temp.asked('tables.rows', '2024', words => '%')), 19::bigint,
          'what is no word leaves everybody');
select is_empty(
  $$select from pg_temp.asked('tables.rows', '2024', size => 'besar') p
    join pub.region r on r.slug = p ->> 'slug' where r.population not between 500000 and 999999$$,
  'those of a size');
select results_eq(
  $$select sum(n) from (
      select (select count(*) from pg_temp.asked('tables.rows', '2024', size => s)) as n
      from unnest('{kecil,sedang,besar,raya}'::text[]) s) x$$,
  'values (19::numeric)', 'each region has one size');
select results_eq(
  $$select (select d #>> '{mine,mine_word}'), (select count(*) from part('tables.rows') p
           where p ->> 'marked' = 'true'), (select count(*) from part('dots') p
           where p ->> 'marked' = 'true')
    from pg_temp.asked(null, '2024', mine => 'kota-madiun') d$$,
  $$values ('valued', 1::bigint, 1::bigint)$$, 'the own region is marked in table and picture');
select results_eq(
  $$select (select d #>> '{mine,mine_word}'), (select count(*) from part('missing') p
           where p ->> 'marked' = 'true')
    from pg_temp.asked(null, '2024', mine => 'kota-serang') d$$,
  $$values ('empty', 1::bigint)$$, 'or among those without a value');

-- An official figure can move a region out of the interval that its components give it.
select pg_temp.make_round('v', '{"draws": 7}', array['i mean', 'a leaf', 'b leaf'],
                          array['i a 1', 'i b 1'], '{Q.A a 4,Q.A b 4,Q.B a 3,Q.B b 3}',
                          '{Q.A i 1}');
select is((select n from act.publish('v')), 1, 'published');
select results_eq(
  $$select r.* from pg_temp.asked('tables.rows', 'v') p, json_to_record(p) r
    (name text, label text, rank_from numeric, rank_to numeric)$$,
  $$values ('Q.B', '1', 2::numeric, 2::numeric), ('Q.A', '2', 1, 1)$$,
  'then the interval is shown, although it is one rank wide');

select * from finish();
rollback;
