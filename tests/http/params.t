#!/usr/bin/env python3
"""What nginx hands to a worker, and what it does when a worker fails, with a worker of our own behind its configuration."""
import contextlib
import http.client
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import done, is_  # noqa: E402 (the path comes first)

root = os.environ['ROOT']


def read_exactly(connection, size):
    data = b''
    while len(data) < size:
        more = connection.recv(size - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def read_request(connection):
    """Reads the records of one FastCGI request; returns its variables as a list of pairs, and its body."""
    params = body = b''
    while True:
        _, kind, _, size, padding, _ = struct.unpack('>BBHHBB', read_exactly(connection, 8))
        content = read_exactly(connection, size + padding)[:size]
        if kind == 4:
            params += content
        elif kind == 5 and size:
            body += content
        elif kind == 5:
            break
    pairs, at = [], 0
    while at < len(params):
        sizes = []
        for _ in range(2):
            if params[at] < 128:
                sizes.append(params[at])
                at += 1
            else:
                sizes.append(struct.unpack('>I', params[at:at + 4])[0] & 0x7fffffff)
                at += 4
        name, value = params[at:at + sizes[0]], params[at + sizes[0]:at + sum(sizes)]
        pairs.append((name.decode(), value.decode('latin-1')))
        at += sum(sizes)
    return pairs, body


class Worker(threading.Thread):
    """Answers each request; `drop` connections are closed without an answer first."""

    def __init__(self, path):
        super().__init__(daemon=True)
        self.seen, self.drop = [], 0
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(path)
        self.socket.listen()

    def run(self):
        while True:
            connection, _ = self.socket.accept()
            with connection:
                try:
                    self.seen.append(read_request(connection))
                except EOFError:
                    continue
                if self.drop:
                    self.drop -= 1
                    continue
                answer = b'Content-Type: text/plain\r\n\r\nanswer'
                records = ((6, answer), (6, b''), (3, bytes(8)))
                # nginx hangs up when it has the head of an answer that it wanted for HEAD and will not keep.
                with contextlib.suppress(BrokenPipeError):
                    connection.sendall(b''.join(struct.pack('>BBHHBB', 1, kind, 1, len(content), 0, 0) + content
                                                for kind, content in records))


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


folder = tempfile.mkdtemp(prefix='tolok-params-')
port = free_port()
os.makedirs(f'{folder}/nginx')
environment = dict(os.environ, VAR=folder, RUN=folder, APP=root, PORT=str(port), LISTEN='127.0.0.1')
with open(f'{folder}/nginx.conf', 'w') as configuration:
    subprocess.run([f'{root}/etc/nginx/configure'], env=environment, stdout=configuration, check=True)
worker = Worker(f'{folder}/web.sock')
worker.start()
nginx = subprocess.Popen(['nginx', '-p', folder, '-c', f'{folder}/nginx.conf', '-e', 'stderr', '-g', 'daemon off; user root;'
                          if os.getuid() == 0 else 'daemon off;'],
                         env=dict(os.environ, PATH=os.environ['PATH'] + ':/usr/sbin'),
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
threading.Thread(target=nginx.stdout.read, daemon=True).start()


def ask(method, target, headers=(), body=None):
    connection = http.client.HTTPConnection('127.0.0.1', port, timeout=30)
    connection.putrequest(method, target, skip_accept_encoding=True)
    for name, value in headers:
        connection.putheader(name, value)
    if body is not None:
        connection.putheader('Content-Length', str(len(body)))
    connection.endheaders(body)
    answer = connection.getresponse()
    return answer.status, answer.read(), dict(answer.getheaders())


try:
    for _ in range(100):
        try:
            socket.create_connection(('127.0.0.1', port)).close()
            break
        except OSError:
            time.sleep(0.05)

    status, text, _ = ask('GET', '/kota/kota%2Dkediri?q=a%20b&x=1%2B1', [
        ('Proxy', 'http://evil'), ('X-Forwarded-For', '1.2.3.4'), ('X-Original-URL', '/other'), ('Foo_Bar', 'x'),
        ('If-None-Match', '"e"'), ('X-Request-Id', 'mine')])
    pairs, _ = worker.seen[-1]
    names = [name for name, _ in pairs]
    got = dict(pairs)
    is_((status, text), (200, b'answer'), 'a worker answers')
    is_(got['PATH_INFO'], '/kota/kota-kediri', 'PATH_INFO is the decoded path')
    is_(got['QUERY_STRING'], 'q=a%20b&x=1%2B1', 'QUERY_STRING is raw')
    is_((got['REQUEST_METHOD'], got['SCRIPT_NAME'], got['TOLOK_ACCEL']), ('GET', '', '1'), 'method, no script, and what nginx can do')
    is_(got.get('HTTP_PROXY', ''), '', 'a Proxy header does not become HTTP_PROXY')
    is_([n for n in names if n.startswith('HTTP_') and n not in ('HTTP_PROXY', 'HTTP_ACCEPT_ENCODING')], [],
        'no header of a visitor reaches a page that others will see')
    is_(len(got['REQUEST_ID']) == 32 and got['REQUEST_ID'] != 'mine', True, 'the request id is nginx\'s')
    is_(sorted(n for n in names if names.count(n) > 1), [], 'no variable twice')

    for target, path in (('/kota%2Fx', '/kota/x'), ('//kota', '//kota'), ('/a/./b/../c', '/a/c'), ('/%C3%A9', '/\xc3\xa9')):
        ask('GET', target)
        is_(dict(worker.seen[-1][0])['PATH_INFO'], path, f'{target} is {path}')
    ask('HEAD', '/')
    is_(dict(worker.seen[-1][0])['REQUEST_METHOD'], 'GET', 'HEAD asks a worker for the whole page')
    is_(ask('GET', '/', [], b'body')[0], 200, 'a GET may have a body')
    is_((worker.seen[-1][1], 'CONTENT_LENGTH' in dict(worker.seen[-1][0])), (b'', False), 'which the program is not given')
    before = len(worker.seen)
    is_([ask(m, '/', [], b'body')[0] for m in ('POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'CONNECTION')], [405] * 6,
        'other methods are none')
    is_(len(worker.seen), before, 'and never reach a worker')

    for sent, given in ((None, ''), ('gzip', 'gzip'), ('br, GZIP;q=0.5', 'gzip'), ('gzip;q=0', ''), ('gzip; q=0.000, br', ''),
                        ('gzip;q=0.01', 'gzip'), ('gzipped', ''), ('x-gzip', ''), ('*', ''), ('identity', '')):
        ask('GET', '/', [] if sent is None else [('Accept-Encoding', sent)])
        is_(dict(worker.seen[-1][0]).get('HTTP_ACCEPT_ENCODING', ''), given, f'Accept-Encoding {sent} is given as {given!r}')

    worker.drop = 1
    is_(ask('GET', '/')[0], 200, 'a GET whose worker dies is given to another')
    worker.drop = 2
    status, text, headers = ask('GET', '/')
    is_(status, 503, 'two dead workers in a row are an error')
    is_(b'tolok.css' in text, True, 'the visitor gets a page of ours')
    is_((headers.get('Retry-After'), headers.get('Cache-Control')), ('5', 'no-store'), 'which says when to come back')
    is_(ask('GET', '/')[0], 200, 'that does not last')
finally:
    nginx.send_signal(signal.SIGTERM)
    nginx.wait(10)
    shutil.rmtree(folder)
done()
