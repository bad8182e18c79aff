#!/usr/bin/env python3
"""What nginx keeps from the desk's program whatever that says: too many tries from one place, bodies that are too long, and answers that would lie
in a cache which others see."""
import contextlib
import http.client
import os
import sys

folder = os.path.dirname(os.path.abspath(__file__))
sys.path += [folder, os.path.dirname(folder)]
from own import Answer, Server, Worker
from tap import done, is_, ok

# Programs of this machine are not limited; here all but one of its addresses are visitors.
server = Server(change={'127.0.0.0/8 1;': '127.0.0.9 1;'})
desk = Worker(f'{server.folder}/desk.sock')
desk.start()


def ask(method, path, source='127.0.0.1', body=None, **headers):
    connection = http.client.HTTPConnection('127.0.0.1', server.port, timeout=30, source_address=(source, 0))
    with contextlib.closing(connection):
        connection.request(method, path, body, headers)
        return Answer(connection.getresponse())


try:
    # Tries to sign in.
    statuses = [ask('POST', '/masuk').status for _ in range(14)]
    is_((statuses[:11], set(statuses[11:])), ([200] * 11, {429}), 'who tries often is slowed down')
    is_(len(desk.seen), 11, 'before the program hears of it')
    is_([ask('POST', path).status for path in ('/masuk/kode', '/en/masuk', '/masuk/daftar-kode', '/undangan/x', '/en/undangan/x')], [429] * 5, 'on whichever way in')
    is_([ask('GET', '/masuk').status, ask('POST', '/meja/akun').status, ask('GET', '/').status], [200] * 3, 'and all else is served')
    is_([ask('POST', '/masuk', source).status for source in ('127.0.0.5', '127.0.0.9')], [200] * 2, 'as are others')
    answers = [ask('POST', path) for path in ('/masuk', '/en/masuk')]
    ok(all(a.get('retry-after') and a.get('cache-control') == 'no-store' for a in answers), 'they are told when to come back')
    is_([a.get('content-language') for a in answers], ['id', 'en'], 'in their language')

    # Bodies.
    before = len(desk.seen)
    sizes = {'/masuk': 16 * 1024, '/undangan/x': 16 * 1024, '/meja/quickwin/1/simpan': 11 * 1024 * 1024}
    is_([ask('POST', path, '127.0.0.9', b'x' * (size + 1)).status for path, size in sizes.items()], [413] * 3, 'a body that is too long')
    is_(len(desk.seen), before, 'does not reach the program')
    is_([ask('POST', path, '127.0.0.9', b'x' * size).status for path, size in sizes.items()], [200] * 3, 'one that is as long as it may be does')

    # Nothing of the desk is kept, even if the program said that it may be, nor is what sets a cookie on a public page.
    keep = b'Content-Type: text/html\r\nCache-Control: public, max-age=600, s-maxage=600\r\nETag: "a"\r\n\r\npage'
    desk.answer = lambda variables: keep
    for path in ('/masuk', '/meja', '/en/meja/akun', '/undangan/y'):
        before = len(desk.seen)
        answers = [ask('GET', path, '127.0.0.9', Cookie='tolok=' + 'A' * 43), ask('GET', path, '127.0.0.9')]
        is_((len(desk.seen) - before, [a.cache for a in answers]), (2, [None, None]), f'{path} is asked of the program each time')
    server.worker.answer = lambda variables: keep.replace(b'ETag: "a"', b'Set-Cookie: tolok=rahasia')
    answers = [ask('GET', '/kota') for _ in range(2)]
    is_(([a.cache for a in answers], len(server.worker.seen) >= 2), (['MISS', 'MISS'], True), 'what sets a cookie is kept by nobody')
    server.worker.answer = lambda variables: keep
    answers = [ask('GET', '/kota?a=1') for _ in range(2)]
    is_([a.cache for a in answers], ['MISS', 'HIT'], 'while a public page is')
    ok(not any(name == 'HTTP_COOKIE' for pairs, _ in server.worker.seen for name, _ in pairs), 'whose program hears of no cookie')
finally:
    server.end()
done()
