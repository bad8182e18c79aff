#!/usr/bin/env python3
"""tolok file sweep: files without a row go, a day after they were uploaded last; others stay, also
while somebody is uploading."""
import fcntl
import os
import shutil
import subprocess
import time

from depot import age, digest, keep, path, row, there
from package import tolok
from tap import done, is_, ok


def begin():
    return subprocess.Popen(
        [os.environ['TOLOK'], 'file', 'sweep'],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def held(meanwhile):
    """What a sweep says that waits for somebody who uploads, and what was there as long as it did;
    meanwhile() is what they do before they end."""
    files = os.open('files', os.O_RDONLY)
    fcntl.flock(files, fcntl.LOCK_SH)
    sweep = begin()
    inode, end = f':{os.fstat(files).st_ino} ', time.monotonic() + 30
    waits = False
    while not waits and time.monotonic() < end:
        with open('/proc/locks', encoding='ascii') as locks:
            waits = any('-> FLOCK' in lock and inode in lock for lock in locks)
        time.sleep(0.02)
    left = there('lagi')
    meanwhile()
    os.close(files)
    return sweep.communicate()[0], left


keep('yatim', 25)
said = tolok('file', 'sweep')
is_(said.returncode, 1, 'a database that names no file is perhaps another one')
ok(
    'names no file at all, so nothing is removed' in said.stderr,
    'and nothing is removed',
    said.stderr,
)
keep('punya', 72)
row('punya')
keep('muda', 23)
strange = ['files/ab/notes', f'files/zz/{"0" * 62}', 'keep']
for name in strange:
    os.makedirs(os.path.dirname(name) or '.', exist_ok=True)
    with open(name, 'w', encoding='ascii'):
        age(name, 72)
os.symlink(f'{os.getcwd()}/keep', f'files/ab/{"0" * 62}')
said = tolok('file', 'sweep')
is_(said.returncode, 0, 'a sweep')
is_(
    said.stdout + said.stderr,
    f'{digest("yatim")} removed\n1 files, 5 bytes removed\n',
    'says what it removes',
)
is_(
    there('yatim', 'punya', 'muda'),
    ['punya', 'muda'],
    'an orphan of a day; neither what has a row nor what is young',
)
is_(
    [name for name in (*strange[:2], f'files/ab/{"0" * 62}') if os.path.lexists(name)],
    [*strange[:2], f'files/ab/{"0" * 62}'],
    'what is no file of ours stays where it is',
)
is_(tolok('file', 'sweep').stdout, '0 files, 0 bytes removed\n', 'once')

# Somebody uploads those bytes again, and their row is not there yet: the desk keeps them as if
# they were new.
keep('lagi', 72)
said, left = held(lambda: age(path('lagi'), 0))
is_(left, ['lagi'], 'while somebody uploads, a sweep waits')
is_(
    (said, there('lagi')),
    ('0 files, 0 bytes removed\n', ['lagi']),
    'and leaves them what they uploaded',
)

# A row that was committed meanwhile is seen.
age(path('lagi'), 72)
said, left = held(lambda: row('lagi'))
is_(
    (said, there('lagi')),
    ('0 files, 0 bytes removed\n', ['lagi']),
    'a row of the last moment counts',
)
shutil.rmtree('files')
is_(tolok('file', 'sweep').returncode, 1, 'a folder that is not there')
is_(tolok('file', 'sweep', TOLOK_DB='host=/nonexistent').returncode, 3, 'nor a database')
done()
