"""Called by tests/run with what it prints: passes it on at once, says what is going on when nothing
came for some seconds, and at the end how long the files of each suite took in all."""
import os
import re
import select
import signal
import sys
import time

SILENCE = 4.0  # seconds
# One that failed has no time.
FINISHED = re.compile(rb'^\[[\d:]+\] (\S*?(\w+)/\S+) \.+ (?:.*?(\d+) ms)?')
COUNT = re.compile(rb'^(\d+) files of tests')


def running(folder, finished):
    """The files that are being run: tests/exec makes one of their name in this folder."""
    try:
        return sorted(set(os.listdir(folder)) - finished)
    except FileNotFoundError:
        return []


def main(folder):
    began, pending, finished, count, suites = time.monotonic(), b'', set(), None, {}
    while True:
        if not select.select([0], [], [], SILENCE)[0]:
            names = ' '.join(running(folder, finished))
            of = f'{len(finished)} of {count} files, ' if count else ''
            print(f'... {time.monotonic() - began:.0f} s, {of}{names or "at work"}', flush=True)
            continue
        some = os.read(0, 65536)
        if not some:
            break
        sys.stdout.buffer.write(some)
        sys.stdout.flush()
        *lines, pending = (pending + some).split(b'\n')
        for line in lines:
            if found := COUNT.match(line):
                count = int(found[1])
            if found := FINISHED.match(line):
                finished.add(found[1].decode().replace('/', '.'))
                suite = found[2].decode()
                suites[suite] = suites.get(suite, 0) + int(found[3] or 0) / 1000
    for suite, seconds in sorted(suites.items()):
        print(f'{suite:<10} {seconds:6.1f} s')
    print(f'All in {time.monotonic() - began:.0f} s', flush=True)


# What comes after Ctrl-C, or after a kill, is passed on too: it ends when there is no more.
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, signal.SIG_IGN)
main(sys.argv[1])
