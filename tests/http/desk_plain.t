#!/usr/bin/env python3
"""What the desk says in plain words: errors inside its menu, one's own name, the receipt's number,
and a public page that says everything once."""
import os
import re
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path += [here, os.path.dirname(here)]
import browser
import desk
from tap import done, is_, none, ok

city = desk.seated('operator', '35.71')
nobody = browser.Browser()
MENU = '<nav aria-label="Meja kerja">'

# An error keeps the menu of who has signed in, and says what happened.
win = desk.begin(city, 'Kartu “Kediri Sehat”')
other = desk.seated('operator', '35.77')
cases = {
    'no access': (404, other.get(f'/meja/quickwin/{win}'), 'bukan urusan akun Anda'),
    'no page': (404, city.get('/meja/tidak-ada'), 'bukan urusan akun Anda'),
    'no form': (404, city.post('/meja/tidak-ada', form='x'), 'akun Anda'),
    'no form of a page': (405, city.post('/meja', form='x'), 'formulir saja'),
    'a token that is none': (
        403,
        city.post(
            '/meja/akun/nama',
            {'name': 'A'},
            form='x',
            headers=[('Sec-Fetch-Site', None), ('Origin', None)],
        ),
        'tidak berlaku lagi',
    ),
    'what no form sends': (
        415,
        city.post('/meja/akun/nama', headers=[('Content-Type', 'text/plain')]),
        'tidak terbaca',
    ),
    'an input that is none': (400, city.get('/meja?halaman=x'), 'halaman'),
}
none(
    [
        f'{what}: {answer.status}'
        for what, (status, answer, said) in cases.items()
        if answer.status != status
        or answer.body.count(MENU) != 1
        or said not in answer.body
        or 'mistar kami' in answer.body
        or 'name="q"' in answer.body
    ],
    'errors keep the menu of the desk and say what happened',
)
answer = city.get('/en/meja/tidak-ada')
ok('business of your account' in answer.body and 'lang="en"' in answer.body, 'in English too')
answer = nobody.get('/meja/tidak-ada')
ok(
    answer.status == 404
    and MENU not in answer.body
    and 'href="/masuk"' in answer.body
    and 'Set-Cookie' not in dict(answer.headers),
    'who has not signed in is shown where to',
)

# One's own name.
city.get('/meja/akun')
answer = city.post('/meja/akun/nama', {'name': '  '})
ok(
    answer.status == 422 and 'Tulis nama Anda' in answer.body and '<title>Galat:' in answer.body,
    'a name is not empty',
)
answer = city.post('/meja/akun/nama', {'name': 'Siti <b>'})
ok(
    answer.status == 422 and 'value="Siti &lt;b&gt;"' in answer.body,
    'nor is it markup, and is kept',
)
is_(
    city.post('/meja/akun/nama', {'name': ' Siti  Aminah '}).location,
    '/meja/akun#tersimpan',
    'a name',
)
ok('Siti Aminah' in city.get('/meja').body, 'is known from now on')
is_(
    browser.sql(
        f"select count(*) from data.audit where act = 'name_change' and actor = '{city.email}'"
    ),
    '1',
    'with one row in the trail',
)

# The receipt.
desk.save(city, win, **desk.words)
desk.submit(city, win)
receipt = city.get(f'/meja/quickwin/{win}/terkirim').body
number = browser.sql(f'select public_id from data.win where id = {win}')
ok(re.search(rf'<dt>Nomor</dt><dd>{number}, versi 1', receipt), 'the receipt has the public number')
ok('““' not in receipt and '”” ' not in receipt, 'and no quotes within quotes')
ok('biasanya dalam' not in receipt, 'it promises no time that nobody has set')

done()
