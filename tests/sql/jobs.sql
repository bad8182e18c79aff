-- Jobs: what the office asks for, what the service does of it, and what is refused to whom.
begin;
\ir desk.psql
\ir round.psql
select plan(104);

-- A second office, and a third.
insert into pg_temp.person
select name, 'office',
    pg_temp.make_person(name, 'office') from (values ('kedua'), ('ketiga')) p (name);
create temp table kept (name text primary key, id integer);
grant all on kept to public;
create function pg_temp.asks(who text, statement text) returns text language plpgsql as $$
declare
  said data.outcome;
begin
  perform pg_temp.as_person(who);
  execute 'select * from ' || replace(statement, 'KEY', quote_literal(pg_temp.new_key())) into said;
  insert into kept values ('last', said.id) on conflict (name) do update set id = excluded.id;
  return said.outcome || coalesce(' ' || said.faults::text, '');
end $$;
create function pg_temp.last() returns integer language sql as $$
  select id from kept where name = 'last'
$$;
create function pg_temp.became(job integer) returns text language sql security definer as $$
  select concat_ws(' ', j.kind, j.state, j.word) from data.job j where j.id = job
$$;
-- What the service does with the next job; what came of it.
create function pg_temp.serve(cut text default null) returns text language plpgsql as $$
declare
  t record;
  word text;
  more text;
begin
  perform set_config('tolok.token', '', true);
  select * into t from act.job_take();
  if t.job is null then
    return 'nothing';
  end if;
  begin
    if not (select h.held from act.job_hold(t.job, t.attempt) h) then
      return 'held';
    end if;
    execute format('select act.job_%s($1)', t.kind) using t.job;
    if cut is not null then
      execute cut using t.job;
    end if;
    if not (select d.done from act.job_done(t.job) d) then
      raise exception using errcode = 'TKCAN';
    end if;
  exception
    when sqlstate 'TKREF' then
      get stacked diagnostics word = message_text, more = pg_exception_detail;
      perform act.job_end(t.job, t.attempt, 'refused', word, nullif(more, '')::jsonb);
    when sqlstate 'TKCAN' then
      perform act.job_end(t.job, t.attempt, 'cancelled', null, null);
    when sqlstate 'P0001' then
      perform act.job_end(t.job, t.attempt, 'failed', 'error',
          jsonb_build_object('message', sqlerrm));
  end;
  return pg_temp.became(t.job);
end $$;
create function pg_temp.draft(mark text default '4', source text default 'test') returns void
language plpgsql as $$
begin
  perform act.import_drop_draft('t');
  perform pg_temp.make_round('t', '{"draws": 20}', array['n mean 0.1', 'x leaf', 'y leaf'],
    array['n x 1', 'n y 1'],
    array['35.71 x ' || mark, '35.71 y 3', '35.77 x 2', '35.77 y 2', '35.78 x 1', '35.78 y nd']);
  update data.intake i set source = draft.source from data.round r
  where r.code = 't' and i.id = r.draft;
end $$;

-- Previews.
select is(pg_temp.asks('kantor', 'act.preview_ask(KEY, ''t'')'), 'state',
    'a round that is not there');
select pg_temp.draft();
select is(pg_temp.asks(name, 'act.preview_ask(KEY, ''t'')'), 'forbidden', name || ' asks for none')
from unnest(array['asesor', 'kediri', 'kediri-gov']) name;
select is(pg_temp.asks('kantor', 'act.preview_ask(KEY, ''t'')'), 'done',
    'the office asks for a preview');
select is((select (kind, round, state, stage, attempts, asked_by)::text from data.job
  where id = pg_temp.last()),
  format('(preview,t,queued,queued,0,%s)', (select id from pg_temp.person where name = 'kantor')),
      'which waits');
