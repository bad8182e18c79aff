#!/usr/bin/env python3
"""One request id runs through the answer, nginx's log and the program's log."""
import glob
import os
import re
import socket
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import audit  # noqa: E402 (the path comes first)
import wire  # noqa: E402
from tap import done, is_, none, ok  # noqa: E402

access, program = audit.Log('access'), audit.Log('web')
connection = wire.Connection()


def get(target, *headers):
    return wire.get(target.encode(), headers, connection=connection)


def seen(log, *marks):
    """For each mark the last line that has it, when all are there: loggers write a moment later."""
    found = log.until({mark.encode() for mark in marks})
    return [
        next((line.decode() for line in reversed(found) if mark.encode() in line), '')
        for mark in marks
    ]


def like(text, pattern, name):
    ok(re.search(pattern, text), name, text)


# An address that nobody else asks for: no kept page answers it.
path = f'/kota?q=log{os.getpid()}'
answer = get(path, (b'User-Agent', br'quote " and back\slash'))
(line,) = seen(access, answer.id)
request = audit.json_line(line.encode())
is_(
    (request['method'], request['uri'], request['status']),
    ('GET', path, 200),
    'nginx logs the request',
)
is_(request['agent'], r'quote " and back\slash', 'as JSON')
like(request['upstream_seconds'], '^[0-9.]+$', 'with the time of the worker')
is_(request['cache'], 'MISS', 'and what the cache had to say')
(line,) = seen(program, answer.id)
like(
    line,
    f'event=request request_id={answer.id} page=cities method=GET path=/kota status=200',
    'the program logs it too',
)
like(line, 'query_ms=[0-9.]+', 'with the time of each phase')

# What a visitor reads out to us from an error page is in both logs, or in nginx's alone when it
# made the page.
PAGES = {
    '/quickwin?halaman=nol': (400, True),
    '/kota%0a': (400, True),
    '/kota/tidak-ada': (404, True),
    '/tidak-ada': (404, True),
    '/tidak-ada.css': (404, True),
    '/%zz': (400, False),
}
ids = {}
for page in PAGES:
    answer = get(page)
    ids[page] = ''.join(re.findall('<code>([0-9a-f]{32})<', answer.text))
    is_(ids[page], answer.id or None, f'{page}: the page has the id of the answer')
logged = dict(zip(PAGES, seen(access, *(f'"request_id":"{known}"' for known in ids.values()))))
said = dict(zip(PAGES, seen(program, *(ids[page] for page in PAGES if PAGES[page][1]))))
for page, (status, by_program) in PAGES.items():
    like(logged[page], f'"status":{status},', f'{page}: nginx logs it as {status}')
    if by_program:
        like(
            said[page],
            f'event=request request_id={ids[page]} .*status={status} ',
            f'{page}: and so does the program',
        )

ok(get('/', (b'X-Request-Id', b'1' * 32)).id.strip('1'), 'a visitor can not choose the id')
answer = get('/kota?q=%0d%0ats=forged%20level=info')
seen(program, answer.id)
none(
    [
        name
        for name in glob.glob(f"{os.environ['VAR']}/log/web/*")
        if os.path.isfile(name)
        for line in open(name, 'rb')
        if line.startswith(b'ts=forged')
    ],
    'nor write a line of the log',
)
is_(get('/tidak%0d%0aX-Evil:%20yes').get('x-evil'), None, 'nor a header')
connection.close()

# Also of those who leave in the middle of a word.
with socket.create_connection((wire.host, int(wire.port))) as leaving:
    leaving.sendall(b'GET /setengah')


def faults(line):
    try:
        entry = audit.json_line(line)
        if len(entry['request_id']) == 32 and entry['seconds'] >= 0 and 'cache' in entry:
            return []
    except (ValueError, KeyError, TypeError):
        pass
    return [line]


# The last one is in the making.
none(
    [
        fault
        for name in glob.glob(f"{os.environ['VAR']}/log/access/[@c]*")
        for line in open(name, 'rb').read().split(b'\n')[:-1]
        for fault in faults(line)
    ],
    'each line of the log of requests is one object',
)
done()
