#!/usr/bin/env python3
"""Workers that are killed, that crash in a loop, and that hang: visitors of warm pages notice nothing, and the pool of
workers heals by itself."""
import itertools
import os
import shutil
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import house
from house import ALL, Instance, wait_for, wrong
from tap import done, is_, none, ok
from under import SECONDS, unharmed
from visit import Visitors

here = Instance('kill')
addresses = here.addresses()
none(here.warm(addresses), f'{len(addresses)} pages answer')
size = len(here.workers())

# One worker every half second: in turn the one that has lived longest, and again and again the one that came last. A
# request that it had in hand goes to another.
signals = itertools.cycle([signal.SIGKILL, signal.SIGSEGV] if ALL else [signal.SIGKILL])


def kill_oldest():
    here.signal(next(signals), *sorted(here.workers(), key=house.started)[:1])


def kill_newest():
    here.signal(next(signals), *sorted(here.workers(), key=house.started)[-1:])


unharmed('a worker killed every 0.5 s, public pages', here.port, addresses, kill_oldest)
unharmed('a worker killed every 0.5 s, past the cache', here.watch, addresses, kill_oldest)
unharmed('the newest worker killed every 0.5 s', here.watch, addresses, kill_newest, seconds=max(5, SECONDS))
ok(wait_for(lambda: len(here.workers()) == size, 1) is not None, f'a second later there are {size} workers again')
is_(here.processes(state='Z'), [], 'the dead are buried')

# A program that ends at once, as after a bad deployment. Its supervisor tries, but does not spin.
program = f'{here.var}/app/build/web'
shutil.copy2(program, f'{program}.good')
with open(f'{program}.bad', 'w') as file:
    file.write('#!/bin/sh\necho "level=error event=broken" >&2\nexit 1\n')
os.chmod(f'{program}.bad', 0o755)
os.rename(f'{program}.bad', program)
here.signal(signal.SIGKILL, *here.workers())
seconds = 20 if ALL else 3
before, began = here.log('web').count('event=broken'), time.monotonic()
with Visitors(here.port, addresses, rate=20) as visitors:
    wait_for(lambda: time.monotonic() - began > seconds, 30)
cold = here.fetch('/kota?q=dingin')
tries = (here.log('web').count('event=broken') - before) / (time.monotonic() - began)
none(visitors.failed, f'crash loop: all {len(visitors.answers)} requests for warm pages are answered')
is_(cold.status, 503, 'a cold page says 503')
is_([cold.fault, cold.head.get('retry-after', '').isdigit(), b'<h1' in cold.body], [None, True, True], 'with Retry-After and a page that helps')
ok(0 < tries < 50, f'the program is tried again, {tries:.0f} times a second')
os.rename(f'{program}.good', program)
took = wait_for(here.fresh, 15, 0.1)
ok(took is not None and took <= 5, f'a good program in its place: fresh pages after {took or 99:.1f} s')
ok(wait_for(lambda: len(here.workers()) == size, 5) is not None, 'from all workers')

# A worker that hangs holds the request that it had, and no other.
held = here.workers()[0]
here.signal(signal.SIGSTOP, held)
none(wrong(here.fetch(path, past=True) for path in addresses[:30]), 'a worker hangs: the others serve')
here.signal(signal.SIGCONT, held)

# All of them hang, in the middle of a request.
with here.locked('data.publication'), ThreadPoolExecutor() as pool:
    waiting = pool.submit(here.fetch, '/kota', past=True)
    wait_for(lambda: here.sql("select count(*) from pg_stat_activity where wait_event_type = 'Lock'") == '1', 5)
    before = here.workers()
    here.signal(signal.SIGSTOP, *before)
    none(here.warm(addresses), 'all workers hang: warm pages are answered')
    if ALL:
        answer = waiting.result()
        ok(answer.status in (503, 504) and answer.fault is None and answer.seconds < 16, f'{answer}: nobody waits for ever')
    here.signal(signal.SIGCONT, *before)
took = wait_for(here.fresh, 10, 0.1)
ok(took is not None, f'they go on: fresh pages after {took or 99:.1f} s')
ok(wait_for(lambda: len(here.workers()) == size, 2) is not None, 'from all workers')
done()
