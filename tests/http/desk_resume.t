#!/usr/bin/env python3
"""A form whose session is over when it comes is kept while its sender signs in, without script, and
then goes on; but nothing that another site sends, no secret, and nobody else's."""
import html
import os
import re
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import browser
import desk
from tap import done, is_, ok

city = desk.person('operator', '--region', 'kota-kediri')
win = desk.begin(city, 'Isian yang tidak hilang')
save = f'/meja/quickwin/{win}/simpan'
text = 'Ditulis "semalaman" & <b>panjang</b>.\nBaris kedua.'


def end(who):
    browser.sql(
        "update data.session set ended_at = now() where digest = "
        f"encode(sha256('{who.cookies['tolok']}'), 'hex')"
    )


def form(page, action):
    """The hidden fields of the form with that action, as a browser has them."""
    found = re.search(rf'<form[^>]* action="{re.escape(action)}".*?</form>', page.body, re.S)
    hidden = r'<input type="hidden" name="([^"]*)" value="([^"]*)">'
    return (
        {
            html.unescape(name): html.unescape(value).replace('\r\n', '\n')
            for name, value in re.findall(hidden, found[0])
        }
        if found
        else {}
    )


def stored(field):
    return browser.sql(f'select {field} from data.win_version where win = {win}')


def step(who, page, action, **typed):
    """Fills in the form with that action and sends it."""
    return who.post(action, form(page, action) | typed, form=None)


def sign_in(who, page, to=save):
    """From the page that keeps the form: password, code; the page after that."""
    page = step(who, page, '/masuk/lanjut', email=who.email, password=browser.password, to=to)
    return step(who, page, '/masuk/lanjut/kode', code=who.code())


sent = desk.save_form(city, win, lesson=text, cost='Rp1.250.000,-')
end(city)
page = city.post(save, sent, form=None)
is_(page.status, 403, 'the session is over')
ok('<h1>Isian Anda tidak hilang</h1>' in page.body, 'and nothing is lost')
is_(form(page, '/masuk/lanjut').get('k_lesson'), text, 'what was typed is in the page')
page = step(city, page, '/masuk/lanjut', email=city.email, password='bukan ini')
is_(
    (page.status, '<title>Galat: ' in page.body, form(page, '/masuk/lanjut').get('k_lesson')),
    (422, True, text),
    'after a wrong password',
)
page = step(city, page, '/masuk/lanjut', email=city.email, password=browser.password)
is_((page.status, form(page, '/masuk/lanjut/kode').get('k_lesson')), (200, text), 'beside the code')
page = step(city, page, '/masuk/lanjut/kode', code='000000')
is_(
    (page.status, form(page, '/masuk/lanjut/kode').get('k_lesson')),
    (422, text),
    'after a wrong code',
)
page = step(city, page, '/masuk/lanjut/kode', code=city.code())
again = form(page, save)
is_(
    (page.status, again and again.get('lesson')),
    (200, text),
    'and it goes on to where it wanted to go',
)
is_(
    {k: v for k, v in again.items() if k != 'form'},
    {k: v for k, v in sent.items() if k != 'form'},
    'as it was',
)
is_(city.post(save, again, form=None).location, f'/meja/quickwin/{win}/ubah#tersimpan', 'saved')
is_((stored('lesson'), stored('cost')), (text, '1250000'), 'all of it')

# Without a cookie, and with one of another session.
sent = desk.save_form(city, win, lesson='Tanpa kuki.')
city.cookies.clear()
page = city.post(save, sent, form=None)
is_(
    (page.status, form(page, '/masuk/lanjut').get('k_lesson')),
    (403, 'Tanpa kuki.'),
    'the cookie is gone',
)
page = sign_in(city, page)
city.post(save, form(page, save), form=None)
is_(stored('lesson'), 'Tanpa kuki.', 'saved')
sent = desk.save_form(city, win, lesson='Masuk di tab lain.')
city.sign_in()
page = city.post(save, sent, form=None)
is_(
    (page.status, form(page, save).get('lesson'), '/masuk/lanjut"' in page.body),
    (403, 'Masuk di tab lain.', False),
    'who has signed in again elsewhere goes on at once',
)
is_(
    (city.post(save, form(page, save), form=None).status, stored('lesson')),
    (303, 'Masuk di tab lain.'),
    'saved',
)
is_(
    browser.Browser().get('/masuk/lanjut').location,
    '/meja',
    'there is nothing to see without a form',
)

# Who signs in elsewhere while the page that keeps the form is open.
sent = desk.save_form(city, win, lesson='Masuk di tab lain sesudahnya.')
end(city)
kept = city.post(save, sent, form=None)
city.sign_in()
page = step(city, kept, '/masuk/lanjut', email=city.email, password=browser.password)
is_(
    (page.status, form(page, save).get('lesson')),
    (200, 'Masuk di tab lain sesudahnya.'),
    'goes on too, from the page that keeps it',
)
stranger = browser.Browser()
page = stranger.post(
    '/masuk/lanjut',
    form(kept, '/masuk/lanjut'),
    form=None,
    headers=[('Origin', 'https://evil.example'), ('Sec-Fetch-Site', 'cross-site')],
)
is_((page.status, 'k_lesson' in page.body), (403, False), 'but not from another site')

