-- Page wincheck: all answers once more, and what is missing.
begin;
\ir desk.psql
select plan(24);
\ir desk_wins.psql
select pg_temp.make_win('Draf', 'kediri', 'governance', 'draft');
select pg_temp.make_win('Terbit', 'kediri', 'governance', 'published');
create function pg_temp.checked(title text, sent text default null, answer text default null)
returns json language sql as $$
  select doc('wincheck', 'id', pg_temp.id_of(title)::text, sent, answer) $$;
create function pg_temp.fields()
returns table (f_word text, is_word text, value text, needed boolean, edits boolean)
language sql as $$
  select r.*
  from part('fields') p,
       json_to_record(p) r (f_word text, is_word text, value text, needed boolean, edits boolean)
$$;

set session authorization tolok_desk;
select pg_temp.as_person('madiun');
select ok(pg_temp.checked('Draf') is null, 'not another city''s');
select pg_temp.as_person('kantor');
select ok(pg_temp.checked('Terbit') is null, 'nor the office''s');
select pg_temp.as_person('kediri-gov');
select ok(pg_temp.checked('Draf') is not null, 'an owner''s');
select is((select string_agg(f_word, ' ') from pg_temp.fields() where not edits), 'dimension',
          'who does not choose the dimension');
select pg_temp.as_person('kediri');
select is(pg_temp.checked('Terbit') -> 'http' ->> 'location',
          '/meja/quickwin/' || pg_temp.id_of('Terbit'), 'what is no draft is not sent');
select results_eq(
  $$select d ->> 'http', d ->> 'faults', d ->> 'files', d ->> 'alike', d ->> 'seen'
    from pg_temp.checked('Draf') d$$,
  $$values (null::text, null::text, null::text, null::text, '1')$$, 'complete');
select is((select count(*) from pg_temp.fields()), 21::bigint, 'all fields');
select is((select count(*) from pg_temp.fields() where edits), 21::bigint,
    'of which a city edits all');
select results_eq(
  $$select f_word, is_word, value,
      needed from pg_temp.fields() where f_word in ('title', 'lesson')$$,
  $$values ('title', 'line', 'Draf', true), ('lesson', 'prose', null, false)$$,
  'one that is filled in, and one that is not');
reset session authorization;
select pg_temp.save('kediri', 'Draf', '{"agency": "", "dimension": "", "links": "https://a.id",
                                        "cost": "1500", "figure_before": "2,5"}');
select pg_temp.attach('Draf', 'kediri', 'a.png', 'png', 2048);
select pg_temp.attach('Draf', 'kediri', 'b.pdf', 'pdf', 10);
select pg_temp.make_win('Draff', 'kediri', 'governance', 'draft');
set session authorization tolok_desk;
select isnt(pg_temp.checked('Draf') ->> 'faults', null, 'something is missing');
select results_eq($$select p ->> 'f_word' from part('faults') p$$,
                  $$values ('dimension'), ('agency')$$, 'what');
select results_eq('select f_word from pg_temp.fields() where needed and value is null',
                  $$values ('dimension'), ('agency')$$, 'and where');
select results_eq($$select p #>> '{}' from part('link_url') p$$, $$values ('https://a.id')$$,
                  'its links');
select results_eq(
  $$select f_word, is_word, value from pg_temp.fields() where f_word in ('cost', 'figure_before')$$,
  $$values ('cost', 'amount', '1500'), ('figure_before', 'number', '2.5')$$, 'its numbers');
select results_eq($$select p ->> 'name', p ->> 'picture' from part('files') p$$,
                  $$values ('a.png', 'true'), ('b.pdf', 'false')$$, 'its files');
select results_eq($$select p ->> 'win' from part('alike') p$$, $$values ('Draff')$$,
                  'one of nearly the same name');
select is(pg_temp.checked('Draf', '{}', '{"outcome": "conflict"}') ->> 'outcome_word', 'conflict',
          'somebody saved in between');
select is(pg_temp.checked('Draf', '{}', '{"outcome": "key_used"}') ->> 'outcome_word', 'key_used',
          'it was sent twice');

-- What may be right but often is not.
create function pg_temp.doubts(fields jsonb) returns text language sql as $$
  select string_agg(d.field || ' ' || d.doubt, ', ') from pub.win_doubts(fields) d $$;
select is(pg_temp.doubts('{"started": "2024-03", "cost": 150000000, "figure": "hari",
  "figure_before": 14, "figure_after": 3, "figure_source": "Laporan",
  "contact": "Dinas Kominfo, (0354) 682955"}'), null, 'nothing is doubtful');
select is(pg_temp.doubts(jsonb_build_object('started', to_char(now() + interval '1 year', 'YYYY'))),
          'started future', 'a year to come');
select is(pg_temp.doubts(jsonb_build_object('started', to_char(now(), 'YYYY'))), null, 'this year');
select is(pg_temp.doubts('{"started": "1990-01-01", "cost": 12.5, "figure_after": 0.75,
  "contact": "Budi 0812-3456-7890"}'),
  'started early, cost small, figure unnamed, figure_before alone, figure_source unsourced, '
  'contact mobile', 'all kinds');
select is(pg_temp.doubts('{"cost": 2e12, "figure_before": 3, "figure_after": 3,
  "figure": "hari", "figure_source": "x", "contact": "WA +62 812 3456 789"}'),
  'cost big, figure_after same, contact mobile', 'others');
reset session authorization;
select pg_temp.save('kediri', 'Draf', '{"figure_after": "2,5"}');
set session authorization tolok_desk;
select pg_temp.checked('Draf');
select results_eq($$select p ->> 'f_word', p ->> 'doubt_word' from part('doubts') p$$,
                  $$values ('cost', 'small'), ('figure', 'unnamed'), ('figure_after', 'same'),
                           ('figure_source', 'unsourced')$$, 'as the page has them');
reset session authorization;
select * from finish();
rollback;
