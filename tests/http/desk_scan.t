#!/usr/bin/env python3
"""The virus scanner: what it knows is refused, and while it is silent nothing is kept and nothing
is lost. The scanner is one of the test's own that speaks clamd's protocol and knows one file, the
harmless one that all scanners know."""
import hashlib
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import threading

folder = os.path.dirname(os.path.abspath(__file__))
sys.path += [folder, os.path.dirname(folder)]
import upload_cases
import uploader
from tap import done, is_, ok

EICAR = rb'X5O!P%@AP[4\PZX54(P^)7CC)7}$' + b'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'
VAR = os.environ['VAR']
home = tempfile.TemporaryDirectory()
path = os.path.join(home.name, 'clamd.ctl')
state = os.stat(VAR)
owner = {} if os.getuid() else {'user': state.st_uid, 'group': state.st_gid, 'extra_groups': []}
os.chown(home.name, state.st_uid, state.st_gid)


class Scanner(threading.Thread):
    """Answers as clamd does, or as `mood` says; `seen` holds the streams that were whole."""

    def __init__(self):
        super().__init__(daemon=True)
        self.mood, self.seen, self.held = None, [], []
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(path)
        os.chown(path, state.st_uid, state.st_gid)
        self.socket.listen()

    def judge(self, stream):
        assert stream.read(10) == b'zINSTREAM\0'
        content = b''
        while size := int.from_bytes(stream.read(4), 'big'):
            content += stream.read(size)
        self.seen.append(content)
        return b'stream: Eicar-Test-Signature FOUND\0' if EICAR in content else b'stream: OK\0'

    def run(self):
        while True:
            connection, _ = self.socket.accept()
            if self.mood == 'silent':
                self.held.append(connection)
                continue
            with connection, connection.makefile('rb') as stream:
                connection.sendall(self.judge(stream) if self.mood is None else self.mood)


class ByHand(uploader.Person):
    """Sends the form to the program itself, which knows the scanner; `socket` is where it looks for
    one."""

    clamd = path

    def ask(self, method, path, body=None, headers=None):
        where, lang = (path[3:], '/en') if path.startswith('/en/') else (path, '')
        variables = {
            'VAR': VAR,
            'TOLOK_SITE': os.environ['BASE'],
            'TOLOK_CLAMD': self.clamd,
            'REQUEST_METHOD': method,
            'PATH_INFO': lang + where,
            'HTTP_HOST': uploader.base.netloc,
            'HTTP_COOKIE': f'tolok={self.token}',
            'REMOTE_ADDR': '127.0.0.1',
            'CONTENT_TYPE': (headers or {}).get('Content-Type', ''),
            'CONTENT_LENGTH': str(len(body or b'')),
        }
        # As the instance's own user, whose workers go on writing where it has written.
        app = os.path.join(VAR, 'app')
        said = subprocess.run(
            [f'{app}/build/desk'],
            env=variables,
            input=body or b'',
            cwd=app,
            capture_output=True,
            check=False,
            **owner,
        )
        self.log = said.stderr.decode()
        self.text = said.stdout.decode('utf-8', 'replace')
        return self

    status = property(lambda self: int(self.text[8:11]))
    field = uploader.Answer.field


scanner = Scanner()
city = ByHand('operator', '35.71')
win = city.win('Uji pemindai')
number = secrets.randbelow(10**9)
clean, big = upload_cases.document(number), upload_cases.document(number, 300000)
sick = clean.replace(b'%% %d' % number, b'%% %d %s' % (number, EICAR))


def upload(content, lang=''):
    """The answer, and whether the bytes were kept."""
    page = city.get(f'/meja/quickwin/{win}/berkas')
    fields = {
        'form': page.field('form'),
        'key': secrets.token_hex(16),
        'seen': page.field('seen'),
        'caption': 'Foto kegiatan',
    }
    answer = city.post(
        f'{lang}/meja/quickwin/{win}/berkas/tambah', fields, [('file', 'laporan.pdf', content)]
    )
    digest = hashlib.sha256(content).hexdigest()
    return answer, os.path.exists(os.path.join(VAR, 'files', digest[:2], digest[2:]))


def rows():
    return uploader.sql('select count(*) from data.win_file where win = :win', win=win)[0][0]


scanner.start()
answer, kept = upload(sick)
is_((answer.status, kept, rows()), (422, False, '0'), 'a file that the scanner knows is not kept')
ok(
    'Pemindai virus menemukan isi yang berbahaya' in answer.text
    and 'value="Foto kegiatan"' in answer.text,
    'which a sentence says, and what was typed is still there',
)
ok(
    'event=scan_found' in answer.log and 'Eicar-Test-Signature FOUND' in answer.log,
    'the log names what it is',
)
answer, kept = upload(big)
is_(
    (answer.status, kept, rows(), scanner.seen[-1] == big),
    (303, True, '1', True),
    'another one is, and the scanner saw all of its bytes',
)

# One that does not answer as it should: nothing is kept, nothing is lost.
for name, mood in [
    ('has enough of it', b'INSTREAM size limit exceeded. ERROR\0'),
    ('hangs up', b''),
    ('says something else', b'stream: OK\n'),
    ('talks without an end', b'x' * 4096),
]:
    scanner.mood = mood
    answer, kept = upload(clean)
    is_(
        (
            answer.status,
            kept,
            'Pemindai virus sedang tidak menjawab' in answer.text,
            'value="Foto kegiatan"' in answer.text,
        ),
        (422, False, True, True),
        f'a scanner that {name}',
    )
scanner.mood = 'silent'
answer, kept = upload(clean, '/en')
is_(
    (answer.status, kept, 'The virus scanner is not answering' in answer.text),
    (422, False, True),
    'one that says nothing for four seconds',
)
city.clamd = path + '.none'
is_((upload(clean)[0].status, rows()), (422, '1'), 'one that is not there')
scanner.mood, city.clamd = None, path
answer, kept = upload(clean)
is_((answer.status, kept, rows()), (303, True, '2'), 'when it answers again the same file is kept')
city.clamd = ''
is_(upload(sick)[0].status, 303, 'without a scanner nobody is asked')
done()
