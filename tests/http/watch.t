#!/usr/bin/env python3
"""What the operator's listener says: health, readiness and figures; and that the public one says
none of it."""
import os
import re
import subprocess
import sys
import time

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import pages  # noqa: E402 (the path comes first)
import wire  # noqa: E402
from tap import done, is_, ok  # noqa: E402

inner = wire.Connection(os.path.join(os.environ['PGHOST'], 'watch.sock'))


def inside(target, *headers, method=b'GET', body=None):
    """Past nginx's cache, by the internal listener."""
    return wire.get(target.encode(), headers, method, body, inner, b'watch')


def figures():
    """What is counted: figure by its name and labels."""
    rows = [line.rsplit(' ', 1) for line in inside('/metrics').text.splitlines() if line[0] != '#']
    return {name: float(value) for name, value in rows}


answer = inside('/healthz')
is_((answer.status, answer.faults), (200, []), 'the process lives')
is_(answer.text, 'ok\n', 'and says so')
is_(answer.get('cache-control'), 'no-store', 'now, not earlier')
is_(answer.get('content-type'), 'text/plain; charset=utf-8', 'in plain text')
answer = inside('/healthz', method=b'HEAD')
is_((answer.status, inside('/healthz').text), (200, 'ok\n'), 'HEAD has no body')
is_(inside('/readyz').text, 'ready\n', 'database and schema are as the program wants them')
ok(re.match('Active connections: [0-9]+', inside('/nginx').text), 'nginx has figures too')
is_(inside('/tidak-ada').status, 404, 'another address is a page or none')

answer = inside('/metrics')
is_(
    answer.get('content-type'),
    'text/plain; version=0.0.4; charset=utf-8',
    'figures in the format of Prometheus',
)
said = subprocess.run(
    ['promtool', 'check', 'metrics'],
    input=answer.body,
    check=False,
    stdout=subprocess.PIPE,
    stderr=subprocess.STDOUT,
)
is_((said.returncode, said.stdout), (0, b''), 'which its own tool has nothing to say about')

before = figures()
for _ in range(3):
    inside('/tentang')
inside('/tentang', (b'Accept-Encoding', b'gzip'))
inside('/tidak-ada')
inside('/quickwin?halaman=nol')
pages.served(f'/kota?tidak={os.getpid()}&q=kota{os.getpid()}')
after = figures()


def grows(name, by, what):
    """By that much at least, as other tests ask for pages too."""
    more = after.get(name, 0) - before.get(name, 0)
    ok(more >= by, what, f'{name}: {more}')


grows('tolok_answers_total{page="about",code="200"}', 4, 'answers of a page are counted')
grows('tolok_answer_duration_seconds_count{page="about"}', 4, 'with their times')
grows('tolok_answer_duration_seconds_bucket{page="about",le="+Inf"}', 4, 'each in a class')
grows('tolok_answers_total{page="none",code="404"}', 1, 'and addresses without page')
grows('tolok_answers_total{page="quickwins",code="400"}', 1, 'and refusals')
grows('tolok_phase_seconds_total{phase="query"}', 0.000001, 'and the time that they took')
grows('tolok_sent_bytes_total', 20000, 'and bytes')
grows('tolok_canonical_redirects_total', 1, 'and addresses in another form')
grows('tolok_db_reads_total{outcome="ok"}', 5, 'and reads of the database')
is_(
    [after.get(f'tolok_db_gate_shut{{gate="{gate}"}}') for gate in ('connect', 'answer')],
    [0, 0],
    'which is there',
)
is_(after.get('tolok_worker_alone'), 0, 'they count together')
ok(0 < after.get('tolok_start_time_seconds', 0) <= time.time(), 'they began to count in the past')

for path in '/healthz', '/readyz', '/metrics', '/nginx':
    is_(pages.served(path).status, 404, f'{path} is no public address')
    is_(
        pages.served(path, [(b'TOLOK_WATCH', b'1'), (b'Tolok-Watch', b'1')]).status,
        404,
        f'{path} neither for who asks nicely',
    )
is_(inside('/metrics', method=b'POST', body=b'a=b').status, 405, 'figures are only read')
is_(inside('/healthz?a=b').text, 'ok\n', 'a query string does not matter')
inner.close()

# By hand the program has the same answers, of itself alone.
is_(pages.by_hand('/healthz', TOLOK_WATCH='1').text, 'ok\n', 'by hand it lives as well')
ok(
    '\ntolok_worker_starts_total 0\n' in pages.by_hand('/metrics', TOLOK_WATCH='1').text,
    'and is no worker',
)
pages.PATIENCE = 0  # it stays away
away = pages.by_hand('/readyz', TOLOK_WATCH='1', TOLOK_DB='host=/nowhere dbname=x user=x')
is_(away.status, 503, 'without a database it is not ready')
is_(away.text, 'not ready\ndatabase: can not be reached\n', 'and says why')
done()
