#!/usr/bin/env python3
"""Who may open and do what: role x route x id, compared with tests/http/desk_matrix.csv. Every page
and every form of the desk is in it. A form that may be sent comes with a row_version that is none,
or lacks something, so that nothing changes; afterwards nothing has."""
import csv
import itertools
import os
import re
import subprocess
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import upload_cases
import uploader as desk
from tap import done, is_, none, ok

here = os.path.dirname(os.path.abspath(__file__))
expected = {}
with open(os.path.join(here, 'desk_matrix.csv'), encoding='utf-8') as file:
    for row in csv.DictReader(file):
        expected[row.pop('method'), row.pop('route'), row.pop('id')] = row

people = {
    'nobody': desk.Person(),
    'office': desk.Person('office'),
    'assessor': desk.Person('assessor'),
    'operator': desk.Person('operator', '35.71'),
    'owner': desk.Person('owner', '35.71', 'governance'),
    'neighbour': desk.Person('owner', '35.71', 'economy'),
    'stranger': desk.Person('operator', '35.77'),
    'half': desk.Person('office'),
}
desk.sql(
    (
        "update data.session set level = 'password' where account = (select id from data.account"
        " where email = :'email')"
    ),
    email=people['half'].email,
)
number = {
    who: desk.sql(
        "select coalesce((select id from data.account where email = :'email'), 0)",
        email=person.email,
    )[0][0]
    for who, person in people.items()
}
# Somebody whose account was ended: of it nothing can be changed any more.
ended = desk.Person('assessor')
ended_number = desk.sql(
    "update data.account set state = 'disabled' where email = :'email' returning id",
    email=ended.email,
)[0][0]
ended_session = desk.sql(
    'select max(id) from data.session where account = :account', account=ended_number
)[0][0]

# One quick win of the city in each state, each with a file.
writer, office = people['operator'], people['office']
wins = {
    state: writer.win(f'Matriks {state}')
    for state in ('draft', 'submitted', 'returned', 'published', 'withdrawn')
}
files = {}
for state, win in wins.items():
    page = writer.get(f'/meja/quickwin/{win}/berkas')
    said = writer.post(
        f'/meja/quickwin/{win}/berkas/tambah',
        {name: page.field(name) for name in ('form', 'key', 'seen')} | {'caption': 'Gambar'},
        [('file', 'a.png', upload_cases.seed('good.png'))],
    )
    found = desk.sql('select max(id) from data.win_file where win = :win', win=win)
    files[state] = found[0][0] or '0'
for state, win in wins.items():
    if state != 'draft':
        writer.act('win_submit({win}, {seen}, {key})', win=win)
    if state == 'returned':
        office.act("win_decide({win}, {seen}, {key}, false, 'Kurang')", win=win)
    if state in ('published', 'withdrawn'):
        office.act('win_decide({win}, {seen}, {key}, true, null)', win=win)
    if state == 'withdrawn':
        office.act("win_withdraw({win}, {seen}, {key}, 'Keliru')", win=win)
is_(
    desk.sql(
        (
            'select string_agg(v.state, \' \' order by w.id) from data.win w join data.win_version'
            ' v on v.win = w.id and v.n = w.newest where w.id = any (string_to_array(:\'ids\', \''
            ' \')::integer[])'
        ),
        ids=' '.join(wins.values()),
    ),
    [['draft submitted returned published withdrawn']],
    'a quick win in each state',
)
is_([f for f in files.values() if f == '0'], [], 'each with a file')

# A letter of the city in each state.
letters = {
    state: writer.letter(upload_cases.document(7000 + n), f'B-{n}/MATRIKS', state)
    for n, state in enumerate(('draft', 'submitted', 'returned', 'confirmed'))
}
office.act("letter_return({letter}, {seen}, {key}, 'Kurang')", letter=letters['returned'])
is_(
    office.act('letter_confirm({letter}, {seen}, {key}, null, null)', letter=letters['confirmed']),
    'done',
    'a letter in each state',
)

# What an id may stand for on a route.
kinds = {
    'letter': {**letters, 'none': '2147483647'},
    'win': {**wins, 'none': '2147483647'},
    'file': {**files, 'none': '2147483647'},
    'account': {
        'own': None,
        'assessor': number['assessor'],
        'city': number['neighbour'],
        'ended': ended_number,
        'none': '2147483647',
    },
    'session': {'ended': ended_session, 'none': '2147483647'},
}


