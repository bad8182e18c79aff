#!/usr/bin/env python3
"""The kept pages: who may share one, how long it is given away, and what is given when workers or
database are away. The rules are tried with a worker of our own; the program's own addresses are
asked of the test instance."""
import glob
import http.client
import os
import re
import struct
import subprocess
import sys
import time

folder = os.path.dirname(os.path.abspath(__file__))
sys.path += [folder, os.path.dirname(folder)]
from own import Server  # noqa: E402 (the path comes first)
from tap import done, is_, none, ok  # noqa: E402

KEPT = (
    b'Cache-Control: public, max-age=60, s-maxage=1, stale-while-revalidate=2,'
    b' stale-if-error=2592000\r\n'
)
DAY = 86400

server = Server(
    change={
        'fastcgi_read_timeout 15s': 'fastcgi_read_timeout 1s',
        'keepalive_timeout 30s': 'keepalive_timeout 1s',
    }
)
worker, get, ask, seen = server.worker, server.get, server.ask, server.worker.seen
mood = {'status': b'200 OK', 'head': KEPT, 'version': 1}


def page(variables):
    """The worker's answer: its body says what it was asked, and by which version of the worker."""
    body = (
        f"{variables['PATH_INFO']}|{variables['QUERY_STRING']}"
        f"|{variables.get('HTTP_ACCEPT_ENCODING', '')}"
        f"|{mood['version']}"
    )
    return (
        b'Status: '
        + mood['status']
        + b'\r\nContent-Type: text/plain; charset=utf-8\r\nX-Request-Id: the-programs\r\n'
        + b'ETag: "'
        + str(mood['version']).encode()
        + b'"\r\n'
        + mood['head']
        + b'\r\n'
        + body.encode('latin-1')
    )


def good(**changes):
    mood.update({'status': b'200 OK', 'head': KEPT}, **changes)
    worker.answer = page


def looks(answer):
    return answer.status, answer.cache, answer.body.rsplit(b'|', 1)[-1]


def until(condition, seconds=5):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def aged(seconds):
    """Makes every kept page as old as if its time had ended so many seconds ago, its time for
    staying in too. nginx has read the times already, so it is started anew: pages survive that."""
    server.stop()
    for name in glob.glob(f'{server.folder}/cache/*/*/*'):
        with open(name, 'r+b') as file:
            file.seek(8)
            file.write(struct.pack('=qqq', int(time.time()) - seconds, 0, 0))
    server.start()


def test_sharing():
    good()
    first, second = get('/a'), get('/a')
    is_([looks(first), looks(second)], [(200, 'MISS', b'1'), (200, 'HIT', b'1')], 'a page is kept')
    ids = [first.get('x-request-id'), second.get('x-request-id')]
    ok(
        all(re.fullmatch('[0-9a-f]{32}', i) for i in ids) and ids[0] != ids[1],
        'each answer has a request id of its own',
        ids,
    )
    different = [
        '/b',
        '/b?',
        '/b?x',
        '/b?x=',
        '/b?x=1',
        '/b?x=2',
        '/b?x=1&y=2',
        '/b?y=2&x=1',
        '/b?x=%31',
        '/b%3Fx=1',
        '/b%3F',
        '/b%20x=1',
        '/b%0Ax=1',
        '/B',
        '/b/',
        '//b',
        '/b;x',
        '/b,x',
        '/b%2520',
        '/gzip%20b',
        '/b%23x',
    ]
    answers = {address: get(address).body for address in different}
    for address in different:
        get(address, Accept_Encoding='gzip')
    packed = {address: get(address, Accept_Encoding='gzip') for address in different}
    asked = len(seen)
    again = {address: get(address) for address in different}
    none(
        [a for a in different if again[a].body != answers[a]], 'an address gets its own page again'
    )
    none(
        [
            a
            for a in different
            if looks(packed[a])[1] != 'HIT' or not packed[a].body.endswith(b'|gzip|1')
        ],
        'those who take gzip have their own',
    )
    is_(
        len({again[a].body for a in different}),
        len(different) - 1,
        'and no two addresses share one, save by an empty query',
    )
    is_(len(seen), asked, 'all of them kept')
    for name, value in {
        'Host': 'evil.example',
        'Cookie': 'a=b',
        'X-Forwarded-Host': 'evil.example',
        'Accept-Language': 'en',
        'Authorization': 'Basic eDp4',
        'X-Original-URL': '/other',
        'Cache-Control': 'no-cache',
        'Pragma': 'no-cache',
        'X-Accel-Expires': '0',
        'Accept-Encoding': 'gzip;q=0',
    }.items():
        is_(looks(get('/a', **{name: value})), (200, 'HIT', b'1'), f'{name} changes nothing')
    is_(looks(ask('GET', '/a', [], b'body')), (200, 'HIT', b'1'), 'nor does a body')
    is_(
        looks(get('/x/../a')),
        (200, 'HIT', b'1'),
        'another spelling of the same address is the same page',
    )


