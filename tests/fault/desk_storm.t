#!/usr/bin/env python3
"""More people sign in at once than can be hashed for: nobody waits until the web server gives up.
Who has waited five seconds is told at once to come back, in their language, without any work for
it; nothing of theirs is counted against them, and whoever comes then is served."""
import os
import re
import secrets
import signal
import socket
import sys
import threading
import time
import urllib.parse

from house import ROOT, allowed, breakable, wait_for
from tap import done, is_, none, ok

here = breakable('storm')
os.environ |= {
    'BASE': here.base,
    'PGHOST': here.run,
    'VAR': here.var,
    'TOLOK': os.path.join(ROOT, os.environ.get('BUILD', 'build'), 'tolok'),
}
sys.path.append(os.path.join(ROOT, 'tests', 'http'))
import browser  # noqa: E402 (it reads the environment)

CROWD = 60
visitor = browser.Browser()
form = visitor.get('/masuk').field('form')
answers, sent = [], []


def sign_in(number):
    """Sends the form; what comes back, and after how long, joins `answers`."""
    text = urllib.parse.urlencode(
        {'email': f'tak.ada.{number}@uji.go.id', 'password': 'bukan kata sandi itu', 'form': form}
    )
    request = (
        f'POST {"/en" if number % 2 else ""}/masuk HTTP/1.1\r\nHost:'
        f' 127.0.0.1:{here.port}\r\nConnection: close\r\nCookie:'
        f' tolok={visitor.cookies["tolok"]}\r\nOrigin: {here.base}\r\nContent-Type:'
        f' application/x-www-form-urlencoded\r\nContent-Length: {len(text)}\r\n\r\n{text}'
    )
    began = time.monotonic()
    with socket.create_connection(
        ('127.0.0.1', here.port),
        60,
        source_address=(f'127.78.{number}.{secrets.randbelow(250) + 1}', 0),
    ) as connection:
        connection.sendall(request.encode())
        sent.append(time.monotonic())
        answer = b''
        while more := connection.recv(65536):
            answer += more
    answers.append((number, answer.decode(), time.monotonic() - began))


# The workers at the door are held, as if hashing for others took that long.
insider = browser.Person('orang.dalam@uji.go.id', 'office').begin()
tried = here.sql('select count(*) from data.login_attempt')
workers = [
    pid
    for pid in here.processes('desk')
    if os.readlink(f'/proc/{pid}/cwd').endswith('/service/door')
]
here.signal(signal.SIGSTOP, *workers)
pause = time.monotonic()
crowd = [threading.Thread(target=sign_in, args=(number,)) for number in range(CROWD)]
for thread in crowd:
    thread.start()
status = insider.get('/meja').status
ok(status == 200 and time.monotonic() - pause < allowed(4), 'who has signed in works on meanwhile')
# Each of them, as the last has come by then.
wait_for(lambda: len(sent) == CROWD, 60)
time.sleep(max(0, 6 - (time.monotonic() - max(sent))))
went_on = time.monotonic()
here.signal(signal.SIGCONT, *workers)
for thread in crowd:
    thread.join()
took = time.monotonic() - went_on
is_(
    {answer[9:12] for _, answer, _ in answers},
    {'503'},
    f'each of {CROWD} who waited too long is told so',
)
ok(took < allowed(3), f'all of them {took:.1f} s after the line moved on')
words = {0: 'layanan sedang sibuk', 1: 'the service is busy'}
none(
    [
        f'{number}: {answer[:300]}'
        for number, answer, _ in answers
        if not re.search(r'\r\nRetry-After: \d+\r\n', answer)
        or 'Cache-Control: no-store' not in answer
        or words[number % 2] not in answer
    ],
    'when to come back, and why, in the language of the page',
)
is_(
    here.sql('select count(*) from data.login_attempt'),
    tried,
    'nothing was hashed, and no try is counted against anybody',
)
ok(set(workers) <= set(here.processes('desk')), 'the workers are those of before')
answers.clear()
sign_in(200)
is_(answers[0][1][9:12], '422', 'who comes now is served')


# The same of a password that is changed, and of an invitation's: by hand, as if sent on long ago.
def by_hand(path, sent):
    fields = urllib.parse.urlencode(
        {
            'form': form,
            'email': 'a@uji.go.id',
            'password': 'x',
            'new': browser.password,
            'repeat': browser.password,
        }
    )
    variables = {
        'VAR': here.var,
        'TOLOK_SITE': here.base,
        'HTTP_HOST': f'127.0.0.1:{here.port}',
        'PATH_INFO': path,
        'REQUEST_METHOD': 'POST',
        'CONTENT_TYPE': 'application/x-www-form-urlencoded',
        'CONTENT_LENGTH': str(len(fields)),
        'REMOTE_ADDR': '192.0.2.1',
        'HTTP_COOKIE': f'tolok={visitor.cookies["tolok"]}',
        **sent,
    }
    program = os.path.join(ROOT, os.environ.get('BUILD', 'build'), 'desk')
    return browser.subprocess.run(
        [program], env=variables, input=fields, capture_output=True, text=True, check=True
    ).stdout[8:11]


for path, served in [
    ('/masuk', '422'),
    ('/undangan/' + 'a' * 43, '410'),
    ('/meja/akun/sandi', '403'),
    ('/meja/akun/kode', '403'),
]:
    is_(
        [by_hand(path, {'TOLOK_SENT': f'{time.time() - age:.3f}'}) for age in (7, 1)]
        + [by_hand(path, {}), by_hand(path, {'TOLOK_SENT': 'x'})],
        ['503', served, served, served],
        f'{path}: late, in time, and without a clock',
    )
done()
