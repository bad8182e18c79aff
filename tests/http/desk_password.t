#!/usr/bin/env python3
"""A password is its bytes: as long as anybody likes, of any letters, and nothing of it is cut off,
trimmed or turned into something like it."""
import os
import re
import secrets
import sys
import unicodedata

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import browser
from tap import done, is_, none, ok

tail = secrets.token_hex(4)
words = 'kuda laut memanjat pohon mangga sambil bernyanyi '


def sign_in(email, password):
    """Whether the password is the right one. Each comes from a place of its own."""
    visitor = browser.Browser()
    visitor.get('/masuk')
    return visitor.post('/masuk', {'email': email, 'password': password}).status


def choose(email, password):
    person = browser.Person(email, 'assessor')
    person.get(person.link)
    return person, person.post(person.link, {'new': password, 'repeat': password}).status


# What is chosen, and what only looks like it.
long = (words * 30)[:1000]
cases = {
    'sixty-four characters': (long[:64], [long[:63]]),
    'a thousand characters': (long, [long[:999]]),
    'twelve signs of four bytes': ('🐘🌴🏠🚲🌧🎵🐟🍚🚂🌋🐓🪁', ['🐘🌴🏠🚲🌧🎵🐟🍚🚂🌋🐓']),
    'letters with marks': (
        'Ünïcödé çàfé ŝŭŝĝo',
        [unicodedata.normalize('NFD', 'Ünïcödé çàfé ŝŭŝĝo')],
    ),
    'blanks at both ends': ('  pagar bambu kuning  ', ['  pagar bambu kuning']),
    'signs of forms and pages': ('a+b%20c&d=e;f"<g>\\0\'', ['A+b%20c&d=e;f"<g>\\0\'']),
}
faults = []
for number, (name, (password, others)) in enumerate(cases.items()):
    email = f'sandi{number}.{tail}@uji.go.id'
    person, status = choose(email, password)
    if status != 303:
        faults.append(f'{name}: not taken, {status}')
    faults += [
        f'{name}: opened by {other[:40]!r}' for other in others if sign_in(email, other) != 422
    ]
    if sign_in(email, password) != 303:
        faults.append(f'{name}: does not open')
none(faults, f'{len(cases)} passwords, each byte of which counts')

# Those that everybody tries, as long as they are.
person = browser.Person(f'umum.{tail}@uji.go.id', 'assessor')
person.get(person.link)
common = [
    'administrator',
    'unbelievable',
    'liverpool1892',
    'manchesterunited',
    'barcelona2010',
    'christopher1',
    'chocolate123',
    'basketball23',
    'qwerty123456',
    'zaq12wsxcde3',
    'q1w2e3r4t5y6',
    'abcd1234abcd1234',
    'iloveyou1234',
    'letmein123456',
    'welcome2026!!',
    'Password1234!',
    'P@ssword2026',
    'teknologi2026',
    'Bismillah123!',
    'indonesia1945',
    'Surabaya2026!',
    'jakarta-2026!',
    'smartcity2026',
    'Tolok-Kota-2026',
    'walikota12345',
    'kominfo123456',
    'Kementerian1!',
    f'umum.{tail}',
]
none(
    [
        f'{word}: {answer.status}'
        for word in common
        for answer in [person.post(person.link, {'new': word, 'repeat': word})]
        if answer.status != 422
        or 'mudah ditebak' not in answer.body
        or f'value="{word}"' in answer.body
    ],
    f'{len(common)} that are easily guessed are none',
)
person.get(person.link)
ok(
    'autocomplete="new-password"' in person.last.body
    and 'type="password"' in person.last.body
    and 'onpaste' not in person.last.body,
    'a manager of passwords can fill it in',
)
page = browser.Browser().get('/masuk').body
ok(
    re.search(
        r'type="password"[^>]*autocomplete="current-password"'
        r'|autocomplete="current-password"[^>]*type="password"',
        page,
    )
    is not None,
    'here too',
)

# Nobody is there before the first account is made, and no password is kept as it is.
is_(
    browser.sql(
        "select count(*) from data.account where created_by is null and not demo and email not like"
        " '%uji.%'"
    ),
    '0',
    'no account comes with the program',
)
is_(
    browser.sql(
        "select count(*) filter (where password_setting ~"
        " '^[$]argon2id[$]v=19[$]m=47104,t=2,p=1[$]') || ' of ' || count(*) from data.account"
        f" where email like 'sandi%.{tail}@uji.go.id'"
    ),
    f'{len(cases)} of {len(cases)}',
    'and each is hashed with 46 MiB, twice over',
)
done()
