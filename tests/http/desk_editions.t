#!/usr/bin/env python3
"""Publications at the desk, without script: a package is brought, its preview read by two people
and published; and who may not, what is not taken, and what has changed in between."""
import datetime
import io
import os
import re
import secrets
import sys
import time
import zipfile

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import uploader as desk
from edition import code, package, regions, table
from tap import done, is_, none, ok


def send(who, page, path, **fields):
    """The form of that address on a page, with what is typed into it."""
    said = who.get(page).text
    form = re.search(rf'<form[^>]* action="{re.escape(path)}".*?</form>', said, re.S)
    hidden = dict(re.findall(r'name="(form|key|request)" value="([^"]*)"', form[0] if form else ''))
    return who.post(path, hidden | fields) if form else None


def bring(who, content, name='nilai.zip', **fields):
    page = who.get('/meja/terbitan')
    sent = {key: page.field(key) for key in ('form', 'key')} | fields
    return who.post('/meja/terbitan/unggah', sent, [('package', name, content)])


def location(answer):
    return answer.headers.get('Location', '')


def wait(who, answer):
    """The page of the job that an answer leads to, when it has ended."""
    path = location(answer)
    for _ in range(600):
        page = who.get(path)
        if 'data-live' not in page.text:
            return page
        time.sleep(0.1)
    return page


def says(text, pattern, name):
    ok(re.search(pattern, text), name, text[-3000:])


def title(page):
    return ' '.join(re.sub('<[^>]*>', '', re.search(r'<h1.*?</h1>', page.text, re.S)[0]).split())


def proved(who, when):
    """It was then that they showed who they are."""
    desk.sql(
        (
            f"update data.session set proved_at = now() - interval '{when}' where account ="
            " (select id from data.account where email = :'email')"
        ),
        email=who.email,
    )


def preview(who):
    """Computes one; its address."""
    page = wait(who, send(who, f'/meja/terbitan/{code}', f'/meja/terbitan/{code}/hitung'))
    return re.search(r'/meja/terbitan/pratinjau/\d+', page.text)[0]


first, second, city = (
    desk.Person('office'),
    desk.Person('office'),
    desk.Person('operator', '35.71'),
)

# What is not taken.
is_(bring(desk.Person(), b'PK\3\4').status, 303, 'a stranger brings nothing')
is_(
    [bring(first, content).status for content in (b'', b'nilai,1\n', b'PK\3\4' + b'x' * 10485760)],
    [422, 422, 422],
    'nor does anybody what is nothing, no zip or too large',
)
large = first.post('/meja/terbitan/unggah', {}, [('package', 'a.zip', b'x' * (12 << 20))])
is_(
    (large.status, location(large)),
    (303, '/meja/terbitan?kabar=besar'),
    'what the web server does not let in is told on the page',
)
says(first.get(location(large)).text, 'lebih besar dari 10 MB', 'in a sentence')
says(title(wait(first, bring(first, b'PK\3\4' + b'x' * 99))), 'tidak diteruskan', 'nor a ruin')
page = wait(first, bring(first, package('4.5', **{'regions.csv': 'region,name\n35.71,\n'})))
is_(
    (title(page), 'kolom ini tidak ada' in page.text, page.text.count('marks.csv')),
    ('2 hal perlu dibetulkan', True, 1),
    'what is wrong with a package is told by file and line',
)

# A first publication.
page = wait(first, bring(first, package()))
says(page.text, '6 daerah, 3 ukuran, 12 nilai', 'a sound one is kept as a draft')
path = preview(first)
page = first.get(path)
is_(
    ('Nama Anda dicatat' in page.text, '<table' in page.text),
    (True, False),
    'a preview is opened before it is seen',
)
is_(send(first, path, f'{path}/ajukan'), None, 'nobody asks for what they have not seen')
is_(send(first, path, f'{path}/buka').status, 303, 'it is opened')
page = first.get(path)
is_(
    (page.text.count('<th scope="row">'), 'class="v"' in page.text),
    (6, True),
    'then every region stands there with a bar',
)
proved(first, '11 minutes')
is_(send(first, path, f'{path}/ajukan').status, 403, 'asking wants a proof of who it is')
proved(first, '0')
is_(
    send(first, path, f'{path}/ajukan', day='2020-01-01', time='09:00').status,
    422,
    'not for a time that has passed',
)
is_(location(send(first, path, f'{path}/ajukan')), f'{path}#dua', 'it is asked for')
is_(
    (send(first, path, f'{path}/setujui'), send(second, path, f'{path}/setujui')),
    (None, None),
    'neither who asked nor who has not opened it has a button',
)
request = re.search(r'name="request" value="(\d+)"', first.get(path).text)[1]


def confirm(who, number):
    """Sends what the page does not offer."""
    page = who.get('/meja/akun')
    key = f'kunci-{secrets.token_hex(8)}'
    return who.post(f'{path}/setujui', {'form': page.field('form'), 'key': key, 'request': number})


