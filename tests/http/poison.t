#!/usr/bin/env python3
"""Poisoning and deceiving the cache: whatever a visitor asks first, the next one gets what a worker
says to them alone. The worker is asked at its own socket, past the web server, so that each answer
has a true one to be compared with."""
import gzip
import itertools
import os
import random
import socket
import sys
import time

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import audit  # noqa: E402 (the path comes first)
import corpus  # noqa: E402
import poison_cases as cases  # noqa: E402
import wire  # noqa: E402
from tap import done, is_, none, ok  # noqa: E402

ALL = bool(os.environ.get('TOLOK_ALL'))
SEED = int(os.environ.get('JUNK_SEED', '20261122'))
chance = random.Random(SEED)
run = f'{os.getpid()}x{int(time.time())}'
numbers = itertools.count()
KEPT = ('HIT', 'STALE', 'UPDATING')  # an answer out of the cache


def word():
    """A search word that nobody has looked for yet: its page is not kept."""
    return f'pz{run}n{next(numbers)}'


def true(path, query='', packed=False, accel=False):
    """What a worker says. The path is decoded, the query is not."""
    variables = {
        'REQUEST_METHOD': 'GET',
        'PATH_INFO': path,
        'QUERY_STRING': query,
        'REQUEST_ID': '0' * 32,
    }
    if packed:
        variables['HTTP_ACCEPT_ENCODING'] = 'gzip'
    if accel:
        variables['TOLOK_ACCEL'] = '1'
    return wire.fastcgi(
        [(name.encode(), value.encode('latin-1')) for name, value in variables.items()]
    )


def same(answer, truth):
    """Whether both are the same answer. Pages of errors bear the id of the request."""
    one, other = (a.body.replace(a.id.encode(), b'ID') if a.id else a.body for a in (answer, truth))
    heads = ('etag', 'location', 'content-type', 'cache-control')
    return (
        answer.status == truth.status
        and one == other
        and all(answer.get(name) == truth.get(name) for name in heads)
    )


def differs(answer, truth):
    one, other = (
        f'{a.status} {a.get("x-cache") or ""} {a.get("location") or ""} {len(a.body)} bytes'
        for a in (answer, truth)
    )
    return f'{one}, not {other}'


def ask(target, *headers, **more):
    return wire.get(
        target.encode('latin-1'), [(n.encode(), v.encode('latin-1')) for n, v in headers], **more
    )


def ask_kept(target):
    """A visitor has the whole page a moment before nginx has put it away: that moment is waited
    for."""
    for _ in range(20):
        answer = ask(target)
        if answer.get('x-cache') in KEPT:
            break
    return answer


def after_header(name, pattern):
    """The first visitor sends a header, the second does not. Faults."""
    canary, mine = f'kp{next(numbers):05d}', word()
    target, truth = f'/quickwin?q={mine}', true('/quickwin', f'q={mine}')
    value = pattern.replace('{c}', canary)
    if name == 'Host':
        first = ask(target, host_name=value.encode())
    else:
        first = ask(
            target, (name, value), body=b'0\r\n\r\n' if name == 'Transfer-Encoding' else None
        )
    second = ask_kept(target)
    for answer in (first, second):
        yield from audit.form(answer)
        if canary.encode() in answer.body or any(canary in value for _, value in answer.headers):
            yield 'the canary is in an answer'
    if not same(second, truth):
        yield f'the next visitor gets another page: {differs(second, truth)}'
    if first.status == 200 and (not same(first, truth) or second.get('x-cache') not in KEPT):
        yield f'{differs(first, truth)}; then {second.get("x-cache")}'
    if first.status not in (200, 304, 400):
        yield f'status {first.status}'


def test_headers():
    none(
        [
            f'{name}: {pattern}: {fault}'
            for name, pattern in cases.HEADERS
            for fault in after_header(name, pattern)
        ],
        f'{len(cases.HEADERS)} headers that no key has change nothing, and their pages are shared',
    )


