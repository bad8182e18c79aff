#!/usr/bin/python3
"""What root does with an instance: whoever runs code as its user owns the folder of its state, so
that each name in there may be a link to a file or folder of root's. No target of make changes what
such a link leads to, and nothing of the instance's user gets hold of root's terminal."""
import contextlib
import os
import pty
import pwd
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile

tests = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path += [tests, os.path.join(tests, 'fault')]
from house import ALL, ROOT, as_user, free_port, read  # noqa: E402 (the path is first)
from house import skip, wait_for  # noqa: E402 (the path is first)
from tap import done, is_, none, ok  # noqa: E402

if os.getuid() != 0:
    skip('for root alone')
USER = 'tolok'
top = tempfile.mkdtemp(prefix='tolok-root-')
os.chmod(top, 0o755)
tree, var, canary = f'{top}/tree', f'{top}/var', f'{top}/canary'
# All but db-upgrade, which runs where nothing else does.
COMMANDS = ('run', 'start', 'stop', 'reload', 'roll', 'db-code', 'db-stop', 'db-start', 'reset')


def write(path, text, mode=0o600):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    os.chmod(path, mode)


# A tree with the scripts that root runs; what runs as the user does nothing.
shutil.copytree(f'{ROOT}/etc', f'{tree}/etc')
for name in ('control', 'reload', 'db-upgrade'):
    write(f'{tree}/etc/{name}', '#!/bin/sh\nexit 0\n', 0o755)
write(f'{tree}/sql/code.sql', '')
write(f'{tree}/Makefile', 'stage:\n\tmkdir -p "$(APP)" && cp -R etc sql "$(APP)"\n')


def state(folder):
    """All that can be told of root's files: names, owners, modes, contents."""
    found = {}
    for place, folders, files in os.walk(folder):
        for name in ['.', *folders, *files]:
            path = f'{place}/{name}'
            s = os.lstat(path)
            found[path] = (
                s.st_mode,
                s.st_uid,
                s.st_gid,
                s.st_size,
                None if os.path.isdir(path) else s.st_mtime_ns,
            )
    return found


# What a link may lead to: a file, an empty folder, and a folder like one of ours.
write(f'{canary}/file', 'root:secret\n')
os.makedirs(f'{canary}/empty')
for name in (
    'sql/important',
    'sql/page/x.sql',
    'a/b',
    'pg/PG_VERSION',
    'run/hash1.lock',
    'site',
    'versions/1/etc/control',
    'service/web/run',
    'port',
    'postmaster.pid',
    'etc/lib.sh',
):
    write(f'{canary}/tree/{name}', 'of root\n')
before = state(canary)


def build():
    """The folder of an instance as its user might have made it: its scripts do nothing."""
    shutil.rmtree(var, ignore_errors=True)
    write(f'{var}/tolok-kota', '')
    for name in ('control', 'reload', 'db-upgrade'):
        write(f'{var}/versions/1/etc/{name}', '#!/bin/sh\nexit 0\n', 0o755)
    for name in ('versions/1/sql/x.sql', 'site', 'port', 'pg/x'):
        write(f'{var}/{name}', '')
    os.makedirs(f'{var}/service')
    os.symlink('versions/1', f'{var}/app')
    subprocess.run(['chown', '-hR', f'{USER}:', var], check=True)


@contextlib.contextmanager
def supervisor():
    """A process that is taken for the instance's supervisor."""
    shutil.copy('/bin/sleep', f'{top}/s6-svscan')
    words = as_user(USER, f'{top}/s6-svscan', '600')
    with subprocess.Popen(words, cwd=f'{var}/service') as process:
        wait_for(lambda: read(f'/proc/{process.pid}/comm').strip() == 's6-svscan', 5)
        yield
        process.kill()


environment = {
    k: v
    for k, v in os.environ.items()
    if not k.startswith(('PG', 'TOLOK_', 'LISTEN', 'WATCH', 'SITE'))
}
environment |= {'VAR': var, 'PORT': str(free_port()), 'LISTEN': '127.0.0.1', 'SURE': 'x'}


def make(command, **more):
    """What `make COMMAND` runs, until it ends or is ended; what it says."""
    try:
        return subprocess.run(
            [f'{tree}/etc/instance', command],
            env=environment,
            timeout=60,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **more,
        ).stdout
    except subprocess.TimeoutExpired:
        faults.append(f'{command} does not end')
        return ''