select is(pg_temp.asks('kedua', 'act.preview_ask(KEY, ''t'')'), 'state', 'one at a time');
set session authorization tolok_job;
select is(pg_temp.serve(), 'preview done', 'the service makes it');
select is(pg_temp.serve(), 'nothing', 'and has nothing left to do');
reset session authorization;
insert into kept select 'first', preview from data.job where kind = 'preview';
select results_eq('select p.state, p.n, p.base, p.regions, p.criteria, p.main::text, p.same, '
    'p.entering, p.changed_files
                   from data.preview p join kept k on k.name = ''first'' and k.id = p.id',
  $$values ('ready', 1, null::integer, 3, 3, 'n', false, 0, '{}'::text[])$$, 'of a first edition');
select results_eq('select region::text, value, label, news from data.preview_row r join kept k on '
    'k.name = ''first'' and k.id = r.preview order by ord',
  $$values ('35.71', 3.5, '1', null), ('35.77', 2.0, '2', null), ('35.78', 1.0, '3', null)$$,
      'with its ranking');
select is((select a.account from data.audit a where a.act = 'preview' order by id desc limit 1),
  (select id from pg_temp.person where name = 'kantor'), 'the trail names who asked');
select is((select string_agg(l.word, ' ' order by l.ord) from data.job_log l), 'asked began done',
    'and the log tells the steps');

-- Who reads what.
set session authorization tolok_desk;
select pg_temp.as_person('kantor');
select ok(exists (select from data.preview) and exists (select from data.preview_row)
  and exists (select from data.job_log)
  and exists (select from act.office_rounds() o where o.code = 't' and o.draft and o.preview
      is not null), 'the office sees it');
select pg_temp.as_person('kediri');
select ok(not exists (select from data.preview) and not exists (select from data.preview_row)
  and not exists (select from data.job) and not exists (select from act.office_rounds()),
      'a city nothing');
select throws_ok('select * from data.preview_result', '42501', null,
    'nobody reads results that are kept');
select throws_ok('select act.job_take()', '42501', null, 'nor does the service''s work');
reset session authorization;

