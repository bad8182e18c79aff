#!/usr/bin/env python3
"""Accounts at the desk: who may see, invite, change and end whom; links that are shown once;
recovery codes."""
import os
import re
import secrets
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import browser
from tap import done, is_, ok

tail = secrets.token_hex(4)
office = browser.Person(f'kantor.{tail}@uji.go.id', 'office').begin()
people = {
    'assessor': browser.Person(f'asesor.{tail}@uji.go.id', 'assessor'),
    'operator': browser.Person(f'kota.{tail}@uji.go.id', 'operator', '--region', 'kota-kediri'),
    'owner': browser.Person(
        f'opd.{tail}@uji.go.id', 'owner', '--region', 'kota-kediri', '--dimension', 'governance'
    ),
}
other = browser.Person(f'lain.{tail}@uji.go.id', 'operator', '--region', 'kota-madiun')
for person in (*people.values(), other):
    person.begin()


def number(email):
    return browser.sql(f"select id from data.account where email = '{email}'")


def acts(email):
    return browser.sql(
        "select string_agg(act, ' ' order by id) from data.audit where subject = 'account' and"
        f" subject_id = '{number(email)}'"
    )


# Who sees what.
page = office.get('/meja/pengguna')
ok(
    all(p.email in page.body for p in (office, other, *people.values())),
    'the office sees everybody',
)
page = people['operator'].get('/meja/pengguna')
ok(
    people['owner'].email in page.body
    and other.email not in page.body
    and office.email not in page.body,
    'a city its own',
)
is_(
    [people[role].get('/meja/pengguna').status for role in ('assessor', 'owner')],
    [404, 404],
    'for others there is no such page',
)
page = people['operator'].get(f"/meja/pengguna/{number(people['owner'].email)}")
ok(
    all(f'/{act}"' in page.body for act in ('ubah', 'setel-ulang', 'autentikator', 'tutup')),
    'a city resets, changes and ends those of its owners',
)
is_(
    [people[role].get(f'/meja/pengguna/{number(other.email)}').status for role in people],
    [404, 404, 404],
    'nor that of an account',
)
is_(office.get(f'/meja/pengguna/{number(other.email)}').status, 200, 'which the office has')
is_(
    [
        office.get(f'/meja/pengguna/{n}').status
        for n in ('0', '999999', '-1', 'abc', number(office.email))
    ],
    [404] * 5,
    'but not of nobody, nor of oneself',
)
is_(
    [who.get('/meja/akun').status for who in (office, *people.values())],
    [200] * 4,
    'everybody has their own',
)


# Inviting.
def invite(who, **fields):
    token = who.get('/meja/akun').field('form')
    return who.post('/meja/pengguna', {'name': 'Seseorang', **fields}, form=token)


new = f'baru.{tail}@uji.go.id'
for name, fields, says in [
    ('no address', {'email': 'bukan', 'role': 'assessor'}, 'Alamat email itu tidak lengkap'),
    ('nobody', {'email': new, 'role': 'assessor', 'name': ''}, 'Tuliskan nama'),
    ('a role that is none', {'email': new, 'role': 'walikota'}, 'Pilih salah satu peran'),
    ('an operator without a city', {'email': new, 'role': 'operator'}, 'perlu sebuah daerah'),
    (
        'an assessor with one',
        {'email': new, 'role': 'assessor', 'region': '35.71'},
        'perlu sebuah daerah',
    ),
    (
        'an owner without a dimension',
        {'email': new, 'role': 'owner', 'region': '35.71'},
        'perlu sebuah dimensi',
    ),
    ('somebody who is there', {'email': other.email, 'role': 'assessor'}, 'sudah punya akun'),
]:
    answer = invite(office, **fields)
    ok(
        answer.status in (422, 409)
        and says in re.sub(r'\s+', ' ', answer.body)
        and 'value="' + browser.html.escape(fields['email']) + '"' in answer.body,
        f'inviting {name} says what is wrong',
        str(answer.status),
    )
