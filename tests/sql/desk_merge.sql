-- Saving a quick win: what is sound is saved whatever else is wrong, what two have changed is
-- merged field by field, and only what was done spends a key.
begin;
\ir desk.psql
select plan(27);
\ir desk_wins.psql
select pg_temp.make_win('Satu', 'kediri', 'governance', 'draft');

-- The marks of a record as a form has them.
create function pg_temp.marks(title text) returns jsonb language sql as $$
  select jsonb_object_agg('was_' || f.name,
      pub.mark(f.kind, (to_jsonb(v) || jsonb_build_object('dimension', w.dimension)) -> f.name))
  from data.win w join data.win_version v on v.win = w.id and v.n = w.newest cross
      join pub.win_field f
  where w.id = pg_temp.id_of($1);
$$;
create temp table form (name text, marks jsonb, seen integer);
grant select on form to public;
create function pg_temp.open(form text) returns void language sql as $$
  delete from form f where f.name = open.form;
  insert into form values (open.form, pg_temp.marks('Satu'), pg_temp.version_of('Satu'));
$$;
create function pg_temp.send(who text, form text, fields jsonb, key text default null) returns text
language plpgsql as $$
declare
  said data.outcome;
  f form := (select t from form t where t.name = form);
begin
  perform pg_temp.as_person(who);
  said := act.win_save(pg_temp.id_of('Satu'), f.seen, coalesce(key, pg_temp.new_key()),
      f.marks || fields, 'id');
  return concat_ws(' ', said.outcome, said.faults);
end $$;
create function pg_temp.now(field text) returns text language sql as $$
  select to_jsonb(v) ->> $1 from data.win w join data.win_version v on v.win = w.id
      and v.n = w.newest
  where w.id = pg_temp.id_of('Satu');
$$;

-- Sound fields.
select pg_temp.open('a');
select is(pg_temp.send('kediri', 'a',
          '{"cost": "banyak", "lesson": "Pelajaran", "agency": "Dinas Baru"}'),
          'invalid {"cost": "number"}', 'one field is wrong');
select is(pg_temp.now('lesson') || pg_temp.now('agency'), 'PelajaranDinas Baru',
    'the others are saved');
select is(pg_temp.version_of('Satu'), 2, 'once');
select is(pg_temp.send('kediri', 'a',
          '{"cost": "banyak", "lesson": "Pelajaran", "agency": "Dinas Baru"}'),
          'invalid {"cost": "number"}', 'the same once more');
select is(pg_temp.version_of('Satu'), 2, 'changes nothing');
select is((select count(*) from data.audit a where a.act = 'win_save'
    and a.subject_id = pg_temp.id_of('Satu')::text), 1::bigint, 'and leaves no row');

-- Two people.
select pg_temp.open('a'), pg_temp.open('b');
select is(pg_temp.send('kediri-gov', 'b', '{"summary": "Dari OPD", "lesson": "Pelajaran"}'), 'done',
    'one changes a field');
select is(pg_temp.send('kediri', 'a',
    '{"summary": "Ringkasan Satu", "lesson": "Lain", "agency": "Dinas Baru"}'), 'done',
    'the other another one');
select is(pg_temp.now('summary') || ', ' || pg_temp.now('lesson'), 'Dari OPD, Lain',
    'and both are there');
select is(pg_temp.send('kediri-gov', 'b',
          '{"summary": "Dari OPD", "lesson": "Beda", "contact": "Dinas"}'), 'conflict',
          'both change the same one');
select is(pg_temp.now('lesson') || pg_temp.now('contact'), 'LainDinas',
    'which stays, and all else is saved');
select is(pg_temp.send('kediri-gov', 'b', '{"lesson": "Lain"}'), 'done',
    'the same change by both is none');
select is(pg_temp.send('kediri-gov', 'b', '{"lesson": "Beda", "cost": "x"}'),
    'conflict {"cost": "number"}', 'a fault and two versions');
-- The page that follows shows what belongs to whom.
set session authorization tolok_desk;
select pg_temp.as_person('kediri-gov');
select doc('winedit', 'id', pg_temp.id_of('Satu')::text,
           ((select marks from form where name = 'b')
           || '{"lesson": "Beda", "summary": "Ringkasan Satu", "cost": "x", "contact": ""}')::text,
           '{"outcome": "conflict", "faults": {"cost": "number"}}');
