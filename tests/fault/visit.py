"""Visitors: requests that trust nothing, one connection each, and load from many of them.

`visit` is one request; what is wrong with its answer is `fault`. `Visitors` ask all the time beside
what the test does, and know at the end what failed and how long answers took. A `Crowd` holds
connections. `wrk` is the same with wrk's speed and less suspicion.
"""
import contextlib
import math
import os
import re
import resource
import socket
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field


@dataclass(repr=False)
class Answer:
    path: str
    status: int = 0
    head: dict = field(default_factory=dict)  # names in lower case
    body: bytes = b''
    seconds: float = 0.0
    fault: str | None = None  # why it is no complete answer

    def __repr__(self):
        return f'{self.path}: {self.fault or self.status} after {self.seconds:.3f} s'


def receive(connection, deadline):
    data = b''
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        connection.settimeout(left)
        more = connection.recv(65536)
        if not more:
            return data
        data += more


def unchunk(body):
    """The content of a chunked body, or None when it stops before its end."""
    content = b''
    while True:
        size, end, body = body.partition(b'\r\n')
        if not end:
            return None
        length = int(size.partition(b';')[0], 16)
        if length == 0:
            return content if body == b'\r\n' else None
        if len(body) < length + 2:
            return None
        content, body = content + body[:length], body[length + 2 :]


def judge(answer, data):
    """Takes the answer apart; returns what is wrong with it."""
    head, end, body = data.partition(b'\r\n\r\n')
    first, *lines = head.decode('latin-1').split('\r\n')
    match = re.fullmatch(r'HTTP/1\.1 (\d{3}) .*', first)
    if not match or not end:
        return 'no answer' if not data else 'a head that stops'
    answer.status = int(match[1])
    for line in lines:
        name, _, value = line.partition(':')
        answer.head[name.lower()] = value.strip()
    if answer.head.get('transfer-encoding') == 'chunked':
        body = unchunk(body)
    elif 'content-length' in answer.head and len(body) != int(answer.head['content-length']):
        body = None
    if body is None:
        return 'a short body'
    answer.body = body
    if answer.head.get('content-type', '').startswith('text/html') and not body.rstrip().endswith(
        b'</html>'
    ):
        return 'a page that stops'
    return None


def visit(port, path, timeout=30, **headers):
    """GET on a connection of its own, to the port of this machine."""
    answer = Answer(path)
    began = time.monotonic()
    lines = ''.join(f'{name.replace("_", "-")}: {value}\r\n' for name, value in headers.items())
    try:
        with socket.create_connection(('127.0.0.1', port), timeout) as connection:
            connection.sendall(
                f'GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{lines}\r\n'
                .encode()
            )
            answer.fault = judge(answer, receive(connection, began + timeout))
    except TimeoutError:
        answer.fault = f'no answer in {timeout} s'
    except OSError as error:
        answer.fault = str(error)
    answer.seconds = time.monotonic() - began
    return answer


def percentile(seconds, percent):
    """In milliseconds; the nearest rank."""
    ordered = sorted(seconds)
    return (
        1000 * ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] if ordered else 0.0
    )


class Visitors:
    """`count` visitors that ask for one address after another, each at most `rate` times a second:

    with Visitors(port, addresses) as visitors:
        ...
    visitors.failed, visitors.p99
    """

    def __init__(self, port, addresses, count=4, rate=50, timeout=30, good=(200, 301, 302)):
        self.port, self.addresses, self.pause, self.timeout, self.good = (
            port,
            addresses,
            1 / rate,
            timeout,
            good,
        )
        self.answers, self.stop = [], threading.Event()
        self.threads = [
            threading.Thread(target=self.ask, args=(n,), daemon=True) for n in range(count)
        ]

    def ask(self, number):
        while not self.stop.wait(self.pause):
            answer = visit(self.port, self.addresses[number % len(self.addresses)], self.timeout)
            answer.body = b''
            self.answers.append(answer)
            number += 1

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join(self.timeout + 5)

    @property
    def failed(self):
        return [a for a in self.answers if a.fault or a.status not in self.good]

    @property
    def p99(self):
        return percentile([a.seconds for a in self.answers], 99)

    @property
    def slowest(self):
        return max((a.seconds for a in self.answers), default=0.0)