def test_methods_and_conditions():
    good()
    first = ask('HEAD', '/head')
    is_(
        (first.status, first.cache, first.body),
        (200, 'MISS', b''),
        'HEAD is answered without a body',
    )
    ok(
        until(lambda: looks(get('/head')) == (200, 'HIT', b'1')),
        'and what is kept is the whole page',
    )
    answer = ask('HEAD', '/head')
    is_(
        (answer.status, answer.cache, answer.body), (200, 'HIT', b''), 'which HEAD gets the head of'
    )
    asked = len(seen)
    for name, value in (
        ('If-None-Match', '"1"'),
        ('If-None-Match', 'W/"1", "x"'),
        ('If-None-Match', '*'),
    ):
        answer = get('/head', **{name: value})
        is_(
            (answer.status, answer.cache, answer.body, answer.get('etag')),
            (304, 'HIT', b'', '"1"'),
            f'{name}: {value} gets 304',
        )
        ok(re.fullmatch('[0-9a-f]{32}', answer.get('x-request-id') or ''), 'with an id of its own')
    is_(
        looks(get('/head', If_None_Match='"other"')),
        (200, 'HIT', b'1'),
        'another tag gets the page',
    )
    is_(looks(get('/head', Range='bytes=0-1')), (200, 'HIT', b'1'), 'a range gets the whole page')
    is_(
        looks(get('/head', If_Modified_Since='Sun, 22 Nov 2037 12:00:00 GMT')),
        (200, 'HIT', b'1'),
        'a date means nothing',
    )
    is_(len(seen), asked, 'no worker is asked')
    is_(get('/new', If_None_Match='"1"').status, 304, 'a page that is not kept yet')
    ok(until(lambda: looks(get('/new')) == (200, 'HIT', b'1')), 'is whole for the next one')


def test_errors():
    for status in (
        b'404 Not Found',
        b'400 Bad Request',
        b'500 Internal Server Error',
        b'503 Service Unavailable',
        b'200 OK',
    ):
        good(status=status, head=b'Cache-Control: no-store\r\n')
        address = f'/error/{status[:3].decode()}'
        is_(
            [looks(get(address)), looks(get(address))],
            [(int(status[:3]), 'MISS', b'1')] * 2,
            f'{status.decode()} is not kept',
        )
    good(head=b'')
    is_(
        [looks(get('/silent')), looks(get('/silent'))],
        [(200, 'MISS', b'1')] * 2,
        'nor an answer that does not say how long',
    )
    good(head=KEPT + b'Set-Cookie: a=b\r\n')
    is_(
        [looks(get('/cookie')), looks(get('/cookie'))],
        [(200, 'MISS', b'1')] * 2,
        'nor one with a cookie',
    )
    good(head=KEPT + b'Vary: Cookie, Accept-Encoding\r\n')
    is_(
        [looks(get('/vary')), looks(get('/vary', Cookie='x=y'))],
        [(200, 'MISS', b'1'), (200, 'HIT', b'1')],
        'Vary means nothing here',
    )
    worker.answer = lambda variables: (
        b'Status: 200 OK\r\nContent-Length: 1000\r\n' + KEPT + b'\r\nhalf',
    )
    try:
        broken = get('/half').body
    except http.client.IncompleteRead:
        broken = None
    is_(broken, None, 'half an answer is seen to be half')
    good()
    is_(looks(get('/half')), (200, 'MISS', b'1'), 'and not kept')


def test_canonical():
    def canonical(variables):
        if variables.get('TOLOK_ACCEL') == '1' and 'junk' in variables['QUERY_STRING']:
            return b'Content-Type: text/plain\r\nX-Accel-Redirect: /can%3Fon?a=%3D&b=2\r\n\r\n'
        return page(variables)

    good()
    worker.answer = canonical
    answers = [
        get('/can%3Fon?junk=1'),
        get('/can%3Fon?b=2&junk=2'),
        get('/can%3Fon?a=%3D&b=2'),
        ask('HEAD', '/can%3Fon?junk=3'),
    ]
    is_(
        [(a.status, a.cache) for a in answers],
        [(200, 'MISS')] + [(200, 'HIT')] * 3,
        'the program names the address that is meant',
    )
    is_({a.body for a in answers[:3]}, {b'/can?on|a=%3D&b=2||1'}, 'and its page is shared')


