"""Faults under load: what visitors notice while something is done to the house again and again."""
import time

from house import ALL, tap
from visit import Visitors, wrk

SECONDS = 30 if ALL else 2
TRIES = 3
# In the short form, which shares the machine with other tests, clients leave it some air, and what takes a few milliseconds is not slow.
PAUSE, PAUSE_PAST, RATE, SLOW = (0, 0, 50, 0) if ALL else (40, 80, 20, 25)


def measure(here, addresses, seconds, act=None, every=0.5, past=False, pause=None):
    """16 clients of wrk, on the public pages or past nginx's cache, and 4 suspicious visitors of each, every request on a
    connection of its own; meanwhile act() every so many seconds. Returns what wrk saw, with all failures, and the
    visitors' answers."""
    port = here.watch if past else here.port
    pause = (PAUSE_PAST if past else PAUSE) if pause is None else pause
    with wrk(port, addresses, seconds, pause=pause) as result, Visitors(here.port, addresses, rate=RATE) as public, \
            Visitors(here.watch, addresses, rate=RATE / 2) as uncached:
        end = time.monotonic() + seconds - 0.2
        turn = time.monotonic()
        while act and turn < end:
            act()
            turn = max(turn + every, time.monotonic())
            time.sleep(max(0, min(turn, end) - time.monotonic()))
        load = result()
    load.failed = [f'wrk: {load.detail}'] * bool(load.failed) + [f'public pages: {a}' for a in public.failed]
    load.failed += [f'past the cache: {a}' for a in uncached.failed]
    load.answers = public.answers + uncached.answers
    load.slowest = max(public.slowest, uncached.slowest)
    return load


quiet = {}


def compare(what, here, addresses, disturbed, past=False, seconds=SECONDS):
    """Two tests: no request fails while the house is disturbed, and the slowest hundredth is at most twice as slow as
    without. disturbed(seconds) returns what `measure` does. A comparison that fails is done again, both runs of it, up to
    three times, as a busy machine disturbs either of them. Past the cache, where visitors never come, how slow it was is
    only told: a new worker and replaced code have to be planned anew while 16 clients wait."""
    failed, ratios = [], []
    for attempt in range(TRIES):
        if attempt or (here, past, seconds) not in quiet:
            quiet[here, past, seconds] = measure(here, addresses, seconds, past=past).p99
        usual = quiet[here, past, seconds]
        load = disturbed(seconds)
        failed += load.failed
        ratios.append(f'{load.p99:.1f} ms, {usual:.1f} ms without ({load.p99 / usual:.2f})')
        most = max(2 * usual, SLOW)
        if failed or past or load.p99 <= most:
            break
    tap.none(failed, f'{what}: none of {load.requests + len(load.answers)} requests fails')
    tap.ok(past or load.p99 <= most, f'{what}: p99 is {"told" if past else "at most doubled"}: {ratios[-1]}', ratios)


def unharmed(what, here, addresses, act, every=0.5, seconds=SECONDS):
    """The same for something that is done every so many seconds; in the long form past the cache too."""
    for past in (False, True) if ALL else (False,):
        compare(f'{what}, past the cache' if past else what, here, addresses,
                lambda time: measure(here, addresses, time, act, every, past), past, seconds)
