#!/usr/bin/env python3
"""Sessions and forms of the desk through nginx: cookies, limits of time, ends, what a form must
bring, what is kept nowhere."""
import os
import secrets
import subprocess
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import browser
from tap import done, is_, none, ok

tail = secrets.token_hex(4)
office = browser.Person(f'kantor.{tail}@uji.go.id', 'office').begin()
city = browser.Person(f'kota.{tail}@uji.go.id', 'operator', '--region', 'kota-kediri').begin()
account = {
    who.email: browser.sql(f"select id from data.account where email = '{who.email}'")
    for who in (office, city)
}
pages = ['/meja', '/meja/akun', '/meja/pengguna', '/en/meja', '/en/meja/akun']

# Nobody keeps a page of the desk.
for path in [*pages, '/masuk']:
    answer = office.get(path)
    is_(
        (answer.header('Cache-Control'), answer.header('ETag'), answer.header('X-Cache')),
        ('no-store', None, None),
        f'{path} is kept by nobody',
    )
nobody = browser.Browser()
for path in pages:
    answer = nobody.get(path)
    lang = '/en' if path.startswith('/en') else ''
    back = path.removeprefix('/en')
    is_(
        (answer.status, answer.location),
        (303, f'{lang}/masuk' + (f'?ke={back}' if back != '/meja' else '')),
        f'{path} without a session leads to the sign-in',
    )
    ok(office.email not in answer.body, 'and shows nothing of who was there before')
answer = office.get('/')
ok(
    answer.header('Set-Cookie') is None and office.email not in answer.body,
    'a public page knows of no session',
)
is_(office.get('/meja/tidak-ada').status, 404, 'an address that is none')
is_(
    (office.get('/keluar').location, office.get('/meja').status),
    ('/masuk', 200),
    'leaving is a form',
)
is_(city.send('PUT', '/meja').status, 405, 'another method')

# The cookie.
fresh = browser.Browser()
cookie = fresh.get('/masuk').header('Set-Cookie')
ok(
    browser.re.fullmatch(r'tolok=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax', cookie),
    'on this machine a plain name',
    cookie,
)


