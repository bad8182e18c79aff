#!/usr/bin/env python3
"""What pages of the desk tell beside what they are for: whom to ask for help, when to expect an
answer, the telephone's clock; and what a public page says once."""
import os
import re
import secrets
import subprocess
import sys
import urllib.parse

folder = os.path.dirname(os.path.abspath(__file__))
sys.path += [folder, os.path.dirname(folder)]
import desk
import upload_cases
from uploader import Person
from tap import done, is_, ok

kediri, office = Person('operator', '35.71'), Person('office')
win = kediri.win('Yang diberitahukan')


def by_hand(path, **settings):
    """The page as an instance with those settings shows it to the operator."""
    done = subprocess.run(
        [os.environ['DESK']],
        check=True,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={
            'VAR': os.environ['VAR'],
            'REQUEST_METHOD': 'GET',
            'PATH_INFO': path,
            'QUERY_STRING': '',
            'TOLOK_DB': f"host='{os.environ['PGHOST']}' dbname=tolok user=tolok_desk",
            'TOLOK_SITE': os.environ['BASE'],
            'HTTP_HOST': urllib.parse.urlsplit(os.environ['BASE']).netloc,
            'HTTP_COOKIE': f'tolok={kediri.token}',
            'REMOTE_ADDR': '127.0.0.1',
            **settings,
        },
    )
    return ' '.join(re.sub(r'<[^>]+>', ' ', done.stdout.replace('&#39;', "'")).split()), done.stdout


text, page = by_hand(f'/meja/quickwin/{win}', TOLOK_CONTACT='kantor@tolok.example')
ok(
    'Perlu bantuan? Tulislah kepada kantor program: kantor@tolok.example' in text
    and 'href="mailto:kantor@tolok.example"' in page,
    'the foot says whom to write to',
)
text, page = by_hand(f'/meja/quickwin/{win}', TOLOK_CONTACT='https://kantor.example/bantuan')
ok(
    'Hubungi kantor program lewat halaman kontaknya' in text
    and 'href="https://kantor.example/bantuan"' in page,
    'or where to ask',
)
is_('Perlu bantuan' in by_hand(f'/meja/quickwin/{win}')[0], False, 'where that is set')

is_(kediri.act('win_submit({win}, {seen}, {key})', win=win), 'done', 'a quick win is sent')
receipt = f'/meja/quickwin/{win}/terkirim'
ok(
    'biasanya dalam 14 hari' in by_hand(receipt, TOLOK_ANSWER_DAYS='14')[0],
    'its receipt says when an answer comes',
)
ok(
    'Kantor program membacanya dari awal sampai akhir.' in by_hand(receipt)[0]
    and 'biasanya' not in by_hand(receipt)[0],
    'where somebody has promised that',
)

# What is too long is told, and stays as it was typed.
page, name = kediri.get('/meja/quickwin/baru'), 'Nama ' + 'é' * 496
sent = {'form': page.field('form'), 'key': page.field('key'), 'title': name}
answer = kediri.post_form('/meja/quickwin/baru', sent)
ok(
    answer.status == 422
    and 'paling banyak 500 huruf' in ' '.join(answer.text.split())
    and f'value="{name}"' in answer.text,
    'a name of 501 letters',
)
page, reason = office.get(f'/meja/quickwin/{win}'), 'Alasan ' + 'é' * 7994
sent = {field: page.field(field) for field in ('form', 'key', 'seen')} | {'reason': reason}
answer = office.post_form(f'/meja/quickwin/{win}/kembalikan', sent)
ok(
    answer.status == 422
    and 'Alasan: paling banyak 8.000 huruf' in ' '.join(answer.text.split())
    and f'>{reason}</textarea>' in answer.text,
    'and a reason of 8,001',
)

# A code of a telephone whose clock is a minute fast.
late = desk.browser.Person(
    f'jam.{secrets.token_hex(6)}@uji.go.id', 'operator', '--region', 'kota-kediri'
).begin()
visitor = desk.browser.Browser()
form = visitor.get('/masuk').field('form')
visitor.post(
    '/masuk', {'form': form, 'email': late.email, 'password': desk.browser.password}, form=None
)
page = visitor.get('/masuk/kode')
answer = visitor.post('/masuk/kode', {'form': page.field('form'), 'code': '000000'}, form=None)
ok(
    answer.status == 422 and 'periksa jam ponsel Anda' in ' '.join(answer.body.split()),
    'a code that is not that of the moment is told about the clock',
)

# The way in.
is_(
    [
        path
        for path in ('/', '/kota', '/quickwin', '/peringkat/2024', '/tentang')
        if 'href="/masuk"' not in kediri.get(path).text
    ],
    [],
    'every public page leads to the sign-in',
)

# What the web server says itself, when a page of the desk was asked for.
for path, way in (
    ('/meja/', 'href="/meja">Ke meja kerja'),
    ('/en/meja/', 'href="/en/meja">To your desk'),
    ('/kota/', 'href="/">Ke beranda'),
):
    answer = kediri.get(path + 'x' * 9000)
    ok(answer.status == 414 and way in answer.text, f'an error at {path} leads back')

# The public page.
win = kediri.win('Sekali saja')
page = kediri.get(f'/meja/quickwin/{win}/berkas')
kediri.post(
    f'/meja/quickwin/{win}/berkas/tambah',
    {name: page.field(name) for name in ('form', 'key', 'seen')} | {'caption': 'Rak di lorong'},
    [('file', 'rak.png', upload_cases.seed('good.png'))],
)
kediri.act('win_submit({win}, {seen}, {key})', win=win)
is_(office.act("win_publish({win}, {seen}, {key}, null)", win=win), 'done', 'another is published')
public = kediri.get(f'/quickwin/{10000 + int(win)}').text
main = public[public.index('<main') :]
is_(len(re.findall('>Ringkasan<', main)), 1, 'its summary is told once')
is_(
    re.findall(r'<h[23][^>]*>(Gambar dan dokumen)<', main),
    ['Gambar dan dokumen'],
    'its files have one heading',
)
is_('>Berkas<' in main, False, 'and no label each')
done()
