#!/usr/bin/env python3
"""A lost authenticator through nginx: the office helps, the next sign-in connects another one;
one's own is changed with the password."""
import os
import re
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import browser
import desk
from tap import done, is_, ok

office, city = desk.person('office'), desk.person('operator', '--region', 'kota-kediri')
number = browser.sql(f"select id from data.account where email = '{city.email}'")
path = f'/meja/pengguna/{number}/autentikator'


def connect(who):
    """Connects the authenticator that the page offers."""
    who.secret = re.search(r'<code[^>]*>([A-Z2-7 ]{39})</code>', who.last.body)[1].replace(' ', '')
    who.used = 0
    answer = who.post('/masuk/daftar-kode', {'code': who.code()})
    return re.findall(r'<code>([0-9a-z-]{19})</code>', answer.body)


page = office.get(f'/meja/pengguna/{number}')
ok(
    f'action="{path}"' in page.body and page.body.count('id="hilang"') == 1,
    'the office can help whoever is in the list',
)
answer = office.post(path, {'reason': ''})
ok(answer.status == 422 and 'href="#hilang"' in answer.body, 'with a reason')
browser.sql(
    "update data.session set proved_at = now() - interval '1 hour' where digest ="
    f" encode(sha256('{office.cookies['tolok']}'), 'hex')"
)
answer = office.post(path, {'reason': 'Ponsel "hilang"'})
is_((answer.status, city.get('/meja').status), (403, 200), 'and a fresh proof of who it is')
answer = office.post(path, {'reason': answer.field('reason'), 'proof': browser.password})
ok(
    answer.status == 200 and f'Autentikator {city.email} sudah dilepas' in answer.body,
    'then it is done at once',
    answer.body,
)
is_(city.get('/meja').location, '/masuk', 'which ends the sessions')
is_(
    browser.sql(
        "select after ->> 'reason' from data.audit where act = 'authenticator_reset' and"
        f" subject_id = '{number}'"
    ),
    'Ponsel "hilang"',
    'and is one row in the trail',
)
old = city.secret, city.codes
city.cookies.clear()
city.get('/masuk')
city.post('/masuk', {'email': city.email, 'password': 'bukan kata sandi itu'})
is_(city.last.status, 422, 'without the password nobody gets further')
city.post('/masuk', {'email': city.email, 'password': browser.password})
is_(
    (city.follow().status, city.path),
    (200, '/masuk/daftar-kode'),
    'with it another authenticator is connected',
)
city.codes = connect(city)
is_(
    (
        len(city.codes),
        set(city.codes) & set(old[1]),
        city.secret == old[0],
        city.get('/meja').status,
    ),
    (10, set(), False, 200),
    'with new recovery codes',
)

# One's own.
city.get('/meja/akun')
is_(
    city.post('/meja/akun/autentikator', {'password': 'bukan kata sandi itu'}).status,
    422,
    'one\'s own is changed with the password only',
)
is_(city.get('/meja').status, 200, 'or all stays')
other = dict(city.cookies)
city.get('/meja/akun')
is_(
    city.post('/meja/akun/autentikator', {'password': browser.password}).location,
    '/masuk/daftar-kode',
    'then the next one is connected at once',
)
city.follow()
stolen = browser.Browser()
stolen.cookies = other
is_(
    (stolen.get('/meja').location, city.get('/meja').location),
    ('/masuk', '/masuk/kode'),
    'until then nothing is open',
)
city.get('/masuk/daftar-kode')
is_((len(connect(city)), city.get('/meja').status), (10, 200), 'and everything afterwards')
done()
