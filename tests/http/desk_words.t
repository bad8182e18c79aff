#!/usr/bin/env python3
"""What stands on the pages of the desk, in both languages: nothing that speaks is empty, hints
stand before the fields that they help with and lead nowhere else, no field makes do with a
placeholder, no word of the program's own is shown outside of <code>."""
import html.parser
import os
import re
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import desk
from tap import done, is_, none, ok

SPEAKS = {
    'h1',
    'h2',
    'h3',
    'legend',
    'summary',
    'button',
    'a',
    'dt',
    'dd',
    'label',
    'caption',
    'th',
    'option',
}
VOID = {'br', 'img', 'input', 'link', 'meta', 'line', 'path', 'rect', 'use'}


class Look(html.parser.HTMLParser):
    def __init__(self, body):
        super().__init__()
        (
            self.faults,
            self.open,
            self.ids,
            self.labels,
            self.links,
            self.controls,
            self.headings,
            self.current,
        ) = ([], [], [], set(), [], [], [], 0)
        self.feed(body)
        self.close()
        self.faults += [
            f'#{target} is not there' for target in self.links if target not in self.ids
        ]
        self.faults += [
            f'the id {name} twice' for name in set(self.ids) if self.ids.count(name) > 1
        ]
        self.faults += [f'{name} has no label' for name in self.controls if name not in self.labels]
        self.faults += ['not one h1'] if self.headings.count('h1') != 1 else []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.headings += [tag] if re.fullmatch('h[1-6]', tag) else []
        self.current += 'aria-current' in attrs and any(t == 'nav' for t, _ in self.open)
        self.faults += ['a placeholder'] if 'placeholder' in attrs else []
        for name in attrs.get('aria-describedby', '').split():
            self.faults += (
                [f'{name} stands after its field, or nowhere'] if name not in self.ids else []
            )
        if (
            tag in ('input', 'select', 'textarea')
            and attrs.get('type') not in ('hidden', 'radio')
            and 'hidden' not in attrs
        ):
            self.controls.append(attrs.get('id', '?'))
        if 'id' in attrs:
            self.ids.append(attrs['id'])
        if tag == 'label' and 'for' in attrs:
            self.labels.add(attrs['for'])
        if tag == 'a' and attrs.get('href', '').startswith('#'):
            self.links.append(attrs['href'][1:])
        if tag not in VOID:
            self.open.append([tag, 'said' if tag in ('code', 'title', 'textarea') else ''])
        elif tag == 'img' and attrs.get('alt'):
            self.handle_data(attrs['alt'])
        if tag == 'a' and any(t == 'time' for t, _ in self.open):
            self.faults.append('a link within a time')

    def handle_data(self, data):
        if data.strip():
            own = (
                re.findall(r'\b[a-z]+_[a-z_]+\b', data)
                if not any(tag in ('code', 'title', 'style') for tag, _ in self.open)
                else []
            )
            self.faults += [f'{word} is shown' for word in own if word in OWN]
            for element in self.open:
                element[1] += data.strip()

    def handle_endtag(self, tag):
        while self.open:
            name, said = self.open.pop()
            self.faults += [f'an empty <{name}>'] if name in SPEAKS and not said else []
            if name == tag:
                break


office, city = desk.seated('office'), desk.seated('operator', '35.71')
win = desk.begin(city, 'Kata-kata di meja', 'living')
# The program's own words for what the trail has; others than these were typed by somebody.
OWN = set(
    desk.browser.sql(
        """select string_agg(distinct word, ' ') from (select act from data.audit union select
        subject from data.audit union select jsonb_object_keys(after) from data.audit where
        jsonb_typeof(after) = 'object') o (word) where word ~ '_'"""
    ).split()
)
form = f'/meja/quickwin/{win}/ubah'
faulty = desk.save(city, win, title='Kata-kata di meja', cost='banyak')
is_(faulty.status, 422, 'a fault')
none(Look(faulty.body).faults, 'the form with a fault')
ok('href="#cost"' in faulty.body, 'which leads to its field')
stale = desk.save_form(city, win, title='Kata-kata di meja', **desk.words)
desk.save(city, win, title='Kata-kata di meja', summary='Ditulis rekan.')
both = city.post(f'/meja/quickwin/{win}/simpan', stale, form=None)
is_(
    (both.status, 'href="#summary"' in both.body),
    (409, True),
    'two have saved: the fields that differ are linked',
)
none(Look(both.body).faults, 'the form with both versions')
desk.save(city, win, title='Kata-kata di meja', **desk.words)
ok(
    'value="150.000.000"' in city.get(form).body
    and 'value="150,000,000"' in city.get('/en' + form).body,
    'rupiah stand in groups of three digits',
)
ok(
    re.search(
        r'role="status">\s*Tersimpan\s*<time datetime="[^"]+">\d\d\.\d\d WIB</time>',
        city.get(form).body,
    ),
    'when a draft was saved is told',
)
ok(
    office.get('/meja/antrean/csv').body.startswith('number,win,city,'),
    'the queue of the office is a sheet too',
)
record = f'/meja/quickwin/{win}'
seen = {
    city: [
        '/meja',
        '/meja?keadaan=draft',
        '/meja/quickwin/baru',
        form,
        record,
        f'{record}/periksa',
        f'{record}/berkas',
        f'{record}/versi/1',
        '/meja/akun',
        '/meja/pengguna',
        '/meja/jejak',
    ],
    office: [
        '/meja',
        '/meja/antrean',
        '/meja/pengguna',
        '/meja/pengguna/'
        + re.search(r'/meja/pengguna/(\d+)"', office.get('/meja/pengguna').body)[1],
        '/meja/jejak',
        *(f'/meja/jejak?jenis={kind}' for kind in ('quickwin', 'akun', 'putaran', 'ditolak')),
    ],
}


def look(who, path):
    answer = who.get(path)
    page = Look(answer.body)
    return [
        f'{path}: {fault}'
        for fault in page.faults
        + ([] if answer.status == 200 else [answer.status])
        + ([] if page.current else ['no entry of the menu is current'])
    ]


none(
    [
        fault
        for who, paths in seen.items()
        for path in paths
        for lang in ('', '/en')
        for fault in look(who, lang + path)
    ],
    'pages of a city and of the office',
)
is_(desk.submit(city, win).status, 303, 'sent')
ok({'win_create', 'sign_in', 'file_add'} & OWN, 'the trail has words of the program', str(OWN))
none(
    look(city, f'{record}/terkirim') + look(office, record) + look(city, record),
    'receipt, record of the city, record of the office',
)
gone = office.get('/meja/quickwin/999999999')
ok(
    gone.status == 404 and '<li><a href="/meja">' in gone.body,
    'what is not there leads back to the desk',
)
none(
    Look(desk.browser.Browser().get('/masuk?ke=/meja/akun').body).faults,
    'the sign-in, when a session is over',
)
done()
