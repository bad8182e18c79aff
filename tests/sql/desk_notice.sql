-- What people are told: decisions and what the office tells, on whose board, and which mails go
-- out.
begin;
\ir desk.psql
select plan(33);
\ir desk_wins.psql
create function pg_temp.number(who text) returns integer language sql as $$
  select a.id from data.account a where a.email = who || '@uji.go.id' $$;
insert into pg_temp.person
select 'madiun-dua', 'owner', pg_temp.make_person('madiun-dua', 'owner', '35.77', 'living,society');

-- A decision is told to those who write the record.
select pg_temp.make_win('Terbit', 'kediri', 'governance', 'published');
select pg_temp.make_win('Kembali', 'kediri-eco', 'economy', 'returned');
create function pg_temp.told(who text) returns text language sql as $$
  select pg_temp.as_person(who);
  select string_agg(n.kind, ' ' order by n.id) from data.notice n $$;
set session authorization tolok_desk;
select is(pg_temp.told(who), kinds, 'told: ' || coalesce(who, 'nobody'))
from (values ('kediri', 'published returned'), ('kediri-gov', 'published'),
             ('kediri-eco', 'returned'), ('madiun', null), ('kantor', null), ('asesor', null),
             (null, null)) v (who, kinds);
select pg_temp.as_person('kediri');
select doc('board', 'id', null, '1');
select results_eq($$select p ->> 'k_word', p ->> 'about_win' from part('notices') p$$,
    $$values ('returned', 'Kembali'), ('published', 'Terbit')$$, 'on the board, the newest first');
reset session authorization;
select pg_temp.as_person('kediri');
select is((act.win_withdraw(pg_temp.id_of('Terbit'), pg_temp.version_of('Terbit'),
    pg_temp.new_key(), 'Keliru')).outcome, 'done', 'what a city takes back');
set session authorization tolok_desk;
select is(pg_temp.told('kediri-gov'), 'published', 'is told to nobody');
reset session authorization;
select pg_temp.as_person('kediri');
select is((act.notices_read((select min(id) from data.notice
    where account = pg_temp.number('kediri')))).outcome, 'done', 'what was read');
select is((select string_agg(n.kind, ' ') from data.notice n
    where n.account = pg_temp.number('kediri') and n.read_at is null), 'returned', 'is gone');
select is((select count(*) from data.notice where read_at is not null), 1::bigint,
    'from one''s own board only');

-- What the office tells.
create function pg_temp.posts(who text, title text, places text) returns text language sql as $$
  select pg_temp.as_person(who);
  select concat_ws(' ', o.outcome, o.faults)
  from act.post_add(pg_temp.new_key(), title, 'Isi', places) o $$;
select is(pg_temp.posts(v.who, v.title, v.places), v.says, coalesce(v.who, 'nobody'))
from (values (null, 'A', null, 'signed_out'), ('kediri', 'A', null, 'forbidden'),
             ('asesor', 'A', null, 'forbidden'),
             ('kantor', ' ', null, 'invalid {"title": "missing"}'),
             ('kantor', 'A', 'Kota Kediri, Atlantis', 'invalid {"places": "Atlantis"}'),
             ('kantor', 'Untuk Madiun', E'kota madiun\n35.77', 'done'),
             ('kantor', 'Untuk semua', null, 'done')) v (who, title, places, says);
create function pg_temp.reads(who text) returns text language sql as $$
  select pg_temp.as_person(who);
  select string_agg(p.title, ', ' order by p.id) from data.post p $$;
set session authorization tolok_desk;
select is(pg_temp.reads(who), titles, 'posts: ' || coalesce(who, 'nobody'))
from (values ('kantor', 'Untuk Madiun, Untuk semua'), ('madiun-dua', 'Untuk Madiun, Untuk semua'),
             ('kediri', 'Untuk semua'), ('asesor', null), (null, null)) v (who, titles);
reset session authorization;
select pg_temp.as_person('kantor');
select is((act.post_end((select max(id) from data.post), pg_temp.new_key())).outcome, 'done',
    'one is taken down');
set session authorization tolok_desk;
select pg_temp.as_person('kediri');
select is((select count(*) from (select doc('board', 'id', null, '1')) d, part('notices') p
    where p ->> 'k_word' = 'post'), 0::bigint, 'and gone from the boards');
reset session authorization;

-- Mails: decisions within minutes, the rest once a day.
select pg_temp.as_person('kediri-eco');
select act.mails_change(null);
update data.account set mailed_at = now() where email not like '%@uji.go.id';
update data.notice set at = now() - interval '2 minutes';
create function pg_temp.mails() returns table (who text, topic text, count integer)
language sql as $$
  select split_part(a.email, '@', 1), m.topic, m.count from data.mail m
  join data.account a on a.id = m.account order by 2, 1 $$;
select act.mails_make('2026-12-01 06:59+07');
select results_eq('select * from pg_temp.mails()',
    $$values ('kediri', 'decision', 2), ('kediri-gov', 'decision', 1)$$,
    'of decisions, to who wants them');
select act.mails_make('2026-12-01 06:59+07');
select is((select count(*) from pg_temp.mails()), 2::bigint, 'once');
select results_eq($$select subject, body ~ 'memutuskan [12] quick win', body like '%{%',
    sealed is null,
    rest ~ 'Akun saya', body || rest ~ 'Terbit|Kembali' from act.mail_next()$$,
    $$values ('Keputusan kantor program di Tolok Kota', true, false, true, true, false)$$,
    'with a way to the desk and no word of a record');
delete from data.mail;
select act.mails_make('2026-12-01 07:00+07');
select results_eq('select * from pg_temp.mails()',
    $$values ('kediri', 'daily', 1), ('madiun', 'daily', 1), ('madiun-dua', 'daily', 1),
             ('madiun-gov', 'daily', 1)$$, 'in the morning of what waits, to whom something waits');
select act.mails_make('2026-12-01 16:00+07'), act.mails_make('2026-12-02 08:00+07');
select is((select count(*) from pg_temp.mails()), 4::bigint,
    'once, and not of the same things again');
update data.account set mailed_at = now() - interval '8 days' where email = 'madiun@uji.go.id';
select act.mails_make('2026-12-03 08:00+07');
select is((select count(*) from pg_temp.mails() m where m.who = 'madiun'), 2::bigint,
    'but after a week');
select * from finish();
rollback;