def by_hand(path, **variables):
    return subprocess.run(
        [os.environ['DESK']],
        env={'VAR': os.environ['VAR'], 'PATH_INFO': path, 'REQUEST_METHOD': 'GET', **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


for name, site, host, wanted in [
    ('over TLS', 'https://tolok.example', 'tolok.example', True),
    ('a site that does not say', '', 'tolok.example', True),
    ('plain http from elsewhere', 'http://localhost:8080', '192.0.2.7:8080', True),
    (
        'a name that only begins like this machine',
        'http://localhost:8080',
        'localhost.example',
        True,
    ),
    ('this machine', 'http://localhost:8080', '127.0.0.1:8080', False),
]:
    line = browser.re.search(
        r'^Set-Cookie: (.*?)\r?$', by_hand('/masuk', TOLOK_SITE=site, HTTP_HOST=host), browser.re.M
    )[1]
    ok(
        (
            browser.re.fullmatch(
                r'__Host-tolok=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure', line
            )
            is not None
            if wanted
            else line.startswith('tolok=')
        ),
        f'cookie: {name}',
        line,
    )
fixed = browser.Browser()
fixed.cookies['tolok'] = 'A' * 43
fixed.get('/masuk')
fixed.post('/masuk', {'email': office.email, 'password': browser.password})
ok(fixed.cookies['tolok'] != 'A' * 43, 'a token that somebody else has set is replaced')
for name, value in [
    ('none', None),
    ('empty', ''),
    ('made up', 'A' * 43),
    ('too long', 'A' * 500),
    ('a quote', "' or 1=1 --"),
    ('that of another', 'tolok=' + office.cookies['tolok']),
]:
    other = browser.Browser()
    if value is not None:
        other.cookies['tolok'] = value
    is_(other.get('/meja').status, 303, f'a token that opens nothing: {name}')
is_(
    browser.sql(f"select count(*) from data.session where digest = '{office.cookies['tolok']}'"),
    '0',
    'the database has the digest of a token only',
)


# Limits of time.
def session(who, change):
    browser.sql(
        f"update data.session set {change} where digest = encode(sha256('{who.cookies['tolok']}'),"
        " 'hex')"
    )


session(office, "seen_at = now() - interval '29 minutes'")
is_(office.get('/meja').status, 200, 'idle for 29 minutes')
is_(
    browser.sql(
        "select seen_at > now() - interval '1 minute' from data.session where digest ="
        f" encode(sha256('{office.cookies['tolok']}'), 'hex')"
    ),
    't',
    'which begins anew',
)
session(office, "seen_at = now() - interval '31 minutes'")
is_(office.get('/meja').location, '/masuk', 'idle for 31')
session(office, "seen_at = now(), expires_at = now() - interval '1 second'")
is_(office.get('/meja').location, '/masuk', 'over after twelve hours')
is_(
    browser.sql(
        f"select bool_and(expires_at <= created_at + interval '12 hours') from data.session"
    ),
    't',
    'as none lasts longer',
)


# Where to go after signing in.
def back(ke):
    visitor = browser.Browser()
    visitor.get('/masuk?' + browser.urllib.parse.urlencode({'ke': ke}))
    visitor.post('/masuk', {'email': city.email, 'password': browser.password, 'ke': ke})
    visitor.follow()
    browser.sql(f"update data.account set otp_counter = 0 where email = '{city.email}'")
    browser.sql(f"delete from data.login_attempt where source = '{visitor.source}'")
    return visitor.post('/masuk/kode', {'code': browser.totp(city.secret), 'ke': ke}).location


is_(back('/meja/akun'), '/meja/akun', 'where they wanted to go')
none(
    [
        (ke, to)
        for ke in [
            'https://evil.example',
            '//evil.example',
            '/\\evil.example',
            '/meja//evil.example',
            'javascript:alert(1)',
            '/%2f%2fevil',
            '/masuk',
            '/keluar',
            '/kota',
            '/meja\r\nSet-Cookie: a=b',
            'meja',
            '/meja/../..//evil.example',
        ]
        if (to := back(ke)) not in ('/meja', None)
    ],
    'and nowhere else',
)


# What a form must bring. Each of these changes nothing of these people, and nothing that they would
# have made.
def state():
    return browser.sql(
        f"""with mine as (select id from data.account where email in ('{office.email}',
          '{city.email}'))
        select count(*) || ' ' || md5(string_agg(t, '|' order by t)) from (
          select a::text from data.account a where a.id in (table mine) or a.created_by in (table
            mine) or a.email in ('orang.{tail}@uji.go.id', 'lain@uji.go.id')
          union all select i::text from data.invitation i where i.account in (table mine) or
          i.created_by in (table mine)) x (t)"""
    )


office.sign_in()
page = office.get('/meja/pengguna')
good = page.field('form')
invited = {'email': f'orang.{tail}@uji.go.id', 'name': 'Orang', 'role': 'assessor'}
before = state()
city_form = city.get('/meja/akun').field('form')
for name, form, headers in [
    ('no token', False, ()),
    ('an empty one', '', ()),
    ('a made up one', 'A' * 43, ()),
    ('that of another', city_form, ()),
    ('one with a letter more', good + 'A', ()),
    ('another origin', good, [('Origin', 'https://evil.example')]),
    ('origin null', good, [('Origin', 'null')]),
    ('an origin that only begins like ours', good, [('Origin', browser.base + '.evil.example')]),
    ('a fetch from another site', good, [('Sec-Fetch-Site', 'cross-site')]),
    ('or a neighbour', good, [('Sec-Fetch-Site', 'same-site')]),
]:
    answer = office.post('/meja/pengguna', invited, form=form, headers=headers)
    # Where the browser says that it comes from here, it was made before signing in, and may go on.
    words = 'Formulir ini tidak berlaku lagi' if headers else 'Isian Anda tidak hilang'
    ok(
        answer.status == 403 and f'<h1>{words}</h1>' in answer.body,
        f'a form with {name} is refused',
        f'{answer.status}',
    )
is_(
    office.post(
        '/meja/pengguna', list(invited.items()) + [('email', 'lain@uji.go.id')], form=good
    ).status,
    400,
    'a field that is there twice',
)
is_(
    office.send('POST', '/meja/pengguna', b'{}', [('Content-Type', 'application/json')]).status,
    415,
    'another type of body',
)
is_(
    office.send(
        'POST',
        '/meja/pengguna',
        b'a=%ff&form=' + good.encode(),
        [('Content-Type', 'application/x-www-form-urlencoded')],
    ).status,
    400,
    'a body that is no text',
)
is_(
    office.send(
        'POST',
        '/meja/pengguna',
        b'a=' + b'x' * 1100000,
        [('Content-Type', 'application/x-www-form-urlencoded')],
    ).status,
    413,
    'one that is too long',
)
is_(office.send('POST', '/meja').status, 405, 'a page that has no form of its own')
is_(city.post('/meja/pengguna', invited, form=city_form).status, 404, 'who may not')
is_(state(), before, 'and nothing has changed')
answer = office.post(
    '/meja/pengguna',
    list(invited.items())
    + [('state', 'active'), ('id', '1'), ('demo', 'true'), ('created_by', '1')],
    form=good,
)
is_(
    (
        answer.status,
        browser.sql(f"select state || demo from data.account where email = '{invited['email']}'"),
    ),
    (200, 'invitedfalse'),
    'fields that are none are dropped',
)
is_(
    office.post(
        '/meja/pengguna', invited, form=good, headers=[('Origin', None), ('Sec-Fetch-Site', None)]
    ).status,
    200,
    'an old browser names no origin',
)

# The ends of a session.
stolen = browser.Browser()
stolen.cookies = dict(office.cookies)
office.get('/meja')
answer = office.post('/keluar')
is_(
    (answer.location, list(office.cookies)),
    ('/masuk?keluar=ya', ['tolok-kenal']),
    'leaving takes the cookie away, and leaves the mark',
)
ok('Anda sudah keluar.' in office.follow().body, 'and says so')
is_(stolen.get('/meja').location, '/masuk', 'and what somebody has of it opens nothing')
office.sign_in()
second = browser.Browser()
second.get('/masuk')
second.post('/masuk', {'email': office.email, 'password': browser.password})
second.follow()
browser.sql(f"update data.account set otp_counter = 0 where email = '{office.email}'")
second.post('/masuk/kode', {'code': browser.totp(office.secret)})
page = office.get('/meja/akun')
is_(
    len(browser.re.findall(r'action="/meja/akun/sesi/\d+/akhiri"', page.body)),
    1,
    'one\'s other session is in the list',
)
theirs = browser.sql(f"select max(id) from data.session where account = {account[city.email]}")
is_(
    office.post(f'/meja/akun/sesi/{theirs}/akhiri').status,
    404,
    'a session of somebody else is none',
)
office.get('/meja/akun')
is_(
    office.post(browser.re.search(r'action="(/meja/akun/sesi/\d+/akhiri)"', page.body)[1]).location,
    '/meja/akun',
    'ending it',
)
is_((second.get('/meja').location, office.get('/meja').status), ('/masuk', 200), 'ends it at once')
office.get('/meja/pengguna')
is_(
    office.post(f'/meja/pengguna/{account[city.email]}/tutup', {'why': 'Pindah tugas'}).location,
    f'/meja/pengguna/{account[city.email]}',
    'the office ends an account',
)
is_(city.get('/meja').location, '/masuk', 'which ends its sessions at once')
office.get('/meja/akun')
third = browser.Browser()
third.cookies = dict(office.cookies)
new = browser.password + ' lagi'
is_(
    office.post('/meja/akun/sandi', {'password': 'bukan itu', 'new': new, 'repeat': new}).status,
    422,
    'another password needs the present one',
)
is_(
    office.post(
        '/meja/akun/sandi', {'password': browser.password, 'new': new, 'repeat': new}
    ).location,
    '/meja/akun',
    'with which it is changed',
)
is_(third.get('/meja').status, 200, 'this session goes on')
is_(
    browser.sql(
        "select count(*) from data.audit a where a.act = 'password_change' and a.actor = '%s'"
        % office.email
    ),
    '1',
    'with one row in the trail',
)
done()
