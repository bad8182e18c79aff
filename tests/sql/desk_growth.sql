-- What strangers repeat leaves few rows, and what is old goes in steps, by nobody's request.
begin;
\ir desk.psql
select plan(45);

-- However many old rows there are, neither a visitor nor a step of the service reads them all.
insert into data.login_attempt (at, who, source) select now() - interval '25 hours',
    data.digest_of(n::text), 'y' || n from generate_series(1, 20000) n;
insert into data.invitation (purpose, digest, created_at, expires_at, asked_for, asked_from)
select 'forgot', data.digest_of('old' || n), now() - interval '25 hours', now(),
    data.digest_of(n::text), 'y' || n from generate_series(1, 20000) n;
analyze data.login_attempt, data.invitation;
create function pg_temp.rows_read(statement text) returns bigint language plpgsql as $$
declare
  before bigint;
begin
  select coalesce(sum(seq_tup_read), 0) into before from pg_stat_xact_user_tables
      where schemaname = 'data' and relname in ('login_attempt', 'invitation');
  execute statement;
  return (select coalesce(sum(seq_tup_read), 0) - before from pg_stat_xact_user_tables
      where schemaname = 'data' and relname in ('login_attempt', 'invitation'));
end $$;
select set_config('tolok.source', '203.0.113.77', true);
select is(pg_temp.rows_read($$select * from act.sign_in_begin('kediri@uji.go.id', 'x') cross
          join act.forgot('kediri@uji.go.id', pg_temp.token('ff'))$$),
          0::bigint, 'neither signing in nor having forgotten one''s password reads them all');
select is(pg_temp.rows_read($$select act.tidy(10)$$), 0::bigint, 'nor does a step of the service');
delete from data.login_attempt;
delete from data.invitation;
select act.tidy(1000);

-- The trail, however long: a page of it reads about as many rows as it shows, and the few that it
-- counts.
alter table data.audit disable trigger user;
insert into data.audit (id, at, account, actor, source, request, act, subject, subject_id, region,
    previous, digest)
select (select max(id) from data.audit) + n, now(), case when n % 7 = 0 then p.id end, '-', 'x',
       'x',
       case when n % 3 = 0 then 'sign_in_throttled' else 'win_save' end,
           case when n % 3 = 0 then 'address' when n % 5 = 0 then 'round' else 'win' end,
       (n % 50)::text, case when n % 3 > 0 then '35.71' end, repeat('a', 64), repeat('a', 64)
from generate_series(1, 30000) n, pg_temp.person p where p.name = 'kediri';
alter table data.audit enable trigger user;
analyze data.audit;
create function pg_temp.trail_reads(name text, kind text, quickwin text,
    before text) returns text language plpgsql as $$
declare
  one record;
  other record;
begin
  perform pg_temp.as_person(name);
  select seq_tup_read,
      idx_tup_fetch into one from pg_stat_xact_user_tables where relid = 'data.audit'::regclass;
  perform doc('trail', 'id', quickwin, before, kind);
  select seq_tup_read,
      idx_tup_fetch into other from pg_stat_xact_user_tables where relid = 'data.audit'::regclass;
  return case when other.seq_tup_read > one.seq_tup_read then 'all'
    when other.idx_tup_fetch - one.idx_tup_fetch > 20000
        then other.idx_tup_fetch - one.idx_tup_fetch || '' else 'few' end;
end $$;
set session authorization tolok_desk;
-- A connection of the role has its settings; what is planned here has them too.
select set_config(split_part(c, '=', 1), substr(c, strpos(c, '=') + 1), true)
from pg_db_role_setting s cross join unnest(s.setconfig) c
where s.setrole = 'tolok_desk'::regrole
    and c ~ '^(random_page_cost|seq_page_cost|plan_cache_mode)=';
select is((select string_agg(distinct pg_temp.trail_reads(name, f.kind, f.quickwin, before), ' ')
           from unnest(array['kantor', 'kediri', 'madiun', 'kediri-eco', 'asesor']) name,
                (values (null, null), ('quickwin', null), ('akun', null), ('putaran', null),
                ('ditolak', null), (null, '7')) f (kind, quickwin),
                unnest(array[null, '9000', '200']) before),
          'few', 'of the trail a page reads few rows, whoever asks for which');
reset session authorization;
alter table data.audit disable trigger user;
delete from data.audit where digest = repeat('a', 64);
alter table data.audit enable trigger user;

create temp table mark as select max(id) as id from data.audit;
grant all on mark to public;
grant usage on sequence form_key to public;
-- Acts that were noted since this was asked last, each with how often.
create function pg_temp.noted() returns text language plpgsql security definer as $$
declare
  said text;