def test_stale():
    addresses = [f'/stale/{n}' for n in range(6)]
    good(version=1)
    for address in addresses:
        get(address)
    good(version=2)
    ok(
        until(lambda: get(addresses[0]).cache == 'STALE'),
        'a page whose time has ended is given away once more',
    )
    ok(until(lambda: looks(get(addresses[0])) == (200, 'HIT', b'2')), 'and made anew meanwhile')
    aged(5)
    is_(
        [looks(get(addresses[1])), looks(get(addresses[1]))],
        [(200, 'EXPIRED', b'2'), (200, 'HIT', b'2')],
        'after a start, or a while, an old page is not given away when a new one can be had',
    )
    good(version=3)
    aged(29 * DAY)
    for status in (b'503 Service Unavailable', b'500 Internal Server Error'):
        good(status=status, head=b'Cache-Control: no-store\r\n')
        is_(
            [looks(get(a)) for a in addresses[2:4]],
            [(200, 'STALE', b'1')] * 2,
            f'{status.decode()}: pages of 29 days ago are',
        )
    good(status=b'404 Not Found', head=b'Cache-Control: no-store\r\n')
    is_(looks(get(addresses[2])), (404, 'EXPIRED', b'3'), 'a page that is gone is gone')
    worker.answer = lambda variables: None
    is_(looks(get(addresses[3])), (200, 'STALE', b'1'), 'workers that die')
    worker.answer = lambda variables: b'no head at all'
    is_(looks(get(addresses[3])), (200, 'STALE', b'1'), 'or talk nonsense')
    worker.answer = lambda variables: time.sleep(3)
    is_(looks(get(addresses[3])), (200, 'STALE', b'1'), 'or say nothing')
    worker.close()
    is_(looks(get(addresses[4])), (200, 'STALE', b'1'), 'or are not there')
    os.unlink(worker.path)
    is_(looks(get(addresses[4])), (200, 'STALE', b'1'), 'nor their socket')
    answer = get('/never-seen')
    is_(
        (answer.status, answer.get('retry-after'), answer.get('cache-control')),
        (503, '5', 'no-store'),
        'other pages say when to come back',
    )
    worker.open()
    good(version=4)
    is_(looks(get(addresses[4])), (200, 'EXPIRED', b'4'), 'the first fresh page comes at once')


def test_program():
    """The program's own addresses, through the instance's nginx."""
    port = int(os.environ['PORT'])

    def fetch(target):
        connection = http.client.HTTPConnection('127.0.0.1', port, timeout=30)
        connection.request('GET', target)
        answer = connection.getresponse()
        return answer.status, answer.getheader('X-Cache'), answer.read()

    word = f'kanari{os.getpid()}'
    bare = fetch(f'/kota?q={word}')[2]
    for query in (
        f'q={word}&utm_source=x',
        f'fbclid=1&q={word}',
        f'q={word}&',
        f'&q={word}',
        f'q={word}&jenis=',
    ):
        status, cache, body = fetch(f'/kota?{query}')
        is_(
            (status, cache in ('HIT', 'STALE'), body == bare),
            (200, True, True),
            f'/kota?{query} is /kota?q={word}',
        )
    is_(
        fetch(f'/kota?{word}=1')[2].count(word.encode()),
        0,
        'an unknown parameter is not in the page',
    )
    pages = [
        fetch(f'/kota?{query}')[2]
        for query in (f'q={word}', f'q={word}x', f'q={word}&jenis=kota', 'jenis=kota', '')
    ]
    is_(len(set(pages)), len(pages), 'known parameters are not shared')


def test_words():
    """What strangers search for takes no room from pages, and little at all."""

    def kept():
        return [
            len(glob.glob(f'{server.folder}/{name}/*/*/*')) for name in ('cache', 'nginx/found')
        ]

    good()
    pages, found = kept()
    words = [
        '/quickwin?q=satu',
        '/en/quickwin?dimensi=living&q=dua',
        '/kota?q=tiga',
        '/quickwin?%71=empat',
    ]
    looked = [(get(path).cache, get(path).cache) for path in words]
    is_(looked, [('MISS', 'HIT')] * len(words), 'searches are kept')
    is_(kept(), [pages, found + len(words)], 'beside the pages')
    other = ['/quickwin', '/quickwin?q=', '/kota?xq=satu', '/banding?q=satu']
    for path in other:
        get(path)
    is_(kept(), [pages + len(other), found + len(words)], 'and pages where they were')


def test_room():
    """nginx cuts off an answer that it means to keep and can not write: the program tells it when
    there is no room."""

    def head(var):
        variables = dict(
            os.environ,
            VAR=var,
            TOLOK_DB=f"host='{os.environ['PGHOST']}' dbname=tolok user=tolok_web",
            REQUEST_METHOD='GET',
            PATH_INFO='/tentang',
            TOLOK_ACCEL='1',
        )
        answer = subprocess.run(
            [os.environ['WEB']],
            env=variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
        )
        return answer.stdout.partition(b'\r\n\r\n')[0]

    ok(b'X-Accel-Expires' not in head(os.environ['VAR']), 'where there is room, a page is kept')
    ok(b'\r\nX-Accel-Expires: 0' in head('/nowhere'), 'where there is none, it is not')


try:
    test_sharing()
    test_methods_and_conditions()
    test_errors()
    test_canonical()
    test_stale()
    test_program()
    test_words()
    test_room()
finally:
    server.end()
done()