-- The request.
update data.session set proved_at = now() - interval '1 hour';
select is(pg_temp.asks('kantor',
  format('act.request_ask(%s, KEY, '''', '''', '''')', (select id from kept where name = 'first'))),
  'unproved', 'without a proof nothing is asked for');
update data.session set proved_at = now();
create function pg_temp.request(who text, reason text default '', day text default '',
    hour text default '') returns text
language sql as $$
  select pg_temp.asks(who, format('act.request_ask(%s, KEY, %L, %L, %L)',
    (select max(p.id) from data.preview p where p.round = 't'), reason, day, hour))
$$;
create function pg_temp.opens(who text) returns text language sql as $$
  select pg_temp.asks(who,
      format('act.preview_open(%s, KEY)',
      (select max(p.id) from data.preview p where p.round = 't')))
$$;
create function pg_temp.confirms(who text) returns text language sql as $$
  select pg_temp.asks(who,
      format('act.request_confirm(%s, KEY)', (select max(id) from data.request)))
$$;
select is(pg_temp.request('kantor'), 'invalid {"form": "unseen"}', 'nor what was not looked at');
select is(pg_temp.opens('kediri'), 'forbidden', 'a city looks at none');
select is(pg_temp.opens('kantor'), 'done', 'the office does');
select is(pg_temp.request('kediri'), 'forbidden', 'a city asks for none');
select is(pg_temp.request('kantor', 'Salah.'), 'invalid {"reason": "first"}',
    'a first edition has no reason');
select is(pg_temp.request('kantor', '', day, hour), 'invalid ' || fault, fault)
from (values ('2020-01-01', '10:00', '{"day": "past"}'), ('2020-13-01', '10:00', '{"day": "date"}'),
  ('2020-01', '10:00', '{"day": "date"}'), ('', '10:00', '{"day": "date"}'),
      ('2099-01-01', '10.00', '{"day": "far"}'),
  ('2026-01-01', '25:00', '{"time": "time"}')) v (day, hour, fault);
select is(pg_temp.request('kantor'), 'done', 'it is asked for');
select is(pg_temp.request('kedua'), 'state', 'once');
select is(pg_temp.asks('kedua', 'act.preview_ask(KEY, ''t'')'), 'state',
    'meanwhile the preview stays');
select is(pg_temp.confirms('kantor'), 'invalid {"form": "same_person"}',
    'the same person does not confirm');
select is(pg_temp.confirms('kedua'), 'invalid {"form": "unseen"}',
    'nor somebody who has not opened it');
select is((select count(*) from data.audit a join pg_temp.person p on p.id = a.account
  where a.act = 'refused' and a.subject = 'request_confirm'), 2::bigint, 'the trail tells both');
select is(pg_temp.opens('kedua'), 'done', 'who opens it');
update data.session set proved_at = now() - interval '1 hour';
select is(pg_temp.confirms('kedua'), 'unproved', 'and has not shown who they are');
update data.session set proved_at = now();
select is(pg_temp.confirms('asesor'), 'forbidden', 'an assessor confirms nothing');
select is(pg_temp.confirms('kedua'), 'done', 'confirms');
select is(pg_temp.confirms('ketiga'), 'state', 'once');
select is((select count(*) from data.publication where round = 't'), 0::bigint,
    'nothing is public yet');
set session authorization tolok_job;
select is(pg_temp.serve(), 'publish done', 'the service publishes it');
reset session authorization;
select results_eq($$select p.n, p.digest = v.digest, r.state, v.state,
    (select count(*) from data.preview_result)
    from data.publication p join data.request r on r.publication = p.id
        join data.preview v on v.id = r.preview
    where p.round = 't'$$, $$values (1, true, 'published', 'published', 0::bigint)$$,
        'as it was previewed');
select is_empty($$select c.*
    from (select p.id, p.intake from data.publication p where p.round = 't') p,
    calc.results(p.intake) c left join data.result r on r.region = c.region
        and r.criterion = c.criterion
    where r.publication = p.id and (r.value, r.label, r.rank_low, r.coverage) is distinct
        from (c.value, c.label, c.rank_low, c.coverage)$$,
  'and as it is computed');
select is((select count(*) from data.audit where act = 'publish' and subject_id = 't'
    and after ? 'confirmed_by'
    and account = (select id from pg_temp.person where name = 'kantor')), 1::bigint,
        'the trail names both');

-- A correction.
create function pg_temp.preview() returns text language plpgsql as $$
begin
  perform pg_temp.asks('kantor', 'act.preview_ask(KEY, ''t'')');
  return pg_temp.serve();
end $$;
create temp table same as select method from data.intake i
    join data.publication p on p.intake = i.id where p.round = 't';
select pg_temp.draft();
update data.intake set method = (select method from same)
    where id = (select draft from data.round where code = 't');
select is(pg_temp.preview(), 'preview done', 'the same again is previewed');
select is((select (same, changed_files)::text from data.preview where state = 'ready'), '(t,{})',
    'and nothing would change');
select pg_temp.opens('kantor'), pg_temp.opens('kedua');
select is(pg_temp.request('kantor', 'Salah.'), 'invalid {"form": "same"}', 'it is no correction');
select pg_temp.draft('1.5', 'lain');
select results_eq($$select state, why from data.preview order by id desc limit 1$$,
  $$values ('outdated', 'draft')$$,
  'another draft makes a preview outdated');
select is(pg_temp.opens('kedua'), 'state', 'which is opened no more');
select is(pg_temp.preview(), 'preview done', 'a correction is previewed');
select results_eq($$select n, changed_values, changed_ranks, entering,
  leaving from data.preview where state = 'ready'$$,
  'values (2, 1, 0, 0, 0)', 'which says what it changes');
select ok((select changed_files @> '{marks.csv,results.csv,round.json}' from data.preview
    where state = 'ready'), 'in which files');
select results_eq($$select value_before, value, label_before, label, news from data.preview_row
    where preview = (select id from data.preview where state = 'ready') order by ord limit 1$$,
  $$values (3.5, 2.3, '1', '1', 'changed')$$, 'and of whom');
select pg_temp.opens('kantor'), pg_temp.opens('kedua');
select is(pg_temp.request('kantor'), 'invalid {"reason": "missing"}', 'a correction has a reason');
select is(pg_temp.request('kantor', repeat('x', 2001)), 'invalid {"reason": "long"}',
    'of some length');

-- For a time, withdrawn, and changed meanwhile.
select is(pg_temp.request('kantor', 'Salah ketik.',
    to_char(now() + interval '2 days', 'YYYY-MM-DD'), '16.00'), 'done', 'for a time');
select is((select publish_at from data.request order by id desc limit 1),
  (date_trunc('day', (now() + interval '2 days') at time zone 'Asia/Jakarta') + interval '16 hours')
      at time zone 'Asia/Jakarta',
  'of western Indonesia');
select pg_temp.confirms('kedua');
select is(pg_temp.serve(), 'nothing', 'it waits for that');
select is(pg_temp.asks('ketiga',
  format('act.request_withdraw(%s, KEY, '''')', (select max(id) from data.request))),
  'invalid {"reason": "missing"}', 'withdrawn with a reason');
