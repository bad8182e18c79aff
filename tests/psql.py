"""Statements of a test through one psql: to start one costs as much as many statements do."""
import atexit
import contextlib
import os
import subprocess

END = '-- the answer ends here\n'
FORGET = '\n;\ndiscard all'


class Failed(subprocess.CalledProcessError):
    """What the statement was refused with is told where nobody catches it."""

    def __str__(self):
        return f'{super().__str__()}\n{self.stderr}'


class Session:
    """session(text) is what `psql -c text` prints, but that each statement is a transaction of its
    own. A text that fails raises CalledProcessError. None knows what the one before has set, unless
    it was told with session.keep(text)."""

    def __init__(self, database='tolok', user='postgres', host=None):
        self.words = [
            'psql',
            '-X',
            '-q',
            '-At',
            '-v',
            'ON_ERROR_STOP=1',
            '-U',
            user,
            '-d',
            database,
            *(['-h', host] if host else []),
        ]
        self.psql = None
        atexit.register(self.close)

    def start(self):
        self.said = os.memfd_create('said')
        self.psql = subprocess.Popen(
            self.words, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.said
        )

    def close(self):
        if self.psql:
            self.psql.kill()
            self.psql.communicate()
            os.close(self.said)
        self.psql = None

    def keep(self, text):
        return self.ask(text).rstrip('\n')

    def ask(self, text):
        if self.psql is None:
            self.start()
        self.send(text)
        return self.answer()

    def send(self, text):
        # One that has ended tells why below.
        with contextlib.suppress(BrokenPipeError):
            self.psql.stdin.write(f'{text}\n;\n\\echo {END}')
            self.psql.stdin.flush()

    def answer(self):
        lines = []
        for line in self.psql.stdout:
            if line == END:
                return ''.join(lines)
            lines.append(line)
        said = os.pread(self.said, 65536, 0).decode('utf-8', 'replace')
        self.close()
        raise Failed(3, self.words, ''.join(lines), said)

    def __call__(self, text):
        return self.keep(f'{text}{FORGET}')


class Rows(Session):
    """rows(text, name=value, ..) is a list of lists of texts; a value is :'name' in the text."""

    def __init__(self):
        super().__init__()
        self.words += ['-F', '\t']

    def __call__(self, text, **values):
        given = ''.join(f'\\set {name} {quoted(value)}\n' for name, value in values.items())
        forgotten = ''.join(f'\\unset {name}\n' for name in values)
        said = self.ask(f'{given}{text}\n;\n{forgotten}{FORGET}')
        return [row.split('\t') for row in said.split('\n')[:-1]]


def quoted(value):
    """A value as \\set takes it."""
    text = str(value).replace('\\', '\\\\').replace("'", "''").replace('\n', '\\n')
    return f"'{text}'"


def scratch():
    """A copy of all data for one test: its name. It is gone when the test ends."""
    name = f'tolok_{os.getpid()}'
    server = Session('postgres')
    server(f'create database {name} template tolok_copy strategy file_copy')
    atexit.register(lambda: server(f'drop database {name} with (force)'))
    return name