begin
  select string_agg(n.act || ' ' || n.count, ', ' order by n.act) into said
  from (select a.act, count(*) from data.audit a where a.id > (select m.id from mark m)
      group by a.act) n;
  update mark set id = (select max(a.id) from data.audit a);
  return said;
end $$;
create function pg_temp.from_source(source text) returns void language sql as $$
  select set_config('tolok.source', $1, true), set_config('tolok.token', '', true)
$$;
create function pg_temp.try(email text) returns text language plpgsql as $$
declare
  b record;
begin
  select * into b from act.sign_in_begin(email, '$argon2id$v=19$m=47104,t=2,p=1$');
  return case when b.wait > 0 then 'wait'
      else (act.sign_in(b.attempt, email, repeat('cd', 32), pg_temp.token('x'))).outcome end;
end $$;

set session authorization tolok_desk;
select pg_temp.from_source('203.0.113.1');
select is((select string_agg(r.said || ' ' || r.count, ', ' order by r.said) from (
             select pg_temp.try('kediri@uji.go.id') as said,
             count(*) from generate_series(1, 60) group by 1) r),
          'refused 5, wait 55', 'somebody tries one account for a quarter of an hour');
select is(pg_temp.noted(), 'sign_in_refused 1, sign_in_throttled 1', 'one row of each kind');
select pg_temp.from_source('203.0.113.2');
select is((select string_agg(r.said || ' ' || r.count, ', ' order by r.said) from (
             select pg_temp.try('kediri@uji.go.id') as said,
             count(*) from generate_series(1, 6) group by 1) r),
          'refused 5, wait 1', 'from another place');
select is(pg_temp.noted(), 'sign_in_refused 1, sign_in_throttled 1', 'rows of its own');
select is((select count(*)
          from (select pg_temp.try('orang' || n || '@uji.go.id') from generate_series(1, 200) n) t),
          200::bigint,
          'or addresses that they make up');
select is(pg_temp.noted(), 'sign_in_refused 1', 'are one');
select is((select count(*)
          from (select act.forgot('orang' || n || '@uji.go.id', pg_temp.token('f' || n))
          from generate_series(1, 60) n) t), 60::bigint,
          'forgotten passwords');
select is(pg_temp.noted(), 'password_forgotten 1, sign_in_throttled 1', 'too');
select count(*) from (
  select set_config('tolok.source', '2001:db8:0:' || n || '::/64', true),
         pg_temp.try('madiun@uji.go.id'), pg_temp.try('orang@uji.go.id'),
         act.forgot('orang@uji.go.id', pg_temp.token('n' || n))
  from generate_series(1, 100) n) t;
select is(pg_temp.noted(), 'password_forgotten 29, sign_in_refused 59',
          'from a hundred places there are thirty of each kind at most');
select pg_temp.from_source('203.0.113.3');
select pg_temp.try('kediri@uji.go.id');
select is(pg_temp.noted(), 'sign_in_refused 1', 'others have their own');
select pg_temp.as_person('madiun-gov');
select count(*) from (select act.win_save(1, 1, pg_temp.new_key(), '{"title": "x"}'),
    act.session_end(1) from generate_series(1, 60)) t;
select is(pg_temp.noted(), 'refused 2', 'what somebody may not do is noted once for each thing');
select count(*) from (select act.win_save(n, 1, pg_temp.new_key(), '{"title": "x"}')
    from generate_series(100000, 100100) n) t;
select is(pg_temp.noted(), 'refused 28', 'of which they have thirty');
reset session authorization;

-- Whether an address has an account is told by no time: what is written, and taken back, is the
-- same.
create function pg_temp.written(source text, email text,
    forgotten boolean) returns text language plpgsql as $$
declare
  before text[];
  now text[];
begin
  perform pg_temp.from_source(source);
  select array_agg(n_tup_ins + n_tup_upd || '' order by relname) into before
      from pg_stat_xact_user_tables where schemaname = 'data' and relname <> 'told';
  perform case when forgotten
      then (act.forgot(email, pg_temp.token(nextval('form_key')::text))).outcome
      else pg_temp.try(email) end;
  select array_agg(n_tup_ins + n_tup_upd || '' order by relname) into now
      from pg_stat_xact_user_tables where schemaname = 'data' and relname <> 'told';
  return (select string_agg((a::integer - b::integer)::text, ' ' order by i)
      from unnest(now, before) with ordinality w (a, b, i));
end $$;
insert into data.login_attempt (who, source, outcome) select data.digest_of('w' || n),
    '203.0.113.44', 'refused' from generate_series(1, 30) n;
