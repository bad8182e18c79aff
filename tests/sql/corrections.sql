-- Page corrections: what changed between the editions of a round.
begin;
\ir round.psql
select plan(22);

select results_eq($$select of_all, uncorrected, corrections from page.corrections('id', null, null)$$, 'values (true, true, 0::bigint)', 'no correction yet: said');
select is_empty($$select * from page.corrections_changes('id', null, null)$$, 'and none shown');
select results_eq($$select of_round, uncorrected, round_label from page.corrections('id', '2022', null)$$, $$values (true, true, '2022')$$, 'nor of a round');
select is_empty($$select * from page.corrections('id', '1999', null)$$, 'no such round');
select is_empty($$select * from page.corrections('id', '2022', 2)$$, 'no such edition');

-- A round of three; then one mark was wrong, one region was forgotten and one did not belong.
select pg_temp.make_round('t', '{}', array['n mean 0.1', 'x leaf', 'y leaf'], array['n x 1', 'n y 1'],
                          array['35.71 x 3', '35.71 y 3', '35.77 x 2', '35.77 y 2', '36.73 x 1', '36.73 y 1', '35.78 x 2.9', '35.78 y 2.9']);
select act.publish('t');
select pg_temp.make_round('t', '{}', array['n mean 0.1', 'x leaf', 'y leaf'], array['n x 1', 'n y 1'],
                          array['35.71 x 3', '35.71 y 3', '35.77 x 2.5', '35.77 y 5', '36.73 x 1', '36.73 y nd', '35.10 x 1', '35.10 y 1']);
select results_eq($$select n, supersedes from act.publish('t', '  Salah ketik.  ')$$, 'values (2, 1)', 'published again, for a reason');
select is((select reason from data.publication where round = 't' and n = 2), 'Salah ketik.', 'which is kept');

select results_eq($$select name, criterion_name, old_value, new_value, old_label, new_label, entered, left_out from page.corrections_changes('id', 't', null)$$, $$values
  ('35.10', 'n mean 0.1', null, 1.0, '–', '3=', true, false), ('35.77', 'n mean 0.1', 2.0, 3.8, '3', '1', false, false),
  ('35.78', 'n mean 0.1', 2.9, null, '2', '–', false, true), ('35.77', 'x leaf', 2, 2.5, '3', '2', false, false), ('35.77', 'y leaf', 2, 5, '3', '1', false, false),
  ('36.73', 'y leaf', 1, null, '4', '–', false, false), ('35.71', 'n mean 0.1', 3.0, 3.0, '1', '2', false, false), ('36.73', 'n mean 0.1', 1.0, 1.0, '4', '3=', false, false)$$,
  'values and ranks before and after, who came and who went');
select results_eq($$select reason, reasoned, unreasoned, n, old_n, value_count, region_count, moved, joined, gone, change_count from page.corrections_changes('id', 't', null) where opens$$,
                  $$values ('Salah ketik.', true, false, 2, 1, 4::bigint, 2::bigint, 2::bigint, 1::bigint, 1::bigint, 8::bigint)$$, 'counted');
select results_eq($$select count(*) filter (where opens), count(*) filter (where closes), count(*) from page.corrections_changes('id', 't', null)$$, 'values (1::bigint, 1::bigint, 8::bigint)', 'as one table');
select results_eq($$select corrected, simulated, corrections from page.corrections('id', 't', null)$$, 'values (true, true, 1::bigint)', 'a simulated round has its corrections');
select results_eq($$select uncorrected, corrections from page.corrections('id', null, null)$$, 'values (true, 0::bigint)', 'which are not among the real ones');
select results_eq($$select first, one from page.corrections('id', 't', 1)$$, 'values (true, true)', 'the first edition corrects nothing');
select is((select count(*) from pub.change c join pub.publication p on p.id = c.publication
           join pub.result n on n.publication = p.id and n.criterion = c.criterion and n.region = c.region
           join pub.result o on o.publication = p.supersedes and o.criterion = c.criterion and o.region = c.region
           where (c.old_value, c.new_value, c.old_label, c.new_label) is distinct from (o.value, n.value, o.label, n.label)), 0::bigint, 'each is what both editions say');

-- The same again: nothing changed, and nobody said why.
select pg_temp.make_round('t', '{}', array['n mean 0.1', 'x leaf', 'y leaf'], array['n x 1', 'n y 1'],
                          array['35.71 x 3', '35.71 y 3', '35.77 x 2.5', '35.77 y 5', '36.73 x 1', '36.73 y nd', '35.10 x 1', '35.10 y 1']);
update data.intake set method = (select i.method from data.intake i join data.publication p on p.intake = i.id where p.round = 't' and p.n = 2)
where id = (select draft from data.round where code = 't');
select act.publish('t', ' ');
select results_eq($$select unchanged, changed, tabled, unreasoned, other_method, closes from page.corrections_changes('id', 't', 3)$$, 'values (true, false, false, true, false, true)', 'an edition that changes no figure says so');
select results_eq($$select n from page.corrections_changes('id', 't', null) where opens$$, 'values (3), (2)', 'the newest first');
select is((select other_method from page.corrections_changes('id', 't', 2) where opens), true, 'another method is told');

-- Real rounds.
select pg_temp.make_round('u', '{}', array['n leaf'], '{}', array(select format('%s n 1', code) from data.region order by code limit 30));
update data.intake set simulated = false where id = (select draft from data.round where code = 'u');
select throws_like($$select act.publish('u', 'x')$$, '%never published%', 'there is no reason for a first edition');
select act.publish('u');
select pg_temp.make_round('u', '{}', array['n leaf'], '{}', array(select format('%s n %s', code, row_number() over (order by code)) from data.region order by code limit 30));
update data.intake set simulated = false where id = (select draft from data.round where code = 'u');
select throws_like($$select act.publish('u', E'a\u0007b')$$, '%not fit to be shown%', 'a reason without control characters');
select act.publish('u');
select results_eq($$select corrections, uncorrected from page.corrections('id', null, null)$$, 'values (1::bigint, false)', 'a real one is among all');
select results_eq($$select count(*), bool_or(more), count(*) filter (where closes) from page.corrections_changes('id', null, null)$$, 'values (10::bigint, true, 1::bigint)', 'ten of many there');
select is((select count(*) from page.corrections_changes('id', 'u', 2)), 30::bigint, 'all of them on its own page');

select * from finish();
rollback;
