-- From the last decision to the publication of a round run here, by the engine's job; what the
-- public sees of it, and that nobody sees a rehearsal.
begin;
\ir desk.psql
\ir rounds.psql
select plan(31);

-- What the service does with the next job.
create function pg_temp.serve() returns text language plpgsql as $$
declare
  t record;
  said text;
begin
  perform set_config('tolok.token', '', true);
  select * into t from act.job_take();
  if t.job is null then
    return 'nothing';
  end if;
  perform act.job_hold(t.job, t.attempt);
  execute format('select act.job_%s($1)', t.kind) using t.job;
  perform act.job_done(t.job);
  return (select concat_ws(' ', j.kind, j.state, j.word) from data.job j where j.id = t.job);
end $$;
-- A round walked to its end: marks 3 and 2 of every cell of Kediri, 4 and 4 of Madiun, Mojokerto
-- has none and gets what the plenary decides.
create function pg_temp.finish(round text) returns text language plpgsql as $$
declare
  said text;
  p record;
begin
  perform pg_temp.walk(round, 'verify');
  for p in select c.region, d.dimension, w.who, w.value
           from (values ('35.71', 'asesor', '3'), ('35.71', 'asesor2', '2'),
                        ('35.77', 'asesor', '4'), ('35.77', 'asesor2', '4')) w (region, who, value)
           cross join (values ('governance'), ('economy')) d (dimension)
           join (values ('35.71'), ('35.77')) c (region) on c.region = w.region
  loop
    said := concat_ws(' ', said, pg_temp.mark_all(round, p.region, p.dimension, p.who, p.value));
  end loop;
  perform pg_temp.walk(round, 'final');
  said := concat_ws(' ', said, pg_temp.says('kantor', format('round_final(%L, KEY)', round)));
  return said || ' ' || pg_temp.says('kantor', format(
    'decide(%L, KEY, %L, ''value'', ''1'', ''pleno'')', round, (
      select jsonb_agg(jsonb_build_object('region', d.region, 'criterion', d.criterion,
                                          'seen', d.row_version))
      from data.decision d where d.round = finish.round and d.state = 'open')));
end $$;
create function pg_temp.publishes(round text) returns text language plpgsql as $$
declare
  said text := pg_temp.says('kantor', format('round_preview(%L, KEY)', round));
  preview integer;
begin
  said := concat_ws(', ', said, pg_temp.serve());
  preview := (select p.id from data.preview p where p.round = publishes.round
              and p.state = 'ready');
  update data.session set proved_at = now();
  said := concat_ws(', ', said,
    pg_temp.says('kantor', format('preview_open(%s, KEY)', preview)),
    pg_temp.says('kedua', format('preview_open(%s, KEY)', preview)));
  said := concat_ws(', ', said, pg_temp.says('kantor', format(
    'request_ask(%s, KEY, %L, null, null)', preview,
    case when exists (select from data.publication p where p.round = publishes.round)
         then 'Salah ketik' end)));
  said := concat_ws(', ', said,
    pg_temp.says('kedua', format('request_confirm(%s, KEY)', pg_temp.last_id())));
  return concat_ws(', ', said, pg_temp.serve());
end $$;

select pg_temp.make_run('r', '{"agree_days": "0"}');
select pg_temp.says('kediri', $$answer_save('r', '35.71', 'gov.a', 1, KEY, 'value', '3', 'x')$$);
select unalike(pg_temp.finish('r'), '%invalid%', 'a round is walked to its end');
select is((select r.state from data.round_run r where r.round = 'r'), 'final', 'it is final');
select is(pg_temp.publishes('r'), 'done, preview done, done, done, done, done, publish done',
    'two people of the office publish it by jobs');
select is((select r.state from data.round_run r where r.round = 'r'), 'published', 'it says so');
-- What the engine makes of it, computed by hand. Kediri: all marks 3 and 2, so 2.5; the leaf wisata
-- is none of theirs. Madiun 4. Mojokerto 1.
select results_eq($$select r.region::text, r.value, r.label, r."of", r.coverage
    from data.result r join data.publication p on p.id = r.publication
    where p.round = 'r' and r.criterion = 'index' order by 1$$,
    $$values ('35.71', 2.5, '2', 2, 1.0), ('35.76', 1.0, '1', 1, 1.0),
             ('35.77', 4.0, '1', 2, 1.0)$$,
    'values and ranks in their groups are those of a calculation by hand');