class Crowd:
    """A thousand who never come to an end: each says `first` and then another of `words` every
    second, or says all at once and takes the answer a few bytes a second. Who is shown the door
    comes again, as long as this lasts."""

    COUNT = 1000

    def __init__(self, port, first, word=b'', takes=0):
        self.port, self.first, self.word, self.takes = port, first, word, takes
        self.peers, self.stop = [], threading.Event()
        self.thread = threading.Thread(target=self.stay, daemon=True)
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 4 * self.COUNT)), hard))

    def come(self):
        peer = socket.socket()
        # So that little of an answer fits in where nobody takes it.
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        peer.settimeout(30)
        peer.connect(('127.0.0.1', self.port))
        peer.sendall(self.first)
        peer.setblocking(False)
        return peer

    def goes_on(self, peer):
        """Whether the visitor is still let."""
        try:
            if self.word:
                peer.send(self.word)
            return bool(peer.recv(self.takes or 1)) and self.takes > 0
        except BlockingIOError:
            return True
        except OSError:
            return False

    def stay(self):
        while not self.stop.wait(1):
            for number, peer in enumerate(self.peers):
                if not self.goes_on(peer) and not self.stop.is_set():
                    peer.close()
                    with contextlib.suppress(OSError):  # who can not come now does so in a second
                        self.peers[number] = self.come()

    def __enter__(self):
        self.peers = [self.come() for _ in range(self.COUNT)]
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join()
        for peer in self.peers:
            peer.close()


@dataclass
class Load:
    """What wrk saw."""

    requests: int
    seconds: float
    failed: int  # connections refused or cut, answers that did not come, statuses of 400 and more
    p50: float  # milliseconds
    p99: float
    detail: str

    @property
    def rate(self):
        return self.requests / self.seconds


SCRIPT = '''
local paths, at, mine = {}, 0, {}
function setup(thread) thread:set("start", at); at = at + 7 end
function init(args)
    local head = {["Host"] = "localhost", ["Connection"] = "close"}
    for path in io.lines(args[1]) do mine[#mine + 1] = wrk.format("GET", path, head) end
end
function request() start = start + 1; return mine[start % #mine + 1] end
if PAUSE > 0 then delay = function() return PAUSE end end
function done(summary, latency, requests)
    local e = summary.errors
    io.write(string.format("FIGURES" .. string.rep(" %d", 9) .. "\\n", summary.requests,
        summary.duration, e.connect,
        e.read, e.write, e.timeout, e.status, latency:percentile(50), latency:percentile(99)))
end
'''


@contextlib.contextmanager
def wrk(port, addresses, seconds, clients=16, pause=0):
    """Starts wrk with clients that take a new connection for each request, `pause` milliseconds
    after the last answer; the value is a function that waits for its end and returns what it
    saw."""
    with tempfile.TemporaryDirectory() as folder:
        script, paths = os.path.join(folder, 'load.lua'), os.path.join(folder, 'paths')
        for name, text in (
            (script, SCRIPT.replace('PAUSE', str(pause))),
            (paths, '\n'.join(addresses) + '\n'),
        ):
            with open(name, 'w') as file:
                file.write(text)
        words = [
            'wrk',
            '-t1',
            f'-c{clients}',
            f'-d{seconds}s',
            '--timeout',
            '20s',
            '-s',
            script,
            f'http://127.0.0.1:{port}/',
            '--',
            paths,
        ]
        process = subprocess.Popen(
            words, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

        def result():
            said = process.communicate(timeout=seconds + 60)[0]
            n = [int(word) for word in re.search(r'^FIGURES (.*)', said, re.M)[1].split()]
            text = f'connect {n[2]}, read {n[3]}, write {n[4]}, timeout {n[5]}, status {n[6]}'
            # Where nobody was answered, nothing is fast.
            half, most = (n[7] / 1000, n[8] / 1000) if n[0] else (math.inf, math.inf)
            return Load(n[0], n[1] / 1e6, sum(n[2:7]), half, most, text)

        try:
            yield result
        finally:
            process.kill()
            process.wait()