def plant(names, target):
    for name in names:
        path = f'{var}/{name}'
        if os.path.lexists(path):
            os.rename(path, f'{path}.real')
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.symlink(f'{canary}/{target}', path)
        os.lchown(path, *pwd.getpwnam(USER)[2:4])


def run_all(names, target, commands):
    """Every command while these names lead to what is root's."""
    build()
    with contextlib.ExitStack() as stack:
        if not commands[0].endswith('-cold'):
            stack.enter_context(supervisor())
        plant(names, target)
        for command in commands:
            make(command.removesuffix('-cold'))
            now = state(canary)
            changed = sorted(k for k in before.keys() | now.keys() if before.get(k) != now.get(k))
            if changed:
                faults.append(f'make {command}, {" ".join(names)} -> {target}: {changed[:4]}')
                before.clear()
                before.update(now)


# Every name that an instance's folder has, and that its scripts know.
scripts = ''.join(
    read(f'{ROOT}/etc/{name}')
    for name in os.listdir(f'{ROOT}/etc')
    if os.path.isfile(f'{ROOT}/etc/{name}')
)
names = set(os.listdir(os.environ['VAR'])) | set(
    re.findall(r'\$VAR/([a-z][A-Za-z0-9.-]*[a-z])', scripts)
)
others = sorted(names - {'tolok-kota', 'app', 'versions'})
faults = []
try:
    ok({'lock', 'pg', 'run', 'files', 'service'} & names, f'{len(names)} names are known')
    run_all(others, 'file', ('roll', 'reload', 'reset'))
    run_all(others, 'tree', COMMANDS)
    run_all(others, 'tree', ('start-cold', 'db-upgrade', 'reset'))
    run_all(['run', 'pg', 'site'], 'empty', ('reset',))
    run_all(['app', 'versions', 'tolok-kota'], 'tree', ('reload', 'db-code', 'reset'))
    run_all(['versions'], 'tree', ('start-cold',))
    run_all(['app/sql', 'app/sql.new', 'app/sql.old'], 'tree', ('db-code',))
    none(faults, 'what a name in VAR leads to is as it was, whatever is made')

    # Nobody writes into these pipes, so that whoever opens one waits for ever.
    known = re.search(r'usage: instance (\S+)}', read(f'{ROOT}/etc/instance'))[1].split('|')
    is_(sorted({*COMMANDS, 'db-upgrade'}), sorted(known), 'each command is tried')
    below = ('pg/PG_VERSION', 'pg/postmaster.pid', 'nginx/listen', 'log/s6')
    for name in [*others, *below] if ALL else ('supervisor', 'pg/PG_VERSION'):
        build()
        path = f'{var}/{name}'
        if os.path.isdir(path):
            os.rename(path, f'{path}.real')
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            os.remove(path)
        os.mkfifo(path)
        for command in known if ALL or name == 'supervisor' else ('start', 'reset'):
            if f'{path} is a pipe' not in make(command):
                faults.append(f'make {command} with {path}')
    none(faults, 'a pipe in VAR is told, and not read')

    # Whoever has root's terminal can type in it.
    build()
    write(
        f'{var}/versions/1/etc/control',
        (
            '#!/bin/bash\nexec >"$VAR/told"\n'
            '(exec 5<>/dev/tty) 2>/dev/null && echo a terminal of its own\n'
            'ls -l /proc/$$/fd | grep -e pts -e tty\n'
        ),
        0o755,
    )
    with supervisor():
        child, terminal = pty.fork()
        if child == 0:
            os.execvpe(f'{tree}/etc/instance', ['instance', 'start'], environment)
        with contextlib.suppress(OSError):
            while os.read(terminal, 1000):
                pass
        os.waitpid(child, 0)
    is_(read(f'{var}/told'), '', "what runs as the instance's user has no terminal of root's")

    # The operator's command, too, is not root in there.
    build()
    os.makedirs(f'{var}/run')
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f'{var}/run/.s.PGSQL.5432')
        os.chmod(f'{var}/run/.s.PGSQL.5432', 0o777)
        server.listen()
        with subprocess.Popen(
            [os.environ['TOLOK'], 'account', 'list'], env=environment, stderr=subprocess.DEVNULL
        ):
            with server.accept()[0] as connection:
                told = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    is_(
        struct.unpack('3i', told)[1:],
        pwd.getpwnam(USER)[2:4],
        "root's build/tolok asks as the instance's user",
    )
finally:
    shutil.rmtree(top)
done()
