#!/usr/bin/env python3
"""What is kept of the desk: none of its pages by nginx or a browser, no secret in a log or in the
database, however it came; and how long the server takes for a page."""
import os
import re
import secrets
import statistics
import subprocess
import sys

tests = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path += [tests, os.path.join(tests, 'fault')]
import audit
import browser
import upload_cases
import uploader
from house import allowed
from tap import done, is_, none, ok

tail = secrets.token_hex(4)
mark = f'kanari{tail}'
city, office = uploader.Person('operator', '36.73'), uploader.Person('office')
sent, draft = city.win(f'{mark} kirim'), city.win(f'{mark} draf')
form = city.get(f'/meja/quickwin/{sent}/berkas')
city.post(
    f'/meja/quickwin/{sent}/berkas/tambah',
    {name: form.field(name) for name in ('form', 'key', 'seen')} | {'caption': mark},
    [('file', 'a.png', upload_cases.seed('good.png'))],
)
file = uploader.sql('select max(id) from data.win_file where win = :win', win=sent)[0][0]
is_(city.act('win_submit({win}, {seen}, {key})', win=sent), 'done', 'a quick win with a file')
account = uploader.sql("select id from data.account where email = :'email'", email=city.email)[0][0]
agency = uploader.sql(
    "insert into data.agency (region, name) values ('36.73', :'name') returning id", name=mark
)[0][0]

# Every page that is there, for who may open it.
# A job that has ended, and a preview that holds no more.
job, preview = uploader.sql(
    """
    with o as (select min(id) as id from data.account where email = :'email'),
    j as (
      insert into data.job (kind, round, asked_by, state, ended_at)
      select 'preview', '2024', o.id, 'cancelled', now() from o returning id),
    p as (
      insert into data.preview (round, n, state, why, ended_at, title_id, title_en, year, simulated,
        method, main, main_name_id, main_name_en, scale_min, scale_max, higher_is_better, draws,
        regions, criteria, digest, same, entering, leaving, changed_values, changed_ranks,
        changed_coverage, changed_intervals, changed_others, changed_files)
      values ('2024', 1, 'outdated', 'newer', now(), 'Uji', 'Test', 2024, false, 'uji', 'uji',
        'Uji', 'Test', 0, 4, true, 0, 1, 1, repeat('a', 64), false, 0, 0, 0, 0, 0, 0, 0, '{}')
      returning id)
    select j.id, p.id from j, p""",
    email=office.email,
)[0]
letter = city.letter(upload_cases.document(int(tail, 16)), f'B-{tail}')
values = {
    ':id': sent,
    ':n': '1',
    ':token': 'a' * 43,
    ':round': '2024',
    ':preview': preview,
    ':topic': 'banjir',
}
addresses = []
for line in subprocess.run(
    [os.environ['DESK'], '--pages'],
    capture_output=True,
    text=True,
    check=True,
    stdin=subprocess.DEVNULL,
).stdout.splitlines():
    name, path = line.split('\t')[:2]
    own = values | {
        'user': {':id': account},
        'winfile': {':id': file},
        'winedit': {':id': draft},
        'job': {':id': job},
        'agency': {':id': agency},
        'wincheck': {':id': draft},
        'letter': {':id': letter},
        'letteredit': {':id': letter},
        'lettercheck': {':id': letter},
        'letterfile': {':id': letter},
    }.get(name, {})
    addresses.append((name, re.sub(r':\w+', lambda found: own[found[0]], path)))
log = audit.Log('desk')
faults, shown = [], set()
for name, path in addresses:
    for prefix in ('', '/en'):
        for who in (city, office, uploader.Person()):
            answer = who.get(prefix + path)
            head = {key.lower(): value for key, value in answer.headers.items()}
            if (
                head.get('cache-control') != 'no-store'
                or {'x-cache', 'etag', 'last-modified', 'expires'} & head.keys()
            ):
                faults.append(f'{prefix}{path}: {answer.status} {head}')
            if answer.status == 200 and who in (city, office):
                shown.add(name)
none(faults, 'no page of the desk may be kept, whoever asks and whatever is answered')
is_(
    shown,
    {name for name, _ in addresses}
    - {'signin', 'forgot', 'code', 'enrol', 'invitation', 'prove', 'resume', 'jobfile'},
    'all of them were opened by somebody',
)
faults = []
for method, headers in [
    ('HEAD', {}),
    ('GET', {'Cache-Control': 'max-age=999'}),
    ('GET', {'X-Forwarded-Host': 'a.example'}),
    ('GET', {'Accept-Encoding': 'gzip'}),
]:
    for path in (
        '/meja',
        f'/meja/quickwin/{sent}',
        f'/meja/berkas/{file}',
        '/meja/akun.css',
        '/meja/akun/gaya.css',
        '/meja/quickwin/1.png',
    ):
        answer = city.ask(method, path, headers=headers)
        if answer.headers.get('Cache-Control') != 'no-store' or answer.headers.get('X-Cache'):
            faults.append(f'{method} {path} {headers}: {answer.headers}')
none(faults, 'nor by another method, or under a name that looks like a file')
kept = [
    path
    for folder, _, names in os.walk(os.path.join(os.environ['VAR'], 'cache'))
    for path in (os.path.join(folder, name) for name in names)
]
bytes_of = {path: open(path, 'rb').read() for path in kept if os.path.exists(path)}
none(
    [
        path
        for path, data in bytes_of.items()
        if mark.encode() in data or re.search(rb'^KEY: .*/(meja|masuk|undangan|keluar)', data, re.M)
    ],
    f'none of {len(bytes_of)} answers that nginx keeps is one of the desk',
)
is_(
    uploader.Person()
    .ask('GET', '/', headers={'Cookie': f'tolok={city.token}'})
    .headers.get('Set-Cookie'),
    None,
    'a public page gives nobody a cookie',
)

