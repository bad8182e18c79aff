-- Page win: a record, its history, and what each may do with it.
begin;
\ir desk.psql
select plan(29);
\ir desk_wins.psql
select pg_temp.make_win('Draf', 'kediri', 'governance', 'draft');
select pg_temp.make_win('Kiriman', 'kediri', 'economy', 'submitted');
select pg_temp.make_win('Terbit', 'kediri', 'governance', 'published');
select pg_temp.make_win('Kembali', 'kediri', 'governance', 'returned');
create function pg_temp.show(title text, sent text default null, answer text default null)
returns json language sql as $$
  select doc('win', 'id', pg_temp.id_of(title)::text, sent, answer) $$;
create function pg_temp.may(title text) returns text language sql as $$
  select concat_ws(' ', d ->> 'edit_word', d ->> 'act_word',
                   case when (d ->> 'withdraws')::boolean then 'withdraws' end,
                   case when (d ->> 'adds')::boolean then 'adds' end)
  from pg_temp.show(title) d
$$;
create function pg_temp.versions()
returns table (number integer, s_word text, saved_by text, submitted_at text, reason text)
language sql as $$
  select r.*
  from part('versions') p, json_to_record(p) r (number integer, s_word text, saved_by text,
                                                submitted_at text, reason text)
$$;

set session authorization tolok_desk;
select pg_temp.as_person(null);
select ok(pg_temp.show('Terbit') is null, 'nobody reads here');
select pg_temp.as_person('madiun');
select ok(pg_temp.show(title) is null, 'not another city''s: ' || title)
from unnest(array['Draf', 'Kiriman', 'Terbit', 'Kembali']) title;
select pg_temp.as_person('kediri');
select results_eq(
  $$select pg_temp.may(t) from unnest(array['Draf', 'Kiriman', 'Terbit', 'Kembali']) t$$,
  $$values ('continue drop adds'), ('withdraw withdraws'),
           ('begin withdraw withdraws adds'), ('begin join adds')$$, 'what a city may do');
select results_eq($$select d ->> 's_word', d #>> '{reply,reason}' from pg_temp.show('Kembali') d$$,
                  $$values ('returned', 'Alasan kantor')$$, 'it reads why');
select pg_temp.as_person('kantor');
select ok(pg_temp.show('Draf') is null, 'the office reads no draft');
select results_eq($$select pg_temp.may(t) from unnest(array['Terbit', 'Kembali', 'Kiriman']) t$$,
                  $$values ('withdraw withdraws'), (''), ('decide')$$, 'what the office may do');
select results_eq(
  $$select p ->> 'is_word', p ->> 'value'
    from part('fields') p where p ->> 'label' in ('Nama program', 'Perangkat daerah')$$,
  $$values ('line', 'Kiriman'), ('line', 'Dinas Uji')$$, 'it reads the words');
select pg_temp.as_person('asesor');
select is(pg_temp.may('Terbit'), '', 'an assessor decides nothing');
select ok(pg_temp.show('Kiriman') is null, 'and reads only what is published');
select pg_temp.as_person('kediri-gov');
select is(pg_temp.may('Draf'), 'continue drop adds',
    'an owner writes for their dimension');
select ok(pg_temp.show('Kiriman') is null, 'and for no other');

-- Published, and a draft after it.
reset session authorization;
select pg_temp.save('kediri', 'Terbit', '{"title": "Terbit dua", "links": "https://a.id",
                                          "cost": "1500", "figure_before": "2,5"}');
select pg_temp.attach('Terbit', 'kediri', 'a.png', 'png', 2048);
select pg_temp.attach('Terbit', 'kediri', 'b.pdf', 'pdf', 10);
set session authorization tolok_desk;
select pg_temp.as_person('kediri');
select results_eq(
  $$select d ->> 'win', d ->> 'n', d ->> 's_word', (d ->> 'public_id')::integer, d ->> 'edit_word'
    from pg_temp.show('Terbit') d$$,
  $$select 'Terbit dua', '2', 'draft', 10000 + pg_temp.id_of('Terbit'), 'continue'$$,
  'a new version, the old one stays public');
select results_eq($$select p #>> '{}' from part('link_url') p$$, $$values ('https://a.id')$$,
                  'its links');
select results_eq($$select p ->> 'name', p ->> 'picture' from part('files') p$$,
                  $$values ('a.png', 'true'), ('b.pdf', 'false')$$, 'its files');
select results_eq(
  'select number, s_word, saved_by, submitted_at is not null, reason from pg_temp.versions()',
  $$values (2, 'draft', 'Uji kediri', false, null),
           (1, 'published', 'Uji kediri', true, 'Alasan kantor')$$, 'the history');
select pg_temp.as_person('kantor');
select results_eq($$select d ->> 'win', d ->> 'n' from pg_temp.show('Terbit') d$$,
                  $$values ('Terbit', '1')$$, 'the office still reads the first one');
select pg_temp.as_person('asesor');
select pg_temp.show('Terbit');
select results_eq('select number, saved_by from pg_temp.versions()', 'values (1, null::text)',
                  'an assessor reads no names');

-- Nearly the same name, which the office is told of.
reset session authorization;
select pg_temp.make_win('Kirimann', 'kediri', 'economy', 'submitted');
set session authorization tolok_desk;
select pg_temp.as_person('kantor');
select isnt(pg_temp.show('Kiriman') ->> 'alike', null, 'others are nearly called so');
select results_eq($$select p ->> 'win', p ->> 'shown' from part('alike') p$$,
                  $$values ('Kirimann', 'false')$$, 'which');
select pg_temp.as_person('kediri');
select is(pg_temp.show('Kiriman') ->> 'alike', null, 'a city is not told here');

-- What was not done.
select pg_temp.as_person('kantor');
select results_eq(
  $$select d ->> 'fault_word', d ->> 'wrong_word', d ->> 'seen'
    from pg_temp.show('Kiriman', '{"reason": "", "seen": "2"}',
                      '{"outcome": "invalid", "faults": {"reason": "missing"}}') d$$,
  $$values ('reason', 'missing', '2')$$, 'a return without a reason');
select results_eq(
  $$select d ->> 'fault_word', d ->> 'wrong_word', d ->> 'note'
    from pg_temp.show('Kiriman', '{"note": "x"}',
                      '{"outcome": "invalid", "faults": {"reason": "long"}}') d$$,
  $$values ('note', 'long', 'x')$$, 'a note too long');
select results_eq(
  $$select d ->> 'fault_word', d ->> 'withdraw_reason'
    from pg_temp.show('Terbit', '{"why": ""}',
                      '{"outcome": "invalid", "faults": {"reason": "missing"}}') d$$,
  $$values ('why', '')$$, 'a withdrawal without one');
select results_eq(
  $$select d ->> 'outcome_word', d ->> 'fault_word'
    from pg_temp.show('Kiriman', '{"reason": "x"}', '{"outcome": "conflict"}') d$$,
  $$values ('conflict', null::text)$$, 'somebody changed it meanwhile');
select is(pg_temp.show('Kiriman', '{"reason": "x"}', format('{"outcome": "%s"}', word))
          ->> 'outcome_word', word, 'so is ' || word)
from unnest(array['state', 'key_used']) word;
reset session authorization;
select * from finish();
rollback;
