#!/usr/bin/env python3
"""Nobody is sent away: every form of an address of another site, wherever a visitor can write it,
leads to a page of ours or to none. And nothing goes out: no address that a visitor names is asked
by us."""
import os
import random
import re
import socket
import sys
import urllib.parse

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import audit  # noqa: E402 (the path comes first)
import corpus  # noqa: E402
import wire  # noqa: E402
from tap import done, none, ok  # noqa: E402

ALL = bool(os.environ.get('TOLOK_ALL'))
chance = random.Random(int(os.environ.get('JUNK_SEED', '20261122')))
EVIL = 'evil.example'

# As they stand in an address; {e} is the other site.
FORMS = r'''
//{e}
//{e}/
///{e}
////{e}
/\{e}
\\{e}
\/{e}
/\/{e}
/%5c{e}
%5c%5c{e}
/%2f{e}
%2f%2f{e}
%2f%2f%2f{e}
%252f%252f{e}
/%252f{e}
/.//{e}
/..//{e}
/%2e//{e}
/%2e%2e//{e}
/;//{e}
/%09/{e}
/%0a/{e}
/%0d/{e}
/%0d%0a/{e}
/%00/{e}
/%20/{e}
/%c2%a0/{e}
/%e2%80%ae/{e}
/%ef%bc%8f{e}
/%c0%af{e}
http:{e}
https:{e}
http:/{e}
https:/{e}
http://{e}
https://{e}
https:///{e}
https:\\{e}
https:%5c%5c{e}
https%3a%2f%2f{e}
HTTPS://{e}
http://tolok.test@{e}
http://tolok.test:80@{e}
//tolok.test@{e}
//{e}%23.tolok.test
//{e}%3f.tolok.test
//{e}%5c.tolok.test
//{e};.tolok.test
//tolok.test.{e}
//{e}:80
//[::ffff:1.2.3.4]
//1.2.3.4
//0x01020304
//16909060
javascript:location='//{e}'
javascript://{e}/%0aalert(1)
data:text/html,<meta%20http-equiv=refresh%20content=0;url=//{e}>
%0d%0aLocation:%20//{e}
%0aLocation:%20//{e}
%0d%0aRefresh:%200;url=//{e}
%e5%98%8a%e5%98%8dLocation:%20//{e}
//{e}/%2f..
//{e}/%2e%2e
//{e}/..;/
'''.strip(
    '\n'
).split(
    '\n'
)
NAMES = '''next url redirect redirect_to redirect_uri return returnTo return_to continue dest
           destination go goto r u target to link out view path file forward callback back ref
           referer location lang q kota putaran terbitan'''.split()
REDIRECTS = [
    '/peringkat',
    '/metode',
    '/kota/',
    '/peringkat/2022/',
    '/metode/2022/',
    '/kota/kota-kediri/',
]


def leads_away(location):
    """Whether a browser would leave, which takes '\\' for '/' and leaves out tabs and line ends."""
    read = re.sub(r'[\t\r\n]', '', location).strip().replace('\\', '/')
    parts = urllib.parse.urlsplit(urllib.parse.urljoin(f'http://{wire.host}:{wire.port}/', read))
    return (
        not re.match(r'/(?!/)', read)
        or parts.netloc != f'{wire.host}:{wire.port}'
        or parts.scheme != 'http'
    )


def faults_of(target, answer):
    found = [f'{target}: {fault}' for fault in audit.form(answer)]
    location = answer.get('location')
    if location is not None and leads_away(location):
        found.append(f'{target}: leads to {location}')
    if (location is not None) != (answer.status in (301, 302, 303, 307, 308)):
        found.append(f'{target}: status {answer.status} with Location {location}')
    if answer.has('refresh') or re.search(rb'http-equiv=.?refresh', answer.body, re.I):
        found.append(f'{target}: a refresh')
    found += [
        f'{target}: a link to {link}'
        for link in re.findall(r'(?:href|action|src)="([^"]*)"', answer.text)
        if EVIL in link and leads_away(link)
    ]
    return found


