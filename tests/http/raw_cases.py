"""Requests that two servers could read differently, that are none, or that are too much: the cases
of raw.t. In each, {1} is the marker of the request that is there, {2} that of one that is only
there for whoever is led astray."""

SMUGGLED = b'GET /kota/{2} HTTP/1.1\r\nHost: tolok.test\r\n\r\n'
CHUNKED = b'0\r\n\r\n' + SMUGGLED
LAST = b'GET /kota/{1} HTTP/1.1\r\nHost: tolok.test\r\nConnection: close\r\n'


def post(headers, body):
    return b'POST /kota/{1} HTTP/1.1\r\nHost: tolok.test\r\n' + headers + b'\r\n' + body


def read(headers, body):
    return b'GET /kota/{1} HTTP/1.1\r\nHost: tolok.test\r\n' + headers + b'\r\n' + body


LENGTH = b'Content-Length: %d\r\n' % len(CHUNKED.replace(b'{2}', b'0' * 16))
CODINGS = [
    b'Transfer-Encoding: chunked',
    b'Transfer-Encoding : chunked',
    b'Transfer-Encoding:chunked',
    b'Transfer-Encoding:\tchunked',
    b'Transfer-Encoding: xchunked',
    b'Transfer-Encoding: "chunked"',
    b'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity',
    b'Transfer-Encoding: identity\r\nTransfer-Encoding: chunked',
    b'Transfer-Encoding: chunked, identity',
    b'Transfer-Encoding: identity, chunked',
    b'Transfer-Encoding: gzip, chunked',
    b'Transfer-Encoding: chunked, chunked',
    b'Transfer-Encoding: CHUNKED',
    b'transfer-encoding: cHuNkEd',
    b'Transfer-Encoding: chunked;q=1',
    b'Transfer-Encoding: chunked ',
    b'Transfer-Encoding: chunked\t',
    b'Transfer-Encoding: ,chunked',
    b'Transfer-Encoding:\x0bchunked',
    b'Transfer-Encoding: \x00chunked',
    b'Transfer-Encoding: chunked\x00',
    b'Transfer-Encoding:\xa0chunked',
    b'X: y\rTransfer-Encoding: chunked',
    b'X: y\nTransfer-Encoding: chunked',
    b'X: y\r\n Transfer-Encoding: chunked',
    b'X: y\r\n\tTransfer-Encoding: chunked',
    b'Transfer-Encoding:\r\n chunked',
    b'Transfer-Encoding\r\n: chunked',
    b' Transfer-Encoding: chunked',
    b'Transfer-Encoding\x00: chunked',
    b'Transfer-Encoding: ',
    b'Transfer-Encoding: identity',
    b'Transfer-Encoding: chu\r\n nked',
    b'Transfer-Encoding: cow',
]
# A header that nobody knows leaves the length alone: then what was smuggled is the body.
IGNORED = [
    b'Transfer_Encoding: chunked',
    b'Transfer-Encoding-: chunked',
    b'X-Transfer-Encoding: chunked',
    b'TE: chunked',
    b'Trailer: Content-Length',
    b'Transfer\xadEncoding: chunked',
    b'Connection: Content-Length',
    b'Content_Length: 0',
    b'Transfer.Encoding: chunked',
]
LENGTHS = [
    b'+5',
    b'-5',
    b'5, 5',
    b'5,6',
    b'0x5',
    b'5e0',
    b'5.0',
    b'5 5',
    b'\x0b5',
    b'',
    b'a',
    b'5;',
    b'\xd9\xa5',
    b'18446744073709551615',
    b'18446744073709551616',
    b'9223372036854775808',
    b'9' * 400,
    b'-0',
    b'5\x00',
    b'"5"',
]
CHUNKS = [
    b'zz\r\n',
    b'-1\r\n',
    b'+5\r\nabcde\r\n0\r\n\r\n',
    b'0x5\r\nabcde\r\n0\r\n\r\n',
    b'5\r\nabcdeXX0\r\n\r\n',
    b'FFFFFFFFFFFFFFFF\r\n',
    b'FFFFFFFFFFFFFFFFF\r\n',
    b'8000000000000000\r\n',
    b'\r\n5\r\nabcde',
    b'\xef\xbc\x95\r\nabcde\r\n',
    b'5\r\nabcdef\r\n0\r\n\r\n',
    b'\x00\r\n\r\n',
]
HOSTS = [b'a b', b'a/b', b'a\x00b', b'..', b'a..b', b'a, b', b'a@b/c', b'/']
VERSIONS = [
    b'HTTP/2.0',
    b'HTTP/3',
    b'HTTP/0.9',
    b'HTTP/1',
    b'HTTP/1.',
    b'HTTP/1.1x',
    b'HTTP/1.1 x',
    b'HTTP/11.1',
    b'HTTP/1,1',
    b'http/1.1',
    b'HTP/1.1',
    b'HTTP/-1.1',
    b'HTTP /1.1',
    b'ICY/1.1',
    b'HTTP/1.1\x00',
    b'HTTP/9.9',
    b'HTTP/1.99999999999',
    b'HTTP/99999999999.1',
]
METHODS = [
    b'get',
    b'Get',
    b'G\x00T',
    b'GE T',
    b' GET',
    b'\tGET',
    b'GET\t',
    b'"GET"',
    b'G',
    b'\xc7\xc5\xd4',
    b'GET GET',
    b'\x16\x03\x01\x02\x00\x01\x00',
]
TARGETS = [
    b'',
    b'kota',
    b'*',
    b'\\kota',
    b'tolok.test:80',
    b'://x/',
    b'http:/x/',
    b'http://',
    b'http:///kota',
    b'/\x00',
    b'/\t',
    b'/a b',
    b'/\x01',
    b'/\x7f',
    b'/%',
    b'/%0',
    b'/%zz',
    b'/%00',
    b'/..',
    b'/../kota',
    b'/kota/../../x',
    b'/%2e%2e/%2e%2e',
    b'/%2e%2e%2f',
    b'//../../',
    b'@x/',
    b'?a',
    b'file:///etc/passwd',
    b'javascript:1',
]

