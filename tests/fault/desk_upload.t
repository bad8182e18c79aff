#!/usr/bin/env python3
"""Whoever sends files holds up nobody who does something else. A file that is being added while
workers or the database die is there whole or not at all, and sending the form again gives it
exactly once."""
import contextlib
import copy
import hashlib
import http.client
import os
import random
import re
import secrets
import signal
import struct
import sys
import threading
import time
import urllib.parse
import zlib

import house
from house import ALL, breakable, wait_for
from tap import done, is_, none, ok

here = breakable('upload')
os.environ |= {'BASE': f'http://localhost:{here.port}', 'PGHOST': here.run}
sys.path.append(os.path.join(house.ROOT, 'tests', 'http'))
import upload_cases  # noqa: E402 (it needs what was just set)
from uploader import Person, sql  # noqa: E402

kediri = Person('operator', '35.71')
chance = random.Random(5)


def content(number, size=2 * 1024 * 1024):
    return upload_cases.document(number, size)


def kill_workers():
    here.signal(signal.SIGKILL, *here.processes('desk'))


def kill_database():
    """One process of the database, which takes all others with it."""
    here.signal(
        signal.SIGKILL,
        *[pid for pid in here.processes('postgres') if 'tolok_desk' in house.words_of(pid)][:1],
    )
    sql.close()  # which dies with it


def upload_of(page, win, number, size=2 * 1024 * 1024):
    """A form of that page: path, fields, files."""
    fields = {name: page.field(name) for name in ('form', 'key', 'seen')}
    return (
        f'/meja/quickwin/{win}/berkas/tambah',
        fields | {'caption': f'Berkas {number}'},
        [('file', f'{number}.pdf', content(number, size))],
    )


def attempt(path, fields, part):
    try:
        return kediri.post(path, fields, part).status
    except (OSError, http.client.HTTPException):
        return None


def page_of(win):
    """The form, as soon as the desk answers."""
    found = []

    def answers():
        try:
            found[:] = [kediri.get(f'/meja/quickwin/{win}/berkas')]
        except (OSError, http.client.HTTPException):
            return False
        return found[0].status == 200

    wait_for(answers, 30, 0.1)
    return found[0]


def add(number, kill):
    """Adds a file while something dies a moment after it was sent; what is wrong afterwards."""
    win = wins[number % len(wins)]
    path, fields, part = upload_of(page_of(win), win, number)
    first = []
    sender = threading.Thread(target=lambda: first.append(attempt(path, fields, part)))
    sender.start()
    time.sleep(chance.uniform(0, 0.08))
    kill()
    sender.join()
    # The same form again, as the visitor who saw an error would send it.
    last = wait_for(lambda: attempt(path, fields, part) == 303, 30, 0.1)
    digest = hashlib.sha256(part[0][2]).hexdigest()
    kept = f'{here.var}/files/{digest[:2]}/{digest[2:]}'
    rows = sql("select count(*) from data.win_file where digest = :'digest'", digest=digest)[0][0]
    trail = sql(
        "select count(*) from data.audit where act = 'file_add' and after ->> 'digest' = :'digest'",
        digest=digest,
    )[0][0]
    whole = os.path.isfile(kept) and hashlib.sha256(open(kept, 'rb').read()).hexdigest() == digest
    outcomes.append(first[0])
    if last is None or (rows, trail, whole) != ('1', '1', True):
        yield (
            f'{number}: at first {first[0]}, then {last}; rows {rows}, in the trail {trail}, whole'
            f' {whole}'
        )


def another_place():
    """The same person, who has signed in once more."""
    person = copy.copy(kediri)
    person.token = secrets.token_urlsafe(32)
    sql(
        '''insert into data.session (account, digest, level, source, agent, expires_at)
           select id, :'digest', 'full', '127.0.0.1', 'uji', now() + interval '1 hour'
           from data.account where email = :'email' ''',
        digest=hashlib.sha256(person.token.encode()).hexdigest(),
        email=kediri.email,
    )
    return person


wins = [kediri.win(f'Uji {number}') for number in range(8)]


def written():
    """Requests that nginx is at, this one too."""
    return int(re.search(rb'Writing: (\d+)', here.fetch('/nginx', past=True).body)[1])


# One operator sends files from eight places, and what looks at them is held, as if that took long.
workers = [
    pid
    for pid in here.processes('desk')
    if os.readlink(f'/proc/{pid}/cwd').endswith('/service/upload')
]
madiun = Person('operator', '35.77')
title = madiun.win('Uji')
places = [another_place() for _ in wins]
forms = [
    upload_of(place.get(f'/meja/quickwin/{win}/berkas'), win, 2000 + number, 20000)
    for number, (place, win) in enumerate(zip(places, wins, strict=True))
]
here.signal(signal.SIGSTOP, *workers)
answers = []
senders = [
    threading.Thread(target=lambda place=place, form=form: answers.append(place.post(*form).status))
    for place, form in zip(places, forms, strict=True)
]
for sender in senders:
    sender.start()
