#!/usr/bin/env python3
"""Files of public/ through nginx: types, caching, packing."""
import os
import re
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import wire  # noqa: E402 (the path comes first)
from tap import done, is_, ok  # noqa: E402

TYPES = {
    '/tolok.css': 'text/css; charset=utf-8',
    '/logo.svg': 'image/svg+xml; charset=utf-8',
    '/indonesia.svg': 'image/svg+xml; charset=utf-8',
    '/tolok.js': 'text/javascript; charset=utf-8',
    '/favicon.ico': 'image/x-icon',
    '/logo-180.png': 'image/png',
    '/tolok-kota.png': 'image/png',
    '/robots.txt': 'text/plain; charset=utf-8',
    '/plus-jakarta-sans.txt': 'text/plain; charset=utf-8',
    '/plus-jakarta-sans-latin-wght-normal.woff2': 'font/woff2',
}
connection = wire.Connection()


def get(target, *headers, method=b'GET'):
    return wire.get(target.encode(), headers, method, connection=connection)


def status(target):
    return get(target).status


for path, kind in TYPES.items():
    answer = get(path)
    is_((answer.status, answer.faults), (200, []), f'{path} is there')
    is_(answer.get('content-type'), kind, f'{path} is {kind}')
    ok(
        re.fullmatch('public, max-age=[0-9]+(, immutable)?', answer.get('cache-control') or ''),
        f'{path} may be kept',
        answer.headers,
    )
    ok(answer.get('etag'), f'{path} can be asked for again', answer.headers)

font = get('/plus-jakarta-sans-latin-wght-normal.woff2')
is_(
    (font.get('cache-control'), font.raw[:4]),
    ('public, max-age=31536000, immutable', b'wOF2'),
    'the font is asked for once',
)
ok("font-src 'self'" in font.get('content-security-policy'), 'and may come from here alone')
ok(
    'immutable' not in (get('/tidak-ada.woff2').get('cache-control') or ''),
    'one that is not there is not missed for a year',
)

with open(f"{os.environ['ROOT']}/public/tolok.css", 'rb') as file:
    css = file.read()
plain = get('/tolok.css')
is_(plain.raw, css, 'byte for byte')
is_(
    get('/tolok.css', (b'If-None-Match', plain.get('etag').encode())).status,
    304,
    'the same file is not sent twice',
)
packed = get('/tolok.css', (b'Accept-Encoding', b'gzip'))
ok(len(packed.raw) < len(css) / 2, f'packed: {len(packed.raw)} bytes')
is_(packed.body, css, 'into the same')
is_(packed.get('vary'), 'Accept-Encoding', 'and says that it depends on what the client takes')
received, _ = wire.exchange(wire.request(b'/tolok.css', [(b'Connection', b'close')], b'HEAD'))
head, _, body = received.partition(b'\r\n\r\n')
is_((head[:15], body), (b'HTTP/1.1 200 OK', b''), 'HEAD has no body')
is_(status('/../Makefile'), 400, 'nothing above the folder')
is_(status('/..%2fMakefile'), 400, 'nor with an escaped slash')
is_(status('/.git/config'), 404, 'nothing hidden')
is_(status('/templates/home.html'), 404, 'no template')
connection.close()
done()