def test_encodings():
    """The plain page and the packed one are two, and never mixed up."""
    mine, found = word(), []
    target = f'/quickwin?q={mine}'
    truths = {packed: true('/quickwin', f'q={mine}', packed) for packed in (True, False)}
    asked = [
        (takes, wanted)
        for wanted, all_of_them in (
            (True, cases.PACKED),
            (False, cases.PLAIN),
            (None, cases.EITHER),
        )
        for takes in all_of_them
    ] * 2
    chance.shuffle(asked)
    for takes, wanted in asked:
        answer = ask(target, *([('Accept-Encoding', takes)] if takes else []))
        packed = answer.get('content-encoding') == 'gzip'
        found += [f'{takes!r}: {fault}' for fault in audit.form(answer)]
        if wanted is not None and packed != wanted:
            found.append(f'{takes!r} gets {answer.get("content-encoding")}')
        if not same(answer, truths[packed]) or (
            packed and gzip.decompress(answer.raw) != truths[False].body
        ):
            found.append(f'{takes!r}: {differs(answer, truths[packed])}')
    none(found, f'{len(asked) // 2} ways to say what a client takes, twice')
    tags = {packed: truth.get('etag') for packed, truth in truths.items()}
    ok(tags[True] != tags[False], 'the plain and the packed page have tags of their own', [tags])
    crossed = [
        ask(
            target,
            ('If-None-Match', tags[packed]),
            *([('Accept-Encoding', 'gzip')] if wants else []),
        ).status
        for packed in (False, True)
        for wants in (False, True)
    ]
    is_(
        crossed, [304, 200, 200, 304], 'and who has one is not taken for somebody who has the other'
    )


def test_spellings():
    """Queries that mean the same share a page."""
    first, other = word(), word()

    def fill(text):
        escaped = corpus.escape_all(first.encode()).decode()
        return text.replace('{f}', first).replace('{o}', other).replace('{F}', escaped)

    for path, pattern, spellings in cases.MEANS:
        query, found = fill(pattern), []
        truth = true(path, query)
        ask_kept(f'{path}?{query}')
        for spelling in map(fill, spellings):
            answer = ask(f'{path}?{spelling}')
            if not same(answer, truth) or not same(true(path, spelling.split('#')[0]), truth):
                found.append(f'{spelling}: {differs(answer, truth)}')
            if answer.get('x-cache') == 'MISS':
                found.append(f'{spelling}: another entry')
        none(found, f'{path}?{pattern}: {len(spellings)} other spellings share the page')


def near_addresses():
    """Addresses, each with the path and the query that it means."""
    first, other = word(), word()

    def fill(text):
        return text.replace('{a}', first).replace('{A}', first.upper()).replace('{b}', other)

    matrix = [
        (fill(path + query), fill(means), fill(query).removeprefix('?'))
        for path, means in cases.PATHS.items()
        for query in cases.QUERIES
    ]
    if ALL:
        return matrix
    must = [
        case
        for case in matrix
        if case[0].startswith(('/quickwin?', '/quickwin/?')) or case[2] == ''
    ]
    return must + chance.sample([case for case in matrix if case not in must], 40)