answer = invite(office, email=new, role='owner', region='35.71', dim_living='ya')
link = browser.re.search(
    r'<code class="link">[^<]*(/undangan/[A-Za-z0-9_-]{43})</code>', answer.body
)[1]
ok(answer.status == 200 and new in answer.body, 'the link is shown')
ok(link not in office.get('/meja/pengguna').body, 'once')
is_(browser.Browser().get(link).status, 200, 'and leads in')
# Faults.
answer = invite(office, email='bukan', name='a/b', role='owner')
says = re.sub(r'\s+', ' ', answer.body)
is_(
    [
        word in says
        for word in (
            'Alamat email itu tidak',
            'Tuliskan nama',
            'perlu sebuah daerah',
            'perlu sebuah dimensi',
            'Pilih salah satu peran',
        )
    ],
    [True] * 4 + [False],
    'all that is wrong is said at once',
)
is_(answer.body.count('aria-invalid="true"'), 3 + 7, 'and each field marked')

# A page that is loaded again.
LINK = re.compile(r'<code class="link">[^<]*(/undangan/[A-Za-z0-9_-]{43})</code>')
page = office.get('/meja/pengguna')
sent = {
    'key': page.field('key'),
    'email': f'lagi.{tail}@uji.go.id',
    'name': 'Lagi',
    'role': 'assessor',
}
first, second = (
    LINK.search(office.post('/meja/pengguna', sent, form=page.field('form')).body)[1]
    for _ in range(2)
)
is_(first, second, 'inviting once more with the same form shows the same link')
is_(
    browser.sql(f"select count(*) from data.invitation where account = {number(sent['email'])}"),
    '1',
    'as there is one',
)
is_(browser.Browser().get(first).status, 200, 'which leads in')
third = LINK.search(
    office.post(
        '/meja/pengguna', sent | {'email': f'lain2.{tail}@uji.go.id'}, form=page.field('form')
    ).body
)[1]
ok(third != first, 'somebody else has another one')
fourth = LINK.search(
    office.post('/meja/pengguna', sent | {'role': 'office'}, form=page.field('form')).body
)[1]
is_(
    [browser.Browser().get(link).status for link in (first, fourth)],
    [410, 200],
    'and so does who is to be something else',
)
path = f"/meja/pengguna/{number(sent['email'])}/undang"
form, key = page.field('form'), {'key': page.field('key')}
renewed = [LINK.search(office.post(path, key, form=form).body)[1] for _ in range(2)]
is_(renewed[0], renewed[1], 'a new link is the same when it is asked for once more')
is_(
    [browser.Browser().get(link).status for link in (fourth, renewed[0])],
    [410, 200],
    'and has taken the place of the old one',
)
answer = office.post('/meja/pengguna', sent, form=form)
ok(
    answer.status == 409
    and LINK.search(answer.body) is None
    and 'diganti dengan yang lebih baru' in re.sub(r'\s+', ' ', answer.body),
    'whose form shows it no more',
)

form = office.get('/meja/pengguna').field('form')
answer = office.post(f'/meja/pengguna/{number(new)}/undang', form=form)
again = browser.re.search(r'/undangan/[A-Za-z0-9_-]{43}', answer.body)[0]
is_(
    (browser.Browser().get(link).status, browser.Browser().get(again).status),
    (410, 200),
    'a new link takes the place of the old one',
)
browser.sql(
    "update data.invitation set expires_at = now() - interval '1 second' where account ="
    f" {number(new)}"
)
is_(browser.Browser().get(again).status, 410, 'after seven days it leads nowhere')
owner = f'dinas.{tail}@uji.go.id'
is_(
    invite(people['operator'], email=owner, role='owner', region='35.71', dim_economy='ya').status,
    200,
    'a city invites who looks after a dimension',
)
is_(
    [
        invite(people['operator'], email=f'x.{tail}@uji.go.id', **f).status
        for f in (
            {'role': 'office'},
            {'role': 'operator', 'region': '35.77'},
            {'role': 'owner', 'region': '35.77', 'dim_economy': 'ya'},
        )
    ],
    [404] * 3,
    'nobody else, and nobody of another city',
)
is_(
    [
        invite(people[role], email=f'x.{tail}@uji.go.id', role='assessor').status
        for role in ('assessor', 'owner')
    ],
    [404] * 2,
    'others invite nobody',
)
is_(
    browser.sql(f"select count(*) from data.account where email = 'x.{tail}@uji.go.id'"),
    '0',
    'none of which has happened',
)

