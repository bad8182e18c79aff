-- Page win: a record, its history, and what each may do with it.
begin;
\ir desk.psql
select plan(25);
\ir desk_wins.psql
select pg_temp.make_win('Draf', 'kediri', 'governance', 'draft');
select pg_temp.make_win('Kiriman', 'kediri', 'economy', 'submitted');
select pg_temp.make_win('Terbit', 'kediri', 'governance', 'published');
select pg_temp.make_win('Kembali', 'kediri', 'governance', 'returned');
create function pg_temp.may(title text) returns text language sql as $$
  select concat_ws(' ', case when begins then 'begins' end, case when continues then 'continues' end, case when sends then 'sends' end, case when decides then 'decides' end,
                   case when withdraws then 'withdraws' end) from page.win('id', pg_temp.id_of(title), null, null)
$$;

set session authorization tolok_desk;
select pg_temp.as_person(null);
select is_empty($$select * from page.win('id', pg_temp.id_of('Terbit'), null, null)$$, 'nobody reads here');
select pg_temp.as_person('madiun');
select is_empty(format('select * from page.win(''id'', pg_temp.id_of(%L), null, null)', title), 'not another city''s: ' || title) from unnest(array['Draf', 'Kiriman', 'Terbit', 'Kembali']) title;
select is_empty($$select * from page.win_fields('id', pg_temp.id_of('Terbit'), null, null)$$, 'no field');
select is_empty($$select * from page.win_versions('id', pg_temp.id_of('Terbit'), null, null)$$, 'no history');
select pg_temp.as_person('kediri');
select results_eq($$select pg_temp.may(t) from unnest(array['Draf', 'Kiriman', 'Terbit', 'Kembali']) t$$,
                  $$values ('continues sends withdraws'), ('withdraws'), ('begins withdraws'), ('begins')$$, 'what a city may do');
select results_eq($$select s_returned, reason from page.win('id', pg_temp.id_of('Kembali'), null, null)$$, $$values (true, 'Alasan kantor')$$, 'it reads why');
select pg_temp.as_person('kantor');
select is_empty($$select * from page.win('id', pg_temp.id_of('Draf'), null, null)$$, 'the office reads no draft');
select results_eq($$select pg_temp.may(t) from unnest(array['Kiriman', 'Terbit', 'Kembali']) t$$, $$values ('decides'), ('withdraws'), ('')$$, 'what the office may do');
select results_eq($$select value from page.win_fields('id', pg_temp.id_of('Kiriman'), null, null) where f_title or f_agency$$, $$values ('Kiriman'), ('Dinas Uji')$$, 'it reads the words');
select pg_temp.as_person('asesor');
select is(pg_temp.may('Terbit'), '', 'an assessor decides nothing');
select is_empty($$select * from page.win('id', pg_temp.id_of('Kiriman'), null, null)$$, 'and reads only what is published');
select pg_temp.as_person('kediri-gov');
select is(pg_temp.may('Draf'), 'continues sends withdraws', 'an owner writes for his dimension');
select is_empty($$select * from page.win('id', pg_temp.id_of('Kiriman'), null, null)$$, 'and for no other');

-- Published, and a draft after it.
reset session authorization;
select pg_temp.save('kediri', 'Terbit', '{"title": "Terbit dua"}');
set session authorization tolok_desk;
select pg_temp.as_person('kediri');
select results_eq($$select win, n, s_draft, shown, continues from page.win('id', pg_temp.id_of('Terbit'), null, null)$$, $$values ('Terbit dua', 2, true, true, true)$$, 'a new version, the old one stays public');
select results_eq($$select number, s_draft, s_published, saved_by, was_submitted, reason from page.win_versions('id', pg_temp.id_of('Terbit'), null, null)$$,
                  $$values (2, true, false, 'Uji kediri', false, null), (1, false, true, 'Uji kediri', true, 'Alasan kantor')$$, 'the history');
select pg_temp.as_person('kantor');
select results_eq($$select win, n from page.win('id', pg_temp.id_of('Terbit'), null, null)$$, $$values ('Terbit', 1)$$, 'the office still reads the first one');
select pg_temp.as_person('asesor');
select results_eq($$select number, saved_by from page.win_versions('id', pg_temp.id_of('Terbit'), null, null)$$, $$values (1, null)$$, 'an assessor reads no names');

-- What was not done.
select pg_temp.as_person('kantor');
select results_eq($$select has_faults, fault_return, fault_publish, is_missing, seen from page.win('id', pg_temp.id_of('Kiriman'), '{"reason": "", "seen": "2"}', '{"outcome": "invalid", "faults": {"reason": "missing"}}')$$,
                  $$values (true, true, false, true, 2)$$, 'a return without a reason');
select results_eq($$select fault_publish, is_long, note from page.win('id', pg_temp.id_of('Kiriman'), '{"note": "x"}', '{"outcome": "invalid", "faults": {"reason": "long"}}')$$, $$values (true, true, 'x')$$, 'a note too long');
select results_eq($$select fault_withdraw, withdraw_reason from page.win('id', pg_temp.id_of('Terbit'), '{"why": ""}', '{"outcome": "invalid", "faults": {"reason": "missing"}}')$$, $$values (true, '')$$, 'a withdrawal without one');
select is((select in_conflict and not wrong_state from page.win('id', pg_temp.id_of('Kiriman'), '{"reason": "x"}', '{"outcome": "conflict"}')), true, 'somebody changed it meanwhile');
select is((select wrong_state from page.win('id', pg_temp.id_of('Kiriman'), '{"reason": "x"}', '{"outcome": "state"}')), true, 'it was decided meanwhile');
reset session authorization;
select * from finish();
rollback;
