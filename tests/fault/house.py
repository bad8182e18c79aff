"""An instance of its own for a fault test, which the test may kill, starve and fill up: the house
and its processes.

    from house import breakable
    here = breakable('kill')        # ends by itself when the test ends, or serves the next one
    here.workers()                  # process ids
    here.fetch('/kota')             # one visitor's request, through nginx
    here.fetch('/kota', past=True)  # the same past nginx's cache

The database is a copy of one that tests/run, or the first test to come, makes and keeps
(copies.py). `ALL` says that the long form is wanted (make test-all): the figures that the house
promises instead of what fits into a short run.
"""
import atexit
import contextlib
import fcntl
import itertools
import os
import pwd
import re
import signal
import subprocess
import sys
import time

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import tap  # noqa: E402 (the path comes first)
from copies import (  # noqa: E402, F401 (the path comes first)
    FOLDER,
    ROOT,
    control,
    copy,
    keep_logs,
    left,
    pg_bin,
    remove,
    site_name,
    sweep,
)
from look import (  # noqa: E402, F401
    allowed,
    as_user,
    cpu,
    descriptors,
    read,
    resident,
    started,
    stat,
    wait_for,
    words_of,
    wrong,
)
from port import free_port  # noqa: E402
from psql import Session  # noqa: E402
from visit import Answer, visit  # noqa: E402

ALL = os.environ.get('TOLOK_ALL', '') not in ('', '0')
SERVICES = ('nginx', 'web', 'postgres')


def skip(reason):
    """Ends the test where the machine does not allow it."""
    print(f'1..0 # SKIP {reason}')
    raise SystemExit(0)


