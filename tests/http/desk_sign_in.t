#!/usr/bin/env python3
"""Signing in through nginx: password, one-time code, recovery codes, what each step leaves behind,
and what nobody can find out."""
import concurrent.futures
import os
import secrets
import statistics
import sys
import time

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import browser
from tap import done, is_, ok

tail = secrets.token_hex(4)
me = browser.Person(f'masuk.{tail}@uji.go.id', 'office', '--name', 'Kanaria Canary')
where = f"where email = '{me.email}'"

# The invitation.
stranger = browser.Browser()
is_(stranger.get('/undangan/' + 'a' * 43).status, 410, 'an invitation that is none')
is_(stranger.get('/undangan/kurang').status, 410, 'nor is this')
ok(
    'kepada kantor program' in stranger.get('/masuk/lupa').body,
    'who has forgotten their password is told what to do',
)
page = me.get(me.link)
is_(
    (page.status, page.header('Cache-Control'), page.header('Referrer-Policy')),
    (200, 'no-store', 'strict-origin'),
    'an invitation is kept by nobody, and no link says it',
)
first = me.cookies['tolok']
browser.Browser().get(
    '/tolok.css', headers=[('Referer', browser.base + me.link)]
)  # of a browser that knows no Referrer-Policy
browser.Browser().get('/%75ndangan/' + me.link.rsplit('/', 1)[1])
for word, new, again, says in [
    ('seven characters', 'abc 123', 'abc 123', 'terlalu pendek'),
    ('eleven', 'kuda makan j', 'kuda makan', 'Kedua isian berbeda'),
    ('eleven again', 'kuda makanj', 'kuda makanj', 'terlalu pendek'),
    ('a word with a year', 'SmartCity2026', 'SmartCity2026', 'mudah ditebak'),
    ('their own name', f'kanaria.{tail}.masuk', f'kanaria.{tail}.masuk', 'mudah ditebak'),
    ('a row of keys', 'qwertyuiop[]', 'qwertyuiop[]', 'mudah ditebak'),
    ('one letter', 'a' * 64, 'a' * 64, 'mudah ditebak'),
]:
    answer = me.post(me.link, {'new': new, 'repeat': again})
    ok(
        answer.status == 422 and says in answer.body and new not in answer.body,
        f'no password: {word}',
        f'{answer.status}',
    )
answer = me.post(me.link, {'new': browser.password, 'repeat': browser.password})
is_((answer.status, answer.location), (303, '/masuk/daftar-kode'), 'a password that is one')
ok(me.cookies['tolok'] != first, 'and another token')
is_(
    browser.sql(
        f"select password_setting ~ '^.argon2id.v=19.m=47104,t=2,p=1.' from data.account {where}"
    ),
    't',
    'argon2id with 46 MiB',
)
is_(stranger.get(me.link).status, 410, 'the link is used up')
is_(me.get('/meja').location, '/masuk/kode', 'the password alone opens nothing')

# Enrolling.
page = me.get('/masuk/daftar-kode')
me.secret = browser.re.search(r'<code[^>]*>([A-Z2-7 ]{39})</code>', page.body)[1].replace(' ', '')
ok('class="qr"' in page.body and 'd="M' in page.body, 'the secret as a picture and as text')
answer = me.post('/masuk/daftar-kode', {'code': '000000'})
ok(
    answer.status == 422 and me.secret[:4] in answer.body,
    'a wrong code shows the same picture again',
)
half = me.cookies['tolok']
me.get('/masuk/daftar-kode')
me.used = 0
answer = me.post('/masuk/daftar-kode', {'code': me.code()})
me.codes = browser.re.findall(r'<code>([0-9a-z-]{19})</code>', answer.body)
is_((answer.status, len(set(me.codes))), (200, 10), 'the right one is in, with ten recovery codes')
is_(
    browser.sql(f"select count(*) from data.account {where} and otp_secret like '%{me.secret}%'"),
    '0',
    'the database has no secret that can be read',
)
is_(
    browser.sql(
        "select count(*) from data.recovery_code r join data.account a on a.id = r.account"
        f" {where} and digest = encode(sha256('{me.codes[0]}'), 'hex')"
    ),
    '1',
    'nor a recovery code',
)
ok(me.cookies['tolok'] != half, 'another token again')
stranger.cookies['tolok'] = half
is_(stranger.get('/meja').location, '/masuk', 'the one before is dead')
is_(me.get('/meja').status, 200, 'and the desk is open')

# Codes.
old = browser.totp(me.secret, me.used * 30)


def second_step(code, visitor=None):
    visitor = visitor or browser.Browser()
    visitor.get('/masuk')
    visitor.post('/masuk', {'email': me.email, 'password': browser.password})
    visitor.follow()
    return visitor, visitor.post('/masuk/kode', {'code': code})


is_(second_step(old)[1].status, 422, 'a code that was used')
is_(
    second_step(browser.totp(me.secret, time.time() - 90))[1].status,
    422,
    'one of ninety seconds ago',
)
is_(second_step(browser.totp(me.secret, time.time() + 90))[1].status, 422, 'one of the future')
is_(second_step('12345')[1].status, 422, 'half a code')
is_(second_step(me.code())[1].location, '/meja', 'a new one')
browser.sql(f"update data.account set otp_counter = 0 {where}")
both = [second_step('000000')[0] for _ in range(2)]
code = browser.totp(me.secret)
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    statuses = sorted(pool.map(lambda b: b.post('/masuk/kode', {'code': code}).status, both))
is_(statuses, [303, 422], 'one code in two browsers at once opens one')
spaced = f' {me.codes[1][:9].upper()} {me.codes[1][10:]} '
is_(second_step(spaced)[1].location, '/meja', 'a recovery code, as people type it')
is_(second_step(me.codes[1])[1].status, 422, 'is used up')
guesser, answer = second_step('000000')
for _ in range(4):
    answer = guesser.post('/masuk/kode', {'code': '000000'})
