-- Page trail: who sees which acts, and how a change is shown.
begin;
\ir desk.psql
select plan(22);
\ir desk_wins.psql
select pg_temp.make_win('Program', 'kediri', 'governance', 'published');
select pg_temp.make_win('Lain', 'madiun', 'economy', 'draft');
select pg_temp.save('kediri', 'Program', '{"title": "Program dua"}');
set session authorization tolok_desk;
select pg_temp.as_person(null);
select ok(doc('trail', 'id', null, null) is null, 'nobody has no trail');
select pg_temp.as_person('kediri');
select results_eq(
  $$select own, win, nothing, city_name, quickwin = pg_temp.id_of('Program')
    from json_to_record(doc('trail', 'id', pg_temp.id_of('Program')::text, null))
      as (own boolean, win text, nothing boolean, city_name text, quickwin integer)$$,
  $$values (false, 'Program dua', false, 'Kota Kediri', true)$$, 'of which quick win it is');
select results_eq(
  $$select r.* from part('days.rows') p, json_to_record(p) r (a_word text, actor text)$$,
  $$values ('win_save', 'kediri@uji.go.id'), ('win_publish', 'kantor@uji.go.id'),
           ('win_submit', 'kediri@uji.go.id'), ('win_create', 'kediri@uji.go.id')$$,
  'a city sees the way of its quick win, the newest first');
select results_eq(
  $$select r ->> 'a_word', c.k_word, s.added, s.number, s.text
    from part('days.rows') r,
         json_to_recordset((r ->> 'changes')::json) c (k_word text, sides json),
         json_to_recordset(c.sides) s (added boolean, number integer, text text)
    where r ->> 'a_word' = 'win_save'$$,
  $$values ('win_save', 'fields', true, null::integer, 'Nama program'),
           ('win_save', 'n', false, 1, null),
           ('win_save', 'n', true, 2, null)$$,
  'which fields a save changed, and no word of them');
select results_eq(
  $$select c.label, c.k_word, s.*
    from part('days.rows') r,
         json_to_recordset((r ->> 'changes')::json) c (label text, k_word text, sides json),
         json_to_recordset(c.sides) s (added boolean, v_word text, number numeric, date date,
         text text)
    where r ->> 'a_word' = 'win_create' and c.label = 'Dimensi'
       or r ->> 'a_word' = 'win_submit' and c.k_word = 'state'$$,
  $$values (null, 'state', false, 'draft', null::numeric, null::date, null),
           (null, 'state', true, 'submitted', null, null, null),
           ('Dimensi', null, true, null, null, null, 'Governance')$$,
  'each value as what it is');
select is((select bool_and(r ->> 'source' is null) from part('days.rows') r
          where r ->> 'actor' = 'kantor@uji.go.id'),
          true, 'where the office sits is not told');
select is((select count(*) from part('days.rows') r
           where json_array_length((r ->> 'changes')::json) <= 4 and r ->> 'changed_fields'
              is not null
              or json_array_length((r ->> 'changes')::json) > 4
                 and (r ->> 'changed_fields')::integer is distinct
                 from json_array_length((r ->> 'changes')::json)),
          0::bigint, 'more than four changes are counted');
select is(doc('trail', 'id', pg_temp.id_of('Lain')::text, null) ->> 'days', null,
          'nothing of another city');
select pg_temp.as_person('kediri-eco');
select results_eq(
  $$select d.* from json_to_record(doc('trail', 'id', pg_temp.id_of('Program')::text, null)) d
    (own boolean, nothing boolean, days text)$$,
  'values (true, true, null::text)', 'an owner sees what they did');
select pg_temp.as_person('kantor');
select results_eq(
  $$select own, entries = (select count(*) from data.audit), uncounted, older_than
    from json_to_record(doc('trail', 'id', null, null))
      as (own boolean, entries bigint, uncounted boolean, older_than bigint)$$,
  'values (false, true, false, null::bigint)', 'the office sees all, counted');
select is((select count(distinct r ->> 'subject_id') from part('days.rows') r
          where r ->> 'subject_word' = 'win'),
          2::bigint, 'of every quick win');
select is((select count(distinct (r ->> 'id')::integer) = count(*)
          and min((r ->> 'id')::integer) = 1 from part('days.rows') r),
          true, 'each entry once');
select is((select string_agg(r ->> 'subject_name', ' ') from part('days.rows') r
           where r ->> 'a_word' = 'win_submit'
           and r ->> 'subject_id' = pg_temp.id_of('Program')::text),
          'Program', 'a quick win is called by the name that one may read');
select doc('trail', 'id', null, null, 'quickwin');
select ok((select bool_and(r ->> 'a_word' like 'win%') and count(*) > 0 from part('days.rows') r),
    'of one kind');
select is((doc('trail', 'id', null, null, 'putaran') ->> 'nothing')::boolean,
          not exists (select from data.audit where subject = 'round'), 'or another');
reset session authorization;

-- More than a page, some of it of another day.
select act.note('refused', 'win_save', '', null, null, null, null) from generate_series(1, 60);
select act.note('win_publish', 'win', '', '35.71',
    jsonb_build_object('n', 1, 'cost', '1000', 'reason', repeat('x', 400)), null, null);
alter table data.audit disable trigger user;
update data.audit set at = at - interval '1 day' where id <= (select max(id) - 10 from data.audit);
alter table data.audit enable trigger user;
set session authorization tolok_desk;
select pg_temp.as_person('kantor');
select results_eq(
  $$select d.older_than, d.next_before = (select max(id) - 49 from data.audit)
    from json_to_record(doc('trail', 'id', null, null)) d (older_than bigint, next_before bigint)$$,
  'values (null::bigint, true)', 'fifty a page, and where the next one begins');
select is((select string_agg(json_array_length(p -> 'rows')::text, ' ') from part('days') p),
          '10 40',
          'in days, the newest first');
select results_eq(
  $$select c.k_word, c.label, s.added, s.number, length(s.text)
    from part('days.rows') r,
         json_to_recordset((r ->> 'changes')::json) c (k_word text, label text, sides json),
         json_to_recordset(c.sides) s (added boolean, number numeric, text text)
    where r ->> 'a_word' = 'win_publish' and r ->> 'subject_id' is null$$,
  $$values (null, 'Biaya', false, 1000::numeric, null::integer), ('n', null, false, 1, null),
           ('reason', null, false, null, 301)$$, 'a long text by its beginning');
create function pg_temp.whole(quickwin text, kind text) returns bigint[] language plpgsql as $$
declare
  ids bigint[] := '{}';
  before text;
begin
  loop
    perform doc('trail', 'id', quickwin, before, kind);
    ids := ids || array(select (r ->> 'id')::bigint from part('days.rows') r order by 1 desc);
    before := (select d from part('next_before') d) #>> '{}';
    exit when before is null;
  end loop;
  return ids;
end $$;
select is(pg_temp.whole(null, null), array(select id from data.audit order by id desc),
          'page after page, each entry once');
select is(pg_temp.whole(null, 'ditolak'),
          array(select id from data.audit where kind = 'ditolak' order by id desc),
          'of one kind too');
select is(pg_temp.whole(pg_temp.id_of('Program')::text, null),
          array(select id from data.audit where subject = 'win'
          and subject_id = pg_temp.id_of('Program')::text order by id desc),
          'of one quick win too');
select results_eq(
  $$select d.entries, d.uncounted
      from json_to_record(doc('trail', 'id', null, null, 'ditolak')) d (entries integer,
      uncounted boolean)$$,
  'values (60, false)', 'a kind is counted');
reset session authorization;
select * from finish();
rollback;