select is(pg_temp.asks('kediri',
  format('act.request_withdraw(%s, KEY, ''Tunggu.'')', (select max(id) from data.request))),
  'forbidden', 'by the office');
select is(pg_temp.asks('ketiga',
  format('act.request_withdraw(%s, KEY, ''Tunggu.'')', (select max(id) from data.request))),
  'done', 'any of it');
select results_eq('select r.state, r.withdrawal, j.state from data.request r join data.job j on '
    'j.request = r.id order by r.id desc limit 1',
  $$values ('withdrawn', 'Tunggu.', 'cancelled')$$, 'ends its job');
select is(pg_temp.request('kantor', 'Salah ketik.'), 'done', 'it may be asked for again');
select pg_temp.confirms('kedua');
select pg_temp.draft('1.6');
select results_eq('select r.state, r.word, j.state, j.word from data.request r join data.job j on '
    'j.request = r.id order by r.id desc limit 1',
  $$values ('withdrawn', 'draft', 'refused', 'draft')$$, 'another draft withdraws it');
select is(pg_temp.serve(), 'nothing', 'and nothing is published');
-- What changes behind the back of all is seen when it is published.
select pg_temp.preview();
select pg_temp.opens('kantor'), pg_temp.opens('kedua'), pg_temp.request('kantor', 'Salah ketik.'),
    pg_temp.confirms('kedua');
update data.intake set source = 'diam-diam'
    where id = (select draft from data.round where code = 't');
select is(pg_temp.serve(), 'publish refused digest',
    'a draft that was changed in place is not published');
select results_eq('select state, word from data.request order by id desc limit 1',
    $$values ('refused', 'digest')$$, 'the request says so');
select is((select count(*) from data.publication where round = 't'), 1::bigint,
    'nothing of it is there');
-- An account that was ended meanwhile.
select pg_temp.preview();
select pg_temp.opens('kantor'), pg_temp.opens('kedua'), pg_temp.request('kantor', 'Salah ketik.'),
    pg_temp.confirms('kedua');
update data.account set state = 'disabled' where email = 'kedua@uji.go.id';
select is(pg_temp.serve(), 'publish refused people',
    'nor when one of the two is no office any more');
update data.account set state = 'active' where email = 'kedua@uji.go.id';
-- By hand.
select is(pg_temp.request('kantor', 'Salah ketik.'), 'done', 'the preview is still good');
select is((select n from act.publish('t', 'Dari konsol.')), 2, 'the operator publishes alone');
select results_eq('select r.state, r.word, p.state, p.why from data.request r join data.preview p '
    'on p.id = r.preview order by r.id desc limit 1',
  $$values ('withdrawn', 'publication', 'outdated', 'publication')$$,
      'and the request was in vain');
select throws_ok($$select act.preview('t')$$, 'P0001', 'round t has no draft to look at',
    'no draft is left');
select is(pg_temp.asks('kantor', 'act.preview_ask(KEY, ''t'')'), 'state', 'nor previewed');
select is(pg_temp.asks('kantor', 'act.draft_drop(KEY, ''t'')'), 'state', 'nor thrown away');
select pg_temp.draft('1.6');
select is(pg_temp.asks('kediri', 'act.draft_drop(KEY, ''t'')'), 'forbidden',
    'a city throws no draft away');
