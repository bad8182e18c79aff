-- Page queue: what waits for the office is found, assigned and decided together; nobody else sees
-- it, nor what the office notes for itself.
begin;
\ir desk.psql
\ir desk_wins.psql
select plan(36);
select pg_temp.make_win('=Antrean satu', 'kediri', 'governance', 'submitted');
select pg_temp.make_win('Antrean dua', 'kediri', 'economy', 'submitted');
select pg_temp.make_win('Antrean tiga', 'madiun', 'governance', 'submitted');
select pg_temp.make_win('Draf', 'kediri', 'governance', 'draft');
update data.win_version set submitted_at = now() - interval '9 days'
where win = pg_temp.id_of('Antrean tiga');
create function pg_temp.titles(words text default null, city text default null,
                               dimension text default null, age text default null,
                               reader text default null, sorted text default null)
returns text language sql as $$
  select string_agg(p ->> 'win', ', ' order by o)
  from jsonb_array_elements(coalesce(nullif((
    doc('queue', 'id', words, city, dimension, age, reader, sorted, '1', null, null) -> 'wins'
    )::jsonb, 'null'), '[]')) with ordinality e (p, o)
  where p ->> 'win' ~ 'Antrean' $$;
create function pg_temp.ticks(variadic titles text[]) returns jsonb language sql as $$
  select jsonb_build_object('win', jsonb_agg(w.id || ':' || w.row_version))
  from data.win w where w.id in (select pg_temp.id_of(t) from unnest(titles) t) $$;
create function pg_temp.says(name text, what text, fields jsonb) returns text
language plpgsql as $$
declare
  said data.outcome;
begin
  perform pg_temp.as_person(name);
  said := case what when 'decide' then act.queue_decide(pg_temp.new_key(), fields)
                    else act.queue_assign(pg_temp.new_key(), fields) end;
  return concat_ws(' ', said.outcome, said.faults);
end $$;

set session authorization tolok_desk;
create function pg_temp.none(name text) returns boolean language sql as $$
  select pg_temp.as_person(name);
  select doc('queue', 'id', null, null, null, null, null, null, '1', null, null) is null
         and doc('queuefile', 'id', null, null, null, null, null, 'tertua') is null $$;
select ok(pg_temp.none(name), coalesce(name, 'nobody') || ' has no queue')
from unnest(array[null, 'asesor', 'kediri', 'kediri-gov']) name;
select pg_temp.as_person('kantor');
select is(pg_temp.titles(), 'Antrean tiga, =Antrean satu, Antrean dua', 'the oldest first');
select is(pg_temp.titles(sorted => 'terbaru'), '=Antrean satu, Antrean dua, Antrean tiga',
          'the newest first');
select is(pg_temp.titles(sorted => 'dimensi'), 'Antrean dua, Antrean tiga, =Antrean satu',
          'by dimension');
select is(pg_temp.titles(words => 'antrean DUA'), 'Antrean dua', 'by words');
select is(pg_temp.titles(words => 'madiun'), 'Antrean tiga', 'or by the city');
select is(pg_temp.titles(city => 'kota-madiun'), 'Antrean tiga', 'of a city');
select is(pg_temp.titles(dimension => 'economy'), 'Antrean dua', 'of a dimension');
select is(pg_temp.titles(age => 'minggu'), 'Antrean tiga', 'for more than a week');
select is(pg_temp.titles(age => 'bulan'), null, 'or a month');
select ok(doc('queuefile', 'id', 'antrean', null, null, null, null, 'tertua') -> 'http' -> 'sheet'
          ->> 'text' ~ e'^number,win,.*\r\n[0-9]+,Antrean tiga,Kota Madiun,governance,.*,'
                       '"?''=Antrean',
          'as a sheet, in which nothing is a formula');
reset session authorization;

-- Assigned.
select is(pg_temp.says('kediri', 'assign', pg_temp.ticks('Antrean dua')
          || '{"reader": "tanpa"}'), 'forbidden', 'a city assigns nobody');
select is(pg_temp.says('kantor', 'assign', '{"reader": "tanpa"}'), 'invalid {"win": "missing"}',
          'nothing ticked');
select is(pg_temp.says('kantor', 'assign', pg_temp.ticks('Antrean dua') || jsonb_build_object(
            'reader', p.id)), 'invalid {"reader": "missing"}', 'nobody of the office')
from pg_temp.person p where p.name = 'asesor';
select is(pg_temp.says('kantor', 'assign', pg_temp.ticks('Antrean dua', 'Draf')
          || jsonb_build_object('reader', p.id)), 'done', 'assigned')
from pg_temp.person p where p.name = 'kantor';
select is((select count(*) from data.win where reader is not null), 1::bigint,
          'what was sent, and no draft');
set session authorization tolok_desk;
select pg_temp.as_person('kantor');
select is(pg_temp.titles(reader => 'saya'), 'Antrean dua', 'one''s own');
select is(pg_temp.titles(reader => 'tanpa'), 'Antrean tiga, =Antrean satu', 'and nobody''s');
reset session authorization;

-- Notes of the office.
create function pg_temp.note(name text, title text, said text) returns text language sql as $$
  select pg_temp.as_person(name);
  select concat_ws(' ', n.outcome, n.faults)
  from act.note_add(pg_temp.id_of(title), pg_temp.new_key(), said) n $$;
select is(pg_temp.note('kediri', 'Antrean dua', 'x'), 'forbidden', 'a city writes none');
select is(pg_temp.note('kantor', 'Draf', 'x'), 'forbidden', 'of a draft there is none');
select is(pg_temp.note('kantor', 'Antrean dua', ' '), 'invalid {"internal": "missing"}', 'empty');
select is(pg_temp.note('kantor', 'Antrean dua', 'Rahasia kantor'), 'done', 'the office does');
set session authorization tolok_desk;
create function pg_temp.sees(name text) returns bigint language sql as $$
  select pg_temp.as_person(name);
  select (select count(*) from data.win_note)
    + (select count(*) from data.audit a where a.act in ('note_add', 'win_assign')) $$;
select is(pg_temp.sees('kantor') > 1, true, 'the office reads it');
select is(pg_temp.sees(name), 0::bigint, coalesce(name, 'nobody') || ' does not')
from unnest(array[null, 'asesor', 'kediri', 'kediri-eco']) name;
reset session authorization;

-- Several at once.
select is(pg_temp.says('kantor', 'decide', pg_temp.ticks('Antrean dua', 'Draf')
          || '{"verdict": "published"}'), 'state', 'one can not be decided');
select is((select string_agg(v.state, ' ' order by v.win) from data.win_version v
           where v.win in (select id from made)), 'submitted submitted submitted draft',
          'then none is');
select is(pg_temp.says('kantor', 'decide', pg_temp.ticks('Antrean dua', '=Antrean satu')
          || '{"verdict": "returned"}'), 'invalid {"reason": "missing"}', 'for a reason only');
select is(pg_temp.says('kantor', 'decide', pg_temp.ticks('Antrean dua', '=Antrean satu')
          || '{"verdict": "returned", "standard": ["source"]}'), 'done', 'two are returned');
select is(pg_temp.says('kantor', 'decide', pg_temp.ticks('Antrean tiga')
          || '{"verdict": "published"}'), 'done', 'one is published');
select is((select string_agg(v.state, ' ' order by v.win) from data.win_version v
           where v.win in (select id from made)), 'returned returned published draft',
          'each as was said');
select * from finish();
rollback;
