#!/usr/bin/env python3
"""What one visitor may take, and what slow and silent ones are kept from taking. Figures of the
configuration are made small where a test would have to wait for them."""
import contextlib
import os
import re
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time

folder = os.path.dirname(os.path.abspath(__file__))
sys.path += [folder, os.path.dirname(folder)]
from own import Server, root  # noqa: E402 (the path comes first)
from tap import done, is_, ok  # noqa: E402

ALL = os.environ.get('TOLOK_ALL', '') not in ('', '0')
files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))


def outside():
    """An address of this machine that is not one of its own loop; None when it has no other."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s, contextlib.suppress(OSError):
        s.connect(('192.0.2.1', 9))
        if not s.getsockname()[0].startswith('127.'):
            return s.getsockname()[0]
    return None


def crowd(server, count, data=b''):
    """So many connections that have sent no more than that."""
    connections = []
    for _ in range(count):
        connections.append(socket.create_connection(('127.0.0.1', server.port), timeout=10))
        if data:
            connections[-1].sendall(data)
    return connections


def slowest(server, count=50):
    times = []
    for _ in range(count):
        began = time.monotonic()
        status = server.get('/').status
        times.append(time.monotonic() - began if status == 200 else 99)
    return max(times)


def hang_up(connections):
    for connection in connections:
        connection.close()


def cut_off(connection, seconds):
    """Whether the server hangs up within that time."""
    connection.settimeout(seconds)
    try:
        while connection.recv(65536):
            pass
    except ConnectionResetError:
        pass
    except TimeoutError:
        return False
    return True


def holds(server, reader):
    """Whether the server's end of that connection is open, as the kernel says."""
    ends = f':{server.port:04X}', f':{reader.getsockname()[1]:04X}'
    with open('/proc/net/tcp') as rows:
        return any(
            row[1].endswith(ends[0]) and row[2].endswith(ends[1]) and row[3] == '01'
            for row in map(str.split, rows)
        )


@contextlib.contextmanager
def serving(**words):
    server = Server(**words)
    try:
        yield server
    finally:
        server.end()


def test_visitor(address):
    with serving(listen='0.0.0.0') as server:
        answers = [server.ask('GET', '/', host=address).status for _ in range(400)]
        is_(set(answers), {200}, 'an office that opens 100 pages at once is served')
    with serving(
        listen='0.0.0.0', change={'rate=200r/s': 'rate=2r/s', 'burst=1000': 'burst=10'}
    ) as server:
        answers = [server.ask('GET', '/', host=address) for _ in range(40)]
        refused = [a for a in answers if a.status == 429]
        ok(
            len(refused) >= 20 and {a.status for a in answers} == {200, 429},
            'who asks for much more gets 429',
            str([a.status for a in answers]),
        )
        ok(
            refused
            and b'tolok.css' in refused[0].body
            and refused[0].get('retry-after')
            and refused[0].get('cache-control') == 'no-store',
            'with a page of ours that says when to come back',
        )
        is_(
            {server.get('/').status for _ in range(40)}, {200}, 'this machine itself is not limited'
        )
    with serving(listen='0.0.0.0', change={'connections 500': 'connections 3'}) as server:
        server.worker.answer = (
            lambda variables: time.sleep(1) or b'Content-Type: text/plain\r\n\r\nslow'
        )
        statuses = []
        threads = [
            threading.Thread(
                target=lambda: statuses.append(server.ask('GET', '/slow', host=address).status)
            )
            for _ in range(5)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        is_(sorted(statuses), [200] * 3 + [429] * 2, 'nor may one visitor have all connections')


def test_slow():
    with serving(
        change={
            'header_timeout 10s': 'header_timeout 1s',
            'body_timeout 10s': 'body_timeout 1s',
            'keepalive_timeout 30s': 'keepalive_timeout 1s',
            'send_timeout 15s': 'send_timeout 1s',
        }
    ) as server:
        connections = {
            what: crowd(server, 1, data)[0]
            for what, data in (
                ('silence', b''),
                ('half a head', b'GET / HTTP/1.1\r\nHost: x\r\nX-A: b\r\n'),
                ('half a body', b'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx'),
                ('a kept connection', b'GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
            )
        }
        for what, connection in connections.items():
            with connection:
                ok(cut_off(connection, 5), f'{what} is cut off')
        server.worker.answer = (
            lambda variables: b'Content-Type: text/plain\r\n\r\n' + b'x' * 16000000
        )
        reader = socket.socket()
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.connect(('127.0.0.1', server.port))
        reader.sendall(b'GET / HTTP/1.0\r\n\r\n')
        # nginx lets go of the visitor by itself, however busy the machine is.
        end = time.monotonic() + 30
        while holds(server, reader) and time.monotonic() < end:
            time.sleep(0.1)
        got = 0
        with reader, contextlib.suppress(ConnectionResetError):
            while more := reader.recv(65536):
                got += len(more)
        ok(got < 16000000, f'one who does not read is cut off: {got} bytes')
        is_(server.get('/').status, 200, 'others are answered')
    with serving() as server:
        is_(server.ask('POST', '/', [], b'x' * 8193).status, 413, 'a large body is refused')
        half = b'GET / HTTP/1.1\r\nHost: x\r\n'
        for what, count, data in (
            ('silent', min(10000 if ALL else 2000, files - 200), b''),
            ('slow', 1000, half),
        ):
            usual = slowest(server)
            connections = crowd(server, count, data)
            took = slowest(server)
            hang_up(connections)
            ok(
                took < max(2 * usual, 0.5),
                f'beside {count} {what} connections the slowest answer takes {1000 * took:.0f} ms',
            )
    with serving(
        change={
            'worker_connections @CONNECTIONS@': 'worker_connections 60',
            'worker_processes auto': 'worker_processes 1',
        }
    ) as server:
        connections = crowd(server, 200)
        ok(slowest(server) < 5, 'when no connection is left, those who say nothing make room')
        hang_up(connections)


def test_files():
    """Whatever number of files a user may have open is made use of, and no more is wanted."""
    with tempfile.TemporaryDirectory() as var:
        os.mkdir(f'{var}/cache')
        made = subprocess.run(
            ['bash', '-c', 'ulimit -n 1000; exec "$0"', f'{root}/etc/nginx/configure'],
            text=True,
            check=True,
            env=dict(os.environ, VAR=var, RUN=var, PORT='1'),
            stdout=subprocess.PIPE,
        ).stdout
    figures = {
        name: int(value)
        for name, value in re.findall(r'(worker_rlimit_nofile|worker_connections) (\d+);', made)
    }
    ok(
        figures['worker_rlimit_nofile'] == 1000 and 500 < figures['worker_connections'] < 1000,
        'a low limit is kept',
        str(figures),
    )


address = outside()
if address:
    test_visitor(address)
else:
    print('# this machine has no address but its own loop: no visitor comes from outside')
test_slow()
test_files()
done()
