#!/usr/bin/env python3
"""Hashing is hard work on purpose. A crowd that signs in at once slows the public pages down at
most twofold, no more than two hashes are made at a time, and nobody can tell by the time whether
an address has an account."""
import os
import secrets
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.append(os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'fault'))
import browser
from tap import done, is_, ok
from visit import visit, wrk

ALL = os.environ.get('TOLOK_ALL', '') not in ('', '0')
# Beside other tests a client leaves the machine some air, and what takes a few milliseconds is not
# slow.
PAUSE, SLOW = (0, 0) if ALL else (5, 25)
# Each hash is a tenth of a second of a processor: the short form has a third of them.
MANY, PAIRS = (100, 100) if ALL else (36, 8)
tail = secrets.token_hex(4)
host = urllib.parse.urlsplit(browser.base)
me = browser.Person(f'lambat.{tail}@uji.go.id', 'assessor').begin()
visitor = browser.Browser()
form = visitor.get('/masuk').field('form')
cookie = f'tolok={visitor.cookies["tolok"]}'


def body(email):
    return urllib.parse.urlencode(
        {'email': email, 'password': 'bukan kata sandi itu', 'form': form}
    ).encode()


def forget():
    browser.sql(
        "update data.login_attempt set at = at - interval '1 day' where source like '127.77.%' or"
        f" who = encode(sha256('{me.email}'), 'hex')"
    )


# A crowd at once: each address has an account or has none, and comes from its own place.
def request(number):
    text = body(me.email if number % 2 else f'tak.ada.{number}.{tail}@uji.go.id')
    return (
        f'POST /masuk HTTP/1.1\r\nHost: {host.netloc}\r\nConnection: close\r\nCookie:'
        f' {cookie}\r\nOrigin: {browser.base}\r\nContent-Type:'
        f' application/x-www-form-urlencoded\r\nContent-Length: {len(text)}\r\n\r\n'
    ).encode() + text


def crowd(statuses, slowest):
    def one(number):
        began = time.monotonic()
        with socket.create_connection(
            (host.hostname, host.port),
            60,
            source_address=(f'127.77.{number}.{secrets.randbelow(250) + 1}', 0),
        ) as connection:
            connection.sendall(request(number))
            answer = b''
            while more := connection.recv(65536):
                answer += more
        statuses.append(int(answer[9:12] or b'0'))
        slowest.append(time.monotonic() - began)

    threads = [threading.Thread(target=one, args=(n,)) for n in range(MANY)]
    for thread in threads:
        thread.start()
    return threads


addresses = ['/', '/kota', '/quickwin', '/kota/kota-kediri', '/peringkat/2024']
for path in addresses:
    visit(host.port, path)


def public(seconds):
    with wrk(host.port, addresses, seconds, 4, PAUSE) as result:
        return result()


# A busy machine disturbs one or the other: beside other tests, answers have to go on, and how fast
# they are is judged where nothing else runs.
for _ in range(3 if ALL else 1):
    statuses, slowest = [], []
    quiet = public(2)
    with wrk(host.port, addresses, 3, 4, PAUSE) as result:
        threads = crowd(statuses, slowest)
        crowded = result()
    for thread in threads:
        thread.join()
    forget()
    if crowded.p99 <= max(2 * quiet.p99, SLOW):
        break
ok(
    crowded.p99 <= max(2 * quiet.p99, SLOW) if ALL else crowded.p99 < 5000,
    (
        f'{MANY} sign in: the p99 of public pages is {crowded.p99:.1f} ms, {quiet.p99:.1f} ms'
        f' without ({crowded.p99 / quiet.p99:.2f})'
    ),
)
is_(
    (crowded.failed, set(statuses) <= {422, 503}, len(statuses)),
    (0, True, MANY),
    f'no page fails, and all of them are answered, {statuses.count(422)} with a judgement',
)
ok(max(slowest) < 30, f'the last after {max(slowest):.1f} s')

# Of twelve programs that would all hash, two do: a hash needs 46 MiB, and a program has less than
# that otherwise.
programs = []
variables = {
    'VAR': os.environ['VAR'],
    'TOLOK_SITE': browser.base,
    'HTTP_HOST': host.netloc,
    'PATH_INFO': '/masuk',
    'REQUEST_METHOD': 'POST',
    'CONTENT_TYPE': 'application/x-www-form-urlencoded',
    'HTTP_COOKIE': cookie,
}
for number in range(12):
    text = body(f'tak.ada.{number}.{tail}@uji.go.id')
    program = subprocess.Popen(
        [os.environ['DESK']],
        env=variables | {'CONTENT_LENGTH': str(len(text)), 'REMOTE_ADDR': f'192.0.2.{number}'},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    program.stdin.write(text)
    program.stdin.close()
    programs.append(program)


def hashes(program):
    try:
        with open(f'/proc/{program.pid}/statm', encoding='ascii') as file:
            return int(file.read().split()[1]) * os.sysconf('SC_PAGE_SIZE') > 40 * 2**20
    except (OSError, IndexError):
        return False


most, seen = 0, set()
while any(program.poll() is None for program in programs):
    busy = [program.pid for program in programs if hashes(program)]
    most, seen = max(most, len(busy)), seen | set(busy)
    time.sleep(0.002)
answers = [program.stdout.read().decode() for program in programs]
is_(
    # How many of them get to it before their five seconds are over is up to the machine.
    ({answer[8:11] for answer in answers} <= {'422', '503'}, most <= 2, len(seen) > 1),
    (True, True, True),
    f'of twelve programs that hash at most {most} do at once; {len(seen)} were seen',
)
forget()


# Mann-Whitney: how likely it is that a try with an account takes longer than one without; a half is
# what nobody learns from.
def tries(email, times):
    other = browser.Browser()
    other.cookies = dict(visitor.cookies)
    began = time.monotonic()
    answer = other.post('/masuk', {'email': email, 'password': 'bukan kata sandi itu'}, form=form)
    times.append(time.monotonic() - began)
    return answer.status


for _ in range(3):
    known, unknown, answered = [], [], set()
    for number in range(PAIRS):
        # Now this one first, now that one.
        pair = [(me.email, known), (f'tak.ada.{number}.{tail}@uji.go.id', unknown)]
        answered |= {tries(*each) for each in (pair if number % 2 else reversed(pair))}
        if number % 8 == 7:
            forget()
    size = len(known) * len(unknown)
    above = sum((a > b) + (a == b) / 2 for a in known for b in unknown) / size
    deviation = ((len(known) + len(unknown) + 1) / 12 / size) ** 0.5
    if abs(above - 0.5) < 3 * deviation:
        break
is_(answered, {422}, 'all of them are refused')
ok(
    abs(above - 0.5) < 3 * deviation,
    (
        f'a known address takes longer in {above:.0%} of {size} pairs,'
        f' {statistics.median(known) * 1000:.0f} and {statistics.median(unknown) * 1000:.0f} ms'
    ),
)
ok(0.01 < statistics.median(known), 'and they are really hashed')
done()