select is(pg_temp.asks('kedua', 'act.draft_drop(KEY, ''t'')'), 'done', 'the office does');
select is((select r.draft from data.round r where r.code = 't'), null, 'then it is gone');

-- Cancelling, and services that die.
select pg_temp.draft('1.7');
select pg_temp.asks('kantor', 'act.preview_ask(KEY, ''t'')');
select is(pg_temp.asks('kediri', format('act.job_cancel(%s, KEY)', (select max(id) from data.job))),
    'forbidden', 'a city cancels nothing');
select is(pg_temp.asks('kedua', format('act.job_cancel(%s, KEY)', (select max(id) from data.job))),
    'done', 'one that waits is cancelled');
select is((select state from data.job order by id desc limit 1), 'cancelled', 'at once');
select is(pg_temp.asks('kedua', format('act.job_cancel(%s, KEY)', (select max(id) from data.job))),
    'state', 'once');
select pg_temp.asks('kantor', 'act.preview_ask(KEY, ''t'')');
select is(pg_temp.serve('update data.job set cancel_at = now() where id = $1'), 'preview running',
    'what is cancelled at the end is undone');
update data.job set cancel_at = now() where state = 'running';
select is((select b.stop from data.job j,
    act.job_beat(j.id, j.attempts, 'draws', 1, 10) b where j.state = 'running'), true,
    'the service hears of it');
update data.job set beat_at = now() - interval '10 seconds' where state = 'running';
select is(pg_temp.serve(), 'nothing', 'a lost one is not begun again');
select is((select state from data.job order by id desc limit 1), 'cancelled', 'but ended');
select pg_temp.asks('kantor', 'act.preview_ask(KEY, ''t'')');
create temp table taken as select * from act.job_take();
select is((select b.stop from taken t, act.job_beat(t.job, t.attempt, 'draws', 3, 10) b), false,
    'one that lives goes on');
select is((select (stage, n, m)::text from data.job order by id desc limit 1), '(draws,3,10)',
    'and tells how far it is');
select is(pg_temp.serve(), 'nothing', 'nobody else takes it');
update data.job set beat_at = now() - interval '10 seconds' where state = 'running';
select is((select b.job from act.job_take() b), (select job from taken),
    'one that is not heard of is taken again');
select is((select b.stop from taken t, act.job_beat(t.job, t.attempt, 'draws', 4, 10) b), true,
    'the one before has lost it');
update data.job set attempts = 3, beat_at = now() - interval '10 seconds' where state = 'running';
select is(pg_temp.serve(), 'nothing', 'three times');
select results_eq('select state, word from data.job order by id desc limit 1',
    $$values ('failed', 'crash')$$, 'then it has failed');

-- Uploads.
select is(pg_temp.asks('kantor', format('act.import_ask(KEY, ''a.zip'', %s, '''')', bytes)),
    'invalid {"package": "' || fault || '"}', fault)
from (values ('''''::bytea', 'missing'), ('''x''::bytea', 'type'),
  ('decode(repeat(''504b0304'', 2621441), ''hex'')', 'large')) v (bytes, fault);
select is(pg_temp.asks('kediri', 'act.import_ask(KEY, ''a.zip'', ''\x504b''::bytea, '''')'),
    'forbidden', 'a city brings no package');
select is(pg_temp.asks('kantor', 'act.import_ask(KEY, ''a.zip'', ''\x504b''::bytea, ''yes'')'),
    'done', 'the office does');
select is((select (name, bytes, new_regions, round)::text from data.job order by id desc limit 1),
    '(a.zip,2,t,)', 'which waits for the service');
select is(pg_temp.asks('kantor', 'act.gather_ask(KEY, ''t'')'), 'state',
    'a round that is not gathered');
select is(pg_temp.asks('kantor', 'act.gather_ask(KEY, ''2024'')'), 'done', 'one that is');
select is(pg_temp.asks('kantor', 'act.export_ask(KEY, ''2024'', ''9'')'), 'forbidden',
    'a publication that is not there');
select is(pg_temp.asks('kantor', 'act.export_ask(KEY, ''2024'', '''')'), 'done',
    'the newest is taken out');

select * from finish();
rollback;
