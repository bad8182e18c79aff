#!/usr/bin/env python3
"""A thousand texts that would like to be markup, through the real forms into every field that takes
text: at the desk and, once published, on the public pages they are text."""
import os
import re
import secrets
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import desk
import scripts
import upload_cases
import uploader
from scripts import TEXTS, Markup, pack
from tap import done, is_, none, ok

is_(len(set(TEXTS)), 1000, 'a thousand texts')
ALL = os.environ.get('TOLOK_ALL', '') not in ('', '0')
tail = secrets.token_hex(4)
office, city, anybody = (
    desk.seated('office'),
    desk.seated('operator', '35.71'),
    desk.browser.Browser(),
)
tokens = {who: who.get('/meja').field('form') for who in (office, city)}
short, long = pack(TEXTS, 500), pack(TEXTS, 7900)
mended = lambda word: {
    **desk.words,
    **dict.fromkeys(desk.lines, word),
    **dict.fromkeys(desk.proses, word),
}
win = desk.begin(city, f'Kata {tail}')
seen = 1


def act(who, path, **fields):
    """A form without its page: only the version that was seen, and a new key."""
    return who.post(
        path,
        {'form': tokens[who], 'key': secrets.token_urlsafe(18), 'seen': seen, **fields},
        form=None,
    )


def change(who, path, **fields):
    """One that grows the record by a version; 303 when it is done."""
    global seen
    answer = act(who, f'/meja/quickwin/{win}/{path}', **fields)
    seen += answer.status == 303
    return answer.status


def look(who, path):
    answer = who.get(path)
    page = Markup(answer.body)
    return page.found, [
        f'{path}: {fault}' for fault in page.faults + [answer.status] * (answer.status != 200)
    ]


everywhere = [
    f'/meja/quickwin/{win}',
    f'/meja/quickwin/{win}/ubah',
    f'/meja/quickwin/{win}/periksa',
    f'/meja/quickwin/{win}/versi/1',
    f'/meja/jejak?quickwin={win}',
    '/meja',
]
public = [
    f'/quickwin/{10000 + win}',
    f'/en/quickwin/{10000 + win}',
    f'/quickwin?q={tail}',
    '/quickwin',
    '/kota/kota-kediri',
    '/',
]
change(city, 'simpan', **mended('Kata pertama'))
is_(change(city, 'simpan', **mended(f'Kata kedua {tail}')), 303, 'harmless words')
other = desk.begin(city, f'Kata kedua {tail}')  # so that one is like the other
harmless = set().union(*(look(city, path)[0] for path in everywhere))

