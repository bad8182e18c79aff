-- Page winversion: what became of words.
begin;
\ir desk.psql
select plan(15);
\ir desk_wins.psql
create function pg_temp.shown(old text, new text) returns text language sql as $$
  select string_agg(case when c.kept then c.piece when c.removed then '-[' || c.piece || ']' else '+[' || c.piece || ']' end, '' order by c.place) from pub.changes(old, new) c
$$;
select is(pg_temp.shown('satu dua tiga', 'satu dua tiga'), 'satu dua tiga', 'nothing changed');
select is(pg_temp.shown('satu dua tiga', 'satu empat tiga'), 'satu -[dua ]+[empat ]tiga', 'one word');
select is(pg_temp.shown('', 'baru sama sekali'), '+[baru sama sekali]', 'all new');
select is(pg_temp.shown('lama', null), '-[lama]', 'all gone');
select is(pg_temp.shown('a b c d e f', 'a x c d y f'), 'a -[b ]+[x ]c d -[e ]+[y ]f', 'two places');
select is(pg_temp.shown('a a a', 'a a'), 'a a-[a]', 'words that repeat');
select is((select string_agg(c.piece, '' order by c.place) filter (where not c.removed) from pub.changes(o.t, n.t) c), n.t, 'the new text can be put together again')
from (select string_agg((i * 7 % 13)::text, ' ' order by i) as t from generate_series(1, 100) i) o, (select string_agg((i * 5 % 11)::text, ' ' order by i) as t from generate_series(1, 90) i) n;
select is((select count(*) from pub.changes(repeat('kata ', 1500) || 'x', repeat('lain ', 1500) || 'y')), 2::bigint, 'what is too long to be compared is replaced as a whole');

select pg_temp.make_win('Program', 'kediri', 'governance', 'published');
select pg_temp.save('kediri', 'Program', '{"summary": "Ringkasan Program baru", "cost": "1500", "started": "2026-03-01"}');
set session authorization tolok_desk;
select pg_temp.as_person('kediri');
select results_eq($$select string_agg(case when removed then '-' when added then '+' else '=' end || btrim(piece), ' ' order by f_started, f_cost) from page.winversion_pieces('id', pg_temp.id_of('Program'), 2) where f_cost or f_started group by f_cost, f_started order by f_cost$$,
                  $$values ('-2026-02-28 +2026-03-01'), ('+1500')$$, 'days and amounts');
select is((select string_agg(btrim(piece), ' ') filter (where added) from page.winversion_pieces('id', pg_temp.id_of('Program'), 2) where f_summary), 'baru', 'words');
select results_eq($$select number, before, compared, first, unchanged, later from page.winversion('id', pg_temp.id_of('Program'), 2)$$, $$values (2, 1, true, false, false, false)$$, 'with which one it is compared');
select results_eq($$select first, compared, later_n from page.winversion('id', pg_temp.id_of('Program'), 1)$$, $$values (true, false, 2)$$, 'the first one');
select is_empty($$select * from page.winversion('id', pg_temp.id_of('Program'), 3)$$, 'one that is none');
select pg_temp.as_person('kantor');
select is_empty($$select * from page.winversion('id', pg_temp.id_of('Program'), 2)$$, 'the office reads no draft of it');
select pg_temp.as_person('madiun');
select is_empty($$select * from page.winversion('id', pg_temp.id_of('Program'), 1) union all select null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null from page.winversion_pieces('id', pg_temp.id_of('Program'), 1)$$,
                'another city reads nothing');
reset session authorization;
select * from finish();
rollback;
