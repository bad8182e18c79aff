-- Page winedit: the form with what is stored or sent, what is wrong with it, and both versions after a conflict.
begin;
\ir desk.psql
select plan(31);
\ir desk_wins.psql
select pg_temp.make_win('Draf', 'kediri', 'governance', 'draft');
select pg_temp.make_win('Kiriman', 'kediri', 'economy', 'submitted');
select pg_temp.make_win('Terbit', 'kediri', 'governance', 'published');
select pg_temp.make_win('Kembali', 'kediri', 'governance', 'returned');

-- What a form in Indonesian means.
select is(pg_temp.save('kediri', 'Draf', '{"cost": "Rp 1.500.000,50", "figure_before": "-2,5", "figure_after": "1.250", "links": " https://a.id \r\nhttps://b.id ",
  "problem": "satu\r\n\r\ndua\r\n", "started": "2026-02-28"}'), 'done', 'numbers, lines and links as people write them');
select results_eq($$select cost, figure_before, figure_after, links::text, problem::text, started from data.win_version where win = pg_temp.id_of('Draf')$$,
                  $$values (1500000.50, -2.5, 1250::numeric, '{https://a.id,https://b.id}', E'satu\n\ndua', date '2026-02-28')$$, 'are stored as what they mean');
select is(pub.meant('en', 'number', '1,250.5') #>> '{}', '1250.5', 'in English');
select is(pub.meant('id', 'number', '12,5 %') #>> '{}', '12.5', 'a share');
select is(pub.meant('id', 'number', '1.25') #>> '{}', '1.25', 'what only a machine writes stays');
select is(pg_temp.save('kediri', 'Draf', '{"cost": "banyak"}'), 'invalid {"cost": "number"}', 'what is no number is told');
select is(pg_temp.save('kediri', 'Draf', '{"links": "https://a.id javascript:alert(1)"}'), 'invalid {"links": "link"}', 'what is no link is told');
select is(pg_temp.save('kediri', 'Draf', '{"title": "Ganti", "keep_title": "theirs", "lesson": "Baru", "keep_lesson": "mine"}'), 'done', 'after a conflict');
select results_eq($$select title::text, lesson::text from data.win_version where win = pg_temp.id_of('Draf')$$, $$values ('Draf', 'Baru')$$, 'each value is kept as was chosen');
select is(pg_temp.save('kediri', 'Draf', '{"cost": "", "links": ""}'), 'done', 'emptied');
select results_eq($$select cost, links::text from data.win_version where win = pg_temp.id_of('Draf')$$, $$values (null::numeric, '{}')$$, 'is empty');
select pg_temp.save('kediri', 'Draf', '{"cost": "1500000,5", "links": "https://a.id https://b.id"}');

set session authorization tolok_desk;
select pg_temp.as_person(null);
select is_empty($$select * from page.winedit('id', pg_temp.id_of('Draf'), null, null)$$, 'nobody edits');
select pg_temp.as_person('madiun');
select is_empty($$select * from page.winedit('id', pg_temp.id_of('Draf'), null, null)$$, 'nor another city');
select is_empty($$select * from page.winedit_fields('id', pg_temp.id_of('Draf'), null, null)$$, 'which reads no field');
select pg_temp.as_person('kantor');
select is_empty($$select * from page.winedit('id', pg_temp.id_of('Terbit'), null, null)$$, 'nor the office, even what it may read');
select pg_temp.as_person('kediri-eco');
select is_empty($$select * from page.winedit('id', pg_temp.id_of('Draf'), null, null)$$, 'nor the owner of another dimension');
select pg_temp.as_person('kediri-gov');
select is((select count(*) from page.winedit_fields('id', pg_temp.id_of('Draf'), null, null) f where f.is_choice), 0::bigint, 'an owner does not choose the dimension');

select pg_temp.as_person('kediri');
select results_eq($$select field, value from page.winedit_fields('id', pg_temp.id_of('Draf'), null, null) where field in ('cost', 'links', 'started', 'problem') order by field$$,
                  $$values ('cost', '1500000,5'), ('links', E'https://a.id\nhttps://b.id'), ('problem', E'satu\n\ndua'), ('started', '2026-02-28')$$, 'values as a form in Indonesian has them');
select is((select value from page.winedit_fields('en', pg_temp.id_of('Draf'), null, null) where field = 'cost'), '1500000.5', 'and in English');
select is((select count(*) from page.winedit_fields('id', pg_temp.id_of('Draf'), null, null)), 16::bigint, 'sixteen fields');
select results_eq($$select location, status from page.winedit('id', pg_temp.id_of('Kiriman'), null, null)$$,
                  $$select '/meja/quickwin/' || pg_temp.id_of('Kiriman'), 303$$, 'what was sent is not edited');
select results_eq($$select location is null, locked from page.winedit('id', pg_temp.id_of('Kiriman'), '{"title": "x"}', '{"outcome": "state"}')$$,
                  $$values (true, true)$$, 'what was typed meanwhile is not lost');
select is((select s_returned and reason = 'Alasan kantor' from page.winedit('id', pg_temp.id_of('Kembali'), null, null)), true, 'the reason of a return stands above');

-- Faults: what was typed stays, and so does the state that was seen.
select results_eq($$select has_faults, seen from page.winedit('id', pg_temp.id_of('Draf'), '{"cost": "banyak", "seen": "1"}', '{"outcome": "invalid", "row_version": 4, "faults": {"cost": "number"}}')$$,
                  $$values (true, 1)$$, 'a fault does not hide that somebody saved in between');
select results_eq($$select field, is_amount, f_cost from page.winedit_faults('id', pg_temp.id_of('Draf'), '{}', '{"faults": {"cost": "number"}}')$$, $$values ('cost', true, true)$$, 'the list of faults');
select results_eq($$select value, wrong from page.winedit_fields('id', pg_temp.id_of('Draf'), '{"cost": "banyak"}', '{"faults": {"cost": "number"}}') where field = 'cost'$$,
                  $$values ('banyak', true)$$, 'at its field');

-- A conflict.
select results_eq($$select in_conflict, conflicting, saved_by, seen = (select row_version from data.win where id = pg_temp.id_of('Draf'))
                    from page.winedit('id', pg_temp.id_of('Draf'), '{"title": "Punya saya", "cost": "1.500.000,50", "lesson": "Baru", "seen": "1"}', '{"outcome": "conflict", "row_version": 9}')$$,
                  $$values (true, 1::bigint, 'Uji kediri', true)$$, 'who saved, and what differs');
select results_eq($$select field, value, stored from page.winedit_fields('id', pg_temp.id_of('Draf'), '{"title": "Punya saya", "cost": "1.500.000,50", "lesson": "Baru"}', '{"outcome": "conflict"}') where differs$$,
                  $$values ('title', 'Punya saya', 'Draf')$$, 'both values; what only looks different does not differ');

-- Names that are nearly the same.
select results_eq($$select win, kept from page.winedit_alike('id', pg_temp.id_of('Draf'), '{"title": "Kirimann"}', null) where win = 'Kiriman'$$, $$values ('Kiriman', true)$$, 'one of the own city that is not published');
select is((select has_alike from page.winedit('id', pg_temp.id_of('Draf'), '{"title": "bank sampah"}', null)), true, 'published ones of other cities');
select is((select has_alike from page.winedit('id', pg_temp.id_of('Draf'), '{"title": "Kuda lumping terbang"}', null)), false, 'none');
reset session authorization;
select * from finish();
rollback;
