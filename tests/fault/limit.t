#!/usr/bin/env python3
"""What there is not endless of: file descriptors, memory, time. Who has none left waits without burning the processor, and
goes on when there are some again; memory and descriptors do not grow with the number of requests; and each time limit ends
before the one above it."""
import re
import resource
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

from house import ALL, Instance, cpu, descriptors, read, resident, wait_for, wrong
from tap import done, is_, none, ok
from under import measure
from visit import Visitors

here = Instance('limit')
addresses = here.addresses()
none(here.warm(addresses), f'{len(addresses)} pages answer')

# No descriptor for another connection. Requests wait in the queue of the socket; then they are answered.
for what, pids in (('workers', here.workers()), ('nginx', here.nginx_workers())):
    limits = {pid: resource.prlimit(pid, resource.RLIMIT_NOFILE) for pid in pids}
    for pid, (_, most) in limits.items():
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (descriptors(pid), most))
    with ThreadPoolExecutor() as pool:
        asked = [pool.submit(here.fetch, path, past=True) for path in addresses[:16]]
        used, began = cpu(*pids), time.monotonic()
        wait_for(lambda: time.monotonic() - began > 2, 5)
        share = (cpu(*pids) - used) / (time.monotonic() - began)
        ok(share < 0.3, f'no descriptors for {what}: they use {100 * share:.0f} % of a processor')
        if what == 'workers':
            none(here.warm(addresses), 'warm pages are answered meanwhile')
        for pid, limit in limits.items():
            if pid in pids:
                resource.prlimit(pid, resource.RLIMIT_NOFILE, limit)
        none(wrong([task.result() for task in asked], 15), f'descriptors for {what} again: nobody was turned away')
    took = wait_for(here.fresh, 5)
    ok(took is not None, f'and pages are fresh after {took or 99:.1f} s')
