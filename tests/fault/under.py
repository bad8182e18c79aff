"""Faults under load: what visitors notice while something is done to the house again and again."""
import time

from house import ALL, tap
from visit import Visitors, wrk

SECONDS = 60 if ALL else 3
TRIES = 3


def measure(port, addresses, seconds, act=None, every=0.5):
    """16 clients of wrk and 4 suspicious visitors, each request on a new connection; meanwhile act() every so many
    seconds. Returns what wrk and the visitors saw."""
    with wrk(port, addresses, seconds) as result, Visitors(port, addresses) as visitors:
        end = time.monotonic() + seconds - 0.2
        turn = time.monotonic()
        while act and turn < end:
            act()
            turn = max(turn + every, time.monotonic())
            time.sleep(max(0, min(turn, end) - time.monotonic()))
        load = result()
    return load, visitors


def compare(what, port, addresses, disturbed, seconds=SECONDS):
    """Two tests: no request fails while the house is disturbed, and the slowest hundredth is at most twice as slow as
    without. disturbed() returns what `measure` does. Both runs are compared side by side, up to three times, as a busy
    machine disturbs either of them."""
    failed, ratios = [], []
    for _ in range(TRIES):
        quiet, _ = measure(port, addresses, seconds)
        load, visitors = disturbed()
        failed += [f'wrk: {load.detail}'] if load.failed else []
        failed += [str(answer) for answer in visitors.failed]
        ratios.append(f'{load.p99:.1f} ms, {quiet.p99:.1f} ms without ({load.p99 / quiet.p99:.2f})')
        if failed or load.p99 <= 2 * quiet.p99:
            break
    count = load.requests + len(visitors.answers)
    tap.none(failed, f'{what}: none of {count} requests fails')
    tap.ok(load.p99 <= 2 * quiet.p99, f'{what}: p99 is at most doubled: {ratios[-1]}', ratios)


def unharmed(what, port, addresses, act, every=0.5, seconds=SECONDS):
    """The same for something that is done again and again."""
    compare(what, port, addresses, lambda: measure(port, addresses, seconds, act, every), seconds)
