"""Faults under load: what visitors notice while something is done to the house again and again."""
import math
import time

from house import ALL, tap
from visit import Visitors, wrk

SECONDS = 30 if ALL else 2
TRIES = 3
# In the short form, which shares the machine with other tests, there are fewer clients, who leave
# it some air, and what takes a few milliseconds is not slow.
CLIENTS, PAUSE, PAUSE_PAST, RATE, SLOW = (16, 0, 0, 50, 0) if ALL else (4, 40, 80, 10, 25)
# Seconds that a reader of the database waits for a lock. A machine on which what is done takes
# longer than that asks those past the cache to come back, as it should.
PATIENCE = 2


def refused(uncached, longest):
    """Which visitors past the cache failed, when what was done took that many seconds at most."""
    return [
        a
        for a in uncached.failed
        if longest < PATIENCE or a.status != 503 or not a.head.get('retry-after')
    ]


def measure(here, addresses, seconds, act=None, every=0.5, past=False, pause=None):
    """Clients of wrk, on the public pages or past nginx's cache, and 4 suspicious visitors of each,
    every request on a connection of its own; meanwhile act() every so many seconds. Returns what
    wrk saw, with all failures, and the visitors' answers."""
    port = here.watch if past else here.port
    pause = (PAUSE_PAST if past else PAUSE) if pause is None else pause
    with wrk(port, addresses, seconds, CLIENTS, pause) as result, Visitors(
        here.port, addresses, rate=RATE
    ) as public, Visitors(here.watch, addresses, rate=RATE / 2) as uncached:
        end = time.monotonic() + seconds - 0.2
        turn, longest = time.monotonic(), 0.0
        while act and turn < end:
            began = time.monotonic()
            act()
            longest = max(longest, time.monotonic() - began)
            turn = max(turn + every, time.monotonic())
            time.sleep(max(0, min(turn, end) - time.monotonic()))
        load = result()
    load.failed = [f'wrk: {load.detail}'] * bool(load.failed) + [
        f'public pages: {a}' for a in public.failed
    ]
    load.failed += [f'past the cache: {a}' for a in refused(uncached, longest)]
    load.answers = public.answers + uncached.answers
    load.slowest = max(public.slowest, uncached.slowest)
    return load


quiet = {}


def compare(what, here, addresses, disturbed, past=False, seconds=SECONDS):
    """Two tests: no request fails while the house is disturbed, and the slowest hundredth is at
    most twice as slow as without. disturbed(seconds) returns what `measure` does. What else runs on
    the machine makes either of them slower, and nothing makes them faster: up to three times both
    are measured again, and the best that was seen with is compared with the worst without. Past the
    cache, where visitors never come, how slow it was is only told: a new worker and replaced code
    have to be planned anew while 16 clients wait.

    The short form has other tests beside it, which say more about how slow an answer is than what
    is done here: it is measured once, and told."""
    if not ALL:
        load = disturbed(seconds)
        tap.none(load.failed, f'{what}: none of {load.requests + len(load.answers)} requests fails')
        tap.ok(load.p99 < math.inf, f'{what}: answers go on, p99 {load.p99:.1f} ms')
        return
    usual = quiet.setdefault((here, past, seconds), [])
    seen, requests, failed = [], 0, []
    while True:
        if len(usual) <= len(seen):
            usual.append(measure(here, addresses, seconds, past=past).p99)
        load = disturbed(seconds)
        seen.append(load.p99)
        requests += load.requests + len(load.answers)
        failed += load.failed
        without = max((p99 for p99 in usual if p99 < math.inf), default=0.0)
        good = min(seen) <= max(2 * without, SLOW)
        if failed or past or good or len(seen) == TRIES:
            break
    tap.none(failed, f'{what}: none of {requests} requests fails')
    told = f'{min(seen):.1f} ms, {without:.1f} ms without ({min(seen) / max(without, 0.1):.2f})'
    tap.ok(
        past or good,
        f'{what}: p99 is {"told" if past else "at most doubled"}: {told}',
        [str(seen), str(usual)],
    )


def unharmed(what, here, addresses, act, every=0.5, seconds=SECONDS):
    """The same for something that is done every so many seconds; in the long form past the cache
    too."""
    for past in (False, True) if ALL else (False,):
        compare(
            f'{what}, past the cache' if past else what,
            here,
            addresses,
            lambda time: measure(here, addresses, time, act, every, past),
            past,
            seconds,
        )