# Reset: a new password, and the one-time code as ever.
victim = people['assessor']
form = office.get('/meja/pengguna').field('form')
answer = office.post(f'/meja/pengguna/{number(victim.email)}/setel-ulang', form=form)
link = browser.re.search(r'/undangan/[A-Za-z0-9_-]{43}', answer.body)[0]
is_(
    browser.sql(
        "select extract(epoch from max(expires_at) - now()) between 1700 and 1800 from"
        f" data.invitation where account = {number(victim.email)} and purpose = 'reset'"
    ),
    't',
    'good for thirty minutes',
)
helper = browser.Browser()
helper.get(link)
word = 'tujuh gajah naik sepeda tua'
helper.post(link, {'new': word, 'repeat': word})
is_(victim.get('/meja').location, '/masuk', 'a reset ends the sessions')
ok('class="qr"' not in helper.follow().body, 'and gives nobody a new authenticator')
is_(helper.get('/meja').location, '/masuk/kode', 'the code is asked for')
browser.sql(f"update data.account set otp_counter = 0 where email = '{victim.email}'")
helper.get('/masuk/kode')
is_(
    helper.post('/masuk/kode', {'code': browser.totp(victim.secret)}).location,
    '/meja',
    'which opens',
)
is_(browser.Browser().get(link).status, 410, 'the link is used up')

# Changing a role, and ending an account.
form = office.get(f'/meja/pengguna/{number(other.email)}').field('form')
is_(
    office.post(
        f'/meja/pengguna/{number(other.email)}/ubah',
        {'role': 'owner', 'region': '35.77'},
        form=form,
    ).status,
    422,
    'a role that lacks something',
)
is_(
    office.post(
        f'/meja/pengguna/{number(other.email)}/ubah', {'role': 'assessor'}, form=form
    ).location,
    f'/meja/pengguna/{number(other.email)}',
    'another role',
)
is_(
    browser.sql(
        f"select role || coalesce(region, '-') from data.account where email = '{other.email}'"
    ),
    'assessor-',
    'is the one they have',
)
is_(other.get('/meja').location, '/masuk', 'and they sign in anew')
form = people['operator'].get('/meja/akun').field('form')
is_(
    [
        people['operator']
        .post(f'/meja/pengguna/{number(other.email)}/{act}', {'role': 'office'}, form=form)
        .status
        for act in ('ubah', 'tutup', 'setel-ulang', 'undang')
    ],
    [404] * 4,
    'no city does so',
)
form = office.get('/meja/pengguna').field('form')
is_(
    office.post(f'/meja/pengguna/{number(office.email)}/tutup', form=form).status,
    404,
    'nobody ends their own account',
)
is_(
    office.post(f'/meja/pengguna/{number(other.email)}/tutup', {'why': ' '}, form=form).status,
    422,
    'ending an account needs a reason',
)
is_(
    office.post(
        f'/meja/pengguna/{number(other.email)}/tutup', {'why': 'Pindah'}, form=form
    ).location,
    f'/meja/pengguna/{number(other.email)}',
    'the office ends another',
)
is_(office.post(f'/meja/pengguna/{number(other.email)}/tutup', form=form).status, 409, 'once')
is_(
    acts(other.email),
    'account_invite account_accept code_enrol sign_in account_change account_disable',
    'the trail says all of it',
)
is_(
    office.post(f'/meja/pengguna/{number(other.email)}/buka', form=form).location,
    f'/meja/pengguna/{number(other.email)}',
    'what was ended by mistake is opened again',
)
ok(other.sign_in().get('/meja').status == 200, 'with its password and its authenticator')

# Recovery codes.
me = people['owner']
me.get('/meja/akun')
is_(
    me.post('/meja/akun/kode', {'password': 'bukan itu'}).status,
    422,
    'new recovery codes need the password',
)
answer = me.post('/meja/akun/kode', {'password': browser.password})
codes = browser.re.findall(r'<code>([0-9a-z-]{19})</code>', answer.body)
is_((answer.status, len(codes), set(codes) & set(me.codes)), (200, 10, set()), 'they are others')
me.cookies.clear()
me.get('/masuk')
me.post('/masuk', {'email': me.email, 'password': browser.password})
me.follow()
is_(me.post('/masuk/kode', {'code': me.codes[0]}).status, 422, 'the old ones open nothing')
is_(me.post('/masuk/kode', {'code': codes[0]}).location, '/meja', 'the new ones do')
ok('Tersisa 9 dari 10' in me.get('/meja/akun').body, 'and are counted')
done()
