#!/usr/bin/env python3
"""Junk in every field of every form of the desk, by everybody: it is refused or kept as it is, and
never is it our fault."""
import os
import re
import secrets
import sys
import urllib.parse

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import uploader
from tap import done, none, ok

ALL = os.environ.get('TOLOK_ALL', '') not in ('', '0')
JUNK = [
    "' OR 1=1 --",
    '\x01',
    '\u202ebalik',
    'x' * 9000,
    '{"a":[null]}',
    '-1',
    '99999999999999999999',
    '1e400',
    'NaN',
    '2026-02-30',
    'infinity',
    '{1,2}',
    '$1',
    '\\',
    'https://',
    '😀' * 300,
]
# What ends the session, hashes a password, or takes a file; tests of their own send junk there.
APART = re.compile(r'^/keluar$|^/masuk|^/undangan|^/meja/akun|/tambah$|^/meja/bukti')

source = open(os.path.join(os.environ['ROOT'], 'cgi-bin/desk/acts.c'), encoding='utf-8').read()
own = [
    name
    for name, in uploader.sql(
        "select f.name from pub.win_field f union all select 'keep_' || f.name from pub.win_field f"
    )
]
every = sorted(
    set(
        re.findall(
            r'[a-z_]+',
            ' '.join([*own, *re.findall(r'\.fields = "([^"]*)"', source), 'reason why note']),
        )
    )
    - {'form', 'key', 'file', 'links'}
)
paths = [path for path in re.findall(r'\.path = "([^"]+)"', source) if not APART.search(path)]
ok(
    len(paths) > 10 and {'title', 'email', 'region', 'reason', 'figure_before'} <= set(every),
    f'{len(paths)} forms, {len(every)} fields',
)

people = {
    'office': uploader.Person('office'),
    'operator': uploader.Person('operator', '35.71'),
    'owner': uploader.Person('owner', '35.71', 'governance'),
    'assessor': uploader.Person('assessor'),
}
form = {who: who.get('/meja/akun').field('form') for who in people.values()}
win = people['operator'].win('Sampah')
account = uploader.sql(
    "select id from data.account where email = :'email'", email=people['assessor'].email
)[0][0]
faults, statuses = [], set()
for n, path in enumerate(paths):
    for role, who in people.items():
        for junk in JUNK if ALL else JUNK[n % 3 :: 3]:
            fields = dict.fromkeys(every, junk) | {
                'form': form[who],
                'key': secrets.token_urlsafe(18),
                'seen': '1',
            }
            address = path.replace(':file', '1').replace(
                ':id', account if '/pengguna/' in path else win
            )
            answer = who.ask(
                'POST',
                address,
                urllib.parse.urlencode(fields, errors='surrogateescape'),
                {'Content-Type': 'application/x-www-form-urlencoded', 'Origin': os.environ['BASE']},
            )
            statuses.add(answer.status)
            if answer.status >= 500:
                faults.append(f'{role} {path} with {junk[:30]!r}: {answer.status}')
none(
    faults,
    f'none is answered as our fault; the answers are {", ".join(map(str, sorted(statuses)))}',
)
done()
