#!/usr/bin/env python3
"""Peers that talk half a word of FastCGI, nothing, or nonsense to the workers' socket, and visitors
whose connection breaks: whoever holds a worker loses it within seconds, be it to the watchdog; no
worker dies of what it reads."""
import random
import socket
import struct

from house import ALL, Instance, descriptors, wait_for, wrong
from tap import done, is_, none, ok

here = Instance('socket', TOLOK_TIMEOUT='4')
addresses = ['/', '/kota', '/kota/kota-kediri', '/peringkat/2024']
none(wrong(here.fetch(path, past=True) for path in addresses), 'pages answer')
before = here.workers()


def connect():
    peer = socket.socket(socket.AF_UNIX)
    peer.settimeout(20)
    peer.connect(f'{here.run}/web.sock')
    return peer


def record(kind, content=b'', request=1, version=1, padding=0):
    return (
        struct.pack('>BBHHBB', version, kind, request, len(content), padding, 0)
        + content
        + bytes(padding)
    )


def pair(name, value):
    return b''.join(struct.pack('>I', len(part) | 1 << 31) for part in (name, value)) + name + value


BEGIN = record(1, struct.pack('>HB5x', 1, 0))
PARAMS = record(
    4, pair(b'REQUEST_METHOD', b'GET') + pair(b'PATH_INFO', b'/kota') + pair(b'QUERY_STRING', b'')
) + record(4)
REQUEST = BEGIN + PARAMS + record(5)


def let_go(peer):
    """Whether the worker ends it."""
    try:
        while peer.recv(65536):
            pass
    except ConnectionError:
        pass
    except TimeoutError:
        return False
    return True


def held(what, *said, limit=15):
    """As many such peers as there are workers hold their connections open, or three times as many;
    each kind in turn."""
    peers = [connect() for _ in range((3 if ALL else 1) * len(before))]
    for number, peer in enumerate(peers):
        peer.sendall(said[number % len(said)])
    answer = here.fetch('/kota', past=True)
    ok(
        not wrong([answer], limit),
        f'{what} on every worker\'s socket: served again after {answer.seconds:.1f} s',
        str(answer),
    )
    if len(said) > 1:
        is_(
            [let_go(peer) for peer in peers], [True] * len(peers), f'{what}: each of them is let go'
        )
    for peer in peers:
        peer.close()


HALF = {
    'half a record': BEGIN[:3],
    'nothing': b'',
    'half a request': BEGIN + PARAMS[:40],
    'a head whose content never comes': record(4, bytes(60000))[:8],
}
if ALL:
    for what, said in HALF.items():
        held(what, said)
else:
    held(', or '.join(HALF), *HALF.values())
# Half a request takes too long, as any other may: a new worker comes.
number = len(before)
ok(
    wait_for(lambda: len(here.workers()) == number, 15) is not None,
    'there are as many workers as before',
    str(here.workers()),
)
before = here.workers()
held('a request whose answer nobody reads', REQUEST)
is_(here.workers(), before, 'no worker had to be replaced')

files = {pid: descriptors(pid) for pid in before}

# The whole request, and then the peer says no more: that is no reason not to answer.
with connect() as peer:
    peer.sendall(REQUEST)
    peer.shutdown(socket.SHUT_WR)
    said = b''
    while more := peer.recv(65536):
        said += more
ok(
    b'Status: 200' in said and b'</html>' in said,
    'a peer that has said all it wants gets its answer',
)

# Peers that leave: at once, in the middle, with their answer unread, with what they sent unread.
for cut in (0, 1, 7, 8, 20, len(BEGIN) + 30, len(REQUEST) - 1, len(REQUEST)):
    for _ in range(5):
        with connect() as peer:
            peer.sendall(REQUEST[:cut])

chance = random.Random(2026)
JUNK = [chance.randbytes(size) for size in (1, 8, 9, 64, 1000, 70000)]
JUNK += [
    b'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n',
    b'\x16\x03\x01' + chance.randbytes(200),
    b'\0' * 5000,
    b'\xff' * 5000,
]
JUNK += [
    record(kind, chance.randbytes(20), request, version)
    for kind in (0, 1, 2, 4, 5, 9, 11, 255)
    for request in (0, 1, 65535)
    for version in (0, 1, 2)
]
JUNK += [
    BEGIN + record(4, content)
    for content in (
        b'\xff\xff\xff\xff',
        b'\x7f',
        b'\x80\0\0\1',
        b'\xff' * 300,
        pair(b'A' * 30000, b'B' * 30000),
    )
]
JUNK += [
    REQUEST[:at] + bytes([chance.randrange(256)]) + REQUEST[at + 1 :] for at in range(len(REQUEST))
]
for junk in JUNK:
    with connect() as peer:
        try:
            peer.sendall(junk)
            peer.shutdown(socket.SHUT_WR)
            while peer.recv(65536):
                pass
        except ConnectionError:
            pass
answer = here.fetch('/kota', past=True)
ok(
    not wrong([answer], 15),
    f'{len(JUNK)} kinds of nonsense: served again after {answer.seconds:.1f} s',
    str(answer),
)
is_(here.workers(), before, 'no worker died of it')

# Visitors whose connection breaks: before their request is whole, after it, and while the answer
# comes.
ASK = b'GET /kota HTTP/1.1\r\nHost: localhost\r\n\r\n'
POST = b'POST /kota HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n' + b'x' * 100
for said, close, reset in (
    (ASK[:10], 1, 0),
    (ASK, 1, 0),
    (ASK, 0, 1),
    (POST, 1, 0),
    (POST, 0, 1),
    (ASK[:10], 0, 1),
):
    for port in (here.port, here.watch):
        for _ in range(10):
            with socket.create_connection(('127.0.0.1', port), 10) as visitor:
                visitor.sendall(said)
                if close:
                    visitor.shutdown(socket.SHUT_WR)
                if reset:
                    visitor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
with socket.create_connection(('127.0.0.1', here.port), 10) as visitor:
    visitor.sendall(ASK.replace(b'Host', b'Connection: close\r\nHost'))
    visitor.shutdown(socket.SHUT_WR)
    said = b''
    while more := visitor.recv(65536):
        said += more
ok(
    said.startswith(b'HTTP/1.1 200') and b'</html>' in said or said == b'',
    'a visitor who says no more is answered, or let go',
)
none(wrong(here.fetch(path, past=True) for path in addresses), 'broken connections: pages answer')
is_(here.workers(), before, 'by the same workers')
is_(
    here.sql("select count(*) from pg_stat_activity where state like 'idle in transaction%'"),
    '0',
    'no transaction is left open',
)
ok(
    wait_for(lambda: all(descriptors(pid) <= files[pid] for pid in files), 15) is not None,
    'nor a file',
)
done()