select results_eq($$select p ->> 'f_word', p ->> 'value',
                    p ->> 'differs' from part('parts.fields') p
                    where p ->> 'f_word' in ('lesson', 'summary', 'cost', 'agency') order by 1$$,
                  $$values ('agency', 'Dinas Baru', 'false'), ('cost', 'x', 'false'),
                           ('lesson', 'Beda', 'true'),
                           ('summary', 'Dari OPD', 'false')$$, 'own, other and wrong');
-- Who saved last, changed another field.
create function pg_temp.beside(field text) returns table (conflicting text, saver text, name text,
    of_field text)
language sql as $$
  select d ->> 'conflicting', d ->> 'saver_word', d ->> 'saved_by',
         (select f ->> 'by' from json_array_elements(d -> 'parts') p
          cross join json_array_elements(p -> 'fields') f where f ->> 'f_word' = field)
  from doc('winedit', 'id', pg_temp.id_of('Satu')::text,
           json_build_object(field, 'x', 'was_' || field, '-')::text, '{"outcome": "conflict"}') d
$$;
select results_eq($$select * from pg_temp.beside('contact')$$,
                  $$values ('1', 'me', 'Uji kediri-gov', null::text)$$,
                  'one''s own other tab is known');
select results_eq($$select * from pg_temp.beside('lesson')$$,
                  $$values ('1', 'other', 'Uji kediri', 'Uji kediri')$$,
                  'who changed the field is named, not who saved another one later');
select pg_temp.as_person('kediri');
select results_eq($$select * from pg_temp.beside('contact')$$,
                  $$values ('1', 'other', 'Uji kediri-gov', 'Uji kediri-gov')$$,
                  'each as the other sees it');
reset session authorization;
update data.account set region = '35.77' where email = 'kediri-gov@uji.go.id';
set session authorization tolok_desk;
select results_eq($$select * from pg_temp.beside('contact')$$,
                  $$values ('1', 'other', null::text, null::text)$$,
                  'unless they belong elsewhere now');
reset session authorization;
update data.account set region = '35.71' where email = 'kediri-gov@uji.go.id';

-- What is no mark of ours is as if there were none.
select is(pg_temp.send('kediri', 'a', '{"was_lesson": "-", "lesson": "Tanpa tanda"}'), 'conflict',
    'a made up mark');
select pg_temp.open('a');
select is(pg_temp.send('kediri', 'a', '{"lesson": "", "dimension": "economy"}'), 'done',
    'emptied, and moved');
select is(pg_temp.send('kediri', 'a', '{"lesson": "", "dimension": "economy"}'), 'done', 'again');

-- Keys.
select pg_temp.open('a');
select is(pg_temp.send('kediri', 'a', '{"cost": "x"}', 'kunci-satu-untuk-semua'),
    'invalid {"cost": "number"}', 'refused');
select is(pg_temp.send('kediri', 'a', '{"cost": "1,5 juta"}', 'kunci-satu-untuk-semua'), 'done',
    'the key is good for what was put right');
select is(pg_temp.send('kediri', 'a', '{"cost": "2,5 juta", "agency": "Dinas Lain"}',
    'kunci-satu-untuk-semua'), 'conflict', 'and for what was written later');
select is(pg_temp.now('cost') || pg_temp.now('agency'), '1500000Dinas Lain', 'which is merged');
select is(pg_temp.send('kediri', 'a', '{"cost": "2,5 juta", "agency": "Dinas Lain"}', 'pendek'),
    'invalid {"key": "wrong"}', 'a key that is none');

-- What was sent is told before anything else.
select pg_temp.as_person('kediri');
select act.win_submit(pg_temp.id_of('Satu'), pg_temp.version_of('Satu'), pg_temp.new_key());
select is(pg_temp.send('kediri-gov', 'b', '{"lesson": "Beda", "cost": "x"}'), 'forbidden',
    'it is of another dimension now');
select * from finish();
rollback;