# At the desk: each text in each of the long fields, and in one of the short ones, another one each
# time; in the long form in all of them. A change that is refused shows the form again with what was
# typed, and so does a conflict.
size = len(desk.lines)
turn = secrets.randbelow(size)
statuses, faults, others = set(), [], set()
for n, chunk in enumerate(short):
    if n % size and not ALL:
        continue
    part = (
        [chunk] * size
        if ALL
        else [short[(n + (i + turn) % size) % len(short)] for i in range(size)]
    )
    fields = (
        mended('Kata')
        | dict(zip(desk.lines, part))
        | dict.fromkeys(desk.proses, long[n // (1 if ALL else size) % len(long)])
    )
    statuses.add(change(city, 'simpan', **fields))
    for path in everywhere[:2] if n % 4 else everywhere:
        found, wrong = look(city, path)
        others, faults = others | (found - harmless), faults + wrong
    if n % 4 == 0:
        for extra in (
            {'cost': chunk, 'started': chunk, 'figure_before': chunk},
            {'seen': 1} | dict.fromkeys(desk.lines, f'{chunk[:490]} lain'),
        ):
            answer = act(city, f'/meja/quickwin/{win}/simpan', **fields | extra)
            page = Markup(answer.body)
            statuses.add(answer.status)
            faults += page.faults
is_(
    (statuses, desk.browser.sql(f"select title from data.win_version where win = {win}")),
    ({303, 409, 422}, part[0]),
    f'a thousand of them in {len(desk.lines + desk.proses)} fields, kept as they are',
)
# A trail of more than fifty entries has a link to its next page.
none(faults, 'at the desk none of them would run')
none(
    sorted(others - {('a', 'rel')}),
    'and no element or attribute is there that harmless words do not have',
)

# Published: every text in every long field, and each in one of the short ones.
change(city, 'simpan', **mended(f'Kata {tail}'))
change(city, 'kirim')
is_(change(office, 'terbitkan', note='Kata'), 303, 'published')
harmless |= set().union(*(look(anybody, path)[0] for path in public))
faults, others, statuses = [], set(), set()
for n in range(0, len(short), size):
    part = (short[n : n + size] * size)[:size]
    text = long[n // size % len(long)]
    statuses |= {
        change(
            city,
            'simpan',
            **mended('Kata') | dict(zip(desk.lines, part)) | dict.fromkeys(desk.proses, text),
        ),
        change(city, 'kirim'),
    }
    if n == 0:
        statuses |= {
            change(office, 'kembalikan', reason=text),
            change(city, 'simpan', title=part[0]),
            change(city, 'kirim'),
        }
        for who, path in (
            (city, everywhere[0]),
            (office, everywhere[0]),
            (office, everywhere[4]),
            (office, '/meja'),
        ):
            faults += look(who, path)[1]
    statuses.add(change(office, 'terbitkan', note=text))
    for path in public if n % (5 * size) == 0 else public[n // size % 2 :][:1]:
        found, wrong = look(anybody, path)
        others, faults = others | (found - harmless), faults + wrong
is_(statuses, {303}, 'all of them published')
none(faults, 'on the public pages none of them would run')
none(sorted(others - {('mark', '')}), 'and nothing is there that was not there before')

# What else one may type: a name, a browser's name, a file's name and what it shows, a reason.
number = desk.browser.sql('select max(id) from data.account')
harmless, _ = look(office, '/meja/pengguna')
# Names of people are short and have no signs of addresses and markup: those that have are refused,
# on a page that shows them as text.
answers = [
    act(office, '/meja/pengguna', email=f'x{n}.{tail}@uji.go.id', name=chunk[:80], role='assessor')
    for n, chunk in enumerate(pack(TEXTS[::9], 80))
]
found, faults = look(office, '/meja/pengguna')
is_(
    (
        {answer.status for answer in answers} <= {200, 422},
        faults,
        {f for f in found - harmless if scripts.CANARY in ''.join(f)},
    ),
    (True, [], set()),
    f'{len(answers)} names are text or refused',
)
for word in short[:6]:
    answer = act(
        office, '/meja/pengguna', email=word, name=word, role=word, region=word, sends=word
    )
    faults += Markup(answer.body).faults
    faults += Markup(
        anybody.get('/masuk?' + desk.browser.urllib.parse.urlencode({'ke': word[:290]})).body
    ).faults
    stranger = desk.browser.Browser()
    stranger.get('/masuk')
    faults += Markup(
        stranger.post('/masuk', {'email': word, 'password': word, 'ke': word}).body
    ).faults
    city.get('/meja/akun', [('User-Agent', word)])
none(faults, 'what was refused, and where one wanted to go')
for n, text in enumerate(TEXTS[:1000:40]):
    stranger = desk.browser.Browser()
    stranger.cookies = {}
    desk.browser.sql(
        f"update data.session set agent = left($x${text}$x$, 400) where digest ="
        f" encode(sha256('{city.cookies['tolok']}'), 'hex')"
    )
    faults += look(city, '/meja/akun')[1]
none(faults, 'nor the name of a browser')
writer = uploader.Person('operator', '35.71')
mine = writer.win(f'Berkas {tail}')
for n, text in enumerate(TEXTS[5::100]):
    page = writer.get(f'/meja/quickwin/{mine}/berkas')
    answer = writer.post(
        f'/meja/quickwin/{mine}/berkas/tambah',
        {name: page.field(name) for name in ('form', 'key', 'seen')} | {'caption': short[n]},
        [
            (
                'file',
                text.replace('"', '%22').replace('/', '') + '.png',
                upload_cases.seed('good.png'),
            )
        ],
    )
    faults += Markup(answer.text).faults
for path in (
    f'/meja/quickwin/{mine}/berkas',
    f'/meja/quickwin/{mine}',
    f'/meja/jejak?quickwin={mine}',
):
    answer = writer.get(path)
    faults += Markup(answer.text).faults
    ok(
        answer.status == 200 and (scripts.CANARY in answer.text),
        f'{re.sub("[0-9]+", "N", path)} shows files',
    )
none(faults, 'nor a file, by its name or by what it shows')
done()
