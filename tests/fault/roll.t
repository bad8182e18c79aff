#!/usr/bin/env python3
"""Changes of a running house: nginx reads its configuration again, workers are replaced, SQL code
is replaced. Visitors notice nothing, each with a connection of its own per request."""
import signal

from house import breakable, started, wait_for
from tap import done, is_, none, ok
from under import unharmed

here = breakable('roll')
addresses = here.addresses()
none(here.warm(addresses), f'{len(addresses)} pages answer')
size = len(here.workers())


def reload():
    here.signal(signal.SIGHUP, here.master())


def roll():
    """One worker after another is asked to end, when another has taken the place of the one before
    it."""
    wait_for(lambda: len(here.workers()) == size, 5)
    here.signal(signal.SIGTERM, *sorted(here.workers(), key=started)[:1])


def all_new():
    """Whether none of those of before is left; as many as there are processors may need more turns
    than fitted."""
    left = set(old) & set(here.workers())
    if left:
        roll()
    return not left


old = here.nginx_workers()
unharmed('nginx -s reload', here, addresses, reload, every=1)
ok(
    wait_for(lambda: not set(old) & set(here.nginx_workers()), 10) is not None,
    'the old processes of nginx are gone',
)

old = here.workers()
unharmed('workers replaced', here, addresses, roll, every=0.4)
ok(wait_for(all_new, 15) is not None, 'all of them are new')
ok(wait_for(lambda: len(here.workers()) == size, 2) is not None, f'and as many as before: {size}')

old = here.workers()
unharmed('make db-code', here, addresses, lambda: here.make('db-code'), every=1)
is_(here.workers(), old, 'needs no other workers')
done()
