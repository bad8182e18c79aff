-- Page winsent: the receipt.
begin;
\ir desk.psql
select plan(7);
\ir desk_wins.psql
select pg_temp.make_win('Draf', 'kediri', 'governance', 'draft');
select pg_temp.make_win('Kiriman', 'kediri', 'economy', 'submitted');
select pg_temp.make_win('Terbit', 'kediri', 'governance', 'published');
create function pg_temp.sent(title text, lang text default 'id') returns json language sql as $$
  select doc('winsent', lang, pg_temp.id_of(title)::text) $$;
set session authorization tolok_desk;
select pg_temp.as_person('madiun');
select ok(pg_temp.sent('Kiriman') is null, 'not of another city');
select pg_temp.as_person('kediri');
select ok(pg_temp.sent('Draf') is null, 'a draft has none');
select results_eq(
  $$select r.* from pg_temp.sent('Kiriman') d,
    json_to_record(d) r (n integer, win text, city text, by_name text, waits boolean,
        filled integer)$$,
  $$values (1, 'Kiriman', 'Kota Kediri', 'Uji kediri', true, 7)$$, 'what, whose, by whom');
select matches(pg_temp.sent('Kiriman') ->> 'digest', '^[0-9a-f]{16}$',
    'with a digest of the words');
select is(pg_temp.sent('Kiriman') ->> 'digest', pg_temp.sent('Kiriman', 'en') ->> 'digest',
          'the same in each language');
select isnt(pg_temp.sent('Kiriman') ->> 'digest', pg_temp.sent('Terbit') ->> 'digest',
            'another one of other words');
select is(pg_temp.sent('Terbit') ->> 'waits', 'false', 'decided meanwhile');
reset session authorization;
select * from finish();
rollback;
