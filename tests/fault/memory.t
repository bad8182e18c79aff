#!/usr/bin/env python3
"""Memory is refused to a program: its n-th request for it, for many n, or from then on for good.
Whatever was to become of that memory, in our code or in a library, the program sends a whole answer
or none, and when it ends it says why."""
import concurrent.futures
import contextlib
import itertools
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import done, none, ok  # noqa: E402 (the path comes first)

ALL = os.environ.get('TOLOK_ALL', '') not in ('', '0')
ROOT = os.environ['ROOT']
FOLDER = tempfile.mkdtemp(prefix='tolok-memory-')
PATIENCE = 20  # seconds; twice what the watchdog has
chance = random.Random(2026)
names = itertools.count()

ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith(('TOLOK_', 'NOMEM'))} | {
    'TOLOK_DB': f'host=\'{os.environ["PGHOST"]}\' dbname=tolok user=tolok_web',
    'REQUEST_METHOD': 'GET',
    'VAR': FOLDER,
    'REQUEST_ID': '0' * 32,
    'LD_PRELOAD': f'{FOLDER}/nomem.so',
}


def wrong_answer(said):
    """What is wrong with an answer, which must be whole; '' when nothing is."""
    head, _, body = said.partition(b'\r\n\r\n')
    if not head.startswith(b'Status: '):
        return f'no status: {said[:80]!r}'
    length = re.search(rb'(?m)^Content-Length: (\d+)', head)
    if not length or int(length[1]) != len(body):
        return f'{len(body)} bytes of {length and length[1]}'
    return ''


def wrong_end(status, log):
    """What is wrong with how a process has ended."""
    if status < 0:
        return f'ended by signal {-status}'
    if status not in (0, 1, 70):
        return f'status {status}'
    if status and 'level=error' not in log:
        return f'ends with {status} and does not say why: {log[-300:]}'
    return ''


def by_hand(path, n, good):
    """Faults of one run, and its log."""
    run = subprocess.Popen(
        [os.environ['WEB']],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT | {'PATH_INFO': path, 'NOMEM': str(n)} | good,
    )
    try:
        said, log = run.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        run.kill()
        run.communicate()
        return ['it hangs'], ''
    log = log.decode(errors='replace')
    faults = [wrong_end(run.returncode, log)]
    # Before main begins nobody knows what the program is for.
    if said or run.returncode == 0:
        faults.append(wrong_answer(said))
    return faults, log


def record(kind, content=b''):
    return bytes((1, kind, 0, 1)) + len(content).to_bytes(2, 'big') + b'\0\0' + content


def ask(address, path):
    """The answer of whoever accepts there, out of its records, which may end early."""
    variables = {'REQUEST_METHOD': 'GET', 'REQUEST_ID': '0' * 32, 'PATH_INFO': path} | {
        f'HTTP_X_{i}': 'x' for i in range(60)
    }
    pairs = b''.join(
        bytes((len(k), len(v))) + k.encode() + v.encode() for k, v in variables.items()
    )
    said, at, data = b'', 0, b''
    with socket.socket(socket.AF_UNIX) as peer:
        peer.settimeout(PATIENCE)
        peer.connect(address)
        peer.sendall(record(1, b'\0\1\0\0\0\0\0\0') + record(4, pairs) + record(4) + record(5))
        with contextlib.suppress(ConnectionError):  # it may end before it has read all
            while more := peer.recv(65536):
                data += more
    while at + 8 <= len(data):
        length = int.from_bytes(data[at + 4 : at + 6], 'big')
        if data[at + 1] == 6:
            said += data[at + 8 : at + 8 + length]
        at += 8 + length + data[at + 6]
    return said


def as_worker(path, n, good):
    """Faults of a worker that serves one request, and its log."""
    # What workers share is in VAR: each has its own here.
    var = f'{FOLDER}/{next(names)}'
    address = f'{var}/run/web.sock'
    os.makedirs(f'{var}/run')
    with socket.socket(socket.AF_UNIX) as listening, tempfile.TemporaryFile() as log:
        listening.bind(address)
        listening.listen()
        run = subprocess.Popen(
            [os.environ['WEB']],
            stdin=listening,
            stdout=subprocess.DEVNULL,
            stderr=log,
            env=ENVIRONMENT | {'VAR': var, 'NOMEM': str(n), 'NOMEM_FROM': 'accept'} | good,
        )
        faults = []
        try:
            said = ask(address, path)
            if said:
                faults.append(wrong_answer(said))
            run.terminate()  # which it obeys between two requests, if it still lives
            status = run.wait(PATIENCE)
        except (TimeoutError, subprocess.TimeoutExpired):
            run.kill()
            run.wait()
            return ['it hangs'], ''
        log.seek(0)
        text = log.read().decode(errors='replace')
        if not said and status == 0:
            faults.append('neither an answer nor an end')
        faults.append(wrong_end(status, text))
        return faults, text


def count(kind, path):
    """How often the program asks for memory when it gets it."""
    faults, log = kind(path, 0, {})
    return int(re.findall(r'nomem: (\d+)', log)[-1]) if not any(faults) else 0


def sweep(name, kind, path, numbers, good=None):
    """Every run must be faultless; most were refused something, as not all ask equally often."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = list(zip(numbers, pool.map(lambda n: kind(path, n, good or {}), numbers)))
    none(
        [f'{n}: {fault}' for n, (faults, _) in runs for fault in faults if fault],
        f'{name}, {path}: {len(runs)} refusals',
    )
    refused = sum('nomem: refused' in log for _, (_, log) in runs)
    ok(
        refused >= len(runs) / 2,
        f'{name}, {path}: something was refused',
        f'{refused} of {len(runs)}',
    )


def some(first, last, size):
    numbers = range(first, last + 1)
    return sorted(chance.sample(numbers, min(size, len(numbers))))


try:
    subprocess.run(
        [
            'gcc',
            '-O1',
            '-Wall',
            '-Wextra',
            '-Werror',
            '-shared',
            '-fPIC',
            '-o',
            f'{FOLDER}/nomem.so',
            f'{ROOT}/tests/fault/nomem.c',
        ],
        check=True,
    )
    pages = ['/nowhere', '/tentang', '/kota/kota-kediri'] if ALL else ['/nowhere', '/tentang']
    start = 0
    for path in pages:
        total = count(by_hand, path)
        ok(total > 100, f'by hand, {path}: answered when nothing is refused, with {total} pieces')
        # Until the templates are loaded each page does the same.
        sweep('by hand', by_hand, path, some(start + 1, total, total if ALL else 16))
        start = start or total * 9 // 10
        total = count(as_worker, path)
        ok(total > 100, f'as a worker, {path}: answered when nothing is refused')
        sweep('as a worker', as_worker, path, some(1, total, total if ALL else 12))
    for name, kind in ('by hand', by_hand), ('as a worker', as_worker):
        numbers = some(1, count(kind, pages[1]), 300 if ALL else 6)
        sweep(f'{name}, for good', kind, pages[1], numbers, {'NOMEM_FOR_GOOD': '1'})
finally:
    shutil.rmtree(FOLDER)
done()
