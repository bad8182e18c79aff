#!/usr/bin/env python3
"""A city by its own, with forms as a browser without script sends them: its agencies, an owner of
two dimensions who sends through the operator, what the operator asks, and a list of invitations."""
import os
import re
import secrets
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import browser
import desk
from tap import done, is_, ok

tail = secrets.token_hex(4)
operator = desk.person('operator', '--region', 'kota-madiun')
owner = desk.person('owner', '--region', 'kota-madiun', '--dimension', 'governance')
number = browser.sql(f"select id from data.account where email = '{owner.email}'")


def words(answer):
    return re.sub(r'\s+', ' ', re.sub(r'<[^>]*>', '', answer.body))


# Agencies, in public.
city = browser.Browser()
ok('memegang dimensi' not in city.get('/kota/kota-madiun').body, 'a city without a register')
answer = desk.send(
    operator, '/meja/dinas', '/meja/dinas', name=f'Dinas {tail}', short='', part_economy='lead'
)
agency = re.fullmatch(r'/meja/dinas/(\d+)', answer.location)[1]
answer = desk.send(operator, '/meja/dinas', '/meja/dinas', name='Bappeda', part_economy='lead')
ok(
    answer.status == 422 and f'Economy sudah dipegang Dinas {tail}' in words(answer),
    'one agency leads a dimension',
)
ok('value="Bappeda"' in answer.body, 'what was typed stays')
page = f'/meja/dinas/{agency}'
is_(
    desk.send(operator, page, page + '/simpan', name=f'Dinas {tail}', part_living='lead').location,
    page,
    'another dimension',
)
public = browser.Browser().get('/kota/kota-madiun?putaran=2022')
ok(f'Dinas {tail}' in public.body and 'Siapa memegang dimensi apa' in words(public), 'is public')

# An owner of two dimensions, through the operator.
page = f'/meja/pengguna/{number}'
fields = {
    'role': 'owner',
    'region': '35.77',
    'dim_governance': 'ya',
    'dim_living': 'ya',
    'sends': 'operator',
    'agency': agency,
}
is_(desk.send(operator, page, page + '/ubah', **fields).location, page, 'a scope of two')
choice = owner.get('/meja/quickwin/baru').body
is_(
    re.findall(r'<option value="(\w+)"', choice),
    ['governance', 'living'],
    'an owner of two chooses between them',
)
win = desk.begin(owner, f'Serah {tail}', 'living')
desk.save(owner, win, **desk.words)
ok('Serahkan ke operator' in owner.get(f'/meja/quickwin/{win}/periksa').body, 'and hands over')
is_(desk.submit(owner, win).location, f'/meja/quickwin/{win}/terkirim', 'which is done')
receipt = words(owner.follow())
ok('Diserahkan' in receipt and str(10000 + win) in receipt, 'with a receipt')
ok('Diserahkan pengampu' in words(operator.get('/meja')), 'the operator has it on the board')
ok(f'Serah {tail}' in operator.get('/meja?keadaan=handed').body, 'and finds it')
page = f'/meja/quickwin/{win}'
answer = desk.send(operator, page, page + '/minta', field='', question=' ')
ok(answer.status == 422 and 'Tulis yang diminta' in words(answer), 'asking takes words')
is_(
    desk.send(
        operator, page, page + '/minta', field='cost', question='Berapa <biayanya>?'
    ).location,
    page + '#minta',
    'the operator asks for a field',
)
board = owner.get('/meja').body
ask = re.search(rf'href="{page}#permintaan-(\d+)"', board)[1]
ok('Berapa &lt;biayanya&gt;?' in board, 'which the owner reads on the board')
is_(
    desk.send(owner, page, f'{page}/minta/{ask}/jawab', reply='Seratus juta').location,
    page + '#minta',
    'answers',
)
ok('Seratus juta' in operator.get(page).body, 'and the operator reads')
is_(desk.send(operator, page, f'{page}/minta/{ask}/tutup').location, page + '#minta', 'and closes')
ok(f'#permintaan-{ask}' not in operator.get('/meja').body, 'so that it is gone')
is_(desk.submit(operator, win).location, f'/meja/quickwin/{win}/terkirim', 'the operator sends it')
is_(
    browser.sql(f'select state from data.win_version where win = {win}'),
    'submitted',
    'to the office',
)

# A list of invitations.
list_page = '/meja/pengguna/banyak'
lines = f'a.{tail}@uji.go.id; Ana; living\r\nsalah; X; living\r\n\r\nb.{tail}@uji.go.id; B; bulan'
answer = desk.send(operator, list_page, list_page, list=lines)
links = re.findall(r'/undangan/([A-Za-z0-9_-]{43})', answer.body)
is_((answer.status, len(links)), (200, 1), 'of a list what is sound goes out')
said = words(answer)
ok(
    'Baris 2, salah; X; living: alamat email tidak lengkap' in said
    and f'Baris 4, b.{tail}@uji.go.id; B; bulan: dimensinya belum ada' in said,
    'each of the others says its fault',
)
ok(
    re.search(
        rf'<textarea[^>]*>salah; X; living\nb.{tail}@uji.go.id; B; bulan</textarea>', answer.body
    ),
    'and stays in the form',
)
is_(browser.Browser().get(f'/undangan/{links[0]}').status, 200, 'the link leads in')
browser.sql(
    "update data.invitation set created_at = now() - interval '4 days', expires_at = now()"
    f" where digest = encode(sha256('{links[0]}'), 'hex')"
)
ok('Tautannya lewat waktu' in words(operator.get('/meja/pengguna')), 'who has not come is found')
answer = desk.send(operator, list_page, '/meja/pengguna/ingatkan')
again = re.findall(r'/undangan/([A-Za-z0-9_-]{43})', answer.body)
is_((answer.status, len(again)), (200, 1), 'and reminded')
is_(browser.Browser().get(f'/undangan/{again[0]}').status, 200, 'with a link that is good')
is_(
    desk.send(operator, f'/meja/dinas/{agency}', f'/meja/dinas/{agency}/hapus').location,
    '/meja/dinas',
    'the agency goes from the register',
)
done()
