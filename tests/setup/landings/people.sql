-- Accounts and quick wins for a landing, written as whoever made the tables would: into what is
-- there at that commit. The one
-- password of all is known by its key, 64 times the digit 7.
set role tolok_owner;
select to_regclass('data.account') is not null as desk, to_regclass('data.win_file') is not null as
  files,
       to_regclass('data.mail') is not null as mails \gset
\if :desk
insert into data.account (email, name, role, region, dimension, state, password_setting,
  password_digest, otp_secret)
select v.name || '@landing.example', initcap(v.name), v.role, v.region, v.dimension, v.state,
       case when v.state <> 'invited' then '$argon2id$v=19$m=47104,t=2,p=1$' || repeat('s', 22) end,
       case when v.state <> 'invited' then encode(sha256(decode(repeat('7', 64), 'hex')), 'hex')
         end, 'sealed ' || v.name
from (values ('kantor', 'office', null, null, 'active'), ('asesor', 'assessor', null, null,
  'active'),
             ('kediri', 'operator', '35.71', null, 'active'), ('tata', 'owner', '35.71',
               'governance', 'active'),
             ('madiun', 'operator', '35.77', null, 'invited'), ('serang', 'operator', '36.73', null,
               'disabled')
     ) v (name, role, region, dimension, state);
create function pg_temp.who(name text) returns integer language sql as
  $$ select a.id from data.account a where a.email = who.name || '@landing.example' $$;
insert into data.recovery_code (account, digest) select pg_temp.who('kediri'),
  data.digest_of('recovery ' || n) from generate_series(1, 3) n;
insert into data.invitation (account, purpose, digest, created_by, expires_at)
values (pg_temp.who('madiun'), 'invite', data.digest_of('invitation'), pg_temp.who('kantor'), now()
  + interval '7 days'),
       (pg_temp.who('kediri'), 'reset', data.digest_of('reset'), pg_temp.who('kantor'), now() +
         interval '30 minutes');
insert into data.session (account, digest, level, source, agent, expires_at)
values (pg_temp.who('kediri'), data.digest_of(repeat('k', 43)), 'full', '127.0.0.1', 'landing',
  now() + interval '12 hours');
select act.note('account_create', 'account', a.id::text, a.region, null, act.account_view(a)) from
  data.account a order by a.id \g /dev/null

-- One quick win in each state that it can have, and one that was published, corrected and published
-- again.
insert into data.win (region, dimension, newest, published, created_by)
select '35.71', 'governance', v.newest, v.published, pg_temp.who('kediri')
from (values (1, null), (1, null), (1, 1), (1, null), (2, 2)) v (newest, published);
insert into data.win_version (win, n, title, summary, problem, solution, agency, started, cost,
  figure, figure_before, figure_after,
                              links, saved_by)
select w.id, n, 'Program ' || w.id || ' ke-' || n, 'Ringkasan.', 'Masalah.', 'Jalan keluar.',
  'Dinas Kominfo', '2024-03-01', 125000000.50,
       'menit menunggu', 90, 12.5, array['https://landing.example/' || w.id], pg_temp.who('kediri')
from data.win w cross join generate_series(1, w.newest) n order by w.id, n;
update data.win_version set state = 'submitted', submitted_by = pg_temp.who('kediri'), submitted_at
  = now() where win > 1;
update data.win_version set state = 'published', decided_by = pg_temp.who('kantor'), decided_at =
  now() where win in (3, 5);
update data.win_version set state = 'superseded' where win = 5 and n = 1;
update data.win_version set state = 'returned', reason = 'Angka sebelum dan sesudah?', decided_by =
  pg_temp.who('kantor'), decided_at = now()
where win = 4;
insert into data.quick_win (id, region, dimension, title, summary, agency, year, source)
select 10000 + w.id, w.region, w.dimension, v.title, v.summary, v.agency, 2024,
  'https://landing.example/' || w.id
from data.win w join data.win_version v on v.win = w.id and v.n = w.published;
select act.note('win_create', 'win', w.id::text, w.region, null, '{"n": 1}', pg_temp.who('kediri'))
  from data.win w order by w.id \g /dev/null
\endif
\if :files
insert into data.file (digest, kind, bytes) values (data.digest_of('file'), 'pdf', 12345);
insert into data.win_file (win, digest, name, caption, since, added_by)
values (3, data.digest_of('file'), 'bukti.pdf', 'Surat', 1, pg_temp.who('kediri'));
\endif
\if :mails
-- One that waits, and one that has gone; of the first tables of mails there was no time of its
-- making.
insert into data.mail (invitation, sealed, sent_at)
select i.id, case when i.purpose = 'invite' then repeat('x', 80) end, case when i.purpose = 'reset'
  then now() end from data.invitation i;
\endif
reset role;
analyze;
