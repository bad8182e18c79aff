#!/usr/bin/env python3
"""PostgreSQL is killed, stopped, hangs, refuses connections: pages that somebody has read before go
on, marked with their date; the others say 503 in words, soon. When it is back the same workers
serve fresh pages, by themselves."""
import itertools
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor

from house import ALL, allowed, breakable, cpu, wait_for, wrong
from tap import done, is_, none, ok
from under import CLIENTS, PAUSE, RATE, measure
from visit import Visitors, wrk

# A worker ends by itself after its number of requests, which a minute of refusals can use up.
here = breakable('database')
addresses = here.addresses()
none(here.warm(addresses), f'{len(addresses)} pages answer')
none(wrong(here.fetch(path, past=True) for path in (addresses * 3)[:20]), 'and past the cache')
workers = here.workers()
number = len(workers)
digests = 'select string_agg(digest, $$ $$ order by id) from data.publication'
published = here.sql(digests)
cold = (f'/kota?q=dingin{number}' for number in range(10000))


def asked(seconds):
    """Warm pages: what wrk and visitors saw, and how many nginx answers in a second of the
    processor's time."""
    nginx = here.nginx_workers()
    used = cpu(*nginx)
    with wrk(here.port, addresses, seconds, CLIENTS, PAUSE) as result, Visitors(
        here.port, addresses, rate=RATE
    ) as visitors:
        load = result()
    return load, visitors, load.requests / max(cpu(*nginx) - used, 0.01)


# Long enough that pages grow old meanwhile, as they do below. What few clients cost is too little
# to be told in the short form.
usual = asked(4)[2] if ALL else 0
MORE = 2


def gone(what, seconds, hangs=False):
    """The database is away: what visitors of warm and of cold pages get meanwhile."""
    load, visitors, speed = asked(seconds)
    none(
        [load.detail] * bool(load.failed) + visitors.failed,
        (
            f'{what}, {seconds} s: all of {load.requests} requests for warm pages are answered,'
            f' {load.rate:.0f} a second'
        ),
    )
    if ALL:
        ok(
            hangs or speed >= usual / MORE,
            (
                f'{what}: it costs nginx at most {MORE} times as much ({speed:.0f} a second of it,'
                f' else {usual:.0f})'
            ),
        )
    ok(visitors.slowest <= allowed(5), f'{what}: the slowest after {visitors.slowest:.2f} s')
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(here.fetch, itertools.islice(cold, 10 if ALL else 4)))
    is_({(a.status, a.fault) for a in answers}, {(503, None)}, f'{what}: cold pages say 503')
    ok(
        max(a.seconds for a in answers) <= allowed(5),
        f'{what}: at latest after {max(a.seconds for a in answers):.2f} s',
        answers,
    )
    none(
        [a for a in answers if not a.head.get('retry-after', '').isdigit()],
        f'{what}: and when to try again',
    )
    none(
        [a for a in answers if b'<h1' not in a.body or b'href="/"' not in a.body],
        f'{what}: on a page that helps',
    )
    stale = here.fetch('/kota/kota-kediri')
    day = re.search(
        r'Keadaan data: (\d{1,2} \w+ \d{4})', re.sub(r'<[^>]*>', '', stale.body.decode())
    )
    ok(
        stale.status == 200 and day,
        f'{what}: a warm page names the day of its data: {day and day[1]}',
    )
    moment = stale.head.get('x-made', '')
    ok(
        re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ', moment),
        f'{what}: and its head the moment: {moment}',
    )


def back(what, limit=5):
    """The database is there again: the first fresh page comes soon, from the same workers;
    afterwards nothing fails."""
    took = wait_for(here.fresh, 30)
    ok(
        took is not None and took <= allowed(limit),
        f'{what}: the first fresh page after {took or 99:.2f} s',
    )
    took = wait_for(lambda: not wrong(here.fetch(path, past=True) for path in addresses[:8]), 10)
    ok(took is not None, f'{what}: and all of them')
    is_(here.workers(), workers, f'{what}: from the same workers')


def ready():
    """Whether the server lets anybody in."""
    try:
        return here.sql('select 1') == '1'
    except Exception:
        return False


def connected():
    """Whether there are all workers, and each has a session; asking makes a worker without one
    begin one."""
    here.fresh()
    return len(here.workers()) == number and len(here.backends()) >= number


def end_sessions():
    here.sql(
        "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'tolok_web'"
    )


# Sessions that the server ends are begun again, and what was asked is asked again: once, so that a
# busy machine, which takes longer than a second to begin one, needs more time between.
load = measure(here, addresses, 20 if ALL else 2, end_sessions, every=allowed(1), past=True)
none(
    load.failed,
    f'sessions ended again and again: none of {load.requests + len(load.answers)} requests fails',
)

# Stopped for a while, as for maintenance.
here.make('db-stop')
gone('stopped', 60 if ALL else 1)
here.make('db-start')
back('started again')

# A backend killed takes all sessions with it; the postmaster killed is started again by its
# supervisor.
for what, pids in (
    ('a backend killed', here.backends()[:1]),
    ('the postmaster killed', [here.postmaster()]),
)[0 if ALL else 1 :]:
    with Visitors(here.port, addresses) as visitors:
        here.signal(signal.SIGKILL, *pids)
        time.sleep(0.2)
        down = wait_for(ready, 30)
        back(f'{what}, down for {down:.1f} s')
    none(
        visitors.failed,
        f'{what}: all of {len(visitors.answers)} requests for warm pages are answered',
    )
is_(here.sql(digests), published, 'nothing is lost')

# It hangs: connections are accepted by the kernel, queries are never answered.
hanging = here.processes('postgres')
here.signal(signal.SIGSTOP, *hanging)
gone('hangs', 30 if ALL else 1, hangs=True)
here.signal(signal.SIGCONT, *hanging)
back('goes on')

# Only the postmaster hangs: sessions go on, new ones do not begin. Each worker has to have its
# session before.
ok(wait_for(connected, 30) is not None, 'every worker has a session again')
here.signal(signal.SIGSTOP, here.postmaster())
none(
    wrong(here.fetch(path, past=True) for path in (addresses * 3)[:20]),
    'the postmaster hangs: sessions go on',
)
here.signal(signal.SIGKILL, *here.workers()[:1])
workers = None
# What reaches a new worker, which can not begin a session, is answered 503; all the others have
# theirs and go on.
refused = wrong(here.fetch(path, past=True) for path in (addresses * 3)[:20])
ok(
    len(refused) <= 10,
    f'and all workers but a new one go on: {len(refused)} of 20 are refused',
    refused,
)
here.signal(signal.SIGCONT, here.postmaster())
wait_for(connected, 30)

# No connection is left for us.
workers = here.workers()
ok(len(workers) == number, f'{number} workers again', workers)
here.sql('alter role tolok_web connection limit 0')
end_sessions()
gone('no connections', 20 if ALL else 1)
here.sql('alter role tolok_web connection limit -1')
back('connections again')

# Tables are locked: whoever has to wait gives up before anything above it does.
with here.locked(), ThreadPoolExecutor() as pool:
    warm = pool.map(here.fetch, addresses[:3])
    answer = here.fetch('/kota', past=True)
    is_((answer.status, answer.fault), (503, None), 'locked tables: 503')
    ok(answer.seconds < allowed(6), f'after {answer.seconds:.1f} s')
    none(wrong(warm, 6), 'warm pages are answered')
back('unlocked', 2)
done()