select pg_temp.written(source, 'siapa@uji.go.id', forgotten)
    from unnest(array['203.0.113.44', '203.0.113.45']) source, unnest(array[false, true]) forgotten;
select is((select count(distinct pg_temp.written('203.0.113.44', email, false))
           from unnest(array['madiun@uji.go.id', 'bukan@uji.go.id', 'kediri@uji.go.id']) email),
           1::bigint, 'who has to wait');
select is((select count(distinct pg_temp.written('203.0.113.45', email, forgotten))
           from unnest(array['madiun@uji.go.id', 'bukan@uji.go.id', 'kediri@uji.go.id',
             'kediri@uji.go.id', 'bukan@uji.go.id']) email,
             unnest(array[false, true]) forgotten), 2::bigint,
             'and who is refused or has forgotten their password');
select pg_temp.noted();
update data.told set quarter = quarter - interval '15 minutes';
select pg_temp.as_person('madiun-gov');
set session authorization tolok_desk;
select act.session_end(1);
select is(pg_temp.noted(), 'refused 1', 'and the next quarter of an hour has its own');
reset session authorization;

-- A city, which fills the disk with words.
create function pg_temp.begins(name text, title text) returns text language sql as $$
  select pg_temp.as_person(name);
  select (act.win_begin(pg_temp.new_key(), jsonb_build_object('title', title), 'id')).outcome;
$$;
create function pg_temp.takes_back(name text) returns text language plpgsql as $$
declare
  w data.win;
  said text;
begin
  perform pg_temp.as_person(name);
  select * into w from data.win order by id desc limit 1;
  said := (act.win_withdraw(w.id, w.row_version, pg_temp.new_key(), 'Salah.')).outcome;
  return said || ' ' || (act.win_save(w.id, w.row_version + 1, pg_temp.new_key(),
      '{"title": "lagi"}')).outcome;
end $$;
create function pg_temp.saves(name text, title text) returns text language plpgsql as $$
declare
  w data.win;
begin
  perform pg_temp.as_person(name);
  select * into w from data.win order by id desc limit 1;
  return (act.win_save(w.id, w.row_version, pg_temp.new_key(),
      jsonb_build_object('title', title))).outcome;
end $$;
set session authorization tolok_desk;
-- What was begun a hundred and ninety times before.
reset session authorization;
insert into data.city_day (region, day, saves, versions) values ('35.71', current_date, 190, 190)
on conflict (region, day) do update set saves = 190, versions = 190;
set session authorization tolok_desk;
select is((select string_agg(r.said || ' ' || r.count, ', ' order by r.said) from (
             select pg_temp.begins(case n % 2 when 0 then 'kediri' else 'kediri-eco' end,
             'Kota ' || n) as said, count(*)
             from generate_series(1, 13) n group by 1) r),
          'done 10, quota 3', 'begins two hundred a day, whoever of it does');
select is(pg_temp.begins('madiun', 'Lain'), 'done', 'each city has its own');
select is(pg_temp.saves('kediri', 'Terus'), 'done', 'what was begun goes on');
select is(pg_temp.takes_back('kediri'), 'done quota',
    'a version that would be begun anew counts too');
reset session authorization;
update data.city_day set day = day - 1;
set session authorization tolok_desk;
select is(pg_temp.begins('kediri', 'Besok'), 'done', 'the next day has its own');
reset session authorization;
update data.city_day set saves = 5000;
set session authorization tolok_desk;
select is(pg_temp.saves('kediri', 'Sekali lagi'), 'quota', 'saving has an end too');
select is(pg_temp.saves('kediri', 'Besok'), 'done', 'but what changes nothing is none');
reset session authorization;

-- So has what one person does, whatever that is, but not what makes them safe, and signing in.
create function pg_temp.says(name text, said text) returns text language plpgsql as $$
begin
  perform pg_temp.as_person(name);
  return (act.name_change(said)).outcome;
end $$;
create function pg_temp.ends(name text) returns text language plpgsql as $$
begin
  perform pg_temp.as_person(name);
  return (act.sessions_end()).outcome;
end $$;
set session authorization tolok_desk;
select is(pg_temp.says('madiun', 'Satu'), 'done', 'a person does something');
reset session authorization;
select is((select acts from data.person_day d join pg_temp.person p on p.id = d.account
           where p.name = 'madiun' and d.day = current_date)
          - (select count(*) from data.audit a join pg_temp.person p on p.id = a.account
             where p.name = 'madiun' and a.act in ('name_change', 'win_create'))::integer, 0,
    'each act counts');