class Instance:
    def __init__(self, name, prepare=None, leave=None, begin=True, **more):
        """prepare(var) is called before the start and leave(var) at the end; `more` are variables
        of the start, which is the test's own where it does not begin."""
        self.leave = leave
        self.meet(copy(name, prepare), free_port(), free_port(), more)
        atexit.register(self.end)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        if begin:
            self.start()

    def meet(self, var, port, watch, more):
        self.var, self.port, self.watch = var, port, watch
        self.user = pwd.getpwuid(os.stat(var).st_uid).pw_name
        self.sessions = {}
        self.base = f'http://127.0.0.1:{port}'
        self.more = {'WATCH': f'127.0.0.1:{watch}'} | more

    def moved(self, fault):
        """Takes another port where somebody has begun to listen at that one since it was free."""
        if f'port {self.port} is in use' not in str(fault):
            return False
        self.port = free_port()
        self.base = f'http://127.0.0.1:{self.port}'
        return True

    def start(self):
        while True:
            try:
                control('start', self.var, self.port, **self.more)
                break
            except RuntimeError as fault:
                if not self.moved(fault):
                    raise
        self.run = os.path.realpath(f'{self.var}/run')

    def make(self, command):
        """`make db-stop`, `make db-code`, .. of this instance."""
        return control(command, self.var, self.port, **self.more)

    def end(self):
        """Whatever the test left stopped goes on, so that it can be ended; its logs stay until the
        next run when something failed. In the short form it is ended without manners, as
        tests/setup shows how `make stop` and `make reset` do it."""
        if not os.path.exists(self.var):  # the test has done so
            return
        good = tap.failed == 0 and sys.exc_info()[0] is None
        if ALL:
            for pid in self.processes():
                self.signal(signal.SIGCONT, pid)
            control('stop', self.var, self.port)
        else:
            self.kill()
        if not good:
            keep_logs(self.var)
            return
        if self.leave:
            self.leave(self.var)
        if ALL:
            control('reset', self.var, self.port)
        else:
            remove(self.var)

    def kill(self):
        """Ends all of its processes at once. The database takes its piece of the system's memory
        with it."""
        postgres = [pid for pid in self.processes('postgres') if ' -D ' in words_of(pid)]
        self.signal(signal.SIGKILL, *self.processes('s6-svscan', 's6-supervise'))
        self.signal(signal.SIGKILL, *set(self.processes()) - set(self.processes('postgres')))
        self.signal(signal.SIGQUIT, *postgres)
        self.signal(signal.SIGCONT, *self.processes('postgres'))
        if wait_for(lambda: not self.processes('postgres'), 10) is None:
            self.signal(signal.SIGKILL, *self.processes())
        wait_for(lambda: not self.processes(), 10)

    # Processes

    def processes(self, *names):
        """Ids of the instance's living processes, of those commands or of all."""
        found = []
        for pid in map(int, filter(str.isdigit, os.listdir('/proc'))):
            with contextlib.suppress(OSError):
                if not (os.readlink(f'/proc/{pid}/cwd') + '/').startswith(self.var + '/'):
                    continue
                if not names or read(f'/proc/{pid}/comm').strip() in names:
                    found.append(pid)
        return sorted(found)

    def dead(self):
        """Ids of its processes that have ended and that nobody has asked after."""
        found, living = set(), None
        for pid in map(int, filter(str.isdigit, os.listdir('/proc'))):
            with contextlib.suppress(OSError):
                state, parent = stat(pid)[:2]
                # The dead have no folder any more, but a parent that has.
                if state == 'Z':
                    living = living or self.processes()
                    if int(parent) in living:
                        found.add(pid)
        return found

    def unburied(self):
        """Those who are dead now and stay so. Others may die meanwhile: what was told to end is
        slow on a busy machine."""
        left = self.dead()

        def gone():
            left.intersection_update(self.dead())
            return not left

        wait_for(gone, 5)
        return left

    def workers(self):
        return self.processes('web')

    def nginx_workers(self):
        return [pid for pid in self.processes('nginx') if 'worker process' in words_of(pid)]

    def master(self):
        return int(read(f'{self.var}/nginx/pid'))

    def postmaster(self):
        return int(read(f'{self.var}/pg/postmaster.pid').split()[0])

    def backends(self):
        """The database's processes that serve our workers."""
        return [pid for pid in self.processes('postgres') if 'tolok_web' in words_of(pid)]

    def signal(self, number, *pids):
        if number == signal.SIGKILL:
            # What is left of a killed server still answers those whom it knows.
            for session in self.sessions.values():
                session.close()
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def as_user(self, *words):
        """Runs a command as the user of the instance."""
        return subprocess.run(
            as_user(self.user, *words), check=True, text=True, capture_output=True
        ).stdout

    def service(self, option, *names):
        """s6-svc OPTION for those services: '-d' brings down, '-u' up; '-d' waits until it is
        down."""
        for name in names:
            subprocess.run(['s6-svc', option, f'{self.var}/service/{name}'], check=True)
        if option == '-d':
            for name in names:
                assert wait_for(lambda: not self.is_up(name), 20), f'{name} does not go down'

    def is_up(self, name):
        words = ['s6-svstat', '-o', 'up', f'{self.var}/service/{name}']
        return subprocess.run(words, capture_output=True, text=True).stdout.strip() == 'true'

    # Requests

    def fetch(self, path, past=False, timeout=20, **more) -> Answer:
        """One request on a connection of its own; past=True: past nginx's cache."""
        return visit(self.watch if past else self.port, path, timeout=timeout, **more)

    def served(self, path, seconds=10, past=True):
        """One request, past the cache. A new worker that the database of a busy machine keeps
        waiting for two seconds asks the visitor to come back, and they do."""
        answers = []

        def done():
            answers.append(self.fetch(path, past=past))
            return answers[-1].status != 503 or not answers[-1].head.get('retry-after')

        wait_for(done, seconds, 0.2)
        return answers[-1]

    def fresh(self, path='/kota'):
        """Whether the program answers a page from the database now."""
        answer = self.fetch(path, past=True)
        return answer.fault is None and answer.status == 200

    def addresses(self):
        """Addresses of the house's pages, some of each kind, as its own pages link to them: 200 in
        the long form, and 8 in the short one. Each worker plans each of them anew, which is most of
        what a fault test costs, and what happens to workers does not depend on which page they
        make."""
        seen = ['/', '/kota', '/kota/kota-kediri', '/quickwin', '/tentang', '/metode/2024']
        if not ALL:
            return seen + ['/peringkat/2024', '/quickwin/1']
        for path in list(seen) + [
            '/peringkat/2024',
            '/banding?kota=kota-madiun,kota-serang,kota-kediri',
        ]:
            text = self.fetch(path).body.decode()
            links = [link.replace('&amp;', '&') for link in re.findall(r'href="(/[^"#]*)"', text)]
            links = [link for link in links if link not in seen and not re.search(r'\.\w+$', link)]
            seen += list(dict.fromkeys(links))[:50]
        return seen

    def warm(self, addresses):
        """Asks for each page once, as visitors have before the fault; returns the first answers
        that are not right."""
        return wrong(self.served(path, past=False) for path in addresses)

    def connections(self):
        """How many the public port and the one past the cache have, as the kernel counts them on
        the server's side."""
        local = f':{self.port:04X}', f':{self.watch:04X}'
        rows = [line.split() for line in read('/proc/net/tcp').splitlines()]
        return sum(1 for row in rows if row[1].endswith(local) and row[3] == '01')

    def nginx_text(self):
        """The configuration that nginx runs with, all files of it."""
        # Root's nginx would give the folders of the cache to nobody.
        return self.as_user(
            'nginx',
            '-T',
            '-q',
            '-p',
            f'{self.var}/nginx',
            '-c',
            f'{self.var}/nginx/nginx.conf',
            '-e',
            'stderr',
        )

    # The database and the logs

    def sql(self, text, user='postgres'):
        """What psql prints for it. A session that the test has ended meanwhile is begun anew."""
        if user not in self.sessions:
            self.sessions[user] = Session(user=user, host=self.run)
        session = self.sessions[user]
        old = session.psql is not None
        try:
            return session(text).strip()
        except subprocess.CalledProcessError as error:
            if not old or 'connection' not in error.stderr:
                raise
        return session(text).strip()

    @contextlib.contextmanager
    def locked(self):
        """Nobody else can read any table of the data meanwhile."""
        words = [
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
        ]
        tables = self.sql(
            "select string_agg(format('%I.%I', schemaname, tablename), ', ') from pg_tables where"
            " schemaname = 'data'"
        )
        for _ in range(20):
            with subprocess.Popen(
                words,
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            ) as holder:
                # A page that reads several of them may wait for it as it waits for the page: then
                # one of both is refused.
                holder.stdin.write(
                    f'begin; lock table {tables} in access exclusive mode; select 1;\n'
                )
                holder.stdin.flush()
                if holder.stdout.readline() == '':
                    continue
                yield
                holder.stdin.close()
                return
        raise RuntimeError('the tables could not be locked')

    def log(self, name):
        """What the log of `name` (web, nginx, access, postgres) holds; none when it was never
        written."""
        folder = f'{self.var}/log/{name}'
        with contextlib.suppress(FileNotFoundError):
            return ''.join(
                read(f'{folder}/{f}')
                for f in sorted(os.listdir(folder))
                if f == 'current' or f[0] == '@'
            )
        return ''


