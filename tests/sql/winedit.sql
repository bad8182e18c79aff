-- Page winedit: the form with what is stored or sent, what is wrong with it, and both versions
-- after a conflict.
begin;
\ir desk.psql
select plan(41);
\ir desk_wins.psql
-- The page of a quick win; and its fields, as they stand in their parts.
create function pg_temp.edit(title text, lang text default 'id', sent text default null,
                             answer text default null) returns json
language sql as $$ select doc('winedit', lang, pg_temp.id_of(title)::text, sent, answer) $$;
create function pg_temp.fields()
returns table (f_word text, is_word text, value text, fault_word text, differs boolean,
               stored text, mark text)
language sql as $$
  select r.*
  from part('parts.fields') p,
       json_to_record(p) r (f_word text, is_word text, value text, fault_word text,
                            differs boolean, stored text, mark text)
$$;
-- The marks of all fields, as the form of the last page sends them.
create function pg_temp.marks() returns jsonb language sql as $$
  select jsonb_object_agg('was_' || f.f_word, f.mark) from pg_temp.fields() f;
$$;
select pg_temp.make_win('Draf', 'kediri', 'governance', 'draft');
select pg_temp.make_win('Kiriman', 'kediri', 'economy', 'submitted');
select pg_temp.make_win('Terbit', 'kediri', 'governance', 'published');
select pg_temp.make_win('Kembali', 'kediri', 'governance', 'returned');
select pg_temp.attach('Terbit', 'kediri', 'a.png', 'png', 2048);

-- What a form in Indonesian means.
select is(pg_temp.save('kediri', 'Draf', '{"cost": "Rp 1.500.000,50", "figure_before": "-2,5",
  "figure_after": "1.250", "links": " https://a.id \r\nhttps://b.id ",
  "problem": "satu\r\n\r\ndua\r\n", "started": "2026-02-28"}'), 'done',
  'numbers, lines and links as people write them');
select results_eq(
  $$select cost, figure_before, figure_after, links::text, problem::text, started
    from data.win_version where win = pg_temp.id_of('Draf')$$,
  $$values (1500000.50, -2.5, 1250::numeric, '{https://a.id,https://b.id}', E'satu\n\ndua',
            '2026-02-28')$$, 'are stored as what they mean');
