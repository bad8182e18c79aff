"""The folders of the instances that tests of faults and of setting up begin with: copies of one
that tests/run, or the first test to come, makes and keeps in BUILD/test/fault."""
import fcntl
import os
import pwd
import shutil
import subprocess
import sys

from look import as_user, read
from port import free_port

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDER = os.path.join(ROOT, os.environ.get('BUILD', 'build'), 'test', 'fault')

# The machine of a test does not lose its power: what it has written down is there, though not on
# the disk.
UNSURE = '''
fsync = off
full_page_writes = off
autovacuum = off
'''


def control(command, var, port, aloud=False, **more):
    """What `make COMMAND` does with the instance in folder `var`; returns what it says, or says it
    at once. Fails like it."""
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(('PG', 'TOLOK_', 'LISTEN', 'WATCH'))
    }
    environment |= {
        'VAR': var,
        'PORT': str(port),
        'LISTEN': '127.0.0.1',
        'WORKERS': '2',
        'SURE': site_name(var),
    } | more
    done = subprocess.run(
        [f'{ROOT}/etc/instance', command],
        env=environment,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr if aloud else subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode != 0:
        raise RuntimeError(f'{command}: {done.stdout}')
    return done.stdout


def site_name(var):
    """What `make reset` wants to hear where people have accounts: the site's name at its last
    start."""
    site = read(f'{var}/site') if os.path.exists(f'{var}/site') else ''
    return site.strip().rpartition('://')[2].rstrip('/')


def pg_bin(var):
    return f'/usr/lib/postgresql/{read(var + "/pg/PG_VERSION").strip()}/bin'


def newest(*folders):
    # A folder's own time is that of the last file that went.
    return max(
        os.stat(os.path.join(folder, name)).st_mtime
        for top in folders
        for folder, _, names in os.walk(os.path.join(ROOT, top))
        for name in ['.', *names]
    )


def template():
    """The folder of a stopped instance with all data in it; made when there is none, or none of the
    present data."""
    os.makedirs(FOLDER, exist_ok=True)
    folder = os.path.join(FOLDER, 'template')
    with open(os.path.join(FOLDER, 'lock'), 'w') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = os.path.join(folder, 'pg', 'PG_VERSION')
        if not os.path.exists(made) or os.stat(made).st_mtime < newest(
            'sql', 'etc', 'cgi-bin/admin'
        ):
            port = free_port()
            control('reset', folder, port)
            try:
                # Takes as long as any first start, so that it is shown.
                control('start', folder, port, aloud=True)
            finally:
                control('stop', folder, port)
            # Every instance copies it: segments of the journal that wait to be used again are half
            # of its weight.
            user = pwd.getpwuid(os.stat(made).st_uid).pw_name
            # The folder may be a link from where that user can not come.
            words = f'{pg_bin(folder)}/pg_resetwal', '-D', os.path.realpath(f'{folder}/pg')
            subprocess.run(as_user(user, *words), check=True, stdout=subprocess.DEVNULL, cwd='/')
            mark(folder)
            os.utime(made)
    return os.path.realpath(folder)


def mark(var):
    """Says in an instance's folder which tree's tests it belongs to."""
    with open(f'{var}/tests-of', 'w') as file:
        file.write(FOLDER)
    owner = os.stat(var)
    os.chown(file.name, owner.st_uid, owner.st_gid)


def folder_of(name):
    """Where the copy of that name lies: beside the template, which etc/instance has put where the
    instance's user can come, perhaps with those of other trees."""
    source = os.path.realpath(os.path.join(FOLDER, 'template'))
    return os.path.join(os.path.dirname(source), f'fault-{os.path.basename(source)[9:]}{name}')


def copy(name, prepare=None):
    """A folder of that name for an instance that was never started, with all data in it;
    prepare(var) is called before it has any."""
    source, var = template(), folder_of(name)
    if os.path.exists(f'{var}/tolok-kota'):
        control('reset', var, free_port())
    shutil.rmtree(var, ignore_errors=True)
    os.makedirs(var)
    user = pwd.getpwuid(os.stat(source).st_uid).pw_name
    shutil.copy(f'{source}/tolok-kota', var)
    for path in (var, f'{var}/tolok-kota'):
        shutil.chown(path, user, user)
    mark(var)
    if prepare:
        prepare(var)
    subprocess.run(['cp', '-aT', f'{source}/pg', f'{var}/pg'], check=True)
    with open(f'{var}/pg/postgresql.conf', 'a') as file:
        file.write(UNSURE)
    return var


def remove(var):
    """Takes away the folder of an instance that was ended, and that of its sockets."""
    for folder in {os.path.realpath(f'{var}/run'), var}:
        shutil.rmtree(folder, ignore_errors=folder != var)


def left():
    """Folders of instances that tests of this tree have left, or those of a tree that is gone."""
    beside = os.path.dirname(folder_of(''))
    for name in sorted(os.listdir(beside) if os.path.isdir(beside) else []):
        var = f'{beside}/{name}'
        if (
            not os.path.islink(var)
            and os.path.exists(f'{var}/tests-of')
            and os.path.exists(f'{var}/tolok-kota')
        ):
            tree = read(f'{var}/tests-of')
            if not os.path.isdir(tree) or (tree == FOLDER and name.startswith('fault-')):
                yield var


def sweep():
    """Ends and removes them."""
    for var in left():
        control('reset', var, free_port())


def keep_logs(var):
    """What a failed test leaves of an instance that was ended: nothing that grows with the data."""
    for name in os.listdir(var):
        if name not in ('log', 'tolok-kota', 'tests-of', 'nginx'):
            path = f'{var}/{name}'
            if os.path.isdir(path) and not os.path.islink(path):
                shutil.rmtree(path)
            else:
                os.remove(path)
