#!/usr/bin/env python3
"""What nginx keeps from the desk's program whatever that says: too many tries from one place,
bodies that are too long, and answers that would lie in a cache which others see."""
import contextlib
import http.client
import os
import socket
import sys
import time

folder = os.path.dirname(os.path.abspath(__file__))
sys.path += [folder, os.path.dirname(folder)]
from own import Answer, Server, Worker
from tap import done, is_, ok

# Programs of this machine are not limited; here all but one of its addresses are visitors.
server = Server(
    change={
        '127.0.0.0/8 1;': '127.0.0.9 1;',
        'client_max_body_size 11m;': 'client_max_body_size 300k;',
        # However slow the machine is, no place is given back meanwhile.
        'zone=guesses:8m rate=2r/s': 'zone=guesses:8m rate=1r/m',
        'zone=writes:2m rate=2r/s': 'zone=writes:2m rate=1r/m',
    }
)
desk = Worker(f'{server.folder}/desk.sock')
desk.start()


def ask(method, path, source='127.0.0.1', body=None, **headers):
    connection = http.client.HTTPConnection(
        '127.0.0.1', server.port, timeout=30, source_address=(source, 0)
    )
    with contextlib.closing(connection):
        connection.request(method, path, body, headers)
        return Answer(connection.getresponse())