REFUSED = {400, 405, 413, 414, 431, 505}


def ambiguous():
    """Refused or read in one way only: one answer, and what was smuggled is nobody's request."""
    for coding in CODINGS:
        yield f'length and {coding!r}', post(LENGTH + coding + b'\r\n', CHUNKED)
        yield f'{coding!r} and length', post(coding + b'\r\n' + LENGTH, CHUNKED)
    for coding in CODINGS[:12]:
        yield f'GET, length and {coding!r}', read(LENGTH + coding + b'\r\n', CHUNKED)
        yield f'short length and {coding!r}', post(
            b'Content-Length: 4\r\n' + coding + b'\r\n', b'2d\r\n' + SMUGGLED + b'\r\n0\r\n\r\n'
        )
    for one, other in ((0, 5), (5, 0), (5, 5), (5, 6)):
        yield f'lengths {one} and {other}', post(
            b'Content-Length: %d\r\nContent-Length: %d\r\n' % (one, other), SMUGGLED
        )
    for length in LENGTHS:
        yield f'length {length[:30]!r}', post(b'Content-Length: ' + length + b'\r\n', SMUGGLED)
    for chunks in CHUNKS:
        yield f'chunks {chunks!r}', post(b'Transfer-Encoding: chunked\r\n', chunks + SMUGGLED)
    yield 'chunks in HTTP/1.0', post(b'Transfer-Encoding: chunked\r\n', CHUNKED).replace(
        b'HTTP/1.1', b'HTTP/1.0', 1
    )


def unread():
    """A length that is one: what follows it is the body, whatever it looks like."""
    length = b'Content-Length: %d\r\n' % len(SMUGGLED.replace(b'{2}', b'0' * 16))
    for header in IGNORED:
        yield f'body, with {header!r}', post(
            length + header + b'\r\nConnection: close\r\n', SMUGGLED
        )
    yield 'body of a GET', read(length + b'Connection: close\r\n', SMUGGLED)
    yield 'body of a HEAD', read(length + b'Connection: close\r\n', SMUGGLED).replace(
        b'GET', b'HEAD', 1
    )
    chunked = b'Transfer-Encoding: chunked\r\nConnection: close\r\n'
    yield 'body in a chunk', read(
        chunked, b'%x\r\n' % len(SMUGGLED.replace(b'{2}', b'0' * 16)) + SMUGGLED + b'\r\n0\r\n\r\n'
    )
    yield 'trailers', read(chunked, b'0\r\nHost: evil\r\nContent-Length: 5\r\n\r\n')
    yield 'an extension of a chunk', read(chunked, b'1;a="b\\"c"\r\nx\r\n0\r\n\r\n')
    yield 'after the last answer', read(b'Connection: close\r\n', SMUGGLED * 3)
    yield 'after Connection: Close', read(
        b'connection: foo, Close, bar\r\nConnection: close\r\n', SMUGGLED
    )
    yield 'after HTTP/1.0', b'GET /kota/{1} HTTP/1.0\r\n\r\n' + SMUGGLED


