"""Requests byte for byte, as no library would send them, and answers as they came: what the tests
of hostile requests share. `ask` is for one request after another on a connection, `exchange` for
anything at all, `fastcgi` for a worker's own socket."""
import os
import socket
import struct
import time
import zlib

host, port = os.environ['BASE'].removeprefix('http://').split(':')
worker_socket = os.path.join(os.path.realpath(os.path.join(os.environ['VAR'], 'run')), 'web.sock')
PATIENCE = 30  # seconds; longer than the service may take for anything


class Answer:
    """What came back. `faults` says what is wrong with its form; `headers` is a list of (lower-case
    name, value)."""

    def __init__(self, status=0, headers=(), body=b'', faults=()):
        self.status, self.headers, self.raw = status, list(headers), body
        self.faults = list(faults)
        self.body = self.unpacked()

    def get(self, name):
        """The value of a header, or None; all that came, joined, when it came more than once."""
        return (
            ', '.join(value for other, value in self.headers if other == name)
            if self.has(name)
            else None
        )

    def has(self, name):
        return any(other == name for other, _ in self.headers)

    def unpacked(self):
        if self.get('content-encoding') != 'gzip' or not self.raw:
            return self.raw
        unpacker = zlib.decompressobj(31)
        try:
            body = unpacker.decompress(self.raw)
        except zlib.error as error:
            self.faults.append(f'the body is no gzip: {error}')
            return self.raw
        if not unpacker.eof or unpacker.unused_data:
            self.faults.append('the packed body is not whole')
        return body

    @property
    def text(self):
        return self.body.decode('utf-8', 'replace')

    @property
    def id(self):
        return self.get('x-request-id') or ''


def read_head(lines):
    """Status and headers of a head without its empty line, with what is wrong with it."""
    faults = []
    first, *rest = lines.split(b'\r\n')
    words = first.split(b' ', 2)
    if len(words) < 2 or words[0] != b'HTTP/1.1' or not words[1].isdigit():
        faults.append(f'status line {first!r}')
        return 0, [], faults
    headers = []
    for line in rest:
        name, colon, value = line.partition(b': ')
        if (
            not colon
            or any(c <= 32 or c >= 127 for c in name)
            or any(c < 32 or c >= 127 for c in value)
        ):
            faults.append(f'header line {line!r}')
        headers.append((name.decode('latin-1').lower(), value.decode('latin-1')))
    return int(words[1]), headers, faults


