#!/usr/bin/env python3
"""Every answer, whoever makes it, bears the same headers once, and says no more about the server
than it must."""
import os
import re
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import wire  # noqa: E402 (the path comes first)
from tap import done, is_, ok  # noqa: E402

SECURITY = (
    'content-security-policy',
    'strict-transport-security',
    'x-content-type-options',
    'x-frame-options',
    'referrer-policy',
    'cross-origin-opener-policy',
    'cross-origin-resource-policy',
    'permissions-policy',
)
KEPT = 'public, max-age=[0-9]+, s-maxage=2, stale-while-revalidate=8, stale-if-error=2592000'
MADE = '20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-9:]{8}Z'
host = f'{wire.host}:{wire.port}'.encode()
connection = wire.Connection()


def get(target, headers=(), method=b'GET', body=None, host_name=host):
    return wire.get(target, headers, method, body, connection, host_name)


def times(answer, name):
    return sum(header == name for header, _ in answer.headers)


def matches(pattern, text, name):
    ok(text is not None and re.fullmatch(pattern, text), name, f'{text!r} is not {pattern}')


def looks(status, name, *asked, **more):
    answer = get(*asked, **more)
    ok(
        answer.status == status and not answer.faults,
        f'{name}: status {status}',
        [f'{answer.status}', *answer.faults],
    )
    # One that came twice is told joined, which differs.
    is_(
        {header: answer.get(header) for header in SECURITY},
        same,
        f'{name}: the security headers, once each and the same everywhere',
    )
    matches('[0-9a-f]{32}', answer.get('x-request-id'), f'{name}: a request id')
    is_(answer.get('server'), 'nginx', f'{name}: no version')
    kept = answer.get('cache-control')
    is_(times(answer, 'cache-control'), 1, f'{name}: says once how long it may be kept')
    if status in (301, 302) or status == 200 and 'page' in name:
        matches(KEPT, kept, f'{name}: may outlive the database')
        matches(MADE, answer.get('x-made'), f'{name}: and is dated')
    if status >= 400:
        is_(kept, 'no-store', f'{name}: is not kept')


first = get(b'/')
same = {header: first.get(header) for header in SECURITY}
policy = same['content-security-policy'] or ''
ok(policy.startswith("default-src 'none';"), 'a strict policy', policy)
ok(all('unsafe-' not in value for _, value in first.headers), 'without exceptions', first.headers)
is_(first.get('x-content-type-options'), 'nosniff', 'no sniffing')
is_(first.get('content-type'), 'text/html; charset=utf-8', 'text in UTF-8')
is_(first.get('content-language'), 'id', 'in Indonesian')
is_([times(first, header) for header in SECURITY], [1] * len(SECURITY), 'each of them is there')

etag = first.get('etag').encode()
changed = get(b'/tolok.css').get('last-modified').encode()
longish = b'x' * 5000
looks(200, 'page', b'/')
looks(200, 'file', b'/tolok.css')
looks(200, 'packed page', b'/', [(b'Accept-Encoding', b'gzip')])
looks(200, 'page by another way', b'/kota?x=1')
looks(200, 'head of a page', b'/', method=b'HEAD')
looks(304, 'page that is known', b'/', [(b'If-None-Match', etag)])
looks(304, 'page that is known, packed', b'/', [(b'If-None-Match', b'W/' + etag)])
looks(304, 'file that is known', b'/tolok.css', [(b'If-Modified-Since', changed)])
looks(302, 'redirect', b'/peringkat')
looks(301, 'slash too many', b'/kota/')
looks(404, 'page that is none', b'/tidak-ada')
looks(404, 'city that is none', b'/kota/tidak-ada')
looks(404, 'file that is none', b'/tidak-ada.css')
looks(404, 'folder of the error pages', b'/galat/503.html')
looks(404, 'address with two slashes', b'//kota')
looks(400, 'bad parameter', b'/quickwin?halaman=nol')
looks(400, 'bad escape', b'/%zz')
looks(400, 'NUL', b'/%00')
looks(400, 'no request line', b'/', host_name=b'a b')
looks(405, 'POST to a page', b'/', method=b'POST', body=b'a=b')
looks(405, 'method that is none', b'/', method=b'PUT')
looks(405, 'TRACE', b'/', method=b'TRACE')
looks(413, 'large body', b'/', method=b'POST', body=b'x' * 100000)
looks(414, 'long address', b'/' + b'x' * 9000)
looks(414, 'address too long for the program', b'/' + longish)
looks(414, 'query too long for the program', b'/?q=' + longish)
looks(431, 'long header', b'/', [(b'X-Long', b'x' * 9000)])

for method, body in ((b'POST', b'a=b'), (b'DELETE', None)):
    is_(
        get(b'/', method=method, body=body).get('allow'),
        'GET, HEAD',
        f'what is allowed instead of {method.decode()}',
    )
for refused in (b'/%zz', b'/' + b'x' * 9000):
    ok(
        '<link rel="stylesheet" href="/tolok.css">' in get(refused).text,
        'the own page of an error has the look of the others',
    )
shown = re.search(r'<code>([0-9a-f]*)<', get(b'/%zz').text)
matches('[0-9a-f]{32}', shown and shown[1], 'and tells the visitor the request id')
connection.close()
done()