def test_near():
    """Everything near to each other, in any order, several times: each address gets the answer of a
    worker."""
    chosen, found, kept = near_addresses(), [], 0
    truths = {case: true(case[1], case[2]) for case in chosen}
    for _ in range(4 if ALL else 2):
        chance.shuffle(chosen)
        for case in chosen:
            answer, truth = ask(case[0]), truths[case]
            kept += answer.get('x-cache') in KEPT
            # What is below /galat/ is nobody's address: the web server says so itself.
            refused = case[1].startswith('/galat/') and answer.status == truth.status == 404
            if not same(answer, truth) and not refused:
                found.append(f'{case[0]}: {differs(answer, truth)}')
            if answer.status == 200 and answer.get('content-type') != 'text/html; charset=utf-8':
                found.append(f'{case[0]}: {answer.get("content-type")}')
            found += [f'{case[0]}: {fault}' for fault in audit.form(answer)]
    none(
        found,
        f'{len(chosen)} addresses near to each other, asked in any order: each has its own answer',
    )
    ok(kept > len(chosen) // 4, f'{kept} answers out of the cache')
    none(
        [target for target in cases.NONE if ask(target).status != 400],
        'addresses with NUL, or above the root, are none',
    )


def gone(target, cut=0):
    """Asks, perhaps not to the end, and does not wait for the answer."""
    asked = wire.request(target.encode())
    with socket.create_connection((wire.host, int(wire.port))) as connection:
        connection.sendall(asked[: len(asked) - cut])


def line(text):
    """Sends a request of these words alone."""
    wire.exchange(text.replace('\n', '\r\n').encode())


BEFORE = {
    'HEAD': lambda t: ask(t, method=b'HEAD'),
    'a HEAD with a body': lambda t: ask(t, method=b'HEAD', body=b'q=other'),
    'POST': lambda t: ask(t, method=b'POST', body=b'q=other'),
    'PUT': lambda t: ask(t, method=b'PUT', body=b'x'),
    'OPTIONS': lambda t: ask(t, method=b'OPTIONS'),
    'PURGE': lambda t: ask(t, method=b'PURGE'),
    'a GET with a body': lambda t: ask(
        t, ('Content-Type', 'application/x-www-form-urlencoded'), body=b'q=other&jenis=kota'
    ),
    'a GET with a large body': lambda t: ask(t, body=b'q=other' * 20000),
    'a range': lambda t: ask(t, ('Range', 'bytes=5-9')),
    'a visitor who has it': lambda t: ask(t, ('If-None-Match', '*')),
    'a visitor who is gone': gone,
    'half a request': lambda t: gone(t, 2),
    'HTTP/1.0': lambda t: line(f'GET {t} HTTP/1.0\n\n'),
    'HTTP/0.9': lambda t: line(f'GET {t}\n'),
    'another host': lambda t: line(
        f'GET http://evil.example{t} HTTP/1.1\nHost: a\nConnection: close\n\n'
    ),
    'a bad value': lambda t: ask(t + '&jenis=other'),
    'a repeated value': lambda t: ask(t + '&q=other'),
}


def test_order():
    """What came before an ordinary request does not show in its answer."""
    found = []
    for label, before in BEFORE.items():
        mine = word()
        truth = true('/quickwin', f'q={mine}')
        before(f'/quickwin?q={mine}')
        for answer in (ask(f'/quickwin?q={mine}'), ask(f'/quickwin?q={mine}')):
            if answer.status != 200 or not same(answer, truth):
                found.append(f'after {label}: {differs(answer, truth)}')
            found += [f'after {label}: {fault}' for fault in audit.form(answer)]
    none(found, f'{len(BEFORE)} odd requests before an ordinary one')
    errors = [f'/kota?jenis={word()}', f'/kota/{word()}']
    is_(
        [(a.status, a.get('x-cache')) for a in map(ask, errors + errors)],
        [(400, 'MISS'), (404, 'MISS')] * 2,
        'errors are not kept',
    )


def random_query(names):
    pairs = [
        (chance.choice([*names, 'x', '']), chance.choice(cases.VALUES))
        for _ in range(chance.randrange(5))
    ]
    spell = [corpus.escape, corpus.escape_all, corpus.escape_little]
    return '&'.join(
        f'{name}=' + chance.choice(spell)(value.encode()).decode('latin-1') for name, value in pairs
    )


def test_canonical():
    """The canonical form of an address is its own canonical form, and means what the address
    meant."""
    found, compared = [], 0
    for _ in range(2000 if ALL else 250):
        path, names = chance.choice(cases.PAGES)
        query = random_query(names)
        address = true(path, query, accel=True).get('x-accel-redirect')
        if address is None:
            continue
        to, _, canonical = address.partition('?')
        again = true(to, canonical, accel=True)
        if to != path or again.has('x-accel-redirect'):
            found.append(f'{path}?{query} -> {address} -> {again.get("x-accel-redirect")}')
        if compared < (300 if ALL else 40):
            compared += 1
            if not same(true(path, query), again):
                found.append(f'{path}?{query} is another page than {address}')
    none(found, 'the canonical form of a canonical form is itself, and the same page')
    ok(compared >= 30, f'{compared} pages compared')


print(f'# seed {SEED}')
audit.form(wire.get(b'/'))  # whose security headers are those that all answers have
for test in (test_headers, test_encodings, test_spellings, test_near, test_order, test_canonical):
    test()
done()