select is((select string_agg(trim_scale(r.applicable)::text, ' ' order by r.region)
    from data.result r join data.publication p on p.id = r.publication
    where p.round = 'r' and r.criterion = 'index'), '1 1 1',
    'what is of another group is no part of what applies');
select is((select x.fault from data.publication p
    cross join lateral act.publication_fault(p.id, true) x where p.round = 'r'), null,
    'results and record hold');
select ok(exists (select from pub.publication p where p.round = 'r'), 'the public sees it');
select ok(exists (select from data.record k join data.publication p on p.id = k.publication
    where p.round = 'r'), 'it has a record');
select is((select count(*) from data.mark_note), 0::bigint, 'private notes are gone');
select is(pg_temp.says('kediri', $$answer_save('r', '35.71', 'gov.a', 2, KEY, 'value', '3', 'x')$$),
    'state', 'nothing is written any more');
select is(pg_temp.says('kantor', $$round_off('r', KEY, 'x')$$), 'state',
    'what is published is not called off');
-- An import of that round is refused.
create temporary table import_setting (path text, value text, line integer);
insert into import_setting values ('code', 'r', 1);
select is((select string_agg(f.message, ' ') from act.import_check_round() f),
    'round r is run at the desk', 'a package does not come in its place');
-- A correction.
select is(pg_temp.says('kantor', $$decide('r', KEY, '[{"region": "35.77", "criterion": "gov.a",
    "seen": 1}]', 'value', '3', 'Bukti terlewat')$$), 'done', 'a decision is corrected');
select is(pg_temp.publishes('r'), 'done, preview done, done, done, done, done, publish done',
    'the next edition, with a reason');
select is((select max(p.n) from data.publication p where p.round = 'r'), 2, 'is the second');
-- Nothing else than before.
select is(pg_temp.says('kantor', $$round_preview('r', KEY)$$), 'done', 'a preview of the same');
select is(pg_temp.serve(), 'preview done', 'is made');
select ok((select p.same from data.preview p where p.round = 'r' and p.state = 'ready'),
    'and says that nothing differs');
select is(pg_temp.says('kantor', $$decide('r', KEY, '[{"region": "35.77", "criterion": "gov.a",
    "seen": 2}]', 'value', '4', 'x')$$), 'done', 'a change of a decision');
select is((select count(*) from data.preview p where p.round = 'r' and p.state = 'ready'),
    0::bigint, 'withdraws the preview');

-- A rehearsal.
select pg_temp.make_run('g', '{"rehearsal": "yes", "agree_days": "0"}');
select is((select m.version::text from data.method m join data.round_run r on r.method = m.id
    where r.round = 'g'), 'gladi-g', 'a rehearsal has a method of its own');
select lives_ok($$update data.criterion set name_id = 'Lain' where code = 'gov.a'
    and method = (select id from data.method where version = 'uji-g')$$,
    'and freezes no other');
select is(pg_temp.says('kantor', $$rehearsal_walk('g', KEY, 'review')$$), 'done',
    'it is walked by its dates');
select is((select act.round_step_now(r, '35.71') from data.round_run r where r.round = 'g'),
    'review', 'to a step');
select is(pg_temp.says('kantor', $$rehearsal_walk('r', KEY, 'review')$$), 'state',
    'a real round is not');
select unalike(pg_temp.finish('g'), '%invalid%', 'it ends like any');
select is(pg_temp.publishes('g'), 'done, preview done, done, done, done, done, publish done',
    'and is published');
select ok(not exists (select from pub.publication p where p.round = 'g')
    and not exists (select from pub.result x join data.publication p on p.id = x.publication
                    where p.round = 'g')
    and not exists (select from data.record k join data.publication p on p.id = k.publication
                    where p.round = 'g'), 'where the public sees nothing of it');
select pg_temp.make_run('h', '{"rehearsal": "yes"}');
select is(pg_temp.says('kantor', $$rehearsal_delete('h', KEY)$$), 'done', 'a rehearsal is deleted');
select is((select count(*) from data.round_run r where r.round = 'h')
    + (select count(*) from data.cell c where c.round = 'h')
    + (select count(*) from data.method m where m.version = 'gladi-h'), 0::bigint, 'whole');
select * from finish();
rollback;
