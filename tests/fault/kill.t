#!/usr/bin/env python3
"""Workers that are killed, that crash in a loop, and that hang: visitors of warm pages notice
nothing, and the pool of workers heals by itself."""
import itertools
import os
import shutil
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import house
from house import ALL, allowed, breakable, wait_for, wrong
from tap import done, is_, none, ok
from under import unharmed
from visit import Visitors

# Of two workers one may be gone when the other is killed, and a request is given to two at most.
here = breakable('kill')
addresses = here.addresses()
none(here.warm(addresses), f'{len(addresses)} pages answer')
size = len(here.workers())

# One worker every half second: the one that has lived longest, or again and again the one that came
# last. A request that it had in hand goes to another.
signals = itertools.cycle([signal.SIGKILL, signal.SIGSEGV] if ALL else [signal.SIGKILL])


def kill_oldest():
    here.signal(next(signals), *sorted(here.workers(), key=house.started)[:1])


def kill_newest():
    # What the one before had in hand is answered, however slow the machine: who waits in line is
    # served in turn.
    here.fetch('/kota', past=True)
    here.signal(next(signals), *sorted(here.workers(), key=house.started)[-1:])


# Six times in a row the same place: longer than the supervisor of the pool bears with a program
# that does not start.
if ALL:
    unharmed('the oldest worker killed every 0.5 s', here, addresses, kill_oldest)
unharmed(
    'the newest worker killed again and again',
    here,
    addresses,
    kill_newest,
    every=0.5 if ALL else 0.25,
)
ok(
    wait_for(lambda: len(here.workers()) == size, 1) is not None,
    f'a second later there are {size} workers again',
)
is_(here.unburied(), set(), 'the dead are buried')

# A program that ends at once, as after a bad deployment. Its supervisor tries, but does not spin.
program = f'{here.var}/app/build/web'
shutil.copy2(program, f'{program}.good')
with open(f'{program}.bad', 'w') as file:
    file.write('#!/bin/sh\necho "level=error event=broken" >&2\nexit 1\n')
os.chmod(f'{program}.bad', 0o755)
os.rename(f'{program}.bad', program)
here.signal(signal.SIGKILL, *here.workers())
seconds = 20 if ALL else 2
before, began = here.log('web').count('event=broken'), time.monotonic()


def broken():
    """How often the program was tried since."""
    return here.log('web').count('event=broken') - before


with Visitors(here.port, addresses, rate=20) as visitors:
    wait_for(lambda: time.monotonic() - began > seconds and broken() > 0, 30)
cold = here.fetch('/kota?q=dingin')
tries = broken() / (time.monotonic() - began)
none(
    visitors.failed, f'crash loop: all {len(visitors.answers)} requests for warm pages are answered'
)
is_(cold.status, 503, 'a cold page says 503')
is_(
    [cold.fault, cold.head.get('retry-after', '').isdigit(), b'<h1' in cold.body],
    [None, True, True],
    'with Retry-After and a page that helps',
)
ok(0 < tries < 50, f'the program is tried again, {tries:.0f} times a second')
os.rename(f'{program}.good', program)
took = wait_for(here.fresh, 15, 0.1)
ok(
    took is not None and took <= allowed(5),
    f'a good program in its place: fresh pages after {took or 99:.1f} s',
)
ok(wait_for(lambda: len(here.workers()) == size, 5) is not None, 'from all workers')

# A worker that hangs holds the request that it had, and no other.
held = here.workers()[0]
here.signal(signal.SIGSTOP, held)
none(wrong(map(here.served, addresses)), 'a worker hangs: the others serve')
here.signal(signal.SIGCONT, held)

# All of them hang, in the middle of a request: it ends when nginx loses patience, as do those for
# pages that were not asked for lately; then what is kept is shown.
with ThreadPoolExecutor() as pool, here.locked():
    waiting = [pool.submit(here.fetch, '/kota', past=True)]
    wait_for(
        lambda: here.sql("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
        != '0',
        5,
    )
    stopped = here.workers()
    here.signal(signal.SIGSTOP, *stopped)
    if ALL:
        waiting += [pool.submit(here.fetch, path) for path in addresses[:20]]
        answers = [task.result() for task in waiting]
        is_({answer.fault for answer in answers}, {None}, 'all workers hang: everybody is answered')
        ok(
            max(a.seconds for a in answers) < allowed(16),
            f'at latest after {max(a.seconds for a in answers):.1f} s',
        )
        ok(answers[0].status >= 503, f'the one that was held with {answers[0].status}')
        is_({a.status for a in answers[1:]} <= {200, 302}, True, 'the others with what is kept')
    here.signal(signal.SIGCONT, *stopped)
took = wait_for(here.fresh, 10, 0.1)
ok(took is not None, f'all workers hang, and go on: fresh pages after {took or 99:.1f} s')
ok(wait_for(lambda: len(here.workers()) == size, 2) is not None, 'from all workers')
done()
