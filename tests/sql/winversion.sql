-- Page winversion: what became of words.
begin;
\ir desk.psql
select plan(14);
\ir desk_wins.psql
create function pg_temp.shown(old text, new text) returns text language sql as $$
  select string_agg(case c.became when 'kept' then c.piece when 'removed' then '-[' || c.piece
                    || ']'
                    else '+[' || c.piece || ']' end, '' order by c.place)
  from pub.changes(old, new) c
$$;
select is(pg_temp.shown('satu dua tiga', 'satu dua tiga'), 'satu dua tiga', 'nothing changed');
select is(pg_temp.shown('satu dua tiga', 'satu empat tiga'), 'satu -[dua ]+[empat ]tiga',
    'one word');
select is(pg_temp.shown('', 'baru sama sekali'), '+[baru sama sekali]', 'all new');
select is(pg_temp.shown('lama', null), '-[lama]', 'all gone');
select is(pg_temp.shown('a b c d e f', 'a x c d y f'), 'a -[b ]+[x ]c d -[e ]+[y ]f', 'two places');
select is(pg_temp.shown('a a a', 'a a'), 'a a-[a]', 'words that repeat');
select is((select string_agg(c.piece, '' order by c.place) filter (where c.became <> 'removed')
           from pub.changes(o.t, n.t) c), n.t, 'the new text can be put together again')
from (select string_agg((i * 7 % 13)::text, ' ' order by i) as t from generate_series(1, 100) i) o,
     (select string_agg((i * 5 % 11)::text, ' ' order by i) as t from generate_series(1, 90) i) n;
select is((select count(*)
           from pub.changes(repeat('kata ', 1500) || 'x', repeat('lain ', 1500) || 'y')), 2::bigint,
          'what is too long to be compared is replaced as a whole');

select pg_temp.make_win('Program', 'kediri', 'governance', 'published');
select pg_temp.save('kediri', 'Program', '{"summary": "Ringkasan Program baru", "cost": "1500",
                                           "started": "2026-03-01"}');
create function pg_temp.changed(title text, n integer) returns json
language sql as $$ select doc('winversion', 'id', pg_temp.id_of(title)::text, n::text) $$;
set session authorization tolok_desk;
select pg_temp.as_person('kediri');
select results_eq(
  $$select d ->> 'number', d ->> 'before', d ->> 'earlier', d ->> 'later', d ->> 's_word'
    from pg_temp.changed('Program', 2) d$$,
  $$values ('2', '1', null, null, 'draft')$$, 'with which one it is compared');
select results_eq(
  $$select f ->> 'label', f ->> 'is_word',
           (select string_agg((p ->> 'became_word') || ' ' || btrim(p ->> 'piece'), ', ')
            from json_array_elements(f -> 'pieces') p)
    from part('fields') f$$,
  $$values ('Ringkasan', 'words', 'kept Ringkasan Program, added baru'),
           ('Mulai berjalan', 'day', 'removed 2026-02-28, added 2026-03-01'),
           ('Biaya', 'number', 'added 1500')$$, 'words, days and amounts');
select results_eq(
  $$select d ->> 'before', d ->> 'later', d ->> 'fields' is not null
    from pg_temp.changed('Program', 1) d$$,
  $$values (null, '2', true)$$, 'the first one');
select ok(pg_temp.changed('Program', 3) is null, 'one that is none');
select pg_temp.as_person('kantor');
select ok(pg_temp.changed('Program', 2) is null, 'the office reads no draft of it');
select pg_temp.as_person('madiun');
select ok(pg_temp.changed('Program', 1) is null, 'another city reads nothing');
reset session authorization;
select * from finish();
rollback;
