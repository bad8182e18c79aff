-- The tables that pages read hold what follows from publications and facts, at any time and
-- whatever changes.
begin;
\ir round.psql
\ir stale.psql
select plan(21);

select is(pg_temp.stale(), null, 'after the load of facts and the rounds of the real years');
select is((select count(*) from pub.result), (select count(*) from data.result),
    'every result is there');
select is((select count(*) from pub.publication), (select count(*) from data.publication),
    'and every publication');
-- What follows is the same with a third of the results.
select count(*) from act.simulated_remove();
set constraints all deferred;

-- Rounds.
select pg_temp.make_round('t', '{"draws": 20, "missing": "scale_min"}',
                          array['n mean 0.1', 'a geomean', 'x leaf', 'y leaf', 'governance leaf'],
                          array['n a 3', 'n y 1', 'a x 1', 'a y 1'],
                          array['35.71 x 2', '35.71 y 3', '35.71 governance 5', 'Q.A x 4',
                          'Q.A y na', 'Q.B y nd', 'Q.B x 1'], array['Q.B n 3.3'], array['Q.B h']);
select is_empty($$select from pub.publication where round = 't' union all select from pub.region
    where code = 'Q.A'$$, 'a draft is not there, nor who is in nothing else');
select lives_ok($$select act.publish('t')$$, 'a round is published');
select is(pg_temp.stale(), null, 'which makes its rows');
select pg_temp.make_round('t', '{}', array['n leaf'], '{}', array['35.71 n 3', 'Q.C n 1']);
select act.publish('t', 'Salah.');
select is(pg_temp.stale(), null, 'a second publication');
select results_eq($$select n, current from pub.publication where round = 't' order by n$$,
    'values (1, false), (2, true)', 'takes the place of the first');
select pg_temp.make_round('u', '{}', array['n leaf'], '{}', array['35.71 n 3']);
update data.intake set simulated = false,
    year = 2030 where id = (select draft from data.round where code = 'u');
select act.publish('u');
select is(pg_temp.stale(), null, 'a real one, newer than all');
select is((select round from pub.publication where standard), 'u',
    'is what an address without a round means');

-- Facts.
insert into data.published_figure (id, region, year, measure, value, rank_scope, confidence, source)
values (9001, '35.71', 2022, 'overall', 3.31, null, 'stated', 'https://example.org/a'),
    (9002, '35.78', 2021, 'provincial_rank', 2, 'province', 'stated', 'b');
select is(pg_temp.stale(), null, 'a new figure');
select is((select count(*) from pub.region where code = '35.78'), 1::bigint,
    'gives its region a page');
update data.published_figure set value = 1.5, year = 2021 where id = 9001;
select is(pg_temp.stale(), null, 'a figure that changes');
delete from data.quick_win where region = '35.71';
select is(pg_temp.stale(), null, 'quick wins that go');
update data.region set name = 'Kota Lain', slug = 'kota-lain', member = false where code = '35.77';
update data.province set name = 'Lain' where code = '35';
update data.dimension set about_id = 'lain' where code = 'living';
select is(pg_temp.stale(), null, 'other names');
insert into data.region (code, slug, name, member) values ('Q.Z', 'q.z', 'Kota Baru', true),
    ('Q.Y', 'q.y', 'Kota Lama', false);
select is(pg_temp.stale(), null, 'a new member');
select is((select string_agg(code, ' ') from pub.region where code in ('Q.Z', 'Q.Y')), 'Q.Z',
    'has a page at once');

-- Every table that the rows follow from tells when it changes, or can not change any more. What a
-- city tells of a quick win is that of a version whose words are kept (its trigger `guard`), and
-- act.win_show changes data.quick_win whenever it is another one; its files are those that the
-- version had when it was sent. Which publication a round shows
-- is changed by act.publish and act.simulated_remove alone, which call act.refresh. Whether a round
-- is a rehearsal is said once, when it is made.
select is((
  with recursive used (class, id) as (
    select 'pg_proc'::regclass::oid,
        p.oid from pg_proc p where p.pronamespace = 'act'::regnamespace and p.proname like 'read\_%'
    union
    select d.refclassid, d.refobjid
    from used u
    left join pg_rewrite r on u.class = 'pg_class'::regclass and r.ev_class = u.id
    join pg_depend d on d.classid = case when r.oid is null then u.class
        else 'pg_rewrite'::regclass::oid end and d.objid = coalesce(r.oid, u.id)
    where d.refclassid in ('pg_proc'::regclass, 'pg_class'::regclass)
  )
  select string_agg(c.relname, ', ')
  from used u
  join pg_class c on u.class = 'pg_class'::regclass and c.oid = u.id
  where c.relkind = 'r' and c.relnamespace = 'data'::regnamespace and c.relname not like 'read\_%'
    and c.relname not in ('win', 'win_version', 'win_file', 'win_file_edit', 'file', 'round',
                          'round_run')
    and not exists (select from pg_trigger t where t.tgrelid = c.oid
        and t.tgname ~ '^(follow|frozen|immutable)')), null,
  'no table changes unseen');

-- Code.
create or replace function pub.bare_name(name text) returns text language sql immutable parallel
    safe return upper(name);
select act.refresh_code((select digest from data.read_code));
select is((select bare from pub.region where code = '35.71'), 'Kediri',
    'the same code works nothing out again');
select act.refresh_code('another');
select is(pg_temp.stale(), null, 'code that works it out otherwise');
select is((select bare from pub.region where code = '35.71'), 'KOTA KEDIRI',
    'has worked it out again');

select * from finish();
rollback;
