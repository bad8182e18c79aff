#!/usr/bin/env python3
"""Requests byte for byte: such as two servers could read differently (smuggling), such as are none,
and such as are too much. Each has one answer of ours or is cut off, and no request appears that
nobody sent: the logs are asked, as each case has markers of its own."""
import os
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import audit  # noqa: E402 (the path comes first)
import raw_cases  # noqa: E402
import wire  # noqa: E402
from tap import done, is_, none, ok  # noqa: E402

run = f'{os.getpid() % 100000:05d}{int(time.time()) % 100000:05d}'
access_log, web_log, error_log = audit.Log('access'), audit.Log('web'), audit.Log('nginx')
audit.form(wire.get(b'/'))  # whose security headers are those that all answers have


class Try:
    """One case, tried."""

    def __init__(self, number, kind, name, data):
        self.kind, self.name = kind, name
        self.marks = [
            f'{run}{number:04d}-1',
            f'{run}{number:04d}-2',
        ]  # 16 bytes each, as raw_cases counts on
        self.data = data.replace(b'{1}', self.marks[0].encode()).replace(
            b'{2}', self.marks[1].encode()
        )

    def go(self):
        received, self.closed = wire.exchange(self.data)
        self.answers = wire.answers(received, {0} if self.data.startswith(b'HEAD') else ())
        if received.startswith((b'<!', b'\n')):  # to HTTP/0.9, which has no head
            refused = b'Kode 400' in received
            self.answers = [
                wire.Answer(
                    400 if refused else 0, [], received, [] if refused else ['HTTP/0.9 gets a page']
                )
            ]
        return self

    def faults(self, expected):
        found = []
        if len(self.answers) > 1:
            found.append(f'{len(self.answers)} answers: {[a.status for a in self.answers]}')
        for answer in self.answers:
            if answer.status not in expected:
                found.append(f'status {answer.status}: {answer.body[:100]!r}')
            found += audit.form(answer) if answer.headers else answer.faults
            found += audit.leaked(answer)
        ends = self.closed or (self.answers and self.answers[-1].get('connection') == 'close')
        if not ends and self.kind in ('ambiguous', 'malformed'):
            found.append('the connection stays open')
        if not self.answers and expected.isdisjoint(raw_cases.REFUSED):
            found.append('no answer')
        return [f'{self.name}: {fault}' for fault in found]


expected = {
    'ambiguous': raw_cases.REFUSED,
    'unread': {404, 405},
    'malformed': raw_cases.REFUSED,
    'excessive': raw_cases.REFUSED | {404},
    'accepted': {404},
}
tries = [Try(0, kind, name, data) for kind in expected for name, data in getattr(raw_cases, kind)()]
tries = [
    Try(number, t.kind, t.name, dict(getattr(raw_cases, t.kind)())[t.name])
    for number, t in enumerate(tries)
]
with ThreadPoolExecutor(12) as pool:
    list(pool.map(Try.go, tries))
for kind, statuses in expected.items():
    mine = [t for t in tries if t.kind == kind]
    none(
        [fault for t in mine for fault in t.faults(statuses)],
        f'{kind}: {len(mine)} requests have at most one answer, of ours',
    )

lines = {'access': access_log.until(audit.last_marks()), 'web': web_log.lines()}


def times(log, mark):
    """How often a request is in a log. A worker that names the canonical address of a page is asked
    again for that one."""
    return sum(mark.encode() in line and b' status=307 ' not in line for line in lines[log])


for log in lines:
    seen = [(t, times(log, t.marks[0]), times(log, t.marks[1])) for t in tries]
    none(
        [f'{t.name}: {two} times' for t, _, two in seen if two],
        f'what was smuggled is no request: {log} log',
    )
    none(
        [f'{t.name}: {one} times' for t, one, _ in seen if one > 1],
        f'each request is one at most: {log} log',
    )
    none(
        [f'{t.name}: {one} times' for t, one, _ in seen if t.kind == 'accepted' and one != 1],
        f'and one when it is answered: {log} log',
    )

controls = re.compile(rb'[\x00-\x1f\x7f]')
none(
    [line for log in (*lines.values(), error_log.lines()) for line in log if controls.search(line)],
    'no line of a log could steer a terminal',
)

# Pipelining: as many answers as requests, in their order, each whole.
addresses = [
    b'/',
    b'/tolok.css',
    b'/tentang',
    b'/kota/tidak-ada',
    b'/peringkat',
    b'/quickwin/1',
    b'/tidak/ada/juga',
    b'/robots.txt',
]
single = {address: wire.get(address) for address in addresses}
plain = b''.join(wire.request(address) for address in addresses)


def same(found, wanted, name):
    """Whether the answers are those to these addresses."""
    good = [(a.status, a.get('content-type')) for a in found] == [
        (single[w].status, single[w].get('content-type')) for w in wanted
    ]
    whole = [a.body == single[w].body for a, w in zip(found, wanted) if single[w].status == 200]
    ok(good and all(whole), name, [f'{a.status} {a.headers} {a.body[:60]!r}' for a in found])
    none([fault for answer in found for fault in audit.form(answer)], f'{name}: each whole')


received, _ = wire.exchange(plain)
same(wire.answers(received), addresses, 'pipelined requests are answered in their order')
received, _ = wire.exchange([plain[at : at + 7] for at in range(0, len(plain), 7)], pause=0.001)
same(wire.answers(received), addresses, 'also when they come in pieces')
mixed = [
    wire.request(b'/', method=b'POST', body=b'GET /kota/x HTTP/1.1\r\n\r\n'),
    wire.request(b'/tolok.css', method=b'HEAD'),
    wire.request(b'/tentang', body=b'GET / HTTP/1.1\r\n\r\n'),
    wire.request(b'/', method=b'PUT'),
    wire.request(b'/quickwin/1', [(b'If-None-Match', single[b'/quickwin/1'].get('etag').encode())]),
    (
        b'GET /robots.txt HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nGET'
        b' /\r\n0\r\n\r\n'
    ),
    wire.request(b'/tentang'),
]
received, _ = wire.exchange(b''.join(mixed))
found = wire.answers(received, {1})
is_(
    [a.status for a in found],
    [405, 200, 200, 405, 304, 200, 200],
    'bodies, heads and refusals between them shift nothing',
)
none([fault for answer in found for fault in audit.form(answer)], 'each whole')
is_(
    [
        answer.status
        for answer in wire.answers(
            wire.exchange(b''.join([wire.request(b'/', method=b'TRACE'), *mixed]))[0]
        )
    ],
    [405],
    'TRACE ends the connection',
)
is_(
    [found[at].body == single[b'/tentang'].body for at in (2, 6)] if len(found) == 7 else found,
    [True, True],
    'the page is the page',
)
done()
