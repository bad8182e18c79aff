"""nginx with the project's configuration, and behind it a worker of the test's own that can be told
to misbehave."""
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
from port import free_port  # noqa: E402 (the path comes first)

root = os.environ['ROOT']


def read_exactly(connection, size):
    data = b''
    while len(data) < size:
        more = connection.recv(size - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def read_pairs(params):
    """The name-value pairs of a FastCGI request."""
    pairs, at = [], 0
    while at < len(params):
        sizes = []
        for _ in range(2):
            if params[at] < 128:
                sizes.append(params[at])
                at += 1
            else:
                sizes.append(struct.unpack('>I', params[at : at + 4])[0] & 0x7FFFFFFF)
                at += 4
        name, value = params[at : at + sizes[0]], params[at + sizes[0] : at + sum(sizes)]
        pairs.append((name.decode(), value.decode('latin-1')))
        at += sum(sizes)
    return pairs


def read_request(connection):
    """Reads the records of one FastCGI request; returns its variables as a list of pairs, and its
    body."""
    params = body = b''
    while True:
        _, kind, _, size, padding, _ = struct.unpack('>BBHHBB', read_exactly(connection, 8))
        content = read_exactly(connection, size + padding)[:size]
        if kind == 4:
            params += content
        elif kind == 5 and size:
            body += content
        elif kind == 5:
            return read_pairs(params), body


def record(kind, content):
    return struct.pack('>BBHHBB', 1, kind, 1, len(content), 0, 0) + content


class Worker(threading.Thread):
    """Answers each request with what `answer` gives for its variables: a whole CGI answer; or None,
    and the connection is closed; or a tuple of an answer's part, after which it is closed. `seen`
    holds what was asked: (pairs, body)."""

    def __init__(self, path):
        super().__init__(daemon=True)
        self.path, self.seen = path, []
        self.answer = lambda variables: b'Content-Type: text/plain\r\n\r\nanswer'
        self.open()

    def open(self):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(self.path)
        self.socket.listen(100)

    def close(self):
        """From now on connections are refused. A path that is gone is another way to be away."""
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def run(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                time.sleep(0.01)
                continue
            threading.Thread(target=self.serve, args=[connection], daemon=True).start()

    def serve(self, connection):
        # nginx hangs up when it has the head of an answer that it wanted for HEAD and will not
        # keep.
        with connection, contextlib.suppress(EOFError, OSError):
            request = read_request(connection)
            self.seen.append(request)
            answer = self.answer(dict(request[0]))
            if isinstance(answer, tuple):
                connection.sendall(record(6, answer[0]))
            elif answer is not None:
                parts = [answer[at : at + 60000] for at in range(0, len(answer), 60000)]
                connection.sendall(
                    b''.join(record(6, part) for part in parts)
                    + record(6, b'')
                    + record(3, bytes(8))
                )


class Answer:
    def __init__(self, answer):
        self.status, self.body = answer.status, answer.read()
        self.headers = answer.getheaders()

    def get(self, name):
        """The values of a header, joined when it came more than once; None when it did not come."""
        values = [value for other, value in self.headers if other.lower() == name]
        return ', '.join(values) if values else None

    @property
    def cache(self):
        return self.get('x-cache')


class Server:
    """An nginx in a folder of its own. `change` maps texts of the configuration to others, so that
    a test need not wait for the real limits."""

    def __init__(self, listen='127.0.0.1', change=(), proxy=''):
        self.folder = tempfile.mkdtemp(prefix='tolok-http-')
        self.port = free_port()
        self.nginx = None
        for name in ('etc', 'public'):
            shutil.copytree(f'{root}/{name}', f'{self.folder}/{name}')
        for name in ('nginx', 'cache', 'log/access', 'log/nginx'):
            os.makedirs(f'{self.folder}/{name}')
        for name in os.listdir(f'{self.folder}/etc/nginx'):
            with open(f'{self.folder}/etc/nginx/{name}', 'r+', encoding='utf-8') as file:
                text = file.read()
                for old, new in dict(change).items():
                    text = text.replace(old, new)
                file.seek(0)
                file.truncate()
                file.write(text)
        environment = dict(
            os.environ,
            VAR=self.folder,
            RUN=self.folder,
            PORT=str(self.port),
            LISTEN=listen,
            WATCH='',
            PROXY=proxy,
        )
        with open(f'{self.folder}/nginx.conf', 'w', encoding='utf-8') as file:
            subprocess.run(
                [f'{self.folder}/etc/nginx/configure'], env=environment, stdout=file, check=True
            )
        self.worker = Worker(f'{self.folder}/web.sock')
        self.worker.start()
        # Who has a worker for the desk has it at the door and for files, too.
        for name in ('door', 'upload'):
            os.symlink('desk.sock', f'{self.folder}/{name}.sock')
        self.start()

    def start(self):
        user = ' user root;' if os.getuid() == 0 else ''
        self.nginx = subprocess.Popen(
            [
                'nginx',
                '-p',
                self.folder,
                '-c',
                f'{self.folder}/nginx.conf',
                '-e',
                'stderr',
                '-g',
                f'daemon off;{user}',
            ],
            env=dict(os.environ, PATH=os.environ['PATH'] + ':/usr/sbin'),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        threading.Thread(target=self.nginx.stdout.read, daemon=True).start()
        for _ in range(200):
            with contextlib.suppress(OSError):
                socket.create_connection(('127.0.0.1', self.port)).close()
                return
            time.sleep(0.05)

    def stop(self):
        self.nginx.send_signal(signal.SIGTERM)
        self.nginx.wait(10)

    def end(self):
        self.stop()
        shutil.rmtree(self.folder)

    def ask(self, method, target, headers=(), body=None, host='127.0.0.1'):
        connection = http.client.HTTPConnection(host, self.port, timeout=30)
        with contextlib.closing(connection):
            connection.putrequest(
                method, target, skip_accept_encoding=True, skip_host='Host' in dict(headers)
            )
            for name, value in headers:
                connection.putheader(name, value)
            if body is not None:
                connection.putheader('Content-Length', str(len(body)))
            connection.endheaders(body)
            return Answer(connection.getresponse())

    def get(self, target, **headers):
        return self.ask(
            'GET', target, [(name.replace('_', '-'), value) for name, value in headers.items()]
        )

    def raw(self, data, host='127.0.0.1'):
        """What comes back until the server hangs up."""
        with socket.create_connection((host, self.port), timeout=30) as connection:
            connection.sendall(data)
            answer = b''
            while more := connection.recv(65536):
                answer += more
            return answer