class Connection:
    """A connection that is kept as long as the server keeps it; to the socket of a path, if
    given."""

    def __init__(self, path=None):
        self.socket, self.buffer, self.path = None, b'', path

    def close(self):
        if self.socket:
            self.socket.close()
        self.socket, self.buffer = None, b''

    def open(self):
        if self.path:
            self.socket = socket.socket(socket.AF_UNIX)
            self.socket.settimeout(PATIENCE)
            self.socket.connect(self.path)
            return
        self.socket = socket.create_connection((host, int(port)), PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def more(self):
        if self.socket is None:
            return False
        data = self.socket.recv(65536)
        self.buffer += data
        return bool(data)

    def until(self, mark):
        while mark not in self.buffer:
            if not self.more():
                raise EOFError
        found, self.buffer = self.buffer.split(mark, 1)
        return found

    def exactly(self, size):
        while len(self.buffer) < size:
            if not self.more():
                raise EOFError
        found, self.buffer = self.buffer[:size], self.buffer[size:]
        return found

    def read_chunks(self):
        body = b''
        while True:
            size = int(self.until(b'\r\n'), 16)
            if size == 0:
                self.until(b'\r\n')
                return body
            body += self.exactly(size)
            if self.exactly(2) != b'\r\n':
                raise ValueError('chunk')

    def read(self, without_body=False):
        """The next answer. EOFError when the connection ends before it."""
        status = 100
        while 100 <= status < 200:
            status, headers, faults = read_head(self.until(b'\r\n\r\n'))
        answer = Answer(status, headers, b'', faults)
        length, body = answer.get('content-length'), b''
        try:
            if without_body or status in (204, 304):
                pass
            elif answer.get('transfer-encoding') == 'chunked' and length is None:
                body = self.read_chunks()
            elif length is not None and length.isdigit() and not answer.has('transfer-encoding'):
                body = self.exactly(int(length))
            elif answer.get('connection') == 'close' and length is None:
                while self.more():
                    pass
                body, self.buffer = self.buffer, b''
            else:
                faults.append(f'the length of the body is not told: {headers}')
                self.close()
        except (EOFError, ValueError) as error:
            faults.append(f'the body is not whole: {error!r}')
            self.close()
        answer = Answer(status, headers, body, faults)
        if self.socket and answer.get('connection') == 'close':
            self.close()
        return answer

    def ask(self, request, without_body=False):
        """Sends a request and reads its answer; once more when a kept connection turns out to be
        closed."""
        kept = self.socket is not None
        if not kept:
            self.open()
        try:
            try:
                self.socket.sendall(request)
            except (BrokenPipeError, ConnectionResetError):
                pass  # refused early: the answer is there all the same, or the connection was old
            return self.read(without_body)
        except (EOFError, ConnectionResetError):
            self.close()
            if kept:
                return self.ask(request, without_body)
            return Answer(0, [], b'', ['no answer'])


def request(target, headers=(), method=b'GET', body=None, host_name=b'tolok.test'):
    """The bytes of a request; headers are pairs of bytes."""
    lines = [method + b' ' + target + b' HTTP/1.1', b'Host: ' + host_name]
    lines += [name + b': ' + value for name, value in headers]
    if body is not None:
        lines.append(b'Content-Length: %d' % len(body))
    return b'\r\n'.join(lines) + b'\r\n\r\n' + (body or b'')


def get(target, headers=(), method=b'GET', body=None, connection=None, host_name=b'tolok.test'):
    """One answer, on a connection of its own unless one is given."""
    own = connection or Connection()
    try:
        return own.ask(request(target, headers, method, body, host_name), method == b'HEAD')
    finally:
        if connection is None:
            own.close()


def exchange(data, pause=0.0, quiet=1.0):
    """Sends these bytes, or these pieces one after another, and returns all that comes, as bytes,
    and whether the server closed the connection. When it is `quiet` for some seconds after an
    answer, we close our side."""
    received, asked, open_side = b'', time.monotonic(), True
    with socket.create_connection((host, int(port)), PATIENCE) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            for piece in [data] if isinstance(data, bytes) else data:
                connection.sendall(piece)
                time.sleep(pause)
        except ConnectionError:
            pass  # refused before we had said everything
        while time.monotonic() - asked < PATIENCE:
            connection.settimeout(quiet if received and open_side else PATIENCE)
            try:
                more = connection.recv(65536)
            except TimeoutError:
                connection.shutdown(socket.SHUT_WR)
                open_side = False
                continue
            except ConnectionError:
                break
            if not more:
                break
            received += more
    return received, open_side


def answers(data, heads=()):
    """The answers in these bytes; `heads` are the places of those without a body."""
    connection, found = Connection(), []
    connection.buffer = data
    while connection.buffer:
        try:
            found.append(connection.read(len(found) in heads))
        except EOFError:
            found.append(Answer(0, [], connection.buffer, ['no answer']))
            break
    return found


def record(kind, content=b''):
    return struct.pack('>BBHHBB', 1, kind, 1, len(content), 0, 0) + content


def stream(kind, content):
    """The records of a stream, with the empty one that ends it."""
    return b''.join(
        record(kind, content[at : at + 65000]) for at in range(0, len(content), 65000)
    ) + record(kind)


def fastcgi(variables, body=b''):
    """Asks a worker at its own socket. Variables are pairs of bytes; the answer's head is one of
    CGI."""
    pairs = b''.join(
        struct.pack('>II', len(name) | 1 << 31, len(value) | 1 << 31) + name + value
        for name, value in variables
    )
    data = record(1, struct.pack('>HB5x', 1, 0)) + stream(4, pairs) + stream(5, body)
    received = b''
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(PATIENCE)
        connection.connect(worker_socket)
        try:
            connection.sendall(data)
            while more := connection.recv(65536):
                received += more
        except ConnectionError:
            pass
    streams, at = {6: b'', 7: b''}, 0
    ended = False
    while at + 8 <= len(received):
        _, kind, _, size, padding, _ = struct.unpack('>BBHHBB', received[at : at + 8])
        if kind in streams:
            streams[kind] += received[at + 8 : at + 8 + size]
        ended = ended or kind == 3
        at += 8 + size + padding
    return cgi_answer(streams[6], [] if ended else ['the worker did not end the request'])


def cgi_answer(output, faults=()):
    """An answer in the form of CGI."""
    head, end, body = output.partition(b'\r\n\r\n')
    if not end or not head.startswith(b'Status: '):
        return Answer(0, [], output, [*faults, f'no head: {output[:200]!r}'])
    status, headers, wrong = read_head(b'HTTP/1.1 ' + head.removeprefix(b'Status: '))
    answer = Answer(status, headers, body, [*faults, *wrong])
    if answer.get('content-length') not in (None, str(len(body))) and (
        body or status not in (200, 304)
    ):
        answer.faults.append(
            f'Content-Length is {answer.get("content-length")}, the body has {len(body)} bytes'
        )
    return answer
