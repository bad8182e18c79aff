-- The outbox: a link has its mail or there is no link; mails are taken one by one, come back, and
-- keep nothing.
begin;
\ir desk.psql
select plan(30);
create function pg_temp.sealed(name text) returns text language sql as $$
    select rpad('sealed-' || name, 100, '=') $$;
create function pg_temp.waiting() returns text language sql as $$
  select coalesce(string_agg(split_part(a.email, '@', 1), ' ' order by m.invitation), '')
  from data.mail m join data.invitation i on i.id = m.invitation
      join data.account a on a.id = i.account where m.sealed is not null
$$;
create function pg_temp.due() returns void language sql as $$ update data.mail set next_at = now()
    where sealed is not null $$;
create function pg_temp.next_name() returns text language sql as $$
    select split_part(n.email, '@', 1) from act.mail_next() n $$;
create function pg_temp.mail_of(who text) returns integer language sql as $$
  select max(m.id) from data.mail m join data.invitation i on i.id = m.invitation
      join data.account a on a.id = i.account where a.email = who || '@uji.go.id'
$$;

select pg_temp.as_person('kantor');
set session authorization tolok_desk;
select is((act.mail_link(pg_temp.token('none'), pg_temp.sealed('none'))).outcome, 'done',
    'a token of no link');
select is((act.invite(pg_temp.wants('satu@uji.go.id', 'Satu & Dua', 'office', null, null),
    pg_temp.token('satu'))).outcome, 'done', 'a link');
select is((act.mail_link(pg_temp.token('satu'), pg_temp.sealed('satu'))).outcome, 'done',
    'and its mail');
select is((act.mail_link(pg_temp.token('satu'), pg_temp.sealed('other'))).outcome, 'done',
    'sent twice');
select throws_ok(statement, '42501', null, statement)
  from unnest(array['select * from data.mail', 'select * from act.mail_next()',
  'select * from act.mail_done(1, null, true)',
  'select * from act.mail_list()', 'delete from data.mail',
      'update data.mail set sealed = null']) statement;
reset session authorization;
select is(pg_temp.waiting(), 'satu', 'is one mail');
select throws_ok($$insert into data.mail (invitation, sealed) select id,
    'short' from data.invitation limit 1$$, '23514', null, 'what is too short was not sealed');

-- Taken, said.
select results_eq('select email, sealed, subject, right(body, 2) = E''\n\n'' and rest like '
    'E''\n\nTautan%'',
    position(''Yth. Satu & Dua,'' in body) from act.mail_next()',
                  $$values ('satu@uji.go.id', pg_temp.sealed('satu'),
                  'Undangan ke meja kerja Tolok Kota', true, 1)$$, 'taken with its words');
select is(pg_temp.next_name(), null, 'by one at a time');
select is(pg_temp.waiting(), 'satu', 'until it is said to have gone');
select pg_temp.due();
select is(pg_temp.next_name(), 'satu', 'it comes back');
select is((select m.mail from act.mail_done(pg_temp.mail_of('satu'), 'later', false) m),
    pg_temp.mail_of('satu'), 'not yet');
select results_eq($$select sealed is null, sent_at, failed_at, tries,
                  fault from data.mail where id = pg_temp.mail_of('satu')$$,
                  $$values (false, null::timestamptz, null::timestamptz, 2, 'later')$$,
                  'waits and says why');
select results_eq($$select mail from act.mail_done(pg_temp.mail_of('satu'), null, false)$$,
    $$values (pg_temp.mail_of('satu'))$$, 'gone');
select results_eq($$select sealed, sent_at is null,
    fault from data.mail where id = pg_temp.mail_of('satu')$$,
    $$values (null::text, false, null::text)$$, 'keeps nothing');
select is_empty($$select * from act.mail_done(pg_temp.mail_of('satu'), 'x', true)$$,
    'and is not said twice');

-- Resets; the eldest first; links that are good no more.
select (act.reset((select id from pg_temp.person where name = 'madiun'),
    pg_temp.token('reset'))).outcome,
    (act.mail_link(pg_temp.token('reset'), pg_temp.sealed('reset'))).outcome;
select (act.invite(pg_temp.wants('dua@uji.go.id', 'Dua', 'office', null, null),
    pg_temp.token('dua'))).outcome,
    (act.mail_link(pg_temp.token('dua'), pg_temp.sealed('dua'))).outcome;
update data.mail set next_at = now() - interval '1 minute' where id = pg_temp.mail_of('dua');
select is(pg_temp.next_name() || ' ' || pg_temp.next_name(), 'dua madiun',
    'that waits longest first');
select is((select max(tries) from data.mail where sealed is not null
    and next_at between now() + interval '29 seconds' and now() + interval '31 seconds'), 1,
    'each comes back in half a minute');
update data.mail set tries = 50 where sealed is not null;
select pg_temp.due();
select is((select count(*)
    from (select pg_temp.next_name() union all select pg_temp.next_name()) x), 2::bigint,
    'however often');
select is((select max(next_at) from data.mail where sealed is not null), now() + interval '1 hour',
    'at least every hour');
update data.invitation set closed_at = now()
    where id = (select m.invitation from data.mail m where m.id = pg_temp.mail_of('madiun'));
update data.invitation set expires_at = now()
    where id = (select m.invitation from data.mail m where m.id = pg_temp.mail_of('dua'));
select is(pg_temp.next_name(), null, 'links that were used or are over need no mail');
select is((select string_agg(fault, ', ' order by fault) from data.mail where failed_at is not null
    and sealed is null), 'not needed any more, too late', 'and keep nothing');
select is((select string_agg(state, ' ' order by state) from act.mail_list() l
    where l.email like '%uji.go.id'), 'failed failed sent',
    'the operator sees what became of each');

-- What somebody is called is no template, were it one all the same.
alter table data.account drop constraint account_name_check;
select is((act.invite(pg_temp.wants('tiga@uji.go.id', 'Tiga', 'office', null, null),
    pg_temp.token('tiga'))).outcome
    || (act.mail_link(pg_temp.token('tiga'), pg_temp.sealed('tiga'))).outcome, 'donedone',
    'a link for somebody');
update data.account set name = 'Budi, https://evil.example/?t={link} {until} {about}'
    where email = 'tiga@uji.go.id';
select results_eq($$select
                  position('Yth. Budi, https://evil.example/?t={link} {until} {about},' in body),
                  right(body, 2) = E'\n\n', rest like E'\n\nTautan%' from act.mail_next()$$,
                  $$values (1, true, true)$$, 'whose name takes no link along');
select * from finish();
rollback;
