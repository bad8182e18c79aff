"""Instances of two trees on copies of the same data. A tree is a checkout with its own build; an
instance of it is started by its own scripts."""
import os
import pwd
import re
import shutil
import subprocess
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from port import free_port  # noqa: E402 (the path comes first)

# Both instances say that this is their address, so that their pages are equal.
SITE = 'http://localhost:8080'
HOST = 'localhost:8080'


class Tree:
    def __init__(self, root):
        self.root = os.path.realpath(root)
        if not os.path.exists(f'{self.root}/etc/instance'):
            raise SystemExit(f'{root} is no tree of Tolok Kota')

    def build(self):
        subprocess.run(
            ['make', '-s', '-C', self.root, f'-j{os.cpu_count()}', 'build'],
            check=True,
            env=clean(),
            stdout=subprocess.DEVNULL,
        )

    def commit(self):
        """The commit of its files, or None where they are not those of a commit."""

        def git(*words):
            return subprocess.run(
                ['git', '-C', self.root, *words], check=True, capture_output=True, text=True
            ).stdout.strip()

        changed = git(
            'status',
            '--porcelain',
            '--',
            'cgi-bin',
            'sql',
            'templates',
            'public',
            'etc',
            'Makefile',
        )
        return None if changed else git('rev-parse', '--short=12', 'HEAD')

    def pages(self):
        """(program, name, path, [(parameter, kind)]) of each page, as the programs list them."""
        for program in ('web', 'desk'):
            said = subprocess.run(
                [f'{self.root}/build/{program}', '--pages'],
                check=True,
                capture_output=True,
                text=True,
                stdin=subprocess.DEVNULL,
                env=clean(),
            ).stdout
            for line in said.splitlines():
                # Older trees have a column more before the parameters.
                name, path, *_, params, _ = line.split('\t')
                yield program, name, path, [tuple(word.split(':')[:2]) for word in params.split()]


def clean(**more):
    """The environment without what a caller's make or instance has put there."""
    foreign = (
        'PG',
        'TOLOK_',
        'LISTEN',
        'WATCH',
        'MAKE',
        'MFLAGS',
        'BUILD',
        'SITE',
        'VAR',
        'PORT',
        'CLAMD',
        'SMTP',
        'PAGES',
    )
    return {key: value for key, value in os.environ.items() if not key.startswith(foreign)} | more


class Instance:
    """An instance of a tree in folder `var`: with Instance(tree, var) as instance: ..."""

    def __init__(self, tree, var, site=None):
        self.tree, self.var = tree, var
        self.port, self.watch = free_port(), free_port()
        self.base = f'http://127.0.0.1:{self.port}'
        self.site = site or self.base

    def control(self, command):
        done = subprocess.run(
            [f'{self.tree.root}/etc/instance', command],
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=clean(
                VAR=self.var,
                PORT=str(self.port),
                LISTEN='127.0.0.1',
                WATCH=f'127.0.0.1:{self.watch}',
                SITE=self.site,
            ),
        )
        if done.returncode != 0:
            raise RuntimeError(f'{self.tree.root}: {command}: {done.stdout}')

    def start(self):
        self.control('start')
        self.run = os.path.realpath(f'{self.var}/run')

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.control('stop')
            raise
        return self

    def __exit__(self, *_):
        self.control('stop')

    def sql(self, text, **values):
        words = [word for name, value in values.items() for word in ('-v', f'{name}={value}')]
        done = subprocess.run(
            [
                'psql',
                '-X',
                '-q',
                '-At',
                '-v',
                'ON_ERROR_STOP=1',
                '-h',
                self.run,
                '-U',
                'postgres',
                '-d',
                'tolok',
                *words,
            ],
            input=text,
            text=True,
            capture_output=True,
            env=clean(),
        )
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return done.stdout.splitlines()


def owner(path):
    return pwd.getpwuid(os.stat(path).st_uid).pw_name


def copy(source, name):
    """A folder beside that of a stopped instance, for another instance with the same data."""
    source = os.path.realpath(source)
    var = f'{source}.{re.sub("[^A-Za-z0-9]", "-", name)}'
    shutil.rmtree(var, ignore_errors=True)
    os.makedirs(var)
    user = owner(source)
    for file in ('tolok-kota', 'seal.key'):
        if os.path.exists(f'{source}/{file}'):
            subprocess.run(['cp', '-a', f'{source}/{file}', var], check=True)
    if user != owner(var):
        shutil.chown(var, user, user)
    for folder in ('pg', 'files'):
        if os.path.exists(f'{source}/{folder}'):
            subprocess.run(
                ['cp', '-aT', '--reflink=auto', f'{source}/{folder}', f'{var}/{folder}'], check=True
            )
    return var


def remove(var):
    """Of an instance that has been stopped, all that is left."""
    shutil.rmtree(os.path.realpath(var), ignore_errors=True)
    if os.path.islink(var):
        os.remove(var)
