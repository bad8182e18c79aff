-- The outbox. Whoever makes a link adds its mail in the same transaction (act.mail_link), so that
-- there is no link without its mail; `tolok mail` takes one after another (act.mail_next) and says
-- what became of it (act.mail_done). A mail that was taken comes back by itself when nothing was
-- said, so that none is lost when that program dies; then it may go twice, with the same
-- Message-ID.

-- Adds a mail for the open link with that token. No row changes when there is no such link: the act
-- before it was not done.
create or replace function act.mail_link(token text, sealed text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into data.mail (invitation, sealed)
  select i.id, mail_link.sealed from data.invitation i where i.digest = data.digest_of(token)
         and i.closed_at is null
  on conflict do nothing;
  return act.said('done');
end $$;

-- The letters, in Indonesian and then in English: who gets one is {name}, {link} is where the link
-- belongs and {until} when it is over; {about} is the account that it tells of. `purpose` is that
-- of a link, or what is told: 'authenticator', 'codes', 'office', 'decision' or 'daily', of which
-- the link is that of the desk and {count} how many.
create or replace view act.letter (purpose, subject, body) as values
('invite', 'Undangan ke meja kerja Tolok Kota', $$Yth. {name},

Anda diundang ke meja kerja Tolok Kota. Buka tautan ini untuk memilih kata sandi:

{link}

Tautan berlaku sampai {until} WIB dan hanya dapat dipakai sekali. Bila Anda
tidak menunggu undangan ini, abaikan saja.

--

You are invited to the desk of Tolok Kota. Open the link above to choose a
password. It is good once, until {until} (western Indonesia time). If you did
not expect it, you need not do anything.
$$),
('reset', 'Kata sandi baru untuk Tolok Kota', $$Yth. {name},

Kantor program membuatkan tautan untuk memilih kata sandi baru:

{link}

Tautan berlaku sampai {until} WIB dan hanya dapat dipakai sekali. Kode sekali
pakai tetap diperlukan untuk masuk. Bila Anda tidak memintanya, beri tahu
kantor program.

--

The programme office made a link with which you can choose a new password. It
is good once, until {until} (western Indonesia time). Signing in still takes a
one-time code. If you did not ask for it, tell the office.
$$),
('forgot', 'Kata sandi baru untuk Tolok Kota', $$Yth. {name},

Seseorang, mungkin Anda, meminta kata sandi baru untuk akun ini di Tolok Kota.
Buka tautan ini untuk memilihnya:

{link}

Tautan berlaku sampai {until} WIB dan hanya dapat dipakai sekali. Kode sekali
pakai tetap diperlukan untuk masuk. Bila bukan Anda yang meminta, abaikan saja:
kata sandi Anda tidak berubah.

--

Somebody, perhaps you, asked for a new password for this account. The link
above is good once, until {until} (western Indonesia time). Signing in still
takes a one-time code. If it was not you, you need not do anything: your
password stays.
$$),
('authenticator', 'Autentikator akun Tolok Kota Anda sudah dilepas', $$Yth. {name},

Autentikator akun Anda di meja kerja Tolok Kota sudah dilepas, dan semua
sesinya berakhir. Saat masuk lagi dengan kata sandi, Anda memasang yang baru
dan mendapat kode cadangan baru. Bila bukan Anda yang memintanya, segera beri
tahu kantor program.

--

The authenticator of your account at the desk of Tolok Kota was detached, and
all its sessions have ended. At the next sign-in, with your password, you
connect another one and get new recovery codes. If you did not ask for this,
tell the programme office at once.
$$),
('codes', 'Kode yang salah untuk akun Tolok Kota Anda', $$Yth. {name},

Seseorang memasukkan kata sandi Anda di meja kerja Tolok Kota dengan benar, lalu
lima kode sekali pakai yang salah. Bila itu bukan Anda, segera pilih kata sandi
baru. Sesudah sepuluh kode salah dalam satu jam, kode hanya diterima dari tempat
Anda pernah masuk; kode cadangan diterima dari mana saja.

--

Somebody entered your password at the desk of Tolok Kota, and then five wrong
one-time codes. If it was not you, choose another password at once. After ten
wrong codes in an hour, codes are taken only from where you have signed in
before; recovery codes from anywhere.
$$),
('decision', 'Keputusan kantor program di Tolok Kota', $$Yth. {name},

Kantor program sudah memutuskan {count} quick win kota Anda. Keputusan dan
alasannya ada di meja kerja Anda:

{link}

Surat seperti ini dapat dimatikan di halaman Akun saya.

--

The programme office has decided on {count} of your city's quick wins. The
decision and its reason are at your desk, under the link above. Mails like this
one can be turned off on the page My account.
$$),
('daily', 'Yang menunggu Anda di Tolok Kota', $$Yth. {name},

Ada {count} hal yang menunggu Anda di meja kerja Tolok Kota:

{link}

Surat seperti ini datang paling banyak sekali sehari, dan dapat dimatikan di
halaman Akun saya.

--

{count} things wait for you at the desk of Tolok Kota, under the link above. A
mail like this one comes once a day at most, and can be turned off on the page
My account.
$$),
('office', 'Akun kantor program yang baru di Tolok Kota', $$Yth. {name},

{about} diundang atau diangkat sebagai kantor program di meja kerja Tolok
Kota. Bila kantor program tidak memintanya, segera tutup akun itu di halaman
Pengguna.

--

{about} was invited, or made one of the programme office, at the desk of Tolok
Kota. If the office did not ask for it, end that account at once, on the page
Pengguna.
$$);

-- The mail that waits longest, which comes back later by itself: after half a minute, and each time
-- twice as long, up to an hour. The link, where there is one, stands between `body` and `rest`. No
-- row: none is due. Links that were used, replaced, are over or
-- were asked for where there is no account need no mail; what has no link is given up after a day.
create or replace function act.mail_next()
returns table (mail integer, email text, sealed text, digest text, subject text, body text,
               rest text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  perform act.mails_make();
  update data.mail m set sealed = null, failed_at = now(),
    fault = case when i.id is not null and i.account is null then 'for nobody'
      when i.closed_at is not null then 'not needed any more' else 'too late' end
  from data.mail w
  left join data.invitation i on i.id = w.invitation
  where m.id = w.id and w.waiting
    and (case when i.id is null then w.tries >= 30 else i.account is null or i.closed_at is not null
         or i.expires_at <= now() end);
  return query
  with taken as (
    update data.mail m set tries = m.tries + 1,
    next_at = now() + least(interval '30 seconds' * 2 ^ least(m.tries, 10), interval '1 hour')
    where m.id = (select d.id from data.mail d where d.waiting and d.next_at <= now()
                  order by d.next_at limit 1 for update skip locked)
    returning m.id, m.invitation, m.account, m.about, m.topic, m.count, m.sealed)
  select t.id, a.email, t.sealed, i.digest::text, l.subject, p.filled[1], p.filled[2]
  from taken t
  left join data.invitation i on i.id = t.invitation
  left join data.account b on b.id = t.about
  join data.account a on a.id = coalesce(t.account, i.account)
  join act.letter l on l.purpose = coalesce(i.purpose, case when t.about is null
                                                       then t.topic else 'office' end)
  -- The link goes between two pieces, so that what somebody is called is no place for it.
  cross join lateral (
    select array_agg(replace(replace(replace(replace(piece, '{count}',
             coalesce(t.count::text, '')), '{until}', coalesce(to_char(i.expires_at
             at time zone 'Asia/Jakarta', 'YYYY-MM-DD HH24:MI'), '')), '{about}',
             coalesce(b.email, '')), '{name}', a.name) order by n)
    from string_to_table(l.body, '{link}') with ordinality s (piece, n)) p (filled);
end $$;

-- What became of it: `fault` null: it has gone. Another one is tried again, unless it is final.
create or replace function act.mail_done(mail integer, fault text, final boolean)
returns table (mail integer)
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update data.mail m set sealed = case when mail_done.fault is null or final then null else m.sealed
    end,
    sent_at = case when mail_done.fault is null then now() end, failed_at = case
      when mail_done.fault is not null and final then now() end,
    fault = left(mail_done.fault, 300)
  where m.id = mail_done.mail and m.waiting
  returning m.id;
$$;

-- For the operator: what waits and what became of the others, the newest first.
create or replace function act.mail_list()
returns table (email text, purpose text, made text, state text, tries text, fault text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.email, coalesce(i.purpose, case when m.about is null then m.topic else 'office'
                                      end), to_char(m.made_at, 'YYYY-MM-DD HH24:MI'),
         case when m.sent_at is not null then 'sent' when m.failed_at is not null then 'failed'
           else 'waiting' end, m.tries::text, m.fault
  from data.mail m
  left join data.invitation i on i.id = m.invitation
  join data.account a on a.id = coalesce(m.account, i.account)
  order by m.id desc limit 100;
$$;
