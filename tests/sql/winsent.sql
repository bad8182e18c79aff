-- Page winsent: the receipt.
begin;
\ir desk.psql
select plan(7);
\ir desk_wins.psql
select pg_temp.make_win('Draf', 'kediri', 'governance', 'draft');
select pg_temp.make_win('Kiriman', 'kediri', 'economy', 'submitted');
select pg_temp.make_win('Terbit', 'kediri', 'governance', 'published');
set session authorization tolok_desk;
select pg_temp.as_person('madiun');
select is_empty($$select * from page.winsent('id', pg_temp.id_of('Kiriman'))$$, 'not of another city');
select pg_temp.as_person('kediri');
select is_empty($$select * from page.winsent('id', pg_temp.id_of('Draf'))$$, 'a draft has none');
select results_eq($$select n, win, city, by_name, waits, decided, filled from page.winsent('id', pg_temp.id_of('Kiriman'))$$,
                  $$values (1, 'Kiriman', 'Kota Kediri', 'Uji kediri', true, false, 7::bigint)$$, 'what, whose, by whom');
select matches((select digest from page.winsent('id', pg_temp.id_of('Kiriman'))), '^[0-9a-f]{16}$', 'with a digest of the words');
select is((select digest from page.winsent('id', pg_temp.id_of('Kiriman'))), (select digest from page.winsent('en', pg_temp.id_of('Kiriman'))), 'the same in each language');
select isnt((select digest from page.winsent('id', pg_temp.id_of('Kiriman'))), (select digest from page.winsent('id', pg_temp.id_of('Terbit'))), 'another one of other words');
select is((select decided from page.winsent('id', pg_temp.id_of('Terbit'))), true, 'decided meanwhile');
reset session authorization;
select * from finish();
rollback;