try:
    # Tries to sign in: as many at once as a whole office behind one address needs, and no more.
    statuses = [ask('POST', '/masuk').status for _ in range(90)]
    heard = statuses.count(200)
    ok(
        61 <= heard < 80 and set(statuses[:61]) == {200} and set(statuses) == {200, 429},
        'who tries often is slowed down',
        str(statuses),
    )
    is_(len(desk.seen), heard, 'before the program hears of it')
    is_(
        [
            ask('POST', path).status
            for path in (
                '/masuk/kode',
                '/en/masuk',
                '/masuk/daftar-kode',
                '/undangan/x',
                '/en/undangan/x',
            )
        ],
        [429] * 5,
        'on whichever way in',
    )
    is_(
        [ask('GET', '/masuk').status, ask('POST', '/meja/akun').status, ask('GET', '/').status],
        [200] * 3,
        'and all else is served',
    )
    is_(
        [ask('POST', '/masuk', source).status for source in ('127.0.0.5', '127.0.0.9')],
        [200] * 2,
        'as are others',
    )
    answers = [ask('POST', path) for path in ('/masuk', '/en/masuk')]
    ok(
        all(a.get('retry-after') and a.get('cache-control') == 'no-store' for a in answers),
        'they are told when to come back',
    )
    is_([a.get('content-language') for a in answers], ['id', 'en'], 'in their language')

    # What one session writes, from wherever, while it may go on reading.
    def write(n, letter, method='POST'):
        return ask(
            method, f'/meja/quickwin/{n}/simpan', f'127.0.2.{n}', Cookie=f'tolok={letter * 43}'
        ).status

    statuses = [write(n, 'W') for n in range(1, 90)]
    ok(
        61 <= statuses.count(200) < 70 and set(statuses[:61]) == {200},
        'a session writes no faster than people do',
        str(statuses),
    )
    is_((write(1, 'W', 'GET'), write(1, 'V')), (200, 200), 'it reads on, and others write')

    # Bodies.
    before = len(desk.seen)
    sizes = {'/masuk': 16 * 1024, '/undangan/x': 16 * 1024, '/meja/quickwin/1/simpan': 256 * 1024}
    is_(
        [ask('POST', path, '127.0.0.9', b'x' * (size + 1)).status for path, size in sizes.items()],
        [413] * 3,
        'a body that is too long',
    )
    is_(len(desk.seen), before, 'does not reach the program')
    is_(
        [ask('POST', path, '127.0.0.9', b'x' * size).status for path, size in sizes.items()],
        [200] * 3,
        'one that is as long as it may be does',
    )

    # A file is let in before it is read: the program is asked whether its sender has signed in.
    upload, size = '/meja/quickwin/1/berkas/tambah', 300 * 1024
    is_(
        ask('POST', upload, '127.0.0.9', b'x' * size, Cookie='tolok=' + 'A' * 43).status,
        200,
        'a file is let in',
    )
    asked = [dict(pairs) for pairs, _ in desk.seen[-2:]]
    is_(
        [(a['REQUEST_METHOD'], a['PATH_INFO'], a.get('CONTENT_LENGTH', '')) for a in asked],
        [('GET', '/meja/akun', ''), ('POST', upload, str(size))],
        'when the program knows who sends it',
    )
    too_long = ask('POST', upload, '127.0.0.9', b'x' * (size + 1))
    is_(
        (too_long.status, too_long.get('location')),
        (303, '/meja/quickwin/1/berkas?kabar=besar'),
        'unless it is too long: its sender is led back and told',
    )
    # Two at a time of one session, from wherever: they lie on the disk while they come, and then
    # have workers.
    head = (
        f'POST {upload} HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\n'
        f'Cookie: a=b; tolok={"B" * 43}\r\n\r\nx'
    ).encode()
    with contextlib.ExitStack() as slow:
        before = len(desk.seen)
        for n in range(2):
            slow.enter_context(
                socket.create_connection(
                    ('127.0.0.1', server.port), 30, source_address=(f'127.0.1.{n}', 0)
                )
            ).sendall(head)
        end = time.monotonic() + 20
        while len(desk.seen) < before + 2 and time.monotonic() < end:
            time.sleep(0.02)
        is_(
            [
                ask('POST', upload, f'127.0.1.{n}', b'x', Cookie=f'tolok={letter * 43}').status
                for n, letter in ((7, 'B'), (8, 'C'))
            ],
            [429, 200],
            'a session has two files on the way at most, and holds up no other',
        )
    desk.answer = lambda variables: b'Status: 303 See Other\r\nLocation: /masuk\r\n\r\n'
    way = '/masuk?ke=/meja/quickwin/1/berkas'
    for path, wanted in ((upload, way), (f'/en{upload}', f'/en{way}')):
        before = len(desk.seen)
        with socket.create_connection(('127.0.0.1', server.port), 30) as connection:
            connection.sendall(
                (
                    f'POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\n'
                    f'Cookie: tolok={"A" * 43}\r\n\r\n'
                ).encode()
            )
            head = connection.recv(65536).decode()
        is_(
            (head[9:12], f'\r\nLocation: {wanted}\r\n' in head, len(desk.seen) - before),
            ('303', True, 1),
            f'{path}: who is not signed in is sent to the door, and the file not read',
        )
    desk.answer = lambda variables: None
    is_(
        [ask('POST', upload, '127.0.0.9', b'x' * n).status for n in (1, size)],
        [503, 503],
        'nor is it where the program fails, which is what its sender is told',
    )
    desk.answer = lambda variables: b'Content-Type: text/plain\r\n\r\nanswer'

    # Nothing of the desk is kept, even if the program said that it may be, nor is what sets a
    # cookie on a public page.
    keep = (
        b'Content-Type: text/html\r\nCache-Control: public, max-age=600, s-maxage=600\r\nETag:'
        b' "a"\r\n\r\npage'
    )
    desk.answer = lambda variables: keep
    for path in ('/masuk', '/meja', '/en/meja/akun', '/undangan/y'):
        before = len(desk.seen)
        answers = [
            ask('GET', path, '127.0.0.9', Cookie='tolok=' + 'A' * 43),
            ask('GET', path, '127.0.0.9'),
        ]
        is_(
            (len(desk.seen) - before, [a.cache for a in answers]),
            (2, [None, None]),
            f'{path} is asked of the program each time',
        )
    server.worker.answer = lambda variables: keep.replace(
        b'ETag: "a"', b'Set-Cookie: tolok=rahasia'
    )
    answers = [ask('GET', '/kota') for _ in range(2)]
    is_(
        ([a.cache for a in answers], len(server.worker.seen) >= 2),
        (['MISS', 'MISS'], True),
        'what sets a cookie is kept by nobody',
    )
    server.worker.answer = lambda variables: keep
    answers = [ask('GET', '/kota?a=1') for _ in range(2)]
    is_([a.cache for a in answers], ['MISS', 'HIT'], 'while a public page is')
    ok(
        not any(name == 'HTTP_COOKIE' for pairs, _ in server.worker.seen for name, _ in pairs),
        'whose program hears of no cookie',
    )
finally:
    server.end()

# Behind a proxy: whom it speaks for is the visitor, and nobody else's word is believed.
server = Server(
    proxy='127.0.0.1',
    # However slow the machine is, no place is given back meanwhile.
    change={
        'zone=guesses:8m rate=2r/s': 'zone=guesses:8m rate=1r/m',
        'zone=searches:8m rate=3r/s': 'zone=searches:8m rate=1r/m',
        'zone=desk:8m rate=20r/s': 'zone=desk:8m rate=1r/s',
    },
)
for name in ('door', 'upload'):
    os.remove(f'{server.folder}/{name}.sock')
