#!/usr/bin/env python3
"""The parts of the house start in any order, and find each other again after a storm of signals: it
is healthy within seconds, with as many processes as before and nothing left over."""
import contextlib
import itertools
import random
import signal
import stat as kinds
import os
import time

from house import ALL, SERVICES, breakable, wait_for, wrong
from tap import done, is_, none, ok

LIMIT = 30
here = breakable('start')
PAGES = ['/', '/kota', '/kota/kota-kediri', '/peringkat/2024']


def healthy():
    return not wrong(here.fetch(path, past=True, timeout=5) for path in PAGES)


def passing(pid):
    """nginx's loader of its cache goes by itself a minute after each start."""
    with contextlib.suppress(OSError), open(f'/proc/{pid}/cmdline', encoding='utf-8') as file:
        return 'cache loader' in file.read()
    return True


def census():
    """How many processes there are of each kind; the database's own helpers come and go."""
    names = ('s6-svscan', 's6-supervise', 's6-log', 'multiwatch', 'web')
    return {name: len(here.processes(name)) for name in names} | {
        'nginx': sum(not passing(pid) for pid in here.processes('nginx'))
    }


def workers():
    """How many multiwatch has been asked for."""
    for pid in here.processes('multiwatch'):
        with contextlib.suppress(OSError), open(f'/proc/{pid}/cmdline', encoding='utf-8') as file:
            words = file.read().rstrip('\0').split('\0')
            if words[-1] == 'web':
                return int(words[words.index('-f') + 1])
    return None


def sockets():
    return sorted(
        name
        for name in os.listdir(here.run)
        if kinds.S_ISSOCK(os.stat(f'{here.run}/{name}').st_mode)
    )


def recovers(what, limit=LIMIT):
    took = wait_for(healthy, limit, 0.1)
    ok(took is not None, f'{what}: healthy after {took or 99:.1f} s')
    took = wait_for(lambda: census() == before, 10, 0.1)
    ok(
        took is not None,
        f'{what}: all processes are there, none twice',
        [str(before), str(census())],
    )


# Whoever had this instance before may have ended a worker at last, which comes back.
ok(
    wait_for(lambda: healthy() and census()['web'] == workers(), LIMIT, 0.1) is not None,
    'pages answer',
)
before, listening = census(), sockets()

# Each starts when the one before it has been up for a while, so that it has found the others
# missing. The short form takes those in which what is behind the others comes first, and last.
for order in list(itertools.permutations(SERVICES))[:: 1 if ALL else 5]:
    here.service('-d', *SERVICES)
    for name in order:
        here.service('-u', name)
        wait_for(lambda: here.is_up(name), 5)
        if name != order[-1]:
            here.fetch('/kota', timeout=5)
            here.fetch('/kota', past=True, timeout=5)
    recovers(' '.join(order))

# What was killed leaves its sockets behind; they are in nobody's way.
for names in (['multiwatch', 'web'], ['nginx'], ['postgres'], [*SERVICES, 'multiwatch'])[
    0 if ALL else 3 :
]:
    here.signal(signal.SIGKILL, *here.processes(*names))
    recovers(f'{" ".join(names)} killed')
is_(sockets(), listening, 'the same sockets')

# A storm: signals that mean something to each kind of process, in any order, as fast as they can be
# sent.
MEANING = {
    'web': [
        signal.SIGTERM,
        signal.SIGINT,
        signal.SIGHUP,
        signal.SIGUSR1,
        signal.SIGUSR2,
        signal.SIGPIPE,
        signal.SIGALRM,
        signal.SIGCHLD,
    ],
    'multiwatch': [signal.SIGCHLD, signal.SIGUSR1, signal.SIGTERM, signal.SIGINT],
    'nginx': [signal.SIGHUP, signal.SIGUSR1, signal.SIGPIPE, signal.SIGCHLD],
    's6-supervise': [signal.SIGCHLD, signal.SIGPIPE, signal.SIGHUP, signal.SIGTERM],
    's6-log': [signal.SIGALRM, signal.SIGTERM, signal.SIGPIPE],
    'postgres': [signal.SIGHUP, signal.SIGINT, signal.SIGCHLD, signal.SIGPIPE],
}
chance = random.Random(2026)
end = time.monotonic() + (20 if ALL else 1)
sent = 0
while time.monotonic() < end:
    name = chance.choice(list(MEANING))
    for pid in here.processes(name):
        if chance.random() < 0.3:
            here.signal(chance.choice(MEANING[name]), pid)
            sent += 1
# Once told to end, multiwatch replaces nobody and passes the signal on, which a worker that it
# forks at that moment does not hear: it is told once more, as by an operator who sees it wait for
# that one.
wait_for(healthy, LIMIT, 0.1)
here.signal(signal.SIGTERM, *here.processes('multiwatch'))
recovers(f'{sent} signals')
is_(sockets(), listening, 'the same sockets')
is_(here.unburied(), set(), 'nobody is left unburied')
here.make('stop')
is_(here.processes(), [], 'and all of it can be stopped')
done()
