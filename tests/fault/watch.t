#!/usr/bin/env python3
"""What the operator is told while workers and the database fail: health, readiness, figures, and
where in the logs the number on an error page leads."""
import json
import re
import signal
import subprocess

from house import ALL, allowed, breakable, wait_for
from tap import done, is_, ok

here = breakable('watch')


def figures():
    """All figures by name and labels."""
    text = here.fetch('/metrics', past=True).body.decode()
    return {name: float(value) for name, value in re.findall(r'^([^#\s]\S*) (\S+)$', text, re.M)}


def ready():
    answer = here.fetch('/readyz', past=True)
    return answer.status, answer.body.decode()


def ends(how):
    return f'tolok_worker_ends_total{{how="{how}"}}'


def shut(gate):
    return f'tolok_db_gate_shut{{gate="{gate}"}}'


def traced(name, answer, status, program):
    """The number on an error page is found in nginx's log, and in the program's when that made the
    page."""
    number = re.search(rb'<code>([0-9a-f]{32})</code>', answer.body)
    is_(
        (answer.status, number and number[1].decode()),
        (status, answer.head.get('x-request-id')),
        f'{name}: a page with a number',
    )
    number = number[1].decode() if number else 'none'

    def entries():
        return [
            json.loads(line)
            for line in here.log('access').splitlines()
            if number in line and line.endswith('}')
        ]

    wait_for(entries, 5)
    is_([entry['status'] for entry in entries()], [status], f'{name}: nginx logs it')

    def lines():
        return re.findall(rf'^.*event=request request_id={number} .*$', here.log('web'), re.M)

    if program:
        wait_for(lines, 5)
    is_(
        [f'status={status} ' in line for line in lines()],
        [True] if program else [],
        f'{name}: the program logs it' if program else f'{name}: the program knows nothing of it',
    )


# Workers.
is_(ready(), (200, 'ready\n'), 'ready')
size = len(here.workers())
ok(
    wait_for(lambda: figures()['tolok_worker_starts_total'] >= size, 10) is not None,
    'all workers are counted',
)
before = figures()
starts = before['tolok_worker_starts_total']
for number, (how, word) in enumerate(
    ((signal.SIGABRT, 'crash'), (signal.SIGTERM, 'clean'), (signal.SIGKILL, '')), 1
):
    here.signal(how, here.workers()[0])
    ok(
        wait_for(lambda number=number: figures()['tolok_worker_starts_total'] == starts + number, 5)
        is not None,
        f'{how.name}: a worker is replaced',
    )
    seen = figures()
    is_(
        [seen[ends(w)] - before[ends(w)] for w in ('crash', 'clean')],
        [1, number > 1],
        f'and its end is counted{"" if word else " by the start alone"}',
    )
ok(wait_for(lambda: len(here.workers()) == size, 10) is not None, 'then all are there again')
seen = figures()
ok(
    all(
        seen[name] >= value
        for name, value in before.items()
        if '_total' in name or '_bucket' in name
    ),
    'no counter went back',
)

# The schema, when the code was replaced by one that this program does not know.
here.sql('alter function page.quickwin rename to quickwin_like')
is_(
    ready(),
    (503, 'not ready\nschema: page.quickwin does not fit this program\n'),
    'a function is missing: which one',
)
here.sql('alter function page.quickwin_like rename to quickwin')
is_(ready(), (200, 'ready\n'), 'ready again')
traced('400', here.fetch('/quickwin?halaman=nol'), 400, True)
traced('404', here.fetch('/kota/tidak-ada'), 404, True)

# The database hangs, goes, and comes back.
pids = here.processes('postgres')
here.signal(signal.SIGSTOP, *pids)
answer = here.fetch('/readyz', past=True)
ok(
    answer.status == 503 and answer.seconds < allowed(5.2) and b'database: ' in answer.body,
    'a database that hangs: not ready, within 5 s',
    repr(answer),
)
is_(here.fetch('/healthz', past=True).body, b'ok\n', 'but healthy')
here.signal(signal.SIGCONT, *pids)
ok(wait_for(lambda: ready()[0] == 200, 5) is not None, 'ready when it goes on')
here.make('db-stop')
traced('503', here.fetch('/kota?q=tidak-tersimpan'), 503, True)
is_(ready(), (503, 'not ready\ndatabase: can not be reached\n'), 'no database: not ready')
is_(here.fetch('/healthz', past=True).status, 200, 'but healthy')
seen = figures()
ok(
    seen[shut('connect')] == 1 and seen['tolok_db_reads_total{outcome="unavailable"}'] >= 1,
    'figures say so without it',
)
here.make('db-start')
ok(wait_for(lambda: ready()[0] == 200, 5, 0.1) is not None, 'ready within 5 s when it is back')
ok(here.fresh() and figures()[shut('connect')] == 0, 'and figures say so')

# The memory of the workers is taken away: they go on, each with what it has, and new ones begin
# anew.
shared = f'{here.run}/web.share'
subprocess.run(['rm', shared], check=True)
is_(
    [status for status, text in [ready()] if 'degraded: ' in text],
    [200],
    'memory is no longer shared: ready, and told',
)
here.signal(signal.SIGTERM, *here.workers())
ok(
    wait_for(
        lambda: figures().get('tolok_worker_alone') == 0
        and figures()['tolok_worker_starts_total'] == size,
        10,
    )
    is not None,
    'new workers share anew',
)

# No worker at all, and workers that hang.
here.service('-d', 'web')
traced('503 by nginx', here.fetch('/kota?q=tidak-ada-pekerja'), 503, False)
here.service('-u', 'web')
if ALL:
    ok(wait_for(here.fresh, 15) is not None, 'workers are back')
    here.signal(signal.SIGSTOP, *here.workers())
    traced('504 by nginx', here.fetch('/kota?q=pekerja-diam', timeout=30), 504, False)
    here.signal(signal.SIGCONT, *here.workers())
done()