select is(pub.meant('en', 'number', '1,250.5') #>> '{}', '1250.5', 'in English');
select is(pub.meant('id', 'number', '12,5 %') #>> '{}', '12.5', 'a share');
select is(pub.meant('id', 'number', '1.25') #>> '{}', '1.25', 'what only a machine writes stays');
select is(pg_temp.save('kediri', 'Draf', '{"cost": "banyak"}'), 'invalid {"cost": "number"}',
          'what is no number is told');
select is(pg_temp.save('kediri', 'Draf', '{"links": "https://a.id javascript:alert(1)"}'),
          'invalid {"links": "link"}', 'what is no link is told');
select is(pg_temp.save('kediri', 'Draf', '{"title": "Ganti", "keep_title": "theirs",
                                          "lesson": "Baru", "keep_lesson": "mine"}'), 'done',
          'after a conflict');
select results_eq(
  $$select title::text, lesson::text from data.win_version where win = pg_temp.id_of('Draf')$$,
  $$values ('Draf', 'Baru')$$, 'each value is kept as was chosen');
select is(pg_temp.save('kediri', 'Draf', '{"cost": "", "links": ""}'), 'done', 'emptied');
select results_eq(
  $$select cost, links::text from data.win_version where win = pg_temp.id_of('Draf')$$,
  $$values (null::numeric, '{}')$$, 'is empty');
select pg_temp.save('kediri', 'Draf',
                    '{"cost": "1500000,5", "links": "https://a.id https://b.id"}');

set session authorization tolok_desk;
select pg_temp.as_person(null);
select ok(pg_temp.edit('Draf') is null, 'nobody edits');
select pg_temp.as_person('madiun');
select ok(pg_temp.edit('Draf') is null, 'nor another city');
select pg_temp.as_person('kantor');
select ok(pg_temp.edit('Terbit') is null, 'nor the office, even what it may read');
select pg_temp.as_person('kediri-eco');
select ok(pg_temp.edit('Draf') is null, 'nor the owner of another dimension');
select pg_temp.as_person('kediri-gov');
select ok(pg_temp.edit('Draf') is not null, 'an owner does');
select is((select count(*) from pg_temp.fields() where f_word = 'dimension'), 0::bigint,
          'but does not choose the dimension');

select pg_temp.as_person('kediri');
select is((pg_temp.edit('Draf', 'en') ->> 'seen')::integer, pg_temp.version_of('Draf'),
          'which state is seen');
select is((select value from pg_temp.fields() where f_word = 'cost'), '1,500,000.50',
          'values as a form in English has them');
select is(pg_temp.edit('Draf') ->> 'filled', '12', 'how many are filled in');
select results_eq(
  $$select f_word, value from pg_temp.fields()
    where f_word in ('cost', 'links', 'started', 'problem') order by f_word$$,
  $$values ('cost', '1.500.000,50'), ('links', E'https://a.id\nhttps://b.id'),
           ('problem', E'satu\n\ndua'), ('started', '28 Februari 2026')$$, 'values in Indonesian');
select is((select count(*) from pg_temp.fields()), 21::bigint, 'all fields');
select results_eq(
  $$select p ->> 'part_word', p ->> 'part_fields' from part('parts') p$$,
  $$values ('core', '3'), ('story', '7'), ('figures', '5'), ('sharing', '4'), ('copy', '2')$$,
  'in five parts');
select is(pg_temp.edit('Kiriman') -> 'http' ->> 'location',
          '/meja/quickwin/' || pg_temp.id_of('Kiriman'), 'what was sent is not edited');
select results_eq(
  $$select d ->> 'http', d ->> 'outcome_word'
    from pg_temp.edit('Kiriman', 'id', '{"title": "x"}', '{"outcome": "state"}') d$$,
  $$values (null, 'state')$$, 'what was typed meanwhile is not lost');
select results_eq(
  $$select d ->> 's_word', d -> 'reply' ->> 'reason', d ->> 'opens_version'
    from pg_temp.edit('Kembali') d$$,
  $$values ('returned', 'Alasan kantor', 'true')$$, 'the reason of a return stands above');
select is(pg_temp.edit('Terbit') ->> 'files_count', '1', 'how many files there are');
reset session authorization;
update data.win_version set saved_at = timestamptz '2026-03-01 17:30:00Z'
where win = pg_temp.id_of('Draf');
set session authorization tolok_desk;
select results_eq(
  $$select d ->> 'saved_at', d ->> 'saved_clock' from pg_temp.edit('Draf') d$$,
  $$values ('2026-03-01T17:30:00Z', null::text)$$, 'when it was saved, on which day');
select matches(pg_temp.edit('Terbit') ->> 'saved_clock', '^[0-9]{2}[.][0-9]{2}$',
               'and today at which time');

-- Faults: what was typed stays.
select is(pg_temp.edit('Draf', 'id', '{"cost": "banyak", "links": "a.id b c", "seen": "1"}',
                       '{"outcome": "invalid", "row_version": 4,
                         "faults": {"cost": "number", "links": "link"}}')
          ->> 'wrong_count', '2', 'how many are wrong');
select results_eq(
  $$select f_word, is_word, fault_word, value from pg_temp.fields() where fault_word is not null$$,
  $$values ('cost', 'amount', 'number', 'banyak'), ('links', 'links', 'link', 'a.id b c')$$,
  'what is wrong');
select is((select p ->> 'wrong_text' from part('parts.fields') p where p ->> 'f_word' = 'links'),
          'b', 'which of the addresses is none');
select pg_temp.edit('Draf', 'id', f.all::text,
                    jsonb_build_object('outcome', 'invalid', 'faults', f.all)::text)
from (select jsonb_object_agg(name, 'long') as all from pub.win_field) f;
select is((select count(*) from pg_temp.fields() where fault_word = 'long'), 21::bigint,
          'everything');
select is(pg_temp.edit('Draf', 'id', '{"title": "x"}', '{"outcome": "key_used"}')
          ->> 'outcome_word', 'key_used', 'sent twice');
select is(pg_temp.edit('Draf', 'id', '{"title": "x"}', '{"outcome": "quota"}')
          ->> 'outcome_word', 'quota', 'enough for a day');

-- A conflict.
select results_eq(
  $$select d ->> 'conflicting', d ->> 'saved_by',
           (d ->> 'seen')::integer = pg_temp.version_of('Draf')
    from pg_temp.edit('Draf', 'id', '{"title": "Punya saya", "cost": "1.500.000,50",
                                      "lesson": "Baru", "seen": "1"}',
                      '{"outcome": "conflict", "row_version": 9}') d$$,
  $$values ('1', 'Uji kediri', true)$$, 'who saved, and what differs');
select results_eq(
  $$select f_word, value, stored from pg_temp.fields() where differs$$,
  $$values ('title', 'Punya saya', 'Draf')$$,
  'both values; what only looks different does not differ');
select pg_temp.edit('Draf', 'id', f.all::text, '{"outcome": "conflict"}')
from (select jsonb_object_agg(name, case when kind in ('number', 'amount') then '1'
                                         when kind = 'date' then '2020-01-01' else 'x' end) as all
      from pub.win_field) f;
select is((select count(*) from pg_temp.fields() where differs), 21::bigint,
          'everything differs');

-- Names that are nearly the same.
select pg_temp.edit('Draf', 'id', '{"title": "Kirimann"}');
select results_eq(
  $$select p ->> 'shown' from part('alike') p where p ->> 'win' = 'Kiriman'$$,
  $$values ('false')$$, 'one of the own city that is not published');
select isnt(pg_temp.edit('Draf', 'id', '{"title": "bank sampah"}') ->> 'alike', null,
            'published ones of other cities');
select is(pg_temp.edit('Draf', 'id', '{"title": "Kuda lumping terbang"}') ->> 'alike', null,
          'none');
reset session authorization;
select * from finish();
rollback;
