#!/usr/bin/env python3
"""What lies sealed in the database opens for nobody: whoever has a dump and an account of their own
gets no secret of others, whatever they send, and what is moved to another place opens nothing."""
import os
import re
import secrets
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import browser
import desk
from tap import done, is_, none, ok

WAY = '/masuk/daftar-kode'
office = desk.person('office')
thief = browser.Person(f'pencuri.{secrets.token_hex(4)}@uji.go.id', 'assessor')


def column(email, name='otp_secret'):
    return browser.sql(f"select {name} from data.account where email = '{email}'")


def pending(email, value=None):
    """The secret that somebody connects, as it lies in the database; or another in its place."""
    where = f"""where ended_at is null and level = 'password' and account
                = (select id from data.account where email = '{email}')"""
    if value is not None:
        browser.sql(f"update data.session set pending = '{value}' {where}")
    return browser.sql(f'select pending from data.session {where}')


def shown(answer):
    """The secret that a page shows."""
    found = re.search(r'<code[^>]*>([A-Z2-7 ]{39})</code>', answer.body)
    return found[1].replace(' ', '') if found else None


# A form that says what is to be opened. Nothing of it is.
thief.get(thief.link)
thief.post(thief.link, {'new': browser.password, 'repeat': browser.password})
own = shown(thief.follow())
answer = thief.post(WAY, {'code': '000000', 'sealed': column(office.email)})
is_((answer.status, shown(answer)), (422, own), "another one's secret in the form is not shown")
none(
    [
        name
        for name in re.findall(r'<input[^>]* name="([^"]*)"', answer.body)
        if name not in ('form', 'ke', 'code')
    ],
    'the form says nothing of the secret',
)
answer = thief.post(WAY, {'code': browser.totp(office.secret), 'sealed': column(office.email)})
is_((answer.status, column(thief.email)), (422, ''), 'nor does it become that of the account')
is_(shown(thief.get(WAY)), own, 'a second window shows the same')

# Whoever can write in the database moves what lies sealed to where they would see it.
mine = pending(thief.email)
ok(mine and own not in mine, 'it lies sealed in the session')
pending(thief.email, column(office.email))
is_(shown(thief.get(WAY)), None, "another one's secret in the session is not shown")
other = browser.Person(f'lain.{secrets.token_hex(4)}@uji.go.id', 'assessor')
other.get(other.link)
other.post(other.link, {'new': browser.password, 'repeat': browser.password})
other.follow()
pending(thief.email, pending(other.email))
is_(shown(thief.get(WAY)), None, 'nor that of another session')
pending(thief.email, mine)
is_(shown(thief.get(WAY)), own, 'its own is')
thief.secret = own
codes = re.findall(r'<code>([0-9a-z-]{19})</code>', thief.post(WAY, {'code': thief.code()}).body)
is_(len(codes), 10, 'and connects')
is_(
    browser.sql(
        f"""select count(*) from data.session s join data.account a on a.id = s.account
                    where a.email = '{thief.email}' and s.pending is not null"""
    ),
    '0',
    'then the session has none any more',
)
for name, sealed in (("another account's", column(thief.email)), ('one of a session', mine)):
    browser.sql(f"update data.account set otp_secret = '{sealed}' where email = '{office.email}'")
    office.cookies.clear()
    office.get('/masuk')
    office.post('/masuk', {'email': office.email, 'password': browser.password})
    office.follow()
    thief.used = 0
    answer = office.post('/masuk/kode', {'code': thief.code()})
    is_(
        (answer.status, office.get('/meja').location),
        (500, '/masuk/kode'),
        f'a secret in the place of an account: {name}',
    )
done()