# Where tests leave the instances that they have not broken for good, for the next ones of the run
# (tests/run).
POOL = '' if ALL else os.environ.get('POOL', '')
POOLED = 2


def breakable(name, **more):
    """An instance for a test that leaves it as it was: with no data but what all begin with, and
    enough workers that one may be gone when another is killed. Where another test of the run has
    left one that nobody has now, that one.
    More than POOLED at a time are not started: each costs as much as a test."""
    more = {'WORKERS': '4', 'TOLOK_REQUESTS': '1000000000'} | more
    if not POOL:
        return Instance(name, **more)
    for number in itertools.cycle(range(POOLED)):
        place = open(f'{POOL}/{number}', 'a+', encoding='ascii')
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            place.close()
            time.sleep(0.1)
        else:
            return Borrowed(name, place, more)
    return None


class Borrowed(Instance):
    def __init__(self, name, place, more):
        self.place = place
        place.seek(0)
        last = place.read().splitlines()
        place.truncate(0)
        if last:
            self.leave = None
            self.meet(last[0], int(last[1]), int(last[2]), more)
            self.run = os.path.realpath(f'{self.var}/run')
            if self.whole():
                atexit.register(self.end)
                return
            self.kill()
            remove(self.var)
        super().__init__(name, **more)

    def whole(self):
        """Whether everything is there and goes on."""

        def found():
            pids = self.processes()
            return (
                (len(self.workers()), len(self.processes('desk'))) == (4, 7)
                and self.fresh()
                and not any(stat(pid)[0] == 'T' for pid in pids if os.path.exists(f'/proc/{pid}'))
            )

        return wait_for(found, 5) is not None

    def end(self):
        """Of a test that has passed the next one may have it."""
        if (
            tap.failed == 0
            and sys.exc_info()[0] is None
            and os.path.exists(f'{self.var}/port')
            and self.whole()
        ):
            self.place.write(f'{self.var}\n{self.port}\n{self.watch}\n')
            self.place.flush()
        else:
            super().end()


def main(words):
    """Called by tests/run: for each name a copy of the data, whose folder it prints. What an
    earlier run left goes first, but with --beside, for a test among others."""
    if words == ['--clean']:
        sweep()
        control('reset', os.path.join(FOLDER, 'template'), free_port())
    elif words == ['--end-pool']:
        for place in os.listdir(POOL):
            if last := read(f'{POOL}/{place}').splitlines():
                here = Instance.__new__(Instance)
                here.meet(last[0], 0, 0, {})
                here.kill()
                remove(here.var)
            os.remove(f'{POOL}/{place}')
    elif words == ['--keep-logs']:
        kept = list(left())
        for var in kept:
            control('stop', var, free_port())
            keep_logs(var)
            print(f'Kept for a look, until the next run: {var}/log')
    else:
        if words[:1] == ['--beside']:
            del words[0]
        else:
            sweep()
        for name in words:
            print(copy(name))


if __name__ == '__main__':
    main(sys.argv[1:])