inside, door, files = (
    Worker(f'{server.folder}/{name}.sock') for name in ('desk', 'door', 'upload')
)
try:
    for worker in (inside, door, files):
        worker.start()

    def behind(method, path, address, source='127.0.0.1', **headers):
        """What somebody gets for whom the proxy at `source` speaks."""
        return ask(method, path, source, X_Forwarded_For=address, **headers)

    def ask(method, path, source='127.0.0.1', body=None, **headers):
        connection = http.client.HTTPConnection(
            '127.0.0.1', server.port, timeout=30, source_address=(source, 0)
        )
        with contextlib.closing(connection):
            connection.request(
                method,
                path,
                body,
                {name.replace('_', '-'): value for name, value in headers.items()},
            )
            return Answer(connection.getresponse())

    def told():
        return dict(door.seen[-1][0])['REMOTE_ADDR']

    for said, source, wanted in (
        ('203.0.113.9', '127.0.0.1', '203.0.113.9'),
        ('127.0.0.1, 198.51.100.1, 203.0.113.9', '127.0.0.1', '203.0.113.9'),
        ('203.0.113.9, 127.0.0.1', '127.0.0.1', '203.0.113.9'),
        ('::ffff:203.0.113.9', '127.0.0.1', '203.0.113.9'),
        ('2001:db8::1', '127.0.0.1', '2001:db8::1'),
        ('nonsense', '127.0.0.1', '127.0.0.1'),
        ('203.0.113.9', '127.0.0.2', '127.0.0.2'),
    ):
        behind('GET', '/masuk', said, source)
        is_(told(), wanted, f'"{said}", said by {source}, is {wanted}')

    def many(method, path, address, count=100, **headers):
        return {behind(method, path, address(n), **headers).status for n in range(count)}

    is_(many('POST', '/masuk', lambda n: '192.0.2.66'), {200, 429}, 'a stranger is slowed down')
    is_(many('POST', '/masuk', lambda n: f'198.51.100.{n}'), {200}, 'and nobody else is')
    is_(
        many('POST', '/masuk', lambda n: f'::ffff:203.0.113.{n}'),
        {200},
        'nor addresses that come in the dress of others',
    )
    is_(
        [
            many('POST', '/masuk', lambda n: f'{network}{n:x}')
            for network in (
                '2001:db8:1:2::',
                '2001:db8::',
                '2001:db8:0:3:aaaa:bbbb:0:',
                '2001:0db8:0:04::',
            )
        ],
        [{200, 429}] * 4,
        'a network of 64 bits is one visitor, however its addresses are written',
    )
    is_(many('POST', '/masuk', lambda n: f'2001:db8:5:{n:x}::1'), {200}, 'and another one is not')
    is_(
        many('POST', '/masuk', lambda n: f'203.0.113.{n}', source='127.0.0.2'),
        {200, 429},
        'who is no proxy is no more than a visitor',
    )
    is_(
        {behind('POST', '/masuk', '').status for _ in range(90)},
        {200, 429},
        'and a proxy that says nothing is one visitor',
    )

    # Searches, of which one costs as much as many pages.
    server.worker.answer = lambda variables: b'Content-Type: text/html\r\n\r\npage'
    for path in (
        '/quickwin?q=pajak',
        '/en/quickwin?dimensi=economy&q=pajak',
        '/quickwin?%71=pajak',
        '/quickwin.csv?q=pajak',
        '/kota?q=kota',
    ):
        is_(
            many('GET', path, lambda n, at=len(path): f'198.18.{at}.1', 40),
            {200, 429},
            f'who searches without an end is slowed down: {path}',
        )
    is_(many('GET', '/quickwin', lambda n: '198.18.16.1', 40), {200}, 'not who reads')
    is_(many('GET', '/quickwin?q=pajak', lambda n: f'198.19.0.{n}', 40), {200}, 'nor who searches')

    # Who is inside, and who is at the door.
    token = 'A' * 43
    for cookie, path, at in (
        (f'tolok={token}', '/meja', inside),
        (f'a=b; __Host-tolok={token}', '/en/meja/akun', inside),
        ('', '/meja', door),
        ('tolok=short', '/meja', door),
        (f'xtolok={token}', '/meja', door),
        (f'tolok={token}', '/masuk', door),
        (f'tolok={token}', '/undangan/x', door),
        (f'tolok={token}', '/keluar', door),
    ):
        before = len(at.seen)
        answer = behind('GET', path, '198.19.1.1', Cookie=cookie)
        is_(
            (answer.status, len(at.seen) - before),
            (200, 1),
            f'{path} with {cookie or "no cookie"}: {"inside" if at is inside else "at the door"}',
        )
    before = len(inside.seen)
    is_(
        (
            behind('POST', upload, '198.19.1.1', Cookie=f'tolok={token}').status,
            len(inside.seen) - before,
            [dict(pairs)['PATH_INFO'] for pairs, _ in files.seen],
        ),
        (200, 1, [upload]),
        'a file: those inside are asked whether it is let in, and others take it',
    )
    is_(
        many('GET', '/meja', lambda n: '198.19.2.1', 200, Cookie=f'tolok={token}'),
        {200, 429},
        'nor can one visitor ask the desk for more than its work is',
    )
finally:
    server.end()
done()
