-- The stage of an import: what its checks call a fault, the tree they build, who may use it. The
-- words of each fault are tested through the operator's command in tests/cgi/tolok_import.t.
begin;
select plan(50);

-- Words.
select is(act.decimal(t), n, 'decimal ' || t) from (values
  ('0', 0), ('-0.50', -0.50), ('007', 7),
      ('123456789012345678901234567890.5', 123456789012345678901234567890.5),
  ('1234567890123456789012345678901', null), ('', null), ('-', null), ('.5', null), ('5.', null),
      ('1e3', null),
  ('+1', null), (' 1', null), ('1,5', null), ('NaN', null), ('Infinity', null), (E'1\n', null),
      ('١', null)) v (t, n);
select is(act.is_code(t), fine, 'code ' || t) from (values
  ('35.71', true), ('A_z-9', true), (repeat('x', 64), true), (repeat('x', 65), false), ('', false),
      ('.', false),
  ('..', false), ('...', true), ('a b', false), ('é', false), (E'a\n', false)) v (t, fine);
select is(act.one_of(array['a']), 'a', 'one word');
select is(act.one_of(array['a', 'b']), 'a or b', 'two words');
select is(act.one_of(array['a', 'b', 'c']), 'a, b or c', 'three words');
select is(act.shown(E'a\u202e\x1b"'), '"a??""', 'what is quoted can not drive a terminal');
select is(act.shown(repeat('x', 61)), '"' || repeat('x', 60) || '..."', 'nor fill it');
select is(act.plain(1.50), '1.5', 'a number without zeros at its end');

-- Without a stage there is nothing to check or to apply.
select throws_ok($$select * from act.import_check('{}', false, 10)$$, '55000', null,
    'no check without a stage');
select throws_ok($$select * from act.import_apply()$$, '55000', null, 'no import without a stage');

select act.import_begin() is not null as begun \gset
insert into pg_temp.import_criterion values
  (2, 'a', 'root', '1', 'leaf', '', 'other', 'A', 'A'),
  (3, 'root', '', '', 'mean', '0.50', 'index', 'Akar', 'Root'),
  (4, 'a', 'mid', '2.0', 'leaf', '', 'other', 'A', 'A'),
  (5, 'mid', 'root', '1', 'geomean', '', 'other', 'Tengah', 'Middle'),
  (6, 'low', 'mid', '1', 'mean', '', 'other', 'Bawah', 'Low'),
  (7, 'b', 'low', '1', 'leaf', '', 'other', 'B', 'B');
insert into pg_temp.import_setting values
  (1, 'format', 'tolok-round/1'), (2, 'code', 'pgtap'), (3, 'title.id', 'Uji'),
      (3, 'title.en', 'Test'), (4, 'year', '2020'),
  (5, 'simulated', 'true'), (6, 'source', ''), (7, 'method.version', 'pgtap-1'),
      (8, 'method.scale.min', '0'),
  (8, 'method.scale.max', '10'), (9, 'method.rounding', 'half_up'), (10, 'method.rank_on', 'value'),
  (11, 'method.ties', 'dense'), (12, 'method.missing', 'strict'), (13, 'method.min_coverage', '0'),
  (14, 'method.higher_is_better', 'false'), (15, 'method.draws', '0'),
      (16, 'method.weight_spread', '0.10');
insert into pg_temp.import_region values (2, '35.71', '', ''), (3, 'pgtap.X', 'Baru', 'g');
insert into pg_temp.import_mark values
  (2, '35.71', 'a', '5.0', ''), (3, '35.71', 'b', '', 'value'),
      (4, 'pgtap.X', 'a', '', 'not_applicable'),
  (5, 'pgtap.X', 'b', '', 'no_data');
insert into pg_temp.import_official values (2, '35.71', 'mid', '7.10', '', 'letter');

-- The same content has one digest, however its numbers are written; another has another.
select act.import_method_digest() as digest \gset
update pg_temp.import_setting set value = '0.1' where path = 'method.weight_spread';
update pg_temp.import_criterion set weight = '2' where line = 4;
select is(act.import_method_digest(), :'digest', 'one digest for one content');
update pg_temp.import_criterion set name_en = 'Other' where line = 7;
select isnt(act.import_method_digest(), :'digest', 'a changed name is other content');
update pg_temp.import_criterion set name_en = 'B' where line = 7;

select results_eq($$select line, message, total from act.import_check('{}', false, 1)$$,
  $$values (3, 'pgtap.X is not known, and new regions were not asked for', 1::bigint)$$,
      'the one fault of the stage');
drop table pg_temp.import_fault;
delete from pg_temp.import_node;
select is_empty($$select * from act.import_check('{}', true, 10)$$,
    'none when new regions are wanted');
select results_eq('select code, height from pg_temp.import_node order by ord',
  $$values ('a', 0), ('root', 3), ('mid', 2), ('low', 1), ('b', 0)$$,
      'heights are 1 + the highest child');

select results_eq('select * from act.import_apply()',
  $$values ('pgtap', 2::bigint, 1, 5::bigint, 4::bigint, 1::bigint, false, null::integer)$$,
      'what was written');
select results_eq($$select m.region::text, m.criterion::text, m.status, m.value::text
                    from data.mark m join data.round r on r.draft = m.intake where r.code = 'pgtap'
                    order by 1, 2$$,
  $$values ('35.71', 'a', 'value', '5.0'), ('35.71', 'b', 'no_data', null),
           ('pgtap.X', 'a', 'not_applicable', null),
           ('pgtap.X', 'b', 'no_data', null)$$,
           'marks as given; value, not applicable and no data are told apart');
select results_eq($$select p.region::text, p.name,
                    p."group" from data.participant p join data.round r on r.draft = p.intake
                    where r.code = 'pgtap' order by 1$$,
  $$values ('35.71', 'Kota Kediri', ''), ('pgtap.X', 'Baru', 'g')$$,
      'names: ours for a known region');
select results_eq($$select slug::text, name, kind, province::text,
  member from data.region where code = 'pgtap.X'$$,
  $$values ('pgtap.x', 'Baru', null, null, false)$$, 'a new region');
select results_eq($$select e.parent::text, e.child::text, e.weight::text,
                    e.ord from data.criterion_edge e
                    join data.method m on m.id = e.method where m.version = 'pgtap-1'
                    order by e.ord$$,
  $$values ('root', 'a', '1', 1), ('mid', 'a', '2', 3), ('root', 'mid', '1', 4),
      ('mid', 'low', '1', 5), ('low', 'b', '1', 6)$$,
  'edges in file order');
select results_eq($$select year, title, edition, draft,
  regions from act.rounds() where code = 'pgtap'$$,
  $$values (2020, 'Uji', null::integer, true, 2::bigint)$$, 'the operator sees the draft');

-- The operator's role goes through these doors only.
set local role tolok_admin;
select throws_ok('select * from data.mark', '42501', null, 'the role reads no table');
select throws_ok('select * from pg_temp.import_mark', '42501', null, 'not even the stage');
select lives_ok('select * from act.rounds()', 'but the list of rounds');
reset role;
select * from finish();
rollback;