# What is not from here.
for name, headers in (
    ('another site', [('Origin', 'https://evil.example'), ('Sec-Fetch-Site', 'cross-site')]),
    ('a browser that does not say', [('Origin', None), ('Sec-Fetch-Site', None)]),
):
    stranger = browser.Browser()
    page = stranger.post(save, sent, form=None, headers=headers)
    is_((page.status, 'k_lesson' in page.body), (403, False), f'{name}: nothing is kept')
for to in ('https://evil.example/meja/quickwin/1/simpan', '/keluar'):
    sent = desk.save_form(city, win, lesson='x')
    city.cookies.clear()
    page = sign_in(city, city.post(save, sent, form=None), to)
    ok(re.search(r'<form[^>]* action="/meja" data-go>', page.body), f'it does not go on to {to}')

# Secrets and files.
city.get('/meja/akun')
sent = {
    'form': city.last.field('form'),
    'password': 'rahasia-lama-sekali',
    'new': 'rahasia-baru-sekali',
    'repeat': 'rahasia-baru-sekali',
}
end(city)
page = city.post('/meja/akun/sandi', sent, form=None)
is_((page.status, 'rahasia' in page.body), (403, False), 'a secret does not come along')
upload = city.post(f'/meja/quickwin/{win}/berkas/tambah', sent, form=None)
is_(
    upload.location,
    f'/masuk?ke=/meja/quickwin/{win}/berkas',
    'who sends a file is led back to where it is chosen',
)
city.sign_in()

# An act that asks for a proof, in whose page the session ends.
office = desk.person('office')
desk.save(city, win, title='Isian yang tidak hilang', **desk.words)
desk.submit(city, win)
browser.sql(
    "update data.session set proved_at = now() - interval '11 minutes' where digest = "
    f"encode(sha256('{office.cookies['tolok']}'), 'hex')"
)
page = desk.decide(office, win, 'terbitkan', note='Catatan yang panjang.')
publish = f'/meja/quickwin/{win}/terbitkan'
ok('name="proof"' in page.body, 'a proof is asked for')
kept = form(page, publish)
end(office)
page = office.post(publish, kept | {'proof': browser.password}, form=None)
is_(
    (page.status, form(page, '/masuk/lanjut').get('k_note')),
    (403, 'Catatan yang panjang.'),
    'a form that waits for a proof is kept too',
)


# The authenticator is lost: another one is connected on the way, and the recovery codes are seen
# before the form goes on.
def forget(who):
    browser.sql(
        "select act.authenticator_forget(a, false, 'hilang', false, null) from data.account a "
        f"where email = '{who.email}'"
    )


def connect(page):
    """Takes the secret that the page shows."""
    city.secret = re.search(r'<code[^>]*>([A-Z2-7 ]{39})</code>', page.body)[1].replace(' ', '')
    city.used = 0


mine = desk.begin(city, 'Autentikator hilang')
save = f'/meja/quickwin/{mine}/simpan'
for when in ('before', 'between'):
    sent = desk.save_form(city, mine, lesson=f'Sebelum {when}.')
    if when == 'before':
        forget(city)
    else:
        end(city)
    page = city.post(save, sent, form=None)
    page = step(city, page, '/masuk/lanjut', email=city.email, password=browser.password)
    if when == 'between':
        forget(city)
        page = step(city, page, '/masuk/lanjut/kode', code='000000')
        is_(
            form(page, '/masuk/lanjut').get('k_lesson'),
            sent['lesson'],
            'its holder signs in once more',
        )
        page = step(city, page, '/masuk/lanjut', email=city.email, password=browser.password)
    is_(
        (page.status, form(page, '/masuk/lanjut/daftar-kode').get('k_lesson')),
        (200, sent['lesson']),
        f'{when}: beside the new authenticator',
    )
    page = step(city, page, '/masuk/lanjut/daftar-kode', code='000000')
    is_(
        (page.status, form(page, '/masuk/lanjut/daftar-kode').get('k_lesson')),
        (422, sent['lesson']),
        'after a wrong code',
    )
    connect(page)
    page = step(city, page, '/masuk/lanjut/daftar-kode', code=city.code())
    is_(
        (len(re.findall(r'<code>[0-9a-z-]{19}</code>', page.body)), 'data-go' in page.body),
        (10, False),
        'the recovery codes stay in view',
    )
    city.post(save, form(page, save), form=None)
    is_(
        browser.sql(f'select lesson from data.win_version where win = {mine}'),
        sent['lesson'],
        'and then it is saved',
    )
is_(
    browser.Browser().get('/masuk/lanjut/kode').status, 303, 'its second step loaded again leads on'
)
done()
