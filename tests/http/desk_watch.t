#!/usr/bin/env python3
"""What the operator can ask of the desk's program, and nobody else."""
import os
import re
import sys
import time

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import psql  # noqa: E402 (the path comes first)
import wire  # noqa: E402
from tap import done, is_, ok  # noqa: E402

inner = wire.Connection(os.path.realpath(f"{os.environ['VAR']}/run/watch.sock"))


def watch(path):
    return wire.get(path.encode(), connection=inner, host_name=b'watch').text


def signed_in():
    """How often the page of the sign-in was given."""
    found = re.search(
        r'^tolok_answers_total\{page="signin",code="200"\} (\d+)$', watch('/desk/metrics'), re.M
    )
    return int(found[1]) if found else 0


is_(watch('/desk/healthz'), 'ok\n', 'the desk lives')
is_(watch('/desk/readyz'), 'ready\n', 'and its database has what it asks for')

# Somebody holds the head of the trail, and no act can be done.
holder = psql.Session()
holder.keep('begin; select from data.audit_head for update')
began = time.monotonic()
ok("\ntrail: its head has been locked" in watch("/desk/readyz"), 'a trail that is held is told')
took = time.monotonic() - began
ok(2 <= took < 5, f'after {took:.1f} s')
holder.close()
ok(any(watch('/desk/readyz') == 'ready\n' for _ in range(3)), 'until it is free again')

before = signed_in()
wire.get(b'/masuk')
ok(signed_in() > before, 'its answers are counted')
ok(re.search('^tolok_worker_starts_total [1-9]', watch('/desk/metrics'), re.M), 'and its workers')
ok('page="signin"' not in watch('/metrics'), 'the figures of the public program are its own')
is_(
    [wire.get(path).status for path in (b'/desk/metrics', b'/en/desk/metrics')],
    [404, 404],
    'visitors find none of it',
)
inner.close()
done()