def malformed():
    """No request of HTTP/1.1, or one that is refused."""
    yield 'folded header', LAST + b'X-A: b\r\n c\r\n\r\n'
    yield 'folded header with a tab', LAST + b'X-A: b\r\n\tc\r\n\r\n'
    yield 'folded first header', b'GET /kota/{1} HTTP/1.1\r\n Host: tolok.test\r\n\r\n'
    yield 'blank before a colon', LAST + b'X-A : b\r\n\r\n'
    yield 'tab before a colon', LAST + b'X-A\t: b\r\n\r\n'
    yield 'NUL in a value', LAST + b'X-A: b\0c\r\n\r\n'
    yield 'NUL in a name', LAST + b'X\0A: b\r\n\r\n'
    yield 'return in a value', LAST + b'X-A: b\rX-B: c\r\n\r\n'
    yield 'no name', LAST + b': b\r\n\r\n'
    yield 'a control character in a name', LAST + b'X\x01A: b\r\n\r\n'
    yield 'no host', b'GET /kota/{1} HTTP/1.1\r\n\r\n'
    yield 'an empty host', b'GET /kota/{1} HTTP/1.1\r\nHost:\r\n\r\n'
    for host in HOSTS:
        yield f'host {host!r}', b'GET /kota/{1} HTTP/1.1\r\nHost: ' + host + b'\r\n\r\n'
    yield 'two hosts', b'GET /kota/{1} HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'
    yield 'the same host twice', b'GET /kota/{1} HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n'
    yield 'HTTP/0.9', b'GET /kota/{1}\r\n'
    yield 'HTTP/0.9 and more', b'GET /kota/{1}\r\n\r\n' + SMUGGLED
    yield 'the preface of HTTP/2', b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0'
    for version in VERSIONS:
        yield (
            f'version {version!r}',
            b'GET /kota/{1} ' + version + b'\r\nHost: a\r\nConnection: close\r\n\r\n',
        )
    for method in METHODS:
        yield (
            f'method {method!r}',
            method + b' /kota/{1} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
        )
    for target in TARGETS:
        yield (
            f'target {target!r}',
            b'GET ' + target + b' HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
        )
    yield 'CONNECT', b'CONNECT tolok.test:443 HTTP/1.1\r\nHost: a\r\n\r\n'
    yield 'OPTIONS *', b'OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'
    yield 'TRACE', b'TRACE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Secret: told\r\n\r\n'
    yield 'PROXY', b'PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n' + LAST + b'\r\n'
    yield 'PROXY 2', b'\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c' + bytes(12) + LAST + b'\r\n'
    yield 'TLS', b'\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' + bytes(600)
    yield 'SSH', b'SSH-2.0-OpenSSH_9.2\r\n'
    yield 'SMTP', b'EHLO tolok.test\r\nMAIL FROM:<a@b>\r\n'
    yield 'a reply', b'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'
    yield 'FastCGI', b'\1\1\0\1\0\x08\0\0\0\1\0\0\0\0\0\0\1\4\0\1\0\0\0\0'
    yield 'PostgreSQL', b'\0\0\0\x08\x04\xd2\x16\x2f\r\n\r\n'
    yield 'a Referer for a terminal', LAST + b'Referer: a\x1b[31mb\r\n\r\n'
    yield 'a Referer for a terminal, and a large body', post(
        b'Referer: a\x1b[31mb\r\nContent-Length: 70000\r\nConnection: close\r\n', b'a' * 70000
    )
    yield 'a Referer for a terminal, for a file', LAST.replace(
        b'/kota/{1}', b'/tolok.css'
    ) + b'Referer: a\x7f\tb\r\n\r\n'
    for condition in (b'If-Match: "x"', b'If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT'):
        for path in (b'/kota/kota-kediri', b'/tolok.css'):
            yield f'{path!r}, {condition!r}', LAST.replace(
                b'/kota/{1}', path
            ) + condition + b'\r\n\r\n'


