"""Quick wins of the desk as a browser without script sends them, for tests through nginx: a form is
taken from its page as it stands there."""
import os
import re
import secrets
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'http'))
import browser
import uploader

words = {
    'summary': 'Antrean diambil dari rumah.',
    'problem': 'Antre sejak subuh.',
    'solution': 'Nomor diambil lewat ponsel.',
    'agency': 'Dinas Kesehatan',
    'started': '2024-02-01',
    'cost': '150000000',
    'figure': 'lama menunggu, menit',
    'figure_before': '145',
    'figure_after': '21',
}
lines, proses = ('title', 'agency', 'figure', 'figure_source', 'contact'), (
    'summary',
    'problem',
    'needs',
    'solution',
    'changed',
    'lesson',
    'partners',
)


def form(who, page, action, **fields):
    """The fields of the form with this action, filled in, for browser.post(action, ..,
    form=None)."""
    answer = who.get(page)
    hidden = {
        name: value
        for name in ('form', 'key', 'seen')
        if (value := answer.field(name, action)) is not None
    }
    return fields | hidden


def send(who, page, action, **fields):
    return who.post(action, form(who, page, action, **fields), form=None)


def begin(who, title, dimension='environment'):
    """A new draft; its number."""
    return int(
        re.fullmatch(
            r'/meja/quickwin/(\d+)/ubah',
            send(
                who, '/meja/quickwin/baru', '/meja/quickwin/baru', title=title, dimension=dimension
            ).location,
        )[1]
    )


def save_form(who, win, **fields):
    """What the form of a draft sends to .../simpan and .../lanjut."""
    answer = who.get(f'/meja/quickwin/{win}/ubah')
    return fields | {name: answer.field(name) for name in ('form', 'key', 'seen')}


def save(who, win, **fields):
    return who.post(f'/meja/quickwin/{win}/simpan', save_form(who, win, **fields), form=None)


def submit(who, win):
    return send(who, f'/meja/quickwin/{win}/periksa', f'/meja/quickwin/{win}/kirim')


def decide(who, win, what, **fields):
    """`terbitkan`, `kembalikan` or `tarik`."""
    return send(who, f'/meja/quickwin/{win}', f'/meja/quickwin/{win}/{what}', **fields)


def person(role, *more):
    """Somebody of that role who has signed in: person('operator', '--region', 'kota-kediri')."""
    return browser.Person(f'{role}.{secrets.token_hex(6)}@uji.go.id', role, *more).begin()


def seated(role, *where):
    """The same as person(), of the session alone, which costs none of the hashes and pages of a
    first sign-in: seated('operator', '35.71'). They can prove nothing, and not sign in again."""
    who = browser.Browser()
    someone = uploader.Person(role, *where)
    who.email, who.cookies = someone.email, {'tolok': someone.token}
    return who
