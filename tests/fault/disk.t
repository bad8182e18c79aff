#!/usr/bin/env python3
"""A full disk, one each under data, cache and logs: visitors are served on, nothing is damaged, and
everything goes on by itself when there is room again. The disks are small ones of this test's own,
in memory; where they can not be mounted, the test says what the system said."""
import contextlib
import ctypes
import http.client
import itertools
import os
import re
import subprocess
import tempfile
import time
import urllib.parse

import house
from house import ALL, Instance, allowed, wait_for, wrong
from tap import done, is_, none, ok
from under import RATE, measure
from visit import Visitors

# Mounts of our own, which end with our last process. Who may not mount may do so in a namespace of
# users of their own, where they are who they were, if the system has such.
CLONE_NEWNS, CLONE_NEWUSER, MS_REC, MS_PRIVATE = 0x20000, 0x10000000, 0x4000, 0x40000
SIZES = {'pg': 160, 'cache': 16, 'log': 16}  # MiB
libc = ctypes.CDLL(None, use_errno=True)


def system(name, *arguments):
    """A call of the system that libc has; raises what it says."""
    if (
        getattr(libc, name)(
            *(word.encode() if isinstance(word, str) else word for word in arguments)
        )
        != 0
    ):
        raise OSError(ctypes.get_errno(), f'{name}: {os.strerror(ctypes.get_errno())}')


def own_mounts():
    if os.getuid() == 0:
        system('unshare', CLONE_NEWNS)
    else:
        who = {
            'setgroups': 'deny',
            'uid_map': f'{os.getuid()} {os.getuid()} 1',
            'gid_map': f'{os.getgid()} {os.getgid()} 1',
        }
        system('unshare', CLONE_NEWNS | CLONE_NEWUSER)
        for name, text in who.items():
            with open(f'/proc/self/{name}', 'w', encoding='ascii') as file:
                file.write(text)
    system('mount', 'none', '/', None, MS_REC | MS_PRIVATE, None)
    # Whether a small disk may really be mounted.
    with tempfile.TemporaryDirectory() as folder:
        system('mount', 'none', folder, 'tmpfs', 0, 'size=1m')
        system('umount2', folder, 0)


try:
    own_mounts()
except OSError as error:
    house.skip(f'small disks can not be mounted here: {error}')


def disks(var):
    owner = os.stat(var)
    for name, size in SIZES.items():
        os.mkdir(f'{var}/{name}')
        system(
            'mount',
            'none',
            f'{var}/{name}',
            'tmpfs',
            0,
            f'size={size}m,mode=0700,uid={owner.st_uid},gid={owner.st_gid}',
        )


def unmount(var):
    for name in SIZES:
        system('umount2', f'{var}/{name}', 0)


here = Instance('disk', prepare=disks, leave=unmount)
addresses = here.addresses()
none(here.warm(addresses), 'pages answer')
digests = 'select string_agg(digest, $$ $$ order by id) from data.publication'
published = here.sql(digests)
workers = here.workers()


class Full:
    """As long as this lasts, the disk has no room at all."""

    def __init__(self, name):
        self.file = f'{here.var}/{name}/filler'

    def fill(self):
        with open(self.file, 'ab', buffering=0) as file:
            try:
                while True:
                    file.write(bytes(1 << 16))
            except OSError:
                return self

    __enter__ = fill

    def __exit__(self, *_):
        os.unlink(self.file)


def served(what, seconds, act=None):
    """Warm pages and cold ones, while the disk is full."""
    with Visitors(here.port, addresses, rate=RATE) as warm, Visitors(
        here.watch, addresses, count=2, rate=RATE / 2, timeout=6
    ) as past:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if act:
                act()
            time.sleep(0.1)
    none(warm.failed, f'{what}: all of {len(warm.answers)} requests are answered')
    ok(warm.slowest < allowed(5), f'{what}: the slowest after {warm.slowest:.2f} s')
    return past


# The logs: what can not be written is lost, and nobody waits for it.
seconds = 30 if ALL else 1
with Full('log') as disk:
    # More than pipes and buffers hold.
    load = measure(here, addresses, seconds, disk.fill)
    none(
        load.failed,
        f'no room for logs: all of {load.requests + len(load.answers)} requests are answered',
    )
    ok(load.slowest < allowed(5), f'no room for logs: the slowest after {load.slowest:.2f} s')