ok(
    wait_for(lambda: written() > 8, 20) is not None,
    'files of one operator are on their way from eight places',
)
again = threading.Thread(target=lambda: answers.append(places[0].post(*forms[0]).status))
again.start()
wait_for(lambda: written() > 9, 20)
is_(places[0].post(*forms[0]).status, 429, 'of each place two')
page = madiun.get(f'/meja/quickwin/{title}/ubah')
fields = {name: page.field(name) for name in ('form', 'key', 'seen')}
is_(
    [
        page.status,
        madiun.ask(
            'POST',
            f'/meja/quickwin/{title}/simpan',
            urllib.parse.urlencode(fields | {'title': 'Uji lagi'}),
            {'Content-Type': 'application/x-www-form-urlencoded', 'Origin': os.environ['BASE']},
        ).status,
        places[0].get(f'/meja/quickwin/{wins[0]}/berkas').status,
        kediri.get('/meja').status,
    ],
    [200, 303, 200, 200],
    'others and they themselves read and write meanwhile',
)
ok(answers == [], 'while all the files wait', str(answers))
here.signal(signal.SIGCONT, *workers)
for sender in [*senders, again]:
    sender.join()
is_(answers, [303] * 9, 'then each is added')

wins = wins[:6]
outcomes = []
rounds, faults = 60 if ALL else 3, []
# When the worker is at a sender's file, nobody knows: as long as nobody was cut off, more are sent.
while len(outcomes) < rounds or (
    len(outcomes) < 5 * rounds and all(status == 303 for status in outcomes)
):
    faults += add(len(outcomes), kill_workers)
none(faults, 'workers die: each file is there once, and whole')
ok(
    any(status != 303 for status in outcomes),
    f'while {sum(status != 303 for status in outcomes)} of {len(outcomes)} senders were cut off',
)
rounds = 8 if ALL else 1
none(
    [fault for number in range(1000, 1000 + rounds) for fault in add(number, kill_database)],
    'the database dies: the same',
)

# A helper that has little of the processor, as others want it too, is no reason to leave files out.


def large(number):
    """A picture of one colour, for which a helper needs a moment."""
    side = 1000

    def chunk(kind, data):
        return (
            struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
        )

    rows = (b'\0' + bytes([100 * number, 99, 99]) * side) * side
    return (
        b'\x89PNG\r\n\x1a\n'
        + chunk(b'IHDR', struct.pack('>IIBBBBB', side, side, 8, 2, 0, 0, 0))
        + chunk(b'IDAT', zlib.compress(rows, 1))
        + chunk(b'IEND', b'')
    )


def send_all(win, *files):
    page = page_of(win)
    fields = {name: page.field(name) for name in ('form', 'key', 'seen')} | {'caption': 'Foto'}
    return kediri.post(
        f'/meja/quickwin/{win}/berkas/tambah', fields, [('file', *file) for file in files]
    )


def hold(workers, seconds):
    """Stops the first helper that one of them starts for so long."""
    found = []

    def begun():
        for worker in workers:
            with contextlib.suppress(OSError):
                with open(f'/proc/{worker}/task/{worker}/children', encoding='ascii') as children:
                    found.extend(map(int, children.read().split()))
        return found

    wait_for(begun, 30, 0.002)
    here.signal(signal.SIGSTOP, found[0])
    time.sleep(seconds)
    here.signal(signal.SIGCONT, found[0])


photos = [(f'foto{n}.png', large(n)) for n in range(2)]
holder = threading.Thread(target=hold, args=(here.processes('desk'), 6))
holder.start()
answer = send_all(wins[0], *photos)
holder.join()
is_(
    answer.headers['Location'],
    f'/meja/quickwin/{wins[0]}/berkas?tambah=2',
    'two pictures are looked into on a machine that has no time',
)

# Somebody else changes the quick win between two files of one form.
sql(
    """create function data.other() returns trigger language plpgsql security definer
         as $$ begin
         update data.win set row_version = row_version + 1 where id = new.win; return null; end $$;
       create constraint trigger other after insert on data.win_file initially deferred
         for each row when (new.name = 'satu.pdf') execute function data.other()"""
)
answer = send_all(
    wins[1],
    ('catatan.txt', b'halo'),
    ('satu.pdf', content(2000, 9000)),
    ('dua.pdf', content(2001, 9000)),
    ('tiga.pdf', content(2002, 9000)),
)
sql('drop function data.other() cascade')
ok(
    answer.status == 422 and '1 berkas' in answer.text,
    'how many were added before is said',
    str(answer.status),
)
none(
    [
        name
        for name, word in (
            ('catatan.txt', 'Jenis'),
            ('dua.pdf', 'Belum ditambahkan'),
            ('tiga.pdf', 'Belum ditambahkan'),
        )
        if f'{name}: {word}' not in answer.text
    ],
    'and of each other one why it was not',
)

# What lies on disk without a row is what nobody can ask for; every row has its bytes.
rows = {row[0] for row in sql('select digest from data.file')}
lying = {
    folder[-2:] + name
    for folder, _, names in os.walk(f'{here.var}/files')
    for name in names
    if not name.startswith('.new-')
}
is_(sorted(rows - lying), [], 'every file of the database is on disk')
none(
    [
        name
        for name in lying
        if hashlib.sha256(open(f'{here.var}/files/{name[:2]}/{name[2:]}', 'rb').read()).hexdigest()
        != name
    ],
    'and every file on disk is whole',
)
is_(sql('select fault from act.audit_verify()'), [['']], 'the trail is unbroken')
done()