# How long the server takes, as the program says.
timed = shown - {'winfile', 'letterfile'}
of_office = {
    'user',
    'editions',
    'edition',
    'preview',
    'job',
    'topics',
    'topic',
    'queue',
    'queuefile',
    'numbers',
    'numbersfile',
    'posts',
}


def measure():
    """The median of each page, in milliseconds."""
    times, last = {}, None
    log.lines()
    for _ in range(9):
        for name, path in addresses:
            if name in timed:
                last = (office if name in of_office else city).get(path)
    for line in log.until([last.headers['X-Request-Id'].encode()]):
        found = re.search(rb'page=(\w+) method=GET .* status=200 .* ms=([0-9.]+)', line)
        if found and found[1].decode() in timed:  # others look at pages at the same time
            times.setdefault(found[1].decode(), []).append(float(found[2]))
    return {name: statistics.median(all_of_it) for name, all_of_it in times.items()}


middle = measure()
for _ in range(3):  # a busy machine disturbs some of them
    if max(middle.values()) >= 60:
        again = measure()
        middle = {name: min(time, again.get(name, time)) for name, time in (again | middle).items()}
is_(middle.keys(), timed, 'every page but a file has a time')
ok(
    max(middle.values()) < allowed(60),
    f'the median of every page is below 60 ms: at most {max(middle.values()):.1f}',
    str(middle),
)

# Secrets that come by a wrong door.
person = browser.Person(f'kanari.{tail}@uji.go.id', 'office')
token = person.link.rsplit('/', 1)[1]
person.begin()
open_link = subprocess.run(
    [os.environ['TOLOK'], 'account', 'create', f'dua.{tail}@uji.go.id', 'office'],
    capture_output=True,
    text=True,
    check=True,
).stdout
links = [token, re.search(r'/undangan/(\S+)', open_link)[1]]
word = f'sandi {mark} rahasia'
logs = [
    audit.Log(name)
    for name in os.listdir(os.path.join(os.environ['VAR'], 'log'))
    if os.path.isdir(os.path.join(os.environ['VAR'], 'log', name))
]
visitor = browser.Browser()


def type_in(**fields):
    visitor.get('/masuk')
    visitor.post('/masuk', fields)


type_in(email=word, password=word)  # in the field above
type_in(email=f'{mark}@uji.go.id {word}', password='')
type_in(email=person.email, password=word, ke=f'/undangan/{links[1]}')
visitor.get('/masuk')
visitor.send('POST', '/masuk', f'password={word}&form='.encode(), [('Content-Type', 'text/plain')])
visitor.send(
    'POST',
    '/masuk',
    b'password=' + word.encode() + b'x' * 20000,
    [('Content-Type', 'application/x-www-form-urlencoded')],
)
visitor.send(
    'POST',
    '/masuk',
    f'password={word}'.encode(),
    [('Content-Type', 'application/x-www-form-urlencoded'), ('Origin', 'https://a.example')],
)
visitor.send('PUT', '/masuk', f'password={word}'.encode())
for link in links:
    for path in (
        f'/undangan/{link}',
        f'/en/undangan/{link}',
        f'/undangan/{link}?a=b',
        f'/undangan/{link}/',
        f'//undangan/{link}',
        f'/undangan//{link}',
        f'/Undangan/{link}',
        f'/undangan/{link}x',
        f'/undangan/%7E{link}',
        f'/./undangan/{link}',
        f'/undangan/{link}%00',
    ):
        browser.Browser().get(path)
    browser.Browser().get('/masuk', [('Referer', f'{browser.base}/undangan/{link}')])
    browser.Browser().get('/', [('Referer', f'{browser.base}/undangan/{link}')])
    browser.Browser().get('/desk.css', [('Referer', f'{browser.base}/undangan/{link}')])
    browser.Browser().get(f'/masuk?ke=/undangan/{link}')
person.get('/meja/akun')
person.post('/meja/akun/sandi', {'password': word, 'new': word, 'repeat': word})
person.sign_in()
with open(os.path.join(os.environ['VAR'], 'seal.key'), encoding='ascii') as key:
    seal = key.read().strip()
cookies = [person.cookies['tolok'], city.token]
canaries = {
    'password': word,
    'password of a form': word.replace(' ', '+'),
    'password in an address': word.replace(' ', '%20'),
    'real password': browser.password.replace(' ', '+'),
    'invitation': links[0],
    'open invitation': links[1],
    'secret of codes': person.secret,
    'cookie': cookies[0],
    'key of files and seals': seal,
    **{f'recovery code {c[:2]}': c for c in person.codes},
}
marker = browser.Browser().get('/meja').header('X-Request-Id').encode()
lines = [
    line
    for log in logs
    for line in (log.until([marker]) if log.folder.endswith(('/desk', '/access')) else log.lines())
]
ok(len(lines) > 50, f'{len(lines)} lines of {len(logs)} logs')
none(
    [
        f'{what}: {line[:300]!r}'
        for what, text in canaries.items()
        for line in lines
        if text.encode() in line
    ],
    'no secret is in any of them',
)
dump = subprocess.run(
    ['pg_dump', '-U', 'postgres', '-d', 'tolok', '--schema=data'],
    capture_output=True,
    text=True,
    check=True,
).stdout
none([what for what, text in canaries.items() if text in dump], 'nor in the database')
done()
