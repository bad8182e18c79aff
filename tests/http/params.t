#!/usr/bin/env python3
"""What nginx hands to a worker, and what it does when a worker fails, with a worker of our own
behind its configuration."""
import os
import sys

folder = os.path.dirname(os.path.abspath(__file__))
sys.path += [folder, os.path.dirname(folder)]
from own import Server  # noqa: E402 (the path comes first)
from tap import done, is_  # noqa: E402

server = Server()
ask, get, seen = server.ask, server.get, server.worker.seen


def given():
    return dict(seen[-1][0])


def failing(times):
    """The next answers of the worker are none."""
    good, left = server.worker.answer, [None] * times
    server.worker.answer = lambda variables: left.pop() if left else good(variables)


try:
    answer = ask(
        'GET',
        '/kota/kota%2Dkediri?q=a%20b&x=1%2B1',
        [
            ('Proxy', 'http://evil'),
            ('X-Forwarded-For', '1.2.3.4'),
            ('X-Original-URL', '/other'),
            ('Foo_Bar', 'x'),
            ('If-None-Match', '"e"'),
            ('X-Request-Id', 'mine'),
        ],
    )
    names = [name for name, _ in seen[-1][0]]
    got = given()
    is_((answer.status, answer.body), (200, b'answer'), 'a worker answers')
    is_(got['PATH_INFO'], '/kota/kota-kediri', 'PATH_INFO is the decoded path')
    is_(got['QUERY_STRING'], 'q=a%20b&x=1%2B1', 'QUERY_STRING is raw')
    is_(
        (got['REQUEST_METHOD'], got['SCRIPT_NAME'], got['TOLOK_ACCEL']),
        ('GET', '', '1'),
        'method, no script, and what nginx can do',
    )
    is_(got.get('HTTP_PROXY', ''), '', 'a Proxy header does not become HTTP_PROXY')
    is_(
        [
            n
            for n in names
            if n.startswith('HTTP_') and n not in ('HTTP_PROXY', 'HTTP_ACCEPT_ENCODING')
        ],
        [],
        'no header of a visitor reaches a page that others will see',
    )
    is_(
        len(got['REQUEST_ID']) == 32 and got['REQUEST_ID'] != 'mine',
        True,
        'the request id is nginx\'s',
    )
    is_(sorted(n for n in names if names.count(n) > 1), [], 'no variable twice')

    for target, path in (
        ('/kota%2Fx', '/kota/x'),
        ('//kota', '//kota'),
        ('/a/./b/../c', '/a/c'),
        ('/%C3%A9', '/\xc3\xa9'),
        ('/kota;x=1', '/kota;x=1'),
        ('/kota%3Fq=1', '/kota?q=1'),
        ('/a%252f', '/a%2f'),
        ('/kota/../x?', '/x'),
    ):
        get(target)
        is_((given()['PATH_INFO'], given()['QUERY_STRING']), (path, ''), f'{target} is {path}')
    server.raw(
        b'GET http://evil.example/kota?q=1 HTTP/1.1\r\nHost: other.example\r\nConnection:'
        b' close\r\n\r\n'
    )
    is_(
        (
            given()['PATH_INFO'],
            given()['QUERY_STRING'],
            [v for v in given().values() if 'example' in v],
        ),
        ('/kota', 'q=1', []),
        'an address with a host is its path, and no host reaches the program',
    )

    ask('HEAD', '/')
    is_(given()['REQUEST_METHOD'], 'GET', 'HEAD asks a worker for the whole page')
    is_(ask('GET', '/', [], b'body').status, 200, 'a GET may have a body')
    is_((seen[-1][1], 'CONTENT_LENGTH' in given()), (b'', False), 'which the program is not given')
    before = len(seen)
    is_(
        [
            ask(m, '/', [], b'body').status
            for m in ('POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'CONNECTION')
        ],
        [405] * 6,
        'other methods are none',
    )
    is_(
        b'<title>Permintaan ini tidak terbaca' in server.raw(b'GET /\r\n'),
        True,
        'a request of HTTP/0.9 gets a page of ours',
    )
    is_(len(seen), before, 'and none of them reaches a worker')

    for sent, expected in (
        (None, ''),
        ('gzip', 'gzip'),
        ('br, GZIP;q=0.5', 'gzip'),
        ('gzip;q=0', ''),
        ('gzip; q=0.000, br', ''),
        ('gzip;q=0.01', 'gzip'),
        ('gzipped', ''),
        ('x-gzip', ''),
        ('*', ''),
        ('identity', ''),
    ):
        ask('GET', '/', [] if sent is None else [('Accept-Encoding', sent)])
        is_(
            given().get('HTTP_ACCEPT_ENCODING', ''),
            expected,
            f'Accept-Encoding {sent} is given as {expected!r}',
        )

    # The program's word for another address, written as cgi-bin/base/url.c writes it: nginx takes
    # it apart again.
    good = server.worker.answer
    for address, path, query in (
        ('/kota?q=a+b%2Bc&kota=a,b', '/kota', 'q=a+b%2Bc&kota=a,b'),
        ('/', '/', ''),
        ('/kota/?x=%3F%23%25', '/kota/', 'x=%3F%23%25'),
        ('/a%20b%3Fc%23%25~@!$&()*,;=:', '/a b?c#%~@!$&()*,;=:', ''),
        ('/%C3%A9?q=%C3%A9~!()*/', '/\xc3\xa9', 'q=%C3%A9~!()*/'),
    ):
        server.worker.answer = lambda variables, way=address: (
            good(variables)
            if variables['PATH_INFO'] != '/detour'
            else (
                b'Status: 307 Temporary Redirect\r\nX-Request-Id: one\r\nX-Made:'
                b' one\r\nX-Accel-Redirect: '
            )
            + way.encode()
            + b'\r\n\r\n'
        )
        before = len(seen)
        answer = get('/detour?x')
        is_(
            (len(seen) - before, given()['PATH_INFO'], given()['QUERY_STRING']),
            (2, path, query),
            f'{address} is asked for as it was meant',
        )
        is_(
            (answer.status, answer.body, answer.get('x-made')),
            (200, b'answer', None),
            'and only its answer is seen',
        )
    server.worker.answer = good

    failing(1)
    is_(get('/').status, 200, 'a GET whose worker dies is given to another')
    failing(2)
    answer = get('/')
    is_(answer.status, 503, 'two dead workers in a row are an error')
    is_(b'tolok.css' in answer.body, True, 'the visitor gets a page of ours')
    is_(
        (answer.get('retry-after'), answer.get('cache-control')),
        ('5', 'no-store'),
        'which says when to come back',
    )
    is_(get('/').status, 200, 'that does not last')
finally:
    server.end()
done()
