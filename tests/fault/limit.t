#!/usr/bin/env python3
"""What there is not endless of: file descriptors, memory, time. Who has none left waits without
burning the processor, and goes on when there are some again; memory and descriptors do not grow
with the number of requests; and each time limit ends before the one above it."""
import re
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

from house import ALL, allowed, breakable, cpu, descriptors, read, resident, wait_for, wrong
from tap import done, is_, none, ok
from under import measure

here = breakable('limit')
addresses = here.addresses()
none(here.warm(addresses), f'{len(addresses)} pages answer')

files = read(f'/proc/{here.master()}/limits').split('Max open files')[1].split()[0]

# No descriptor for another connection. Requests wait in the queue of the socket; then they are
# answered.
for what, pids in (('workers', here.workers()), ('nginx', here.nginx_workers())):
    for pid in pids:
        here.as_user('prlimit', f'--pid={pid}', '--nofile=3:')
    with ThreadPoolExecutor() as pool:
        asked = [pool.submit(here.fetch, path, past=True) for path in (addresses * 2)[:16]]
        used, began = cpu(*pids), time.monotonic()
        wait_for(lambda: time.monotonic() - began > 1, 5)
        share = (cpu(*pids) - used) / (time.monotonic() - began)
        ok(share < 0.3, f'no descriptors for {what}: they use {100 * share:.0f} % of a processor')
        for pid in pids:
            here.as_user('prlimit', f'--pid={pid}', f'--nofile={files}:')
        none(
            wrong([task.result() for task in asked], 15),
            f'descriptors for {what} again: nobody was turned away',
        )
    took = wait_for(here.fresh, 5)
    ok(took is not None, f'and pages are fresh after {took or 99:.1f} s')

# Memory and descriptors after many requests for all pages, past the cache: none are kept.
WANTED, AT_MOST = (100_000, 1200) if ALL else (100, 3)


def house_keeping():
    """What each process holds: private memory in KiB and descriptors."""
    pids = {'worker': here.workers(), 'nginx': here.nginx_workers(), 'session': here.backends()}
    return {
        (name, pid): (resident(pid), descriptors(pid))
        for name, some in pids.items()
        for pid in some
    }


measure(here, addresses, 20 if ALL else 1, past=True, pause=0)
first = house_keeping()
count, began = 0, time.monotonic()
while count < WANTED and time.monotonic() - began < AT_MOST:
    load = measure(here, addresses, 20 if ALL else 1, past=True, pause=0)
    count += load.requests + len(load.answers)
wait_for(lambda: here.connections() == 0, 5)
last = house_keeping()
# nginx keeps the files of pages open that were asked for, and a session of the database those of
# tables that it has read: one that is asked for a page for the first time opens some. What leaks
# grows with the requests.
SPARE = {'worker': 0, 'session': len(addresses) // 4, 'nginx': len(addresses)}
is_(sorted(last), sorted(first), f'{count} requests: the same processes')
grown = {
    who: (last[who][0] - first[who][0], last[who][1] - first[who][1])
    for who in first
    if who in last
}
for name in ('worker', 'nginx', 'session'):
    mine = {who: more for who, more in grown.items() if who[0] == name}
    most = max(more[0] for more in mine.values())
    ok(most <= 1024, f'{name}: at most {most} KiB more than before', mine)
    most = max(more[1] for more in mine.values())
    ok(most <= SPARE[name], f'{name}: {most} descriptors more', mine)
ok(
    max(last[who][0] for who in last if who[0] == 'worker') <= 12 * 1024,
    'a worker takes at most 12 MB',
)

# Each time limit ends before the one above it, so that whoever waits hears from who knows most.
settings = dict(
    word.split('=')
    for word in here.sql(
        "select array_to_string(setconfig, E'\\n') from pg_db_role_setting s join pg_roles r on"
        " r.oid = s.setrole where rolname = 'tolok_web'"
    ).split('\n')
)
with here.locked():
    locked = here.fetch('/kota', past=True)
hanging = here.processes('postgres')
here.signal(signal.SIGSTOP, *hanging)
hung = here.fetch('/kota', past=True)
here.signal(signal.SIGCONT, *hanging)
said = subprocess.run(
    [f'{here.var}/app/build/web', '--help'], text=True, capture_output=True
).stdout
watchdog = int(re.search(r'TOLOK_TIMEOUT .*\((\d+)\)', said)[1])
nginx = int(re.search(r'fastcgi_read_timeout (\d+)s', here.nginx_text())[1])
is_((locked.status, hung.status), (503, 503), 'a locked table and a database that hangs: 503')
ok(locked.seconds < allowed(6), f'the locked table after {locked.seconds:.2f} s')
lock, statement = (
    int(re.fullmatch(r'(\d+)s', settings[name])[1])
    for name in ('lock_timeout', 'statement_timeout')
)
order = [lock, statement, hung.seconds, watchdog, nginx]
ok(
    order == sorted(order) and len(set(order)) == 5,
    'limits in order: lock {} s, statement {} s, database {:.2f} s, watchdog {} s, nginx {} s'
    .format(*order),
)
took = wait_for(here.fresh, 10)
ok(took is not None, 'and pages are fresh again')
done()
