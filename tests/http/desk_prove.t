#!/usr/bin/env python3
"""Publishing wants a fresh proof of who it is: until then nothing changes, afterwards nothing that
was typed is lost."""
import html
import os
import re
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import browser
import desk
from tap import done, is_, ok

office, city = desk.person('office'), desk.person('operator', '--region', 'kota-kediri')
note = 'Bagus "sekali" <b>\r\n\r\nbaris lain & lagi'


def wait(who):
    """Ten minutes and more go by."""
    browser.sql(
        "update data.session set proved_at = now() - interval '601 seconds' where digest ="
        f" encode(sha256('{who.cookies['tolok']}'), 'hex')"
    )


def submitted(title):
    win = desk.begin(city, title)
    desk.save(city, win, **desk.words, title=title)
    desk.submit(city, win)
    return win


def state(win):
    return browser.sql(
        "select w::text || v::text from data.win w join data.win_version v on v.win = w.id where"
        f" w.id = {win}"
    )


def hidden(answer):
    """All fields of the form that asks for a proof, as the browser sends them again."""
    form = re.search(r'<form class="narrow".*?</form>', answer.body, re.S)[0]
    return {
        html.unescape(name): html.unescape(value).replace('\n', '\r\n')
        for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    }


def proofs():
    return browser.sql(
        f"select count(*) from data.audit where act = 'prove' and actor = '{office.email}'"
    )


first = submitted(f'Bukti {office.email}')
path = f'/meja/quickwin/{first}/terbitkan'
sent = desk.form(office, f'/meja/quickwin/{first}', path, note=note)
before = state(first)
wait(office)
answer = office.post(path, sent, form=None)
is_(
    (answer.status, state(first), proofs()),
    (403, before, '0'),
    'a session whose proof is old publishes nothing',
)
ok(
    '<h1>Pastikan ini Anda</h1>' in answer.body and f'action="{path}"' in answer.body,
    'it is asked who it is',
)
is_((hidden(answer) | {'form': None}), (sent | {'form': None}), 'and all that was typed is there')
for name, proof in [
    ('a wrong password', 'bukan kata sandi itu'),
    ('a wrong code', '000000'),
    ('a recovery code', office.codes[0]),
    ('nothing', ''),
]:
    answer = office.post(path, hidden(answer) | {'proof': proof}, form=None)
    is_(
        (answer.status, state(first), hidden(answer)['note']),
        (422 if proof else 403, before, note),
        f'{name} changes nothing',
    )
    ok(proof == '' or proof not in answer.body, 'and is not shown again')
wrong = hidden(answer) | {'form': 'A' * 43, 'proof': browser.password}
is_(
    (office.post(path, wrong, form=None).status, proofs()),
    (403, '0'),
    'a form that is not ours proves nothing',
)
answer = office.post(path, hidden(answer) | {'proof': browser.password}, form=None)
is_(
    (answer.status, answer.location, proofs()),
    (303, f'/meja/quickwin/{first}', '1'),
    'the password publishes it at once',
)
is_(
    browser.sql(f"select reason from data.win_version where win = {first}"),
    note.replace('\r', ''),
    'with what was typed',
)
second, third = submitted(f'Kode {office.email}'), submitted(f'Lagi {office.email}')
is_(desk.decide(office, second, 'terbitkan').status, 303, 'ten minutes long nobody asks again')

# A code, in English.
wait(office)
path = f'/en/meja/quickwin/{third}/terbitkan'
answer = office.post(path, desk.form(office, f'/en/meja/quickwin/{third}', path), form=None)
ok(
    '<h1>Make sure it is you</h1>' in answer.body
    and f'action="{path}"' in answer.body
    and f'href="/en/meja/quickwin/{third}"' in answer.body,
    'it asks in English too',
)
code = office.code()
answer = office.post(path, hidden(answer) | {'proof': f'{code[:3]} {code[3:]}'}, form=None)
is_(
    (answer.status, answer.location, proofs()),
    (303, f'/en/meja/quickwin/{third}', '2'),
    'a code does as well',
)

# Who guesses waits, as at the sign-in.
wait(office)
fourth = submitted(f'Tebak {office.email}')
path = f'/meja/quickwin/{fourth}/terbitkan'
form = desk.form(office, f'/meja/quickwin/{fourth}', path)
before = state(fourth)
answer = office.post(path, form, form=None)
fields = hidden(answer)
statuses = [
    office.post(path, fields | {'proof': proof}, form=None).status
    for proof in ['123456'] * 3 + [browser.password]
]
is_(
    (statuses[-1], state(fourth)),
    (429, before),
    'whoever guesses waits, also with the right one then',
)
is_(office.get('/meja/bukti').status, 404, 'the page stands for itself nowhere')
done()