proved(second, '11 minutes')
is_(confirm(second, request).status, 403, 'so does confirming')
proved(second, '0')
is_(
    [confirm(who, request).status for who in (first, second, city)],
    [422, 422, 404],
    'and is refused without one, as a city is',
)
send(second, path, f'{path}/buka')
page = wait(second, send(second, path, f'{path}/setujui'))
is_(title(page), 'Terbit sebagai terbitan ke-1', 'the second person publishes it')
is_(first.get(f'/peringkat/{code}').status, 200, 'and anybody reads it')
job = desk.sql("select max(id) from data.job where round = :'code'", code=code)[0][0]
path = f'/meja/terbitan/pekerjaan/{job}/batal'
form = {'form': first.get('/meja/akun').field('form'), 'key': f'kunci-{secrets.token_hex(8)}'}
is_(first.post(path, form).status, 409, 'what has ended is not cancelled')

# Corrections.
wait(first, bring(first, package()))
path = preview(first)
send(first, path, f'{path}/buka')
says(
    first.get(path).text,
    'tidak ada yang\\s+dikoreksi',
    'a correction that changes nothing is refused with a sentence',
)
is_(send(first, path, f'{path}/ajukan', reason='Sama'), None, 'and has no form')
wait(first, bring(first, package('4')))
path = preview(first)
says(title(first.get(path)), '^1 nilai berubah', 'one that changes a value')
for who in (first, second):
    send(who, path, f'{path}/buka')
is_(send(first, path, f'{path}/ajukan', reason=' ').status, 422, 'wants a reason')
is_(
    send(first, path, f'{path}/ajukan', reason='Salah salin').status,
    303,
    'with one it is asked for',
)
request = re.search(r'name="request" value="(\d+)"', first.get(path).text)[1]
wait(second, bring(second, package('1')))
is_(
    (confirm(second, request).status, 'tidak berlaku lagi' in second.get(path).text),
    (409, True),
    'a draft that has changed is not published',
)
path = preview(second)
for who in (first, second):
    send(who, path, f'{path}/buka')
far = send(second, path, f'{path}/ajukan', reason='Surat B-12', day='2099-01-01', time='09:00')
is_(far.status, 422, 'nobody asks for a time that is far away')
is_(send(second, path, f'{path}/ajukan', reason='Surat B-12').status, 303, 'but for now')
is_(send(first, path, f'{path}/tarik', why='').status, 422, 'a wish is withdrawn with a reason')
is_(send(first, path, f'{path}/tarik', why='Tunggu surat').status, 303, 'by either of them')
send(second, path, f'{path}/ajukan', reason='Surat B-12')
wait(first, send(first, path, f'{path}/setujui'))
page = first.get(f'/meja/terbitan/{code}')
is_(re.findall(r'Terbitan ke-(\d)', page.text), ['2', '1'], 'all publications stand in its history')
says(page.text, 'Surat B-12', 'with the reason')

# A publication taken out as a file.
page = wait(first, send(first, f'/meja/terbitan/{code}', f'/meja/terbitan/{code}/paket'))
is_(title(page), 'Paket terbitan siap', 'the office takes a publication out')
path = re.search(r'/meja/terbitan/pekerjaan/\d+/paket', page.text)[0]
answer = first.get(path)
is_(
    (answer.headers['Content-Type'], answer.headers['Content-Disposition'].split('; filename*')[0]),
    ('application/zip', f'attachment; filename="{code}-2.zip"'),
    'and saves it by its name',
)
is_(answer.headers['Cache-Control'], 'no-store', 'which nobody keeps on the way')
with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
    ok(f'{code}/SHA256SUMS' in archive.namelist(), 'the whole package', str(archive.namelist()))

# What waits for its time, and a draft that was brought by mistake.
wait(first, bring(first, package('3')))
path = preview(second)
for who in (first, second):
    send(who, path, f'{path}/buka')
tomorrow = (datetime.date.today() + datetime.timedelta(days=2)).isoformat()
send(second, path, f'{path}/ajukan', reason='Surat B-13', day=tomorrow, time='09:00')
job = location(send(first, path, f'{path}/setujui'))
page = first.get(job)
ok(
    f'{path}#dua' in page.text and 'percobaan' not in page.text,
    'one that waits leads to its request',
)
is_(send(first, job, f'{job}/batal'), None, 'as it is withdrawn there, with a reason')
says(
    first.get(f'/meja/terbitan/{code}').text,
    'menunggu persetujuan atau waktunya',
    'its round waits with it',
)
drop = f'/meja/terbitan/{code}/buang'
is_(send(first, f'/meja/terbitan/{code}', drop), None, 'its draft is not thrown away')
form = {'form': first.get('/meja/akun').field('form')}
is_(first.post(drop, form | {'key': 'k' * 16}).status, 409, 'by nobody')
send(first, path, f'{path}/tarik', why='Keliru')
is_(location(send(first, f'/meja/terbitan/{code}', drop)), '/meja/terbitan', 'then it is')
page = first.get(f'/meja/terbitan/{code}')
says(page.text, 'Tidak ada yang menunggu', 'and nothing waits any more')
is_(re.findall(r'Terbitan ke-(\d)', page.text), ['2', '1'], 'while what is published stays')
none(
    [path for path in ('/meja/terbitan', f'/meja/terbitan/{code}') if city.get(path).status != 404],
    'a city sees none of it',
)
is_(first.get('/meja/terbitan/pekerjaan/2147483647').status, 404, 'what is no job has no page')
ok('data-live' not in page.text, 'and nothing is at work')
done()
