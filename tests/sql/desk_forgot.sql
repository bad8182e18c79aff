-- A forgotten password: the same answer for everybody, one mail for whoever has an account, and no
-- more than a few.
begin;
\ir desk.psql
select plan(24);
create function pg_temp.ask(address text, name text,
    source text default '198.51.100.7') returns text language plpgsql as $$
begin
  perform act.enter('', 'request-1', source, 'uji');
  return (select f.outcome
          || coalesce((select ' ' || m.outcome
          from act.mail_link(pg_temp.token(name), rpad('sealed-' || name, 100, '=')) m
          where f.outcome = 'done'), '')
          from act.forgot(address, pg_temp.token(name)) f);
end $$;
create function pg_temp.sent() returns text language plpgsql as $$
declare
  mails text[];
  mail record;
begin
  loop
    select * into mail from act.mail_next();
    exit when mail is null;
    mails := mails || (mail.email || ' ' || rtrim(mail.sealed, '='));
  end loop;
  return array_to_string(array(select unnest(mails) order by 1), ', ');
end $$;

set session authorization tolok_desk;
select is(pg_temp.ask('Kediri@uji.go.id ', 'satu'), 'done done', 'an address of an account');
select is(pg_temp.ask('nobody@uji.go.id', 'dua'), 'done done',
    'and one of none are answered alike');
select is(pg_temp.ask('bukan alamat', 'tiga'), 'done done', 'also what is no address');
select is(pg_temp.ask('  ', 'empat'), 'invalid', 'but not nothing at all');
select is(pg_temp.ask(null, 'empat'), 'invalid', 'nor none');
reset session authorization;
select is((select string_agg(act || ' ' || subject || ' ' || actor, ', ' order by id)
          from data.audit where act = 'password_forgotten'),
          'password_forgotten address -, password_forgotten address -',
          'an account''s is in the trail, and those of none once, none with a name');
select is(pg_temp.sent(), 'kediri@uji.go.id sealed-satu',
    'a mail goes to the one who has an account');
select ok((select w.body ~ 'Seseorang' and w.body ~ 'Somebody, perhaps you' from act.letter w
    where w.purpose = 'forgot'), 'which says that somebody asked');
select is((select string_agg(fault, ' | ') from data.mail where failed_at is not null),
    'for nobody | for nobody', 'the others keep nothing');
select is((select string_agg(purpose || ' ' || email, '')
    from act.invitation_find(pg_temp.token('satu'))), 'forgot kediri@uji.go.id',
    'the link is open');
select is_empty($$select * from act.invitation_find(pg_temp.token('dua'))$$,
    'of nobody there is none');
select is((act.invitation_accept(pg_temp.token('dua'),
    '$argon2id$v=19$m=47104,t=2,p=1$' || repeat('b', 22), repeat('cd', 32),
    pg_temp.token('new'))).outcome, 'refused', 'nor can it be used');

-- Not too many.
select pg_temp.ask('kediri@uji.go.id', 'lima', '203.0.113.1'),
    pg_temp.ask('kediri@uji.go.id', 'enam', '203.0.113.2');
select is(pg_temp.ask('kediri@uji.go.id', 'tujuh', '203.0.113.3'), 'done done',
    'a fourth time in an hour');
select is(pg_temp.sent(), 'kediri@uji.go.id sealed-enam, kediri@uji.go.id sealed-lima',
    'is sent no mail');
select is((select count(*) from unnest(array['satu', 'lima', 'enam', 'tujuh']) t (name) cross
          join lateral act.invitation_find(pg_temp.token(t.name))), 3::bigint,
          'and what a stranger asks for does not end the others');
-- Strangers who go on asking take nobody's link away: there is always one that is good.
update data.invitation set created_at = created_at - interval '31 minutes',
                           closed_at = closed_at - interval '31 minutes',
                           expires_at = expires_at - interval '31 minutes'
where asked_for = data.digest_of('kediri@uji.go.id');
select pg_temp.ask('kediri@uji.go.id', 'terus' || n, '203.0.113.' || n)
from generate_series(101, 104) n;
select is(pg_temp.sent(), 'kediri@uji.go.id sealed-terus101',
          'when the links of before are over another one goes, and one only');
select is((select count(*) from generate_series(101, 104) n
           cross join lateral act.invitation_find(pg_temp.token('terus' || n))), 1::bigint,
          'which is good');
update data.invitation set created_at = created_at + interval '31 minutes',
                           closed_at = closed_at + interval '31 minutes',
                           expires_at = expires_at + interval '31 minutes'
where asked_for = data.digest_of('kediri@uji.go.id');
select pg_temp.ask('banyak' || n || '@uji.go.id', 'banyak' || n) from generate_series(1, 7) n;
select is(pg_temp.ask('madiun@uji.go.id', 'delapan'), 'throttled', 'ten an hour from a source');
select is(pg_temp.ask('madiun@uji.go.id', 'sembilan', '203.0.113.4'), 'done done',
    'but not from another one');
update data.invitation set created_at = created_at - interval '61 minutes' where purpose = 'forgot';
select is(pg_temp.ask('madiun@uji.go.id', 'sepuluh'), 'done done',
    'an hour later it is heard again');

-- The link.
select is((act.invitation_accept(pg_temp.token('lima'),
    '$argon2id$v=19$m=47104,t=2,p=1$' || repeat('b', 22), repeat('cd', 32),
    pg_temp.token('new'))).outcome, 'done', 'one of them gives a new password');
select is(pg_temp.as_person('kediri'), 'nobody', 'which ends the sessions');
select is((select string_agg(level, ' ') from data.session
    where digest = data.digest_of(pg_temp.token('new'))), 'password',
    'and still wants the one-time code');
select is((select count(*) from unnest(array['satu', 'lima', 'enam']) t (name) cross
    join lateral act.invitation_find(pg_temp.token(t.name))), 0::bigint,
    'all other links are over');
select * from finish();
rollback;