def excessive():
    """Too much of something."""
    for size in (8200, 40000, 1000000):
        yield (
            f'an address of {size} bytes',
            b'GET /kota/{1}' + b'a' * size + b' HTTP/1.1\r\nHost: a\r\n\r\n',
        )
        yield (
            f'a query of {size} bytes',
            b'GET /kota/{1}?q=' + b'a' * size + b' HTTP/1.1\r\nHost: a\r\n\r\n',
        )
        yield f'a header of {size} bytes', LAST + b'X-A: ' + b'a' * size + b'\r\n\r\n'
        yield f'a name of {size} bytes', LAST + b'a' * size + b': b\r\n\r\n'
        yield f'a cookie of {size} bytes', LAST + b'Cookie: ' + b'a=b; ' * (size // 5) + b'\r\n\r\n'
        yield f'a method of {size} bytes', b'G' * size + b' /kota/{1} HTTP/1.1\r\nHost: a\r\n\r\n'
        yield (
            f'a host of {size} bytes',
            b'GET /kota/{1} HTTP/1.1\r\nHost: ' + b'a' * size + b'\r\n\r\n',
        )
        yield (
            f'a version of {size} bytes',
            b'GET /kota/{1} HTTP/1.' + b'1' * size + b'\r\nHost: a\r\n\r\n',
        )
    for count in (1000, 5000, 100000):
        yield f'{count} headers', LAST + b''.join(
            b'X-%d: a\r\n' % i for i in range(count)
        ) + b'\r\n'
        yield f'one header {count} times', LAST + b'X-Forwarded-For: 1.2.3.4\r\n' * count + b'\r\n'
    yield 'a body of 65537 bytes', post(b'Content-Length: 65537\r\n', b'a' * 65537)
    yield 'a body of 4 EiB', post(b'Content-Length: 4611686018427387904\r\n', b'a' * 1000)
    yield 'a body of a GET', read(b'Content-Length: 1000000\r\n', b'a' * 1000000)
    yield 'chunks of 1 MB', post(
        b'Transfer-Encoding: chunked\r\n',
        (b'2710\r\n' + b'a' * 10000 + b'\r\n') * 100 + b'0\r\n\r\n',
    )
    yield 'small chunks', post(
        b'Transfer-Encoding: chunked\r\n', b'1\r\na\r\n' * 70000 + b'0\r\n\r\n'
    )
    yield 'a long extension of a chunk', read(
        b'Transfer-Encoding: chunked\r\nConnection: close\r\n',
        b'1;' + b'a' * 100000 + b'\r\nx\r\n0\r\n\r\n',
    )
    yield 'blank lines', b'\r\n' * 50000 + LAST + b'\r\n'
    yield 'garbage', bytes(range(256)) * 400


def accepted():
    """Legal, if seldom: one answer, one request."""
    yield 'line feeds alone', b'GET /kota/{1} HTTP/1.1\nHost: tolok.test\nConnection: close\n\n'
    yield 'blank lines first', b'\r\n\r\n' + LAST + b'\r\n'
    yield 'an absolute address', LAST.replace(b'/kota', b'http://evil.example/kota') + b'\r\n'
    yield 'an absolute address of https', LAST.replace(
        b'/kota', b'https://evil.example:1/kota'
    ) + b'\r\n'
    yield 'a header without a colon', LAST + b'X-A\r\n\r\n'
    yield 'an empty header', LAST + b'X-A:\r\n\r\n'
    yield 'a minor version', LAST.replace(b'HTTP/1.1', b'HTTP/1.7') + b'\r\n'
    yield 'HTTP/1.0', LAST.replace(b'HTTP/1.1', b'HTTP/1.0') + b'\r\n'
    yield (
        'an upgrade',
        LAST + b'Upgrade: h2c, websocket\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n',
    )
    yield 'a fragment', LAST.replace(b'{1} ', b'{1}#x ') + b'\r\n'
    yield 'bytes above ASCII', LAST.replace(b'{1} ', b'{1}?\xc3\xa9=\xff ') + b'\r\n'
    yield '80 headers', LAST + b''.join(b'X-%d: a\r\n' % i for i in range(80)) + b'\r\n'
    yield 'an odd expectation', LAST + b'Expect: nonsense\r\n\r\n'