def places(form):
    """Where a form can stand: in the path, alone and with the slash too many that is dropped, and
    in a query."""
    bare = form.lstrip('/')
    yield from (
        form,
        f'{form}/',
        f'/{bare}/',
        f'/{form}/',
        f'/{form}/..',
        f'/{form}/%2e%2e/',
        f'/.{form}/',
    )
    yield from (
        f'/kota{form}/',
        f'/kota/{bare}/',
        f'/kota/kota-kediri/{bare}/',
        f'/peringkat/{bare}',
        f'/kota/?{form}',
        f'/kota/?{form}/',
    )
    for address in REDIRECTS:
        names = NAMES if ALL else chance.sample(NAMES, 2)
        yield from (f'{address}?{name}={form}' for name in names)


audit.form(wire.get(b'/'))
none(
    [
        f'{address}: {answer.status}'
        for address in REDIRECTS
        if (answer := wire.get(address.encode())).status not in (301, 302)
    ],
    'there are addresses that lead to another one',
)
found, asked, led, connection = [], 0, 0, wire.Connection()
for form in FORMS:
    for target in places(form.replace('{e}', EVIL)):
        answer = wire.get(
            corpus.escape(target.encode(), corpus.UNRESERVED + b"%/\\:@;?=&,#'()<>[]!$*+"),
            connection=connection,
        )
        asked, led = asked + 1, led + answer.has('location')
        found += faults_of(target, answer)
none(found, f'{asked} addresses in {len(FORMS)} forms: nobody is sent away')
ok(led > 100, f'{led} of them lead somewhere')

HOSTS = [
    b'evil.example',
    b'evil.example:80',
    b'tolok.test@evil.example',
    b'evil.example#',
    b'127.0.0.1:1',
    b'localhost',
    b'[::1]',
    b'EVIL.EXAMPLE.',
]
SAYS = [
    (b'X-Forwarded-Host', b'evil.example'),
    (b'X-Host', b'evil.example'),
    (b'Forwarded', b'host=evil.example'),
    (b'Via', b'evil.example'),
    (b'X-Forwarded-Proto', b'https://evil.example/'),
    (b'X-Forwarded-Prefix', b'//evil.example'),
    (b'X-Original-URL', b'//evil.example/'),
    (b'Referer', b'https://evil.example/'),
    (b'Origin', b'https://evil.example'),
]
found = []
for address in REDIRECTS:
    for host in HOSTS:
        found += faults_of(f'{address} at {host}', wire.get(address.encode(), host_name=host))
    for header in SAYS:
        found += faults_of(f'{address} with {header}', wire.get(address.encode(), [header]))
    received, _ = wire.exchange(
        f'GET http://evil.example{address} HTTP/1.1\r\nHost: evil.example\r\nConnection:'
        ' close\r\n\r\n'.encode()
    )
    found += [
        fault
        for answer in wire.answers(received)
        for fault in faults_of(f'{address} as an absolute address', answer)
    ]
none(found, 'whatever host a visitor names')

# Nothing goes out. Whoever connects to this socket was sent by us.
HEADERS = b'''Proxy HTTP-Proxy X-Forwarded-For X-Forwarded-Host Forwarded Referer Origin From
             X-Wap-Profile X-Callback Location Via True-Client-IP Contact X-Original-URL
             Link'''.split()
VARIABLES = (
    b'HTTP_PROXY HTTPS_PROXY http_proxy all_proxy HTTP_X_FORWARDED_HOST SERVER_NAME PATH_TRANSLATED'
    .split()
)
with socket.create_server(('127.0.0.1', 0)) as trap:
    trap.setblocking(False)
    away = f'http://127.0.0.1:{trap.getsockname()[1]}/'.encode()
    for name in HEADERS:
        wire.get(b'/kota?q=' + name, [(name, away)])
    for name in NAMES:
        for address in (b'/kota', b'/quickwin', b'/peringkat/2022', b'/banding'):
            wire.get(
                address + b'?' + name.encode() + b'=' + corpus.escape(away), connection=connection
            )
    for variable in VARIABLES:
        wire.fastcgi(
            [(b'REQUEST_METHOD', b'GET'), (b'PATH_INFO', b'/kota/kota-kediri'), (variable, away)]
        )
    try:
        came = trap.accept()
    except BlockingIOError:
        came = None
    ok(came is None, 'nothing that a visitor names is asked by us, not even as a proxy', [came])
done()