marks = []


def noticed():
    """Whether a new request is in the log; nginx leaves a full disk alone for a second."""
    marks.append(here.fetch('/kota').head['x-request-id'])
    return any(mark in here.log('access') for mark in marks)


took = wait_for(noticed, 10, 0.2)
ok(took is not None, 'room for logs: they go on')

# The cache: pages come from the program then.
with Full('cache') as disk:
    past = served('no room for the cache', seconds, disk.fill)
    answers = [here.fetch(f'/kota?q=penuh{n}') for n in range(20)]
    none(wrong(answers), 'no room for the cache: new pages are answered')
took = wait_for(lambda: here.fetch('/tentang').head.get('x-cache') == 'HIT', 10)
ok(took is not None, 'room for the cache: pages are kept again')


# Somebody at the door of the desk, who has its form; each try is written down.
def ask(method, body=None, **headers):
    connection = http.client.HTTPConnection('localhost', here.port, timeout=30)
    with contextlib.closing(connection):
        connection.request(method, '/masuk', body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers


def tries():
    body = urllib.parse.urlencode(
        {'form': form, 'email': f'{next(number)}@uji.go.id', 'password': 'bukan kata sandi itu'}
    )
    status, _, head = ask(
        'POST', body, Cookie=cookie, **{'Content-Type': 'application/x-www-form-urlencoded'}
    )
    said.append(status)
    return status, 'Retry-After' in head


number, said = itertools.count(), []
_, text, head = ask('GET')
form, cookie = re.search('name="form" value="([^"]*)"', text)[1], head['Set-Cookie'].split(';')[0]
is_(tries()[0], 422, 'at the door one is heard')

# The data: what only reads goes on; a write is refused as a whole.
here.sql('create table public.filler (text text)')
with Full('pg') as disk:
    refused = subprocess.run(
        [
            'psql',
            '-X',
            '-q',
            '-h',
            here.run,
            '-U',
            'postgres',
            '-d',
            'tolok',
            '-c',
            (
                "insert into public.filler select repeat(md5(n::text), 100) from generate_series(1,"
                " 100000) n"
            ),
        ],
        text=True,
        capture_output=True,
    )
    ok(refused.returncode != 0, 'no room for data: a write is refused', refused.stderr)
    served('no room for data', seconds)
    none(
        [answer for answer in (tries() for _ in range(3)) if answer[0] not in (422, 503)],
        'no room for data: at the door one is heard, or told to come back',
    )
    # Nor room for its journal: the server gives up, and starts as soon as it can.
    for _ in range(10):
        subprocess.run(
            [
                'psql',
                '-X',
                '-q',
                '-h',
                here.run,
                '-U',
                'postgres',
                '-d',
                'tolok',
                '-c',
                'select pg_switch_wal(), txid_current()',
            ],
            capture_output=True,
        )
        disk.fill()
    served('no room for the journal', seconds)
    is_(
        {tries() for _ in range(3)},
        {(503, True)},
        'no room for the journal: at the door one is told to come back',
    )
took = wait_for(here.fresh, 30)
ok(took is not None, f'room for data: fresh pages after {took or 99:.1f} s')
ok(
    wait_for(lambda: not wrong(here.fetch(path, past=True) for path in addresses), 10) is not None,
    'all of them',
)
is_(here.workers(), workers, 'from the same workers')
ok(wait_for(lambda: tries()[0] == 422, 10) is not None, 'at the door one is heard again', str(said))
is_(here.sql('select fault from act.audit_verify()'), '', 'and the trail is whole')
is_(here.sql(digests), published, 'no publication has changed')
is_(here.sql("select count(*) from public.filler"), '0', 'nothing of the refused write is there')
here.sql('drop table public.filler')
here.make('db-stop')
checked = here.as_user(f'{house.pg_bin(here.var)}/pg_checksums', '--check', '-D', f'{here.var}/pg')
ok(re.search(r'Bad checksums: +0\b', checked), 'no page of the database is damaged', checked)
here.make('db-start')
done()