def kind_of(route):
    if '/sesi/:id' in route:
        return 'session'
    if '/pengguna/:id' in route:
        return 'account'
    if '/surat/:id' in route:
        return 'letter'
    return 'file' if route == '/meja/berkas/:id' else 'win' if '/quickwin/:id' in route else None


def routes():
    program = os.environ['DESK']
    for line in subprocess.run(
        [program, '--pages'], capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
    ).stdout.splitlines():
        yield 'GET', line.split('\t')[1]
    source = open(os.path.join(os.environ['ROOT'], 'cgi-bin/desk/acts.c'), encoding='utf-8').read()
    for path in re.findall(r'\.path = "([^"]+)"', source):
        yield 'POST', path


none_such = '2147483647'


def address(route, subject, who):
    path = route.replace(':number', none_such).replace(':token', 'a' * 43).replace(':n', '1')
    path = path.replace(':round', 'tidak-ada').replace(':preview', none_such)
    path = path.replace(':ask', none_such)
    path = path.replace(':topic', 'tidak-ada')
    kind = kind_of(route)
    if kind is None:
        return path.replace(':id', none_such)
    return path.replace(':file', files.get(subject, '1')).replace(
        ':id', kinds[kind][subject] or number[who]
    )


def ask(method, path, who):
    person = people[who]
    if method == 'GET':
        return person.get(path).status
    form = tokens[who]
    key = f'kunci-matriks-{next(count):08}'
    return person.post(
        path,
        {
            'form': form,
            'key': key,
            'seen': '0',
            'why': '',
            'reason': '',
            'title': 'x' * 600,
            'role': '-',
        },
    ).status


count = itertools.count()
tokens = {
    who: person.get(
        '/masuk/kode' if who == 'half' else '/masuk' if who == 'nobody' else '/meja/akun'
    ).field('form')
    for who, person in people.items()
}
# What ends sessions, and what the tests of signing in do at length.
skipped = {
    ('POST', '/keluar'),
    ('POST', '/masuk'),
    ('POST', '/masuk/kode'),
    ('POST', '/masuk/lanjut'),
    ('POST', '/masuk/lanjut/kode'),
    ('POST', '/masuk/lanjut/daftar-kode'),
    ('POST', '/masuk/daftar-kode'),
    ('POST', '/undangan/:token'),
    ('POST', '/meja/akun/email'),
    ('POST', '/meja/akun/kode'),
    ('POST', '/meja/akun/autentikator'),
    ('POST', '/meja/akun/sesi/akhiri'),
}


def state():
    """What all of these people, and their city, have at the moment."""
    return desk.sql(
        """
        with mine as (select a from data.account a where a.id = any (string_to_array(:'ids',
        ' ')::integer[])),
             win as (select w from data.win w where w.created_by in (select (a).id from mine)),
             what (t) as (select a::text from mine union all select w::text from win
               union all select (to_jsonb(v) - 'opened_by' - 'opened_at')::text
               from data.win_version v where v.win in (select (w).id from win)
               union all select f::text from data.win_file f where f.win in (select (w).id from win)
               union all select l::text from data.letter l where l.created_by in (select (a).id
               from mine)
               union all select i::text from data.invitation i where i.account in (select (a).id
               from mine) or i.created_by in (select (a).id from mine)
               union all select (to_jsonb(s) - 'seen_at')::text from data.session s where s.account
               in (select (a).id from mine))
        select count(*), md5(string_agg(t, '|' order by t)) from what""",
        ids=' '.join([*number.values(), ended_number]),
    )


before = state()
actual, wrong = {}, []
for method, route in routes():
    if (method, route) in skipped:
        continue
    kind = kind_of(route)
    for subject in kinds[kind] if kind else ['-']:
        if method == 'POST' and kind == 'account' and subject in ('assessor', 'city'):
            continue
        # Which opens an account again: tests/http/desk_accounts.t.
        if route.endswith('/buka') and subject == 'ended':
            continue
        got = {who: str(ask(method, address(route, subject, who), who)) for who in people}
        actual[method, route, subject] = got
        want = expected.get((method, route, subject), {})
        wrong += [
            f'{method} {route} {subject}: {who} gets {got[who]}, expected {want.get(who)}'
            for who in people
            if got[who] != want.get(who)
        ]
none(wrong, 'everybody gets what the file says')
none(
    [' '.join(key) for key in expected if key not in actual], 'and nothing in the file is no route'
)
is_(state(), before, 'nothing has changed')
done()
