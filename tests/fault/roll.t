#!/usr/bin/env python3
"""Changes of a running house: nginx reads its configuration again, workers are replaced, SQL code is replaced. Visitors
notice nothing, each with a connection of its own per request."""
import signal

from house import Instance, started, wait_for
from tap import done, is_, none, ok
from under import unharmed

here = Instance('roll')
addresses = here.addresses()
none(here.warm(addresses), f'{len(addresses)} pages answer')
size = len(here.workers())


def reload():
    here.signal(signal.SIGHUP, here.master())


def roll():
    """One worker after another is asked to end, and another takes its place."""
    here.signal(signal.SIGTERM, *sorted(here.workers(), key=started)[:1])


old = here.nginx_workers()
unharmed('nginx -s reload', here, addresses, reload, every=1)
ok(wait_for(lambda: not set(old) & set(here.nginx_workers()), 10) is not None, 'the old processes of nginx are gone')

old = here.workers()
unharmed('workers replaced', here, addresses, roll, every=0.4)
is_(set(old) & set(here.workers()), set(), 'all of them are new')
ok(wait_for(lambda: len(here.workers()) == size, 2) is not None, f'and as many as before: {size}')

old = here.workers()
unharmed('make db-code', here, addresses, lambda: here.make('db-code'), every=1)
is_(here.workers(), old, 'needs no other workers')
done()