update data.person_day d set acts = 10000 from pg_temp.person p
where p.id = d.account and p.name = 'madiun';
set session authorization tolok_desk;
select throws_ok($$select pg_temp.says('madiun', 'Dua')$$, 'TKDAY', null, 'to an end each day');
select throws_ok($$select pg_temp.begins('madiun', 'Dua')$$, 'TKDAY', null, 'of whatever it is');
select is(pg_temp.says('kediri', 'Dua'), 'done', 'for each person');
select is(pg_temp.ends('madiun'), 'done', 'who ends their sessions all the same');
select set_config('tolok.token', '', true);
select isnt(pg_temp.try('madiun@uji.go.id'), null, 'and signs in');
reset session authorization;
update data.person_day set acts = 20000;
set session authorization tolok_desk;
select throws_ok($$select pg_temp.ends('madiun')$$, 'TKDAY', null, 'though not without an end');
reset session authorization;
update data.person_day set day = day - 1;
set session authorization tolok_desk;
select is(pg_temp.says('madiun', 'Tiga'), 'done', 'the next day has its own');
reset session authorization;

-- Old rows.
select act.tidy(1000000);
delete from data.login_attempt;
insert into data.login_attempt (at, who, source)
select now() - interval '25 hours', repeat('a', 64), 'x' from generate_series(1, 1200);
insert into data.login_attempt (at, who, source) select now() - interval '23 hours',
    repeat('a', 64), 'x' from generate_series(1, 7);
set session authorization tolok_desk;
select pg_temp.from_source('203.0.113.9');
select pg_temp.try('kediri@uji.go.id');
reset session authorization;
select is((select count(*) from data.login_attempt), 1208::bigint, 'who signs in removes nothing');
select is((select removed from act.tidy(500)), 500::bigint,
    'the service removes as many as it is told');
select is((select removed from act.tidy(500)), 500::bigint, 'step by step');
select is((select removed from act.tidy(500)), 200::bigint, 'to the end');
select is((select count(*) from data.login_attempt), 8::bigint, 'what is younger than a day stays');
insert into data.wrong_code (account, at) select id, now() - a from pg_temp.person,
    unnest(array[interval '23 hours', interval '25 hours']) a where name = 'kediri';
insert into data.receipt (account, key, asked, at)
select id, 'receipt-of-old-' || a, repeat('a', 64),
    now() - a * interval '1 hour' from pg_temp.person,
    unnest(array[47, 49]) a where name = 'kediri';
insert into data.session (account, digest, level, source, agent, expires_at)
select id, data.digest_of('half ' || l || a), l, '', '', now() - a * interval '1 hour'
from pg_temp.person, unnest(array[23, 25]) a,
    unnest(array['password', 'full']) l where name = 'kediri';
insert into data.told values (now() - interval '2 hours', '', '', 'x', '');
insert into data.city_day values ('35.71', current_date - 2, 1, 1);
insert into data.person_day select id, current_date - 2, 1 from pg_temp.person
where name = 'kediri';
select is((select removed from act.tidy(500)), 6::bigint,
    'a wrong code, a receipt, half a session, what was told, a day of a city and of a person');
select is((select count(*) from data.session where expires_at < now()), 3::bigint,
    'a whole session stays, as it says from where somebody is known');

-- Links of forgotten passwords, with their mails.
create function pg_temp.link(name text, account integer, age interval,
  closed boolean) returns void language sql as $$
  with i as (
    insert into data.invitation (account, purpose, digest, created_at, expires_at, closed_at,
        asked_for, asked_from)
    values ($2, 'forgot', data.digest_of($1), now() - $3, now() - $3 + interval '30 minutes',
        case when $4 then now() - $3 end, repeat('a', 64), 'x')
    returning id)
  insert into data.mail (invitation, sent_at) select id, now() from i
$$;
select pg_temp.link('nobody', null, '25 hours', false),
       pg_temp.link('young', null, '23 hours', false),
       pg_temp.link('fourth', p.id, '25 hours', true),
           pg_temp.link('sent', p.id, '25 hours', false),
           pg_temp.link('week', p.id, '8 days', false)
from pg_temp.person p where p.name = 'kediri';
select is((select removed from act.tidy(500)), 6::bigint, 'three links and their mails');
select is((select string_agg(n, ' ' order by n)
           from unnest(array['nobody', 'young', 'fourth', 'sent', 'week']) n
           where exists (select from data.invitation i join data.mail m on m.invitation = i.id
           where i.digest = data.digest_of(n))),
          'sent young', 'the others stay for a day, and for a week when somebody got one');
select is((select removed from act.tidy(500)), 0::bigint, 'then nothing is left to do');

select is((select fault from act.audit_verify()), null, 'the chain is whole');
select * from finish();
rollback;