is_(
    (answer.status, answer.location),
    (303, '/masuk'),
    'after five wrong codes it begins with the password',
)


# Nobody finds out who has an account.
def forget(*emails):
    for email in emails:
        browser.sql(f"delete from data.login_attempt where who = encode(sha256('{email}'), 'hex')")


forget(me.email)


def attempt(email, word, visitor):
    visitor.get('/masuk')
    begin = time.monotonic()
    answer = visitor.post('/masuk', {'email': email, 'password': word})
    return time.monotonic() - begin, answer


def body(answer, email):
    return browser.re.sub(r'name="form" value="[^"]*"', '', answer.body).replace(email, 'EMAIL')


ended = browser.Person(f'tutup.{tail}@uji.go.id', 'assessor')
browser.sql(f"update data.account set state = 'disabled' where email = '{ended.email}'")
kinds = {'wrong password': me.email, 'nobody': f'tak.ada.{tail}@uji.go.id', 'disabled': ended.email}
for _ in range(4):  # a busy machine disturbs one or the other
    times, answers = {kind: [] for kind in kinds}, {}
    for _ in range(40 if os.environ.get('TOLOK_ALL') else 4):
        for kind, email in kinds.items():
            took, answers[kind] = attempt(email, 'bukan kata sandi itu', browser.Browser())
            times[kind].append(took)
        forget(*kinds.values())
    middle = {kind: statistics.median(t) for kind, t in times.items()}
    if max(middle.values()) < min(middle.values()) * 1.35 + 0.01:
        break
is_(
    {(a.status, body(a, kinds[k])) for k, a in answers.items()},
    {(422, body(answers['nobody'], kinds['nobody']))},
    'the same words and status, whoever it is',
)
ok(max(middle.values()) < min(middle.values()) * 1.35 + 0.01, 'and the same time', str(middle))

# Brakes. Strangers do not keep the owner out.
at_work = browser.Browser()
browser.sql(f"delete from data.wrong_code where account = (select id from data.account {where})")
second_step(me.code(), at_work)
attacker = browser.Browser()
statuses = [attempt(me.email, 'salah sekali ini', attacker)[1] for _ in range(8)]
is_([a.status for a in statuses].count(422), 5, 'five tries from one place')
ok(
    statuses[-1].status == 429 and 'Terlalu banyak percobaan. Tunggu 15 menit' in statuses[-1].body,
    'then it says how long to wait',
)
is_(attempt(me.email, browser.password, attacker)[1].status, 429, 'even for the right one')
for _ in range(4):
    other = browser.Browser()
    for _ in range(5):
        attempt(me.email, 'salah sekali ini', other)
at_work.cookies.clear()
is_(
    second_step(me.code(), at_work)[1].location,
    '/meja',
    'whom twenty-five failures elsewhere do not stop where they work',
)
elsewhere = browser.Browser()
is_(second_step('000000', elsewhere)[0].last.status, 422, 'nor at their first try from a new place')

# A neighbour behind the same address: the browser that somebody has signed in with has a mark.
kept = next(
    value for name, value in at_work.last.headers if name == 'Set-Cookie' and 'kenal' in value
)
ok(
    kept.endswith('; Path=/; HttpOnly; SameSite=Lax; Max-Age=15552000'),
    'it is kept for half a year',
    kept,
)
neighbour = browser.Browser(at_work.source)
is_(
    [attempt(me.email, 'salah sekali ini', neighbour)[1].status for _ in range(6)][-1],
    429,
    'who stops themselves alone',
)
mark = at_work.cookies['tolok-kenal']
at_work.cookies = {'tolok-kenal': mark}
is_(second_step(me.code(), at_work)[1].location, '/meja', 'and not the one who works there')
at_work.cookies = {'tolok': mark}
is_(at_work.get('/meja').location, '/masuk', 'the mark opens nothing')

# What was typed stands nowhere.
logs = ''.join(
    open(os.path.join(folder, name), encoding='utf-8', errors='replace').read()
    for folder, _, names in os.walk(os.path.join(os.environ['VAR'], 'log'))
    for name in names
)
secret_words = [
    browser.password,
    browser.password.replace(' ', '+'),
    me.link.rsplit('/', 1)[1],
    me.secret,
    code,
    *me.codes,
    *me.cookies.values(),
    'bukan kata sandi itu',
    'SmartCity2026',
]
is_(
    [word for word in secret_words if word in logs and not (word == code)],
    [],
    'no password, link, secret, code or cookie in a log',
)
ok('/undangan/...' in logs, 'an invitation is logged without what opens it')
dump = browser.subprocess.run(
    ['pg_dump', '-U', 'postgres', '-d', 'tolok', '--schema=data'],
    capture_output=True,
    text=True,
    check=True,
).stdout
is_([word for word in secret_words if word in dump and word != code], [], 'nor in the database')
done()
